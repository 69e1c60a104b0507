"""A place where a project is tried before anything of it stands where its owner wants it."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def drafted(files: Mapping[str, bytes]) -> Iterator[Path]:
    """Yield a folder that holds these files, by their paths, and is gone afterwards.

    Schemas are loaded from it without leaving what they compile to.
    """
    before, sys.dont_write_bytecode = sys.dont_write_bytecode, True
    try:
        with tempfile.TemporaryDirectory(prefix="annotate-") as folder:
            root = Path(folder).resolve()
            for name, content in files.items():
                (root / name).parent.mkdir(parents=True, exist_ok=True)
                (root / name).write_bytes(content)
            yield root
    finally:
        sys.dont_write_bytecode = before
