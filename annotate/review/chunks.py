"""The chunks of a run as they are drawn to be read whole, and the recall that follows from it.

Only chunks that were answered are drawn: what the run did not read it cannot miss.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.ledger import Entry
from annotate.review.draw import drawn
from annotate.review.items import Item, id_of
from annotate.review.rates import Recall, placed, recall


@dataclass(frozen=True, slots=True)
class Chunk:
    """A chunk that can be read whole; `id` says what stands in it, and where."""

    id: str
    document: str
    start: int
    end: int


class Chunks:
    """The chunks of documents that were answered; iterated, they come as they were drawn."""

    def __init__(
        self, documents: Iterable[Document], entries: Mapping[str, Sequence[Entry]]
    ) -> None:
        self._known: dict[str, Chunk] = {}
        self._starts: dict[str, list[int]] = {}
        self._own: dict[str, list[Chunk]] = {}
        for document in documents:
            answered = [each for each in entries.get(document.id, ()) if each.answered]
            own = sorted((_chunk(document, each) for each in answered), key=lambda each: each.start)
            self._own[document.id] = own
            self._starts[document.id] = [each.start for each in own]
            self._known |= {each.id: each for each in own}
        self._order = [self._known[name] for name in drawn(self._known)]

    def __iter__(self) -> Iterator[Chunk]:
        return iter(self._order)

    def __len__(self) -> int:
        return len(self._order)

    def get(self, name: str) -> Chunk | None:
        """Return the chunk with an id, None where there is none."""
        return self._known.get(name)

    def holding(self, span: Item | Annotation) -> str | None:
        """Return the id of the chunk in which a span begins; None where that was not answered."""
        place = bisect_right(self._starts.get(span.document, ()), span.start) - 1
        chunk = self._own[span.document][place] if place >= 0 else None
        return chunk.id if chunk and span.start < chunk.end else None

    def parted(self, found: Iterable[Item]) -> dict[str, list[Item]]:
        """Return the annotations of each chunk, by its id; [] where it has none."""
        own: defaultdict[str, list[Item]] = defaultdict(list)
        for each in found:
            if name := self.holding(each):
                own[name].append(each)
        return own


def _chunk(document: Document, entry: Entry) -> Chunk:
    said = (document.id, entry.start, entry.end, document.text[entry.start : entry.end])
    return Chunk(f"chunk-{id_of(said)}", document.id, entry.start, entry.end)


def recall_of(chunks: Chunks, found: Iterable[Item], read: Collection[str]) -> Recall:
    """Return what the chunks that were read say about what the run misses.

    The chunks that were drawn first count, up to the first one that is not read, or in which an
    annotation is open: who leaves out what is long would bend the share.
    """
    own = chunks.parted(found)
    rows: list[tuple[int, int]] = []
    for chunk in chunks:
        if chunk.id not in read or any(each.is_open for each in own.get(chunk.id, ())):
            break
        rows.append(_counted(own.get(chunk.id, ())))
    return recall(rows, len(chunks))


def _counted(own: Iterable[Item]) -> tuple[int, int]:
    """Count what the run found in a chunk, and what it missed; what is optional is neither.

    What was moved to another category, or to other words, was missed where it belongs.
    """
    wanted = [each for each in own if each.is_kept and each.status != "optional"]
    found = sum(
        each.suggested is not None and (each.verdict == "accepted" or placed(each))
        for each in wanted
    )
    return found, len(wanted) - found
