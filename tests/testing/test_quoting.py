"""A model that quotes the first sentence of the document."""

from __future__ import annotations

import json

import pytest

from annotate.testing import Server, quote_first
from tests.support.wire import (
    ask,
    chat,
)

POLICY = "# Privacy of things\n\nEnacted 2024.\n\n- We collect e.g. names, as said. And more.\n"


@pytest.mark.parametrize(
    ("message", "quote"),
    [
        (POLICY, "- We collect e.g. names, as said."),
        (
            f"Read it.\n<document-1f>\n{POLICY}\n</document-1f>\n",
            "- We collect e.g. names, as said.",
        ),
        ("<document>\nOf an example, that is.\n</document>\n<document>\nMine\n</document>", "Mine"),
        ("A heading\nand no sentence", "A heading"),
    ],
)
def test_the_first_sentence_of_the_document_is_quoted(message: str, quote: str) -> None:
    template = {"category": "x", "quote": "{quote}", "nested": [{"also": "{quote}"}]}
    with Server(quote_first(template)) as server:
        _, body = ask(server, chat(message))
    found = json.loads(body["choices"][0]["message"]["content"])
    assert found == {
        "annotations": [{"category": "x", "quote": quote, "nested": [{"also": quote}]}]
    }
    assert quote in message


def test_a_document_without_text_has_nothing_to_quote() -> None:
    with Server(quote_first({"quote": "{quote}"})) as server:
        _, body = ask(server, chat("<document>\n \n</document>"))
    assert json.loads(body["choices"][0]["message"]["content"]) == {"annotations": []}
