"""Find quotes over words that the end of a line broke: "infor-" and "mation" are "information".

Whether such a hyphen belongs to the word only its reader knows: "long-" and "term" are "long-term".
So a broken word is found in either form, and in no other. A hyphen within a line is never forgiven:
"re-sign" is not "resign".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from annotate.grounding.normalization import Normalized

_BREAK = re.compile(r"(?<=[^\W_])[-\u2010\xad][ \t]*+\r?\n[ \t]*+(?=[^\W_])")
_HYPHEN = re.compile(r"(?<=[^\W_])- ?(?=[^\W_])")


class BrokenWords:
    """The words of a normalized text that the ends of lines break."""

    def __init__(self, text: str, normalized: Normalized) -> None:
        self._normalized = normalized.text
        # What stands for each break: where it ends, and whether its parts may be one word.
        self._breaks: dict[int, tuple[int, bool]] = {}
        for match in _BREAK.finditer(text):
            start = bisect_left(normalized.starts, match.start())
            end = bisect_left(normalized.starts, match.end())
            before, after = text[match.start() - 1], text[match.end()]
            whole = before.isalpha() and (after.islower() or (before.isupper() and after.isupper()))
            if start < end:
                self._breaks[start] = (end, whole)
        # The text without these and without hyphens, and where each character of it stands.
        left_out = {start: end for start, (end, _) in self._breaks.items()}
        if left_out:
            left_out |= {each.start(): each.end() for each in _HYPHEN.finditer(normalized.text)}
        pieces: list[str] = []
        self._places: list[int] = []
        position = 0
        for start in sorted(left_out):
            if start >= position:
                self._keep(pieces, position, start)
                position = left_out[start]
        self._keep(pieces, position, len(normalized.text))
        self._bare = "".join(pieces) if left_out else ""

    def _keep(self, pieces: list[str], start: int, end: int) -> None:
        pieces.append(self._normalized[start:end])
        self._places.extend(range(start, end))

    def places(self, needle: str, most: int) -> Iterator[tuple[int, int]]:
        """Yield ranges of the normalized text that a normalized quote reads, after `most` tries."""
        bare = _HYPHEN.sub("", needle)
        if not self._bare or not bare:
            return
        position = self._bare.find(bare)
        while position >= 0 and most > 0:
            start = self._places[position]
            end = self._places[position + len(bare) - 1] + 1
            if self._reads(start, end, needle):
                yield start, end
            position = self._bare.find(bare, position + 1)
            most -= 1

    def _reads(self, start: int, end: int, needle: str) -> bool:
        """Tell whether a quote reads a range letter by letter, and each break in it in one form."""
        at = 0
        broken = False
        while start < end:
            if start in self._breaks:
                behind, whole = self._breaks[start]
                forms = [self._normalized[start:behind], "-"]
                form = next((each for each in forms if needle.startswith(each, at)), None)
                if form is None and not whole:
                    return False
                at += len(form or "")
                start, broken = behind, True
            elif needle.startswith(self._normalized[start], at):
                start, at = start + 1, at + 1
            else:
                return False
        return broken and at == len(needle)
