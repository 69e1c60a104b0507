"""A page of the documentation as its fenced blocks, with what is said of each in comments.

A page is one session: its blocks run from top to bottom in one folder. What a block is follows from
the first line of its fence and from an HTML comment right above it, which readers do not see:

    ```sh                      commands; `text` titled "Output" below it is what they print
    ```python                  a program; the blocks of a page share their names
    ```sql                     a statement for DuckDB, in one session like programs
    ```toml title="a/b.toml"   a file, written before the next block runs; any language
    ```yaml, json, toml        without a title: read, so that it is at least well formed

    <!-- not run: REASON -->   the block is shown only, for this reason
    <!-- exits: 1 -->          the exit code of the last command, where it is not 0
    <!-- setup: COMMAND -->    a command that the page needs and does not show; anywhere
    <!-- file: PATH -->        a file of the checkout that the reader has there; anywhere
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_FENCE = re.compile(r"^( *)(```+)(\w*)[ ]*(.*)$")
_TITLE = re.compile(r'title="([^"]+)"')
_COMMENT = re.compile(r"^ *<!-- (not run|exits|setup|file): (.+) -->$")

OUTPUT = "Output"


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced block, or what is not shown: a command ("setup"), a file of the checkout ("file").

    Attributes:
        line: of the page, of its first line.
        title: the name of a file, or "Output".
        reason: why it is not run; "" where it is.
        exits: the exit code of its last command.
    """

    page: Path
    line: int
    language: str
    title: str
    text: str
    reason: str = ""
    exits: int = 0

    @property
    def place(self) -> str:
        """The page and the line, as an editor opens it."""
        return f"{self.page}:{self.line}"


def blocks(page: Path) -> list[Block]:
    """Return the blocks of a page in order.

    Raises:
        ValueError: for a comment that belongs to no block, or a fence that does not end.
    """
    return list(_blocks(page, page.read_text(encoding="utf-8").split("\n")))


def _blocks(page: Path, lines: list[str]) -> Iterator[Block]:
    said: dict[str, str] = {}
    number = 0
    while number < len(lines):
        line = lines[number]
        number += 1
        if comment := _COMMENT.match(line):
            if comment[1] in ("setup", "file"):
                yield Block(page, number, comment[1], "", comment[2])
            else:
                said[comment[1]] = comment[2]
        elif opening := _FENCE.match(line):
            first, end = number, _end(page, lines, number, opening[2])
            text = "".join(f"{each.removeprefix(opening[1])}\n" for each in lines[first:end])
            title = _TITLE.search(opening[4])
            exits, reason = int(said.pop("exits", 0)), said.pop("not run", "")
            yield Block(page, first, opening[3], title[1] if title else "", text, reason, exits)
            number = end + 1
        elif line.strip() and said:
            raise ValueError(f"{page}:{number}: the comment above belongs to no block: {said}")


def _end(page: Path, lines: list[str], start: int, fence: str) -> int:
    for number in range(start, len(lines)):
        if lines[number].strip() == fence:
            return number
    raise ValueError(f"{page}:{start}: this block does not end")
