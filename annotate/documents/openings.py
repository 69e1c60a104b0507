"""Tell whether a line opens a block of its own, although the line above has no room for its word.

In a wrapped text a full line goes on below it, but the last line of a paragraph may be full as
well, by chance. Where no blank line, marker or indent then parts two blocks, their words alone can:
a title, a label, or the start of a sentence below a line that ended none. What is left over, two
whole sentences of which the second may go on with the paragraph or begin one, is taken to go on.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from annotate.documents.full_stops import is_starter
from annotate.documents.lines import TERMINAL, Line
from annotate.documents.wording import (
    COLONS,
    MAX_LABEL_WORDS,
    begins_like_a_title,
    breaks_off,
    in_capitals,
    is_clause,
    is_run_in_label,
    is_title,
)
from annotate.documents.wrapping import Wrapping

_MOST_LINES = 3  # that are read ahead: a title or a label is not longer
_MOST_TITLE_WORDS = 16
_REACH = 400  # characters above a line that are looked at
_FEWEST_CAPITALS = 12  # letters of a line; a shorter one may be words that a sentence shouts
_EMPHASIS = "*_ "
_GOES_ON = (",", "-", "&", "(", "\u00ad")
_DETERMINED = re.compile(
    r"\b(?:the|an?|our|your|my|their|its|his|her|this|these|any|all|no)$", re.I
)
_LABEL = re.compile(r"[^\W\d_][^.:;!?]{0,60}:(?=\s)")
_ADDRESS = re.compile(r"(?:://|@|\bwww\.)\S*$")
_REFERS = re.compile(r"\b(?:sections?|articles?|clauses?|paragraphs?|parts?|pages?|items?)\Z", re.I)
_SENTENCE = re.compile(r"[^.]*\.(?=\s)")
_NEXT: Mapping[str, Callable[[int], str]] = {
    "(1)": "({})".format,
    "(a)": lambda ordinal: f"({chr(ord('a') + ordinal - 1)})",
    "(A)": lambda ordinal: f"({chr(ord('A') + ordinal - 1)})",
    "(i)": lambda ordinal: f"({'i' * ordinal if ordinal < 4 else 'iv'})",
}
_WORD = re.compile(r"[^\W\d_]+")
_SECOND = re.compile(r"\A[^\W\d_]+ ([^\W\d_]+)")
_INSIDE = re.compile(r"(?<=[^\W\d_] )[^\W\d_]+|(?<=, )[^\W\d_]+")


@dataclass(frozen=True, slots=True)
class Above:
    """The block that stands above a line.

    Attributes:
        start: of its content.
        last: its last line, which is full.
        is_item: whether it is an item; `indent` is that of the block.
    """

    start: int
    last: Line
    is_item: bool
    indent: int


class Openings:
    """Reads the words around the full lines of one text."""

    def __init__(
        self, text: str, lines: Sequence[Line], wrapping: Wrapping, *, spaced: bool
    ) -> None:
        self.text = text
        self.lines = lines
        self.wrapping = wrapping
        self.spaced = spaced

    def opens(self, at: int, above: Above) -> bool:
        """Tell whether the line at `at`, without a marker, opens a block below a full line."""
        line = self.lines[at]
        start = max(above.start, above.last.end - _REACH)
        said = self.text[start : above.last.end].rstrip(_EMPHASIS)
        ended = said.endswith(TERMINAL) or _ADDRESS.search(said) is not None
        first = self.text[line.mark_start]
        if first == "*" and ended:  # a footnote: bold and italics were looked at before
            return True
        if not first.isupper() or _is_open(said) or (not ended and _goes_on(said)):
            return False
        end, following = self._ahead(at)
        words = self.text[line.mark_start : self.lines[end].end]
        alone = self.text[line.mark_start : line.end]
        if (_shouts(said) and not in_capitals(alone)) or (
            _shouts(alone) and not in_capitals(said) and not alone.endswith(TERMINAL)
        ):
            return True
        if following is not None and self._heads(words, following, above, ended):
            return True
        if ended:
            if _begins_with_label(words):
                return True
            if said.endswith(COLONS):
                return end == at and not words.endswith(TERMINAL)
            rest = words[len(alone) :].lstrip()
            if rest[:1].isupper() and len(alone.split()) > 2 and _is_title(alone):
                return self._starts_anew(alone, rest, is_item=False)  # the title is full as well
            return above.is_item and self._leaves_list(at, above, said)
        return self._starts_anew(said, words, is_item=above.is_item)

    def is_within(self, at: int, last: Line, ordinal: int) -> bool:
        """Tell whether a marker at the start of the line at `at` belongs into a sentence.

        The line above is `last`, which is full; `ordinal` is the last one of such a marker.
        """
        line = self.lines[at]
        if self._goes_on_counting(at, line):
            return True
        if self._has_ended(last):
            return False
        if _REFERS.search(self.text, last.begin, last.end):
            return True
        if line.ordinal > 1 or ordinal:
            return line.ordinal != ordinal + 1
        return not self._markers[line.family]

    def _has_ended(self, line: Line) -> bool:
        return self.text[line.begin : line.end].rstrip(_EMPHASIS).endswith(TERMINAL)

    def _goes_on_counting(self, at: int, line: Line) -> bool:
        """Tell whether the next one of "(1)" or "(a)" stands inside one of the next lines."""
        if line.family not in _NEXT:
            return False
        end = self.lines[min(self._ends[at], at + _MOST_LINES)].end
        following = f" {_NEXT[line.family](line.ordinal + 1)} "
        return self.text.find(following, line.start, end) >= 0

    @cached_property
    def _markers(self) -> Counter[str]:
        """How often each kind of marker stands where nothing could go on from the line above."""
        found: Counter[str] = Counter()
        for above, line in pairwise((Line(0, 0, 0, 0), *self.lines)):
            if line.family and (
                above.blank
                or self._has_ended(above)
                or not self.wrapping.is_full(self.text, above, line)
            ):
                found[line.family] += 1
        return found

    def _starts_anew(self, said: str, words: str, *, is_item: bool) -> bool:
        """Tell whether words begin a sentence, where those before them end none."""
        first, last = _WORD.match(words), _WORD.findall(said)[-1:]
        if first is None or _DETERMINED.search(said) or is_title(words):
            return False
        if len(first[0]) > 1 and first[0].isupper():
            return False
        # "our Privacy / Policy", "collect / Personal Information"
        named = any(word[0].isupper() for word in (*last, *_SECOND.findall(words)))
        label = _LABEL.match(words)
        if label and not named and len(label[0].split()) <= MAX_LABEL_WORDS:
            return not is_clause(label[0])
        small, great = self._inside[first[0].lower()], self._inside[first[0]]
        starter = is_starter(first[0])
        if not is_item and _is_title(said) and (is_title(said) or starter or not great):
            return _says(words)
        if starter and not named:
            return _says(words)
        return _says(words) and small > (10 * great + 10 if named else great)

    def _leaves_list(self, at: int, above: Above, said: str) -> bool:
        """Tell whether prose that follows an item is behind its list, as it often is in this text.

        Where another item follows, it stood in the list; and where the label of the next list does,
        if the item says a sentence and not only a name.
        """
        if self.lines[at].indent > above.indent or not self._is_left:
            return False
        places = range(self._ends[at] + 1, len(self.lines))
        below = next((self.lines[place] for place in places if not self.lines[place].blank), None)
        if below is None:
            return True
        labelled = _is_label(self.text[below.mark_start : below.end])
        return below.family == "" and not (labelled and is_clause(said))

    @cached_property
    def _ends(self) -> Sequence[int]:
        """For each line the last one of those that go on below it, all of them full but that."""
        ends = list(range(len(self.lines)))
        for at in range(len(self.lines) - 2, -1, -1):
            line, following = self.lines[at : at + 2]
            apart = line.blank or following.blank or following.family or following.hashes
            if not apart and self.wrapping.is_full(self.text, line, following):
                ends[at] = ends[at + 1]
        return ends

    @cached_property
    def _is_left(self) -> bool:
        """Whether somewhere prose stands below a list where no blank line parts them."""
        item = False
        for line, following in pairwise(self.lines):
            item = not line.blank and (item or line.family != "")
            if not item or following.blank or following.family:
                continue
            if following.hashes or not self.wrapping.is_full(self.text, line, following):
                if self.text[following.mark_start].isupper() and not following.indent:
                    return True
                item = False
        return False

    def _heads(self, words: str, following: Line, above: Above, ended: bool) -> bool:
        """Tell whether words are a title, or lead into what follows below them."""
        if words.endswith(COLONS):
            if not following.family:
                return False
            return _is_label(words) or (
                ended and above.is_item and following.indent <= above.indent
            )
        if not _is_title(words):
            return False
        prose = above.is_item and not following.family
        return ended or (prose and is_title(words) and len(words.split()) > 1)

    def _ahead(self, at: int) -> tuple[int, Line | None]:
        """Return the last line of what begins at `at`, and the next one, if that is near."""
        lines, end = self.lines, at
        for place in range(at + 1, len(lines)):
            line = lines[place]
            if line.blank:
                continue
            parted = place > end + 1 and not self.spaced
            full = self.wrapping.is_full(self.text, lines[end], line)
            if parted or line.family or line.hashes or not full:
                return end, line
            if end - at >= _MOST_LINES * (1 + self.spaced):
                break
            end = place
        return end, None

    @cached_property
    def _inside(self) -> Counter[str]:
        """Words behind another word or a comma, each as it is written."""
        return Counter(_INSIDE.findall(self.text))


def _shouts(words: str) -> bool:
    return in_capitals(words) and sum(map(str.isalpha, words)) >= _FEWEST_CAPITALS


def _is_title(words: str) -> bool:
    if words.endswith("?") and is_title(words):  # "Questions About Your Privacy?"
        words = words[:-1]
    if words.endswith((*TERMINAL, ",")) or _SENTENCE.match(words):
        return False
    if len(words.split()) > _MOST_TITLE_WORDS:
        return False
    return begins_like_a_title(words) and (
        in_capitals(words) or is_title(words) or not is_clause(words)
    )


def _is_label(words: str) -> bool:
    """Tell whether a few words that say nothing lead into a list: "Other information:"."""
    short = len(words.split()) <= MAX_LABEL_WORDS
    return words.endswith(COLONS) and short and not is_clause(words)


def _says(words: str) -> bool:
    """Tell whether words are more than a name: a clause, or the end of a sentence."""
    return is_clause(words) or words.endswith(TERMINAL) or _SENTENCE.match(words) is not None


def _goes_on(said: str) -> bool:
    return said.endswith(_GOES_ON) or breaks_off(said)


def _is_open(said: str) -> bool:
    """Tell whether a bracket or a quotation has not closed yet."""
    return any(said.rfind(opener) > said.rfind(closer) for opener, closer in ("()", "[]", "“”"))


def _begins_with_label(words: str) -> bool:
    sentence = _SENTENCE.match(words)
    return sentence is not None and is_run_in_label(sentence[0], words[sentence.end() :])
