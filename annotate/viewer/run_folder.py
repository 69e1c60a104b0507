"""A large run as a folder of pages: an index of its documents, and pages of some of them each.

    index.html         the name of every document, what was found in it, and where it stands
    pages/000000.html  the first documents, as `annotate.viewer.run_page` shows a run; and so on

Nothing is in memory but the documents of one page. The rows of the index are JSON, one line a page,
packed with gzip and written in base64: a browser reads no other file from a folder on disk.
"""

from __future__ import annotations

import base64
import gzip
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, TypeAlias

from markupsafe import Markup

from annotate.evaluation.evaluation import Evaluation
from annotate.files import json_line, unwritable, write_file
from annotate.formatting import visible
from annotate.runs.found import Found, found_in
from annotate.runs.reader import Run
from annotate.schema.categories import Schema
from annotate.viewer.judged import PREDICTED
from annotate.viewer.legend import Legend
from annotate.viewer.marks import Mark
from annotate.viewer.page import asset, page, rendered
from annotate.viewer.run_page import RunDrawing, facts, name_of, subtitle

Marked: TypeAlias = tuple[Found, Sequence[Mark]]
"""What a run has of a document, and what stands on it."""

MOST_ON_ONE_PAGE = 500
"""Documents of a run that is one page: more make the list beside the text, and the file, too long
to be of use."""

_SKELETON = Path(__file__).with_name("assets") / "index.html"
_DOCUMENTS = 100  # of a page, and
_CHARACTERS = 500_000  # so that it has about two million bytes and opens at once
_PAGES = f"{'[0-9]' * 6}.html"
_READ = 3 << 16  # bytes: a multiple of three, which base64 writes without a rest


def write_folder(
    run: Run,
    schema: Schema | None,
    evaluation: Evaluation | None,
    notices: Sequence[str],
    folder: Path,
) -> Path:
    """Write the pages of a run into a folder and return its index, which appears last.

    Older pages there are replaced; other files there are left alone.

    Raises:
        UsageError: where it cannot be written.
        RunError: where the run is damaged.
    """
    index = folder / "index.html"
    drawing = RunDrawing(run, evaluation)
    legend = Legend.of(schema, drawing.categories())
    try:
        (folder / "pages").mkdir(parents=True, exist_ok=True)
        index.unlink(missing_ok=True)
        with TemporaryFile() as rows:
            _write_pages(_pages(run, drawing, legend, notices), legend, folder / "pages", rows)
            rows.seek(0)
            write_file(index, _index(run, legend, notices, rows))
    except OSError as error:
        raise unwritable(folder, error) from None
    return index


def _pages(
    run: Run, drawing: RunDrawing, legend: Legend, notices: Sequence[str]
) -> Iterator[tuple[list[Marked], str]]:
    """Yield the documents of each page, and the page."""
    count = 0
    for group in _groups(found_in(run)):
        marked = [(each, drawing.marks(each)) for each in group]
        drawn = [drawing.draw(each, marks, legend) for each, marks in marked]
        title = f"{name_of(run)}, {count + 1:,} to {count + len(drawn):,}"
        count += len(drawn)
        content = drawing.content(title, drawn, legend, whole=run.complete, notices=notices)
        yield marked, page(content.data, index="../index.html")


def _groups(documents: Iterable[Found]) -> Iterator[list[Found]]:
    """Yield the documents that stand on one page."""
    group: list[Found] = []
    characters = 0
    for each in documents:
        characters += len(each.document.text)
        if group and (len(group) == _DOCUMENTS or characters > _CHARACTERS):
            yield group
            group, characters = [], len(each.document.text)
        group.append(each)
    if group:
        yield group


def _write_pages(
    pages: Iterable[tuple[list[Marked], str]], legend: Legend, folder: Path, rows: IO[bytes]
) -> None:
    """Write the pages, and the rows of the index about them."""
    for older in folder.glob(_PAGES):
        older.unlink()
    with gzip.GzipFile(fileobj=rows, mode="wb", mtime=0) as packed:
        for number, (marked, html) in enumerate(pages):
            (folder / f"{number:06}.html").write_bytes(html.encode())
            packed.write(json_line(_row(marked, legend)))


def _row(marked: Sequence[Marked], legend: Legend) -> dict[str, list[object]]:
    """Return what the index says of the documents of a page: a column for each thing."""
    found = [
        [legend.places[mark.category] for mark in marks if mark.layer == PREDICTED]
        for _, marks in marked
    ]
    return {
        "names": [visible(each.document.id) for each, _ in marked],
        "found": list(map(len, found)),
        "problems": [_problems(each) for each, _ in marked],
        "categories": [sorted(set(each)) for each in found],
    }


def _problems(found: Found) -> int:
    """Return how many answers and chunks of a document came to nothing."""
    return len(found.refused) + sum(not each.answered for each in found.entries)


def _index(run: Run, legend: Legend, notices: Iterable[str], rows: IO[bytes]) -> Iterator[bytes]:
    """Yield the index in pieces; `rows` are those that it holds."""
    encoded = iter(lambda: base64.b64encode(rows.read(_READ)).decode(), "")
    pieces = rendered(
        _SKELETON,
        asset("index.css"),
        asset("index.js"),
        title=name_of(run),
        subtitle=subtitle(run),
        badge="" if run.complete else "incomplete",
        notices=[*notices, *_unread(run)],
        categories=list(legend.places),
        facts=facts(run.manifest),
        rows=map(Markup, encoded),
    )
    return (piece.encode() for piece in pieces)


def _unread(run: Run) -> Iterator[str]:
    """Yield how many inputs were not read; the run lists them."""
    if count := run.manifest["counts"]["unreadable"]:
        where = Path(run.place_of("unreadable")).name
        yield f"{count:,} inputs could not be read: {where} of the run names them."
    if skipped := len(run.skipped):
        yield f"{skipped:,} inputs were skipped: manifest.json of the run names them."
