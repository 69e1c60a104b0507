"""The simulated annotator, asked whether annotations hold: it says what the gold says."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from annotate.gold.store import GoldAnnotation
from annotate.testing.judging import judged, listed

GOLD = GoldAnnotation(
    document="a",
    id="a-1",
    category="action",
    attributes={"step": "mitigated", "planned": False},
    quote="We rolled back.",
    start=0,
    end=15,
    status="required",
    must_find=False,
)


def row(quote: str = "We rolled back.", category: str = "action", **values: Any) -> dict[str, Any]:
    stated = {"step": "mitigated", "planned": False, **values}
    return {"number": 3, "category": category, "quote": quote, "values": stated}


@pytest.mark.parametrize(
    ("asked", "verdict", "values"),
    [
        (row(), "supported", []),
        (row("rolled back"), "supported", []),
        (row(step="resolved"), "partly", [{"attribute": "step", "value": "resolved"}]),
        (row(category="cause"), "unsupported", []),
        (row("We wait."), "unsupported", []),
    ],
)
def test_it_says_what_the_gold_says_or_something_else(
    asked: dict[str, Any], verdict: str, values: list[Any]
) -> None:
    said = judged(asked, [GOLD], 0.0, Random(1))  # noqa: S311 (no secret)
    assert (said["number"], said["verdict"], said["values"]) == (3, verdict, values)
    wrong = judged(asked, [GOLD], 1.0, Random(1))  # noqa: S311 (no secret)
    assert wrong["verdict"] != verdict


def test_it_reads_what_a_message_lists() -> None:
    assert listed("none") == []
    text = '<annotations-0a>\n{"number": 1}\n{"number": 2}\n</annotations-0a>'
    assert listed(text) == [{"number": 1}, {"number": 2}]
