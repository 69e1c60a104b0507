"""A repair settles what answers it: what was rejected and never came back stays in quarantine."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from annotate.annotation import Annotation
from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.grounding.ground import Rejected, ground
from annotate.llm.settlement import still_rejected
from annotate.testing import Answer, in_turn
from annotate.testing import behaviours as b
from schemas.incident_report import SCHEMA
from tests.support.endpoints import Body, Place, cause, impact, quotes, read
from tests.support.work import steps

TEXT = (
    "Search was slow. It was caused by load. Checkout was slow too. Mail was down for an hour. "
    "Search was slow."
)
SLOW, LOAD = impact("Search was slow."), cause("It was caused by load.")
LOST = impact("Checkout has been down.")  # stands nowhere
GONE = impact("Mail has been away for an hour.")  # nor does this
UNSURE = {"category": "cause", "quote": "It was caused by load."}  # its values are missing
STRANGE = {**LOAD, "category": "weather"}


def grounded(*items: object) -> tuple[list[Annotation], list[Rejected]]:
    segmentation = segment(TEXT)
    return ground(items, chunk(segmentation)[0], segmentation, SCHEMA, "d")


def left(first: list[Body], *repairs: list[Body]) -> list[object]:
    """Return the items that are rejected after an answer and its repairs."""
    kept, rejected = grounded(*first)
    for repair in repairs:
        found, refused = grounded(*repair)
        rejected = still_rejected(rejected, kept, found, refused, SCHEMA.categories)
        kept = kept + found
    return [each.item for each in rejected]


CHECKOUT, MAIL = impact("Checkout was slow too."), impact("Mail was down for an hour.")
CUT = {**SLOW, "quote": "Search was slow"}
WIDER = {**SLOW, "effects": ["slow", "errors"]}

CASES = {
    "a repair that says what is kept": ([SLOW, LOST], [SLOW], [LOST]),
    "of another category": ([LOAD, LOST], [LOAD], [LOST]),
    "in the words of what is rejected": ([{**SLOW, "quote": LOAD["quote"]}, UNSURE], [], [UNSURE]),
    "with fewer words": ([SLOW, LOST], [CUT], [LOST]),
    "with other values": ([SLOW, LOST], [WIDER], [LOST]),
    "with values that break the schema": (
        [SLOW, LOST],
        [{**SLOW, "effects": []}],
        [{**SLOW, "effects": []}, LOST],
    ),
    "nothing": ([SLOW, LOST], [], [LOST]),
    "all of it": ([SLOW, LOST], [SLOW, CHECKOUT], []),
    "all of it, in another order": ([SLOW, LOST, GONE], [MAIL, SLOW, CHECKOUT], []),
    "one of two": ([LOST, GONE], [MAIL], [LOST]),
    "the other of two": ([LOST, GONE], [CHECKOUT], [GONE]),
    "one of two, twice": ([LOST, GONE], [MAIL, MAIL], [LOST]),
    "one of two, still wrong": ([LOST, GONE], [{**GONE, "effects": []}], "after"),
    "both in the order of the text": ([GONE, LOST], [CHECKOUT, MAIL], []),
    "another category, in its words": ([UNSURE], [impact(UNSURE["quote"])], []),
    "another category, in other words": ([UNSURE], [SLOW], [UNSURE]),
    "an answer to a category that nobody knows": ([STRANGE], [LOAD], []),
    "an answer to what is no object": (["Search was slow.", SLOW], [LOAD], []),
    "what was rejected twice, twice": ([LOST, LOST], [CHECKOUT, CHECKOUT], []),
    "what was rejected twice, once": ([LOST, LOST], [CHECKOUT], [LOST]),
    "the other place of the same words": ([SLOW, LOST], [SLOW, SLOW], []),
}


@pytest.mark.parametrize(("first", "repair", "wanted"), CASES.values(), ids=CASES.keys())
def test_a_repair_settles_what_answers_it(
    first: list[Body], repair: list[Body], wanted: list[Body] | str
) -> None:
    if wanted == "after":
        wanted = [*repair, LOST]
    assert left(first, repair) == wanted


def test_what_one_repair_settled_says_nothing_in_the_next() -> None:
    assert left([LOST, GONE], [CHECKOUT], [CHECKOUT]) == [GONE]
    assert left([LOST, GONE], [CHECKOUT], [MAIL]) == []
    assert left([LOST, UNSURE], [LOST], [LOAD]) == [LOST]


def test_thousands_of_rejected_annotations_are_settled_in_one_pass() -> None:
    def hostile(count: int) -> int:
        before = [Rejected("invalid", impact(f"Nothing {i}."), ("",), 0) for i in range(count)]
        after = [Rejected("invalid", impact(f"All {i}."), ("",), 0) for i in range(count)]
        return steps(still_rejected, before, [], [], after, SCHEMA.categories)

    assert hostile(4000) < 5 * hostile(1000)


# ---- Over HTTP, to the ledger and the quarantine ----


def quarantined(place: Place, *answers: object, **settings: object) -> tuple[str, list[Body]]:
    said = [each if isinstance(each, Answer) else {"annotations": each} for each in answers]
    run, entry, _ = read(place, respond=in_turn(*said), text=TEXT, **settings)  # type: ignore[arg-type]
    rows = list(run.quarantine())
    assert run.manifest["counts"]["quarantined"] == len(rows)
    assert entry.note == (f"{len(rows)} annotations could not be used" if rows else "")
    return entry.status, [row["item"] for row in rows]


def test_what_never_came_back_is_in_the_quarantine_and_its_chunk_is_partial(place: Place) -> None:
    assert quarantined(place, [LOAD, LOST], [LOAD]) == ("partial", [LOST])


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_what_came_back_is_settled_in_every_mode(place: Place, mode: str) -> None:
    assert quarantined(place, [SLOW, LOST], [CHECKOUT], mode=mode) == ("repaired", [])


def test_each_repair_settles_its_part(place: Place) -> None:
    ended = quarantined(place, [SLOW, LOST, GONE], [SLOW, CHECKOUT], [CHECKOUT, SLOW, MAIL])
    assert ended == ("repaired", [])


def test_a_repair_that_was_cut_settles_nothing(place: Place) -> None:
    cut = Answer({"annotations": [CHECKOUT]}).but(b.truncated(0.9))
    assert quarantined(place, [SLOW, LOST], cut) == ("partial", [LOST])


def test_a_repair_that_holds_something_new_keeps_it_and_settles_nothing_else(place: Place) -> None:
    answers = in_turn({"annotations": [SLOW, UNSURE]}, {"annotations": [SLOW, MAIL]})
    run, entry, _ = read(place, respond=answers, text=TEXT)
    assert (entry.status, quotes(run)) == ("partial", [SLOW["quote"], MAIL["quote"]])
    assert json.dumps(UNSURE) in json.dumps([row["item"] for row in run.quarantine()])


# ---- Whatever comes back ----

ITEMS = st.lists(
    st.sampled_from([SLOW, LOAD, LOST, GONE, UNSURE, STRANGE, CHECKOUT, MAIL, CUT, WIDER]),
    max_size=5,
)


@given(ITEMS, st.lists(ITEMS, max_size=3))
def test_a_repair_settles_at_most_as_much_as_it_says(
    first: list[Body], repairs: list[list[Body]]
) -> None:
    rejected = grounded(*first)[1]
    remaining = left(first, *repairs)
    assert len(remaining) >= len(rejected) - sum(map(len, repairs))
    assert all(
        item in [*first, *(each for repair in repairs for each in repair)] for item in remaining
    )
    if not any(repairs):
        assert remaining == [each.item for each in rejected]


@given(ITEMS, st.sampled_from([[], [SLOW], [LOAD], [SLOW, LOAD]]))
@example([LOST], [LOAD, SLOW])  # its words stand twice: by order this is the other place
def test_what_was_kept_before_settles_nothing(rejected: list[Body], again: list[Body]) -> None:
    first = [SLOW, LOAD, *rejected]
    assert left(first, again) == left(first)
