"""The one way to an endpoint: it stays at its origin, and nothing else opens a connection."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from yarl import URL

from annotate.errors import AnnotateError, Stopped
from annotate.llm.batch_api import fetch, status, submit
from annotate.llm.client import Client
from annotate.llm.connection import Connection
from annotate.llm.errors import Unbilled
from annotate.project.settings import Settings, resolve_settings
from tests.support.checkout import ROOT
from tests.support.hostile import ANSWER, Asked, Hostile, leading, response
from tests.support.typed import KEY

TEXT = "the patient of room nine"
REDIRECTS = (301, 302, 303, 307, 308)


def to(base_url: str) -> Settings:
    """Return the settings that lead to an endpoint, with a key."""
    return resolve_settings({"base_url": base_url, "key_variable": "BATCH_KEY"}, environment={})


@pytest.fixture(autouse=True)
def _key(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BATCH_KEY", KEY)


def send(base_url: str) -> Any:
    """Send a prompt as a run does."""

    async def go() -> Any:
        client = Client(base_url, KEY, timeout=20)
        try:
            return await client.send(json.dumps({"messages": TEXT}).encode())
        finally:
            await client.close()

    return asyncio.run(go())


def get(base_url: str) -> Any:
    async def go() -> Any:
        connection = Connection(base_url, KEY, timeout=20)
        try:
            return json.loads((await connection.get("/models")).content)
        finally:
            await connection.close()

    return asyncio.run(go())


def _submit(base_url: str) -> object:
    path = Path("requests.jsonl")
    path.write_text(TEXT, encoding="utf-8")
    return submit(path, to(base_url))


CALLS: dict[str, Callable[[str], object]] = {
    "completion": send,
    "models": get,
    "submit": _submit,
    "status": lambda base_url: status("batch_1", to(base_url)),
    "fetch": lambda base_url: fetch("batch_1", Path("out.jsonl"), to(base_url)),
}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("OPENAI_ORG_ID", "org-secret")
    return tmp_path


# ---- To another origin ----


@pytest.mark.parametrize("code", REDIRECTS)
@pytest.mark.parametrize("call", CALLS.values(), ids=CALLS.keys())
def test_no_redirect_to_another_origin_is_followed(
    call: Callable[[str], object], code: int
) -> None:
    with leading(code=code) as (server, other):
        with pytest.raises(Stopped) as refused:
            call(server.base_url)
        assert other.asked == []
        assert len(server.asked) == 1
        assert f"answers {code} and leads to {other.origin}," in str(refused.value)
    assert isinstance(refused.value, Unbilled)


def test_what_a_file_holds_is_no_redirect_to_it(tmp_path: Path) -> None:
    """The content of a file is read in pieces, on another way than everything else."""
    batch = json.dumps({"id": "b", "status": "completed", "output_file_id": "f"}).encode()

    def answer(asked: Asked) -> list[bytes]:
        leads = response(b"", 302, f"location: {other.origin}/stolen")
        return [leads if asked.line.endswith("/content") else response(batch)]

    with Hostile(lambda _: [ANSWER]) as other, Hostile(answer) as server:
        with pytest.raises(Stopped, match="answers 302 and leads to"):
            fetch("b", tmp_path / "out.jsonl", to(server.base_url))
        assert other.asked == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "to",
    [
        "http://localhost:{port}/v1",  # another name of the same machine
        "//127.0.0.1:{port}/v1",
        "https://127.0.0.1:{port}/v1",
        "HTTP://127.0.0.1:{port}",
        "http://user:hunter2@127.0.0.1:{port}/secret-path?token=abc123#part",
        "http:\\\\127.0.0.1:{port}\\v1",
        "\thttp://127.0.0.1:{port}/",
        "http://127.0.0.1:{port}/ with blanks",
        "http://[::ffff:127.0.0.1]:{port}/",
        "http:///127.0.0.1:{port}/",
        "http://127.0.0.1:99999/",
        "http://xn--/",
        "http://[::1/",
        "ftp://127.0.0.1:{port}/",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "http://" + "a" * 5000 + "/",
        "http://\x1b[31mred/",
    ],
)
def test_nothing_goes_elsewhere_however_the_address_is_written(to: str) -> None:
    with leading("", at=to) as (server, other):
        with pytest.raises(AnnotateError) as refused:
            send(server.base_url)
        assert other.asked == []
    said = str(refused.value)
    assert "answers 307" in said
    assert len(said) < 400
    assert said.isprintable()
    for hidden in ("hunter2", "secret-path", "abc123", "user", KEY):
        assert hidden not in said


# ---- At the same origin ----


@pytest.mark.parametrize("code", [307, 308])
def test_the_same_request_at_the_same_origin_is_sent_again(code: int) -> None:
    def answer(asked: Asked) -> list[bytes]:
        moved = response(b"", code, "location: /v2/chat/completions")
        return [ANSWER if "/v2/" in asked.line else moved]

    with Hostile(answer) as server:
        assert send(server.base_url)["choices"]
        first, second = server.asked
    assert second.line == "POST /v2/chat/completions"
    assert (first.head, first.body) == (second.head, second.body)


@pytest.mark.parametrize("code", [301, 302, 303])
def test_a_prompt_is_not_turned_into_another_request(code: int) -> None:
    with Hostile(lambda _: [response(b"", code, "location: /v2")]) as server:
        with pytest.raises(Stopped, match=f"answers {code} and leads to another path of its own"):
            send(server.base_url)
        assert len(server.asked) == 1


@pytest.mark.parametrize("code", REDIRECTS)
def test_a_question_without_a_body_may_be_moved(code: int) -> None:
    def answer(asked: Asked) -> list[bytes]:
        moved = response(b"", code, "location: ../v2/models?page=1")
        return [response(b'{"data": []}') if "/v2/" in asked.line else moved]

    with Hostile(answer) as server:
        assert get(server.base_url) == {"data": []}


@pytest.mark.parametrize("call", [send, get])
def test_redirects_in_a_circle_end(call: Callable[[str], object]) -> None:
    with Hostile(lambda _: [response(b"", 307, "location: /v1/again")]) as server:
        with pytest.raises(Stopped, match="leads in circles"):
            call(server.base_url)
        assert len(server.asked) == 4


def test_a_redirect_without_an_address_is_an_answer_without_words() -> None:
    with Hostile(lambda _: [response(b"", 307)]) as server, pytest.raises(AnnotateError) as error:
        send(server.base_url)
    assert "(307)" in str(error.value)


def test_no_request_is_sent_to_another_origin_than_the_connection_s_own() -> None:
    async def go(connection: Connection) -> None:
        try:
            await connection.get(f"{other.origin}/v1/models")
        finally:
            await connection.close()

    with Hostile(lambda _: [ANSWER]) as other, Hostile(lambda _: [ANSWER]) as server:
        with pytest.raises(Stopped, match=f"leads to {other.origin}"):
            asyncio.run(go(Connection(server.base_url, KEY, timeout=20)))
        assert other.asked == server.asked == []


# ---- Everything else that a response can carry along ----


def test_no_cookie_is_kept_or_sent_back() -> None:
    headers = [f"set-cookie: c{n}=1; Path=/" for n in range(50)]

    async def go() -> None:
        connection = Connection(server.base_url, KEY, timeout=20)
        try:
            for _ in range(2):
                await connection.get("/models")
        finally:
            await connection.close()

    with Hostile(lambda _: [response(b"{}", 200, *headers)]) as server:
        asyncio.run(go())
        assert [asked.head.count("cookie") for asked in server.asked] == [0, 0]


_OPENS = re.compile(
    r"\b(?:Async)?(?:OpenAI|Client|HTTPTransport)\(|\burlopen\(|\burlretrieve\(|\bhttp\.client\b"
    r"|\baiohttp\b|\bimport requests\b|\bcreate_connection\(|\bopen_connection\(|\bsocket\b"
)


def test_nothing_else_opens_a_connection() -> None:
    """What holds for a connection holds for the program only as long as it is the one way out."""
    opens = {
        path.relative_to(ROOT).as_posix(): sorted(set(_OPENS.findall(text)))
        for path in (ROOT / "annotate").rglob("*.py")
        if "testing" not in path.parts  # a server, for tests
        and _OPENS.search(text := path.read_text(encoding="utf-8"))
    }
    assert opens == {
        "annotate/llm/connection.py": ["aiohttp"],
        # How that one carries what it sends.
        "annotate/llm/direct.py": ["aiohttp", "socket"],
        # Clients of ours, which open a `Connection`.
        "annotate/llm/endpoint.py": ["Client("],
        # Asks whether a cluster of Ray listens at an address, and closes it.
        "annotate/scale/cluster.py": ["create_connection(", "socket"],
        # A review listens, and opens nothing.
        "annotate/serving/serve.py": ["socket"],
    }


def test_the_default_port_of_a_scheme_is_the_same_origin() -> None:
    from annotate.llm.direct import _origin

    same = ["https://api.example", "https://api.example:443/v1", "HTTPS://user@API.example/?q"]
    assert {_origin(URL(each)) for each in same} == {"https://api.example"}
    assert _origin(URL("http://[::1]:8000/v1")) == "http://[::1]:8000"
