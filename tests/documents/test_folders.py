"""What is in the folders that inputs name: what is read, and what is said of the rest."""

from __future__ import annotations

import logging
import os
from pathlib import Path

import pytest

from annotate.documents.folders import Skipped
from annotate.documents.reading import read_documents
from annotate.errors import UsageError
from tests.support.files import read, written
from tests.support.work import steps

OUT = "is a link that leads out of the folder; name what it leads to, or add --follow-links"
NOWHERE = "is a link that leads nowhere; mend or remove it"
HIDDEN = "is hidden; name it to have it read"
IN_PLACE = "is a link to a folder that is read in its own place"
ALREADY = "is a link to a folder that is read already"


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder that is worked in: an input folder `in` beside a folder `secret`."""
    written(tmp_path / "in" / "a.txt", "Tea.")
    written(tmp_path / "secret" / "key.txt", "Secret.")
    written(tmp_path / "secret" / "deep" / "more.txt", "More.")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def looked(*inputs: str | Path, follow: bool = False) -> tuple[list[str], dict[str, str]]:
    """Return the ids of what is read, and why the rest is not."""
    skipped: list[Skipped] = []
    read = read_documents(inputs, follow_links=follow, on_skip=skipped.append)
    ids = [document.id for document in read]
    assert len({each.source for each in skipped}) == len(skipped)
    return ids, {each.source: each.reason for each in skipped}


def link(path: Path, target: str | Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.symlink_to(target)


@pytest.mark.parametrize(
    ("target", "name"),
    [
        ("secret/key.txt", "b.txt"),
        ("secret", "b"),
        ("secret/deep", "sub/b"),
        ("secret/key.txt", "sub/deep/b.md"),
        (".", "up"),
    ],
)
def test_a_link_out_of_the_folder_is_skipped(here: Path, target: str, name: str) -> None:
    link(here / "in" / name, here / target)
    assert looked("in") == (["a.txt"], {name: OUT})


def test_a_relative_link_and_a_link_behind_a_link_lead_out_too(here: Path) -> None:
    link(here / "in" / "b.txt", "../secret/key.txt")
    link(here / "in" / "c.txt", "b.txt")
    link(here / "in" / "d", "../in/../secret")
    link(here / "in" / "e.txt", "d/key.txt")
    assert looked("in") == (["a.txt"], dict.fromkeys(("b.txt", "c.txt", "d", "e.txt"), OUT))


def test_a_folder_beside_whose_name_begins_alike_is_outside(here: Path) -> None:
    written(here / "in2" / "key.txt", "Secret.")
    link(here / "in" / "b.txt", here / "in2" / "key.txt")
    assert looked("in") == (["a.txt"], {"b.txt": OUT})


def test_a_link_inside_the_folder_is_followed_to_a_file_and_named_for_a_folder(here: Path) -> None:
    written(here / "in" / "sub" / "c.txt", "Rum.")
    link(here / "in" / "b.txt", "sub/c.txt")
    link(here / "in" / "again", ".")
    link(here / "in" / "also", "sub")
    expected = dict.fromkeys(("again", "also"), IN_PLACE)
    assert looked("in") == (["a.txt", "b.txt", "sub/c.txt"], expected)


def test_a_link_to_something_hidden_is_skipped(here: Path) -> None:
    written(here / "in" / ".env" / "key.txt", "Secret.")
    hidden = {".env/": HIDDEN}
    link(here / "in" / "b.txt", ".env/key.txt")
    link(here / "in" / "c", ".env")
    said = "is a link to something hidden; name what it leads to, or add --follow-links"
    assert looked("in") == (["a.txt"], dict.fromkeys(("b.txt", "c"), said) | hidden)
    assert looked("in/*") == (["a.txt"], dict.fromkeys(("b.txt", "c"), said))
    assert looked("in", follow=True)[0] == ["a.txt", "b.txt", "c/key.txt"]


def test_a_link_that_leads_nowhere_or_in_a_circle_is_named(here: Path) -> None:
    link(here / "in" / "gone.txt", "nowhere.txt")
    link(here / "in" / "loop.txt", "loop.txt")
    link(here / "in" / "data", "unmounted")
    expected = dict.fromkeys(("gone.txt", "loop.txt", "data"), NOWHERE)
    assert looked("in") == (["a.txt"], expected)
    assert looked("in", follow=True) == (["a.txt"], expected)


def test_whatever_is_in_a_folder_and_is_not_read_is_named_with_the_reason(here: Path) -> None:
    for name in ("a.docx.bak", "b.rtf", "d", "sub/c.CSV", ".DS_Store", ".git/e.txt", "sub/.f.md"):
        written(here / "in" / name, "Tea.")
    written(here / "in" / "void.txt", "")
    for name in ("manifest.json", "annotations.jsonl", "documents.jsonl"):
        written(here / "in" / "runs" / "x" / name, "{}")
    link(here / "in" / "image.png", here / "secret" / "key.txt")
    link(here / "in" / ".hidden.txt", here / "secret" / "key.txt")
    link(here / "in" / ".cache", here / "secret")
    ids, skipped = looked("in")
    assert ids == ["a.txt"]
    suffixed = {"a.docx.bak": ".bak", "b.rtf": ".rtf", "image.png": ".png", "sub/c.CSV": ".csv"}
    for name, suffix in suffixed.items():
        assert skipped.pop(name).startswith(f"nothing reads files of the suffix {suffix}; convert")
    assert skipped.pop("d").startswith("nothing reads files without a suffix; convert it to one of")
    assert skipped == {
        "void.txt": "is empty",
        "runs/x/": "is the folder of a run, whose copies of texts are not read again",
        **dict.fromkeys((".DS_Store", ".git/", "sub/.f.md", ".hidden.txt", ".cache"), HIDDEN),
    }


def test_a_glob_names_what_it_matches_and_nothing_reads_and_no_more(here: Path) -> None:
    for name in ("b.rtf", "c.csv", ".d.txt", "sub/e.rtf", "sub/.f.txt"):
        written(here / "in" / name, "Tea.")
    assert sorted(looked("in/*.[ct]*")[1]) == ["c.csv"]
    assert sorted(looked("in/*")[1]) == [".f.txt", "b.rtf", "c.csv", "e.rtf"]
    assert sorted(looked("in/**")[1]) == [".d.txt", "b.rtf", "c.csv", "sub/.f.txt", "sub/e.rtf"]
    assert sorted(looked("in/**/[ae].*")[1]) == ["sub/e.rtf"]
    with pytest.raises(UsageError, match=r"no file matches; 1 skipped: b\.rtf nothing reads files"):
        looked("in/*.rtf")


@pytest.mark.parametrize("name", ["b.rtf", "nosuch.txt", "nosuch", "d"])
def test_what_is_named_and_cannot_be_read_is_an_error(here: Path, name: str) -> None:
    for each in ("b.rtf", "d"):
        written(here / each, "Tea.")
    reason = "no such file; check its name" if "nosuch" in name else "nothing reads files "
    documents, errors = read(name, here / "in" / "a.txt")
    assert [document.id for document in documents] == ["a.txt"]
    assert [error.partition(reason)[0] for error in errors] == [f"{name}: "]
    with pytest.raises(UsageError, match=f"{name}: {reason}"):
        read_documents([name])


def test_links_are_followed_where_that_is_asked_and_each_folder_is_read_once(here: Path) -> None:
    link(here / "in" / "b.txt", here / "secret" / "key.txt")
    link(here / "in" / "c", here / "secret")
    link(here / "in" / "d", here / "secret" / "deep")
    link(here / "in" / "again", ".")
    link(here / "secret" / "back", here / "in")
    ids, skipped = looked("in", follow=True)
    assert ids == ["a.txt", "b.txt", "c/deep/more.txt", "c/key.txt"]
    assert skipped == dict.fromkeys(("again", "d", "c/back"), ALREADY)


def test_a_link_that_is_named_itself_is_read(here: Path) -> None:
    link(here / "b.txt", here / "secret" / "key.txt")
    link(here / "also", here / "secret")
    assert looked("b.txt", "also") == (["b.txt", "deep/more.txt", "key.txt"], {})


@pytest.mark.parametrize("pattern", ["in/*", "in/**", "in/**/*.txt", "in/*.txt"])
def test_a_glob_leads_out_of_its_folder_no_more_than_the_folder_itself(
    here: Path, pattern: str
) -> None:
    link(here / "in" / "b.txt", here / "secret" / "key.txt")
    link(here / "in" / "c", here / "secret")
    ids, skipped = looked(pattern)
    assert ids == ["a.txt"]
    assert skipped["b.txt"] == OUT
    followed, _ = looked(pattern, follow=True)
    assert "b.txt" in followed


def test_a_glob_finds_what_the_standard_librarys_finds(here: Path) -> None:
    for name in ("x/b.txt", "x/y/c.txt", "x/y/d.md", "x/.h/e.txt", "x/f.bin", ".g/y/h.txt"):
        written(here / "in" / name, "Tea.")
    assert looked("in/**/*.txt")[0] == ["a.txt", "b.txt", "c.txt"]
    assert looked("in/**/y/*")[0] == ["c.txt", "d.md"]
    assert looked("in/**/y")[0] == ["c.txt", "d.md"]
    # A folder that a glob matches is read as if it had been named.
    assert looked("in/**")[0] == ["a.txt", "x/b.txt", "x/y/c.txt", "x/y/d.md"]
    assert looked("in/**/x/**/c.txt")[0] == ["c.txt"]
    assert looked("in/**/.h/*.txt")[0] == ["e.txt"]
    with pytest.raises(UsageError, match="no file matches"):
        looked("in/**/*.pdf")


def test_links_in_circles_do_not_multiply_what_a_glob_walks(here: Path) -> None:
    def walk(pattern: str) -> None:
        assert looked(pattern)[0] == ["a.txt"]

    for name in "bcde":
        link(here / "in" / name, ".")
    few = steps(walk, "in/**/*.txt")
    for name in "fghi":
        link(here / "in" / name, ".")
    # Through eight names at each of forty levels there would be more ways than any machine goes.
    assert steps(walk, "in/**/*.txt") < 2.5 * few
    assert looked("in/**/*.txt", follow=True)[0] == ["a.txt"]


def test_a_deep_folder_is_walked_without_recursion(here: Path) -> None:
    deep = here / "in" / "/".join("d" * 900)
    deep.mkdir(parents=True)
    written(deep / "b.txt", "Tea.")
    assert looked("in")[0] == ["a.txt", "/".join("d" * 900) + "/b.txt"]


def test_what_is_no_regular_file_is_named(here: Path) -> None:
    os.mkfifo(here / "in" / "pipe.txt")
    link(here / "in" / "zero.txt", "/dev/zero")
    ids, skipped = looked("in", follow=True)
    assert ids == ["a.txt"]
    assert skipped == dict.fromkeys(
        ("pipe.txt", "zero.txt"), "is not a regular file; copy what it gives into one"
    )


def test_a_closed_folder_is_named(bound: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(bound / "in" / "a.txt", "Tea.")
    closed = bound / "in" / "closed"
    closed.mkdir()
    closed.chmod(0)
    ids, skipped = looked(bound / "in")
    closed.chmod(0o700)
    assert ids == ["a.txt"]
    assert skipped["closed/"].startswith("cannot be listed (Permission denied); ")


def test_a_folder_of_nothing_but_links_out_says_so(here: Path) -> None:
    link(here / "links" / "b.txt", here / "secret" / "key.txt")
    with pytest.raises(UsageError, match=r"no document in this folder .*1 skipped.*--follow-links"):
        looked("links")
    with pytest.raises(UsageError, match=r"no file matches; 1 skipped.*--follow-links"):
        looked("links/*.txt")


def test_a_name_is_safe_to_print(here: Path) -> None:
    link(here / "in" / "b\x1b[2J\n.txt", here / "secret" / "key.txt")
    assert list(looked("in")[1]) == ["b\\u001b[2J\\u000a.txt"]


def test_without_a_handler_it_is_logged(here: Path, caplog: pytest.LogCaptureFixture) -> None:
    link(here / "in" / "b.txt", here / "secret" / "key.txt")
    with caplog.at_level(logging.WARNING, "annotate"):
        list(read_documents(["in"]))
    assert caplog.messages == [f"skipped: b.txt: {OUT}"]
