"""Measure how fast `annotate run` reads documents, and whether its memory stays flat.

    python benchmarks/throughput.py [--documents 10000] [--characters 10000] [--task privacy_policy]

Documents are made of the sentences of `eval/documents`, shuffled, each with one of its words
swapped for another, so that no two documents and hardly two sentences are the same. The offline
baseline annotates a tenth of them, then all of them, each in a process of its own, as a user would.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from annotate import read_documents, segment

_SOURCES = Path(__file__).resolve().parents[1] / "eval" / "documents"
_COMMAND = Path(sys.executable).with_name("annotate")
_PARAGRAPH = 5  # sentences


@dataclass(frozen=True, slots=True)
class Measurement:
    """One run: megabytes (10^6) of input, seconds, those of the processor, peak memory in MiB."""

    documents: int
    megabytes: float
    seconds: float
    processor: float
    peak: float

    @property
    def rate(self) -> float:
        """Megabytes a second."""
        return self.megabytes / self.seconds

    def __str__(self) -> str:
        return (
            f"{self.documents:>7,} documents  {self.megabytes:>6.1f} MB  {self.seconds:>6.1f} s, "
            f"{self.processor:>6.1f} of processor  {self.rate:>5.2f} MB/s  "
            f"peak {self.peak:>6.1f} MiB"
        )


def texts(count: int, characters: int) -> Iterator[str]:
    """Yield texts of about so many characters, the same ones every time."""
    headings, sentences = _pieces()
    words = sorted({word for sentence in sentences for word in sentence.split() if word.isalpha()})
    random_ = random.Random(0)  # noqa: S311 (not for secrets)
    for _ in range(count):
        paragraphs: list[str] = []
        length = 0
        while length < characters:
            chosen = random_.choices(sentences, k=_PARAGRAPH)
            paragraph = " ".join(_varied(sentence, words, random_) for sentence in chosen)
            paragraphs.append(f"{random_.choice(headings)}\n\n{paragraph}")
            length += len(paragraphs[-1]) + 2
        yield "\n\n".join(paragraphs)


def _pieces() -> tuple[list[str], list[str]]:
    headings: list[str] = []
    sentences: list[str] = []
    for document in read_documents([_SOURCES]):
        segmentation = segment(document.text)
        for unit in segmentation.units:
            found = headings if unit.kind == "heading" else sentences
            found.append(" ".join(segmentation.quote(unit).split()))
    return headings, sentences


def _varied(sentence: str, words: list[str], random_: random.Random) -> str:
    parts = sentence.split(" ")
    parts[random_.randrange(len(parts))] = random_.choice(words)
    return " ".join(parts)


def measure(folder: Path, count: int, characters: int, task: str) -> Measurement:
    """Write `count` documents below `folder` and annotate them in a process of its own."""
    source = folder / f"{count}.jsonl"
    with source.open("w", encoding="utf-8") as file:
        for number, text in enumerate(texts(count, characters)):
            row = json.dumps({"id": f"{number:06}", "text": text}, ensure_ascii=False)
            file.write(row + "\n")
    begin = time.perf_counter()
    out = folder / f"run-{count}"
    process = subprocess.Popen(  # noqa: S603 (our own command)
        [_COMMAND, "run", source, "--task", task, "--out", out], stdout=subprocess.DEVNULL
    )
    _, status, usage = os.wait4(process.pid, 0)
    seconds = time.perf_counter() - begin
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit(f"annotate run ended with exit code {process.returncode}")
    unit = 2**20 if sys.platform == "darwin" else 2**10  # ru_maxrss is in bytes there, else in KiB
    processor = usage.ru_utime + usage.ru_stime
    megabytes = source.stat().st_size / 1e6
    return Measurement(count, megabytes, seconds, processor, usage.ru_maxrss / unit)


def main() -> None:
    """Print both measurements and their ratios."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--characters", type=int, default=10_000, help="of one document, about")
    parser.add_argument("--task", default="privacy_policy")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        few, all_ = (
            measure(Path(folder), count, asked.characters, asked.task)
            for count in (max(asked.documents // 10, 1), asked.documents)
        )
    print(few)
    print(all_)
    text, time_, memory = (
        getattr(all_, name) / getattr(few, name) for name in ("megabytes", "seconds", "peak")
    )
    print(f"{text:.1f} times the text: {time_:.2f} times the time, {memory:.2f} times the memory")


if __name__ == "__main__":
    main()
