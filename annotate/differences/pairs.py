"""Which document of one side belongs to which of the other.

Documents belong together that have the same name, and so do the only ones of both sides. A mapping
decides otherwise: then those that it names are compared and no others.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from annotate.errors import NotComparable, UsageError
from annotate.formatting import escaped

Named: TypeAlias = tuple[str, str]
"""The ids of a document before and afterwards."""

_MOST = 5  # documents that one message names


@dataclass(frozen=True, slots=True)
class Paired:
    """The documents that belong together, and those of either side that were left."""

    pairs: tuple[Named, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]


def paired(
    before: Sequence[str], after: Sequence[str], mapping: Sequence[Named] | None = None
) -> Paired:
    """Return which documents belong together.

    Raises:
        UsageError: where the mapping names a document that there is not.
        NotComparable: where no document has a counterpart.
    """
    if mapping is not None:
        for position, side in enumerate((before, after)):
            for named in mapping:
                if named[position] not in side:
                    which = ("before", "afterwards")[position]
                    raise UsageError(
                        f"{escaped(named[position])}: no such document {which}; there is "
                        f"{listed(side)}"
                    )
        pairs = tuple(dict.fromkeys(mapping))
    elif len(before) == len(after) == 1:
        pairs = ((before[0], after[0]),)
    else:
        there = set(after)
        pairs = tuple((name, name) for name in before if name in there)
    if not pairs:
        raise NotComparable(
            f"no document has the same name on both sides: {listed(before)} before, "
            f"{listed(after)} afterwards; say which belong together with --pair OLD=NEW"
        )
    gone = {pair[0] for pair in pairs}, {pair[1] for pair in pairs}
    return Paired(
        pairs,
        tuple(name for name in before if name not in gone[0]),
        tuple(name for name in after if name not in gone[1]),
    )


def listed(names: Sequence[str]) -> str:
    """Return the first names of a list, and how many more there are."""
    shown = ", ".join(map(escaped, names[:_MOST])) or "none"
    return f"{shown} and {len(names) - _MOST:,} more" if len(names) > _MOST else shown


def read_pairs(file: Path | None, typed: Iterable[str] = ()) -> list[Named] | None:
    """Return the mapping of a CSV file with the columns before and after, and what was typed.

    None where there is neither.

    Raises:
        UsageError: where the file cannot be read, or a pair is not one.
    """
    found = [*(_rows(file) if file else ()), *map(_typed, typed)]
    return found or None


def _typed(pair: str) -> Named:
    old, sign, new = pair.partition("=")
    if not (sign and old and new):
        raise UsageError(f"--pair {escaped(pair)}: needs OLD=NEW, the names of two documents")
    return old, new


def _rows(file: Path) -> Iterator[Named]:
    try:
        with file.open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines, strict=True)
            if not {"before", "after"} <= {*(rows.fieldnames or ())}:
                raise UsageError(f"{file}:1: needs a first line with the columns before,after")
            for row in rows:
                old, new = row["before"], row["after"]
                if not (old and new):
                    raise UsageError(f"{file}:{rows.line_num}: needs a document before and after")
                yield old, new
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except (csv.Error, UnicodeDecodeError) as error:
        raise UsageError(f"{file}: is not a CSV file in UTF-8 ({error})") from None
