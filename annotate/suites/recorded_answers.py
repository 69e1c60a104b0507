"""Recorded answers of a suite: a folder of exported caches, which take the place of an endpoint.

They are read into a cache of the suite's own, beside its runs, so that the user's cache neither
answers in their place nor is filled by them.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from annotate.errors import ProjectError
from annotate.llm.cache.exchange import PATTERNS, import_answers
from annotate.llm.cache.store import Cache


def open_answers(folder: Path, out: Path) -> Path:
    """Read recorded answers into a cache below `out`, and return its folder.

    Args:
        folder: of files that `annotate cache export` wrote, packed or not.
        out: where the runs of the suite are.

    Raises:
        ProjectError: where there are none, or a line cannot be used; names file and line.
        CacheError: where the cache cannot be written.
    """
    files = sorted(file for pattern in PATTERNS for file in folder.glob(pattern))
    if not files:
        raise ProjectError(
            f"{folder}: holds no recorded answers ({', '.join(PATTERNS)}); annotate cache export "
            "writes them"
        )
    # A cache keeps the first answer to a request: other files need another cache.
    kept = out / f"answers-{_digest(files)}"
    with Cache(kept) as cache:
        for file in files:
            imported = import_answers(cache, file)
            if imported.problems:
                raise ProjectError(imported.problems[0])
    return kept


def _digest(files: list[Path]) -> str:
    found = hashlib.sha256()
    for file in files:
        try:
            found.update(hashlib.sha256(file.read_bytes()).digest())
        except OSError as error:
            raise ProjectError(f"{file}: cannot be read ({error.strerror})") from None
    return found.hexdigest()[:8]
