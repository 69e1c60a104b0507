"""Every reason for the end of an answer has one meaning, and what was cut is never silence."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.llm.finish import ENDINGS, ending
from annotate.testing import behaviours as b
from tests.support.endpoints import Place, read

STATUSES = {"whole": "ok", "limit": "truncated", "window": "truncated", "filter": "refused"}


@pytest.mark.parametrize("reason", ENDINGS)
def test_an_empty_list_is_silence_only_where_the_model_ended(place: Place, reason: str) -> None:
    nothing = b.saying('{"annotations": []}')
    _, entry, asked = read(place, nothing, b.finished(reason), text="Search was slow.")
    meaning = ENDINGS[reason]
    assert entry.status == STATUSES.get(meaning, "failed")
    assert entry.annotations == 0
    assert len(asked) <= (3 if meaning == "broken" else 1)


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
