"""Measure the processor time of `annotate compare` on two runs of the five documents.

Run from the root of the checkout: `python benchmarks/comparison.py [times]`. Whole processes are
measured, start-up and 10 000 rounds included; the least of several is what the machine needs when
it does nothing else. The two runs differ as two samples of a simulated annotator do.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.noisy import say, write


def main(times: int = 10) -> None:
    """Print seconds of processor time, the least and the median."""
    with tempfile.TemporaryDirectory() as folder:
        for name, seed in (("a", 1), ("b", 2)):
            write(Path(folder, name), say(seed))
        taken = sorted(_measured(folder) for _ in range(times))
    print(f"compare: {taken[0]:.2f} s at least, {taken[times // 2]:.2f} s in the middle of {times}")


def _measured(folder: str) -> float:
    """Return user and system seconds of one comparison."""
    command = Path(sys.executable).with_name("annotate")
    gold = Path("eval/gold/privacy_policy").resolve()
    process = subprocess.Popen(  # noqa: S603 (ours)
        [command, "compare", "a", "b", "--gold", gold], cwd=folder, stdout=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        raise SystemExit(f"annotate compare ended with {process.returncode}")
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
