"""Put the pages of a document together as one text, with what runs along them set apart.

Running heads, feet and page numbers stand at the end of the text as furniture, so that a sentence
that goes on over a page is one sentence. A word that a line end
broke is whole again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from annotate.documents.layout import Furniture, Layout, Page
from annotate.documents.lines import TERMINAL, read_lines
from annotate.documents.wording import breaks_off
from annotate.documents.wrapping import wrapping

REASON = "running head or foot"
HYPHEN = "\x02"
"""What stands for a hyphen at the end of a line, beside the hyphens themselves."""

_HYPHENS = ("-", "\u2010", "\xad", HYPHEN)
_EDGE = 3  # lines from the top and from the bottom that may run along pages
_SHARE = 0.5  # of the pages that hold such a line
_PAGE_NUMBER = re.compile(
    r"\W*+(?:page|seite|página|pagina|p\.|s\.)?\W*+\d{1,4}+"
    r"(?:\s*+(?:of|/|von|de|di|sur)\s*+\d{1,4}+)?\W*+",
    re.IGNORECASE,
)
_BARE_NUMBER = re.compile(r"\W*+\d{1,4}+\W*+")
_BROKEN = re.compile(
    rf"(?<![^\W\d_])([^\W\d_]++)([-\u2010\xad{HYPHEN}])[ \t]*+\n[ \t]*+([^\W\d_]++)(\S*+)[ \t]*+\n?"
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
# What is joined to a word by a hyphen that is written within a line too.
_HYPHENATED = frozenset(
    """
    all anti co cross de e end ex first follow full geo high in inter ip log long low mid multi non
    off on one opt out part peer post pre pseudo re real right second self short sign single so
    state sub third two up user well
    """.split()
)


def join_pages(pages: Sequence[str]) -> tuple[str, Layout]:
    """Return the text of some pages, with its layout."""
    lines = [[line.rstrip() for line in page.split("\n")] for page in pages]
    heads = _running(lines, from_top=True)
    feet = _running(lines, from_top=False)
    vocabulary = Counter(_WORD.findall("\n".join(pages).casefold()))
    bodies: list[str] = []
    aside: list[str] = []
    for page, head, foot in zip(lines, heads, feet, strict=True):
        end = max(len(page) - foot, head)
        bodies.append("\n".join(page[head:end]).strip("\n"))
        aside += [line for line in (*page[:head], *page[end:]) if line.strip()]
    return _assembled(bodies, aside, vocabulary)


def _assembled(
    bodies: Sequence[str], aside: Sequence[str], vocabulary: Counter[str]
) -> tuple[str, Layout]:
    whole = "\n".join(bodies)
    wrapped = wrapping(whole, list(read_lines(whole))).width > 0
    words = _Words(vocabulary, wrapped)
    bodies = _over_pages(bodies, words)
    written: list[str] = []
    starts: list[int] = []
    length = 0
    for body, following in pairwise((*bodies, "")):
        starts.append(length)
        # Where lines are wrapped, segmentation sees by their lengths that a sentence goes on.
        goes_on = not wrapped and _goes_on(body, following)
        written.append(words.put_together(body) + (" " if goes_on else "\n") if body else "")
        length += len(written[-1])
    text = "".join(written).rstrip()
    borders = [min(start, len(text)) for start in (*starts, len(text))]
    found = tuple(
        Page(number, start, end) for number, (start, end) in enumerate(pairwise(borders), start=1)
    )
    if not aside:
        return text, Layout(pages=found)
    start = len(text) + 2 if text else 0
    text = "\n\n".join(part for part in (text, "\n".join(aside)) if part)
    return text, Layout((), found, (Furniture(start, len(text), REASON),))


def _goes_on(body: str, following: str) -> bool:
    """Tell whether the last sentence of a page goes on behind it."""
    last, first = body.rpartition("\n")[2], following.partition("\n")[0]
    if not last or not first or last.endswith((*TERMINAL, *_HYPHENS)):
        return False
    line = next(iter(read_lines(first)))
    return not line.family and (first[0].islower() or breaks_off(last) or last.endswith(","))


# ---- What runs along pages ----


def _running(pages: Sequence[Sequence[str]], *, from_top: bool) -> list[int]:
    """Return for each page how many of its first (or last) lines run along the pages."""
    edges = [_edge(page, from_top=from_top) for page in pages]
    counted = Counter(key for edge in edges for key in {_key(line) for _, line in edge})
    full = sum(bool(edge) for edge in edges)
    most = max(2, full * _SHARE)
    numbered = _count_up(edges)
    taken = []
    for edge in edges:
        reach = 0
        for position, line in edge:
            bare = _BARE_NUMBER.fullmatch(line) is not None
            runs = counted[_key(line)] >= most and (numbered or not bare)
            alone = _PAGE_NUMBER.fullmatch(line) is not None and not bare
            if not (runs or alone):
                break
            reach = position
        taken.append(reach)
    return taken


def _edge(page: Sequence[str], *, from_top: bool) -> list[tuple[int, str]]:
    """Return the outermost lines of a page with how many lines they and those outside them are."""
    lines = page if from_top else page[::-1]
    full = [(at, line.strip()) for at, line in enumerate(lines, start=1) if line.strip()]
    return full[: min(_EDGE, max(len(full) - 1, 0))]


def _key(line: str) -> str:
    """Return what a running line has on every page: its words, whatever its numbers."""
    return re.sub(r"\d+", "#", " ".join(line.casefold().split()))


def _count_up(edges: Iterable[Sequence[tuple[int, str]]]) -> bool:
    """Tell whether bare numbers at the edges are those of the pages: one more on each."""
    steps: Counter[int] = Counter()
    pages = 0
    for number, edge in enumerate(edges):
        bare = [line for _, line in edge if _BARE_NUMBER.fullmatch(line)]
        pages += bool(bare)
        steps.update({int(re.sub(r"\D", "", line)) - number for line in bare})
    return bool(steps) and max(steps.values()) >= max(2, pages * _SHARE)


# ---- Broken words ----


@dataclass(frozen=True)
class _Words:
    """Puts broken words together as the rest of the document writes them.

    Attributes:
        vocabulary: how often each word stands in the document.
        wrapped: whether its lines are wrapped at one width, which must stay to be seen.
    """

    vocabulary: Counter[str]
    wrapped: bool

    def put_together(self, text: str) -> str:
        """Return `text` with the words whole that its line ends break."""
        return _BROKEN.sub(self.whole, text).replace(HYPHEN, "-")

    def whole(self, match: re.Match[str]) -> str:
        """Return the word that a line end breaks, with what parts it from the next."""
        first, hyphen, second, rest = match.groups()
        if hyphen != "\xad" and not second[0].islower():
            return match[0]
        joined, hyphenated = (first + second).casefold(), f"{first}-{second}".casefold()
        keeps = hyphen != "\xad" and (
            self.vocabulary[hyphenated] > self.vocabulary[joined]
            or (not self.vocabulary[joined] and first.casefold() in _HYPHENATED)
        )
        ends = "\n" if self.wrapped or rest.endswith(TERMINAL) else " "
        return f"{first}{'-' if keeps else ''}{second}{rest}{ends}"


def _over_pages(bodies: Sequence[str], words: _Words) -> list[str]:
    """Return the bodies of pages, a word that goes on over a page on the one where it begins."""
    whole = list(bodies)
    for at in range(len(whole) - 1):
        rest, _, last = whole[at].rpartition("\n")
        first, _, more = whole[at + 1].partition("\n")
        match = _BROKEN.search(f"{last}\n{first}\n")
        joined = words.whole(match) if match else ""
        if match and joined != match[0]:
            line = last[: match.start()] + joined.rstrip()
            whole[at] = f"{rest}\n{line}" if rest else line
            left = f"{last}\n{first}\n"[match.end() :].rstrip("\n")
            whole[at + 1] = "\n".join(part for part in (left, more) if part)
    return whole
