"""Write annotations as CSV for spreadsheets: one row per annotation, one column per attribute.

Behind the attributes, where a run says how sure it is, `confidence` is a number from 0 to 1 and
`value_confidence` that of each value, as JSON; where it was verified, `verification.verdict`,
`verification.values` (those that are not supported, as JSON) and `verification.reason`. Then
`source.<name>` is what is known of the source of the words (`annotate.formats.metadata`), and
`metadata.<name>` is what came with the document.
"""

from __future__ import annotations

import csv
import re
from typing import IO

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.files import json_text, without_surrogates
from annotate.formats.metadata import SOURCE, source_of
from annotate.runs.found import annotated
from annotate.runs.reader import Run
from annotate.runs.selection import Selection

_COLUMNS = ("document", "start", "end", "category", "quote", "grounding")
# What a spreadsheet would run as a formula; a number with its sign is not one.
_FORMULA = re.compile(r"[=@\uff1d\uff20\t\r\n]|[+\uff0b\uff0d-](?![\d\s().,-]*$)")


def write_csv(run: Run, selection: Selection, file: IO[str]) -> int:
    """Write those annotations of a run that are meant and return how many."""
    attributes: dict[str, None] = {}
    certainty: dict[str, None] = {}
    fields: dict[str, None] = {}
    for document, own in annotated(run, selection):
        fields.update(dict.fromkeys(document.provenance.metadata))
        for each in own:
            attributes.update(dict.fromkeys(each.attributes))
            certainty.update(dict.fromkeys(each.flat_certainty()))
    # Text is quoted whatever it holds: csv would leave a lone carriage return bare.
    writer = csv.writer(file, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    behind = (*(f"source.{name}" for name in SOURCE), *(f"metadata.{name}" for name in fields))
    heads = (*attributes, *certainty, *behind)
    writer.writerow((*_COLUMNS, *map(safe_cell, heads)))
    count = 0
    for document, own in annotated(run, selection):
        metadata = document.provenance.metadata
        for each in own:
            said = each.flat_certainty()
            values = [each.attributes.get(name) for name in attributes]
            values += [_flat(said.get(name)) for name in certainty]
            values += source_of(document, each).values()
            values += [_flat(metadata.get(name)) for name in fields]
            writer.writerow((*_leading(each), *(safe_cell(_cell(value)) for value in values)))
        count += len(own)
    return count


def _leading(annotation: Annotation) -> tuple[str | int, ...]:
    return (
        safe_cell(annotation.document),
        annotation.start,
        annotation.end,
        safe_cell(annotation.category),
        safe_cell(annotation.quote),
        annotation.grounding,
    )


def _cell(value: JsonValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        return "|".join(str(each) for each in value)
    return str(value)


def _flat(value: JsonValue) -> JsonValue:
    """Return what a cell can say plainly as it is, and anything nested as JSON."""
    return json_text(value) if isinstance(value, list | dict) else value


def safe_cell(cell: str) -> str:
    """Return a cell that no spreadsheet runs as a formula: an apostrophe stands before it."""
    cell = without_surrogates(cell)
    return f"'{cell}" if _FORMULA.match(cell) else cell
