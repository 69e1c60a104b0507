"""A project with a prompt, which is the current folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support import endpoints
from tests.support.endpoints import Place


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = endpoints.project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return Place(folder)
