"""What tests need of the machine: a browser, a full device, rights that bind.

A test asks with `require(name)` and is skipped with the reason where the machine lacks it. The
reasons are printed before the whole suite, by `python -m tests.support.needs` too, and once more
after it.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from tests.support.checkout import ROOT

NOBODY = 65534  # the user without rights, on Linux and others


@dataclass(frozen=True)
class Need:
    """Something that some tests cannot do without.

    Attributes:
        missing: what is not there, and how it can be had.
        met: says whether this machine has it.
        in_ci: whether a machine with `CI` in its environment has to have it.
    """

    missing: str
    met: Callable[[], bool]
    in_ci: bool = False


def _mounts() -> bool:
    """Try to mount a small file system, which a superuser without all of its rights may not."""
    with tempfile.TemporaryDirectory() as folder:
        mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
        try:
            if subprocess.run(mount, capture_output=True, check=False).returncode:
                return False
        except OSError:
            return False
        subprocess.run(["umount", folder], check=True)  # noqa: S607
    return True


@contextmanager
def ordinary_user() -> Iterator[None]:
    """Let rights bind this process: root, whom none bind, is nobody meanwhile."""
    if os.geteuid():
        yield
        return
    os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(0)


def _rights_bind() -> bool:
    """Say whether tests can run as a user whom rights bind, who has to read what they import."""
    try:
        with ordinary_user():
            imported = (__file__, pytest.__file__)
            return all(os.access(file, os.R_OK, effective_ids=True) for file in imported)
    except OSError:
        return False


NEEDS = {
    "browser": Need(
        "no chromium here: pages are tested in a real browser (apt-get install chromium)",
        lambda: shutil.which("chromium") is not None,
        in_ci=True,
    ),
    "node": Need(
        "no node and npm here: the scripts of the pages are neither linted nor type-checked",
        lambda: shutil.which("node") is not None and shutil.which("npm") is not None,
        in_ci=True,
    ),
    "full device": Need(
        "no /dev/full here: it stands for a disk without room",
        lambda: Path("/dev/full").is_char_device(),
    ),
    "mounts": Need("this user may not mount a small file system that runs full", _mounts),
    "rights": Need(
        "rights bind nobody here: root may do everything, and this root cannot become another user",
        _rights_bind,
    ),
    "git checkout": Need(
        "not a git checkout: nothing says which files belong to the content",
        lambda: shutil.which("git") is not None and (ROOT / ".git").exists(),
    ),
}


@cache
def _met(name: str) -> bool:
    return NEEDS[name].met()


def require(name: str) -> None:
    """Skip the running test where the machine lacks what it needs.

    In CI a test fails for what CI has to have.
    """
    if _met(name):
        return
    if NEEDS[name].in_ci and os.environ.get("CI"):
        pytest.fail(NEEDS[name].missing, pytrace=False)
    pytest.skip(NEEDS[name].missing)


def announcement() -> list[str]:
    """Return lines that say which checks will be skipped here and why; none where all can run."""
    missing = [f"  {need.missing}" for name, need in NEEDS.items() if not _met(name)]
    return ["Some checks will be skipped:", *missing] if missing else []


if __name__ == "__main__":
    for line in announcement():
        print(line)
