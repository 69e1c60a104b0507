"""Runs through the LiteLLM proxy: what the endpoint behind it says arrives as it was meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.servers.conftest import KEY, annotate, free_port, litellm
from tests.support import endpoints
from tests.support.endpoints import Place, quotes, statuses, truthful


@dataclass(frozen=True)
class Gateway:
    """The proxy, and the port at which it asks the endpoint behind it."""

    base_url: str
    port: int

    def behind(self, *rules: Rule) -> Server:
        """Return the endpoint behind the proxy; it listens inside a `with` block."""
        return Server(truthful, *rules, models=["m"], port=self.port)


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    port = free_port()
    with litellm(tmp_path_factory.mktemp("litellm"), f"http://127.0.0.1:{port}/v1") as url:
        yield Gateway(url, port)


def found(place: Place) -> Run:
    return Run(place.folder / "run")


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_a_run_through_the_proxy_finds_what_a_direct_run_finds(
    place: Place, gateway: Gateway, mode: str
) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(3)])
    with gateway.behind() as server:
        direct = place.run(server, paths, out="direct", mode=mode)
        done = annotate(place, gateway.base_url, "--mode", mode, model="gateway")
    assert (done.returncode, done.stderr) == (0, "")
    assert quotes(found(place)) == quotes(direct) != []


def test_an_unknown_model_stops_the_run(place: Place, gateway: Gateway) -> None:
    place.write(*[endpoints.report(i) for i in range(9)])
    with gateway.behind() as server:
        done = annotate(place, gateway.base_url, "--concurrency", "2", model="nobody")
        assert server.chats == ()
    assert done.returncode == 5
    assert "--model" in done.stderr


def test_a_wrong_key_stops_the_run_and_is_not_printed(place: Place, gateway: Gateway) -> None:
    place.write(endpoints.report(0))
    wrong = "sk-anotherkey9876543210"
    with gateway.behind() as server:
        done = annotate(place, gateway.base_url, model="gateway", key=wrong)
        assert server.chats == ()
    assert done.returncode == 5
    assert "OPENAI_API_KEY" in done.stderr
    assert wrong not in done.stdout + done.stderr
    assert KEY not in done.stdout + done.stderr


def test_a_passing_failure_behind_the_proxy_is_asked_again(place: Place, gateway: Gateway) -> None:
    place.write(endpoints.report(0))
    with gateway.behind(Rule(b.rate_limited(0.1), at=0), Rule(b.server_error(503), at=1)) as server:
        done = annotate(place, gateway.base_url, model="gateway")
        assert len(server.chats) == 3
    assert (done.returncode, statuses(found(place))) == (0, ["ok"])


def test_a_prompt_too_long_behind_the_proxy_is_split(place: Place, gateway: Gateway) -> None:
    place.write(endpoints.report(0, sentences=40))
    with gateway.behind(Rule(b.context_too_long, first=1)):
        done = annotate(place, gateway.base_url, model="gateway")
    assert done.returncode == 0
    assert len(quotes(found(place))) == 40


def test_an_answer_cut_behind_the_proxy_is_never_silence(place: Place, gateway: Gateway) -> None:
    place.write(endpoints.report(0))
    with gateway.behind(Rule(b.truncated())):
        done = annotate(place, gateway.base_url, model="gateway")
    assert (done.returncode, statuses(found(place))) != (0, ["ok"])
    assert "complete run" not in done.stdout
