"""A manifest says enough to read its run by, or the run is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import RunError
from annotate.runs.reader import Run
from tests.support.written import write, writer


def manifest(path: Path, **changes: Any) -> None:
    """Change the manifest of a run; None takes a key out."""
    file = path / "manifest.json"
    values = {**json.loads(file.read_text(encoding="utf-8")), **changes}
    file.write_text(
        json.dumps({k: v for k, v in values.items() if v is not None}), encoding="utf-8"
    )


def test_a_folder_without_manifest_is_not_a_run(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for path in (tmp_path, tmp_path / "nowhere", tmp_path / "file"):
        with pytest.raises(RunError, match="is not a run folder"):
            Run(path)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"format": 2}, "newer version of annotate; upgrade"),
        ({"format": "1"}, "is not the manifest of a run"),
        ({"format": None}, "is not the manifest of a run"),
        ({"counts": None}, "is damaged; remove"),
        ({"counts": {"documents": "many"}}, "is damaged; remove"),
        ({"status": None}, "is damaged; remove"),
        ({"usage": None}, "is damaged; remove"),
    ],
)
def test_a_manifest_that_cannot_be_used_is_refused(
    tmp_path: Path, changes: Mapping[str, object], reason: str
) -> None:
    write(tmp_path / "run", "a.txt")
    manifest(tmp_path / "run", **changes)
    with pytest.raises(RunError, match=reason):
        Run(tmp_path / "run")
    with pytest.raises(RunError, match=reason), writer(tmp_path / "run"):
        pass


@pytest.mark.parametrize("data", [b"", b"{", b"\xff", b"[]", b"[" * 100_000])
def test_a_manifest_that_is_not_a_json_object_is_refused(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(RunError, match=r"manifest\.json: is "):
        Run(tmp_path)
