"""What makes a request another one, and how its endpoint is named."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UsageError
from annotate.llm.cache.store import Cache
from annotate.llm.endpoint import endpoint
from annotate.llm.request import Request
from annotate.llm.written import Frame, encode
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.support.endpoints import Place, project, report, truthful
from tests.support.prompting import passes
from tests.support.stored import URL, body, request


def test_the_order_of_keys_in_a_body_does_not_matter() -> None:
    turned = dict(reversed(body().items()))
    assert Request(turned, URL).key == request().key


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://me:pass@Host.example:8443/v1/?api=1#x", "https://host.example:8443/v1"),
        ("http://[::1]:80/v1", "http://[::1]:80/v1"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
    ],
)
def test_an_endpoint_is_named_without_credentials(url: str, kept: str) -> None:
    assert endpoint(url) == kept


@pytest.mark.parametrize("url", ["http://me:pass@host:99999999/v1", "http://me:pass@[::1/v1"])
def test_an_endpoint_that_is_no_url_is_refused_without_its_credentials(url: str) -> None:
    with pytest.raises(UsageError, match="--base-url") as refused:
        endpoint(url)
    assert "pass" not in str(refused.value)


def test_lone_surrogates_reach_the_endpoint_as_escapes() -> None:
    body = {"model": "m", "messages": [{"role": "user", "content": "a\ud800b é"}]}
    assert json.loads(encode(body)) == body
    assert "é".encode() in encode({"é": 1})


def test_keys_go_out_in_their_order() -> None:
    """Endpoints write an answer's keys in the order of the schema, so no sorting."""
    assert encode({"b": 1, "a": {"d": 1, "c": 2}}) == b'{"b":1,"a":{"d":1,"c":2}}'


WORDS = st.text(max_size=20)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(WORDS, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(WORDS, VALUES, max_size=4), WORDS, st.integers(0, 9), st.lists(WORDS))
def test_a_key_is_the_hash_of_the_whole_line_however_it_is_put_together(
    body: dict[str, Any], endpoint: str, repeat: int, names: list[str]
) -> None:
    """Keys that were paid for stay what they were."""

    def line(name: str) -> str:
        whole = {"body": body, "endpoint": name, "repeat": repeat}
        return json.dumps(whole, sort_keys=True, ensure_ascii=False, separators=(",", ":"))

    asked = Request(body, endpoint, repeat, tuple(names))
    others = asked.otherwise_written
    assert [each.endpoint for each in others] == [name for name in names if name != endpoint]
    for each in (asked, *others):
        assert each.canonical == line(each.endpoint)
        told = line(each.endpoint).encode("utf-8", "surrogatepass")
        assert each.key == hashlib.sha256(told).hexdigest()
        assert json.loads(each.canonical) == json.loads(line(each.endpoint))


MESSAGES = st.lists(st.dictionaries(WORDS, WORDS, max_size=3), max_size=3)


@given(st.dictionaries(WORDS, VALUES, max_size=4), MESSAGES, MESSAGES, WORDS, st.integers(0, 9))
def test_what_is_shared_is_written_as_if_it_were_not(
    beside: dict[str, Any],
    first: list[dict[str, str]],
    own: list[dict[str, str]],
    endpoint: str,
    repeat: int,
) -> None:
    frame = Frame({**beside, "messages": [{"role": "system"}, *first]})
    body = frame.body(own)
    plain = Request(body, endpoint, repeat)
    asked = replace(plain, written=frame.written(own))
    assert asked.canonical == plain.canonical
    assert asked.key == plain.key
    assert asked.content == plain.content == encode(body)
    assert asked.quoted == plain.quoted == json.dumps(plain.canonical, ensure_ascii=False)


def test_an_earlier_body_has_the_key_that_it_had() -> None:
    former = {"model": "m", "messages": []}
    frame = Frame({"messages": []})
    (other,) = Request(body(), URL, formerly=(former,), written=frame.written([])).otherwise_written
    assert other.key == Request(former, URL).key


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_what_is_the_same_in_every_request_is_written_once_and_right(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mode: str
) -> None:
    """Repairs, whose messages are more, among them."""
    place = Place(project(tmp_path / "p", passes("impact", "cause")))
    monkeypatch.chdir(place.folder)
    with Server(truthful, Rule(b.malformed, first=3)) as server:
        place.run(server, place.write(*(report(n) for n in range(4))), mode=mode)
        # This one is added on the way out, and is in no key.
        asked = [
            {name: each for name, each in chat.body.items() if name != "parallel_tool_calls"}
            for chat in server.chats
        ]
    with Cache(place.cache) as cache:
        requests = [row["request"] for row in cache.rows()]
    assert len(requests) == len(asked) == 11
    for each in requests:
        assert Request.from_json(each).body in asked
    offline = place.run(server, sorted(place.folder.glob("texts/*")), mode=mode, offline=True)
    assert offline.complete
