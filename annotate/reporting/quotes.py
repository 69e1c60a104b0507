"""Print the quotes that are asked for, each with its place and what it states.

One after the other as a run has them, so that a run of any size can be read through a pager.
"""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue
from rich.console import Console
from rich.padding import Padding

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.formats.metadata import pages_of
from annotate.formatting import visible
from annotate.reporting.terminal import print_line, safe
from annotate.runs.found import annotated
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.schema.vocabulary import singles, word_of


def print_quotes(run: Run, selection: Selection, console: Console) -> None:
    """Print those annotations of a run that are meant, below the names of their documents."""
    count = 0
    for document, own in annotated(run, selection):
        if own:
            _print(console, document.id, "bold")
        for each in own:
            _print_quote(console, document, each)
        count += len(own)
    of = run.manifest["counts"]["annotations"]
    ended = "complete" if run.complete else "INCOMPLETE"
    made = f"{ended} run by {run.manifest['model']} in {run.path}"
    print_line(console, f"{count:,} of {of:,} annotations; {made}")


def _print_quote(console: Console, document: Document, annotation: Annotation) -> None:
    _print(console, _head(document, annotation), indent=2)
    _print(console, " ".join(annotation.quote.split()), indent=4)
    if stated := _stated(annotation.attributes):
        _print(console, stated, "dim", indent=4)
    if said := _said(annotation):
        _print(console, said, "dim", indent=4)


def _head(document: Document, annotation: Annotation) -> str:
    place = f"{annotation.start:,} to {annotation.end:,}"
    pages = pages_of(document, annotation)
    if pages:
        place += f", page {pages[0]}" if len(pages) == 1 else f", pages {pages[0]} to {pages[-1]}"
    doubt = " (ambiguous: its words stand at several places)" if annotation.ambiguous else ""
    sure = annotation.confidence
    said = "" if sure is None else f", confidence {sure:.2f}"
    return f"{annotation.category}, {place}{said}{doubt}"


def _said(annotation: Annotation) -> str:
    """Return what a model said of an annotation, "" where none was asked."""
    found = annotation.verification
    if found is None:
        return ""
    values = "; ".join(f"{name} {', '.join(each)}" for name, each in found.values.items())
    named = f" (not {values})" if values else ""
    reason = " ".join(found.reason.split())
    return f"{found.verdict}{named}" + (f": {reason}" if reason else "")


def _stated(attributes: Mapping[str, JsonValue]) -> str:
    """Return what attributes state, without those that state nothing."""
    said = ((name, ", ".join(map(word_of, singles(value)))) for name, value in attributes.items())
    return "; ".join(f"{name} {values}" for name, values in said if values)


def _print(console: Console, line: str, style: str = "", indent: int = 0) -> None:
    """Print a line, wrapped on a terminal and whole where it goes into a pipe."""
    if console.is_terminal:
        console.print(Padding(safe(line, style), (0, 0, 0, indent)))
    else:  # without what a console takes to lay out a line, as there may be very many
        console.file.write(f"{' ' * indent}{visible(line)}\n")
