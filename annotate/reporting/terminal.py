"""Lines and tables on a terminal. Text in them is data: it steers nothing and has no markup.

A table never cuts a figure, and never two names to one: where there is little room, names are
folded, and whole columns give way, which the table says.
"""

from __future__ import annotations

import copy
from collections.abc import Container, Iterable, Sequence
from dataclasses import replace

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

from annotate.formatting import visible


def safe(text: str, style: str = "") -> Text:
    """Return a text with its control characters made visible."""
    return Text(visible(text), style=style)


def print_line(console: Console, line: str | Text, style: str = "") -> None:
    """Print a line: whole where it goes into a pipe, wrapped between words on a terminal."""
    text = safe(line, style) if isinstance(line, str) else line
    console.print(text, soft_wrap=not console.is_terminal)


def print_lines(console: Console, lines: Iterable[str | Text]) -> None:
    """Print lines as `print_line` does."""
    for line in lines:
        print_line(console, line)


class FittedTable(Table):
    """A table that fits what it is printed on.

    Attributes:
        drops: names of columns, that which gives way first first.
    """

    drops: tuple[str, ...] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        yield from Table.__rich_console__(self._fitted(options.max_width), console, options)

    def _fitted(self, width: int) -> Table:
        kept = list(self.columns)
        whole = sum(max(_widest(each), cell_len(str(each.header))) for each in kept)
        if whole + _FRAME * len(kept) + 1 <= width:
            return self
        dropped: list[str] = []
        for name in self.drops:
            if _least(kept) <= width:
                break
            dropped += [name for column in kept if str(column.header) == name]
            kept = [column for column in kept if str(column.header) != name]
        fitted = copy.copy(self)
        fitted.columns = [replace(each, _index=place) for place, each in enumerate(kept)]
        _share(fitted.columns, width)
        if dropped:
            said = f"no room for {', '.join(dropped)}: a wider terminal or --json shows more"
            fitted.caption = f"{self.caption}\n{said}" if self.caption else said
        return fitted


_FRAME = 3  # characters that stand around what a column holds, and one more around them all
_FEWEST = 12  # characters that a name is folded to at least


def _is_text(column: Column) -> bool:
    return column.justify == "left"


def _widest(column: Column) -> int:
    """Return the cells that the longest line of a column takes; its head may be folded."""
    head = max((cell_len(word) for word in str(column.header).split()), default=0)
    return max([head, *(cell_len(line) for each in column.cells for line in str(each).split("\n"))])


def _least(columns: Sequence[Column]) -> int:
    """Return the cells that a table takes where its names are folded and its figures whole."""
    widest = (min(_widest(each), _FEWEST) if _is_text(each) else _widest(each) for each in columns)
    return sum(widest) + _FRAME * len(columns) + 1


def _share(columns: Sequence[Column], width: int) -> None:
    """Give figures the room that they need, and what is left of it to the names."""
    widest = [_widest(each) for each in columns]
    over = sum(widest) + _FRAME * len(columns) + 1 - width
    for place in sorted(range(len(columns)), key=lambda at: -widest[at]):
        if over > 0 and _is_text(columns[place]):
            less = min(over, max(0, widest[place] - _FEWEST))
            widest[place], over = widest[place] - less, over - less
    for column, own in zip(columns, widest, strict=True):
        column.width = own
        column.overflow = "fold"


def table(
    title: str | None,
    columns: Sequence[str],
    *,
    texts: Container[str] = (),
    drops: Sequence[str] | None = None,
) -> FittedTable:
    """Return a table without rows; its first column and `texts` hold text, the others figures.

    Where there is little room, `drops` give way, the first one first; by default all columns but
    the first two, from the last one on.
    """
    made = FittedTable(
        title=None if title is None else safe(title, "table.title"), title_justify="left"
    )
    for position, name in enumerate(columns):
        is_text = not position or name in texts
        made.add_column(safe(name), justify="left" if is_text else "right")
    made.drops = tuple(columns[:1:-1] if drops is None else drops)
    return made


def shortened(shown: Table, rows: int, most: int) -> Table:
    """Say below a table that shows `most` rows how many more there are."""
    if rows > most:
        shown.caption = f"{rows - most:,} more in --json"
    return shown
