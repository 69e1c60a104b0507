"""The layout that a source states: kept with the run, and the one thing that segmentation reads."""

from pathlib import Path
from typing import Any

import pytest

from annotate.documents.document import Document
from annotate.documents.layout import Furniture, Layout, LayoutBlock, LayoutKind, Page
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter


def laid_out(*parts: tuple[LayoutKind, str, dict[str, Any]], furniture: str = "") -> Document:
    """Return a document of blocks, each on a line; those that say `furniture` are."""
    text, blocks, marked = "", [], []
    for kind, words, more in parts:
        start, end = len(text), len(text) + len(words)
        blocks.append(LayoutBlock(kind, start, end, **more))
        if furniture and furniture in words:
            marked.append(Furniture(start, end, "a reason"))
        text += words + "\n"
    return Document("a", text, "html", Layout(tuple(blocks), (), tuple(marked)))


def contexts(document: Document) -> dict[str, tuple[str, list[str]]]:
    found = document.segmentation
    return {
        found.quote(unit): (unit.kind, [found.quote(outer) for outer in found.context(unit)])
        for unit in found.units
    }


def test_what_is_stated_is_not_read_from_marks() -> None:
    document = laid_out(
        ("heading", "tea", {"level": 2}),
        ("paragraph", "_ We brew. # We pour:", {}),
        ("item", "1. black", {"depth": 1}),
        ("item", "Assam", {"depth": 2}),
        ("paragraph", "It is strong.", {"depth": 2}),
        ("item", "**green**", {"depth": 1}),
        ("paragraph", "| The end |", {}),
    )
    assert contexts(document) == {
        "tea": ("heading", []),
        "_ We brew.": ("sentence", ["tea"]),
        "# We pour:": ("stem", ["tea"]),
        "1. black": ("item", ["tea", "_ We brew.", "# We pour:"]),
        "Assam": ("item", ["tea", "_ We brew.", "# We pour:"]),
        "It is strong.": ("item", ["tea", "_ We brew.", "# We pour:"]),
        "**green**": ("item", ["tea", "_ We brew.", "# We pour:"]),
        "| The end |": ("sentence", ["tea"]),
    }
    assert [unit.depth for unit in document.segmentation.units] == [0, 0, 0, 1, 2, 2, 1, 0]


def test_a_cell_is_headed_by_its_column_and_its_row() -> None:
    table = {"table": 1}
    document = laid_out(
        ("paragraph", "We keep:", {}),
        ("head", "Data", {**table}),
        ("head", "Days", {**table, "column": 1}),
        ("head", "Tea logs", {**table, "row": 1, "heads": (1,)}),
        ("cell", "90", {**table, "row": 1, "column": 1, "heads": (2, 3)}),
        ("cell", "—", {**table, "row": 2, "column": 1, "heads": (2, 3)}),
        ("paragraph", "That is all.", {}),
    )
    found = contexts(document)
    assert found["90"] == ("item", ["We keep:", "Days", "Tea logs"])
    assert found["That is all."] == ("sentence", [])
    assert "—" not in found


def test_a_summary_and_a_term_head_what_they_open_and_nothing_behind_it() -> None:
    document = laid_out(
        ("heading", "Questions", {"level": 1}),
        ("summary", "Do you sell tea?", {}),
        ("paragraph", "No.", {"heads": (1,)}),
        ("term", "Assam", {}),
        ("definition", "A strong tea.", {"heads": (3,)}),
        ("paragraph", "Ask us.", {}),
    )
    found = contexts(document)
    assert found["No."] == ("sentence", ["Questions", "Do you sell tea?"])
    assert found["A strong tea."] == ("sentence", ["Questions", "Assam"])
    assert found["Ask us."] == ("sentence", ["Questions"])


def test_a_bold_line_above_others_is_a_heading() -> None:
    document = laid_out(
        ("paragraph", "1. Our teas", {"strong": True}),
        ("paragraph", "We brew.", {}),
        ("paragraph", "We are not open at night.", {"strong": True}),
        ("paragraph", "Come by day.", {}),
    )
    found = contexts(document)
    assert found["1. Our teas"] == ("heading", [])
    assert found["We are not open at night."] == ("sentence", ["1. Our teas"])


def test_furniture_heads_nothing_outside_and_is_headed_by_nothing_there() -> None:
    document = laid_out(
        ("heading", "Our tea", {"level": 1}),
        ("heading", "Menu here", {"level": 1}),
        ("item", "Home here", {"depth": 1}),
        ("paragraph", "We brew.", {}),
        furniture="here",
    )
    found = contexts(document)
    assert found["We brew."] == ("sentence", ["Our tea"])
    assert found["Home here"] == ("item", ["Menu here"])
    units = document.segmentation.units
    assert [(unit.furniture, unit.states) for unit in units] == [
        ("", False),
        ("a reason", False),
        ("a reason", False),
        ("", True),
    ]


# ---- Kept with the run ----


def kept(folder: Path, *documents: Document) -> Run:
    with RunWriter(folder, {"model": "lexicon"}, "0") as writer:
        for document in documents:
            writer.add(document, [], [], [])
    return Run(folder)


def test_a_run_keeps_the_layout_and_a_text_without_one_has_no_column(tmp_path: Path) -> None:
    table = LayoutBlock("cell", 0, 1, table=1, row=2, column=3, columns=2, rows=4)
    layout = Layout(
        (table, LayoutBlock("item", 1, 2, depth=1, heads=(0,), strong=True)),
        (Page(1, 0, 1), Page(2, 1, 2)),
        (Furniture(1, 2, "a foot"),),
    )
    run = kept(tmp_path / "run", Document("a", "ab", "pdf", layout), Document("b", "b"))
    assert [each.layout for each in run.documents()] == [layout, None]
    assert "layout" not in (tmp_path / "run" / "documents.jsonl").read_text().splitlines()[1]


@pytest.mark.parametrize(
    "row",
    [
        {"blocks": [{"kind": "item", "start": 0, "end": 3}]},
        {"blocks": [{"kind": "tea", "start": 0, "end": 1}]},
        {"blocks": [{"kind": "item", "start": 0, "end": 1, "heads": [0]}]},
        {"furniture": [[1, 2, "x"], [0, 1, "x"]]},
        {"pages": [[1, 0, 9]]},
    ],
)
def test_a_layout_that_cannot_be_the_texts_is_refused(row: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="layout"):
        Layout.from_json(row, 2)
