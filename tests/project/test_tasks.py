"""Projects: which content is found, what a broken file says, what `annotate init` makes."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from annotate.errors import ProjectError, UsageError
from annotate.project.tasks import (
    create_project,
    find_project,
    load_task,
    read_settings,
    task_names,
)
from tests.conftest import INCIDENTS, ROOT, Command, contents

SCHEMA = '''\
from typing import Literal

from annotate.schema.categories import Category, Schema


class Visit(Category):
    """Somebody came by."""

    category: Literal["visit"] = "visit"


SCHEMA = Schema(name="{name}", version="1", practice=Visit)
'''


def project(folder: Path, **files: str) -> Path:
    """Make a project whose `schemas/` holds these files; a name says a file of Python."""
    (folder / "schemas").mkdir(parents=True)
    (folder / "annotate.toml").touch()
    for name, text in files.items():
        (folder / "schemas" / f"{name}.py").write_text(text, encoding="utf-8")
    return folder


# ---- Which content is found ----


def test_the_nearest_ancestor_wins(tmp_path: Path) -> None:
    outer = project(tmp_path / "outer")
    inner = project(outer / "inner")
    below = inner / "a" / "b"
    below.mkdir(parents=True)
    assert find_project(below) == inner
    assert find_project(outer / "schemas") == outer
    assert find_project(tmp_path) is None


def test_a_folder_named_as_the_settings_is_no_project(tmp_path: Path) -> None:
    (tmp_path / "annotate.toml").mkdir()
    assert find_project(tmp_path) is None


def test_the_tasks_of_a_project_stand_beside_the_bundled_ones(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", visits=SCHEMA.format(name="visits"), _shared="", **{"a-b": ""})
    assert task_names(folder) == ["privacy_policy", "visits"]
    assert load_task("visits", folder).root == folder
    assert load_task("privacy_policy", folder).root == ROOT
    assert task_names(tmp_path) == ["privacy_policy"]


def test_a_project_may_replace_a_bundled_task(tmp_path: Path) -> None:
    folder = project(tmp_path, privacy_policy=SCHEMA.format(name="privacy_policy"))
    task = load_task("privacy_policy", folder)
    assert list(task.schema.categories) == ["visit"]
    assert task.lexicon is None


def test_a_task_brings_its_lexicon() -> None:
    task = load_task("incidents", INCIDENTS)
    assert task.lexicon == INCIDENTS / "schemas" / "incidents.lexicon.toml"
    assert list(task.schema.categories) == ["impact", "cause", "action"]


def test_schema_files_import_each_other(tmp_path: Path) -> None:
    shared = SCHEMA.partition("SCHEMA =")[0]
    user = (
        "from __future__ import annotations\n"
        "from annotate.schema.categories import Schema\n"
        "from ._shared import Visit\n"
        "from .other import SCHEMA as OTHER\n"
        'SCHEMA = Schema(name="visits", version=OTHER.version, practice=Visit)\n'
    )
    folder = project(tmp_path / "p", _shared=shared, visits=user, other=SCHEMA.format(name="other"))
    assert list(load_task("visits", folder).schema.categories) == ["visit"]


def test_projects_with_the_same_task_do_not_mix(tmp_path: Path) -> None:
    text = SCHEMA.format(name="visits")
    one = project(tmp_path / "one", visits=text)
    two = project(tmp_path / "two", visits=text.replace('"visit"', '"call"'))
    assert list(load_task("visits", one).schema.categories) == ["visit"]
    assert list(load_task("visits", two).schema.categories) == ["call"]


# ---- What a broken file says ----

BROKEN = {
    "a syntax error": ("x = 1\nclass = 2\n", r"visits\.py:2: SyntaxError: invalid syntax"),
    "an exception": ("\n\nx = 1 / 0\n", r"visits\.py:3: ZeroDivisionError: division by zero"),
    "a missing import": ("import nonsense_\n", r"visits\.py:1: ModuleNotFoundError"),
    "leaving": ("raise SystemExit\n", r"visits\.py:1: SystemExit"),
    "no schema": ("x = 1\n", r"visits\.py: needs SCHEMA = Schema"),
    "something else": ("SCHEMA = {}\n", r"visits\.py: needs SCHEMA = Schema"),
    "another name": (SCHEMA.format(name="calls"), r"visits\.py: SCHEMA is named 'calls'"),
    "no definition": (
        SCHEMA.format(name="visits").replace('    """Somebody came by."""\n', ""),
        r"visits\.py:11: schema visits: visit has no definition",
    ),
    "a null byte": ("x = '\0'\n", r"visits\.py.*null bytes"),
    "an endless import": ("from .visits import SCHEMA\n", r"visits\.py:1: ImportError"),
}


@pytest.mark.parametrize(("text", "said"), BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_schema_file_is_named_with_its_line(tmp_path: Path, text: str, said: str) -> None:
    folder = project(tmp_path, visits=text)
    with pytest.raises(ProjectError, match=said):
        load_task("visits", folder)


@pytest.mark.parametrize(
    ("shared", "said"),
    [("\n\nx = (\n", r"_shared\.py:3: SyntaxError"), ("\nx = {}['a']\n", r"_shared\.py:2: KeyErr")],
)
def test_a_fault_in_an_imported_file_is_named_there(tmp_path: Path, shared: str, said: str) -> None:
    folder = project(tmp_path, _shared=shared, visits="from ._shared import x\n")
    with pytest.raises(ProjectError, match=said):
        load_task("visits", folder)


def test_a_mended_file_is_loaded(tmp_path: Path) -> None:
    folder = project(tmp_path, visits="x = (\n")
    with pytest.raises(ProjectError):
        load_task("visits", folder)
    text = SCHEMA.format(name="visits")
    (folder / "schemas" / "visits.py").write_text(text, encoding="utf-8")
    assert load_task("visits", folder).name == "visits"


@pytest.mark.parametrize(
    "name",
    [
        "../../etc",
        "../schemas/visits",
        "/etc/passwd",
        "visits.py",
        "visits/",
        "",
        ".",
        "a b",
        "_hidden",
        "__init__",
        "a\0b",
        "\x1b[31m",
        "x" * 5000,
        "Visits",
        "*",
    ],
)
def test_names_that_are_no_task_are_refused(tmp_path: Path, name: str) -> None:
    text = SCHEMA.format(name="visits")
    folder = project(tmp_path, visits=text, _hidden=text, __init__="")
    with pytest.raises(ProjectError, match=r"there is privacy_policy, visits"):
        load_task(name, folder)


# ---- Settings file ----


def test_settings_are_read_with_a_byte_order_mark_too(tmp_path: Path) -> None:
    (tmp_path / "annotate.toml").write_bytes(b'\xef\xbb\xbftask = "x"\r\n')
    assert read_settings(tmp_path) == {"task": "x"}


@pytest.mark.parametrize("data", [b"task = ", b"\xff", b"a = 1\na = 2"])
def test_settings_that_cannot_be_read_name_the_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "annotate.toml").write_bytes(data)
    with pytest.raises(ProjectError, match=r"annotate\.toml: "):
        read_settings(tmp_path)


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot go there")
def test_a_current_folder_that_is_gone_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(UsageError, match="the current folder is gone"):
        task_names()


# ---- A new project ----


def test_a_new_project_holds_the_content_of_the_package(tmp_path: Path) -> None:
    written = create_project(tmp_path / "new")
    names = contents(tmp_path / "new")
    assert sorted(names) == sorted(
        path.relative_to(tmp_path / "new").as_posix() for path in written
    )
    assert {"annotate.toml", "schemas/privacy_policy.py", "prompts/privacy_policy/v1.md"} <= set(
        names
    )
    assert not [name for name in names if name.endswith(".pyc") or "/." in name]
    assert read_settings(tmp_path / "new") == {}


def test_a_new_project_may_join_other_files(tmp_path: Path) -> None:
    (tmp_path / "thesis.tex").write_text("mine", encoding="utf-8")
    create_project(tmp_path)
    assert (tmp_path / "thesis.tex").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("there", ["annotate.toml", "schemas/privacy_policy.py"])
def test_a_new_project_overwrites_nothing(tmp_path: Path, there: str) -> None:
    (tmp_path / there).parent.mkdir(parents=True, exist_ok=True)
    (tmp_path / there).write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="exists already; name a new folder"):
        create_project(tmp_path)
    assert list(contents(tmp_path)) == [there]


def test_a_new_project_below_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(UsageError, match="cannot be written"):
        create_project(tmp_path / "file" / "new")


def test_a_new_project_works(command: Command, tmp_path: Path) -> None:
    made = command("init", "my project")
    assert made.returncode == 0
    assert "cd 'my project' && annotate run eval/documents" in made.stdout
    folder = tmp_path / "my project"
    listed = command("task", "list", cwd=folder)
    assert listed.stdout.startswith("privacy_policy (version ")
    done = command("run", "eval/documents", "--out", "runs/first", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "in 5 documents" in done.stdout
    assert command("init", "my project").returncode == 2


def test_a_project_of_another_domain_works(tmp_path: Path, reports: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(INCIDENTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "deep").mkdir()
    done = Command(folder / "deep")("run", reports, "--out", "run")
    assert done.returncode == 0, done.stderr
    assert (folder / "deep" / "run" / "manifest.json").exists()
