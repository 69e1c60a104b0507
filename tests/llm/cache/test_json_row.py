"""A row is the same text whether its long first value was known or not."""

from __future__ import annotations

import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from annotate.llm.cache.json_row import Known, parse_row, write_row

KEY = "k"
TEXTS = st.text(st.characters(codec=None, categories=["L", "P", "Cc", "Cs", "So"]))


def known(request: str) -> Known:
    return Known("request", request, json.dumps(request, ensure_ascii=False))


@given(TEXTS, st.dictionaries(st.sampled_from(["reply", "cost"]), TEXTS, min_size=1))
def test_what_is_known_changes_no_row(request: str, rest: dict[str, Any]) -> None:
    row = {"request": request, **rest}
    text = write_row(KEY, rest, known(request))
    assert text == write_row(KEY, row, None)
    read = parse_row(text, None)
    assert read is not None
    assert list(read.items())[:-1] == list(row.items())
    for asked in (request, request + "?"):
        assert parse_row(text, lambda asked=asked: known(asked)) == read  # type: ignore[misc]


def test_a_row_that_says_a_known_value_again_is_not_believed() -> None:
    text = '{"request": "a", "reply": 1, "request": "b"}'
    assert parse_row(text, lambda: known("a")) == {"request": "b", "reply": 1}


def test_what_is_no_object_behind_a_known_beginning_is_none() -> None:
    for text in ('{"request": "a", "reply"', "[]", "", '{"request": "a"'):
        assert parse_row(text, lambda: known("a")) is None
