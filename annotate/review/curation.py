"""What several annotators made of the same annotations, and what was decided where they differ.

    cases = compared(run, [replay(path) for path in logs_of(run.path)])
    differing = [case for case in cases if case.differs]

A case is an annotation of the run, or what was added on one span under one category. Whoever
decided nothing in a document has no say in it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.annotation import Annotation
from annotate.review.decisions import KEPT, Decision
from annotate.review.items import Item, decided_item, id_of, identified, items
from annotate.review.log import Replayed, logs_of, replay
from annotate.review.session import NEW, Review
from annotate.runs.reader import Run
from annotate.schema.categories import Schema


@dataclass(frozen=True, slots=True)
class Version:
    """What some annotators made of a case.

    Attributes:
        item: what they kept, None where they kept nothing.
        by: their names.
        remarks: what they say about it.
    """

    item: Item | None
    by: tuple[str, ...]
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """What annotators made of one annotation.

    Attributes:
        versions: those that kept something come first.
        pending: the names of those who have not decided on it.
        suggested: what the run says, None where it was added.
    """

    id: str
    document: str
    versions: tuple[Version, ...]
    pending: tuple[str, ...] = ()
    suggested: Annotation | None = None

    @property
    def differs(self) -> bool:
        """Whether they decided differently."""
        return len(self.versions) > 1

    @property
    def shown(self) -> Item:
        """What there is to look at: the first version that was kept."""
        found = next((each.item for each in self.versions if each.item), None)
        if found is None:
            raise ValueError(f"{self.id}: nobody kept anything")
        return found


def compared(run: Run, replayed: Sequence[Replayed]) -> list[Case]:
    """Return every case on which somebody decided, in the order of the run and of its texts."""
    suggested = dict(identified(run.annotations()))
    found: dict[str, dict[str, Item]] = {}  # by case, then by annotator
    seen: dict[str, set[str]] = {}  # by document, who decided something in it
    for log in replayed:
        for item in items(suggested, log.history.current()):
            if item.decision:
                seen.setdefault(item.document, set()).add(log.annotator)
            if item.suggested or item.is_kept:
                found.setdefault(_case_of(item), {})[log.annotator] = item
    names = [log.annotator for log in replayed]
    cases = [
        _case(name, own, [each for each in names if each in seen.get(_any(own).document, ())])
        for name, own in found.items()
    ]
    return [case for case in cases if case.versions or case.pending]


def _any(own: Mapping[str, Item]) -> Item:
    return next(iter(own.values()))


def _case_of(item: Item) -> str:
    if item.suggested:
        return item.id
    return f"added-{id_of((item.document, item.start, item.end, item.category))}"


def _case(name: str, own: Mapping[str, Item], annotators: Sequence[str]) -> Case:
    versions: dict[str, Version] = {}
    pending = []
    for annotator in annotators:
        item = own.get(annotator)
        if item and item.is_open:
            pending.append(annotator)
            continue
        kept = item if item and item.is_kept else None
        key = json.dumps(kept.content if kept else None)
        before = versions.get(key, Version(kept, ()))
        remarks = (*before.remarks, item.why) if item and item.why else before.remarks
        versions[key] = Version(before.item, (*before.by, annotator), remarks)
    ordered = sorted(versions.values(), key=lambda version: version.item is None)
    first = _any(own)
    return Case(name, first.document, tuple(ordered), tuple(pending), first.suggested)


class Curation(Review):
    """A review of what annotators decided differently, and of nothing else.

    Attributes:
        cases: by their ids; what they show first stands for the suggestion of a run.
    """

    def __init__(self, run: Run, schema: Schema, annotator: str, only: Sequence[str] = ()) -> None:
        super().__init__(run, schema, annotator, only, curation=True)
        logs = [replay(path) for path in logs_of(run.path)]
        cases = (case for case in compared(run, logs) if case.differs)
        self.cases = {case.id: case for case in cases if case.document in self.documents}
        self.suggested = {name: _as_suggested(case) for name, case in self.cases.items()}

    def items(self) -> list[Item]:
        """Return the cases as they stand now, and what was added; former cases are left out."""
        found = super().items()
        return [each for each in found if each.id in self.cases or each.id.startswith(NEW)]


def _as_suggested(case: Case) -> Annotation:
    item = case.shown
    said = case.suggested
    same = said is not None and (said.start, said.end) == (item.start, item.end)
    return Annotation(
        item.document,
        item.start,
        item.end,
        item.category,
        item.attributes,
        item.quote,
        said.evidence if said and same else (),
    )


# ---- What holds in the end ----


@dataclass(frozen=True, slots=True)
class Settled:
    """A case with what became of it.

    Attributes:
        item: what was kept, None where nothing was.
        curated: the decision about versions that differ, None where none was needed.
    """

    case: Case
    item: Item | None
    curated: Decision | None = None


def curated_decisions(replayed: Iterable[Replayed]) -> dict[str, Decision]:
    """Return the decision that counts for each case: of several curators the last one's."""
    every = [each for log in replayed for each in log.history.current().values()]
    return {each.id: each for each in sorted(every, key=lambda decision: decision.at)}


def settled(cases: Iterable[Case], curated: Mapping[str, Decision]) -> Iterator[Settled]:
    """Yield the cases of which it is known what holds; the others are open."""
    for case in cases:
        decision = curated.get(case.id) if case.differs else None
        if decision and decision.verdict in (*KEPT, "rejected"):
            item = decided_item(case.id, decision, None)
            yield Settled(case, item if item.is_kept else None, decision)
        elif len(case.versions) == 1 and not case.pending:
            yield Settled(case, case.versions[0].item)


def added_by(curated: Iterable[Decision]) -> Iterator[Item]:
    """Yield what curators added that no annotator had."""
    for decision in curated:
        if decision.id.startswith(NEW) and decision.verdict in KEPT:
            yield decided_item(decision.id, decision, None)
