"""What came of some documents as tables of Arrow: the same columns for every part and every run.

Documents and annotations have the columns of `annotate export --to tables` but for those that tell
runs apart. Each row of each table has `row` at its end: the line that it is in a run folder.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.data.memory import Kept, MemoryRun
from annotate.errors import DocumentError
from annotate.files import json_text
from annotate.formats.tables.columns import MADE, TABLES, Column
from annotate.formats.tables.rows import Row, RunRows
from annotate.formats.tables.writer import arrow_table
from annotate.pipeline.finished import Finished
from annotate.runs.parts import ROW
from annotate.runs.rows import document_row
from annotate.runs.selection import Selection

if TYPE_CHECKING:
    import pyarrow as pa

_LINE = Column(ROW, "text", "the whole row as JSON, as it stands in a run folder")
_OF_RUNS = frozenset(each.name for each in MADE) | {"number"}


def _of(table: str) -> tuple[Column, ...]:
    return (*(each for each in TABLES[table] if each.name not in _OF_RUNS), _LINE)


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "documents": _of("documents"),
    "annotations": _of("annotations"),
    "ledger": (
        Column("document", "text", "id of the document"),
        Column("chunk", "integer", "its place in the document, from 0"),
        Column("start", "integer", "where it begins, in code points"),
        Column("end", "integer", "where it ends"),
        Column("status", "text", "how it ended"),
        Column("annotations", "integer", "found in it, before those of chunks are merged"),
        Column("invalid", "integer", "annotations that broke the schema"),
        Column("ungrounded", "integer", "annotations whose words are not in the text"),
        Column("requests", "integer", "answers used"),
        Column("prompt_tokens", "integer", "of these"),
        Column("completion_tokens", "integer", "of these"),
        Column("cost", "number", "in US dollars; null where no price was known"),
        Column("seconds", "number", "that the answers took"),
        Column("note", "text", "why it did not end `ok`"),
        _LINE,
    ),
    "quarantine": (
        Column("document", "text", "id of the document"),
        Column("chunk", "integer", "its place in the document"),
        Column("kind", "text", "what was wrong"),
        _LINE,
    ),
    "unreadable": (
        Column("source", "text", "what could not be read"),
        Column("reason", "text", "why, and what to do"),
        _LINE,
    ),
}
"""Each table of a part and its columns, in their order."""


def tables_of(
    finished: Sequence[Finished],
    unread: Iterable[DocumentError],
    identity: Mapping[str, JsonValue],
) -> tuple[dict[str, pa.Table], dict[str, Any]]:
    """Return the tables of a part, those without a row left out, and what a manifest counts."""
    kept = Kept()
    for each in finished:
        kept.add(each.document, each.annotations, each.entries, each.quarantine)
    for error in unread:
        kept.add_unreadable(error)
    found = RunRows(MemoryRun(kept, identity, (), finished=True), Selection())
    rows: dict[str, Iterable[Row]] = {
        "documents": _with_lines(found.documents(), map(document_row, kept.documents)),
        "annotations": _with_lines(
            found.annotations(), (each.to_json() for each in kept.annotations)
        ),
        "ledger": _lines(each.to_json() for each in kept.entries),
        "quarantine": _lines(kept.quarantine),
        "unreadable": _lines(kept.unreadable),
    }
    tables = {name: arrow_table(COLUMNS[name], each) for name, each in rows.items()}
    return {n: each for n, each in tables.items() if each.num_rows}, kept.tally.to_json()


def empty_table(table: str) -> pa.Table:
    """Return a table without rows."""
    return arrow_table(COLUMNS[table], ())


def _with_lines(rows: Iterable[Row], lines: Iterable[Mapping[str, JsonValue]]) -> Iterator[Row]:
    for row, line in zip(rows, lines, strict=True):
        yield {**row, ROW: json_text(line)}


def _lines(rows: Iterable[Mapping[str, JsonValue]]) -> Iterator[Row]:
    for row in rows:
        yield {**row, ROW: json_text(row)}
