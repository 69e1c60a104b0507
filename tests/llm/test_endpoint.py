"""One server has one cache, whatever it is called: counted in requests over real HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

import pytest

from annotate.llm.endpoint import base_url, identity, other_identities
from annotate.project.settings import Settings, resolve_settings
from annotate.testing import Server
from tests.support.endpoints import Place, quotes, truthful

TEXT = "Search was slow."


def settings(**given: Any) -> Settings:
    return resolve_settings(given, environment={})


def port(server: Server) -> int:
    return urlsplit(server.base_url).port or 0


@pytest.mark.parametrize(
    ("first", "later"), [("127.0.0.1", "localhost"), ("localhost", "127.0.0.1")]
)
def test_a_server_on_this_machine_is_asked_once_under_all_its_names(
    place: Place, first: str, later: str
) -> None:
    paths = place.write(TEXT)
    with Server(truthful) as server:
        for name in (first, later):
            address = f"http://{name}:{port(server)}/v1"
            run = place.run(server, paths, base_url=address)  # one folder: it is the same run
            assert quotes(run) == [TEXT]
        assert len(server.chats) == 1


def test_a_server_with_a_name_is_asked_once_on_whatever_port_it_is(place: Place) -> None:
    paths = place.write(TEXT)
    with Server(truthful) as server, Server(truthful) as moved:
        place.run(server, paths, identity="lab")
        place.run(moved, paths, identity="lab")
        place.run(moved, paths, out="other", identity="another")
        assert (len(server.chats), len(moved.chats)) == (1, 1)


def test_what_was_paid_for_before_a_server_got_its_name_still_answers(place: Place) -> None:
    paths = place.write(TEXT)
    with Server(truthful) as server, Server(truthful) as moved:
        place.run(server, paths)
        place.run(server, paths, out="named", identity="lab")
        # Moved, and named by its first address.
        place.run(moved, paths, out="moved", identity=server.base_url)
        by_name = f"http://localhost:{port(server)}/v1"
        place.run(moved, paths, out="by-name", identity=by_name)
        assert (len(server.chats), len(moved.chats)) == (1, 0)


def test_another_server_is_asked_anew(place: Place) -> None:
    paths = place.write(TEXT)
    with Server(truthful) as server, Server(truthful) as other:
        place.run(server, paths)
        place.run(other, paths, out="other")
        assert (len(server.chats), len(other.chats)) == (1, 1)


def test_a_batch_that_was_exported_under_one_name_answers_under_the_other() -> None:
    one = settings(base_url="http://127.0.0.1:8000/v1")
    other = settings(base_url="http://localhost:8000/v1/")
    assert identity(one) in other_identities(other)
    assert identity(other) in other_identities(one)


def test_a_name_holds_no_credentials() -> None:
    found = settings(identity="http://me:secret@gpu:8000/v1?key=1", base_url="http://me:x@h/v1")
    assert [identity(found), *other_identities(found)] == ["http://gpu:8000/v1", "http://h/v1"]


def test_a_deployment_stands_in_the_address_before_the_query() -> None:
    azure = settings(
        base_url="https://me.example.com/?x=1", deployment="gpt", api_version="2024-10-21"
    )
    assert base_url(azure) == (
        "https://me.example.com/openai/deployments/gpt?x=1&api-version=2024-10-21"
    )
    assert identity(azure) == "https://me.example.com/openai/deployments/gpt"
