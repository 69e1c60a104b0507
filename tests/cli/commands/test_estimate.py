"""`annotate estimate`: requests, tokens and cost, before anything is spent."""

from __future__ import annotations

import json

from tests.cli.conftest import Typed


def test_estimate_says_requests_tokens_and_cost(typed: Typed) -> None:
    code, out, _ = typed("estimate", "a.txt", "b.txt", "--model", "m", "--price", "1,2")
    assert code == 0
    assert out.startswith("2 requests, about ")
    assert "USD with empty answers" in out
    code, out, _ = typed("estimate", "a.txt", "--model", "m", "--price", "1,2", "--json")
    figures = json.loads(out)
    assert code == 0
    assert figures["requests"] == 1
    assert 0 < figures["least"] < figures["most"]


def test_estimate_without_a_price_names_the_setting(typed: Typed) -> None:
    code, out, _ = typed("estimate", "a.txt", "--model", "m")
    assert (code, "--price IN,OUT" in out) == (0, True)
    _, out, _ = typed("estimate", "a.txt", "--model", "m", "--json")
    assert json.loads(out)["most"] is None


def test_estimate_knows_published_prices(typed: Typed) -> None:
    _, out, _ = typed("estimate", "a.txt", "--model", "gpt-4o-mini", "--json")
    assert json.loads(out)["most"] > 0


def test_an_unreadable_document_is_named_and_the_others_are_estimated(typed: Typed) -> None:
    code, out, err = typed("estimate", "none.txt", "a.txt", "--model", "m", "--price", "1,1")
    assert code == 4
    assert out.startswith("1 requests")
    assert "none.txt" in err
