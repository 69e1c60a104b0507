"""Measure how fast web pages become documents, and what memory they take by their length.

    python benchmarks/web_pages.py [--megabytes 100] [--file 50] [--divide]

The pages of `tests/documents/web_pages`, or of `--pages`, are repeated until each file has its size
and all files have theirs together; one file may be 64 MiB. A tenth is read, then all, each in a
process of its own. With `--divide` each text is divided into its units as well.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

_PAGES = Path(__file__).resolve().parents[1] / "tests" / "documents" / "web_pages"
_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.DOTALL | re.IGNORECASE)
_READ = """
import sys
from annotate import read_documents
for document in read_documents([sys.argv[1]]):
    print(len(document.text), len(document.segmentation.units) if len(sys.argv) > 2 else 0)
"""


def write_pages(folder: Path, pages: Path, megabytes: float, most: float) -> None:
    """Write files of at most so many megabytes (10^6 bytes) that have so many together."""
    found = (
        _BODY.search(path.read_text(encoding="utf-8")) for path in sorted(pages.glob("*.html"))
    )
    whole = "\n".join(match[1] for match in found if match).encode()
    number = 0
    while megabytes > 0:
        size = int(min(megabytes, most) * 1e6)
        page = b"<!DOCTYPE html><meta charset=utf-8><body>\n"
        page += whole * (size // len(whole)) + whole[: size % len(whole)]
        (folder / f"{number}.html").write_bytes(page)
        megabytes -= most
        number += 1


def measure(folder: Path, *, divide: bool) -> tuple[float, float, float, int]:
    """Return the megabytes below a folder, seconds of processor, peak in MiB, and characters."""
    command = [sys.executable, "-c", _READ, str(folder), *(["divide"] if divide else [])]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)  # noqa: S603 (our own)
    printed = process.stdout.read() if process.stdout else ""
    _, status, usage = os.wait4(process.pid, 0)
    if code := os.waitstatus_to_exitcode(status):
        sys.exit(f"reading ended with exit code {code}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss is in bytes there, else in KiB
    size = sum(path.stat().st_size for path in folder.iterdir()) / 1e6
    characters = sum(int(line.split()[0]) for line in printed.splitlines())
    return size, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / unit, characters


def main() -> None:
    """Print both measurements and their ratios."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--megabytes", type=float, default=100)
    parser.add_argument("--file", type=float, default=50, help="megabytes of one file, at most")
    parser.add_argument("--pages", type=Path, default=_PAGES)
    parser.add_argument("--divide", action="store_true", help="into units, as a run does")
    asked = parser.parse_args()
    results = []
    for megabytes in (asked.megabytes / 10, asked.megabytes):
        with tempfile.TemporaryDirectory() as folder:
            write_pages(Path(folder), asked.pages, megabytes, asked.file)
            size, seconds, peak, characters = measure(Path(folder), divide=asked.divide)
        results.append((size, seconds, peak))
        print(
            f"{size:6.1f} MB of HTML  {characters / 1e6:6.1f} million characters of text"
            f"  {seconds:6.1f} s of processor  {size / seconds:5.2f} MB/s  peak {peak:7.1f} MiB"
        )
    text, seconds, memory = (all_ / few for few, all_ in zip(*results, strict=True))
    print(f"{text:.1f} times the HTML: {seconds:.2f} times the processor, {memory:.2f} the memory")


if __name__ == "__main__":
    main()
