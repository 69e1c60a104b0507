"""All answers of a cache as a file of JSON Lines, to commit or to replay elsewhere, and back."""

from __future__ import annotations

import json
from pathlib import Path

from annotate.errors import CacheError
from annotate.files import whole_file
from annotate.llm.cache.row import damage, from_row, to_row
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request

FORMAT = 1


def export_answers(cache: Cache, path: Path) -> int:
    """Write every answer as a line of JSON, sorted by key, and return how many there are.

    Raises:
        CacheError: where a row of the cache cannot be used.
        UsageError: where the file cannot be written.
    """
    count = 0
    with whole_file(path) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        for row in cache.rows():
            # Without the moment of storing: the same answers make the same bytes.
            line = {"format": FORMAT, **{k: v for k, v in row.items() if k != "stored"}}
            file.write(json.dumps(line, sort_keys=True) + "\n")
            count += 1
    return count


def import_answers(cache: Cache, path: Path) -> int:
    """Read the lines of an exported cache and return how many answers were new.

    Raises:
        CacheError: names the line that cannot be used; what stands before it is kept.
    """
    new = 0
    try:
        with path.open("rb") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    new += _import_line(cache, f"{path}:{number}", line)
    except OSError as error:
        raise CacheError(f"{path}: cannot be read ({error.strerror})") from None
    return new


def _import_line(cache: Cache, place: str, line: bytes) -> bool:
    try:
        row = json.loads(line)
        if row["format"] != FORMAT:
            raise ValueError(f"format {row['format']!r:.20} is not {FORMAT}")
        request = Request.from_json(row["request"])
        stored = from_row(row)
        # Checked as the row that it would become: what is let in here is read for years.
        if problem := damage(to_row(request, stored)):
            raise ValueError(problem)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        what = f"needs {error}" if isinstance(error, KeyError) else error
        raise CacheError(f"{place}: is not a line of an exported cache ({what})") from None
    if cache.get(request) is not None:  # what is there was paid for here, and runs rest on it
        return False
    cache.put(request, stored)
    return True
