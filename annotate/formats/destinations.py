"""Where an export goes: standard output, or a file or a folder that appears only when it is whole.

Written beside its place and moved in. A file takes the place of an older one; a folder never does,
since people go on working in such folders.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO

from annotate.errors import UsageError


@contextmanager
def text_file(out: str | Path | None) -> Iterator[IO[str]]:
    """Open a file for text in UTF-8, or standard output where `out` is None or "-".

    Raises:
        UsageError: where it cannot be written.
    """
    if out is None or str(out) == "-":
        yield sys.stdout
        return
    with whole_file(Path(out)) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        yield file


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield where to write a file that stands at `path` in the end.

    Raises:
        UsageError: where it cannot be written.
    """
    if path.is_dir():
        raise UsageError(f"{path}: is a folder; name a file with --out")
    special = path.exists() and not path.is_file()  # a pipe or a device is written as it is
    partial = path if special else _beside(path)
    try:
        yield partial
        if not special:
            partial.replace(path)
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        if not special:
            with suppress(OSError):
                partial.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Yield an empty folder that stands at `path` in the end.

    Where the very same folder stands there already, it is left as it is.

    Raises:
        UsageError: where something else stands there, or nothing can be written.
    """
    place = path.resolve()
    if place.exists() and not place.is_dir():
        raise UsageError(f"{path}: is a file; name a folder with --out")
    partial = _beside(place)
    try:
        shutil.rmtree(partial, ignore_errors=True)  # of an export that was killed
        partial.mkdir()
        yield partial
        if not place.exists():
            partial.rename(place)
        elif not any(place.iterdir()):
            place.rmdir()
            partial.rename(place)
        elif not _same(place, partial):
            raise UsageError(f"{path}: holds something else; name a new folder with --out")
    except OSError as error:
        raise _unwritable(path, error) from None
    finally:
        shutil.rmtree(partial, ignore_errors=True)


def _beside(path: Path) -> Path:
    return path.with_name(f".{path.name}.partial")


def _unwritable(path: Path, error: OSError) -> UsageError:
    return UsageError(f"{path}: cannot be written ({error.strerror})")


def _same(first: Path, second: Path) -> bool:
    """Tell whether two places hold the same; a look at the names comes first."""
    if first.is_dir() and second.is_dir():
        names = {path.name for path in first.iterdir()}
        if names != {path.name for path in second.iterdir()}:
            return False
        return all(_same(first / name, second / name) for name in sorted(names))
    files = first.is_file() and second.is_file()
    return files and first.read_bytes() == second.read_bytes()
