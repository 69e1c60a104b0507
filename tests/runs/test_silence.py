"""Silence is claimed only where all that a document could state was read by who can read it."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from rich.console import Console

from annotate.documents.document import Document
from annotate.documents.languages import Languages
from annotate.documents.layout import Furniture, Layout, Page
from annotate.formats.export import export
from annotate.ledger import Entry, Status
from annotate.reporting.json import silence_of
from annotate.reporting.run import print_run
from annotate.runs.found import silences
from annotate.runs.silence import Silence, silence
from annotate.viewer import view
from tests.conftest import INCIDENTS
from tests.documents.test_languages import SAID
from tests.support import drawn

TEXT = "Incident\n\nSearch was slow.\n\nIt was caused by load.\n"
SECOND = TEXT.index("It")
ALL = ("impact", "cause", "action")
SILENT = Silence(("cause", "action"))


def entry(start: int, end: int, status: Status = "ok", **more: Any) -> Entry:
    return Entry("a.txt", start, start, end, status, **more)


def judged(
    *entries: Entry,
    text: str = TEXT,
    refused: tuple[dict[str, Any], ...] = (),
    reads: tuple[str, ...] | None = None,
    found: tuple[str, ...] = ("impact",),
    layout: Layout | None = None,
    languages: Languages | None = None,
) -> Silence:
    document = Document("a.txt", text, layout=layout, stated_languages=languages)
    return silence(document, ALL, found, entries, refused, reads)


WHOLE = entry(0, len(TEXT))


@pytest.mark.parametrize("status", ["ok", "repaired", "partial"])
def test_it_is_claimed_where_all_was_answered(status: Status) -> None:
    assert judged(entry(0, len(TEXT), status)) == SILENT
    assert judged(entry(0, SECOND, status), entry(SECOND, len(TEXT))) == SILENT
    assert judged(WHOLE, found=ALL) == Silence()


@pytest.mark.parametrize("status", ["refused", "truncated", "failed", "unsent"])
def test_it_is_not_claimed_beside_a_chunk_without_an_answer(status: Status) -> None:
    found = judged(entry(0, SECOND), entry(SECOND, len(TEXT), status))
    assert found == Silence((), ("cause", "action"), "1 of 2 chunks not answered")
    # What holds a heading alone could have stated nothing.
    assert judged(entry(0, 9, status), entry(9, len(TEXT))) == SILENT


def test_it_is_not_claimed_where_a_chunk_is_in_a_language_that_was_not_read() -> None:
    lost = entry(SECOND, len(TEXT), "abstained")
    why = "1 of 2 chunks are in a language that was not read"
    assert judged(entry(0, SECOND), lost) == Silence((), ("cause", "action"), why)
    part = entry(0, len(TEXT), "abstained", unread=((SECOND, len(TEXT)),))
    assert not judged(part).silent


@pytest.mark.parametrize(
    "entries",
    [
        (),
        (entry(0, SECOND),),
        (entry(SECOND, len(TEXT)),),
        (entry(0, 15), entry(20, len(TEXT))),
        (entry(0, len(TEXT) - 4),),
    ],
    ids=["none", "first", "last", "a hole", "but the end"],
)
def test_it_is_not_claimed_where_part_of_the_text_is_in_no_chunk(
    entries: tuple[Entry, ...],
) -> None:
    assert judged(*entries) == Silence((), ("cause", "action"), "not all of the text was read")


def test_white_space_and_furniture_need_no_answer() -> None:
    end = TEXT.index("It")
    furniture = Layout(furniture=(Furniture(SECOND, len(TEXT), "footer"),))
    for last in ((), (entry(end, len(TEXT), "failed"),), (entry(end, len(TEXT), "abstained"),)):
        assert not judged(entry(0, end), *last).silent
        assert judged(entry(0, end), *last, layout=furniture) == SILENT
    assert judged(entry(10, len(TEXT) - 1)) == SILENT


def test_what_was_left_out_as_furniture_is_not_read_where_it_is_text() -> None:
    """As where a layout was lost on the way: the ledger says furniture, the document does not."""
    left = entry(SECOND, len(TEXT), "furniture", note="footer")
    why = "1 of 2 chunks were taken for furniture, and are text"
    assert judged(entry(0, SECOND), left) == Silence((), ("cause", "action"), why)
    furniture = Layout(furniture=(Furniture(SECOND, len(TEXT), "footer"),))
    assert judged(entry(0, SECOND), left, layout=furniture) == SILENT


def test_a_page_without_text_may_be_an_image_that_nobody_read() -> None:
    pages = (Page(1, 0, 8), Page(2, 8, 8), Page(3, 8, 10), Page(4, 10, len(TEXT)))
    found = judged(WHOLE, layout=Layout(pages=pages))
    why = "pages without text, perhaps images, were not read: 2, 3"
    assert found == Silence((), ("cause", "action"), why)
    assert judged(WHOLE, layout=Layout(pages=pages[:1])) == SILENT


def test_only_the_parts_of_a_chunk_that_were_not_read_count() -> None:
    heading = entry(0, len(TEXT), "abstained", unread=((0, 9),))
    assert judged(heading) == SILENT
    assert not judged(entry(0, len(TEXT), "abstained", unread=((0, 12),))).silent


def test_a_document_that_nobody_could_read_is_silent_on_nothing(tmp_path: Path) -> None:
    found = [drawn.annotation("a.txt", drawn.TEXT, 0, 16)]
    run = drawn.write(tmp_path / "run", {"a.txt": drawn.TEXT, "b.txt": "It was slow."}, found, [])
    said = {document.id: silence for document, silence in silences(run, ALL)}
    assert said["a.txt"] == Silence((), ("cause", "action"), "not all of the text was read")
    assert said["b.txt"] == Silence((), ALL, "not all of the text was read")


def test_it_is_not_claimed_for_an_annotator_that_cannot_read_the_text() -> None:
    """As old runs say: the lexicon answered, and nobody had asked for the language."""
    german = f"{SAID['de']}\n"
    whole = entry(0, len(german))
    why = "it is written in de, which was not read"
    assert judged(whole, text=german, reads=("en",)) == Silence((), ("cause", "action"), why)
    assert judged(whole, text=german, reads=("en", "de")) == SILENT
    assert judged(whole, text=german, reads=None) == SILENT
    mixed = f"{SAID['en']}\n\n{SAID['en']}\n\n{SAID['de']}\n"
    found = judged(entry(0, len(mixed)), text=mixed, reads=("en",))
    assert (found.silent, found.why) == ((), why)
    assert judged(WHOLE, reads=("en",), languages=Languages("")) == SILENT


def test_a_refused_answer_leaves_its_category_open() -> None:
    why = "an answer about it was refused"
    assert judged(WHOLE, refused=({"item": {"category": "cause"}},)) == Silence(
        ("action",), ("cause",), why
    )
    for item in ("no JSON", {}, {"category": 1}, {"category": "causes"}, None):  # which was meant?
        assert judged(WHOLE, refused=({"item": item},)) == Silence((), ("cause", "action"), why)


@pytest.mark.parametrize(
    "lost",
    ["", "failed", "refused", "truncated", "unsent", "abstained", "furniture", "refused answer"],
)
def test_page_report_and_export_say_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: str
) -> None:
    monkeypatch.chdir(INCIDENTS)
    status: Any = {"": "ok", "refused answer": "partial"}.get(lost, lost)
    refused = [drawn.refusal("a.txt", "x", item={"category": "cause"})] if "answer" in lost else []
    entries = drawn.whole(drawn.TEXT, status)
    found = [drawn.annotation("a.txt", drawn.TEXT, 0, 16)]
    run = drawn.write(tmp_path / "run", {"a.txt": drawn.TEXT}, found, entries, refused)
    members = silence_of(run)
    assert members is not None
    reported: Any = dict(members.pairs)
    data: Any = view(run).content.data
    shown = data["documents"][0]["silence"]
    names = [each["name"] for each in data["categories"]]
    export(run, "parquet", tmp_path / "out.parquet")
    metadata = pq.read_schema(tmp_path / "out.parquet").metadata
    assert json.loads(metadata[b"annotate.silence"]) == reported
    said = reported["a.txt"]
    assert [names[place] for place in shown["silent"]] == said["silent"]
    assert [names[place] for place in shown["open"]] == said["open"]
    assert shown["why"] == said["why"]
    console = Console(file=io.StringIO(), width=100)
    print_run(run, console)
    assert isinstance(console.file, io.StringIO)
    row = f"│ a.txt    │ {len(said['silent']):>6} │ {len(said['open']):>9} │ {said['why']}"
    assert row in console.file.getvalue()
    others = len(data["categories"]) - 1  # all but the one that is stated
    assert len(said["silent"]) == {"": others, "refused answer": others - 1}.get(lost, 0)
