"""Compare what two sides state, document by document and statement by statement."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.differences.asked import pattern_of
from annotate.differences.changes import KINDS, Change, Kind, changes
from annotate.differences.facts import Silencing, new_facts, silencings
from annotate.differences.pairing import pair_by_content, pair_by_span
from annotate.differences.pairs import Named, listed, paired
from annotate.differences.sides import Reading, Side, opened, read_side
from annotate.differences.statements import statements
from annotate.errors import NotComparable
from annotate.runs.reader import Run
from annotate.runs.selection import Selection, select
from annotate.schema.categories import Schema
from annotate.schema.vocabulary import Vocabulary
from annotate.scoring.facts import Fact

if TYPE_CHECKING:
    from annotate.pipeline.progress import Progress


@dataclass(frozen=True)
class DocumentDiff:
    """What changed from one document to another, or from one reading of it to another.

    Attributes:
        changes: what became of every statement, in the order of the text afterwards.
        gained, lost: facts that only one side states anywhere.
        silencings: categories that only one side states.
    """

    before: Reading
    after: Reading
    changes: tuple[Change, ...]
    gained: tuple[Fact, ...]
    lost: tuple[Fact, ...]
    silencings: tuple[Silencing, ...]

    @property
    def name(self) -> str:
        """The name of the document, or both names where they differ."""
        old, new = self.before.document.id, self.after.document.id
        return old if old == new else f"{old} → {new}"

    @property
    def same_text(self) -> bool:
        """Whether both sides read the same text, and statements were paired by their spans."""
        return self.before.document.sha256 == self.after.document.sha256

    def select(self, selection: Selection) -> DocumentDiff | None:
        """Return what of it is asked for; None where another document is."""
        ids = (self.before.document.id, self.after.document.id)
        if not any(map(selection.takes_document, ids)):
            return None
        if selection.by_document_alone:
            return self
        asked = replace(selection, documents=())
        found = tuple(change for change in self.changes if change.concerns(asked))
        # Facts and silences are of whole categories: more is asked for than they tell.
        names = selection.categories if selection.by_category_alone else ()
        return replace(
            self,
            changes=found,
            gained=tuple(each for each in self.gained if each.category in names),
            lost=tuple(each for each in self.lost if each.category in names),
            silencings=tuple(each for each in self.silencings if each.category in names),
        )

    @property
    def doubts(self) -> Iterator[str]:
        """Yield what was not read, so that what seems to have come or gone may have been there."""
        for which, reading, what in (
            ("before", self.before, "added"),
            ("afterwards", self.after, "removed"),
        ):
            if reading.gap:
                yield f"{which}: {reading.gap}; what is called {what} may have stood there"

    def to_json(self) -> dict[str, JsonValue]:
        """Return the difference of the document."""
        return {
            "before": self.before.document.id,
            "after": self.after.document.id,
            "same_text": self.same_text,
            "counts": dict(count(self.changes)),
            "changes": [each.to_json() for each in self.changes],
            "gained": [str(fact) for fact in self.gained],
            "lost": [str(fact) for fact in self.lost],
            "silencings": [each.to_json() for each in self.silencings],
            "doubts": list(self.doubts),
        }


@dataclass(frozen=True)
class Diff:
    """What changed between two sides.

    Attributes:
        documents: what changed in each document that both sides have.
        only_before, only_after: documents that were not compared, as the other side has none to
            compare them with.
    """

    before: Side
    after: Side
    documents: tuple[DocumentDiff, ...]
    only_before: tuple[str, ...]
    only_after: tuple[str, ...]

    @property
    def schema(self) -> Schema | None:
        """The schema of the task, of the later side first; None where none is at hand."""
        return self.after.schema or self.before.schema

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The categories, attributes and values that changes can be asked for by."""
        if self.schema is not None:
            return Vocabulary.of_schema(self.schema)
        sides = [side for each in self.changes for side in each.sides]
        return Vocabulary.of_annotations(side.annotation for side in sides)

    def select(self, **asked: Any) -> Diff:
        """Return the difference of what is asked for: changes that concern it on either side.

        Takes what `annotate.Run.annotations` takes: category, document, where, text.

        Raises:
            UsageError: where a category, a document, an attribute or a value is unknown.
        """
        ids = [side.document.id for each in self.documents for side in (each.before, each.after)]
        selection = select(self.vocabulary, documents=dict.fromkeys(ids), **asked)
        narrowed = (each.select(selection) for each in self.documents)
        return replace(self, documents=tuple(each for each in narrowed if each is not None))

    def failing(self, patterns: Iterable[str]) -> dict[str, int]:
        """Return by pattern how many changes of content concern it on either side.

        A pattern is a category, a value such as `sharing.recipients=affiliate`, or `any`.

        Raises:
            UsageError: where there is no such category or value.
        """
        content = [change for change in self.changes if change.of_content]
        watched = {each: pattern_of(self.vocabulary, each) for each in patterns}
        return {
            pattern: sum(change.concerns(selection) for change in content)
            for pattern, selection in watched.items()
        }

    @property
    def complete(self) -> bool:
        """Whether both sides were read to their end, and answered."""
        return self.before.complete and self.after.complete

    @property
    def changes(self) -> Iterator[Change]:
        """Yield the changes of all documents."""
        for each in self.documents:
            yield from each.changes

    @cached_property
    def notes(self) -> tuple[str, ...]:
        """What a reader has to know before trusting the difference."""
        return tuple(_notes(self))

    def by_category(self) -> dict[str, Counter[Kind]]:
        """Return how many statements became what, by category, in the order of the schema."""
        found: dict[str, Counter[Kind]] = {}
        for each in self.changes:
            found.setdefault(each.category, Counter())[each.kind] += 1
        declared = [
            name for name in (self.schema.categories if self.schema else ()) if name in found
        ]
        return {name: found[name] for name in (*declared, *sorted(found.keys() - {*declared}))}

    def to_json(self) -> dict[str, JsonValue]:
        """Return the whole difference, with what was kept."""
        return {
            "before": self.before.name,
            "after": self.after.name,
            "complete": self.complete,
            "notes": list(self.notes),
            "counts": dict(count(self.changes)),
            "by_category": {name: _filled(found) for name, found in self.by_category().items()},
            "documents": [each.to_json() for each in self.documents],
            "only_before": list(self.only_before),
            "only_after": list(self.only_after),
        }


