"""What is printed for people: nothing in it steers a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from tests.support.checkout import ROOT

_STEERS = re.compile(
    "[\\x00-\\x09\\x0b-\\x1f\\x7f-\\x9f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2060-\\u206f\\U000e0000-\\U000e007f]"
)
_OURS = re.compile(r"\x1b\[(?!2J)[0-9;?]*[A-Za-z]|\r")  # colours, and how a bar is drawn


def harmless(text: str, *, terminal: bool = False) -> None:
    """Fail where a text holds a control character but line ends, or one that turns its direction.

    On a terminal our own colours, and what moves the cursor of a progress bar, may be in it.
    """
    found = _STEERS.search(_OURS.sub("", text) if terminal else text)
    assert found is None, f"{found.group()!r} at {found.start()}"


def on_terminal(folder: Path, words: Sequence[str]) -> str:
    """Run the command on a terminal of its own in a folder; return all that it showed."""
    ours, theirs = pty.openpty()
    program = [sys.executable, "-c", "from annotate.cli.app import main; main()", *words]
    process = subprocess.Popen(
        program,
        cwd=folder,
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "100", "PYTHONPATH": str(ROOT)},
    )
    os.close(theirs)
    said = bytearray()
    with suppress(OSError):  # as a terminal ends whose last program has gone
        while select.select([ours], [], [], 0.1)[0] or process.poll() is None:
            if select.select([ours], [], [], 0)[0]:
                said += os.read(ours, 65536)
    process.wait()
    os.close(ours)
    return said.decode()
