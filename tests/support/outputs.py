"""Compare what a page shows with what was printed, and read what it shows alone."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

import yaml

from tests.support.pages import Block

ANY = "…"
"""Stands for anything in a line; alone, for any number of lines."""

_PROGRESS = re.compile(r"(.*: )?[\d,]+ of [\d,]+( or more)? chunks( \(| ·)")

_READERS: Mapping[str, Callable[[str], Any]] = {
    "json": json.loads,
    "toml": tomllib.loads,
    "yaml": yaml.safe_load,
}


def assert_shows(block: Block, printed: str) -> None:
    """Check that a block shows what was printed, white space at line ends aside."""
    shown = [line.rstrip() for line in block.text.strip("\n").split("\n")]
    really = [line.rstrip() for line in _without_progress(printed).strip("\n").split("\n")]
    assert shows(shown, really), f"{block.place}: is not what was printed:\n" + "\n".join(really)


def _without_progress(printed: str) -> str:
    """Leave out how far a command had come: whether a line says so depends on the machine."""
    return "".join(line for line in printed.splitlines(True) if not _PROGRESS.match(line))


def assert_well_formed(block: Block) -> None:
    """Read a block that is shown alone, as its language says."""
    assert block.language in _READERS, f"{block.place}: what is it? see tests/support/pages.py"
    _READERS[block.language](block.text)


def shows(shown: Sequence[str], really: Sequence[str]) -> bool:
    """Tell whether the lines between gaps stand in `really` in this order, and nothing else."""
    parts = [list(part) for gap, part in groupby(shown, _is_gap) if not gap]
    place = 0
    for number, part in enumerate(parts):
        places = range(place, len(really) - len(part) + 1)
        if number == 0 and not _is_gap(shown[0]):
            places = places[:1]
        if number == len(parts) - 1 and not _is_gap(shown[-1]):
            places = places[-1:]
        found = next((each for each in places if _fits(part, really[each:])), None)
        if found is None:
            return False
        place = found + len(part)
    return place == len(really) or _is_gap(shown[-1])


def _is_gap(line: str) -> bool:
    return line.strip() == ANY


def _fits(part: Sequence[str], really: Sequence[str]) -> bool:
    return all(map(_same, part, really))


def _same(shown: str, really: str) -> bool:
    return re.fullmatch(".*".join(map(re.escape, shown.split(ANY))), really) is not None
