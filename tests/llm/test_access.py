"""Key, headers, proxy and certificates: what cannot work is found before anything is sent."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.errors import UsageError
from annotate.llm.access import (
    address,
    api_key,
    check_environment,
    is_azure,
    sent_headers,
    sent_key,
)
from annotate.llm.client import Client
from annotate.testing import Server
from tests.conftest import Command
from tests.support.endpoints import Place, truthful
from tests.support.hostile import ANSWER, Hostile
from tests.support.typed import KEY

PUBLIC = "https://api.example.com/v1"


# ---- The key ----


def test_the_key_comes_from_the_first_variable_that_is_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert api_key() == ""
    monkeypatch.setenv("OPENAI_API_KEY", "theirs\n")
    assert api_key() == "theirs"
    monkeypatch.setenv("ANNOTATE_API_KEY", "ours")
    assert api_key() == "ours"
    monkeypatch.setenv("MY_KEY", "mine")
    assert api_key("MY_KEY") == "mine"
    assert api_key("NO_KEY") == ""


@pytest.mark.parametrize("variable", ["ANNOTATE_API_KEY", "OPENAI_API_KEY"])
@pytest.mark.parametrize("key", ["sk-1\n2", "sk-ключ", "sk-\x7f", "sk-\u2028x"])
def test_a_key_that_no_header_carries_is_refused_by_the_name_of_its_variable(
    variable: str, key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(variable, key)
    with pytest.raises(UsageError, match=variable) as error:
        api_key()
    assert "sk-" not in str(error.value)


@pytest.mark.parametrize(
    "host",
    [
        *("localhost", "127.0.0.1", "127.1.2.3", "[::1]", "10.0.0.7", "192.168.1.20", "172.16.0.1"),
        *("ollama", "gpu.local", "models.lan", "host.docker.internal", "169.254.1.1", "[fd00::1]"),
    ],
)
def test_a_server_of_one_s_own_network_takes_any_key(host: str) -> None:
    assert sent_key("", f"http://{host}:8000/v1") == "none"
    assert sent_key(KEY, f"http://{host}:8000/v1") == KEY


@pytest.mark.parametrize(
    "base_url", [PUBLIC, "https://api.openai.com/v1", "https://8.8.8.8", "https://[2a00::1]/v1"]
)
def test_another_server_needs_one(base_url: str) -> None:
    with pytest.raises(UsageError, match="set OPENAI_API_KEY"):
        sent_key("", base_url)
    with pytest.raises(UsageError, match="set MY_KEY, or MY_KEY=none"):
        sent_key("", base_url, "MY_KEY")
    assert sent_key("none", base_url) == "none"


# ---- The address ----


@pytest.mark.parametrize(
    ("base_url", "plain", "query"),
    [
        ("http://h:1/v1", "http://h:1/v1", {}),
        ("http://h:1/v1/", "http://h:1/v1", {}),
        ("http://u:p@h:1/v1?a=1&b=#c", "http://u:p@h:1/v1", {"a": "1", "b": ""}),
        (
            "https://r.openai.azure.com/openai/deployments/d/chat/completions?api-version=2024-10-21",
            "https://r.openai.azure.com/openai/deployments/d",
            {"api-version": "2024-10-21"},
        ),
    ],
)
def test_the_query_of_an_address_goes_behind_every_path(
    base_url: str, plain: str, query: dict[str, str]
) -> None:
    assert address(base_url) == (plain, query)


def test_azure_is_known_by_its_host_or_by_its_version() -> None:
    assert is_azure("https://r.openai.azure.com/openai/v1")
    assert is_azure("https://r.services.ai.azure.com/models")
    assert is_azure("http://127.0.0.1:1/v1?api-version=2024-10-21")
    assert not is_azure("https://openai.azure.com.example.com/v1")
    assert not is_azure("http://127.0.0.1:1/v1?version=1")


def asked(base_url: str, server: Hostile, key: str = KEY, **settings: Any) -> Any:
    """Return what a server is asked by one completion."""

    async def go() -> None:
        client = Client(base_url, key, timeout=20, **settings)
        try:
            await client.send(json.dumps({"messages": []}).encode())
        finally:
            await client.close()

    asyncio.run(go())
    (one,) = server.asked
    return one


def test_azure_gets_its_key_in_its_header_and_its_version_behind_the_path() -> None:
    with Hostile(lambda _: [ANSWER]) as server:
        one = asked(f"{server.origin}/openai/deployments/d?api-version=2024-10-21", server)
    assert one.line == "POST /openai/deployments/d/chat/completions?api-version=2024-10-21"
    head = one.head.lower()
    assert f"api-key: {KEY}" in head
    assert "authorization" not in head


def test_others_get_it_as_a_bearer_token() -> None:
    with Hostile(lambda _: [ANSWER]) as server:
        one = asked(f"{server.origin}/v1?team=a%20b", server)
    assert one.line == "POST /v1/chat/completions?team=a+b"
    head = one.head.lower()
    assert f"authorization: bearer {KEY}" in head
    assert "api-key:" not in head


def test_a_profile_s_deployment_version_headers_and_key_are_what_is_sent(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of it in annotate.toml, and the secrets in the environment."""
    monkeypatch.setenv("TEAM_KEY", "key-of-the-team-0123")
    monkeypatch.setenv("GATE", "word-of-the-gate-0123")
    with Hostile(lambda _: [ANSWER]) as server:
        toml = place.folder / "annotate.toml"
        toml.write_text(
            f"""{toml.read_text(encoding="utf-8")}
[models."m"]
base_url = "{server.origin}"
deployment = "mine"
api_version = "2024-10-21"
key_variable = "TEAM_KEY"
headers = {{ "X-Gate" = "$GATE" }}
""",
            encoding="utf-8",
        )
        run = annotate.run(place.write("Nothing."), model="m", out="run", repairs=0)
        one = server.asked[0]
    assert one.line == "POST /openai/deployments/mine/chat/completions?api-version=2024-10-21"
    assert "api-key: key-of-the-team-0123" in one.head.lower()
    assert "x-gate: word-of-the-gate-0123" in one.head.lower()
    assert "0123" not in (run.path / "manifest.json").read_text(encoding="utf-8")


