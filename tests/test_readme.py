"""What the README says is what the software does: its blocks run, its commands exist."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.strip().split("\n")[0][:40])
def test_each_python_block_runs_in_a_process_of_its_own(block: str, tmp_path: Path) -> None:
    script = tmp_path / "block.py"
    # A definition is found by its docstrings, so a block has to be a file.
    script.write_text(block, encoding="utf-8")
    (tmp_path / "eval").symlink_to(ROOT / "eval")
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def test_the_notebook_block_prints_what_it_promises(tmp_path: Path) -> None:
    block = next(block for block in BLOCKS if "annotate_text" in block)
    (tmp_path / "eval").symlink_to(ROOT / "eval")
    done = subprocess.run(
        [sys.executable, "-c", block],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "sharing" in done.stdout
    assert "P30D" in done.stdout
    assert "['heading', 'stem', 'item', 'item']" in done.stdout


def command_names() -> set[str]:
    from typer.main import get_command

    from annotate.cli.app import app

    names: set[str] = set()
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        below = getattr(command, "commands", None)
        names |= {f"{name} {each}" for each in below} if below else {name}
    return names


def test_the_table_lists_every_command() -> None:
    listed: set[str] = set()
    for line in README.split("\n"):
        if match := re.match(r"\| `annotate ([a-z]+)((?: [a-z\\|]+)?)", line):
            below = match[2].strip().replace("\\", "").split("|") if match[2].strip() else []
            listed |= {f"{match[1]} {each}" for each in below} if below else {match[1]}
    assert listed == command_names()


def test_the_layers_shown_are_the_layers_checked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    shown = README.split("<!-- layers -->")[1].split("```")[1].strip().split("\n")[1:]
    assert [line.strip().replace(" · ", " | ") for line in shown] == layers


def test_every_file_and_folder_that_is_named_exists() -> None:
    for name in re.findall(r"`((?:docs|eval|schemas|prompts|benchmarks)/[\w./-]+)`", README):
        assert (ROOT / name).exists(), name


def test_the_readme_shows_what_the_demo_prints(tmp_path: Path) -> None:
    (tmp_path / "eval").symlink_to(ROOT / "eval")
    command = str(Path(sys.executable).with_name("annotate"))
    printed = ""
    for words in (("run", "eval/documents", "--out", "runs/demo"), ("show", "runs/demo")):
        printed += subprocess.run(
            [command, *words], cwd=tmp_path, capture_output=True, text=True, check=True
        ).stdout
    shown = README.split("<!-- demo -->")[1].split("```")[1].removeprefix("text").strip()
    assert shown == "\n".join(line.rstrip() for line in printed.rstrip().split("\n"))
    example = README.split("<!-- annotation -->")[1].split("```json")[1].split("```")[0]
    rows = (tmp_path / "runs" / "demo" / "annotations.jsonl").read_text(encoding="utf-8")
    assert json.loads(example) in [json.loads(row) for row in rows.splitlines()]


def test_the_table_of_scores_is_what_the_baseline_scores(tmp_path: Path) -> None:
    (tmp_path / "eval").symlink_to(ROOT / "eval")
    command = str(Path(sys.executable).with_name("annotate"))
    subprocess.run([command, "run", "eval/documents", "--out", "run"], cwd=tmp_path, check=True)
    printed = subprocess.run(
        [command, "score", "run", "--json"], cwd=tmp_path, capture_output=True, check=True
    ).stdout
    scores = json.loads(printed)["scores"]
    parts = {**scores["by_category"], "**all**": scores["overall"]}
    block = README.split("<!-- evaluation -->")[1].split("<!-- end -->")[0]
    rows = [
        [cell.strip() for cell in line.strip("| ").split("|")]
        for line in block.split("\n")
        if line.startswith("|")
    ]
    shown = {row[0].removesuffix(" *"): row[1:8] for row in rows[2:]}
    assert shown == {name: figures(part) for name, part in parts.items()}


def figures(part: dict[str, Any]) -> list[str]:
    """Return the figures of one row of the table, as the README prints them."""
    annotation = part["annotation"][">.5"]
    ratios = [annotation["precision"], annotation["recall"], annotation["f1"]]
    ratios += [part["value"]["f1"], part["document"]["f1"], part["attribute"]["accuracy"]]
    return [str(part["support"]), *(f"{each:.3f}".replace("0.", ".", 1) for each in ratios)]
