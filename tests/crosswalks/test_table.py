"""A table is read against its schema; what nobody can mean is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.crosswalks.table import find_table, read_table
from annotate.errors import ProjectError
from annotate.project.tasks import load_task
from tests.conftest import ROOT
from tests.support.crosswalked import TABLE

TASK = load_task("privacy_policy", ROOT)


def table(folder: Path, text: str = TABLE) -> Path:
    path = folder / "visitor.toml"
    path.write_text(text, encoding="utf-8")
    return path


def said(category: str, **attributes: JsonValue) -> Annotation:
    return Annotation("a.txt", 0, 1, category, attributes, "x", ())


def test_an_annotation_has_every_label_that_it_reaches(tmp_path: Path) -> None:
    read = read_table(table(tmp_path), TASK.schema)
    assert (read.name, read.version, [*read.labels]) == (
        "visitor",
        "7",
        ["who sees it", "how long", "sold"],
    )
    sold = said("sharing", mode="sell", polarity="affirmed")
    assert read.labels_of(sold) == ("who sees it", "sold")
    assert read.labels_of(said("sharing", mode="sell", polarity="denied")) == ("sold",)
    assert read.labels_of(said("sharing", mode="disclose", polarity="denied")) == ()
    assert read.labels_of(said("right", rights=["access", "erasure"], aspect="granted")) == (
        "how long",
    )
    assert read.labels_of(said("right", rights=["erasure"], aspect="limitation")) == ()
    assert read.why_left_out(said("security", measures=["generic"])) == "nobody asks for it"
    assert read.why_left_out(said("role", roles=["controller"])) == ""
    assert read.reached_by("sharing") == ("who sees it", "sold")


@pytest.mark.parametrize(
    ("old", "new", "line", "words"),
    [
        ("version", "vresion", 2, "vresion is not known here"),
        ('title = "who gets', 'tilte = "who gets', 7, "title is missing"),
        ('"retention"', '"retenion"', 18, "did you mean retention?"),
        ("mode=sell", "mode=sel", 25, "did you mean sell?"),
        ("rights=erasure", "right=erasure", 19, "did you mean rights?"),
        ("polarity=affirmed", "polarity", 10, "needs ATTRIBUTE=VALUE"),
        (', why = "nobody asks for it"', "", 4, "why is missing"),
        ("[label.sold]", "[lable.sold]", 22, "lable is not known here"),
        ('"nobody asks for it"', '""', 4, "why:"),
        ('from = [\n  { category = "retention" },', 'from = [\n  "x",', 18, "correct it"),
    ],
)
def test_what_cannot_be_meant_is_named_by_its_line(
    tmp_path: Path, old: str, new: str, line: int, words: str
) -> None:
    assert TABLE.count(old) == 1
    path = table(tmp_path, TABLE.replace(old, new))
    with pytest.raises(ProjectError) as caught:
        read_table(path, TASK.schema)
    assert str(caught.value).startswith(f"{path}:{line}: "), caught.value
    assert words in str(caught.value)


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    for text in ("title = [", "title = 'x'\n[label]\n"):
        with pytest.raises(ProjectError, match=r"visitor\.toml"):
            read_table(table(tmp_path, text), TASK.schema)
    (tmp_path / "visitor.toml").write_bytes(b"\xff")
    with pytest.raises(ProjectError, match=r"visitor\.toml"):
        read_table(tmp_path / "visitor.toml", TASK.schema)
    with pytest.raises(ProjectError, match="there is gdpr, opp115"):
        find_table(TASK, "nosuch")
    with pytest.raises(ProjectError, match="no such crosswalk"):
        find_table(TASK, "../gdpr")
