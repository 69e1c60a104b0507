"""Show a comparison on a terminal, as tables and lists."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.comparison.changes import Item
from annotate.comparison.comparison import Comparison
from annotate.formatting import visible
from annotate.reporting import wording

_MOST = 10  # items of a list

_STYLES = {"regression": "bold red", "improvement": "bold green", "no change detected": "bold"}


def show(comparison: Comparison, console: Console) -> None:
    """Print a comparison: verdict, scores, gates that failed, what changed."""
    _print(wording.verdict(comparison), console, _STYLES[comparison.verdict])
    for check in comparison.failures:
        _print(f"FAILED {check.gate} {check.what}: {check.message}", console, "red")
    _print(f"before: {wording.side(comparison.before)}", console)
    _print(f"after:  {wording.side(comparison.after)}", console)
    _lines(console, wording.differences(comparison), "  ")
    _scores(comparison, console)
    _lines(console, wording.gold_changes(comparison))
    _lists(comparison, console)
    _lines(console, wording.usage(comparison))
    for note in comparison.notes:
        _print(f"note: {note}", console, "yellow")


def _line(text: str, style: str = "") -> Text:
    return Text(visible(text), style=style)


def _print(text: str, console: Console, style: str = "") -> None:
    console.print(_line(text, style), soft_wrap=True)


def _lines(console: Console, lines: Iterable[str], margin: str = "") -> None:
    for line in lines:
        _print(f"{margin}{line}", console)


def _scores(comparison: Comparison, console: Console) -> None:
    count = len(comparison.by_document)
    title = f"Scores on these {count} documents"
    console.print(_table(title, wording.SCORE_COLUMNS, wording.score_rows(comparison)))
    _print(wording.ELSEWHERE, console, "dim")
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
    """Make a table whose first column is text and whose others are figures."""
    table = Table(title=title, title_justify="left")
    for position, name in enumerate(columns):
        table.add_column(name, justify="right" if position and name != "gated" else "left")
    for position, row in enumerate(rows):
        style = "" if gated is None or gated[position] else "dim"
        table.add_row(*(_line(cell) for cell in row), style=style)
    return table


def _lists(comparison: Comparison, console: Console) -> None:
    for name, title in wording.LISTS.items():
        items: Sequence[Item] = getattr(comparison.changes, name)
        if items:
            _print(f"{title} ({len(items)})", console, "bold")
        for item in items[:_MOST]:
            _show(item, comparison, console)
        _more(len(items), console)
    flips = comparison.changes.attribute_flips
    if flips:
        _print(f"{wording.FLIPS} ({len(flips)})", console, "bold")
    for each in flips[:_MOST]:
        _show(each.item, comparison, console)
        _print(f"    {wording.flip(each)}", console)
    _more(len(flips), console)


def _show(item: Item, comparison: Comparison, console: Console) -> None:
    leading, quote, trailing = map(visible, wording.quote(item))
    _print(f"  {wording.place(item, comparison)}", console, "cyan")
    around = (f"    {leading} ", "dim"), (f"«{quote}»", "bold"), (f" {trailing}", "dim")
    console.print(Text.assemble(*around), soft_wrap=True)


def _more(count: int, console: Console) -> None:
    if count > _MOST:
        _print(f"  and {count - _MOST} more in --json", console, "dim")
