"""Read a table as programs write it: CSV of spreadsheets in their dialects, and JSON Lines.

Rows come out with the line that they begin on, as cells by the name of their column. What a cell
means is not known here.
"""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.documents.decoding import codec_name, decode, find_encoding
from annotate.drafting.problems import Problems, shown
from annotate.errors import DocumentError, UsageError

REQUIRED = ("text", "quote", "category")
"""The columns that a table of examples has."""

_DELIMITERS = (",", ";", "\t", "|")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?(?:\r\n|\r|\n)', re.IGNORECASE)
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
_JSON_ENDINGS = (".jsonl", ".ndjson", ".json")


@dataclass(frozen=True, slots=True)
class TableRow:
    """A row: the line it begins on, and its cells by column; a CSV cell is a text."""

    line: int
    cells: Mapping[str, Any]


def read_rows(path: Path, encoding: str, problems: Problems) -> Iterator[TableRow]:
    """Yield the rows of a table, without those that hold nothing; note what is wrong with it.

    Raises:
        UsageError: where the file cannot be read as a table at all.
    """
    text = _text(path, encoding)
    if is_json(path):
        yield from _json_rows(text, problems)
    else:
        yield from _csv_rows(text, problems)


def is_json(path: Path) -> bool:
    """Tell whether a file holds JSON Lines, by its ending; else it is CSV."""
    return path.suffix.lower() in _JSON_ENDINGS


def _text(path: Path, encoding: str) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror})") from None
    if data.startswith(_WORKBOOKS):
        raise UsageError(
            f"{path}: is a workbook of a spreadsheet program; save the sheet as CSV (UTF-8)"
        )
    try:
        return decode(data, str(path), find_encoding(data, codec_name(encoding)).codec)
    except DocumentError as error:
        raise UsageError(str(error)) from None


# ---- CSV ----


def _csv_rows(text: str, problems: Problems) -> Iterator[TableRow]:
    first, named = 1, _SEPARATOR_LINE.match(text)
    if named:  # a line that tells Excel the delimiter
        text, first = text[named.end() :], 2
    delimiter = named[1] if named else _delimiter(text)
    records = _records(text, delimiter, first, problems)
    line, header = next(records, (first, []))
    columns = _columns(header, line, problems)
    for line, cells in records:
        if not any(cell.strip() for cell in cells):
            continue
        for place, cell in enumerate(cells):
            if cell.strip() and not (place < len(columns) and columns[place]):
                cure = f"name it, or put quotation marks around a cell that holds {delimiter!r}"
                problems.add(line, f"cell {place + 1} is in a column without a name; {cure}")
                break
        named_cells = zip(columns, cells, strict=False)
        yield TableRow(line, {name: cell.strip() for name, cell in named_cells if name})


def _delimiter(text: str) -> str:
    """Return what parts the columns: under which the header names most of what it has to."""

    def named(delimiter: str) -> int:
        header = next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])
        return len({cell.strip().lower() for cell in header} & {*REQUIRED})

    try:
        return max(_DELIMITERS, key=named)
    except csv.Error:
        return _DELIMITERS[0]


def _records(
    text: str, delimiter: str, first: int, problems: Problems
) -> Iterator[tuple[int, list[str]]]:
    """Yield the records of a table, each with the line it begins on."""
    limit = csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
    try:
        # A text may be a whole document, with line ends of any kind in it.
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
        line = first
        try:
            for record in reader:
                yield line, record
                line = first + reader.line_num
        except csv.Error as error:
            cure = (
                "a cell with quotation marks in it stands in quotation marks, each doubled inside"
            )
            problems.add(line, f"is not CSV ({error}); {cure}")
    finally:
        csv.field_size_limit(limit)


def _columns(header: Sequence[str], line: int, problems: Problems) -> list[str]:
    """Return the names of the columns, small where they are those that are required."""
    columns: list[str] = []
    for cell in map(str.strip, header):
        known = cell.lower() in (*REQUIRED, ATTRIBUTES)
        name = cell.lower() if known else cell
        if name and name in columns:
            problems.add(line, f"names the column {shown(name)} twice; rename one")
        columns.append(name)
    missing = [name for name in REQUIRED if name not in columns]
    if missing:
        there = ", ".join(shown(name) for name in columns if name) or "nothing"
        problems.add(
            line,
            f"the first line names the columns text, quote and category; there is {there}; "
            f"add {' and '.join(missing)}, or rename a column",
        )
    problems.stop_if_any()
    return columns


ATTRIBUTES = "attributes"
"""A column that holds attributes by their names; any other column is an attribute by itself."""


# ---- JSON Lines ----


def _json_rows(text: str, problems: Problems) -> Iterator[TableRow]:
    # Not splitlines(): that also ends lines at characters that JSON strings may hold as they are.
    for line, content in enumerate(text.split("\n"), start=1):
        if not content.strip():
            continue
        try:
            row = loads(content)
        except (ValueError, RecursionError) as error:
            said = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
            problems.add(line, f"is not JSON ({said}); write one JSON object a line")
            continue
        if isinstance(row, dict):
            yield TableRow(line, row)
        else:
            problems.add(line, "is not a JSON object; write {…} on a line of its own")


def loads(text: str) -> Any:
    """Return the value of a JSON text.

    Raises:
        ValueError: where it is none, or an object of it names something twice.
        RecursionError: where it is nested beyond all reason.
    """
    return json.loads(text, object_pairs_hook=_object, parse_constant=_no_number)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name in found:
            raise ValueError(f"names {shown(name)} twice")
        found[name] = value
    return found


def _no_number(constant: str) -> Any:
    raise ValueError(f"{constant} is no number of JSON")
