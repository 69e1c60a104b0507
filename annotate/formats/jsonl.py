"""Write annotations as JSON Lines: the rows of the run.

Each has, under `source`, what is known of the source of its words (`annotate.formats.metadata`),
and under `metadata` what came with its document, where there is any.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from pydantic import JsonValue

from annotate.files import json_text
from annotate.formats.metadata import Sources
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
    sources = Sources.of(run)
    for annotation in selection.of(run.annotations()):
        row = annotation.to_json()
        known: JsonValue = {
            name: value for name, value in sources.source(annotation).items() if value
        }
        if known:
            row["source"] = known
        if annotation.document in sources.metadata:
            row["metadata"] = dict(sources.metadata[annotation.document])
        yield row
