"""Make data frames of the rows of a table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from annotate.errors import UsageError
from annotate.formats.tables.columns import Column
from annotate.formats.tables.rows import Row

if TYPE_CHECKING:
    from pandas import DataFrame

_TYPES = {"integer": "int64", "number": "float64", "boolean": "bool", "time": "datetime64[us]"}


def pandas() -> Any:
    """Return pandas, imported now: it takes a while.

    Raises:
        UsageError: where it is not installed.
    """
    try:
        import pandas
    except ImportError:
        raise UsageError(
            "data frames need pandas; install it with pip install 'policy-annotate[notebook]'"
        ) from None
    return pandas


def data_frame(columns: Sequence[Column], rows: Iterable[Row]) -> DataFrame:
    """Return rows as a data frame with these columns; maps are dictionaries.

    Raises:
        UsageError: where pandas is not installed.
    """
    found = pandas().DataFrame(
        [[_cell(row[each.name], each) for each in columns] for row in rows],
        columns=[each.name for each in columns],
    )
    return found.astype({c.name: _TYPES.get(c.kind, "object") for c in columns})


def _cell(value: Any, column: Column) -> Any:
    if column.kind == "attributes":
        return dict(value)
    if column.kind == "confidences":
        return {name: dict(each) for name, each in value}
    return value
