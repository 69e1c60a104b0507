"""Show runs, segments and checks on a terminal, as tables and lines.

Text of documents is data here too: control characters are made visible and markup is never read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.documents.units import Segmentation, Unit
from annotate.formatting import visible
from annotate.runs.reader import Run

_MOST_DOCUMENTS = 40
_MOST_PROBLEMS = 10


def summary(run: Run) -> dict[str, Any]:
    """Return the figures of a run that `show` prints, as JSON values."""
    categories: Counter[str] = Counter()
    spread: Counter[str] = Counter()
    by_document: Counter[str] = Counter()
    groundings: Counter[str] = Counter()
    seen: set[tuple[str, str]] = set()
    for annotation in run.annotations():
        categories[annotation.category] += 1
        by_document[annotation.document] += 1
        groundings.update(evidence.grounding for evidence in annotation.evidence)
        if (annotation.document, annotation.category) not in seen:
            seen.add((annotation.document, annotation.category))
            spread[annotation.category] += 1
    chunks: Counter[str] = Counter(entry.document for entry in run.ledger())
    return {
        "run": str(run.path),
        "complete": run.complete,
        "manifest": run.manifest,
        "categories": [
            {"category": name, "annotations": count, "documents": spread[name]}
            for name, count in sorted(categories.items(), key=lambda item: (-item[1], item[0]))
        ],
        "documents": [
            {
                "document": document.id,
                "characters": len(document.text),
                "chunks": chunks[document.id],
                "annotations": by_document[document.id],
            }
            for document in run.documents()
        ],
        "grounding": dict(sorted(groundings.items())),
        "quarantine": dict(Counter(row["kind"] for row in run.quarantine())),
        "unreadable": list(run.unreadable()),
    }


def show(run: Run, console: Console) -> None:
    """Print a run: by category, by document, and what went wrong."""
    figures = summary(run)
    console.print(_categories(figures))
    console.print(_documents(figures))
    for line in _problems(figures):
        console.print(line)
    ended = "complete" if figures["complete"] else "INCOMPLETE"
    console.print(Text(visible(f"{ended} run by {figures['manifest']['model']} in {run.path}")))


def _categories(figures: Mapping[str, Any]) -> Table:
    table = Table(title="By category", title_justify="left")
    table.add_column("category")
    table.add_column("annotations", justify="right")
    table.add_column("documents", justify="right")
    for row in figures["categories"]:
        numbers = (f"{row[name]:,}" for name in ("annotations", "documents"))
        table.add_row(Text(visible(row["category"])), *numbers)
    total = sum(row["annotations"] for row in figures["categories"])
    table.add_section()
    table.add_row("all", f"{total:,}", f"{len(figures['documents']):,}")
    return table


def _documents(figures: Mapping[str, Any]) -> Table:
    rows = figures["documents"]
    table = Table(title="By document", title_justify="left")
    table.add_column("document")
    for name in ("characters", "chunks", "annotations"):
        table.add_column(name, justify="right")
    for row in rows[:_MOST_DOCUMENTS]:
        numbers = (f"{row[name]:,}" for name in ("characters", "chunks", "annotations"))
        table.add_row(Text(visible(row["document"])), *numbers)
    if len(rows) > _MOST_DOCUMENTS:
        table.caption = f"{len(rows) - _MOST_DOCUMENTS} more in --json"
    return table


def _problems(figures: Mapping[str, Any]) -> Iterable[Text]:
    for kind, count in sorted(figures["quarantine"].items()):
        yield Text(f"{count} {visible(kind)} answers in quarantine.jsonl", style="yellow")
    statuses = figures["manifest"].get("statuses", {})
    for status, count in statuses.items():
        if status not in ("ok", "repaired"):
            yield Text(f"{count} chunks ended {visible(status)}", style="yellow")
    for row in figures["unreadable"][:_MOST_PROBLEMS]:
        yield Text(f"{visible(row['source'])}: {visible(row['reason'])}", style="yellow")
    if (more := len(figures["unreadable"]) - _MOST_PROBLEMS) > 0:
        yield Text(f"and {more} more inputs that could not be read", style="yellow")


def segments(segmentation: Segmentation, console: Console) -> None:
    """Print the units of a text, indented below their headings and stems."""
    for unit in segmentation.units:
        margin = "  " * len(unit.headings) + "· " * unit.depth
        console.print(
            Text.assemble(
                (f"{unit.index:>4} ", "dim"),
                (f"{unit.kind:<8} ", "bold" if unit.kind == "heading" else "cyan"),
                (f"[{unit.start}:{unit.end}] ", "dim"),
                margin,
                visible(" ".join(segmentation.quote(unit).split())),
            ),
            soft_wrap=True,
        )


def unit_row(segmentation: Segmentation, unit: Unit) -> dict[str, Any]:
    """Return a unit as a JSON row."""
    return {
        "unit": unit.index,
        "kind": unit.kind,
        "start": unit.start,
        "end": unit.end,
        "segment": unit.segment,
        "headings": list(unit.headings),
        "stem": unit.stem,
        "text": segmentation.quote(unit),
    }
