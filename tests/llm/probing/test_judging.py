"""What an outcome tells of an endpoint: numbers and words, without a clock."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.llm.modes import ResponseMode
from annotate.llm.probing.judging import listed_context, places
from annotate.llm.probing.proposal import Measured, profile_of
from annotate.llm.words import begins_answer
from annotate.project.settings import resolve_settings

PLACES: list[tuple[list[float], int | None]] = [
    ([8, 16, 24, 32], 1),
    ([8, 8, 16, 16], 2),
    ([8, 9, 9, 10], None),
    ([8, 8, 8, 16], 2),
    ([0.1, 0.2, 0.3, 0.4], None),  # fast enough for anybody
    ([0, 0, 0, 0], None),
    ([60, 240], 1),
]


@pytest.mark.parametrize(("seconds", "found"), PLACES)
def test_places_are_told_by_how_long_the_last_waits(
    seconds: list[float], found: int | None
) -> None:
    assert places(seconds) == found


@pytest.mark.parametrize(
    ("words", "begun"),
    [
        ('{"annotations": [{"category": "x", "quote": "We ke', True),
        ('{"annotations": [', True),
        ('{"annota', True),
        ("{", True),
        ('{"categories": [', False),
        ("Sure! {", False),
        ("[", False),
        ('{"annotations": [}', False),
        ("", False),
    ],
)
def test_the_beginning_of_an_answer_is_known_by_its_form(words: str, begun: bool) -> None:
    assert begins_answer(words.strip()) is begun


@pytest.mark.parametrize(
    ("listing", "context"),
    [
        ({"data": [{"id": "m", "max_model_len": 4096}]}, 4096),
        ([{"id": "m", "context_length": 4096}], 4096),
        ({"data": [{"id": "m", "meta": {"n_ctx_train": 131072, "n_ctx": 4096}}]}, 4096),
        ({"data": [{"id": "m", "meta": {"n_ctx_train": 131072}}]}, None),
        ({"data": [{"id": "/models/x.gguf", "meta": {"n_ctx": 4096}}]}, 4096),
        ({"data": [{"id": "other", "max_model_len": 4096}, {"id": "another"}]}, None),
        ({"data": [{"id": "m", "max_model_len": True}]}, None),
        ({"data": [{"id": "m", "max_model_len": "many"}, None, 3]}, None),
        ({"data": None}, None),
        (None, None),
        ("text", None),
    ],
)
def test_a_context_is_read_from_any_list_of_models(listing: Any, context: int | None) -> None:
    assert listed_context(listing, "m") == context


def measured(limit: int = 8192, **found: Any) -> Measured:
    settings = resolve_settings({"model": "m"}, environment={})
    return Measured(settings, limit, mode=ResponseMode("tools", True), **found)


PROFILES: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({}, {}),
    ({"places": 2}, {"concurrency": 2}),
    ({"context": 131072, "prompt_tokens": 9000}, {"context": 131072}),
    (
        {"context": 16384, "prompt_tokens": 9000},
        {"context": 16384, "answer_tokens": 3328},  # 12,000 characters are 4,000 tokens at most
    ),
    ({"context": 8192, "prompt_tokens": 9000}, {"context": 8192}),  # no answer has room
    ({"most_written": 4096}, {"answer_tokens": 4096}),
    ({"speed": 8.0}, {"timeout": 1560}),
    ({"speed": 8.0, "most_written": 1024}, {"answer_tokens": 1024}),
    ({"speed": 8.0, "most_written": 1024, "reading": 60.0}, {"answer_tokens": 1024}),
    ({"speed": 8.0, "most_written": 2048}, {"answer_tokens": 2048, "timeout": 420}),
    ({"speed": 100.0}, {}),
]


@pytest.mark.parametrize(("found", "profile"), PROFILES)
def test_a_profile_holds_what_departs_from_the_defaults(
    found: dict[str, Any], profile: dict[str, Any]
) -> None:
    assert profile_of(measured(**found)) == {"mode": "tools", **profile}


def test_a_schema_that_is_taken_loosely_is_asked_for_so() -> None:
    found = measured()
    found.mode = ResponseMode("json_schema", False)
    assert profile_of(found) == {"mode": "json_schema", "strict": False}
    found.mode = ResponseMode("json", False)
    assert profile_of(found) == {"mode": "json"}
