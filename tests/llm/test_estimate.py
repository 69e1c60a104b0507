"""What a run would send and cost, before anything is spent."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotate.llm.estimate import estimate
from annotate.llm.pricing import Price
from annotate.llm.request import Request
from annotate.pipeline.missing import missing_requests
from annotate.pipeline.run import run
from annotate.testing import Server
from tests.support.prompting import project

DOCUMENT = "A deploy broke the gate. " * 40


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path / "p"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-any")
    for name in "ab":
        (tmp_path / "p" / f"{name}.txt").write_text(DOCUMENT + name, encoding="utf-8")
    return tmp_path / "p"


def test_figures_follow_from_the_bodies() -> None:
    body = {"model": "m", "messages": [], "max_completion_tokens": 100}
    found = estimate([Request(body, "x"), Request({**body, "n": "é" * 400}, "x")], Price(2.0, 10.0))
    characters = [
        len(json.dumps(each, ensure_ascii=False)) for each in (body, {**body, "n": "é" * 400})
    ]
    tokens = sum(count // 4 for count in characters)
    assert (found.requests, found.prompt_tokens, found.completion_tokens) == (2, tokens, 200)
    assert found.least == pytest.approx(tokens * 2 / 1e6)
    assert found.most == pytest.approx((tokens * 2 + 200 * 10) / 1e6)
    assert set(found.to_json()) == {
        *("requests", "prompt_tokens", "completion_tokens", "least", "most")
    }


def test_without_a_price_the_cost_is_unknown_and_the_rest_is_told() -> None:
    found = estimate([Request({"messages": []}, "x")], None)
    assert (found.least, found.most, found.requests) == (None, None, 1)


def test_nothing_to_send_costs_nothing() -> None:
    found = estimate([], Price(1, 1))
    assert (found.requests, found.prompt_tokens, found.least, found.most) == (0, 0, 0, 0)


def test_an_estimate_counts_what_a_run_then_sends_and_itself_sends_nothing(here: Path) -> None:
    with Server() as server:
        settings: dict[str, Any] = {"model": "m", "base_url": server.base_url, "chunk_size": 400}
        missing = missing_requests([here / "a.txt", here / "b.txt"], **settings)
        assert not server.requests
        run([here / "a.txt"], **settings)
        sent = len(server.chats)
        left = missing_requests([here / "a.txt", here / "b.txt"], **settings)
        run([here / "a.txt", here / "b.txt"], **settings)
        bodies = {json.dumps(chat.body, sort_keys=True) for chat in server.chats}
    assert 0 < sent < len(missing)
    assert len(left) == len(missing) - sent
    assert bodies == {json.dumps(dict(each.body), sort_keys=True) for each in missing}


def test_repeats_are_requests_of_their_own(here: Path) -> None:
    one = missing_requests([here / "a.txt"], model="m")
    three = missing_requests([here / "a.txt"], model="m", repeat=3)
    assert len(three) == 3 * len(one)
    assert len({each.key for each in three}) == len(three)
