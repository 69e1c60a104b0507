"""A labelled project for every test of gold."""

from pathlib import Path

import pytest

from tests.support.labelled import Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)
