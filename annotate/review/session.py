"""One annotator's review of a run: its annotations as they stand, and decisions on them.

Nothing but the log is written, and every decision is checked before it is: the words stand in the
text, and what is kept fits the schema.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import Self

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import InvalidAnnotation, UsageError
from annotate.gold.records import Record, checked
from annotate.gold.store import Gold
from annotate.grounding.widening import widen
from annotate.review.chunks import Chunks
from annotate.review.decisions import KEPT, VERDICTS, Action, Decision, History
from annotate.review.doubts import Other, doubts
from annotate.review.items import Item, identified, items
from annotate.review.log import Log, log_path
from annotate.review.order import Order, in_order
from annotate.runs.reader import Run, by_document
from annotate.schema.categories import Schema
from annotate.scoring.labels import Status

NEW = "new-"
"""Begins the id of an annotation that was added."""


class Overtaken(UsageError):
    """A decision that was made without sight of a newer one, in another window perhaps."""


class Wanted(Record):
    """A decision as a page asks for it; what is left out stays as it is."""

    action: Action
    id: str = ""
    """Of the annotation, or of the chunk that was read; "" of one that is added."""
    seen: int = 0
    """The number of the last decision on it that the page shows; for an undo or a redo that of the
    decision that it is about."""
    document: str = ""
    category: str = ""
    attributes: dict[str, JsonValue] | None = None
    start: int | None = None
    end: int | None = None
    exact: bool = False
    """Whether the span is meant as it is, also within a unit."""
    status: Status | None = None
    must_find: bool | None = None
    why: str | None = None


class Review:
    """A run under review by one annotator, inside a `with` block.

    Attributes:
        documents: those that are reviewed, by id.
        suggested: the annotations of the run in these, by their ids.
        entries: how the chunks of each document ended.
        gold: what is shown beside them, and can be taken over.
        order: in which they come up.
        doubts: what speaks against each of them, where they come up by that.

    Raises:
        UsageError: where the log cannot be written, or the run has no such document.
        RunError: where the run is damaged.
    """

    def __init__(
        self,
        run: Run,
        schema: Schema,
        annotator: str,
        only: Sequence[str] = (),
        *,
        curation: bool = False,
        gold: Gold | None = None,
        order: Order = "document",
        others: Sequence[Other] = (),
    ) -> None:
        self.gold = gold
        self.order = order
        self.run = run
        self.schema = schema
        self.annotator = annotator
        self.documents = {each.id: each for each in run.documents() if not only or each.id in only}
        if missing := [name for name in only if name not in self.documents]:
            raise UsageError(f"{run.path}: has no document {missing[0]!r}")
        self.entries = by_document(run.ledger(), lambda entry: entry.document)
        found = identified(run.annotations())
        self.suggested = {name: each for name, each in found if each.document in self.documents}
        texts = {name: each.text for name, each in self.documents.items()}
        self.doubts = doubts(self.suggested, texts, others) if order == "doubt" else {}
        self.log = Log(log_path(run.path, annotator, curation=curation), annotator)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.log.__exit__()

    @property
    def history(self) -> History:
        """Everything that was decided, as far as it was read last."""
        return self.log.history

    def items(self) -> list[Item]:
        """Return every annotation of the documents as it stands now."""
        found = items(self.suggested, self.history.current())
        return [each for each in found if each.document in self.documents]

    def ordered(self, found: Iterable[Item]) -> list[str]:
        """Return the ids of annotations in the order in which they come up."""
        categories = list(self.schema.categories)
        return in_order(
            found,
            self.documents,
            self.order,
            categories=categories,
            doubts=self.doubts,
            chunks=self.chunks if self.order == "chunks" else None,
        )

    @cached_property
    def chunks(self) -> Chunks:
        """The chunks of the documents, as they are drawn to be read whole."""
        return Chunks(self.documents.values(), self.entries)

    def decide(self, wanted: Wanted) -> Decision:
        """Append a decision to the log and return it.

        Raises:
            InvalidAnnotation: where what is kept does not fit the schema.
            Overtaken: where the page has not seen the last decision on it.
            UsageError: where it is about nothing that is there.
            OSError: where the log cannot be written.
        """
        return self.log.append(lambda history: self._decision(wanted, history))

    def _decision(self, wanted: Wanted, history: History) -> dict[str, object]:
        if wanted.action in ("undo", "redo"):
            return _turned(wanted, history)
        if wanted.action == "read":
            return self._read(wanted, history)
        if wanted.action == "add":
            item = self._added(wanted)
        else:
            item = self._item(wanted.id, history)
            now = item.decision.n if item.decision else 0
            if wanted.seen != now:
                raise Overtaken("it was decided elsewhere meanwhile; look at it again")
        return self._checked(wanted, item)

    def _read(self, wanted: Wanted, history: History) -> dict[str, object]:
        chunk = self.chunks.get(wanted.id)
        if chunk is None:
            raise UsageError(f"there is no chunk {wanted.id[:40]!r}; load the page again")
        if chunk.id in history.read():
            raise Overtaken("it was read already, in another window perhaps")
        own = self.chunks.parted(self.items()).get(chunk.id, ())
        if left := sum(each.is_open for each in own):
            raise UsageError(f"annotations of this chunk are open: {left}; decide on them first")
        return {
            "action": "read",
            "id": chunk.id,
            "document": chunk.document,
            "category": "",
            "attributes": {},
            "start": chunk.start,
            "end": chunk.end,
            "quote": "",
            "why": wanted.why or "",
        }

    def _item(self, name: str, history: History) -> Item:
        held = history.about(name)
        decided = {name: held[-1]} if held else {}
        suggested = {name: self.suggested[name]} if name in self.suggested else {}
        found = next(items(suggested, decided), None)
        if found is None or found.document not in self.documents:
            raise UsageError(f"there is no annotation {name[:40]!r}; load the page again")
        return found

    def _added(self, wanted: Wanted) -> Item:
        if wanted.document not in self.documents:
            raise UsageError(f"there is no document {wanted.document[:80]!r}")
        if wanted.start is None or wanted.end is None:
            raise UsageError("an annotation that is added needs its span")
        name = f"{NEW}{secrets.token_hex(6)}"
        return Item(name, wanted.document, wanted.start, wanted.end, wanted.category, {}, "")

    def _checked(self, wanted: Wanted, item: Item) -> dict[str, object]:
        """Return the decision in full; of an annotation that is kept all has to be right."""
        document = self.documents[item.document]
        start, end = self._span(wanted, item, document)
        category = wanted.category or item.category
        given = item.attributes if wanted.attributes is None else wanted.attributes
        action = wanted.action
        if action == "comment" and item.decision:
            action = item.decision.action  # a remark leaves the verdict as it is
        if VERDICTS[action] in KEPT:
            parsed = self.schema.parse({**given, "category": category})
            given = parsed.attribute_values()
        status = wanted.status or item.status
        must_find = item.must_find if wanted.must_find is None else wanted.must_find
        if must_find and status == "optional":
            raise InvalidAnnotation(("optional and must be found: choose one of the two",))
        return {
            "action": _named(action, item, (start, end, category, dict(given))),
            "id": item.id,
            "document": item.document,
            "category": category,
            "attributes": dict(given),
            "start": start,
            "end": end,
            "quote": document.text[start:end],
            "status": status,
            "must_find": must_find,
            "why": item.why if wanted.why is None else wanted.why,
        }

    def _span(self, wanted: Wanted, item: Item, document: Document) -> tuple[int, int]:
        moved = wanted.action in ("correct", "add")
        start = wanted.start if moved and wanted.start is not None else item.start
        end = wanted.end if moved and wanted.end is not None else item.end
        if not 0 <= start < end <= len(document.text) or not document.text[start:end].strip():
            raise InvalidAnnotation(("the span holds no words of the text: select it again",))
        if moved and self.schema.unit is not None and not wanted.exact:
            return widen(document.segmentation, start, end)
        return start, end


def _named(
    action: Action, item: Item, content: tuple[int, int, str, dict[str, JsonValue]]
) -> Action:
    """Say what a decision is in the end.

    An annotation that was added stays one; what a run says is corrected where it is kept otherwise.
    """
    if VERDICTS[action] not in KEPT:
        return action
    if item.suggested is None:
        return "add"
    said = item.suggested
    before = said.start, said.end, said.category, dict(said.attributes)
    return "accept" if content == before else "correct"


def _turned(wanted: Wanted, history: History) -> dict[str, object]:
    made = history.undoable if wanted.action == "undo" else history.redoable
    if made is None:
        raise UsageError(f"there is nothing to {wanted.action}")
    if wanted.seen != made.n:
        raise Overtaken("something else was decided meanwhile; look at it again")
    said = made.model_dump(mode="json", exclude={"n", "at", "by", "action", "of"})
    return {**said, "action": wanted.action, "of": made.n}


def read_wanted(content: Mapping[str, JsonValue]) -> Wanted:
    """Return what a page asks for.

    Raises:
        UsageError: where it is none of ours.
    """
    return checked(Wanted, content, "the decision")
