"""The heaviest assignment of rows to columns, against every permutation."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from annotate.scoring.assignment import heaviest_assignment


@given(
    st.integers(0, 5).flatmap(
        lambda rows: st.integers(rows, 6).flatmap(
            lambda columns: st.lists(
                st.lists(
                    st.integers(0, 3) | st.integers(0, 2**130),
                    min_size=columns,
                    max_size=columns,
                ),
                min_size=rows,
                max_size=rows,
            )
        )
    )
)
def test_no_assignment_is_heavier(weights: list[list[int]]) -> None:
    chosen = heaviest_assignment(weights)
    columns = range(len(weights[0]) if weights else 0)
    assert len(set(chosen)) == len(weights)
    assert sum(row[column] for row, column in zip(weights, chosen, strict=True)) == max(
        sum(row[column] for row, column in zip(weights, each, strict=True))
        for each in itertools.permutations(columns, len(weights))
    )
