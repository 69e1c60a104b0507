"""All answers of a cache as a file of JSON Lines, to commit or to replay elsewhere, and back.

Each line holds the whole request, most of which all requests share: a file whose name ends in `.xz`
is packed, to a hundredth or less.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO, Any, Literal

from pydantic import JsonValue

from annotate.errors import CacheError
from annotate.files import whole_file
from annotate.llm.cache.integrity import DIGEST, digest, faulty_usage, is_intact
from annotate.llm.cache.row import Stored, damage, from_row
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request

FORMAT = 1
_MOST_PROBLEMS = 20  # a file of something else has one for each line
_REMEDY = "mend the line, or export it again"
_PACKED = ".xz"
_LONGEST = 64 << 20  # bytes of a line: a small packed file can hold one that fills the memory

PATTERNS = ("*.jsonl", f"*.jsonl{_PACKED}")
"""How the files are named."""


@dataclass
class Imported:
    """What a file of answers held.

    Attributes:
        stored: answers that are in the cache now and were not before.
        already: answers to requests that had one as good.
        failed: lines without an answer that can be used.
        unknown: lines whose request is not known to this cache.
        problems: the first lines that could not be used, with the reason.
    """

    stored: int = 0
    already: int = 0
    failed: int = 0
    unknown: int = 0
    problems: list[str] = field(default_factory=list)

    @property
    def complete(self) -> bool:
        """Whether every line was used."""
        return not self.failed and not self.unknown

    def keep(self, cache: Cache, request: Request, stored: Stored) -> None:
        """Offer an answer to a cache, and count what came of it."""
        if cache.offer(request, stored):
            self.stored += 1
        else:
            self.already += 1

    def fail(self, problem: str) -> None:
        """Count a line that holds no usable answer, and note why."""
        self.failed += 1
        self._note(problem)

    def miss(self, problem: str) -> None:
        """Count a line whose request is not known, and note it."""
        self.unknown += 1
        self._note(problem)

    def to_json(self) -> dict[str, JsonValue]:
        """Return the counts as JSON."""
        return asdict(self)

    def _note(self, problem: str) -> None:
        if len(self.problems) < _MOST_PROBLEMS:
            self.problems.append(problem)


def export_answers(cache: Cache, path: Path) -> int:
    """Write every answer as a line of JSON, sorted by key, and return how many there are.

    Raises:
        CacheError: where a row of the cache cannot be used.
        UsageError: where the file cannot be written.
    """
    count = 0
    with whole_file(path) as partial, _opened(partial, "w", path.suffix) as file:
        for row in cache.rows():
            # Without the moment of storing: the same answers make the same bytes.
            line = {"format": FORMAT, **{k: v for k, v in row.items() if k != "stored"}}
            line[DIGEST] = digest(Request.from_json(row["request"]).key, line)
            file.write(json.dumps(line, sort_keys=True).encode() + b"\n")
            count += 1
    return count


def import_answers(cache: Cache, path: Path) -> Imported:
    """Read the lines of an exported cache; a line that cannot be used is left out, and named.

    Raises:
        CacheError: where the file cannot be read, or an answer cannot be kept.
    """
    imported = Imported()
    for number, line in enumerate(_lines(path), start=1):
        if line.strip():
            _import_line(cache, f"{path}:{number}", line, imported)
    return imported


def _opened(path: Path, mode: Literal["r", "w"], suffix: str) -> IO[bytes]:
    if suffix != _PACKED:
        return path.open(f"{mode}b")
    import lzma  # which no other command needs

    return lzma.LZMAFile(path, mode)


def _lines(path: Path) -> Iterator[bytes]:
    """Yield the lines of a file of answers.

    Raises:
        CacheError: where it cannot be read, or a line is longer than any answer with its request.
    """
    try:
        with _opened(path, "r", path.suffix) as file:
            while line := file.readline(_LONGEST + 1):
                if len(line) > _LONGEST:
                    raise CacheError(f"{path}: holds a line that no answer needs; export it again")
                yield line
    except OSError as error:
        raise CacheError(f"{path}: cannot be read ({error.strerror})") from None
    except _damage(path.suffix) as error:
        raise CacheError(f"{path}: cannot be unpacked ({error}); export it again") from None


def _damage(suffix: str) -> tuple[type[Exception], ...]:
    """Return what a file raises that is not what was packed."""
    if suffix != _PACKED:
        return ()
    import lzma

    return lzma.LZMAError, EOFError


def _import_line(cache: Cache, place: str, line: bytes, imported: Imported) -> None:
    try:
        request, stored = _checked(json.loads(line))
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        what = f"needs {error}" if isinstance(error, KeyError) else error
        imported.fail(f"{place}: is left out: no line of an exported cache ({what}); {_REMEDY}")
        return
    imported.keep(cache, request, stored)


def _checked(row: dict[str, Any]) -> tuple[Request, Stored]:
    """Return the request and the answer of a line.

    Raises:
        ValueError, KeyError, TypeError: where it cannot be used; the message quotes no text.
    """
    if row["format"] != FORMAT:
        raise ValueError(f"format {row['format']!r:.20} is not {FORMAT}")
    request = Request.from_json(row["request"])
    if not is_intact(request.key, row):
        raise ValueError("it is not what was written: its digest does not fit")
    # Checked as the row that it would become: what is let in here is read for years.
    kept = {"stored": 0, **row, "request": request.canonical}
    if problem := damage(kept) or faulty_usage(row["reply"]):
        raise ValueError(problem)
    return request, from_row(row)
