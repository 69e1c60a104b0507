"""Gold that most tests of evaluations hold a run against."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.handmade import (
    everything,
    write_gold,
)


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold of the five sentences of the text."""
    return write_gold(tmp_path / "gold", everything())
