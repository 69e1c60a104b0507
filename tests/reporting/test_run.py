"""What is printed: figures that add up, and text that cannot talk to the terminal."""

from __future__ import annotations

import io
import re
from pathlib import Path

from rich.console import Console

from annotate.annotation import Annotation, Evidence
from annotate.documents.decoding import Encoding
from annotate.documents.document import Document
from annotate.documents.languages import Languages, Passage
from annotate.documents.layout import Furniture, Layout, Page
from annotate.documents.provenance import Provenance
from annotate.documents.segmentation import segment
from annotate.errors import DocumentError
from annotate.formatting import visible
from annotate.ledger import Entry
from annotate.reporting.json import of_run, of_unit
from annotate.reporting.run import print_run, print_segments
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter

HOSTILE = "\x1b[31m[red]\u202e\x07\ud83d"


def a_run(path: Path) -> Run:
    """Return a run whose every name is hostile."""
    quote = "We were slow."
    evidence = (Evidence(quote, 0, 13, "exact", 0),)
    with RunWriter(path, {"model": HOSTILE}, "1") as writer:
        for name in (HOSTILE, "b.txt"):
            found = [Annotation(name, 0, 13, HOSTILE, {}, quote, evidence)]
            rejected = [{"document": name, "kind": HOSTILE}]
            entries = [Entry(name, 0, 0, 13, "ok"), Entry(name, 1, 13, 14, "failed")]
            writer.add(Document(name, quote), found * 2, entries, rejected)
        for number in range(12):
            writer.add_unreadable(DocumentError(f"{number}{HOSTILE}", "is empty"))
    return Run(path)


def printed(run: Run, width: int = 120) -> str:
    console = Console(file=io.StringIO(), width=width, highlight=False)
    print_run(run, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


def test_a_shown_run_holds_no_control_characters_and_no_markup(tmp_path: Path) -> None:
    shown = printed(a_run(tmp_path / "run"))
    assert not any(ord(c) < 32 and c != "\n" for c in shown)
    assert shown.count("\\u001b[31m[red]\\u202e\\u0007\\ud83d") >= 13
    assert "4 " in shown


def test_a_shown_run_says_what_went_wrong(tmp_path: Path) -> None:
    shown = printed(a_run(tmp_path / "run"))
    assert "2 chunks ended failed" in shown
    assert "and 2 more inputs that could not be read" in shown
    assert "INCOMPLETE run by" in shown


def test_the_figures_add_up(tmp_path: Path) -> None:
    figures = of_run(a_run(tmp_path / "run"))
    assert figures["categories"] == [{"category": HOSTILE, "annotations": 4, "documents": 2}]
    assert list(figures["documents"]) == [
        {
            "document": name,
            "format": "text",
            "language": "",
            "languages": [],
            "encoding": None,
            "encoding_from": None,
            "pages": 0,
            "furniture": {},
            "characters": 13,
            "chunks": 2,
            "annotations": 2,
        }
        for name in (HOSTILE, "b.txt")
    ]
    assert figures["grounding"] == {"exact": 4}
    assert figures["quarantine"] == {HOSTILE: 2}
    assert len(list(figures["unreadable"])) == 12


def test_ambiguous_annotations_are_counted(tmp_path: Path) -> None:
    text = "We were slow. We woke. We were slow."
    with RunWriter(tmp_path / "run", {"model": "m"}, "1") as writer:
        guess = Evidence("We were slow.", 0, 13, "exact", 0, 2, "ambiguous")
        found = [Annotation("a.txt", 0, 13, "impact", {}, "We were slow.", (guess,))]
        writer.add(Document("a.txt", text), found, [Entry("a.txt", 0, 0, len(text), "ok")], [])
    run = Run(tmp_path / "run")
    assert of_run(run)["ambiguous"] == 1
    assert "1 ambiguous annotations: their words stand at several places" in printed(run)
    assert "ambiguous annotations" not in printed(a_run(tmp_path / "other"))


def test_long_lists_of_documents_are_cut_with_a_hint(tmp_path: Path) -> None:
    with RunWriter(tmp_path / "run", {"model": "lexicon"}, "1") as writer:
        for number in range(45):
            writer.add(Document(f"{number}.txt", "x"), [], [], [])
    shown = printed(Run(tmp_path / "run"))
    assert "39.txt" in shown
    assert "40.txt" not in shown
    assert "5 more in --json" in shown


def test_a_shown_run_says_languages_encodings_pages_and_furniture(tmp_path: Path) -> None:
    text = "Guten Tag. Hello there."
    provenance = Provenance.of("a.pdf", b"x", Encoding("cp1252", "declaration"))
    layout = Layout((), (Page(1, 0, 10), Page(2, 11, 23)), (Furniture(11, 23, HOSTILE),))
    languages = Languages("de", (Passage(11, 23, "en"),))
    with RunWriter(tmp_path / "run", {"model": "lexicon"}, "1") as writer:
        entries = [Entry("a.pdf", 0, 11, 23, "furniture")]
        document = Document("a.pdf", text, "pdf", layout, provenance, languages)
        writer.add(document, [], entries, [])
    run = Run(tmp_path / "run")
    shown = printed(run, 80)
    assert re.search(r"a\.pdf +│ de, en +│ +2 │ +23 │", shown)
    assert "encodings: 1 cp1252 (declaration)" in shown
    said = visible(HOSTILE)
    assert f"1 parts of pages are furniture, not annotated: 1 {said}" in shown
    (row,) = of_run(run)["documents"]
    assert (row["languages"], row["pages"], row["furniture"]) == (["de", "en"], 2, {HOSTILE: 1})


def test_units_are_shown_one_a_line_without_markup() -> None:
    console = Console(file=io.StringIO(), width=40, highlight=False)
    text = "# Log [bold]\n\nWe keep:\n\n- your \x1b[31mIP[/bold] address, " + "long " * 30 + "\n"
    print_segments(segment(text), console)
    assert isinstance(console.file, io.StringIO)
    heading, stem, item = console.file.getvalue().splitlines()
    assert heading.endswith("Log [bold]")
    assert "stem" in stem
    assert "your \\u001b[31mIP[/bold] address" in item


def test_a_unit_as_a_row_holds_its_text_as_it_is() -> None:
    segmentation = segment("We keep  the \x1b[31m logs.")
    row = of_unit(segmentation, segmentation.units[0])
    assert row["text"] == "We keep  the \x1b[31m logs."
    assert segmentation.text[row["start"] : row["end"]] == row["text"]
