"""From answers to annotations: what is refused, which place a quote takes, and how it widens."""

from collections.abc import Sequence
from typing import Any

import pytest

from annotate.annotation import Annotation
from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.grounding.ground import Rejected, ground
from annotate.grounding.widening import widen
from annotate.schema.categories import Schema
from schemas.incident_report import SCHEMA, Statement

FREE = Schema(name="free", version="1", practice=Statement)
"""The same categories, where a quote stands for itself."""


def cause(quote: str, **attributes: Any) -> dict[str, Any]:
    return {
        "category": "cause",
        "triggers": ["deployment"],
        "certainty": "confirmed",
        **attributes,
        "quote": quote,
    }


def action(quote: str) -> dict[str, Any]:
    return {"category": "action", "step": "resolved", "quote": quote}


def answered(
    text: str, items: Sequence[Any], schema: Schema = SCHEMA, size: int = 4000, index: int = 0
) -> tuple[list[Annotation], list[Rejected]]:
    segmentation = segment(text)
    return ground(items, chunk(segmentation, size)[index], segmentation, schema, "doc")


def starts(text: str, quotes: Sequence[str], schema: Schema = FREE) -> list[int]:
    grounded, rejected = answered(text, [cause(quote) for quote in quotes], schema)
    assert not rejected
    return [annotation.evidence[0].start for annotation in grounded]


# ---- Accepted and rejected ----


def test_an_annotation_holds_its_unit_and_keeps_what_was_cited() -> None:
    text = "All was well. A deploy broke the API at noon. We rolled back."

    (annotation,), rejected = answered(text, [cause("a deploy BROKE the API")])

    assert rejected == []
    assert annotation.quote == "A deploy broke the API at noon."
    assert text[annotation.start : annotation.end] == annotation.quote
    (evidence,) = annotation.evidence
    assert (evidence.quote, evidence.grounding) == ("a deploy BROKE the API", "folded")
    assert text[evidence.start : evidence.end] == "A deploy broke the API"
    assert annotation.attributes == {"triggers": ["deployment"], "certainty": "confirmed"}


def test_without_a_unit_a_quote_stands_for_itself() -> None:
    (annotation,), _ = answered("A deploy broke the API at noon.", [cause("broke the API")], FREE)

    assert annotation.quote == "broke the API"


@pytest.mark.parametrize(
    ("item", "kind", "says"),
    [
        ("a string", "invalid", "a JSON object"),
        (None, "invalid", "a JSON object"),
        ([], "invalid", "a JSON object"),
        ({}, "invalid", "quote: missing"),
        (cause(" \n"), "invalid", "quote: missing"),
        ({**cause("x"), "quote": 3}, "invalid", "quote: missing"),
        ({**cause("A deploy"), "category": "weather"}, "invalid", "use one of impact"),
        ({**cause("A deploy"), "triggers": []}, "invalid", "the set is empty"),
        ({**cause("A deploy"), "colour": "red"}, "invalid", "unknown attribute"),
        (cause("A deploy fixed the API"), "ungrounded", "copy the words exactly"),
        (cause("!?"), "ungrounded", "copy the words exactly"),
        (cause("A \ud800 deploy"), "ungrounded", "copy the words exactly"),
    ],
)
def test_what_is_not_an_annotation_is_rejected_with_what_to_do(
    item: object, kind: str, says: str
) -> None:
    grounded, (rejected,) = answered("A deploy broke the API.", [item, cause("broke the API")])

    assert len(grounded) == 1
    assert (rejected.kind, rejected.item, rejected.chunk) == (kind, item, 0)
    assert says in " ".join(rejected.problems)


def test_offsets_are_those_of_the_document_in_a_later_chunk() -> None:
    text = "A deploy broke it. " * 10 + "\n\nA deploy broke the API.\n"
    segmentation = segment(text)
    last = chunk(segmentation, 60)[-1]

    (annotation,), _ = ground([cause("broke the API")], last, segmentation, SCHEMA, "doc")

    assert last.start > 0
    assert text[annotation.start : annotation.end] == "A deploy broke the API."
    assert annotation.evidence[0].chunk == last.index


