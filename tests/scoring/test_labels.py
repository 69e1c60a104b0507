"""Labels: what scoring sees of an annotation, and the span on which it is compared."""

import pytest
from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.errors import UsageError
from annotate.scoring.labels import Label, stated, trim
from annotate.scoring.overlap import overlaps
from tests.support.labels import label

# ---- Labels ----


def test_a_label_is_made_of_an_annotation() -> None:
    attributes: dict[str, JsonValue] = {"kinds": ["b", "a"], "mode": "sell", "silent": None}
    annotation = Annotation("doc", 3, 9, "sharing", attributes, "quote.", ())
    values = {"kinds": frozenset("ab"), "mode": frozenset({"sell"}), "silent": frozenset[str]()}
    assert Label.of(annotation) == Label("doc", 3, 9, "sharing", values)
    assert Label.of(annotation, "optional").status == "optional"


@pytest.mark.parametrize(
    ("value", "states"),
    [
        (None, set()),
        (False, set()),
        ([], set()),
        (True, {"true"}),
        (0, {"0"}),
        ("", {""}),
        (["b", "a", "b"], {"a", "b"}),
        ([{"k": 1}, 2], {'{"k": 1}', "2"}),
        ({"k": 1}, {'{"k": 1}'}),
    ],
)
def test_null_false_and_nothing_state_no_value(value: object, states: set[str]) -> None:
    assert stated(value) == states  # type: ignore[arg-type]


# ---- Trimming ----


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("We share data.", "We share data"),
        (" “We share,” \n", "We share"),
        ("**We share**", "We share"),
        ("- `We share`;", "We share"),
        ("\u00a0\u200b\ufeffWe share\u3000", "We share"),
        ("We (may) share", "We (may) share"),
        ("$5 + 5€", "$5 + 5€"),
        ("...", "..."),
        (" ", " "),
    ],
)
def test_edges_lose_white_space_and_punctuation_and_nothing_else(text: str, kept: str) -> None:
    (trimmed,) = trim([label("A", 0, len(text))], {"doc": text})
    assert text[trimmed.start : trimmed.end] == kept


@pytest.mark.parametrize("span", [(-1, 3), (0, 11), (4, 4), (5, 3), (10, 12)])
def test_a_span_that_the_text_does_not_have_pairs_with_nothing(span: tuple[int, int]) -> None:
    odd, whole = trim([label("A", *span), label("A", 0, 10)], {"doc": "abcdefghij"})
    assert (odd.start, odd.end) == (0, 0)
    assert not overlaps([odd], [odd, whole])
    assert not overlaps([odd, whole], [odd])


def test_without_a_text_spans_are_compared_as_they_are() -> None:
    each = label("A", 3, 10**9)
    assert trim([each], {"doc": None}) == [each]


def test_a_document_that_is_not_scored_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"^other\.txt: .* documents that both sides have$"):
        trim([Label("other.txt", 0, 1, "A")], {"doc": "a"})
