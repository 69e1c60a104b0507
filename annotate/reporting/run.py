"""Print runs, and how a text is divided, on a terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import PurePath
from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.documents.units import Segmentation
from annotate.formatting import NOTHING
from annotate.reporting.figures import Figures, of_document
from annotate.reporting.terminal import print_line, print_lines, safe, shortened, table
from annotate.reporting.verification import verdicts
from annotate.runs.found import Found, found_in
from annotate.runs.reader import Run
from annotate.runs.silence import Silence

_MOST_DOCUMENTS = 40
_MOST_PROBLEMS = 10


def print_run(run: Run, console: Console) -> None:
    """Print a run: by category, by document, and what went wrong."""
    shown = _Shown(run)
    console.print(_categories(shown))
    console.print(_documents(shown))
    if shown.silences:
        console.print(_silence(shown))
    print_lines(console, _encodings(shown))
    print_lines(console, _sources(run.manifest))
    if said := verdicts(run.manifest):
        print_line(console, safe(said))
    print_lines(console, _problems(shown))
    ended = "complete" if run.complete else "INCOMPLETE"
    print_line(console, f"{ended} run by {run.manifest['model']} in {run.path}")


class _Shown:
    """What is shown of a run: its figures, and its first documents.

    Attributes:
        rows: the first documents, with their languages, pages, characters, chunks, annotations.
        silences: what may be concluded from what was not found in each of these; empty where the
            schema is not at hand.
        documents: how many there are in all.
        paged: whether any of all has pages.
    """

    def __init__(self, run: Run) -> None:
        self.run = run
        self.figures = Figures()
        self.rows: list[dict[str, Any]] = []
        self.silences: list[tuple[str, Silence]] = []
        self.documents = 0
        self.paged = False
        self.encodings: Counter[str] = Counter()
        self.furniture: Counter[str] = Counter()
        for found in found_in(run):
            self._add(found)

    def _add(self, found: Found) -> None:
        document = found.document
        self.figures.add_annotations(found.annotations)
        self.figures.add_entries(found.entries)
        self.figures.add_refused(found.refused)
        if encoding := document.provenance.encoding:
            self.encodings[f"{encoding.codec} ({encoding.known_from})"] += 1
        if document.layout:
            self.paged = self.paged or bool(document.layout.pages)
            self.furniture.update(each.reason for each in document.layout.furniture)
        if self.documents < _MOST_DOCUMENTS:
            row = of_document(document, len(found.entries), len(found.annotations))
            self.rows.append(row)
            if self.run.schema is not None:
                said = found.silence({each.category for each in found.annotations})
                self.silences.append((document.id, said))
        self.documents += 1


def _categories(shown: _Shown) -> Table:
    made = table("By category", ("category", "annotations", "documents"))
    for row in shown.figures.categories:
        numbers = (f"{row[name]:,}" for name in ("annotations", "documents"))
        made.add_row(safe(str(row["category"])), *numbers)
    made.add_section()
    made.add_row("all", f"{shown.figures.annotations:,}", f"{shown.documents:,}")
    return made


def _documents(shown: _Shown) -> Table:
    numbers = ["pages"] if shown.paged else []
    numbers += ["characters", "chunks", "annotations"]
    columns = ("document", "language", *numbers)
    made = table(
        "By document", columns, texts=("language",), drops=("characters", "pages", "chunks")
    )
    for row in shown.rows:
        languages = safe(", ".join(row["languages"] or ()))
        made.add_row(safe(row["document"]), languages, *(_count(row, name) for name in numbers))
    return shortened(made, shown.documents, _MOST_DOCUMENTS)


def _silence(shown: _Shown) -> Table:
    """Return on how many categories each document is silent, and why nobody knows of others."""
    made = table(
        "Categories without annotations", ("document", "silent", "not known", "why"), texts=("why",)
    )
    for document, said in shown.silences:
        made.add_row(safe(document), f"{len(said.silent):,}", f"{len(said.open):,}", safe(said.why))
    return shortened(made, shown.documents, _MOST_DOCUMENTS)


def _count(row: Mapping[str, Any], name: str) -> str:
    return NOTHING if name == "pages" and not row[name] else f"{row[name]:,}"


def _encodings(shown: _Shown) -> Iterable[Text]:
    """Yield how the files were decoded, and how that was known."""
    if found := shown.encodings:
        yield safe("encodings: " + ", ".join(f"{count} {name}" for name, count in found.items()))


def _sources(manifest: Mapping[str, Any]) -> Iterable[Text]:
    """Yield which runs a consensus is of, and how sure it is at least."""
    if made := manifest.get("consensus"):
        runs = [str(each["run"]) for each in made["sources"]]
        more = ", …" if len(runs) > _MOST_PROBLEMS else ""
        least = f", confidence {made['threshold']:g} or more" if made["threshold"] else ""
        named = ", ".join(runs[:_MOST_PROBLEMS])
        yield safe(f"consensus of {len(runs)} runs: {named}{more}{least}")


def _furniture(shown: _Shown) -> str:
    """Return of what kind the furniture is, after a colon."""
    said = ", ".join(f"{count} {reason}" for reason, count in shown.furniture.most_common())
    return f": {said}" if said else ""


def _problems(shown: _Shown) -> Iterable[Text]:
    figures, manifest = shown.figures, shown.run.manifest
    if count := figures.ambiguous:
        yield safe(f"{count} ambiguous annotations: their words stand at several places", "yellow")
    for kind, count in sorted(figures.quarantined.items()):
        where = PurePath(shown.run.place_of("quarantine")).name
        yield safe(f"{count} {kind} answers in {where}", "yellow")
    for status, count in manifest.get("statuses", {}).items():
        if status == "furniture":
            kinds = _furniture(shown)
            yield safe(f"{count} parts of pages are furniture, not annotated{kinds}")
        elif status not in ("ok", "repaired"):
            yield safe(f"{count} chunks ended {status}", "yellow")
    if figures.why_unanswered:
        yield safe(f"most often because: {figures.why_unanswered}", "yellow")
    yield from _unread(shown.run)


def _unread(run: Run) -> Iterable[Text]:
    for row in islice(run.unreadable(), _MOST_PROBLEMS):
        yield safe(f"{row['source']}: {row['reason']}", "yellow")
    if (more := run.manifest["counts"]["unreadable"] - _MOST_PROBLEMS) > 0:
        yield safe(f"and {more} more inputs that could not be read", "yellow")
    skipped = run.skipped
    for each in skipped[:_MOST_PROBLEMS]:
        yield safe(f"skipped: {each['source']}: {each['reason']}")
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
