"""Web pages in the manner of real ones, and how well they are read as a person reads them.

    python -m tests.support.web_pages             rates, page by page
    python -m tests.support.web_pages --wrong     what was read in another way, too
    python -m tests.support.web_pages breaks faq  of these pages

Beside each page of `tests/documents/web_pages` stands its truth, a line per unit in reading order:

    ## Cookies              a heading; the number of "#" is its depth
    = Purpose               heads others, but not what follows it (a cell, a term, a caption)
    - We keep … two years.  a unit of the text: its first and its last words, or all of them
    - Six months <= A | B   it is headed by A and B beside the headings above
    - Six months <=*        what heads it is open to doubt, and not judged
    ! Skip to content       furniture
    @2                      from here on only headings down to depth 2 stand above
"""

from __future__ import annotations

import argparse
import re
import sys
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

from annotate import read_documents
from annotate.documents.document import Document
from tests.support.checkout import ROOT
from tests.support.visible import visible_words, words

PAGES = ROOT / "tests" / "documents" / "web_pages"
ELLIPSIS = "…"
_NUMBER = re.compile(r"\d+|[a-z]|[ivx]+")


@dataclass(frozen=True)
class Line:
    """A line of the truth.

    Attributes:
        kind: "text", "heading" or "furniture".
        begin, end: its words among those that the page shows.
        context: the words of each of its heads, outermost first; None where this is not judged.
    """

    kind: str
    written: str
    begin: int
    end: int
    context: tuple[tuple[str, ...], ...] | None


