"""What is expensive to make and only read: made once for all workers of a test session."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

Making = Callable[[Path], object]
"""Fills an empty folder."""


class Shared:
    """Folders that the first worker to ask for them fills, while the others wait.

    Args:
        folders: makes folders of this worker, below one that all workers share.
    """

    def __init__(self, folders: pytest.TempPathFactory) -> None:
        own = folders.getbasetemp()
        self._root = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own

    def __call__(self, name: str, make: Making) -> Path:
        """Return the folder of a name, filled by `make`; nobody may write into it afterwards."""
        folder, made = self._root / name, self._root / f"{name}.made"
        with (self._root / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                shutil.rmtree(folder, ignore_errors=True)  # what a failed attempt has left
                folder.mkdir()
                make(folder)
                made.touch()
        return folder
