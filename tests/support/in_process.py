"""Run a program without a process of its own, and put back what a process would keep to itself.

Starting Python and importing everything takes longer than most commands. Some things only a process
shows: which modules a start imports, signals, closed pipes, the locale, a full disk.
"""

from __future__ import annotations

import contextlib
import io
import logging
import os
import sys
import traceback
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from unittest import mock

from tests.support.checkout import ROOT

CONTENT = "_annotate_content_"  # begins the name of a project's package in sys.modules
AT_START = ("PYTHON", "OPENAI_LOG")  # variables that are read once, before or at an import


def run(
    program: Callable[[], None],
    words: Sequence[str],
    *,
    cwd: Path,
    environment: Mapping[str, str],
    given: bytes = b"",
    together: bool = False,
) -> tuple[int, str, str]:
    """Run a program in the folder `cwd`; return its exit code and what it printed.

    `words` are its command line, the program's name first; `given` is its standard input. With
    `together`, both streams are returned as one, in order, as a terminal shows them.
    """
    out = io.BytesIO()
    err = out if together else io.BytesIO()
    with (
        mock.patch.dict(os.environ, environment, clear=True),
        contextlib.chdir(cwd),
        _main_module(),
        mock.patch.object(sys, "argv", list(words)),
        _modules(),
        unset_logging(),
        warnings.catch_warnings(),
        _streams(given, out, err),
    ):
        code = _exit_code(program)
    return code, out.getvalue().decode(), "" if together else err.getvalue().decode()


def reads_at_start(environment: Mapping[str, str]) -> set[str]:
    """Return the variables that change nothing in a process that has already started."""
    return {name for name in environment if name.startswith(AT_START)}


def _exit_code(program: Callable[[], None]) -> int:
    """Run a program, and end as Python ends a process."""
    try:
        program()
    except SystemExit as leaving:
        if leaving.code is None or isinstance(leaving.code, int):
            return leaving.code or 0
        sys.stderr.write(f"{leaving.code}\n")
        return 1
    except Exception:
        traceback.print_exc()
        return 1
    return 0


@contextlib.contextmanager
def _main_module() -> Iterator[None]:
    """Let the program be a file: from `__main__`, help would say that it is `python -m pytest`."""
    running = sys.modules["__main__"]
    sys.modules["__main__"] = ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = running


@contextlib.contextmanager
def _modules() -> Iterator[None]:
    """Load projects anew where their files have changed, and write no bytecode into them.

    Python keeps what it has imported, but a test edits its project between two calls. No test edits
    the projects of the checkout, so that those stay loaded.
    """
    before = _set_aside()
    for files, modules in _LAST:
        if files == _files(modules):
            sys.modules.update(modules)
    with mock.patch.object(sys, "dont_write_bytecode", True):
        try:
            yield
        finally:
            loaded = _set_aside()
            _LAST.append((_files(loaded), loaded))
            sys.modules.update(before)


def _set_aside() -> dict[str, ModuleType]:
    """Take the modules of projects that may change out of `sys.modules`, and return them."""
    loaded = [name for name in sys.modules if name.startswith(CONTENT)]
    return {name: sys.modules.pop(name) for name in loaded if not _is_fixed(name.partition(".")[0])}


# The modules of the projects that the last commands loaded, with the state of their files: a page
# types one command after another, and loading a schema takes longer than many of them.
_LAST: deque[tuple[object, dict[str, ModuleType]]] = deque(maxlen=2)


def _files(modules: Mapping[str, ModuleType]) -> object:
    """Return which state the files of modules are in, another one once any of them has changed."""
    places = [Path(each.__file__) for each in modules.values() if each.__file__]
    return [(each, *_state(each)) for each in places]


def _state(file: Path) -> tuple[int, int]:
    if not file.exists():
        return (0, -1)
    found = file.stat()
    return found.st_mtime_ns, found.st_size


@cache
def _is_fixed(package: str) -> bool:
    """Tell whether a project's package, whose name stands for its folder, is of the checkout."""
    folders = getattr(sys.modules.get(package), "__path__", ())
    return any(Path(each).is_relative_to(ROOT) for each in folders)


@contextlib.contextmanager
def unset_logging() -> Iterator[None]:
    """Begin with a root logger that nobody has set up (pytest has, here), and put it back."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers[:] = []
    root.setLevel(logging.WARNING)
    try:
        yield
    finally:
        for handler in root.handlers:
            handler.close()
        root.handlers[:] = handlers
        root.setLevel(level)


@contextlib.contextmanager
def _streams(given: bytes, out: io.BytesIO, err: io.BytesIO) -> Iterator[None]:
    """Give the program pipes in UTF-8 instead of a terminal."""
    stdin = io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    stdout = io.TextIOWrapper(out, encoding="utf-8", newline="\n", write_through=out is err)
    stderr = io.TextIOWrapper(
        err, encoding="utf-8", errors="backslashreplace", newline="\n", write_through=True
    )
    with (
        mock.patch.object(sys, "stdin", stdin),
        mock.patch.object(sys, "stdout", stdout),
        mock.patch.object(sys, "stderr", stderr),
    ):
        try:
            yield
        finally:
            for stream in (stdout, stderr):
                stream.flush()
                stream.detach()  # or closing the stream would close the bytes as well
