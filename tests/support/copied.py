"""Quotes copied from the example documents, and the chunks that they were taken from.

All are drawn with a seed. `typography` gives them with other typography, `altered` with other
words.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment

DOCUMENTS = Path(__file__).parents[2] / "eval" / "documents"
SEED = 20190305
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")


@dataclass(frozen=True)
class Source:
    """A chunk that quotes are taken from: its text, its units in it, and its words."""

    name: str
    text: str
    units: tuple[tuple[int, int], ...]
    words: tuple[str, ...]


@dataclass(frozen=True)
class Sample:
    """A quote and where its words stand in the source, if they do."""

    source: Source
    kind: str
    quote: str
    start: int
    end: int

    def covers(self, start: int, end: int) -> bool:
        """Tell whether a range is the sample's, but for marks at its edges."""
        return _core(self.source.text, start, end) == _core(self.source.text, self.start, self.end)


@cache
def sources() -> tuple[Source, ...]:
    """Return every chunk of the example documents, in order."""
    found = []
    for path in sorted(DOCUMENTS.iterdir()):
        segmentation = segment(path.read_text(encoding="utf-8"))
        for part in chunk(segmentation):
            inside = (segmentation.units[i] for i in part.units)
            units = tuple((u.start - part.start, u.end - part.start) for u in inside)
            words = tuple(match[0] for match in WORD.finditer(part.text))
            name = f"{path.stem}[{part.index}]"
            found.append(Source(name, part.text, units, words))
    return tuple(found)


def verbatim(count: int, seed: int = SEED) -> Iterator[Sample]:
    """Yield whole units, fragments of several words, and pairs of units, as printed."""
    rng = random.Random(f"verbatim {seed}")  # noqa: S311 (a seed, not a secret)
    for _ in range(count):
        yield copied(rng)


def copied(rng: random.Random) -> Sample:
    """Return a unit, a fragment of several words, or a pair of units, as printed."""
    while True:
        source = rng.choice(sources())
        if not source.units:
            continue
        kind = rng.choice(("unit", "fragment", "fragment", "pair"))
        first = rng.randrange(len(source.units))
        start, end = source.units[first]
        if kind == "pair":
            if first + 1 == len(source.units):
                continue
            end = source.units[first + 1][1]
        elif kind == "fragment":
            words = list(re.finditer(r"\S+", source.text[start:end]))
            if len(words) < 4:
                continue
            size = rng.randint(3, min(len(words), 15))
            at = rng.randrange(len(words) - size + 1)
            start, end = start + words[at].start(), start + words[at + size - 1].end()
        if end <= len(source.text) and any(c.isalnum() for c in source.text[start:end]):
            return Sample(source, kind, source.text[start:end], start, end)


def _core(text: str, start: int, end: int) -> tuple[int, int]:
    if target := re.search(r"\]\([^)\s]*\)\W*$", text[start:end]):
        end = start + target.start()
    while start < end and not text[start].isalnum():
        start += 1
    while end > start and not text[end - 1].isalnum():
        end -= 1
    return start, end
