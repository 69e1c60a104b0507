"""brat standoff is read as brat's server reads it: the same characters at every offset."""

from __future__ import annotations

import codecs
import json
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.formats.brat.writer import pieces
from annotate.formats.export import export
from annotate.runs.reader import Run
from annotate.schema.categories import Schema
from schemas.incident_report import SCHEMA
from tests.conftest import contents
from tests.support.marked import (
    IMPACT,
    POLICIES,
    SLOW,
    Content,
    drawn,
    incident_practices,
    policy_practices,
)
from tests.support.written import a_run


def brat(run: Run, folder: Path, schema: Schema = SCHEMA) -> dict[str, Any]:
    """Export a run and return the index of the folder."""
    export(run, "brat", folder, schema=schema)
    return json.loads((folder / "annotate.json").read_bytes())  # type: ignore[no-any-return]


def opened(path: Path) -> Any:
    """Open a file as brat's `open_textfile` does: no line end is translated."""
    return codecs.open(str(path), "r", encoding="utf8", errors="strict")


def read_lines(folder: Path, name: str) -> tuple[str, list[tuple[str, str, str]]]:
    """Return text and lines of a document as `server/src/annotation.py` splits them."""
    with opened(folder / f"{name}.txt") as file:
        text = file.read()
    with opened(folder / f"{name}.ann") as file:
        lines = file.readlines()  # ends a line wherever str.splitlines does
    split = []
    for line in lines:
        identifier, tail = line.split("\t", 1)
        data, _, rest = tail.partition("\t")
        split.append((identifier, data, rest.removesuffix("\n")))
    return text, split


@given(content=st.one_of(drawn(SCHEMA, incident_practices()), drawn(POLICIES, policy_practices())))
def test_brat_finds_the_words_of_every_annotation_at_its_offsets(
    tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    folder = tmp_path_factory.mktemp("brat")
    index = brat(content.write(folder / "run"), folder / "out", content.schema)
    for entry, (document, found) in zip(index["documents"], content.documents, strict=True):
        text, lines = read_lines(folder / "out", entry["file"])
        assert len(text) == len(document.text)
        assert len(lines) == 2 * len(found)
        assert len({line[0] for line in lines}) == len(lines)
        for number, annotation in enumerate(found):
            (name, data, words), (_, about, note) = lines[2 * number : 2 * number + 2]
            kind, _, spans = data.partition(" ")
            places = [tuple(map(int, span.split(" "))) for span in spans.split(";")]
            assert re.fullmatch("[a-zA-Z0-9_-]+", kind)
            assert words == " ".join(text[start:end] for start, end in places)
            assert all("\n" not in text[start:end] for start, end in places)
            assert sorted(places) == places
            assert about == f"AnnotatorNotes {name}"
            assert json.loads(note)["attributes"] == annotation.attributes
            assert json.loads(note)["span"] == [annotation.start, annotation.end]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\nb", [(0, 1), (2, 3)]),
        ("a\r\nb", [(0, 1), (3, 4)]),
        ("\na\n", [(1, 2)]),
        ("a\u2028b\x85c\x0bd\x1ce", [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9)]),
        ("😀 é\tx", [(0, 5)]),
        ("\n\r\n", [(0, 0)]),
        ("", [(0, 0)]),
    ],
)
def test_a_span_is_written_in_pieces_without_line_ends(
    text: str, expected: list[tuple[int, int]]
) -> None:
    assert pieces(text, 0, len(text)) == expected


def test_offsets_count_code_points_and_line_ends_as_they_are(tmp_path: Path) -> None:
    text = "😀\r\nCafé was\r\ndown."
    start = text.index("Café")
    quote = text[start:]
    cited = (Evidence(quote, start, len(text), "exact", 0),)
    found = (Annotation("a.txt", start, len(text), "impact", IMPACT, quote, cited),)
    run = Content(SCHEMA, ((Document("a.txt", text), found),)).write(tmp_path / "run")
    brat(run, tmp_path / "out")
    assert (tmp_path / "out" / "a.txt").read_bytes() == text.encode()
    first = (tmp_path / "out" / "a.ann").read_text(encoding="utf-8").split("\n")[0]
    assert first == "T1\timpact 3 11;13 18\tCafé was down."


def test_a_note_stays_on_its_line_whatever_it_quotes(tmp_path: Path) -> None:
    cited = (Evidence("\u2028\x85\x0b\x1d\n\td\ud83d", 0, 1, "fuzzy", 0),)
    found = (Annotation("a.txt", 0, 1, "impact", IMPACT, "x", cited),)
    run = Content(SCHEMA, ((Document("a.txt", "x"), found),)).write(tmp_path / "run")
    brat(run, tmp_path / "out")
    _, (_, (_, _, note)) = read_lines(tmp_path / "out", "a")
    assert json.loads(note)["evidence"][0]["quote"] == cited[0].quote


def test_the_configuration_names_every_category_and_lets_spans_overlap(tmp_path: Path) -> None:
    index = brat(a_run(tmp_path / "run", "x", attributes=SLOW), tmp_path / "out")
    lines = (tmp_path / "out" / "annotation.conf").read_text(encoding="utf-8").splitlines()
    entities = lines[lines.index("[entities]") + 1 : lines.index("[relations]")]
    assert [line for line in entities if line] == [*SCHEMA.categories]
    assert "<OVERLAP>\tArg1:<ENTITY>, Arg2:<ENTITY>, <OVL-TYPE>:<ANY>" in lines
    assert [line for line in lines if line.startswith("[")] == [
        "[entities]",
        "[relations]",
        "[events]",
        "[attributes]",
    ]
    drawing = (tmp_path / "out" / "visual.conf").read_text(encoding="utf-8")
    assert re.findall(r"^(\w+)\tbgColor:#[0-9A-F]{6}$", drawing, re.MULTILINE) == [*index["types"]]


HOSTILE = [
    "../../up.txt",
    "/etc/passwd",
    "a/b.txt",
    "a_b.txt",
    "A_B.TXT",
    "nul",
    "COM1.txt",
    ".hidden",
    "..",
    "\0",
    "a\nb\t",
    "-",
    "😀",
    "ß" * 300,
    "x" * 5000,
    "\udcff",
    "annotate.json",
]


def test_file_names_are_safe_and_unique_and_the_ids_are_kept(tmp_path: Path) -> None:
    documents = tuple((Document(name, "Slow."), ()) for name in HOSTILE)
    index = brat(Content(SCHEMA, documents).write(tmp_path / "run"), tmp_path / "out")
    names = [entry["file"] for entry in index["documents"]]
    assert [entry["id"] for entry in index["documents"]] == HOSTILE
    assert all(re.fullmatch("[A-Za-z0-9][A-Za-z0-9_-]{0,90}", name) for name in names)
    assert len({name.lower() for name in names}) == len(HOSTILE)
    assert {"nul", "com1"}.isdisjoint(name.lower() for name in names)
    assert {*contents(tmp_path)} - {*contents(tmp_path / "run")} >= {f"out/{n}.txt" for n in names}
    assert {path.name for path in tmp_path.iterdir()} == {"run", "out"}


def test_the_same_run_gives_the_same_bytes(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "Slow.", "\ud83d", attributes=SLOW)
    brat(run, tmp_path / "one")
    brat(run, tmp_path / "two")
    assert contents(tmp_path / "one") == contents(tmp_path / "two")
