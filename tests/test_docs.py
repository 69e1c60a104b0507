"""What the pages say is what the software does: their blocks run, and print what is shown."""

from __future__ import annotations

import json
import re
import shlex
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml
from pydantic import BaseModel
from typer.main import get_command

from annotate.cli.app import app
from annotate.cli.exit_codes import ExitCode
from annotate.ledger import Status
from annotate.lexicon.rules import CUES, LANGUAGE, POLARITY
from annotate.llm.prompts.prompt import FrontMatter
from annotate.project.settings import Settings
from annotate.runs.reader import Run
from annotate.suites import suite
from docs import hooks
from tests.conftest import ROOT, Command
from tests.support.outputs import shows
from tests.support.pages import Block, blocks
from tests.support.session import Session

PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


def text_of(page: str) -> str:
    return (ROOT / "docs" / page).read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_the_blocks_of_a_page_run_from_top_to_bottom(page: Path, tmp_path: Path) -> None:
    with Session(tmp_path, Command.environment()) as session:
        for block in blocks(page):
            session.run(block)


def test_a_block_that_is_not_run_is_rare_and_says_why() -> None:
    left_out = [block for page in PAGES for block in blocks(page) if block.reason]
    assert {block.language for block in left_out} <= {"python", "sh", "text", "yaml"}
    assert len({block.reason for block in left_out}) <= 6
    assert len(left_out) <= 13


def test_the_workflow_that_is_shown_can_be_read_and_calls_commands_that_exist() -> None:
    (block,) = [each for each in blocks(ROOT / "docs/guides/ci.md") if each.language == "yaml"]
    steps = yaml.safe_load(block.text)["jobs"]["evaluate"]["steps"]
    typed = [step["run"] for step in steps if "annotate" in step.get("run", "")]
    assert len(typed) == 2
    for command in typed:
        words = shlex.split(re.sub(r"\$\([^)]*\)", "", command).replace("\\\n", " "))
        assert words[:2] == ["annotate", "eval"]
        known = options_of("eval")
        assert [word for word in words if word.startswith("--") and word not in known] == []
        assert Path(ROOT / "eval" / "suites" / f"{words[2]}.toml").is_file()


def options_of(name: str) -> set[str]:
    command: Any = get_command(app).commands[name]  # type: ignore[attr-defined]
    return {option for parameter in command.params for option in parameter.opts}


def test_every_benchmark_test_and_file_that_the_figures_name_exists() -> None:
    page = text_of("explanation/figures.md")
    named = re.findall(r"(?:python|pytest) ((?:benchmarks|tests)/[\w/]+\.py)", page)
    assert len(named) >= 9
    assert [name for name in named if not (ROOT / name).is_file()] == []


# ---- Tables ----


def first_cells(page: str, heading: str) -> list[str]:
    """Return the code in the first column of the first table below a heading."""
    part = text_of(page).split(f"# {heading}\n")[1].split("\n| ", 2)[2].split("\n\n")[0]
    return [name for row in part.split("\n| ") for name in code(row.split(" |")[0])]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def fields(model: type[BaseModel]) -> list[str]:
    """Return the names of fields as a file has them."""
    return [field.alias or name for name, field in model.model_fields.items()]


@pytest.mark.parametrize(
    ("page", "heading", "names"),
    [
        ("reference/run-folder.md", "Ledger", get_args(Status)),
        ("reference/lexicon.md", "`[language]`", LANGUAGE),
        ("reference/lexicon.md", "Polarity", POLARITY),
        ("reference/lexicon.md", "`[<category>]`", CUES),
        ("reference/prompts.md", "Front matter", fields(FrontMatter)),
        ("reference/suites.md", "Suites", fields(suite._File)[:-1]),
    ],
)
def test_a_table_lists_what_there_is(page: str, heading: str, names: Sequence[str]) -> None:
    assert sorted(each.strip("[]") for each in first_cells(page, heading)) == sorted(names)


def test_the_exit_codes_are_those_of_the_program() -> None:
    shown = re.findall(r"^\| (\d+) \|", text_of("reference/exit-codes.md"), re.MULTILINE)
    assert shown == [str(each.value) for each in ExitCode]


def test_the_table_of_scores_is_what_the_baseline_scores(policies: Run, command: Command) -> None:
    scores = json.loads(command("score", policies.path, "--json").stdout)["scores"]
    parts = {**scores["by_category"], "**all**": scores["overall"]}
    table = text_of("explanation/evaluation.md").split("<!-- evaluation -->")[1].split("\\*")[0]
    rows = [line.strip("| ").split("|") for line in table.strip().split("\n")]
    shown = {row[0].strip().removesuffix(" *"): [each.strip() for each in row[1:8]] for row in rows}
    del shown["category"], shown["---"]
    assert shown == {name: figures(part) for name, part in parts.items()}
    headlines = " | ".join(figures(scores["overall"])[3:6])
    assert f"| offline baseline | {headlines} |" in PAGES[0].read_text(encoding="utf-8")


