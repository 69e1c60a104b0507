"""Write annotations as text, a row each: JSON Lines as they are, CSV for spreadsheets."""

from __future__ import annotations

import csv
import json
import re
from typing import IO

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.runs.reader import Run

_COLUMNS = ("document", "start", "end", "category", "quote", "grounding")
# What a spreadsheet would run as a formula; a signed number is none.
_FORMULA = re.compile(r"[=@\uff1d\uff20\t\r\n]|[+\uff0b\uff0d-](?![\d\s().,-]*$)")
SURROGATE = re.compile("[\ud800-\udfff]")
"""Half a character: JSON can hold it as an escape, and no file can hold it as text."""


def write_jsonl(run: Run, file: IO[str]) -> int:
    """Write the rows of a run as they are and return how many."""
    count = 0
    for annotation in run.annotations():
        file.write(json_text(annotation.to_json()) + "\n")
        count += 1
    return count


def json_text(value: JsonValue) -> str:
    """Return JSON in one line that UTF-8 can hold."""
    line = json.dumps(value, ensure_ascii=False)
    return json.dumps(value) if SURROGATE.search(line) else line


def write_csv(run: Run, file: IO[str]) -> int:
    """Write a row an annotation with a column an attribute and return how many."""
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


def weakest_grounding(annotation: Annotation) -> str:
    """Return how the citation that was found least exactly was found."""
    found = (evidence.grounding for evidence in annotation.evidence)
    return max(found, key=("exact", "folded", "fuzzy").index)


def _leading(annotation: Annotation) -> tuple[str | int, ...]:
    return (
        _safe(annotation.document),
        annotation.start,
        annotation.end,
        _safe(annotation.category),
        _safe(annotation.quote),
        weakest_grounding(annotation),
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
    cell = SURROGATE.sub("\ufffd", cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
