"""A large run as a folder: what is written, and what it leaves alone."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.ledger import Entry
from annotate.runs.reader import Run
from annotate.viewer.run_folder import write_folder
from annotate.viewer.view import view, write_view
from tests.support import drawn
from tests.support.drawn import TEXT

pytestmark = pytest.mark.usefixtures("second_domain")
MANY = 205


def many(folder: Path, count: int = MANY) -> Run:
    """Write a run of so many documents; every tenth has annotations, the last is not answered."""
    texts = {f"d{n:03}.txt": TEXT for n in range(count)}
    found = [each for name in list(texts)[::10] for each in drawn.every_unit(name, TEXT)]
    entries = [Entry(name, 0, 0, len(TEXT), "ok") for name in texts]
    entries[-1] = Entry(f"d{count - 1:03}.txt", 0, 0, len(TEXT), "failed")
    return drawn.write(folder, texts, found, entries)


def written(run: Run, folder: Path) -> Path:
    """Write the pages of a run."""
    return write_folder(run, run.schema, None, ["Look here."], folder)


def test_every_document_stands_on_one_page_and_the_index_comes_last(tmp_path: Path) -> None:
    index = written(many(tmp_path / "run"), tmp_path / "view")
    assert index == tmp_path / "view" / "index.html"
    pages = sorted((tmp_path / "view" / "pages").iterdir())
    assert [each.name for each in pages] == ["000000.html", "000001.html", "000002.html"]
    texts = [each.read_text(encoding="utf-8") for each in pages]
    for n in range(MANY):
        assert [f'"name":"d{n:03}.txt"' in each for each in texts] == [
            n // 100 == number for number in range(3)
        ]


def test_long_documents_have_pages_with_fewer_of_them(tmp_path: Path) -> None:
    texts = dict.fromkeys(("a.txt", "b.txt", "c.txt"), "Search was slow.\n" * 20000)
    written(drawn.write(tmp_path / "run", texts), tmp_path / "view")
    assert len(list((tmp_path / "view" / "pages").iterdir())) == 3


def test_pages_of_an_older_run_go_and_other_files_stay(tmp_path: Path) -> None:
    folder = tmp_path / "view"
    written(many(tmp_path / "large"), folder)
    for name in ("notes.txt", "pages/mine.html"):
        (folder / name).write_text("mine", encoding="utf-8")
    written(many(tmp_path / "small", 3), folder)
    found = sorted(str(each.relative_to(folder)) for each in folder.rglob("*") if each.is_file())
    assert found == ["index.html", "notes.txt", "pages/000000.html", "pages/mine.html"]


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "view").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match=r"view: cannot be written"):
        written(many(tmp_path / "run", 3), tmp_path / "view")


def test_a_run_with_more_documents_than_a_page_has_room_for_is_a_folder(tmp_path: Path) -> None:
    small, large = (many(tmp_path / f"{count}", count) for count in (500, 501))
    assert write_view(small)[0] == small.path / "view.html"
    assert write_view(large)[0] == large.path / "view" / "index.html"
    one = write_view(large, document="d007.txt")[0]
    assert one == large.path / "view.html"
    assert one.read_text(encoding="utf-8") == view(large, "d007.txt").html