def test_words_of_another_chunk_are_not_found() -> None:
    text = "A deploy broke it.\n\nWe rolled it back.\n"

    grounded, rejected = answered(text, [cause("A deploy broke it.")], size=20, index=1)

    assert grounded == []
    assert rejected[0].kind == "ungrounded"


# ---- Repeated quotes ----

REPEATED = "It broke. We slept. It broke. We woke. It broke again."
FIRST, SECOND, THIRD = 0, 20, 39


def test_repeated_quotes_take_their_places_in_the_order_of_the_answer() -> None:
    assert starts(REPEATED, ["It broke", "It broke", "It broke"]) == [FIRST, SECOND, THIRD]


def test_a_quote_is_looked_for_behind_the_one_before_it() -> None:
    assert starts(REPEATED, ["We slept.", "It broke", "We woke.", "It broke"]) == [
        10,
        SECOND,
        30,
        THIRD,
    ]


def test_a_quote_out_of_order_falls_back_to_what_is_free() -> None:
    assert starts(REPEATED, ["We woke.", "It broke", "It broke"]) == [30, THIRD, FIRST]


def test_more_citations_than_places_share_a_place() -> None:
    assert starts("It broke.", ["It broke", "It broke"]) == [0, 0]


def test_a_whole_unit_goes_before_a_part_of_a_unit() -> None:
    text = "On Monday we did a restart.\n\nPlanned steps:\n\n- a restart\n- a test\n"
    part, whole = text.index("a restart"), text.index("- a restart") + 2

    assert starts(text, ["a restart"]) == [whole]
    assert starts(text, ["a restart", "a restart"]) == [whole, part]


def test_two_categories_may_cite_the_same_place() -> None:
    grounded, _ = answered(REPEATED, [cause("It broke"), action("It broke")], FREE)

    assert [a.start for a in grounded] == [FIRST, FIRST]


def test_a_longer_quote_from_the_same_start_stays_there() -> None:
    text = "A deploy broke it all. A deploy broke it all."

    assert starts(text, ["A deploy", "A deploy broke it all"]) == [0, 0]


# ---- Widening ----

WIDE = """# Causes

A deploy broke it. Nobody saw it.

We changed:

- the cache
- the queue

## Steps

We rolled back.
"""


@pytest.mark.parametrize(
    ("cited", "printed"),
    [
        ("broke", "A deploy broke it."),
        ("broke it. Nobody", "A deploy broke it. Nobody saw it."),
        ("cache", "the cache"),
        ("cache\n- the", "the cache\n- the queue"),
        ("Causes", "Causes"),
        ("Causes\n\nA deploy", "A deploy broke it."),
        ("queue\n\n## Steps", "the queue"),
        ("\n\n## ", "\n\n## "),
        ("# ", "# "),
    ],
)
def test_a_range_widens_to_the_units_it_touches_and_to_a_heading_only_alone(
    cited: str, printed: str
) -> None:
    start = WIDE.index(cited)

    wide = widen(segment(WIDE), start, start + len(cited))

    assert WIDE[slice(*wide)] == printed


def test_a_widened_range_stays_as_it_is() -> None:
    segmentation = segment(WIDE)
    for unit in segmentation.units:
        assert widen(segmentation, unit.start, unit.end) == (unit.start, unit.end)


def test_a_text_without_units_widens_nothing() -> None:
    assert widen(segment("\n\n"), 0, 1) == (0, 1)


# ---- Hostile answers ----


def test_two_thousand_quotes_of_one_answer_are_all_accounted_for() -> None:
    items = [cause("broke it" if n % 2 else f"broke it {n} times") for n in range(2_000)]

    grounded, rejected = answered("The deploy broke it. " * 150, items)

    assert (len(grounded), len(rejected)) == (1_000, 1_000)


def test_a_quote_with_the_characters_of_a_regular_expression_is_plain_text() -> None:
    text = "The filter (a|b)*+?[^c]{2}\\d$ broke it."

    (annotation,), _ = answered(text, [cause("(a|b)*+?[^c]{2}\\d$ broke")], FREE)

    assert annotation.quote == "(a|b)*+?[^c]{2}\\d$ broke"
