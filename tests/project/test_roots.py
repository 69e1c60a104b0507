"""Where content is looked for: the nearest project, then the package."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.project.roots import content_roots, find_project
from tests.conftest import ROOT


def project(folder: Path) -> Path:
    folder.mkdir(parents=True)
    (folder / "annotate.toml").touch()
    return folder


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


def test_content_of_a_project_goes_before_that_of_the_package(tmp_path: Path) -> None:
    folder = project(tmp_path / "p")
    assert content_roots(folder) == [folder, ROOT]
    assert content_roots(tmp_path) == [ROOT]


@pytest.mark.skipif(os.name != "posix", reason="a folder in use cannot go there")
def test_a_current_folder_that_is_gone_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    with pytest.raises(UsageError, match="the current folder is gone"):
        find_project()
