"""JSON Lines hold the annotations of the run as they are."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.annotation import Annotation
from annotate.formats.export import export
from tests.support.written import TEXTS, a_run


@pytest.mark.parametrize("text", [*TEXTS, "\ud83d", "=1+1", "\u2028"])
def test_rows_survive_json_lines(tmp_path: Path, text: str) -> None:
    run = a_run(tmp_path / "run", text, attributes={"who": [text]}, name=text)
    export(run, "jsonl", tmp_path / "out.jsonl")
    (line,) = (tmp_path / "out.jsonl").read_bytes().decode("utf-8").splitlines()[:1] or [""]
    rows = (tmp_path / "out.jsonl").read_text(encoding="utf-8").split("\n")
    assert [Annotation.from_json(json.loads(row)) for row in rows if row] == list(run.annotations())
    assert line
