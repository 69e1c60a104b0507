"""Write annotations as JSON Lines: the rows of the run as they are."""

from __future__ import annotations

from typing import IO

from annotate.files import json_text
from annotate.runs.reader import Run


def write_jsonl(run: Run, file: IO[str]) -> int:
    """Write the rows of a run and return how many."""
    count = 0
    for annotation in run.annotations():
        file.write(json_text(annotation.to_json()) + "\n")
        count += 1
    return count
