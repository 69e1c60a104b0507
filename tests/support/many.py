"""Many incident reports, for what needs a run of some size."""

from __future__ import annotations

import json
from pathlib import Path


def lines(path: Path, count: int, characters: int) -> Path:
    """Write so many incident reports, no two the same, as JSON Lines."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            text = f"# Report {number}\n\nSearch was slow for {number % 90 + 2} minutes. " + (
                f"The office of branch {number} opens in the morning and has a garden. "
                * (characters // 70)
            )
            file.write(json.dumps({"id": f"r{number}", "text": text}) + "\n")
    return path
