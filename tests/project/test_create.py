"""What `annotate init` makes: a project that works, and never over what stands there."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.project.create import create_project
from annotate.project.settings import read_settings
from tests.conftest import Command, contents


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


def test_a_new_project_holds_nothing_of_the_other_tasks(tmp_path: Path) -> None:
    create_project(tmp_path / "new")
    assert (tmp_path / "new" / "schemas" / "privacy_policy.lexicon.toml").exists()
    assert not [name for name in contents(tmp_path / "new") if "incident_report" in name]


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


def test_what_was_killed_midway_is_finished_by_the_same_call(tmp_path: Path) -> None:
    written = create_project(tmp_path / "whole")
    (tmp_path / "half").mkdir()
    half = [path.relative_to(tmp_path / "whole") for path in written[1:4]]
    for name in half:
        (tmp_path / "half" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "half" / name).write_bytes((tmp_path / "whole" / name).read_bytes())
    create_project(tmp_path / "half")
    assert contents(tmp_path / "half") == contents(tmp_path / "whole")
    with pytest.raises(UsageError, match="exists already"):
        create_project(tmp_path / "half")


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
    assert "\nprivacy_policy (version " in listed.stdout
    done = command("run", "eval/documents", "--out", "runs/first", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "in 5 documents" in done.stdout
    assert command("init", "my project").returncode == 2
