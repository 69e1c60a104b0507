"""Evidence says at how many places its words stand, and why it stands for this one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest

from annotate.annotation import Choice
from annotate.documents.chunking import Chunk, chunk
from annotate.documents.segmentation import segment
from annotate.documents.units import Segmentation
from annotate.grounding.contexts import has_repeated_items
from annotate.grounding.ground import ground
from annotate.grounding.merge import merge
from annotate.schema.categories import Schema
from schemas.incident_report import SCHEMA, Statement
from tests.support.work import steps

FREE = Schema(name="free", version="1", practice=Statement)

TWICE = """# Losses

We did not lose:

- your mail
- your files

We lost:

- your keys
- your mail
"""
FIRST, SECOND = TWICE.index("your mail"), TWICE.rindex("your mail")


def cause(quote: str) -> dict[str, Any]:
    return {
        "category": "cause",
        "quote": quote,
        "triggers": ["deployment"],
        "certainty": "confirmed",
    }


def whole(text: str) -> tuple[Chunk, Segmentation]:
    segmentation = segment(text)
    (only,) = chunk(segmentation)
    return only, segmentation


def placed(
    text: str, *quotes: str, schema: Schema = SCHEMA
) -> list[tuple[int, int, Choice] | None]:
    """Return for each quote where it stands, at how many places, and why there."""
    found, rejected = ground([cause(each) for each in quotes], *whole(text), schema, "d")
    refused = {each.item["quote"] for each in rejected}
    cited = iter([each.evidence[0] for each in found])
    accepted = (None if quote in refused else next(cited) for quote in quotes)
    return [(each.start, each.places, each.choice) if each else None for each in accepted]


def test_words_that_stand_once_are_the_only_ones() -> None:
    assert placed(TWICE, "your keys") == [(TWICE.index("your keys"), 1, "only")]


def test_the_only_item_of_two_is_ambiguous() -> None:
    assert placed(TWICE, "your mail") == [(FIRST, 2, "ambiguous")]
    ((annotation,), _) = ground([cause("your mail")], *whole(TWICE), SCHEMA, "d")
    assert annotation.ambiguous


def test_items_that_are_all_cited_follow_the_order_of_the_answer() -> None:
    assert placed(TWICE, "your mail", "your mail") == [(FIRST, 2, "order"), (SECOND, 2, "order")]


@pytest.mark.parametrize(
    ("quotes", "wanted"),
    [
        (["your mail", "your files"], (FIRST, 2, "order")),
        (["your keys", "your mail"], (SECOND, 2, "order")),
        (["your files", "your mail", "your keys"], (SECOND, 2, "ambiguous")),  # neither is between
        (["your keys", "your files", "your mail"], (SECOND, 2, "ambiguous")),  # out of order
    ],
)
def test_what_is_cited_before_and_after_leaves_one_place(
    quotes: Sequence[str], wanted: tuple[int, int, Choice]
) -> None:
    assert placed(TWICE, *quotes)[list(quotes).index("your mail")] == wanted


@pytest.mark.parametrize(
    ("quote", "start"),
    [
        ("We lost: … your mail", SECOND),
        ("We did not lose: … your mail", FIRST),
        ("we lost ... YOUR mail", SECOND),
        ("Losses … We lost: … your mail", SECOND),
        ("We lost: […] your mail", SECOND),
    ],
)
def test_a_lead_in_chooses_the_place(quote: str, start: int) -> None:
    assert placed(TWICE, quote) == [(start, 2, "context")]
    ((annotation,), _) = ground([cause(quote)], *whole(TWICE), SCHEMA, "d")
    assert annotation.evidence[0].quote.lower() == "your mail"


def test_a_heading_chooses_where_the_stems_are_the_same() -> None:
    text = "# Kept\n\nThe following:\n\n- mail\n\n# Lost\n\nThe following:\n\n- mail\n"
    assert placed(text, "Lost … mail") == [(text.rindex("mail"), 2, "context")]
    assert placed(text, "The following: … mail") == [(text.index("mail"), 2, "ambiguous")]


@pytest.mark.parametrize(
    "quote", ["We sold: … your mail", "lose … your mail", "… your mail", "your keys … your mail"]
)
def test_a_lead_in_that_stands_above_no_place_is_refused(quote: str) -> None:
    assert placed(TWICE, quote) == [None]


def test_an_ellipsis_is_no_lead_in_where_none_was_asked_for() -> None:
    once = TWICE.replace("- your keys\n- your mail", "- your keys")
    assert placed(once, "We did not lose: … your mail") == [None]
    assert placed("We lost … your mail.", "We lost … your mail.") == [(0, 1, "only")]


def test_a_whole_item_goes_before_words_in_a_sentence() -> None:
    text = "On Monday we did a restart.\n\nPlanned steps:\n\n- a restart\n- a test\n"
    item = text.index("- a restart") + 2
    assert placed(text, "a restart") == [(item, 2, "unit")]
    assert placed(text, "a restart", "a restart")[0] == (item, 2, "unit")


def test_places_of_one_sentence_are_one_where_it_is_the_unit() -> None:
    assert placed("So the mail was lost and the mail came.", "the mail") == [(3, 1, "only")]
    assert placed("A deploy, then a deploy.", "deploy", schema=FREE) == [(2, 2, "ambiguous")]


def test_who_knows_the_unit_gets_the_place_in_it() -> None:
    only, segmentation = whole(TWICE)
    last = segmentation.units[-1]
    ((found,), _) = ground([cause("your mail")], only, segmentation, SCHEMA, "d", [last])
    (cited,) = found.evidence
    assert (cited.start, cited.places, cited.choice) == (SECOND, 1, "only")


def test_a_merge_keeps_the_surest_reason() -> None:
    (guess,), _ = ground([cause("your mail")], *whole(TWICE), SCHEMA, "d")
    (sure,), _ = ground([cause("We did not lose: … your mail")], *whole(TWICE), SCHEMA, "d")
    for pair in ([guess, sure], [sure, guess]):
        (merged,) = merge(pair, SCHEMA)
        assert [each.choice for each in merged.evidence] == ["context"]
        assert not merged.ambiguous


@pytest.mark.parametrize(
    ("text", "repeated"),
    [
        (TWICE, True),
        (TWICE.replace("your mail", "your  MAIL", 1), True),
        (TWICE.replace("did not lose", "lost"), False),  # the same stem: the same statement
        (TWICE.replace("- your mail\n", "", 1), False),
        ("We lost mail.\n\nWe kept files. We lost mail.\n", False),
        ("", False),
    ],
)
def test_an_item_is_repeated_where_what_leads_into_it_differs(text: str, repeated: bool) -> None:
    segmentation = segment(text)
    assert any(has_repeated_items(each, segmentation) for each in chunk(segmentation)) == repeated


def test_reasons_for_many_citations_take_work_that_grows_with_them() -> None:
    def work(count: int) -> int:
        text = "We lost:\n\n" + "- your mail\n" * 50
        return steps(placed, text, *["your mail"] * count)

    assert work(400) < 5 * work(100)
