"""Write the tables as Parquet files.

What a table holds is in `annotate.formats.tables.columns`; the version of these columns is in the
metadata of each file, under `annotate.tables`. A lone surrogate, which no column can hold, is
U+FFFD. The same runs give the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, suppress
from itertools import chain, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from annotate.errors import UsageError
from annotate.files import unwritable, whole_file, without_surrogates
from annotate.formats.parquet import pyarrow_parquet
from annotate.formats.tables.columns import TABLES, VERSION, Column
from annotate.formats.tables.rows import Row, RunRows
from annotate.runs.reader import Run
from annotate.runs.selection import Selection

if TYPE_CHECKING:
    import pyarrow as pa

_ROWS = 5_000  # of a row group, so that large runs need little memory


def write_tables(runs: Sequence[Run], selection: Selection, folder: Path) -> int:
    """Write runs as tables into a folder; return how many annotations are in them.

    Older tables there are replaced once all are whole; other files there are left alone.

    Raises:
        UsageError: where pyarrow is not installed, a run is named twice, or the folder cannot be
            written.
    """
    pyarrow_parquet()
    seen: set[Path] = set()
    for run in runs:
        if run.path.resolve() in seen:
            raise UsageError(f"{run.path}: is named twice")
        seen.add(run.path.resolve())
    made = not folder.exists()
    try:
        folder.mkdir(exist_ok=True)
        return _write(runs, selection, folder)
    except OSError as error:
        raise unwritable(folder, error) from None
    finally:
        if made:  # and nothing could be written
            with suppress(OSError):
                folder.rmdir()


def _write(runs: Sequence[Run], selection: Selection, folder: Path) -> int:
    rows = [RunRows(run, selection) for run in runs]
    tables: Mapping[str, Iterable[Row]] = {
        "runs": (each.of_run() for each in rows),
        "documents": chain.from_iterable(each.documents() for each in rows),
        "annotations": chain.from_iterable(each.annotations() for each in rows),
    }
    with ExitStack() as files:
        for name, found in tables.items():
            path = files.enter_context(whole_file(folder / f"{name}.parquet"))
            count = _write_table(path, TABLES[name], found)
    return count  # of the last one


def _write_table(path: Path, columns: Sequence[Column], rows: Iterable[Row]) -> int:
    schema, count = _arrow_schema(columns), 0
    with pyarrow_parquet().ParquetWriter(path, schema) as writer:
        for batch in _batches(rows, schema):
            writer.write_batch(batch)
            count += batch.num_rows
    return count


def arrow_table(columns: Sequence[Column], rows: Iterable[Row]) -> pa.Table:
    """Return rows as a table of Arrow with these columns, as they stand in a file.

    Raises:
        UsageError: where pyarrow is not installed.
    """
    pyarrow_parquet()
    import pyarrow as pa

    schema = _arrow_schema(columns)
    return pa.Table.from_batches(_batches(rows, schema), schema)


def _batches(rows: Iterable[Row], schema: pa.Schema) -> Iterator[pa.RecordBatch]:
    import pyarrow as pa

    left = map(_clean, rows)
    while batch := list(islice(left, _ROWS)):
        yield pa.RecordBatch.from_pylist(batch, schema=schema)


def _arrow_schema(columns: Sequence[Column]) -> pa.Schema:
    import pyarrow as pa

    schema = pa.schema([pa.field(each.name, _arrow_type(each)) for each in columns])
    return schema.with_metadata({"annotate.tables": str(VERSION)})


def _arrow_type(column: Column) -> pa.DataType:
    import pyarrow as pa

    text, integer = pa.string(), pa.int64()
    return {
        "text": text,
        "integer": integer,
        "number": pa.float64(),
        "boolean": pa.bool_(),
        "time": pa.timestamp("us"),
        "texts": pa.list_(text),
        "integers": pa.list_(integer),
        "attributes": pa.map_(text, pa.list_(text)),
        "confidences": pa.map_(text, pa.map_(text, pa.float64())),
    }[column.kind]


def _clean(value: Any) -> Any:
    """Return a value that a column can hold: without lone surrogates."""
    if isinstance(value, str):
        return without_surrogates(value)
    if isinstance(value, dict):
        return {name: _clean(each) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(map(_clean, value))
    return value