def figures(part: dict[str, Any]) -> list[str]:
    """Return the figures of one row of the table, as the page prints them."""
    annotation = part["annotation"][">.5"]
    ratios = [annotation["precision"], annotation["recall"], annotation["f1"]]
    ratios += [part["value"]["f1"], part["document"]["f1"], part["attribute"]["accuracy"]]
    return [str(part["support"]), *(f"{each:.3f}".replace("0.", ".", 1) for each in ratios)]


# ---- What is generated ----


def test_the_commands_are_described_with_every_option() -> None:
    parts = hooks.commands().split("\n## ")
    sections = {part.split("\n")[0].removeprefix("## "): part for part in parts}
    assert "annotate gold import" in sections
    for option in options_of("run") - {"files"}:
        assert f"`{option}`" in sections["annotate run"]


def test_the_settings_are_described() -> None:
    rows = hooks.settings().splitlines()[2:]
    assert [code(row)[0] for row in rows if row] == [*Settings.model_fields]
    assert all(row.split("|")[4].strip() for row in rows if row)


def test_the_layers_are_those_that_are_checked_and_say_what_they_are_for() -> None:
    declared = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = declared["tool"]["importlinter"]["contracts"][0]["layers"]
    rows = [row.split(" | ") for row in hooks.layers().splitlines()[2:]]
    assert [code(row[1])[0] for row in rows] == [
        name for each in layers for name in each.split(" | ")
    ]
    assert all(row[2].rstrip("| ") for row in rows)


def test_every_mark_on_a_page_is_replaced() -> None:
    texts = [page.read_text(encoding="utf-8") for page in PAGES]
    marks = {mark for text in texts for mark in re.findall(r"<!-- generated: (.+) -->", text)}
    assert marks == hooks.GENERATED.keys()
    replaced = [hooks.on_page_markdown(f"<!-- generated: {mark} -->") for mark in marks]
    assert [text for text in replaced if not text or "<!--" in text] == []


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://cdn.example/x.js"></script>',
        '<link rel="stylesheet" href="//fonts.example/x.css">',
        '<img alt="" src=http://example.org/x.png>',
        "<style>@import 'x.css';</style>",
        "<style>a { background: url(https://example.org/x.png) }</style>",
    ],
)
def test_a_page_that_would_ask_another_host_is_noticed(html: str) -> None:
    assert hooks.loads_from_elsewhere(html)


def test_links_and_own_files_are_no_requests_to_other_hosts() -> None:
    html = '<a href="https://example.org">x</a><script src="../x.js"></script><img src="a.png">'
    assert hooks.loads_from_elsewhere(html) == ""


# ---- How the pages are read ----


@pytest.mark.parametrize(
    ("shown", "really", "fits"),
    [
        (["a", "b"], ["a", "b"], True),
        (["a"], ["a", "b"], False),
        (["b"], ["a", "b"], False),
        (["a", "…"], ["a", "b", "c"], True),
        (["a", "…", "c"], ["a", "b", "c"], True),
        (["a", "…", "b"], ["a", "b", "c"], False),
        (["…", "c"], ["a", "c", "b", "c"], True),
        (["…", "b", "…", "a", "…"], ["a", "b"], False),
        (["a … c"], ["a b c"], True),
        (["a…c"], ["a\nc"], False),
    ],
)
def test_three_dots_stand_for_anything(shown: list[str], really: list[str], fits: bool) -> None:
    assert shows(shown, really) is fits


def test_a_block_knows_its_file_its_line_and_what_is_said_of_it(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(
        "<!-- setup: ls -->\n\n<!-- exits: 1 -->\n```sh\nfalse\n```\n\n"
        '- x:\n\n  ```toml title="a.toml"\n  b = 1\n  ```\n',
        encoding="utf-8",
    )
    assert blocks(page) == [
        Block(page, 1, "setup", "", "ls"),
        Block(page, 4, "sh", "", "false\n", exits=1),
        Block(page, 10, "toml", "a.toml", "b = 1\n"),
    ]


@pytest.mark.parametrize("text", ["<!-- exits: 1 -->\ntext\n", "```sh\nls\n"])
def test_what_is_said_of_no_block_and_a_block_without_an_end_are_refused(
    tmp_path: Path, text: str
) -> None:
    page = tmp_path / "page.md"
    page.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="block"):
        blocks(page)
