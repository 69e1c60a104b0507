"""Credentials are taken out of a text, in whatever form they stand in it."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import AnnotateError, DocumentError, Stopped
from annotate.redaction import hide, hide_credentials, redact

SECRET = "Tr0ub4dor&3"  # noqa: S105 (no account of anybody)


@pytest.mark.parametrize(
    "text",
    [
        f"POST https://user:{SECRET}@host:8000/v1",
        f"http://{SECRET}@host",
        f"HTTPS_PROXY=http://me:{SECRET}@proxy.example:3128",
        f"socks5://a:{SECRET}@10.0.0.1",
        f"https://a:{SECRET}@one https://b:{SECRET}@two",
        "GET https://host/v1?api-version=2024&api-key=hunter2secret",
        "https://host/v1?subscription-key=hunter2secret#part",
        "https://host/v1?SIG=hunter2secret&code=hunter2secret",
        "https://host/v1?access_token=hunter2secret'",
        "Authorization: Bearer hunter2secret",
        "authorization: Basic aHVudGVyMnNlY3JldA==",
        "Proxy-Authorization: Basic hunter2secret",
        "{'Authorization': 'Bearer hunter2secret', 'accept': '*/*'}",
        "[(b'Host', b'h'), (b'Authorization', b'Bearer hunter2secret')]",
        '{"api-key": "hunter2secret"}',
        "api_key=hunter2secret",
        "X-Api-Key: hunter2secret",
        "Ocp-Apim-Subscription-Key: hunter2secret",
        "Cookie: session=hunter2secret; other=hunter2secret",
        "Set-Cookie: session=hunter2secret",
        "openai-organization: hunter2secret",
        "Headers({'x-amz-security-token': 'hunter2secret'})",
        "Incorrect API key provided: sk-hunter2secret",
    ],
)
def test_what_looks_like_a_credential_is_hidden(text: str) -> None:
    said = redact(text)
    assert "***" in said
    for secret in (SECRET, "hunter2secret", "aHVudGVy"):
        assert secret not in said


@pytest.mark.parametrize(
    "text",
    [
        "https://api.example.com/v1",
        "https://host/v1?api-version=2024-10-21&page=2",
        "notes.jsonl:7: https://site.example/privacy?id=3 is no text",
        "the endpoint refuses the key (401); set OPENAI_API_KEY",
        "the key holds characters that no key has",
        "mail us at privacy@example.com",
        "a cookie is kept for 90 days; tokens: 120",
        "",
    ],
)
def test_what_is_none_stays_as_it_is(text: str) -> None:
    assert redact(text) == text


def test_what_a_connection_was_opened_with_is_known_by_its_letters() -> None:
    hide("plain-old-letters/with ä")
    hide_credentials("https://me:correct%20horse@host/v1?api-version=2024&who=battery-staple")
    for said in (
        "it said plain-old-letters/with ä, and PLAIN-OLD-LETTERS/WITH Ä",
        quote("plain-old-letters/with ä", safe=""),
        "correct horse, correct%20horse",
        "battery-staple",
    ):
        assert set(redact(said).replace("it said", "").replace("and", "")) <= set("*, ")
    assert redact("api-version=2024") == "api-version=2024"


def test_a_short_key_hides_no_word() -> None:
    hide("none")
    hide("")
    assert redact("none of them is there") == "none of them is there"


@given(st.text())
def test_any_text_comes_through_and_again_the_same(text: str) -> None:
    assert redact(redact(text)) == redact(text)


def test_a_long_text_takes_no_longer_than_its_length() -> None:
    """The forms are looked for in linear time: these would take minutes otherwise."""
    for part in ("://", "?key", "a-", "api-key=", "authorization: ", "sk-", "Bearer ", "x-token'"):
        assert redact(part * 20_000)


@pytest.mark.parametrize("kind", [AnnotateError, Stopped])
def test_no_error_of_ours_holds_a_credential(kind: type[AnnotateError]) -> None:
    error = kind(f"cannot reach https://user:{SECRET}@host/v1")
    assert SECRET not in f"{error} {error!r} {error.args}"
    assert SECRET not in str(DocumentError(f"https://a:{SECRET}@b/c", "is no text"))
