"""The content of a page about a comparison: gold, and what either side made of it, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import JsonValue

from annotate.comparison.comparison import Comparison
from annotate.comparison.items import Item
from annotate.documents.document import Document
from annotate.errors import ProjectError
from annotate.formatting import points, ratio
from annotate.project.tasks import load_task
from annotate.reporting import wording
from annotate.schema.categories import Schema
from annotate.scoring.measures import BY_NAME
from annotate.viewer.changed import KINDS, LAYERS, changed
from annotate.viewer.content import Content, Drawn, assembled, draw
from annotate.viewer.legend import Legend
from annotate.viewer.marks import Mark, plain
from annotate.viewer.report import section


def of_comparison(comparison: Comparison) -> Content:
    """Return the content of a page about `comparison`: every document that both sides read."""
    found = changed(comparison)
    every = (mark.category for marks in found.values() for mark in marks)
    legend = Legend.of(_schema(comparison), every)
    drawn = [
        _drawn(comparison, document, found[name], legend)
        for name, document in comparison.after[0].documents.items()
    ]
    old, new = (wording.side(side) for side in (comparison.before, comparison.after))
    return assembled(
        f"{old} → {new}",
        drawn,
        legend,
        LAYERS,
        KINDS,
        badge={"label": comparison.verdict, "good": comparison.passed},
        facts=[[name, plain(text)] for name, text in _facts(comparison)],
        notices=[plain(note) for note in comparison.notes],
        report=[*_report(comparison)],
    )


def _schema(comparison: Comparison) -> Schema | None:
    try:
        return load_task(str(comparison.after[0].predictions.identity.get("task"))).schema
    except ProjectError:
        return None


def _drawn(
    comparison: Comparison, document: Document, found: Sequence[Mark], legend: Legend
) -> Drawn:
    # Of several repeats each has a ledger of its own; one of them would pass for all.
    entries = comparison.after[0].predictions.entries if len(comparison.after) == 1 else ()
    read = [entry for entry in entries if entry.document == document.id]
    refused = [*_refused(comparison, document.id)]
    scores = [_scores(comparison, document.id)]
    return draw(document, found, legend, read, refused=refused, report=scores)


def _refused(comparison: Comparison, document: str) -> Iterator[JsonValue]:
    """Yield the refused answers that only one side has: they have no place in the text."""
    lists = comparison.changes
    for items, said in (
        (lists.new_false_positives, "Only afterwards."),
        (lists.resolved_false_positives, "Only before."),
    ):
        for item in items:
            if item.document == document and item.start >= item.end:
                yield _answer(item, said)


def _answer(item: Item, said: str) -> JsonValue:
    return {
        "kind": item.kind,
        "chunk": None,
        "category": plain(item.category),
        "quote": plain(item.quote),
        "answer": "",
        "attributes": [],
        "problems": [said],
    }


def _facts(comparison: Comparison) -> Iterator[tuple[str, str]]:
    """Yield what the sides are, how they differ, and what they took."""
    yield "before", wording.side(comparison.before)
    yield "after", wording.side(comparison.after)
    for line in wording.differences(comparison):
        name, _, values = line.partition(": ")
        yield name, values
    for line in wording.usage(comparison):
        name, _, values = line.partition(": ")
        yield name, values


# ---- The report ----


def _report(comparison: Comparison) -> Iterator[JsonValue]:
    failed = (f"{check.gate} {check.what}: {check.message}" for check in comparison.failures)
    yield section(wording.verdict(comparison), [*failed, *wording.gold_changes(comparison)])
    rows = list(wording.score_rows(comparison))
    columns = wording.SCORE_COLUMNS
    yield section("On these documents", (), ("", *columns[1:5]), [row[:5] for row in rows])
    chances = ("", *columns[5:])
    yield section(
        "How sure, and elsewhere",
        ("Differences and intervals are in points; what is said of other documents never gates.",),
        chances,
        [(row[0], *row[5:]) for row in rows],
    )
    categories = comparison.by_category.items()
    left_out = "; ".join(f"{name}: {each.excluded}" for name, each in categories if each.excluded)
    untested = "; ".join(f"{name}: {each.untested}" for name, each in categories if each.untested)
    notes = [f"Not gated: {left_out}."] if left_out else []
    notes += [f"Not tested: {untested}."] if untested else []
    yield section(
        wording.BY_CATEGORY,
        notes,
        ("", *wording.CATEGORY_COLUMNS[1:6]),
        [row[:6] for row in wording.category_rows(comparison)],
    )


def _scores(comparison: Comparison, document: str) -> JsonValue:
    deltas = comparison.by_document[document].items()
    rows = (
        (BY_NAME[name].title, ratio(each.before), ratio(each.after), points(each.change))
        for name, each in deltas
    )
    return section("This document", (), ("", "before", "after", "points"), list(rows))
