"""Write annotations as JSON Lines: the rows of the run as they are.

Where metadata came with a document, each of its rows has it too, under `metadata`.
"""

from __future__ import annotations

from typing import IO

from annotate.files import json_text
from annotate.formats.metadata import metadata_of
from annotate.runs.reader import Run


def write_jsonl(run: Run, file: IO[str]) -> int:
    """Write the rows of a run and return how many."""
    came = metadata_of(run)
    count = 0
    for annotation in run.annotations():
        row = annotation.to_json()
        if annotation.document in came:
            row["metadata"] = dict(came[annotation.document])
        file.write(json_text(row) + "\n")
        count += 1
    return count
