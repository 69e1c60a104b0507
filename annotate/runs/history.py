"""What was done to a run, and when: one line for each time that somebody ran it.

It stands beside the files that are the same bytes for the same answers, and is none of them.
"""

from __future__ import annotations

import json
import logging
import shlex
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.files import json_line
from annotate.redaction import redact

HISTORY = "history.jsonl"

log = logging.getLogger("annotate")


def append_history(folder: Path, manifest: Mapping[str, Any], asked: int = 0) -> None:
    """Add a line about what this process has made of a run; `asked`: answers it had to ask for."""
    row: dict[str, JsonValue] = {
        "time": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": _command(),
        **{name: manifest[name] for name in ("annotate", "status", "counts", "usage")},
        "asked": asked,
    }
    try:
        with (folder / HISTORY).open("ab") as file:
            file.write(json_line(row))
    except OSError as error:  # the run itself stands whole
        log.warning("%s: cannot be written (%s)", folder / HISTORY, error.strerror)


def read_history(folder: Path) -> list[dict[str, Any]]:
    """Return the lines, the oldest first; one that a killed process left torn is passed over."""
    try:
        lines = (folder / HISTORY).read_bytes().splitlines()
    except OSError:
        return []
    rows = []
    for line in lines:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict):
            rows.append(row)
    return rows


def _command() -> str:
    """Return what was typed, without credentials; "python" where a program called the library."""
    program = Path(sys.argv[0]).stem if sys.argv else ""
    return redact(shlex.join(["annotate", *sys.argv[1:]])) if program == "annotate" else "python"
