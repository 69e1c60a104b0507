"""What requests share, so that an endpoint reads it once: it stands first, the same to the byte."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotate.llm.bounds import shared_characters
from annotate.llm.request import Request
from annotate.testing import Server
from tests.support.endpoints import Place, project, report, truthful
from tests.support.prompting import passes


class Caching:
    """An endpoint that knows the beginning of every prompt that it has read, in blocks."""

    def __init__(self) -> None:
        self.hit = self.read = 0
        self._known: set[str] = set()

    def __call__(self, body: dict[str, Any]) -> dict[str, Any]:
        form = json.dumps([body.get("tools"), body.get("response_format")])
        words = form + "".join(f"<{each['role']}>{each['content']}" for each in body["messages"])
        beginnings = [words[:end] for end in range(64, len(words), 64)]
        self.read += len(beginnings)
        self.hit += sum(each in self._known for each in beginnings)
        self._known.update(beginnings)
        return truthful(body)


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
@pytest.mark.parametrize("head", ["", passes("impact", "cause", "action")])
def test_every_request_but_the_first_finds_the_prompt_in_the_endpoints_cache(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str, head: str
) -> None:
    place = Place(project(tmp_path / "p", head))
    monkeypatch.chdir(place.folder)
    model = Caching()
    with Server(model) as server:
        place.run(server, place.write(*(report(n) for n in range(20))), mode=mode, concurrency=1)
        asked = [each.body for each in server.chats]
    kinds = 3 if head else 1
    constant = [
        json.dumps([each.get("tools"), each.get("response_format")])
        + each["messages"][0]["content"]
        for each in asked
    ]
    # All but the first of a kind; the kinds differ in size, and stand in any order.
    again = [each for at, each in enumerate(constant) if each in constant[:at]]
    assert len(again) == len(asked) - kinds
    assert model.hit >= sum(len(each) // 64 for each in again)
    systems = {json.dumps(each["messages"][0]) for each in asked}
    assert len(systems) == kinds
    assert all(each["messages"][0]["role"] == "system" for each in asked)


def _request(system: str, user: str) -> Request:
    messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
    return Request({"model": "m", "messages": messages}, "x")


def test_what_is_shared_is_the_beginning_and_only_if_it_is_long() -> None:
    long = "y" * 8000
    same = [_request(long, f"Text: {n}") for n in range(3)]
    (first, second, third) = shared_characters(same)
    assert first == 0
    assert second == third > 8000
    assert shared_characters([_request("short", f"Text: {n}") for n in range(3)]) == [0, 0, 0]
    apart = shared_characters([_request(long, "a"), _request(long + "z", "a")])
    assert apart == [0, 0]
    assert shared_characters([]) == []
