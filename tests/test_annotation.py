"""Annotations as rows of a file: what is left out, and what a row that cannot be read says."""

from dataclasses import replace
from typing import Any

import pytest

from annotate.annotation import Annotation, Evidence

ANNOTATION = Annotation(
    "a.txt",
    10,
    30,
    "cause",
    {"triggers": ["deployment"]},
    "A deploy broke it.\u00a0:",
    (Evidence("a deploy", 10, 18, "folded", 0), Evidence("broke it", 19, 27, "exact", 1)),
)
ROW = ANNOTATION.to_json()


def test_a_row_reads_back_as_the_annotation() -> None:
    assert Annotation.from_json(ROW) == ANNOTATION


def test_the_words_cited_are_written_only_where_they_differ_from_the_printed_ones() -> None:
    assert ROW["evidence"] == [
        {"start": 10, "end": 18, "grounding": "folded", "chunk": 0, "quote": "a deploy"},
        {"start": 19, "end": 27, "grounding": "exact", "chunk": 1},
    ]


def test_words_that_stand_at_several_places_say_so_and_others_say_nothing() -> None:
    cited = Evidence("broke it", 19, 27, "exact", 1, 3, "order")
    annotation = replace(ANNOTATION, evidence=(cited,))
    assert annotation.to_json()["evidence"] == [
        {"start": 19, "end": 27, "grounding": "exact", "chunk": 1}
        | {"places": 3, "choice": "order"}
    ]
    assert Annotation.from_json(annotation.to_json()) == annotation
    assert not annotation.ambiguous
    guess = replace(cited, choice="ambiguous")
    assert replace(ANNOTATION, evidence=(guess,)).ambiguous
    assert not replace(ANNOTATION, evidence=(guess, cited)).ambiguous


def test_how_sure_it_is_is_read_and_written_where_it_is_said() -> None:
    assert {"confidence", "value_confidence"}.isdisjoint(ROW)
    sure = replace(ANNOTATION, confidence=0.5, value_confidence={"triggers": {"deployment": 0.25}})
    row = sure.to_json()
    assert row["confidence"] == 0.5
    assert row["value_confidence"] == {"triggers": {"deployment": 0.25}}
    assert Annotation.from_json(row) == sure
    assert Annotation.from_json({**ROW, "confidence": None}) == ANNOTATION


@pytest.mark.parametrize(
    ("said", "error"),
    [
        ({"confidence": "0.5"}, "confidence is not a number"),
        ({"confidence": True}, "confidence is not a number"),
        ({"confidence": 1.5}, "confidence is not from 0 to 1"),
        ({"confidence": float("nan")}, "confidence is not from 0 to 1"),
        ({"value_confidence": [0.5]}, "value_confidence does not hold attributes"),
        ({"value_confidence": {"a": 0.5}}, "value_confidence does not hold attributes"),
        ({"value_confidence": {"a": {"x": -1}}}, "value_confidence is not from 0 to 1"),
    ],
)
def test_a_confidence_that_is_none_is_refused(said: dict[str, Any], error: str) -> None:
    with pytest.raises((TypeError, ValueError), match=error):
        Annotation.from_json({**ROW, **said})


@pytest.mark.parametrize("name", ROW)
def test_a_row_that_lacks_a_field_is_a_key_error(name: str) -> None:
    with pytest.raises(KeyError, match=name):
        Annotation.from_json({key: value for key, value in ROW.items() if key != name})


EVIDENCE: dict[str, Any] = {"start": 10, "end": 18, "grounding": "exact", "chunk": 0}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"start": "10"}, "start is not of type int"),
        ({"start": True}, "start is not of type int"),
        ({"end": 1 << 54}, "end is larger than any text"),
        ({"end": -(1 << 54)}, "end is larger than any text"),
        ({"quote": None}, "quote is not of type str"),
        ({"attributes": []}, "attributes is not of type dict"),
        ({"evidence": []}, "evidence is empty"),
        ({"evidence": {}}, "evidence is not of type list"),
        ({"evidence": [{**EVIDENCE, "chunk": None}]}, "chunk is not of type int"),
        ({"evidence": [{**EVIDENCE, "grounding": "vague"}]}, "grounding 'vague' is unknown"),
        ({"evidence": [{**EVIDENCE, "places": "2", "choice": "order"}]}, "places is not of type"),
        ({"evidence": [{**EVIDENCE, "places": 2, "choice": "luck"}]}, "choice 'luck' is unknown"),
    ],
)
def test_a_row_with_something_else_in_a_field_says_which(change: dict[str, Any], said: str) -> None:
    with pytest.raises((TypeError, ValueError), match=said):
        Annotation.from_json({**ROW, **change})