def count(found: Iterator[Change] | Sequence[Change]) -> dict[str, JsonValue]:
    """Return how many statements became what."""
    return _filled(Counter(each.kind for each in found))


def _filled(found: Mapping[Kind, int]) -> dict[str, JsonValue]:
    return {kind: found.get(kind, 0) for kind in KINDS}


def diff(
    before: Run | str | Path,
    after: Run | str | Path | None = None,
    *,
    pairs: Sequence[Named] | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> Diff:
    """Say what changed between two runs, files or folders of texts.

    Documents of the same name are compared, or those of `pairs`: names before and afterwards.
    Without `after`, `pairs` are of documents of one run. Texts that are no run are annotated first,
    with the settings of `annotate.run`; without a `model` by the offline baseline.

    Statements of different texts are paired by what they say, those of one text by where they
    stand: see `annotate.differences.pairing`.

    Raises:
        UsageError: where a name stands for nothing, or a pair names no document.
        NotComparable: where the sides are of different tasks, or no documents belong together.
    """
    with ExitStack() as stack:
        old = stack.enter_context(opened(before, on_progress, settings))
        new = old if after is None else stack.enter_context(opened(after, on_progress, settings))
        one = read_side(old, _name(before))
        other = one if after is None else read_side(new, _name(after))
    return diff_sides(one, other, pairs)


def _name(side: Run | str | Path) -> str:
    return str(side.path if isinstance(side, Run) else side)


def diff_sides(before: Side, after: Side, pairs: Sequence[Named] | None = None) -> Diff:
    """Say what changed between two sides that were read already.

    Raises:
        UsageError, NotComparable: as `diff`.
    """
    if before.task != after.task:
        raise NotComparable(
            f"{before.name} is of task {before.task or '?'}, {after.name} of task "
            f"{after.task or '?'}; compare what one task says"
        )
    found = paired([*before.readings], [*after.readings], pairs)
    documents = tuple(
        diff_documents(before.readings[old], after.readings[new]) for old, new in found.pairs
    )
    return Diff(before, after, documents, found.only_before, found.only_after)


def diff_documents(before: Reading, after: Reading) -> DocumentDiff:
    """Say what changed from one reading of a document to another."""
    old, new = (statements(side.document, side.annotations) for side in (before, after))
    same = before.document.sha256 == after.document.sha256
    text = before.document.text
    pairs = pair_by_span(old, new, text) if same else pair_by_content(old, new)
    return DocumentDiff(
        before,
        after,
        tuple(changes(old, new, pairs, same_text=same)),
        new_facts(old, new),
        new_facts(new, old),
        tuple(silencings(before.silence, after.silence)),
    )


def _notes(found: Diff) -> Iterator[str]:
    for name in dict.fromkeys([*found.before.made, *found.after.made]):
        old, new = (side.made.get(name) for side in (found.before, found.after))
        if old != new:
            yield (
                f"the sides differ in {name}: {_short(old)}, then {_short(new)}; what changed may "
                "be how the texts were read"
            )
    for side in ("before", "after"):
        read: Side = getattr(found, side)
        if not read.complete:
            yield f"{side}: {read.name} is incomplete; annotate show {read.name} says why"
        for each in read.unreadable:
            yield f"{side}: could not be read: {each}"
    for side, names in (("before", found.only_before), ("after", found.only_after)):
        if names:
            yield f"only {side}, not compared: {listed(names)}"
    for side in ("before", "after"):
        if getattr(found, side).schema is None:
            yield f"{side}: the schema of the run is not at hand: nothing is said of silences"


def _short(value: str | None) -> str:
    text = "none" if value is None else value
    return text if len(text) <= 40 else f"{text[:12]}…"
