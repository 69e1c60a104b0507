"""Lines and tables on a terminal. Text in them is data: it steers nothing and has no markup."""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence

from rich.console import Console
from rich.table import Table
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


def table(title: str | None, columns: Sequence[str], *, texts: Container[str] = ()) -> Table:
    """Return a table without rows; its first column and `texts` hold text, the others figures."""
    made = Table(title=None if title is None else safe(title, "table.title"), title_justify="left")
    for position, name in enumerate(columns):
        is_text = not position or name in texts
        made.add_column(safe(name), justify="left" if is_text else "right")
    return made


def shortened(shown: Table, rows: int, most: int) -> Table:
    """Say below a table that shows `most` rows how many more there are."""
    if rows > most:
        shown.caption = f"{rows - most:,} more in --json"
    return shown
