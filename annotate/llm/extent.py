"""How much a value that an endpoint sent may hold, so that what is made of it fits into memory.

A few bytes of JSON (`{},`) become a hundred bytes of Python, more where each is validated.
"""

from __future__ import annotations

from typing import Any

DEEPEST = 50
"""No annotation is nested half as deep; Python's own stack ends near 1 000."""

MOST_CHARACTERS = 400_000
"""Of an answer's words: about 100 000 tokens, ten times as many as are asked for by default."""

MOST_ANNOTATIONS = 1_000
"""Of an answer: more than a chunk of many thousand words states."""

MOST_VALUES = 20_000
"""Of a body, and of the annotations in it."""

MOST_REPEATED = 100_000
"""Characters of an answer that a repair shows to the model again, and that are kept if it cannot be
read."""


def too_deep(value: Any) -> bool:
    """Say whether lists and objects are nested further than any annotation is.

    What is read is validated, written and sent back by functions that call themselves.
    """
    level = [value]
    for _ in range(DEEPEST):
        level = [inner for each in level for inner in _inside(each)]
        if not level:
            return False
    return True


def crowded(text: str | bytes) -> bool:
    """Say whether JSON opens more objects and lists than it may hold, before it is parsed.

    Those in its strings count as well: no text is made of them.
    """
    if isinstance(text, str):
        return text.count("{") + text.count("[") > MOST_VALUES
    return text.count(b"{") + text.count(b"[") > MOST_VALUES


def too_many(value: Any) -> bool:
    """Say whether a value holds more than `MOST_VALUES` others, at any depth."""
    level, found = [value], 0
    while level:
        found += sum(len(each) for each in level)
        if found > MOST_VALUES:
            return True
        level = [inner for each in level for inner in _inside(each)]
    return False


def _inside(value: Any) -> list[Any]:
    inner = value.values() if isinstance(value, dict) else value
    return [each for each in inner if isinstance(each, dict | list)]
