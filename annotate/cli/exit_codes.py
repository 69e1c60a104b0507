"""How a command ends, as a number: every exit code, and what leads to it.

Errors and verdicts carry no numbers of their own: they mean the same to a caller of the library.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from typing import TYPE_CHECKING

from annotate.errors import (
    AnnotateError,
    CacheError,
    DocumentError,
    Incomplete,
    NotComparable,
    RunError,
    Stopped,
    UsageError,
)

if TYPE_CHECKING:
    from annotate.suites.verdicts import Status


class ExitCode(IntEnum):
    """What a script can tell from how a command ended; the same for all commands."""

    OK = 0
    GATE_FAILED = 1
    USAGE = 2
    INCONCLUSIVE = 3
    INCOMPLETE = 4
    STOPPED = 5
    NOT_COMPARABLE = 6
    INTERRUPTED = 130  # 128 + SIGINT, as shells count it


_OF_ERRORS: Mapping[type[AnnotateError], ExitCode] = {
    AnnotateError: ExitCode.USAGE,
    UsageError: ExitCode.USAGE,
    NotComparable: ExitCode.NOT_COMPARABLE,
    DocumentError: ExitCode.INCOMPLETE,
    CacheError: ExitCode.USAGE,
    Stopped: ExitCode.STOPPED,
    RunError: ExitCode.USAGE,
    Incomplete: ExitCode.INCOMPLETE,
}

OF_STATUS: Mapping[Status, ExitCode] = {
    "stopped": ExitCode.STOPPED,
    "failed": ExitCode.GATE_FAILED,
    "incomplete": ExitCode.INCOMPLETE,
    "not comparable": ExitCode.NOT_COMPARABLE,
    "inconclusive": ExitCode.INCONCLUSIVE,
    "no baseline": ExitCode.INCONCLUSIVE,
    "not gated": ExitCode.OK,
    "passed": ExitCode.OK,
}
"""For how a trial of a suite ended. Which of several is the worst, the suite knows."""


def of_error(error: AnnotateError) -> ExitCode:
    """Return the exit code for an error: that of the nearest class above it that has one."""
    return next(_OF_ERRORS[kind] for kind in type(error).__mro__ if kind in _OF_ERRORS)
