"""Who may ask: the browser that was given the address, from the page itself, and nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.reviewing import Client, decision, review_of, served, small_run


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of one server, whose token nobody has used."""
    with served(review_of(small_run(tmp_path_factory.mktemp("guarded") / "run"))) as given:
        yield given


@pytest.fixture(scope="module")
def client(address: str) -> Client:
    return Client(address).let_in()


def status(client: Client, path: str = "/", **headers: str) -> int:
    return client.ask("GET", path, None, **headers).status


def test_the_token_opens_once_and_the_cookie_stays(address: str, client: Client) -> None:
    token = address.partition("/?")[2]
    stranger = Client(address)
    assert status(stranger) == status(stranger, f"/?{token}") == 403
    assert status(stranger, "/?token=") == status(stranger, "/?token=%00%ff") == 403
    assert status(client) == 200
    assert status(client, f"/?{token}") == 303
    name, _, secret = client.headers["cookie"].partition("=")
    for wrong in ("", f"{name}=", f"{name}={secret[:-1]}", f"{name}=ü", f"other={secret}", '";'):
        assert status(client, cookie=wrong) == 403, wrong


def test_the_cookie_is_for_this_server_alone(tmp_path: Path) -> None:
    with served(review_of(small_run(tmp_path / "run"))) as address:
        asked = Client(address)
        answer = asked.ask("GET", address[address.index("/?") :])
        cookie = answer.headers["set-cookie"].lower()
        assert all(part in cookie for part in ("httponly", "samesite=strict", "path=/"))
        assert answer.headers["location"] == "/"


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1", "127.0.0.1:1", ""])
def test_another_name_of_the_host_is_refused(client: Client, host: str) -> None:
    assert status(client, host=host) == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "http://evil.example"},
        {"origin": "null"},
        {"origin": "https://{host}"},
        {"content_type": "text/plain"},
        {"content_type": "application/x-www-form-urlencoded"},
        {"sec_fetch_site": "cross-site"},
        {"sec_fetch_site": "same-site"},
        {"cookie": ""},
    ],
    ids=str,
)
def test_no_other_page_decides(client: Client, headers: dict[str, str]) -> None:
    given = {name: value.format(host=client.host) for name, value in headers.items()}
    answer = client.ask("POST", "/decisions", decision("accept", "x"), **given)
    assert answer.status in (403, 415)


def test_every_answer_keeps_others_out(client: Client) -> None:
    for path, code in (("/", 200), ("/changes", 200), ("/nothing", 404)):
        answer = client.ask("GET", path, origin="http://evil.example")
        assert answer.status == code
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in answer.headers["content-security-policy"]
        assert answer.headers["cache-control"] == "no-store"
        named = [name.lower() for name in answer.headers]
        assert not [name for name in named if name.startswith("access-control-")]
        assert "server" not in named


def test_what_is_too_large_or_no_decision_is_refused(client: Client) -> None:
    assert client.ask("POST", "/decisions", b"{" + b" " * (1 << 20)).status == 413
    wrong = (b"", b"[]", b"\xff", b'{"action": 1}', b'{"action": "drop", "id": "x"}', b"[" * 9999)
    for body in wrong:
        assert client.ask("POST", "/decisions", body).status == 400, body
    assert client.ask("PUT", "/decisions", b"{}").status == 405
