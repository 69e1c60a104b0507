"""Tasks: which are found, how schema files import each other, what a broken file says."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from annotate.errors import ProjectError
from annotate.project.tasks import load_task, task_names
from tests.conftest import INCIDENTS, ROOT, Command

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


# ---- Which tasks are found ----


def test_the_tasks_of_a_project_stand_beside_the_bundled_ones(tmp_path: Path) -> None:
    folder = project(tmp_path / "p", visits=SCHEMA.format(name="visits"), _shared="", **{"a-b": ""})
    assert task_names(folder) == ["incident_report", "privacy_policy", "visits"]
    assert load_task("visits", folder).root == folder
    assert load_task("privacy_policy", folder).root == ROOT
    assert task_names(tmp_path) == ["incident_report", "privacy_policy"]


def test_a_project_may_replace_a_bundled_task(tmp_path: Path) -> None:
    folder = project(tmp_path, privacy_policy=SCHEMA.format(name="privacy_policy"))
    task = load_task("privacy_policy", folder)
    assert list(task.schema.categories) == ["visit"]
    assert task.lexicon is None


def test_a_task_brings_its_lexicon() -> None:
    task = load_task("incident_report", INCIDENTS)
    assert task.lexicon == INCIDENTS / "schemas" / "incident_report.lexicon.toml"
    assert {"impact", "cause", "action"} < set(task.schema.categories)


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
    "another name": (SCHEMA.format(name="calls"), r"visits\.py:12: SCHEMA is named 'calls'"),
    "no definition": (
        SCHEMA.format(name="visits").replace('    """Somebody came by."""\n', ""),
        r"visits\.py:6: category 'visit' has no definition",
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


def test_a_repaired_file_is_loaded(tmp_path: Path) -> None:
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
    with pytest.raises(ProjectError, match=r"there is incident_report, privacy_policy, visits"):
        load_task(name, folder)


def test_a_project_of_another_domain_works(tmp_path: Path, reports: Path) -> None:
    folder = tmp_path / "copy"
    shutil.copytree(INCIDENTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    (folder / "deep").mkdir()
    done = Command(folder / "deep")("run", reports, "--out", "run")
    assert done.returncode == 0, done.stderr
    assert (folder / "deep" / "run" / "manifest.json").exists()
