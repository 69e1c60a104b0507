"""Quotes are printed with their place, in the room there is, and cannot talk to the terminal."""

from __future__ import annotations

import io
import re
from pathlib import Path

from pydantic import JsonValue
from rich.cells import cell_len
from rich.console import Console

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.documents.layout import Layout, Page
from annotate.ledger import Entry
from annotate.reporting.json import of_selection
from annotate.reporting.quotes import print_quotes
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.runs.writer import RunWriter
from tests.support.printed import harmless

HOSTILE = "\x1b[31m[red]\u202e\x07"
QUOTE = f"We were {HOSTILE} slow,\n\n  and said so [/red] to 検索の利用者 " + "again and " * 20


def a_run(path: Path) -> Run:
    evidence = (Evidence(QUOTE, 5, 5 + len(QUOTE), "exact", 0, 2, "ambiguous"),)
    said: dict[str, JsonValue] = {
        HOSTILE: ["slow", HOSTILE],
        "count": 3,
        "none": None,
    }
    found = Annotation(HOSTILE, 5, 5 + len(QUOTE), HOSTILE, said, QUOTE, evidence)
    length = 5 + len(QUOTE)
    pages = (Page(7, 0, 10), Page(8, 10, length))
    document = Document(HOSTILE, f"Yes. {QUOTE}", layout=Layout((), pages=pages))
    with RunWriter(path, {"model": HOSTILE}, "1") as writer:
        writer.add(document, [found], [Entry(HOSTILE, 0, 0, length, "ok")], [])
    return Run(path)


def printed(run: Run, *, terminal: bool) -> str:
    file = io.StringIO()
    console = Console(
        file=file, width=80, force_terminal=terminal, highlight=False, color_system=None
    )
    print_quotes(run, Selection(), console)
    return file.getvalue()


def test_quotes_are_whole_lines_in_a_pipe(tmp_path: Path) -> None:
    shown = printed(a_run(tmp_path / "run"), terminal=False)
    harmless(shown)
    name, head, quote, said, end, rest = shown.split("\n")
    seen = "\\u001b[31m[red]\\u202e\\u0007"
    assert name == seen
    assert head.startswith(f"  {seen}, 5 to {5 + len(QUOTE)}, pages 7 to 8 (ambiguous: its words ")
    assert quote.startswith(f"    We were {seen} slow, and said so [/red] to 検索の利用者 again")
    assert said == f"    {seen} slow, {seen}; count 3"
    assert end == f"1 of 1 annotations; complete run by {seen} in {tmp_path / 'run'}"
    assert rest == ""


def test_quotes_fit_a_terminal(tmp_path: Path) -> None:
    shown = printed(a_run(tmp_path / "run"), terminal=True)
    harmless(re.sub(r"\x1b\[\d*m", "", shown))
    assert max(map(cell_len, shown.split("\n"))) <= 80
    assert shown.count("again and") + shown.count("again\n") >= 19


def test_json_holds_the_rows_as_they_are(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run")
    (row,) = of_selection(run, Selection())["annotations"]
    assert row.pop("pages") == [7, 8]
    assert row == next(run.annotations()).to_json()
