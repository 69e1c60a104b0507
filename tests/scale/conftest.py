"""A cluster of Ray on this machine, and a project with a prompt, which is the current folder."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support import endpoints
from tests.support.endpoints import Place

os.environ["RAY_USAGE_STATS_ENABLED"] = "0"


@pytest.fixture(scope="package")
def cluster() -> Iterator[Any]:
    """One cluster for all tests here: it takes seconds to start, and holds a gigabyte."""
    import ray

    folder = tempfile.mkdtemp(prefix="r")  # short: its sockets have names of at most 107 bytes
    ray.init(
        num_cpus=2,
        include_dashboard=False,
        log_to_driver=False,
        logging_level=logging.ERROR,
        object_store_memory=200_000_000,
        _temp_dir=folder,
    )
    yield ray
    ray.shutdown()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = endpoints.project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return Place(folder)
