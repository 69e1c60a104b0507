"""The content of a page on which annotations are reviewed: a run's page, with what was decided."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from pydantic import JsonValue

from annotate.annotation import Evidence
from annotate.documents.document import Document
from annotate.formatting import visible
from annotate.gold.store import GoldAnnotation
from annotate.review.curation import Curation, Version
from annotate.review.decisions import VERDICTS, Decision, Verdict
from annotate.review.items import Item
from annotate.review.session import Review
from annotate.runs.reader import by_document
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Schema
from annotate.viewer.content import Content, Drawn, assembled, draw
from annotate.viewer.legend import Legend, stated
from annotate.viewer.marks import Kind, Layer, Mark, certainty, labelled, plain

KINDS: Mapping[Verdict, Kind] = {
    kind.name: kind  # type: ignore[misc]
    for kind in (
        Kind("open", "open", "", "Nobody has decided on it."),
        Kind("accepted", "accepted", "✓", "It is right as it was suggested."),
        Kind("corrected", "corrected", "±", "It is right as it was changed."),
        Kind("added", "added", "+", "It was missing."),
        Kind("rejected", "rejected", "✕", "It is wrong, and no gold.", error=True),
        Kind("skipped", "skipped", "…", "It was left for later."),
    )
}
"""What became of an annotation, in the words of a reader."""


def of_review(review: Review, notices: Sequence[str] = ()) -> Content:
    """Return the content of the page on which `review` goes on.

    Raises:
        RunError: where the run is damaged.
    """
    found = review.items()
    what = "curation" if isinstance(review, Curation) else "review"
    legend = Legend.of(review.schema, _used(review, found))
    own = by_document(found, lambda item: item.document)
    drawn = [
        _drawn(each, review, own.get(each.id, ()), legend) for each in review.documents.values()
    ]
    return assembled(
        review.run.path.absolute().name,
        drawn,
        legend,
        [Layer("suggested"), *([Layer("gold", above=True)] if review.gold else [])],
        KINDS.values(),
        subtitle=visible(f"{what} by {review.annotator}"),
        notices=[plain(each) for each in notices],
        review={
            "annotator": visible(review.annotator),
            "unit": review.schema.unit,
            "forms": forms(review.schema),
            **progress(review, found),
        },
    )


def _used(review: Review, found: Iterable[Item]) -> Iterator[str]:
    yield from (each.category for each in found)
    if review.gold:
        yield from (each.category for each in review.gold.annotations)


def progress(review: Review, found: Sequence[Item]) -> dict[str, JsonValue]:
    """Return how far a review has come: what comes up when, what can be undone, what is read."""
    history = review.history
    return {
        "last": history.last,
        "order": [*review.ordered(found)],
        "chunks": _chunks(review) if review.order == "chunks" else [],
        "undo": _turn(history.undoable),
        "redo": _turn(history.redoable),
    }


def changes(review: Review, seen: int) -> dict[str, JsonValue]:
    """Return what changed since a decision that a page has seen, as far as it was read.

    That is each document that a later decision is about, with its marks; with its blocks too where
    an annotation covers other words than before.
    """
    found = review.items()
    legend = Legend.of(review.schema, _used(review, found))
    own = by_document(found, lambda item: item.document)
    later = {each.document for each in review.history.decisions if each.n > seen}
    rows: list[JsonValue] = [
        {
            name: value
            for name, value in _drawn(each, review, own.get(each.id, ()), legend).row.items()
            if name in ("id", "blocks", "marks")
        }
        for each in review.documents.values()
        if each.id in later
    ]
    return {"documents": rows, **progress(review, found)}


def _chunks(review: Review) -> list[JsonValue]:
    """Return the chunks to read, in the order in which they come up."""
    read = review.history.read()
    return [
        {
            "id": each.id,
            "document": each.document,
            "start": each.start,
            "end": each.end,
            "read": each.id in read,
        }
        for each in review.chunks
    ]


def _drawn(document: Document, review: Review, found: Iterable[Item], legend: Legend) -> Drawn:
    entries = review.entries.get(document.id, ())
    units = [[each.start, each.end] for each in document.segmentation.units if each.states]
    marks = [_mark(each, review) for each in found]
    gold = review.gold.annotations if review.gold else ()
    marks += [_gold_mark(each) for each in gold if _is_on(each, document)]
    return draw(document, marks, legend, entries, id=document.id, units=units)  # type: ignore[arg-type]


def _mark(item: Item, review: Review) -> Mark:
    """Return an annotation as it stands now; what was cited stays with the words that were."""
    evidence: tuple[Evidence, ...] = ()
    if item.suggested and (item.suggested.start, item.suggested.end) == (item.start, item.end):
        evidence = item.suggested.evidence
    place = (item.start, item.end, item.category, item.attributes, item.quote)
    mark = Mark(0, *place, key=item.id, evidence=evidence, outcome=item.verdict)
    return replace(mark, facts=tuple(_facts(item, review)), decided=_decided(item, review))


def _is_on(gold: GoldAnnotation, document: Document) -> bool:
    words = document.text[gold.start : gold.end]
    return gold.document == document.id and words == gold.quote


def _gold_mark(gold: GoldAnnotation) -> Mark:
    """Return an annotation of gold, which can be taken over, and about which nothing is decided."""
    taken: dict[str, JsonValue] = {
        "id": "",
        "n": 0,
        "attributes": dict(gold.attributes),
        "status": gold.status,
        "must_find": gold.must_find,
        "why": gold.note,
        "suggested": False,
        "versions": [],
    }
    return replace(labelled(gold, ("gold", gold.id), 1), decided=taken)


def _facts(item: Item, review: Review) -> Iterable[tuple[str, str]]:
    if item.suggested and item.verdict != "corrected":  # of something else it says nothing
        yield from certainty(item.suggested)
    if item.id in review.doubts and (reasons := review.doubts[item.id].reasons):
        yield "in doubt", visible("; ".join(reasons))
    if item.must_find:
        yield "must be found", "A change that loses it fails."
    if item.status == "optional":
        yield "optional", "May be annotated or not."
    if item.decision:
        yield "decided", f"{item.decision.at[:16].replace('T', ' ')} UTC"


def _decided(item: Item, review: Review) -> dict[str, JsonValue]:
    return {
        "id": item.id,
        "n": item.decision.n if item.decision else 0,
        "attributes": dict(item.attributes),
        "status": item.status,
        "must_find": item.must_find,
        "why": item.why,
        "suggested": item.suggested is not None,
        "versions": _versions(item, review),
    }


def _versions(item: Item, review: Review) -> list[JsonValue]:
    """Return what annotators made of a case; [] in a review that is no curation."""
    case = review.cases.get(item.id) if isinstance(review, Curation) else None
    return [_version(each) for each in case.versions] if case else []


def _version(version: Version) -> JsonValue:
    by: list[JsonValue] = [visible(name) for name in version.by]
    item = version.item
    remarks: list[JsonValue] = [plain(each) for each in version.remarks]
    if item is None:
        return {"by": by, "remarks": remarks, "kept": None}
    return {
        "by": by,
        "remarks": remarks,
        "kept": {
            "category": item.category,
            "attributes": dict(item.attributes),
            "stated": stated(item.attributes),
            "start": item.start,
            "end": item.end,
            "quote": plain(item.quote),
            "status": item.status,
            "must_find": item.must_find,
        },
    }


def _turn(decision: Decision | None) -> JsonValue:
    if decision is None:
        return None
    return {
        "n": decision.n,
        "document": decision.document,
        "id": decision.id,
        "said": VERDICTS[decision.action],
    }


def forms(schema: Schema) -> dict[str, JsonValue]:
    """Return the attributes of each category as a form asks for them."""
    return {
        tag: [_field(each) for each in attributes_of(category)]
        for tag, category in schema.categories.items()
    }


def _field(attribute: Attribute) -> JsonValue:
    values: JsonValue = None
    if attribute.values is not None:
        values = [
            {
                "value": str(each),
                "definition": each.definition,
                "alone": each.alone is not None,
            }
            for each in attribute.values
        ]
    return {
        "name": attribute.name,
        "kind": attribute.kind,
        "many": attribute.many,
        "required": attribute.required,
        "form": attribute.form,
        "definition": " ".join(attribute.definition.split()),
        "values": values,
    }
