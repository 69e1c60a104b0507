"""A cluster of Ray on this machine, and a project with a prompt, which is the current folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import endpoints
from tests.support.clustered import cluster_here
from tests.support.endpoints import Place


@pytest.fixture(scope="package")
def cluster() -> Iterator[Any]:
    """One cluster for all tests here: it takes seconds to start, and holds a gigabyte."""
    with cluster_here() as ray:
        yield ray


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = endpoints.project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return Place(folder)
