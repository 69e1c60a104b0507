"""The notebook runs in a new project as it stands, and shows what it showed when committed."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import ROOT, Command

NOTEBOOK = ROOT / "notebooks" / "exploration.ipynb"


@pytest.fixture(scope="module")
def executed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    folder = tmp_path_factory.mktemp("notebook")
    made = Command(folder)("init", "project")
    assert made.returncode == 0, made.stderr
    copy = folder / "project" / NOTEBOOK.name
    shutil.copyfile(NOTEBOOK, copy)
    done = subprocess.run(
        [Path(sys.executable).with_name("jupyter"), "execute", "--inplace", copy],
        cwd=copy.parent,
        env=Command.environment({"PYTHONPATH": str(ROOT), "IPYTHONDIR": str(folder / "ipython")}),
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return read(copy)


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
    assert outputs.count("image/png") == 5
    assert "Account Data: Retained while your account is active" in text
    assert "/tmp/" not in text  # noqa: S108 (looked for, not used)
    assert str(ROOT) not in text


def test_data_frames_and_plots_show_in_html(executed: dict[str, Any]) -> None:
    kinds = [set(o["data"]) for c in executed["cells"] for o in c.get("outputs", ()) if "data" in o]
    assert sum("text/html" in kind for kind in kinds) >= 8