@dataclass
class Rates:
    """What was read as a person reads it, in counts."""

    units: int = 0
    wrong: int = 0
    furniture: int = 0
    found: int = 0
    words: int = 0
    taken: int = 0
    judged: int = 0
    headed: int = 0
    most_taken: float = 0.0
    remarks: list[str] = field(default_factory=list)

    def add(self, other: Rates) -> None:
        """Count what another page gave as well."""
        for name in ("units", "wrong", "furniture", "found", "words", "taken", "judged", "headed"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.most_taken = max(self.most_taken, other.most_taken)

    @property
    def wrong_in_100(self) -> float:
        """Units that were read in another way, per 100."""
        return 100 * self.wrong / max(self.units, 1)

    @property
    def furniture_found(self) -> float:
        """Share of the lines of furniture that were found, in percent."""
        return 100 * self.found / self.furniture if self.furniture else 100.0

    @property
    def text_taken(self) -> float:
        """Share of the words of the text that were taken for furniture, in percent."""
        return 100 * self.taken / max(self.words, 1)

    @property
    def context_right(self) -> float:
        """Share of the units of text with the right heads, in percent."""
        return 100 * self.headed / max(self.judged, 1)


def page_names() -> list[str]:
    """Return the names of all pages."""
    return sorted(path.stem for path in PAGES.glob("*.html"))


# ---- The truth ----


def read_truth(path: Path, shown: Sequence[str]) -> list[Line]:
    """Read a truth, and find its lines among the words that the page shows.

    Raises:
        ValueError: where the page does not show the words of a line, or shows words between lines.
    """
    lines: list[Line] = []
    above: list[tuple[int, tuple[str, ...]]] = []
    reached = 0
    for row in path.read_text(encoding="utf-8").splitlines():
        mark, _, written = row.partition(" ")
        if mark.startswith("@"):
            above = [each for each in above if each[0] <= int(mark[1:])]
            continue
        written, headed, heads = written.partition(" <=")
        begin, end = _place(written, shown, reached, path.stem)
        _check_between(shown[reached:begin], path.stem, row)
        reached = end
        kind = {"-": "text", "!": "furniture"}.get(mark, "heading")
        path_words = tuple(each for _, each in above)
        more = tuple(_bare(words(each)) for each in heads.split("|") if each.strip())
        judged = kind == "text" and not (headed and heads == "*")
        lines.append(Line(kind, written, begin, end, (*path_words, *more) if judged else None))
        if mark.startswith("#"):
            above = [each for each in above if each[0] < len(mark)]
            above.append((len(mark), _bare(words(written))))
    _check_between(shown[reached:], path.stem, "the end")
    return lines


def _place(written: str, shown: Sequence[str], reached: int, name: str) -> tuple[int, int]:
    parts = [words(part) for part in written.split(ELLIPSIS)]
    begin = _find(parts[0], shown, reached)
    end = begin + len(parts[0])
    if begin >= 0 and len(parts) > 1:
        last = _find(parts[-1], shown, end)
        end = last + len(parts[-1]) if last >= 0 else -1
    if begin < 0 or end < 0:
        raise ValueError(f"{name}: the page does not show {written!r} behind word {reached}")
    return begin, end


def _find(wanted: Sequence[str], shown: Sequence[str], start: int) -> int:
    for at in range(start, len(shown) - len(wanted) + 1):
        if list(shown[at : at + len(wanted)]) == list(wanted):
            return at
    return -1


def _check_between(left: Sequence[str], name: str, row: str) -> None:
    if any(not _NUMBER.fullmatch(word) for word in left):
        raise ValueError(f"{name}: no line has {' '.join(left)!r}, before {row!r}")


def _bare(found: Sequence[str]) -> tuple[str, ...]:
    """Take the number off a heading: it may count as part of it or not."""
    start = 0
    while start < len(found) - 1 and _NUMBER.fullmatch(found[start]):
        start += 1
    return tuple(found[start:])


# ---- What the tool read ----


class Read:
    """A document as its words, each with the unit that it stands in."""

    def __init__(self, document: Document) -> None:
        self.found = document.segmentation
        units = self.found.units
        starts = [unit.start for unit in units]
        ranges = self.found.furniture
        furnished = [each.start for each in ranges]
        self.words: list[str] = []
        self.units: list[int | None] = []
        self.furniture: list[bool] = []
        for match in re.finditer(r"\w+", document.text):
            at = bisect_right(starts, match.start()) - 1
            inside = at >= 0 and match.start() < units[at].end
            around = bisect_right(furnished, match.start()) - 1
            # Folding may part a word, as the ligature of s and t.
            for word in words(match[0]):
                self.words.append(word)
                self.units.append(at if inside else None)
                self.furniture.append(around >= 0 and match.start() < ranges[around].end)
        self.first: dict[int, int] = {}
        self.last: dict[int, int] = {}
        for position, unit in enumerate(self.units):
            if unit is not None:
                self.first.setdefault(unit, position)
                self.last[unit] = position

    def is_heading(self, unit: int) -> bool:
        """Tell whether a unit heads others and states nothing."""
        return self.found.units[unit].kind == "heading"

    def context(self, unit: int) -> tuple[tuple[str, ...], ...]:
        """Return the words of what heads a unit, outermost first."""
        heads = self.found.units[unit].headings
        return tuple(_bare(words(self.found.quote(self.found.units[each]))) for each in heads)


def measure(name: str) -> Rates:
    """Read a page, and compare what was read with its truth."""
    path = PAGES / f"{name}.html"
    shown = visible_words(path.read_text(encoding="utf-8"))
    lines = read_truth(path.with_suffix(".txt"), shown)
    (document,) = read_documents([path])
    read = Read(document)
    matcher = SequenceMatcher(None, shown, read.words, autojunk=False)
    place = {
        block.a + step: block.b + step
        for block in matcher.get_matching_blocks()
        for step in range(block.size)
    }
    rates = Rates()
    for line in lines:
        at = [(number, place.get(number)) for number in range(line.begin, line.end)]
        missing = [shown[n] for n, found in at if found is None and not shown[n].isdigit()]
        found = [each for _, each in at if each is not None]
        if line.kind == "furniture":
            rates.furniture += 1
            if found and not missing and all(read.furniture[each] for each in found):
                rates.found += 1
            else:
                rates.remarks.append(f"not furniture: {line.written}")
        else:
            _judge(line, read, found, missing, rates)
    _count_strays(read, set(place.values()), rates)
    rates.most_taken = rates.text_taken
    return rates


def _judge(
    line: Line, read: Read, found: Sequence[int], missing: Sequence[str], rates: Rates
) -> None:
    rates.units += 1
    rates.words += line.end - line.begin
    taken = sum(read.furniture[each] for each in found)
    rates.taken += taken
    if taken:
        rates.remarks.append(f"taken for furniture: {line.written}")
    lost = missing or not found
    problem = "lost: " + " ".join(missing) if lost else _problem(line, read, found)
    if problem:
        rates.wrong += 1
        rates.remarks.append(f"{line.kind} {problem}: {line.written}")
    unit = read.units[found[0]] if found else None
    if line.context is None or line.kind != "text":
        return
    rates.judged += 1
    got = read.context(unit) if unit is not None else None
    rates.headed += got == line.context
    if got != line.context:
        said = " > ".join(" ".join(each) for each in got or ())
        wanted = " > ".join(" ".join(each) for each in line.context)
        rates.remarks.append(f"headed by [{said}] instead of [{wanted}]: {line.written}")


def _problem(line: Line, read: Read, found: Sequence[int]) -> str:
    first, last = read.units[found[0]], read.units[found[-1]]
    if line.kind == "heading" and first is None:  # its number is no part of it
        numbers = [each for each in found if read.units[each] is None]
        found = found[len(numbers) :] or found
        first = read.units[found[0]]
    if first is None or last is None:
        return "in no unit"
    if read.first[first] != found[0]:
        return f"begins within {read.found.quote(read.found.units[first])!r}"
    if first != last:
        return "was cut"
    if read.last[last] != found[-1]:
        return f"goes on in {read.found.quote(read.found.units[last])!r}"
    if read.is_heading(first) != (line.kind == "heading"):
        return f"is {read.found.units[first].kind}"
    return ""


def _count_strays(read: Read, placed: set[int], rates: Rates) -> None:
    """Count units of text that the page does not show."""
    for unit in read.first:
        if not any(at in placed for at in range(read.first[unit], read.last[unit] + 1)):
            rates.wrong += 1
            rates.remarks.append(f"not shown: {read.found.quote(read.found.units[unit])}")


# ---- The command ----


def _rows(names: Sequence[str], *, wrong: bool) -> Iterator[str]:
    total = Rates()
    yield "page         units wrong in 100 furniture text taken   heads"
    for name in names:
        rates = measure(name)
        total.add(rates)
        yield _row(name, rates)
        yield from (f"    {remark}" for remark in rates.remarks if wrong)
    yield _row("all", total)
    yield f"most of a page's text taken for furniture: {total.most_taken:.1f}%"


def _row(name: str, rates: Rates) -> str:
    return (
        f"{name:12} {rates.units:5} {rates.wrong_in_100:12.1f} {rates.furniture_found:8.1f}%"
        f" {rates.text_taken:9.1f}% {rates.context_right:6.1f}%"
    )


def main() -> int:
    """Print how well the pages are read."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("names", nargs="*", help="pages; all where none is named")
    parser.add_argument("--wrong", action="store_true", help="print what was read in another way")
    asked = parser.parse_args()
    for row in _rows(asked.names or page_names(), wrong=asked.wrong):
        print(row)
    return 0


if __name__ == "__main__":
    sys.exit(main())
