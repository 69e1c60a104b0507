"""Every reason for the end of an answer has one meaning, and what was cut is never silence."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.llm.finish import ENDINGS, ending
from annotate.testing import behaviours as b
from tests.support.endpoints import Body, Place, read, report
from tests.support.sleepless import sleepless

STATUSES = {"whole": "ok", "limit": "truncated", "window": "truncated", "filter": "refused"}


@pytest.mark.parametrize("reason", ENDINGS)
def test_an_empty_list_is_silence_only_where_the_model_ended(place: Place, reason: str) -> None:
    nothing = b.saying('{"annotations": []}')
    with sleepless():
        _, entry, asked = read(place, nothing, b.finished(reason), text="Search was slow.")
    meaning = ENDINGS[reason]
    assert entry.status == STATUSES.get(meaning, "failed")
    assert entry.annotations == 0
    assert len(asked) <= {"broken": 3, "failed": 6}.get(meaning, 1)


@pytest.mark.parametrize(
    ("reason", "meaning"),
    [
        ("FinishReason.MAX_TOKENS", "limit"),
        ("MAX_TOKENS", "limit"),
        ("content-filter", "filter"),
        ("function_call_filter: MALFORMED_FUNCTION_CALL", "broken"),
        ("contextLengthReached", "window"),
        (None, "whole"),
        ("", "whole"),
        ("\n", "whole"),
        (["length"], "whole"),
        (7, "whole"),
        ("something new", "whole"),
        ("x" * 10_000_000, "whole"),
    ],
)
def test_reasons_are_read_in_any_writing(reason: Any, meaning: str) -> None:
    assert ending(reason) == meaning


@pytest.mark.parametrize("reason", [None, "", "something_new", 7])
def test_without_a_known_reason_a_whole_answer_is_one_and_half_of_one_is_not(
    place: Place, reason: Any
) -> None:
    _, entry, _ = read(place, b.finished(reason), out="whole")
    assert (entry.status, entry.annotations) == ("ok", 2)
    _, entry, _ = read(place, b.words_cut(0.5), b.finished(reason), out="half")
    assert (entry.status, entry.annotations) == ("failed", 0)


def _all_tokens(completion: Body) -> Body:
    used = completion["usage"] | {"completion_tokens": 256, "total_tokens": 999}
    return {**completion, "usage": used}


@pytest.mark.parametrize("words", [0.3, 0.9])
@pytest.mark.parametrize("around", ["{}", "```json\n{}", "<think>Hm.</think>{}"])
def test_an_answer_that_took_all_tokens_and_does_not_end_was_cut(
    place: Place, words: float, around: str
) -> None:
    """Some servers say "stop" at the limit: sent back for repair, it would be cut again."""
    wrapped = [
        b.words_cut(words),
        lambda answer: b.saying(around.replace("{}", answer.text))(answer),
    ]
    _, entry, asked = read(
        place, *wrapped, b.finished("stop"), b.edited(_all_tokens), text="Search was slow."
    )
    assert (entry.status, len(asked)) == ("truncated", 1)


def test_an_answer_that_is_wrong_at_the_limit_is_repaired(place: Place) -> None:
    wrong = b.saying('{"annotations": [}')
    _, entry, asked = read(place, wrong, b.edited(_all_tokens), first=1)
    assert (entry.status, len(asked)) == ("repaired", 2)


def test_thoughts_that_stand_in_the_total_alone_are_seen_to_fill_the_limit(place: Place) -> None:
    def think(completion: Body) -> Body:
        used = completion["usage"]
        return {**completion, "usage": {**used, "total_tokens": used["total_tokens"] + 6000}}

    behaviours = (b.truncated(0.1), b.edited(think))
    _, entry, asked = read(place, *behaviours, text=report(0, 60))
    assert (entry.status, len(asked)) == ("truncated", 1)
    assert "which reasoning used up (6,000 of " in entry.note
