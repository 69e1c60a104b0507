"""A project to bless runs in."""

from pathlib import Path

import pytest


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, which is the current folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "annotate.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder
