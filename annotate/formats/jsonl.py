"""Write annotations as JSON Lines: the rows of the run.

Each has, under `source`, what is known of the source of its words (`annotate.formats.metadata`),
and under `metadata` what came with its document, where there is any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pydantic import JsonValue

from annotate.files import json_text
from annotate.formats.metadata import source_of
from annotate.runs.found import annotated
from annotate.runs.reader import Run
from annotate.runs.selection import Selection


def write_jsonl(run: Run, selection: Selection, file: IO[str]) -> int:
    """Write those rows of a run that are meant and return how many."""
    count = 0
    for row in rows(run, selection):
        file.write(json_text(row) + "\n")
        count += 1
    return count


def rows(run: Run, selection: Selection) -> Iterator[dict[str, JsonValue]]:
    """Yield the rows of the annotations that are meant."""
    for document, own in annotated(run, selection):
        for each in own:
            row: dict[str, JsonValue] = each.to_json()
            known = source_of(document, each)
            stated: JsonValue = {name: value for name, value in known.items() if value}
            if stated:
                row["source"] = stated
            if document.provenance.metadata:
                row["metadata"] = dict(document.provenance.metadata)
            yield row
