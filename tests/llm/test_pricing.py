"""What tokens cost: as given, as published, or not known."""

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import UsageError
from annotate.llm.pricing import Price, price, price_or_stop
from annotate.llm.usage import Usage


def test_a_given_price_goes_before_the_table() -> None:
    assert price("gpt-4o-mini", (1.0, 2.0)) == Price(1.0, 2.0)
    assert price("a model of one's own", (0.0, 0.0)) == Price(0.0, 0.0)


def test_a_price_is_in_dollars_a_million_tokens() -> None:
    assert Price(0.5, 2.0).of(Usage(1_000_000, 500_000)) == 1.5
    assert Price(0.0, 0.0).of(Usage(10, 10)) == 0.0


def test_what_an_endpoint_had_in_its_cache_has_its_own_price() -> None:
    usage = Usage(1_000_000, 0, cached_tokens=400_000)
    assert Price(1.0, 2.0, 0.1).of(usage) == pytest.approx(0.64)
    assert Price(1.0, 2.0, 0.0).of(usage) == pytest.approx(0.6)
    assert Price(1.0, 2.0).of(usage) == 1.0  # unknown: as the prompt
    assert Price(1.0, 2.0, 0.1).times(0.5).of(usage) == pytest.approx(0.32)


def test_the_table_knows_what_is_cached_and_a_given_price_goes_before_it() -> None:
    found = price("gpt-4o-mini", None)
    assert found is not None
    assert found.cached is not None
    assert 0 < found.cached < found.prompt
    typed = price("gpt-4o-mini", None, 0.01)
    assert typed is not None
    assert (typed.prompt, typed.cached) == (found.prompt, 0.01)
    assert price("m", (1.0, 2.0), 0.5) == Price(1.0, 2.0, 0.5)


COUNTS = st.integers(0, 10**6)
PRICES = st.floats(0, 1000)


@given(PRICES, PRICES, st.none() | PRICES, COUNTS, COUNTS, COUNTS, COUNTS, COUNTS)
def test_the_most_that_is_reserved_is_never_passed(
    prompt: float,
    completion: float,
    cached: float | None,
    read: int,
    more: int,
    wrote: int,
    further: int,
    kept: int,
) -> None:
    """Whatever part of the tokens an endpoint had in its cache, also where that costs more."""
    known = Price(prompt, completion, cached)
    usage = Usage(read, wrote, cached_tokens=min(kept, read))
    most = known.most(Usage(read + more, wrote + further))
    assert known.of(usage) <= most * (1 + 1e-9)


def test_the_table_is_read_offline() -> None:
    code = """
import socket, sys
def refuse(*_: object) -> None:
    raise OSError("no network here")
socket.socket.connect = refuse
socket.getaddrinfo = refuse
from annotate.llm.pricing import price
found = price("gpt-4o-mini", None)
print(found.prompt, found.completion)
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    prompt, completion = map(float, done.stdout.split())
    assert 0 < prompt < completion < 10


@pytest.mark.parametrize("model", ["test-model", "", "no such model at all", "../x", "🦉"])
def test_a_model_without_a_price_names_the_setting_that_gives_one(model: str) -> None:
    assert price(model, None) is None
    with pytest.raises(UsageError, match=r"--price IN,OUT.*annotate\.toml"):
        price_or_stop(model, None)


@pytest.mark.parametrize("typed", [(-1.0, 1.0), (1.0, -1.0), (float("nan"), 1.0), (1.0, 1e999)])
def test_a_price_that_would_lift_the_cap_is_refused(typed: tuple[float, float]) -> None:
    with pytest.raises(UsageError, match="--price"):
        price("m", typed)
