"""Write a run's annotations in formats that other tools read."""

from __future__ import annotations

import csv
import json
import re
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.errors import UsageError
from annotate.runs import Run

_COLUMNS = ("document", "start", "end", "category", "quote", "grounding")
# What a spreadsheet would run as a formula; a signed number is none.
_FORMULA = re.compile(r"[=@\uff1d\uff20\t\r\n]|[+\uff0b\uff0d-](?![\d\s().,-]*$)")
_SURROGATE = re.compile("[\ud800-\udfff]")


def export(run: Run, to: str, out: str | Path | None = None) -> int:
    """Write the annotations of `run` as `to` ("jsonl" or "csv") and return how many.

    `out` is a file, or None for standard output. JSON Lines holds the rows of the run as they are;
    CSV holds one row an annotation with a column an attribute, sets joined by "|", and sets an
    apostrophe before a cell that a spreadsheet would run as a formula. A lone surrogate, which no
    file can hold as text, is an escape in JSON Lines and U+FFFD in CSV. Offsets count code points.

    Raises:
        UsageError: for an unknown format or a file that cannot be written.
    """
    writer = _WRITERS.get(to)
    if writer is None:
        raise UsageError(f"--to {to}: unknown format, there is {', '.join(sorted(_WRITERS))}")
    with _opened(out) as file:
        return writer(run, file)


@contextmanager
def _opened(out: str | Path | None) -> Iterator[IO[str]]:
    """Open the target; a file appears only when it is whole."""
    if out is None or str(out) == "-":
        yield sys.stdout
        return
    path = Path(out)
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file with --out")
    special = path.exists() and not path.is_file()  # a pipe or a device is written as it is
    partial = path if special else path.with_name(f".{path.name}.partial")
    try:
        with partial.open("w", encoding="utf-8", newline="") as file:
            yield file
        if not special:
            partial.replace(path)
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror})") from None
    finally:
        if not special:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


def _jsonl(run: Run, file: IO[str]) -> int:
    count = 0
    for annotation in run.annotations():
        row = annotation.to_json()
        line = json.dumps(row, ensure_ascii=False)
        file.write((json.dumps(row) if _SURROGATE.search(line) else line) + "\n")
        count += 1
    return count


def _csv(run: Run, file: IO[str]) -> int:
    attributes: dict[str, None] = {}
    for annotation in run.annotations():
        attributes.update(dict.fromkeys(annotation.attributes))
    # Text is quoted whatever it holds: csv would leave a lone carriage return bare.
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow((*_COLUMNS, *map(_safe, attributes)))
    count = 0
    for annotation in run.annotations():
        values = (annotation.attributes.get(name) for name in attributes)
        writer.writerow((*_leading(annotation), *(_safe(_cell(value)) for value in values)))
        count += 1
    return count


def _leading(annotation: Annotation) -> tuple[str | int, ...]:
    weakest = max(
        (e.grounding for e in annotation.evidence), key=("exact", "folded", "fuzzy").index
    )
    return (
        _safe(annotation.document),
        annotation.start,
        annotation.end,
        _safe(annotation.category),
        _safe(annotation.quote),
        weakest,
    )


def _cell(value: JsonValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "|".join(str(each) for each in value)
    return str(value)


def _safe(cell: str) -> str:
    cell = _SURROGATE.sub("\ufffd", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell


_WRITERS: dict[str, Callable[[Run, IO[str]], int]] = {"csv": _csv, "jsonl": _jsonl}
"""Formats by the name that `--to` takes."""
