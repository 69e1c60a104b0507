"""A brat folder is read document by document: what cannot be read is named."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.formats.corrections import read_corrections
from annotate.formats.export import export
from annotate.formats.import_gold import import_gold
from annotate.formats.import_run import import_run
from schemas.incident_report import SCHEMA
from tests.support.corrected import INCIDENT_TASK, TEXT, impact_run


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda d: (d / "cafe.txt").write_text("other", encoding="utf-8"), "is not the text that"),
        (lambda d: (d / "cafe.txt").write_bytes(TEXT.replace("\r", "").encode()), "none of its 3"),
        (lambda d: (d / "cafe.txt").write_bytes(b"\xff"), "is not UTF-8 at byte 0"),
        (lambda d: (d / "cafe.txt").unlink(), r"cafe\.txt: cannot be read"),
        (lambda d: (d / "cafe.ann").unlink(), r"cafe\.ann: cannot be read"),
    ],
    ids=["text", "line ends", "encoding", "no text", "no annotations"],
)
def test_a_document_that_cannot_be_read_is_named_and_the_run_is_incomplete(
    tmp_path: Path, damage: Callable[[Path], object], message: str
) -> None:
    export(impact_run(tmp_path), "brat", tmp_path / "brat", schema=SCHEMA)
    damage(tmp_path / "brat")
    (tmp_path / "brat" / "more.txt").write_text("Slow.", encoding="utf-8")
    (tmp_path / "brat" / "more.ann").write_text("", encoding="utf-8")
    read = read_corrections(tmp_path / "brat", "brat", SCHEMA)
    back, _ = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert message.replace("\\", "") in str(read.problems[0])
    assert [document.id for document in back.documents()] == ["more.txt"]
    assert (back.complete, len(list(back.unreadable()))) == (False, 1)


@pytest.mark.parametrize(
    ("index", "message"),
    [
        ("{", "annotate.json: is not JSON"),
        ('{"format": "x"}', "is not of the format"),
        ('{"format": "annotate brat 1", "types": {}}', "lists no documents"),
        (
            '{"format": "annotate brat 1", "types": {}, "documents": [3]}',
            "0 is not an object",
        ),
        (
            '{"format": "annotate brat 1", "types": {}, "documents": [{"file": "a", "id": 3}]}',
            "document 0 has no id",
        ),
        (
            '{"format": "annotate brat 1", "types": {}, "documents": [{"file": "../x", "id": "a",'
            ' "sha256": "", "format": "text", "annotations": 1, "chunks": []}]}',
            "document 0 names a file that is not in this folder",
        ),
    ],
)
def test_a_damaged_index_is_refused(tmp_path: Path, index: str, message: str) -> None:
    (tmp_path / "annotate.json").write_text(index, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_corrections(tmp_path, "brat", SCHEMA)


def test_the_same_document_in_two_files_is_reported(tmp_path: Path) -> None:
    export(impact_run(tmp_path), "brat", tmp_path / "brat", schema=SCHEMA)
    index = tmp_path / "brat" / "annotate.json"
    content = json.loads(index.read_bytes())
    content["documents"] *= 2
    index.write_text(json.dumps(content), encoding="utf-8")
    read = read_corrections(tmp_path / "brat", "brat", SCHEMA)
    assert len(read.documents) == 1
    assert ["is document cafe.txt again" in str(each) for each in read.problems] == [True]


def test_a_folder_of_another_tool_is_read_by_its_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "part"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"Search was slow.\r\n")
    (folder / "a.ann").write_bytes(
        b"T1\timpact 0 16\tSearch was slow.\r\n#1\tAnnotatorNotes T1\tsee the codebook\r\n"
    )
    read = read_corrections(tmp_path / "corpus", "brat", SCHEMA)
    gold, problems = import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert (read.problems, problems) == ((), [])
    (each,) = gold.annotations
    assert (each.document, each.quote, each.note) == (
        "part/a.txt",
        "Search was slow.",
        "see the codebook",
    )
    assert (each.id, each.attributes) == ("a-0000-impact-1", {})


def test_a_brat_folder_cannot_reach_out_of_itself(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a key", encoding="utf-8")
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "x.ann").write_text("", encoding="utf-8")
    (folder / "x.txt").symlink_to(secret)
    (folder / "y.ann").write_text("", encoding="utf-8")
    os.mkfifo(folder / "y.txt")
    read = read_corrections(folder, "brat", SCHEMA)
    assert read.documents == ()
    said = " ".join(str(each) for each in read.problems)
    assert "a link to somewhere else" in said
    assert "not an ordinary file" in said
