"""Print runs, and how a text is divided, on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.documents.units import Segmentation
from annotate.formatting import NOTHING
from annotate.reporting.json import of_run, silence_of
from annotate.reporting.terminal import print_line, print_lines, safe, shortened, table
from annotate.reporting.verification import verdicts
from annotate.runs.reader import Run

_MOST_DOCUMENTS = 40
_MOST_PROBLEMS = 10


def print_run(run: Run, console: Console) -> None:
    """Print a run: by category, by document, and what went wrong."""
    figures = of_run(run)
    console.print(_categories(figures))
    console.print(_documents(figures))
    if silence := silence_of(run):
        console.print(_silence(silence))
    print_lines(console, _encodings(figures))
    print_lines(console, _sources(figures))
    if said := verdicts(figures["manifest"]):
        print_line(console, safe(said))
    print_lines(console, _problems(figures))
    ended = "complete" if figures["complete"] else "INCOMPLETE"
    print_line(console, f"{ended} run by {figures['manifest']['model']} in {run.path}")


def _categories(figures: Mapping[str, Any]) -> Table:
    shown = table("By category", ("category", "annotations", "documents"))
    for row in figures["categories"]:
        numbers = (f"{row[name]:,}" for name in ("annotations", "documents"))
        shown.add_row(safe(row["category"]), *numbers)
    total = sum(row["annotations"] for row in figures["categories"])
    shown.add_section()
    shown.add_row("all", f"{total:,}", f"{len(figures['documents']):,}")
    return shown


def _documents(figures: Mapping[str, Any]) -> Table:
    rows = figures["documents"]
    numbers = ["pages"] if any(row["pages"] for row in rows) else []
    numbers += ["characters", "chunks", "annotations"]
    columns = ("document", "language", *numbers)
    shown = table(
        "By document", columns, texts=("language",), drops=("characters", "pages", "chunks")
    )
    for row in rows[:_MOST_DOCUMENTS]:
        languages = safe(", ".join(row["languages"] or ()))
        shown.add_row(safe(row["document"]), languages, *(_count(row, name) for name in numbers))
    return shortened(shown, len(rows), _MOST_DOCUMENTS)


def _silence(found: Mapping[str, Any]) -> Table:
    """Return on how many categories each document is silent, and why nobody knows of others."""
    shown = table(
        "Categories without annotations", ("document", "silent", "not known", "why"), texts=("why",)
    )
    for document, said in list(found.items())[:_MOST_DOCUMENTS]:
        numbers = (f"{len(said[name]):,}" for name in ("silent", "open"))
        shown.add_row(safe(document), *numbers, safe(said["why"]))
    return shortened(shown, len(found), _MOST_DOCUMENTS)


def _count(row: Mapping[str, Any], name: str) -> str:
    return NOTHING if name == "pages" and not row[name] else f"{row[name]:,}"


def _encodings(figures: Mapping[str, Any]) -> Iterable[Text]:
    """Yield how the files were decoded, and how that was known."""
    known = ((row["encoding"], row["encoding_from"]) for row in figures["documents"])
    found = Counter(f"{name} ({source})" for name, source in known if name)
    if found:
        yield safe("encodings: " + ", ".join(f"{count} {name}" for name, count in found.items()))


def _sources(figures: Mapping[str, Any]) -> Iterable[Text]:
    """Yield which runs a consensus is of, and how sure it is at least."""
    if made := figures["manifest"].get("consensus"):
        runs = [str(each["run"]) for each in made["sources"]]
        more = ", …" if len(runs) > _MOST_PROBLEMS else ""
        least = f", confidence {made['threshold']:g} or more" if made["threshold"] else ""
        named = ", ".join(runs[:_MOST_PROBLEMS])
        yield safe(f"consensus of {len(runs)} runs: {named}{more}{least}")


def _furniture(figures: Mapping[str, Any]) -> str:
    """Return of what kind the furniture is, after a colon."""
    found: Counter[str] = Counter()
    for row in figures["documents"]:
        found.update(row["furniture"])
    said = ", ".join(f"{count} {reason}" for reason, count in found.most_common())
    return f": {said}" if said else ""


def _problems(figures: Mapping[str, Any]) -> Iterable[Text]:
    if count := figures["ambiguous"]:
        yield safe(f"{count} ambiguous annotations: their words stand at several places", "yellow")
    for kind, count in sorted(figures["quarantine"].items()):
        yield safe(f"{count} {kind} answers in quarantine.jsonl", "yellow")
    statuses = figures["manifest"].get("statuses", {})
    for status, count in statuses.items():
        if status == "furniture":
            kinds = _furniture(figures)
            yield safe(f"{count} parts of pages are furniture, not annotated{kinds}")
        elif status not in ("ok", "repaired"):
            yield safe(f"{count} chunks ended {status}", "yellow")
    if figures["unanswered"]:
        yield safe(f"most often because: {figures['unanswered']}", "yellow")
    for row in figures["unreadable"][:_MOST_PROBLEMS]:
        yield safe(f"{row['source']}: {row['reason']}", "yellow")
    if (more := len(figures["unreadable"]) - _MOST_PROBLEMS) > 0:
        yield safe(f"and {more} more inputs that could not be read", "yellow")
    skipped = figures["manifest"].get("skipped", [])
    for row in skipped[:_MOST_PROBLEMS]:
        yield safe(f"skipped: {row['source']}: {row['reason']}")
    if (more := len(skipped) - _MOST_PROBLEMS) > 0:
        yield safe(f"and {more} more inputs that were skipped")


def print_segments(segmentation: Segmentation, console: Console) -> None:
    """Print the units of a text, indented below their headings and stems."""
    for unit in segmentation.units:
        margin = "  " * len(unit.headings) + "· " * unit.depth
        quote = safe(" ".join(segmentation.quote(unit).split()))
        print_line(
            console,
            Text.assemble(
                (f"{unit.index:>4} ", "dim"),
                (f"{unit.kind:<8} ", "bold" if unit.kind == "heading" else "cyan"),
                (f"[{unit.start}:{unit.end}] ", "dim"),
                margin,
                quote,
                (f"  ({unit.furniture})" if unit.furniture else "", "dim"),
            ),
        )
