"""Print the difference of two sides on a terminal."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from annotate.formatting import visible
from annotate.reporting import diff_wording as wording
from annotate.reporting.terminal import print_line, safe, table

if TYPE_CHECKING:
    from annotate.differences.changes import Change
    from annotate.differences.diff import Diff, DocumentDiff

_LONGEST = 400  # characters of a quote
_STYLES: Mapping[str, str] = {"changed": "yellow", "added": "green", "removed": "red"}


def print_diff(diff: Diff, console: Console, *, everything: bool = False) -> None:
    """Print a difference: by category, then document by document what changed.

    With `everything` also what was reworded or moved.
    """
    print_line(console, wording.title(diff), "bold")
    counts = table("By category", wording.COLUMNS, drops=("kept", "moved", "reworded"))
    for row in wording.category_rows(diff):
        counts.add_row(*map(safe, row))
    console.print(counts)
    for document in diff.documents:
        _print_document(document, console, everything)
    for note in diff.notes:
        print_line(console, f"note: {note}", "yellow")
    print_line(console, wording.verdict(diff), "bold")


def _print_document(document: DocumentDiff, console: Console, everything: bool) -> None:
    shown, facts = wording.shown(document, everything=everything), list(wording.facts(document))
    if not shown and not facts:
        return
    print_line(console, "")
    print_line(console, wording.headline(document), "bold")
    for change in shown:
        _print_change(change, console)
    for fact in facts:
        print_line(console, f"  {fact}", "cyan")


def _print_change(change: Change, console: Console) -> None:
    kind = (f"  {change.kind:<8} ", _STYLES.get(change.kind, ""))
    print_line(console, Text.assemble(kind, visible(wording.what(change))))
    if lead_in := wording.lead_in(change):
        print_line(console, f"    below {_clipped(lead_in, 100)}", "dim")
    same = change.kind == "moved" or (change.before and change.after and not change.reworded)
    for sign, side in (("-", change.before), ("+", change.after)):
        if side is not None and not (same and sign == "-"):
            line = f"    {' ' if same else sign} {_clipped(side.annotation.quote, _LONGEST)}"
            print_line(console, line, "" if same else {"-": "red", "+": "green"}[sign])


def _clipped(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
