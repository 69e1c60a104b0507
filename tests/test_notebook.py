"""The notebook runs in a new project as it stands, and shows what it showed when committed."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any
from unittest import mock

import nbformat
import pytest
from nbclient import NotebookClient

from tests.conftest import ROOT, Command
from tests.support.shared import Shared

NOTEBOOK = ROOT / "notebooks" / "exploration.ipynb"


@pytest.fixture(scope="module")
def executed(shared: Shared) -> dict[str, Any]:
    """The notebook as it is after a run in a new project."""
    return read(shared("notebook", execute) / "project" / NOTEBOOK.name)


def execute(folder: Path) -> None:
    made = Command(folder)("init", "project")
    assert made.returncode == 0, made.stderr
    copy = folder / "project" / NOTEBOOK.name
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    own = {"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder / "ipython")}
    client = NotebookClient(
        notebook, timeout=300, resources={"metadata": {"path": str(copy.parent)}}
    )
    with mock.patch.dict(os.environ, Command.environment(own), clear=True):
        client.execute()
    nbformat.write(notebook, copy)  # type: ignore[no-untyped-call]


def read(path: Path) -> dict[str, Any]:
    notebook: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return notebook


def shown(notebook: dict[str, Any]) -> list[tuple[str, str]]:
    """Return the kind and the plain text of every output, in order."""
    return [
        (output["output_type"], "".join(output.get("text") or output["data"]["text/plain"]))
        for cell in notebook["cells"]
        for output in cell.get("outputs", ())
    ]


def test_every_cell_shows_what_was_committed(executed: dict[str, Any]) -> None:
    committed = read(NOTEBOOK)
    assert shown(executed) == shown(committed)
    assert len(shown(committed)) > 15


def test_the_committed_notebook_was_run_from_top_to_bottom() -> None:
    code = [cell for cell in read(NOTEBOOK)["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))


def test_the_notebook_holds_plots_the_document_and_no_path_of_a_machine() -> None:
    text = NOTEBOOK.read_text(encoding="utf-8")
    outputs = [
        kind
        for cell in read(NOTEBOOK)["cells"]
        for output in cell.get("outputs", ())
        for kind in output.get("data", {})
    ]
    assert outputs.count("image/png") == 6
    assert "Account Data: Retained while your account is active" in text
    assert "/tmp/" not in text  # noqa: S108 (looked for, not used)
    assert str(ROOT) not in text


def test_data_frames_and_plots_show_in_html(executed: dict[str, Any]) -> None:
    kinds = [set(o["data"]) for c in executed["cells"] for o in c.get("outputs", ()) if "data" in o]
    assert sum("text/html" in kind for kind in kinds) >= 8
