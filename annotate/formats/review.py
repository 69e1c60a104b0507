"""Read what people decided in a review of a run: what they kept, in the documents that they saw.

Where several people reviewed it, what they agree on counts, and what was decided by a curator where
they differ. Beside the gold stand what each of them kept, as passes, and those decisions.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.files import json_line
from annotate.formats.annotated_document import AnnotatedDocument, Span, origin_of_run
from annotate.formats.corrections import Corrections, Problem
from annotate.gold.passes import pass_file
from annotate.review.curation import Settled, added_by, compared, curated_decisions, settled
from annotate.review.items import Item
from annotate.review.log import FOLDER, Replayed, logs_of, replay
from annotate.review.passes import pass_of
from annotate.runs.reader import Run, by_document
from annotate.schema.categories import Schema


def read_review(source: Path, schema: Schema) -> Corrections:
    """Read the review of a run, or one log of it.

    Documents of which nothing was decided are no part of it. What is still open is left out, and
    said; so is what annotators decided differently and nobody settled.

    Raises:
        UsageError: where there is no log, or it cannot be read.
        RunError: where the run is damaged.
    """
    folder, logs = _place(source)
    run = Run(folder)
    reading = _Reading(
        run,
        [replay(log) for log in logs],
        [replay(log) for log in logs_of(folder, curation=True)] if len(logs) > 1 else [],
    )
    documents = tuple(reading.documents())
    digest = hashlib.sha256()
    for log in (*reading.logs, *reading.curation):
        digest.update(log.path.read_bytes())
    return Corrections(
        "review",
        str(source),
        digest.hexdigest(),
        documents,
        tuple(reading.problems),
        origin_of_run(run, schema),
        run.manifest["counts"]["annotations"],
        dict(reading.beside(documents)),
    )


def _place(source: Path) -> tuple[Path, list[Path]]:
    """Return the folder of the run, and the logs that are meant."""
    if source.is_file():
        if source.parent.name != FOLDER:
            raise UsageError(f"{source}: is no log of a review; name a run, or {FOLDER}/NAME.jsonl")
        return source.parent.parent, [source]
    logs = logs_of(source)
    if not logs:
        raise UsageError(f"{source}: nobody has reviewed it; annotate review {source} does")
    return source, logs


@dataclass
class _Reading:
    """What comes of the logs of one run, and what is left out."""

    run: Run
    logs: Sequence[Replayed]
    curation: Sequence[Replayed]
    problems: list[Problem] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)

    def documents(self) -> Iterator[AnnotatedDocument]:
        """Yield the documents in which somebody decided something."""
        for log in (*self.logs, *self.curation):
            self.problems += [Problem(str(log.path), each) for each in log.problems]
        cases = compared(self.run, self.logs)
        curated = curated_decisions(self.curation)
        self.settled = list(settled(cases, curated))
        done = {each.case.id for each in self.settled}
        every = by_document(cases, lambda case: case.document)
        kept = by_document(
            [*(each.item for each in self.settled if each.item), *added_by(curated.values())],
            lambda item: item.document,
        )
        for document in self.run.documents():
            own = every.pop(document.id, [])
            place = f"{self.run.path}: {document.id}"
            if not own:
                message = "nobody has decided anything in it; it is no part of what is read"
                self.problems.append(Problem(place, message, document.id, lost=False))
                continue
            open_ = [case for case in own if case.id not in done]
            self._say_pending(place, document, (n for case in open_ for n in case.pending))
            self._say_differing(place, document, sum(case.differs for case in open_))
            spans = tuple(self._spans(kept.get(document.id, ()), place, document))
            yield AnnotatedDocument(document, spans)
        for name, own in every.items():
            message = f"{len(own)} decisions are about it, and the run has no such document"
            self.problems.append(Problem(f"{self.run.path}: {name}", message))

    def _say_pending(self, place: str, document: Document, names: Iterable[str]) -> None:
        for name, count in Counter(names).items():
            message = f"{count} annotations are not decided by {name}, and left out; decide on them"
            self.problems.append(Problem(place, message, document.id))

    def _say_differing(self, place: str, document: Document, count: int) -> None:
        if count:
            message = (
                f"{count} annotations were decided differently, and left out; settle them with "
                f"annotate review {self.run.path} --curate"
            )
            self.problems.append(Problem(place, message, document.id))

    def _spans(self, own: Iterable[Item], place: str, document: Document) -> Iterator[Span]:
        for each in own:
            where = f"{place}, {each.id}"
            if document.text[each.start : each.end] != each.quote:
                message = "its words do not stand there any more; decide on it again"
                item: JsonValue = {"category": each.category, "attributes": dict(each.attributes)}
                self.problems.append(Problem(where, message, document.id, item))
                continue
            kept: dict[str, JsonValue] = {"status": each.status, "must_find": each.must_find}
            if each.why:
                kept["note"] = each.why
            yield Span(each.start, each.end, each.category, each.attributes, kept, where)

    def beside(self, documents: Iterable[AnnotatedDocument]) -> Iterator[tuple[str, bytes]]:
        """Yield the files that stand beside gold: passes, and the log of the curation."""
        read = {each.document.id: each.document for each in documents}
        for log in self.logs:
            for name, rows in pass_of(self.run, log).documents.items():
                if name in read:
                    yield pass_file(log.annotator, name, rows)
        rows_ = [_adjudicated(each, read) for each in self.settled if each.curated]
        if rows_:
            yield "log/adjudication.jsonl", b"".join(map(json_line, rows_))


def _adjudicated(each: Settled, read: Mapping[str, Document]) -> dict[str, JsonValue]:
    """Return a decision of a curator as a row of the log of gold."""
    made, case = each.curated, each.case
    if made is None:
        raise ValueError(f"{case.id}: nobody curated it")
    unit = read[case.document].segmentation.unit_at(made.start)
    content = each.item.content if each.item else None
    taken = next(
        (v for v in case.versions if (v.item.content if v.item else None) == content), None
    )
    return {
        "step": "adjudication",
        "document": case.document,
        "unit": unit.index if unit else 0,
        "decision": " and ".join(taken.by) if taken else "another",
        "rule": "",
        "reason": made.why,
        "by": made.by,
        "at": made.at,
    }
