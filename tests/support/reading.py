"""A process that reads runs with one command after another, and measures its own memory.

`python -m tests.support.reading RUNS COMMANDS` takes both as lists in JSON; in the words of a
command RUN stands for the run. It prints a list for each run, with the peak of each command in KiB.
What the commands print is thrown away.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sys
from pathlib import Path

from annotate.cli.app import program


def peak(words: list[str]) -> int:
    """Carry out a command; return the most memory that the process had meanwhile, in KiB."""
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
    with (
        Path(os.devnull).open("w", encoding="utf-8") as nowhere,
        contextlib.redirect_stdout(nowhere),
    ):
        program()(words, standalone_mode=False)
    status = Path("/proc/self/status").read_text(encoding="ascii")
    found = re.search(r"VmHWM:\s+(\d+) kB", status)
    return int(found[1]) if found else 0


if __name__ == "__main__":
    runs, commands = map(json.loads, sys.argv[1:])
    words = [[each.replace("RUN", run).split(" ") for each in commands] for run in runs]
    for each in words[0]:  # whatever is imported is imported before it is measured
        peak(each)
    sys.stdout.write(json.dumps([list(map(peak, each)) for each in words]))
