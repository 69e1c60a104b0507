"""Write comparisons and suites as GitHub-flavoured Markdown, for a pull request or a job's summary.

Everything that comes from documents, models and file names is escaped: it can open no table cell,
no code, no link, no HTML.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

from annotate.formatting import visible
from annotate.reporting import wording

if TYPE_CHECKING:
    from annotate.comparison.comparison import Comparison
    from annotate.comparison.items import Item
    from annotate.suites.verdicts import TrialResult

_MOST = 20  # items of a list: a job's summary holds one megabyte

_HTML = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_MARKS = re.compile(r"[&<>]|[\\`*_\[\]#|~@$]|:(?=//)|(?<=www)\.", re.IGNORECASE)
_BULLET = re.compile(r"^(\d*)([-+.)])")  # would begin a list inside the list


def of_comparison(comparison: Comparison) -> str:
    """Return a comparison as Markdown."""
    return "\n".join(_comparison(comparison)) + "\n"


def of_suite(results: Iterable[TrialResult]) -> str:
    """Return all trials of a suite as Markdown: a table of scores, then each comparison."""
    return "".join(f"{line}\n" for result in results for line in _trial(result))


def escaped(text: str) -> str:
    """Return `text` on one line, as Markdown that shows it letter by letter."""
    line = visible(" ".join(text.split()))
    return _MARKS.sub(lambda mark: _HTML.get(mark[0], f"\\{mark[0]}"), line)


def item(text: str) -> str:
    """Return `text` as an item of a list, which begins no list inside it."""
    return "- " + _BULLET.sub(r"\1\\\2", escaped(text))


def _comparison(comparison: Comparison) -> Iterator[str]:
    mark = "❌" if comparison.failures else "✅"
    yield f"## {mark} {escaped(wording.verdict(comparison))}"
    yield ""
    yield f"Before: {escaped(wording.side(comparison.before))}  "
    yield f"After: {escaped(wording.side(comparison.after))}"
    yield from _bullets(wording.differences(comparison))
    yield from _bullets(
        f"FAILED {check.gate} {check.what}: {check.message}" for check in comparison.failures
    )
    yield from _table(wording.SCORE_COLUMNS, wording.score_rows(comparison))
    yield ""
    yield wording.ELSEWHERE
    yield from _bullets(wording.gold_changes(comparison))
    rows = wording.category_rows(comparison)
    yield from folded(wording.BY_CATEGORY, wording.CATEGORY_COLUMNS, rows)
    rows = wording.document_rows(comparison)
    yield from folded("By document, in points", wording.DOCUMENT_COLUMNS, rows)
    yield from _lists(comparison)
    yield from _bullets(wording.usage(comparison))
    yield from _bullets(f"Note: {note}" for note in comparison.notes)


def _trial(result: TrialResult) -> Iterator[str]:
    yield f"# {escaped(result.trial.name)}: {escaped(result.status)}"
    yield ""
    if result.note:
        yield escaped(result.note)
        yield ""
    if result.subsets:
        yield from _rows(wording.SUBSET_COLUMNS, wording.subset_rows(result))
        yield ""
    remarks = (*wording.remarks(result), *wording.self_check(result))
    yield from (f"- {escaped(remark.strip())}" for remark in remarks)
    yield ""
    if result.comparison is not None:
        yield of_comparison(result.comparison)


def _bullets(lines: Iterable[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield ""
        yield item(line)


def _table(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, figures: bool = True
) -> Iterator[str]:
    yield ""
    yield from _rows(columns, rows, figures=figures)


def _rows(
    columns: Sequence[str], rows: Iterable[Sequence[str]], *, figures: bool = True
) -> Iterator[str]:
    yield table_row(columns)
    yield table_row(["---", *("--:" if figures else "---" for _ in columns[1:])], raw=True)
    for row in rows:
        yield table_row(row)


def table_row(cells: Iterable[str], *, raw: bool = False) -> str:
    """Return a row of a table; `raw` cells are Markdown already."""
    return f"| {' | '.join(cell if raw else escaped(cell) for cell in cells)} |"


def folded(
    title: str, columns: Sequence[str], rows: Iterable[Sequence[str]], *, figures: bool = True
) -> Iterator[str]:
    """Yield a table that opens on a click; its columns hold figures, or else text."""
    yield from ("", f"<details><summary>{title}</summary>")
    yield from _table(columns, rows, figures=figures)
    yield from ("", "</details>")


def _lists(comparison: Comparison) -> Iterator[str]:
    for name, title in wording.LISTS.items():
        items = getattr(comparison.changes, name)
        rows = [(wording.place(item, comparison), _quoted(item)) for item in items[:_MOST]]
        yield from _list(title, ("what", "quote"), rows, len(items))
    flips = comparison.changes.attribute_flips
    places = [
        (wording.place(each.item, comparison), wording.flip(each), _quoted(each.item))
        for each in flips[:_MOST]
    ]
    yield from _list(wording.FLIPS, ("what", "values", "quote"), places, len(flips))


def _quoted(item: Item) -> str:
    leading, quote, trailing = wording.quote(item)
    return f"{leading} «{quote}» {trailing}"


def _list(
    title: str, columns: Sequence[str], rows: Sequence[Sequence[str]], count: int
) -> Iterator[str]:
    if rows:
        more = f", the first {len(rows)}" if count > len(rows) else ""
        yield from folded(f"{title} ({count}{more})", columns, rows, figures=False)
