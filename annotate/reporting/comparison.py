"""Print a comparison on a terminal, as tables and lists."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.formatting import visible
from annotate.reporting import wording
from annotate.reporting.terminal import print_line, print_lines, safe, table

if TYPE_CHECKING:
    from annotate.comparison.comparison import Comparison
    from annotate.comparison.items import Item
    from annotate.runs.reader import Run

_MOST = 10  # items of a list

# Columns that give way where there is little room, the first one first.
_FIRST_TO_GO = ("other documents", "p rise", "support", "95% interval", "before", "adjusted p")

_STYLES = {"regression": "bold red", "improvement": "bold green", "no change detected": "bold"}


def print_comparison(comparison: Comparison, console: Console) -> None:
    """Print a comparison: verdict, scores, gates that failed, what changed."""
    print_line(console, wording.verdict(comparison), _STYLES[comparison.verdict])
    for check in comparison.failures:
        print_line(console, f"FAILED {check.gate} {check.what}: {check.message}", "red")
    print_line(console, f"before: {wording.side(comparison.before)}")
    print_line(console, f"after:  {wording.side(comparison.after)}")
    print_lines(console, (f"  {line}" for line in wording.differences(comparison)))
    _print_scores(comparison, console)
    print_lines(console, wording.gold_changes(comparison))
    _print_lists(comparison, console)
    print_lines(console, wording.usage(comparison))
    for note in comparison.notes:
        print_line(console, f"note: {note}", "yellow")


def print_counts(before: Run, after: Run, console: Console) -> None:
    """Print how many annotations of each category two runs have: all that needs no gold."""
    old, new = (Counter(each.category for each in run.annotations()) for run in (before, after))
    shown = table("Annotations", ("category", "before", "after"))
    for name in dict.fromkeys([*old, *new]):
        shown.add_row(safe(name), f"{old[name]:,}", f"{new[name]:,}")
    shown.add_section()
    shown.add_row("all", f"{old.total():,}", f"{new.total():,}")
    console.print(shown)


def _print_scores(comparison: Comparison, console: Console) -> None:
    count = len(comparison.by_document)
    title = f"Scores on these {count} documents"
    console.print(_table(title, wording.SCORE_COLUMNS, wording.score_rows(comparison)))
    print_line(console, wording.ELSEWHERE, "dim")
    gated = [not delta.excluded for delta in comparison.by_category.values()]
    rows = wording.category_rows(comparison)
    console.print(_table(wording.BY_CATEGORY, wording.CATEGORY_COLUMNS, rows, gated))
    rows = wording.document_rows(comparison)
    console.print(_table("By document, points", wording.DOCUMENT_COLUMNS, rows))


def _table(
    title: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[str]],
    gated: Sequence[bool] | None = None,
) -> Table:
    """Return a table with its rows; those that are not gated are dim."""
    drops = [name for name in _FIRST_TO_GO if name in columns]
    shown = table(title, columns, texts=("gated",), drops=drops)
    for position, row in enumerate(rows):
        style = "" if gated is None or gated[position] else "dim"
        shown.add_row(*map(safe, row), style=style)
    return shown


def _print_lists(comparison: Comparison, console: Console) -> None:
    for name, title in wording.LISTS.items():
        items: Sequence[Item] = getattr(comparison.changes, name)
        if items:
            print_line(console, f"{title} ({len(items)})", "bold")
        for item in items[:_MOST]:
            _print_item(item, comparison, console)
        _print_more(len(items), console)
    flips = comparison.changes.attribute_flips
    if flips:
        print_line(console, f"{wording.FLIPS} ({len(flips)})", "bold")
    for each in flips[:_MOST]:
        _print_item(each.item, comparison, console)
        print_line(console, f"    {wording.flip(each)}")
    _print_more(len(flips), console)


def _print_item(item: Item, comparison: Comparison, console: Console) -> None:
    leading, quote, trailing = map(visible, wording.quote(item))
    print_line(console, f"  {wording.place(item, comparison)}", "cyan")
    around = (f"    {leading} ", "dim"), (f"«{quote}»", "bold"), (f" {trailing}", "dim")
    print_line(console, Text.assemble(*around))


def _print_more(count: int, console: Console) -> None:
    if count > _MOST:
        print_line(console, f"  and {count - _MOST} more in --json", "dim")
