"""`annotate estimate`: requests, tokens and cost, before anything is spent."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.cli.conftest import Typed, found


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


def test_estimate_bounds_what_answers_may_lead_to(typed: Typed, here: Path) -> None:
    _, out, _ = typed("estimate", "a.txt", "--model", "m")
    assert "3 requests at the very most; --max-cost bounds what is spent" in out
    _, out, _ = typed("estimate", "a.txt", "--model", "m", "--repairs", "0")
    assert "at the very most" not in out  # a short chunk is not cut
    (here / "long.txt").write_text("Nothing happened there.\n\n" * 100, encoding="utf-8")
    _, out, _ = typed("estimate", "long.txt", "--model", "m", "--repairs", "1")
    assert "30 requests at the very most" in out


def test_what_is_sent_stays_within_the_bound_where_every_answer_is_cut_or_broken(
    typed: Typed, here: Path
) -> None:
    sentences = (f"Nothing happened {number} times there.\n\n" for number in range(100))
    (here / "long.txt").write_text("".join(sentences), encoding="utf-8")
    words = ("a.txt", "long.txt", "--model", "m", "--repairs", "1")
    bound = json.loads(typed("estimate", *words, "--json")[1])["most_requests"]
    for out, behaviour in (("cut", b.truncated()), ("broken", b.malformed)):
        with Server(found, Rule(behaviour)) as server:
            more = ("--base-url", server.base_url, "--give-up-after", "0", "--cache-dir", out)
            typed("run", *words, *more, "--out", f"runs/{out}")
            assert 2 <= len(server.chats) <= bound


def test_estimate_shows_other_sizes_of_chunks_where_they_differ(typed: Typed, here: Path) -> None:
    sentences = (f"Nothing happened {number} times there.\n\n" for number in range(2000))
    (here / "long.txt").write_text("".join(sentences), encoding="utf-8")
    _, out, _ = typed("estimate", "long.txt", "--model", "m", "--price", "1,2")
    sized = [line for line in out.splitlines() if line.startswith("--chunk-size ")]
    counts = [int(line.split()[2].replace(",", "")) for line in sized]
    assert [line.split()[1] for line in sized] == ["4000", "8000", "16000", "32000"]
    assert counts == sorted(counts, reverse=True)
    _, out, _ = typed("estimate", "long.txt", "--model", "m", "--chunk-size", "1000", "--json")
    figures = json.loads(out)
    assert [each["chunk_size"] for each in figures["sizes"]] == [1000, 4000, 8000, 16000, 32000]
    assert figures["requests"] == figures["sizes"][0]["requests"] > max(counts)
    _, out, _ = typed("estimate", "a.txt", "--model", "m")
    assert "--chunk-size" not in out


def test_estimate_shows_what_a_cached_prompt_and_a_batch_cost(typed: Typed, here: Path) -> None:
    schema = "x" * 8000  # a prompt that is long enough to be cached
    prompt = here / "prompts" / "incident_report" / "v1.md"
    text = prompt.read_text(encoding="utf-8").replace(
        "=== system ===\n", f"=== system ===\n{schema}\n"
    )
    prompt.write_text(text, encoding="utf-8")
    words = ("estimate", "a.txt", "b.txt", "--model", "m", "--price", "1,1")
    figures = json.loads(typed(*words, "--cached-price", "0", "--batch-rate", "0.5", "--json")[1])
    assert figures["with_cache"]["least"] == pytest.approx(figures["least"] / 2, rel=0.15)
    assert figures["as_batch"]["most"] == pytest.approx(figures["most"] / 2)
    _, out, _ = typed(*words, "--cached-price", "0.1", "--batch-rate", "0.5")
    assert "with the prompt in the endpoint's cache: " in out
    assert "as a batch: " in out
    _, out, _ = typed(*words)
    assert "cache" not in out
    assert "batch" not in out


def test_an_unreadable_document_is_named_and_the_others_are_estimated(typed: Typed) -> None:
    code, out, err = typed("estimate", "none.txt", "a.txt", "--model", "m", "--price", "1,1")
    assert code == 4
    assert out.startswith("1 requests")
    assert "none.txt" in err
