"""One annotation on the lists of a comparison, and what the two sides did about it."""

from __future__ import annotations

from dataclasses import dataclass

from pydantic import JsonValue

from annotate.scoring.outcomes import Kind

_CONTEXT = 60  # characters of the text on either side of a quote


@dataclass(frozen=True, slots=True)
class Item:
    """One annotation, of the gold or wrongly made, and what the two sides did about it.

    Attributes:
        start, end: code points, half-open; equal where it has no place in the text, and then the
            start of the chunk that was read.
        quote: the text there; for one without a place, what was cited.
        leading, trailing: the text before and after, up to 60 characters.
        before, after: how many repeats of each side found it, or made it.
        kind: how it was missed, on the side that misses it most; or in which way it is wrong.
        reason: why its chunk says nothing ("failed", "unsent", …); "" where it was answered.
        gold: id of the gold annotation; "" where it is none.
    """

    document: str
    start: int
    end: int
    category: str
    quote: str
    leading: str
    trailing: str
    before: int
    after: int
    kind: Kind
    reason: str = ""
    gold: str = ""
    must_find: bool = False

    def to_json(self) -> dict[str, JsonValue]:
        """Return the item as a row."""
        return {
            "document": self.document,
            "start": self.start,
            "end": self.end,
            "category": self.category,
            "quote": self.quote,
            "leading": self.leading,
            "trailing": self.trailing,
            "before": self.before,
            "after": self.after,
            "kind": self.kind,
            "reason": self.reason,
            "gold": self.gold,
            "must_find": self.must_find,
        }

    @property
    def place(self) -> tuple[str, int, int, str, str, str, str]:
        """What items are sorted by: the document's name, the span, then what tells equals apart."""
        where = self.document, self.start, self.end
        return (*where, self.category, self.gold, self.kind, self.quote)


def text_around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return the text before and after a span, as far as an item shows it."""
    return text[max(0, start - _CONTEXT) : max(0, start)], text[end : end + _CONTEXT]
