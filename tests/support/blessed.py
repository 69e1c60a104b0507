"""Runs to bless in an empty project, and gold that differs from the published one."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotate.comparison.compare import compare
from annotate.comparison.comparison import Comparison
from annotate.runs.reader import Run
from tests.conftest import ROOT
from tests.support.noisy import quarantined, say, write

ROUNDS = 200

GOLD = ROOT / "eval" / "gold" / "privacy_policy"


def sample(name: str, seed: int, repeat: int = 0, **more: Any) -> Run:
    """Write a run with a quarantine, a lone surrogate in it."""
    rows = [quarantined("infotech.txt", "invalid", "no \ud800 such")]
    return write(Path(name), say(seed), refused=rows, repeat=repeat, **more)


def compared(before: str | Path, after: str | Path, gold: Path = GOLD) -> Comparison:
    return compare(before, after, gold=gold, rounds=ROUNDS)


def rewritten(line: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    row = json.loads(line)
    change(row)
    return json.dumps(row).encode() + b"\n"


def gold_with(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Copy the gold, with its first retention rewritten."""
    folder.mkdir()
    for file in GOLD.glob("*.json*"):
        rows = file.read_bytes().splitlines(keepends=True)
        if file.name == "infinitydesk.txt.jsonl":
            first = next(n for n, row in enumerate(rows) if b'"retention"' in row)
            rows[first] = rewritten(rows[first], change)
        (folder / file.name).write_bytes(b"".join(rows))
    return folder
