"""What is printed for people: nothing in it steers a terminal."""

from __future__ import annotations

import os
import pty
import re
import select
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tests.support.forks import started

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
    said = bytearray()
    terminal = partial(_sit_down, os.ttyname(theirs))
    with started(folder, words, folder / ".elsewhere", prepare=terminal) as fork:
        while select.select([ours], [], [], 0.05)[0] or fork.alive:
            if select.select([ours], [], [], 0)[0]:
                said += os.read(ours, 65536)
    os.close(theirs)
    os.close(ours)
    return said.decode()


def _sit_down(terminal: str) -> None:
    """Read from a terminal and write to it, in a process of its own."""
    for number in range(3):
        os.dup2(os.open(terminal, os.O_RDWR | os.O_NOCTTY), number)
    # As Python opens them where it starts on a terminal.
    sys.stdin, sys.stdout, sys.stderr = (
        os.fdopen(number, mode, buffering=1, encoding="utf-8", closefd=False)
        for number, mode in enumerate("rww")
    )
    os.environ.update(TERM="xterm", COLUMNS="100")
