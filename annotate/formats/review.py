"""Read what people decided in a review of a run: what they kept, in the documents that they saw."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.formats.annotated_document import AnnotatedDocument, Span, origin_of_run
from annotate.formats.corrections import Corrections, Problem
from annotate.review.decisions import KEPT
from annotate.review.items import Item, identified, items
from annotate.review.log import FOLDER, Replayed, logs_of, replay
from annotate.runs.reader import Run, by_document
from annotate.schema.categories import Schema


def read_review(source: Path, schema: Schema) -> Corrections:
    """Read the review of a run, or one log of it.

    Documents of which nothing was decided are no part of it; where some of a document was decided,
    what is still open is left out, and said.

    Raises:
        UsageError: where there is no log, or it cannot be read.
        RunError: where the run is damaged.
    """
    folder, log = _place(source)
    run = Run(folder)
    replayed = replay(log)
    suggested = dict(identified(run.annotations()))
    found = by_document(items(suggested, replayed.history.current()), lambda each: each.document)
    problems = [Problem(str(log), each) for each in replayed.problems]
    documents = tuple(_documents(run, found, replayed, problems))
    return Corrections(
        "review",
        str(source),
        hashlib.sha256(log.read_bytes()).hexdigest(),
        documents,
        tuple(problems),
        origin_of_run(run, schema),
        len(suggested),
    )


def _place(source: Path) -> tuple[Path, Path]:
    """Return the folder of the run and the log."""
    if source.is_file():
        if source.parent.name != FOLDER:
            raise UsageError(
                f"{source}: is no log of a review; name RUN or RUN/{FOLDER}/NAME.jsonl"
            )
        return source.parent.parent, source
    logs = logs_of(source)
    if not logs:
        raise UsageError(f"{source}: nobody has reviewed it; annotate review {source} does")
    if len(logs) > 1:
        names = ", ".join(log.stem for log in logs)
        raise UsageError(f"{source}: several people have reviewed it ({names}); name one log")
    return source, logs[0]


def _documents(
    run: Run,
    found: dict[str, list[Item]],
    replayed: Replayed,
    problems: list[Problem],
) -> Iterator[AnnotatedDocument]:
    for document in run.documents():
        own = found.pop(document.id, [])
        place = f"{replayed.path}: {document.id}"
        if not any(each.decision for each in own):
            message = f"{replayed.annotator} has decided nothing in it; it is no part of the gold"
            problems.append(Problem(place, message, document.id, lost=False))
            continue
        problems += _open(own, place, document)
        yield AnnotatedDocument(document, tuple(_spans(own, place, document, problems)))
    for name, own in found.items():
        message = f"{len(own)} decisions are about it, and the run has no such document"
        problems.append(Problem(f"{replayed.path}: {name}", message))


def _open(own: Sequence[Item], place: str, document: Document) -> Iterator[Problem]:
    counts = Counter(each.verdict for each in own)
    for count, said in ((counts["open"], "not decided"), (counts["skipped"], "skipped")):
        if count:
            message = f"{count} annotations are {said}, and left out; decide on them"
            yield Problem(place, message, document.id)


def _spans(
    own: Sequence[Item], place: str, document: Document, problems: list[Problem]
) -> Iterator[Span]:
    for each in own:
        if each.verdict not in KEPT:
            continue
        where = f"{place}, {each.id}"
        if document.text[each.start : each.end] != each.quote:
            message = "its words do not stand there any more; decide on it again"
            item: JsonValue = {"category": each.category, "attributes": dict(each.attributes)}
            problems.append(Problem(where, message, document.id, item))
            continue
        kept: dict[str, JsonValue] = {"status": each.status, "must_find": each.must_find}
        if each.why:
            kept["note"] = each.why
        yield Span(each.start, each.end, each.category, each.attributes, kept, where)
