"""The rows of data: each a text, a document, or a mapping of its columns.

pandas and pyarrow are imported only where their data comes. Tables are turned into rows some at a
time, so that a large one is never there twice.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from annotate.documents.document import Document
from annotate.errors import MissingExtra, UsageError
from annotate.schema.spelling import there_is

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_AT_ONCE = 1_000  # rows that are Python's values at a time


def rows_of(data: object, text: str, required: Sequence[str]) -> Iterator[object]:
    """Return the rows of data in order.

    Args:
        data: a text, a document, a row, any iterable of these, a data frame or a series, or what
            hands out Arrow data.
        text: what the texts of a series are called.
        required: columns that a table must have.

    Raises:
        UsageError, MissingExtra: as `documents_in`.
    """
    if isinstance(data, str | Document | Mapping):
        return iter([data])
    pandas = sys.modules.get("pandas")  # data of a package that nobody imported is not there
    if pandas is not None and isinstance(data, pandas.Series):
        return _of_frame(data.to_frame(text), required)
    if pandas is not None and isinstance(data, pandas.DataFrame):
        return _of_frame(data, required)
    if hasattr(data, "__arrow_c_stream__") or hasattr(data, "__arrow_c_array__"):
        return _of_arrow(data, required)
    if isinstance(data, Iterable) and not isinstance(data, bytes | bytearray):
        return iter(data)
    raise UsageError(
        f"no data to annotate are of type {type(data).__name__}: give texts, documents, rows, a "
        "data frame or an Arrow table; annotate.run reads files"
    )


def is_missing(value: object) -> bool:
    """Tell whether there is no value: None, or what pandas puts in its place."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and value != value  # not a number is not even itself


def _of_frame(frame: pd.DataFrame, required: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    columns = [str(each) for each in frame.columns]
    _check(columns, required)
    return _frame_rows(frame, columns)


def _frame_rows(frame: pd.DataFrame, columns: Sequence[str]) -> Iterator[Mapping[str, Any]]:
    for start in range(0, len(frame), _AT_ONCE):
        part = frame.iloc[start : start + _AT_ONCE].astype(object)
        for values in part.where(part.notna(), None).itertuples(index=False, name=None):
            yield dict(zip(columns, values, strict=True))


def _of_arrow(data: Any, required: Sequence[str]) -> Iterator[object]:
    try:
        import pyarrow as pa
    except ImportError:
        raise MissingExtra("the data", "Arrow data", "parquet") from None
    try:
        batches = pa.RecordBatchReader.from_stream(data)
    except (pa.ArrowException, TypeError):  # no table, but perhaps a column of texts
        return _of_column(data)
    _check(batches.schema.names, required)
    return _arrow_rows(batches)


def _of_column(data: Any) -> Iterator[object]:
    import pyarrow as pa

    try:
        column = pa.chunked_array(data if hasattr(data, "__arrow_c_stream__") else [data])
    except (pa.ArrowException, TypeError) as error:
        kind = type(data).__name__
        raise UsageError(f"{kind}: holds no rows or texts that can be read ({error})") from None
    return (each for chunk in column.chunks for each in _slices(chunk))


def _arrow_rows(batches: pa.RecordBatchReader) -> Iterator[Mapping[str, Any]]:
    for batch in batches:
        yield from _slices(batch)


def _slices(part: Any) -> Iterator[Any]:
    for start in range(0, len(part), _AT_ONCE):
        yield from part.slice(start, _AT_ONCE).to_pylist()


def _check(columns: Sequence[str], required: Sequence[str]) -> None:
    if twice := [name for name, times in Counter(columns).items() if times > 1]:
        raise UsageError(f"two columns are named {twice[0]}; rename one")
    for name in required:
        if name not in columns:
            raise UsageError(f"no column is named {name}: {there_is(name, columns)}")
