"""Where the words stand that prove a statement: lines, characters, heading, pages of one document.

Lines and characters count the text as it was read, lines from 1 and characters from 0.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.viewer.markup import definitions, find_markup
from annotate.viewer.origin import language

_FOUND = {
    "folded": "cited with other white space, quotes, dashes, case or Markdown marks",
    "fuzzy": "cited with two neighbouring letters swapped inside one long word",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a range of a text stands.

    Attributes:
        lines: the first and the last one.
        headings: what heads it, outermost first.
        pages: their numbers; none where the document has no pages.
    """

    start: int
    end: int
    lines: tuple[int, int]
    headings: tuple[str, ...] = ()
    pages: tuple[int, ...] = ()

    def __str__(self) -> str:
        first, last = self.lines
        lines = f"line {first}" if first == last else f"lines {first}–{last}"
        numbers = [str(number) for number in self.pages]
        pages = f"page{'s' * (len(numbers) > 1)} {', '.join(numbers)}, " if numbers else ""
        return f"{pages}{lines}, characters {self.start}–{self.end}"

    @property
    def heading(self) -> str:
        """The headings as one line."""
        return " › ".join(self.headings)  # noqa: RUF001


@dataclass(frozen=True, slots=True)
class Citation:
    """A quote, where it stands, and what is known of how sure that is.

    Attributes:
        lead: the stems that the words complete; "" where they stand for themselves.
        remarks: what is less sure than words that were cited letter by letter and stand once.
        samples: how many samples of a run found it, "" where there is one alone.
        language: the code of its language, "" where it is not known.
    """

    quote: str
    place: Place
    lead: str = ""
    remarks: tuple[str, ...] = ()
    samples: str = ""
    language: str = ""

    @property
    def located(self) -> str:
        """Where it stands, below which heading, and how many samples found it there."""
        under = f", under {self.place.heading}" if self.place.headings else ""
        return f"{self.place}{under}{'; ' * bool(self.samples)}{self.samples}"


class Places:
    """Finds places in a document.

    Args:
        samples: what each other sample of the run found in it.
    """

    def __init__(self, document: Document, samples: Sequence[Sequence[Annotation]] = ()) -> None:
        self._document = document
        self._samples = samples
        self._lines = [at for at, sign in enumerate(document.text) if sign == "\n"]
        marked = document.format == "markdown" and document.layout is None
        self._defined = definitions(document.text) if marked else None

    def cite(self, annotation: Annotation) -> Citation:
        """Return the quote of an annotation with its place."""
        start, end = annotation.start, annotation.end
        return Citation(
            self.words(start, end),
            self.at(start, end),
            self._lead(start),
            tuple(_remarks(annotation)),
            self._agreement(annotation),
            language(self._document.languages.at(start)),
        )

    def at(self, start: int, end: int) -> Place:
        """Return the place of a range."""
        pages = tuple(page.number for page in self._document.pages_of(start, end))
        lines = self._line(start), self._line(max(start, end - 1))
        return Place(start, end, lines, self._headings(start), pages)

    def words(self, start: int, end: int) -> str:
        """Return a range of the text on one line, without the signs that only mark words."""
        text, reached, kept = self._document.text, start, []
        if self._defined is not None:
            for first, after in find_markup(text, start, end, self._defined).signs:
                kept.append(text[reached:first])
                reached = max(reached, after)
        kept.append(text[reached:end])
        return " ".join("".join(kept).split())

    def _agreement(self, annotation: Annotation) -> str:
        """Say how many samples found a statement of this category there, and with these values."""
        if not self._samples:
            return ""
        found = [
            [each for each in sample if _is_there(each, annotation)] for sample in self._samples
        ]
        alike = [[e for e in own if e.attributes == annotation.attributes] for own in found]
        count, same = (1 + sum(map(bool, each)) for each in (found, alike))
        said = f"found in {count} of {1 + len(found)} samples"
        return said if same == count else f"{said}, with these values in {same}"

    def _line(self, at: int) -> int:
        return bisect_right(self._lines, at - 1) + 1

    def _headings(self, start: int) -> tuple[str, ...]:
        segmentation = self._document.segmentation
        unit = segmentation.unit_at(start)
        heads = [segmentation.units[head] for head in unit.headings] if unit else []
        return tuple(self.words(head.start, head.end) for head in heads)

    def _lead(self, start: int) -> str:
        segmentation = self._document.segmentation
        unit = segmentation.unit_at(start)
        stems = segmentation.stems(unit) if unit else ()
        return " ".join(self.words(stem.start, stem.end) for stem in stems)


def _is_there(other: Annotation, annotation: Annotation) -> bool:
    """Tell whether another annotation is of the same category, and shares words with this one."""
    touches = other.start < annotation.end and annotation.start < other.end
    return touches and other.category == annotation.category


def _remarks(annotation: Annotation) -> list[str]:
    remarks = [_FOUND[annotation.grounding]] if annotation.grounding in _FOUND else []
    if annotation.confidence is not None and annotation.confidence < 1:
        remarks.append(f"confidence {annotation.confidence:.2f}")
    if annotation.ambiguous:
        places = max(each.places for each in annotation.evidence)
        remarks.append(
            f"these words stand at {places} places, and nothing says which one was meant"
        )
    return remarks
