"""What tokens cost: as given, as published, or not known."""

import subprocess
import sys

import pytest

from annotate.errors import UsageError
from annotate.llm.pricing import Price, price, price_or_stop
from annotate.llm.usage import Usage


def test_a_given_price_goes_before_the_table() -> None:
    assert price("gpt-4o-mini", (1.0, 2.0)) == Price(1.0, 2.0)
    assert price("a model of one's own", (0.0, 0.0)) == Price(0.0, 0.0)


def test_a_price_is_in_dollars_a_million_tokens() -> None:
    assert Price(0.5, 2.0).of(Usage(1_000_000, 500_000)) == 1.5
    assert Price(0.0, 0.0).of(Usage(10, 10)) == 0.0


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


@pytest.mark.parametrize("given", [(-1.0, 1.0), (1.0, -1.0), (float("nan"), 1.0), (1.0, 1e999)])
def test_a_price_that_would_lift_the_cap_is_refused(given: tuple[float, float]) -> None:
    with pytest.raises(UsageError, match="--price"):
        price("m", given)
