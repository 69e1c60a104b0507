"""`annotate doctor`: good things are ok, broken ones are named."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Command


def test_doctor_finds_a_good_project_good(incidents: Command) -> None:
    done = incidents("doctor", "--json")
    checks = {check["name"]: check for check in json.loads(done.stdout)}
    assert checks["settings"]["ok"]
    assert "incidents" in checks["settings"]["finding"]
    assert checks["task incidents"]["ok"]
    assert "3 categories, lexicon for 3" in checks["task incidents"]["finding"]


BROKEN = [
    ("annotate.toml", "task = ", "settings: "),
    ("annotate.toml", "chunksize = 5", "chunksize: unknown setting"),
    ("schemas/incidents.py", "x = (", "incidents.py:1: SyntaxError"),
    ("schemas/incidents.lexicon.toml", "[impact]\ncues = 3", "[impact] cues: needs a list"),
    ("schemas/incidents.lexicon.toml", "[cookies]", "[cookies]: unknown"),
]


@pytest.mark.parametrize(("name", "text", "said"), BROKEN, ids=[each[2] for each in BROKEN])
def test_doctor_names_what_is_broken(
    incidents: Command, tmp_path: Path, name: str, text: str, said: str
) -> None:
    ignore = shutil.ignore_patterns("__pycache__")
    shutil.copytree(incidents.cwd, tmp_path / "p", ignore=ignore)
    (tmp_path / "p" / name).write_text(text, encoding="utf-8")
    done = incidents("doctor", cwd=tmp_path / "p")
    assert done.returncode == 2
    (line,) = [line for line in done.stdout.splitlines() if line.startswith("FAIL")]
    assert said in line
    assert done.stderr == ""
