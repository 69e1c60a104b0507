"""A comparison that every format reports."""

import pytest

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from tests.support.compared import drawn
from tests.support.noisy import Rates


@pytest.fixture(scope="module")
def worse() -> Comparison:
    """Two repeats a side, the second of them much worse."""
    before = [drawn(1, 0), drawn(2, 1)]
    rates = Rates(missed=0.5)
    after = [drawn(3, 0, rates, prompt="v2"), drawn(4, 1, rates, prompt="v2")]
    return compare_evaluations(before, after, rounds=300)
