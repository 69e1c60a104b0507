"""How often gates fail where nothing changed, counted between the repeats of one prompt."""

from __future__ import annotations

import pytest

from annotate.suites.false_alarms import halves


@pytest.mark.parametrize(
    ("repeats", "size", "ways"),
    [(1, 0, 0), (2, 1, 2), (3, 1, 6), (4, 2, 6), (5, 2, 30), (40, 20, 40)],
)
def test_halves_of_the_repeats_share_none(repeats: int, size: int, ways: int) -> None:
    found = halves(range(repeats))
    assert len(found) == len(set(found)) == ways
    for before, after in found:
        assert len({*before, *after}) == len(before) + len(after) == 2 * size
