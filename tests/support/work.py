"""Count the work of a call, so that a test can say how it grows without looking at a clock."""

from __future__ import annotations

import sys
from collections.abc import Callable
from types import FrameType
from typing import Any

from tests.support import remembered


def steps(call: Callable[..., object], *arguments: object) -> int:
    """Return how many lines of Python a call runs, each turn of a loop counted.

    The same call takes the same number of steps on any machine. Work inside C is not seen, such as
    that of a regular expression or a sort.
    """
    count = 0

    def line(frame: FrameType, event: str, argument: Any) -> Any:
        nonlocal count
        count += 1
        return line

    before = sys.gettrace()
    with remembered.anew():
        sys.settrace(line)
        try:
            call(*arguments)
        finally:
            sys.settrace(before)
    return count