def test_a_header_that_lets_somebody_in_needs_no_key_beside_it() -> None:
    with Hostile(lambda _: [ANSWER]) as server:
        one = asked(server.origin, server, "", headers={"Authorization": "Basic abc"})
    assert "authorization: basic abc" in one.head.lower()
    assert one.head.lower().count("authorization") == 1


@pytest.mark.parametrize("value", ["", "a\nb", "ключ"])
def test_a_header_whose_variable_cannot_be_sent_names_it(value: str) -> None:
    with pytest.raises(UsageError, match="MY_GATE"):
        sent_headers({"X-Gate": "Bearer ${MY_GATE}"}, {"MY_GATE": value})
    assert sent_headers({"X-Gate": "a $MY_GATE"}, {"MY_GATE": "b"}) == {"X-Gate": "a b"}


# ---- Headers, proxy, certificates ----

WRONG: dict[str, str] = {
    "OPENAI_ORG_ID": "org-1\nx: y",
    "OPENAI_PROJECT_ID": "projé",
    "OPENAI_CUSTOM_HEADERS": "X-A: 1\nX-B: ключ",
    "ALL_PROXY": "socks5://user:hunter22@127.0.0.1:1080",
    "HTTPS_PROXY": "ftp://127.0.0.1:1",
    "http_proxy": "http://127.0.0.1:99999999",
    "HTTP_PROXY": "http://",
    "SSL_CERT_FILE": "/nowhere/ca.pem",
}


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> pytest.MonkeyPatch:
    for name in ("http_proxy", "https_proxy", "all_proxy", "ssl_cert_file", "ssl_cert_dir"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    return monkeypatch


@pytest.mark.parametrize(("variable", "value"), WRONG.items(), ids=WRONG.keys())
def test_what_no_request_can_carry_is_refused_by_the_name_of_its_variable(
    variable: str, value: str, bare: pytest.MonkeyPatch
) -> None:
    bare.setenv(variable, value)
    with pytest.raises(UsageError, match=variable) as error:
        check_environment()
    assert "hunter22" not in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("OPENAI_ORG_ID", "org-123"),
        ("OPENAI_CUSTOM_HEADERS", "X-A: 1\nX-B: 2\n"),
        ("ALL_PROXY", "http://user:secret@127.0.0.1:3128"),
        ("HTTPS_PROXY", "proxy.lan:3128"),
        ("NO_PROXY", "socks5://*"),
        ("SSL_CERT_FILE", __file__),
    ],
)
def test_what_can_be_used_is_let_through(
    variable: str, value: str, bare: pytest.MonkeyPatch
) -> None:
    bare.setenv(variable, value)
    check_environment()


def typed(place: Place, base_url: str, **environment: str) -> Any:
    words = ("--model", "m", "--base-url", base_url, "--out", "run", "--timeout", "5")
    texts = [f"Search {number} was slow." for number in range(6)]
    return Command(place.folder)("run", *place.write(*texts), *words, env=environment)


@pytest.mark.parametrize(("variable", "value"), WRONG.items(), ids=WRONG.keys())
def test_a_run_ends_with_2_before_anything_is_sent_or_written(
    place: Place, bare: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    with Server(truthful) as server:
        done = typed(place, server.base_url, **{variable: value})
        assert server.requests == ()
    assert (done.returncode, done.stdout) == (2, "")
    assert variable in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (place.folder / "run").exists()


def test_a_ca_file_that_holds_no_certificate_ends_with_2(
    place: Place, bare: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "ca.pem"
    file.write_text("no certificate", encoding="utf-8")
    done = typed(place, "https://127.0.0.1:9/v1", SSL_CERT_FILE=str(file))
    assert done.returncode == 2
    assert "SSL_CERT_FILE" in done.stderr


def test_a_missing_key_ends_with_2_and_names_the_variable(place: Place) -> None:
    done = typed(place, PUBLIC)
    assert done.returncode == 2
    assert "no key is set for api.example.com; set OPENAI_API_KEY" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert not (place.folder / "run").exists()
    done = Command(place.folder)("doctor", "--model", "m", "--base-url", PUBLIC)
    assert done.returncode == 2
    assert "OPENAI_API_KEY" in done.stdout + done.stderr


def test_what_was_answered_needs_no_key(place: Place) -> None:
    with Server(truthful) as server:
        assert typed(place, server.base_url).returncode == 0
        done = typed(place, server.base_url, ALL_PROXY="socks5://127.0.0.1:1")
        assert (done.returncode, len(server.chats)) == (0, 6)
