"""Choose which examples a prompt shows and which ones it is measured on: never the same.

A text that shares a row of words with another stays on its side.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.drafting.examples import ExampleText
from annotate.llm.prompts.checks import SHARED_WORDS, rows_of_words

_LONGEST = 2000  # characters of a worked example: every request holds it
_LEFT = 2  # texts of a category that are left to measure it on


@dataclass(frozen=True, slots=True)
class Chosen:
    """The two sides.

    Attributes:
        worked: the worked examples of the prompt.
        measured: the documents of the gold.
    """

    worked: tuple[ExampleText, ...]
    measured: tuple[ExampleText, ...]


def choose(texts: Sequence[ExampleText]) -> Chosen:
    """Choose a text for each category to show, where enough are left, and one that states nothing.

    They are taken in the order of the file.
    """
    left = Counter(name for text in texts for name in _categories(text))
    worked: list[ExampleText] = []
    shown: set[str] = set()
    alone = _alone(texts)
    for text in texts:
        names = _categories(text)
        useful = names - shown and all(left[name] > _LEFT for name in names)
        if useful and text.line in alone and len(text.text) <= _LONGEST:
            worked.append(text)
            shown |= names
            left.subtract(names)
    return Chosen(tuple(worked), tuple(text for text in texts if text not in worked))


def _categories(text: ExampleText) -> set[str]:
    """Return what a text states; "" stands for nothing."""
    return {each.category for each in text.statements} or {""}


def _alone(texts: Sequence[ExampleText]) -> set[int]:
    """Return the lines of the texts that share no row of words with another one."""
    holders: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for text in texts:
        for row in rows_of_words(text.text, SHARED_WORDS):
            holders[row].add(text.line)
    shared = {line for lines in holders.values() if len(lines) > 1 for line in lines}
    return {text.line for text in texts} - shared
