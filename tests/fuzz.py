"""Fuzz: every property test of the suite with many more inputs, until the time is up.

    make fuzz                       20 minutes, from seed 0
    make fuzz MINUTES=5 SEED=17

Round after round runs each property test with another seed, so that two rounds try other inputs and
the same seed tries the same ones. The first round with a failure is the last: what hypothesis
prints as the falsifying example belongs above the test as an `@example`, where it stays a case.
Prints, by folder of the tests, how many properties were tried on how many inputs.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator

from tests.support.checkout import ROOT

_TEST = re.compile(r"^tests/(?:(.+)/)?[^/:]+::.*:$")
_STATISTICS = "= Hypothesis Statistics ="
_TRIED = re.compile(r"(\d+) passing, (\d+) failing, and \d+ invalid test cases")


def command(seed: int) -> list[str]:
    """Return the command that runs one round."""
    said = [
        "--hypothesis-profile=fuzz",
        f"--hypothesis-seed={seed}",
        "--hypothesis-show-statistics",
    ]
    # Without workers: with them pytest would not print what was tried.
    return [sys.executable, "-m", "pytest", "-q", "-x", "-m", "hypothesis", "-n", "0", *said]


def tried(output: str) -> Iterator[tuple[str, int]]:
    """Yield, for each property that pytest printed, its folder and on how many inputs it was tried.

    Inputs that a test threw away unseen are not counted.
    """
    folder = ""
    for line in output.splitlines():
        if found := _TEST.match(line):
            folder = found[1] or "tests"
        elif found := _TRIED.search(line):
            yield folder, int(found[1]) + int(found[2])


def main() -> int:
    """Fuzz for as long as was asked; return 1 where a property does not hold."""
    parser = argparse.ArgumentParser(description="Run all property tests until the time is up.")
    parser.add_argument("--minutes", type=float, default=20)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    end = time.monotonic() + 60 * asked.minutes
    inputs: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    seed, failed = asked.seed, False
    while not failed and (time.monotonic() < end or seed == asked.seed):
        done = subprocess.run(
            command(seed), cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False
        )
        failed = done.returncode != 0
        if failed:
            print(done.stdout.partition(_STATISTICS)[0], done.stderr, sep="\n")
        properties.clear()
        for folder, count in tried(done.stdout):
            inputs[folder] += count
            properties[folder] += 1
        print(f"seed {seed}: {'FAILED' if failed else 'clean'}, {inputs.total():,} inputs so far")
        seed += 1
    for folder in sorted(inputs):
        print(f"{folder:24} {properties[folder]:3} properties {inputs[folder]:10,} inputs")
    print(f"{seed - asked.seed} rounds from seed {asked.seed}, {inputs.total():,} inputs")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
