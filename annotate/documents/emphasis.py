"""Follow Markdown emphasis: whether all of a text stands inside it, and the text without it."""

from __future__ import annotations

import re

# Each way begins with a sign: so no other place of a line is tried.
_MARKS = re.compile(r"\*\*{0,2}|_(?<![^\W_]_)_{0,2}|__{0,2}(?![^\W_])")
_ALPHANUMERIC = re.compile(r"[^\W_]")
_EMPHASIS = ("*", "_")
_EMPHASIS_OR_SPACE = "*_ \t"


def wholly_emphasised(content: str) -> bool:
    """Tell whether every word of `content` stands inside Markdown emphasis."""
    return content[:1] in _EMPHASIS and Emphasis(content).whole


def without_emphasis(text: str, start: int, end: int) -> tuple[int, int]:
    """Strip marks off both edges; a full stop between closing marks goes with them."""
    while start < end and text[start] in _EMPHASIS_OR_SPACE:
        start += 1
    while end > start and text[end - 1] in _EMPHASIS_OR_SPACE:
        end -= 1
    inner = end - 1 if start < end and text[end - 1] in ".:" else end
    while inner > start and text[inner - 1] in _EMPHASIS_OR_SPACE:
        inner -= 1
    while inner < end and text[inner] not in _EMPHASIS:
        inner += 1  # white space before a mark stays, as it would before a word
    return start, inner if start < inner else end


class Emphasis:
    """Follows Markdown emphasis through the lines of one block, each read once."""

    def __init__(self, first: str) -> None:
        self._open: set[str] = set()
        self._words = False
        self._outside = first[:1] not in _EMPHASIS
        self._unmarked = False  # words behind the last mark, which may still close behind them
        self.feed(first)

    @property
    def whole(self) -> bool:
        """Whether all words read so far are emphasised and the last mark stands behind them."""
        return self._words and not self._outside and not self._unmarked

    def feed(self, line: str) -> None:
        """Read on."""
        if self._outside:
            return
        position = 0
        for match in _MARKS.finditer(line):
            if self._unmarked or _ALPHANUMERIC.search(line, position, match.start()):
                self._words, self._unmarked = True, False
                if not self._open:
                    self._outside = True
                    return
            self._open ^= {match[0]} if len(match[0]) < 3 else {match[0][0], match[0][:2]}
            position = match.end()
        self._unmarked = self._unmarked or bool(_ALPHANUMERIC.search(line, position))
