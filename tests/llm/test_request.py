"""What makes a request another one, and how its endpoint is named."""

import json

import pytest

from annotate.errors import UsageError
from annotate.llm.endpoint import endpoint
from annotate.llm.request import Request, encode
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
