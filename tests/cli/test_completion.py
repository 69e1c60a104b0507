"""What a shell offers, asked as shells ask: by the protocol of the program itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from annotate.cli.app import program
from annotate.formats.registry import FORMATS
from tests.cli.test_imports import HEAVY, imported
from tests.conftest import Command

Offered = Callable[..., list[str]]


@pytest.fixture(scope="module", autouse=True)
def _made_anew() -> Iterator[None]:
    """The program is made for these tests: how it is made depends on the environment."""
    program.cache_clear()
    yield
    program.cache_clear()


@pytest.fixture
def offered(command: Command) -> Offered:
    """Type words in a folder with a project; return what a shell is told to offer for the last."""
    folder = command.cwd
    for name in ("prompts/mine/v1.md", "prompts/mine/v9.md", "prompts/privacy_policy/own.md"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).touch()
    (folder / "schemas" / "mine.crosswalks").mkdir(parents=True)
    (folder / "schemas" / "mine.py").write_text("raise SystemExit\n", encoding="utf-8")
    (folder / "schemas" / "mine.crosswalks" / "house.toml").touch()
    (folder / "eval" / "suites").mkdir(parents=True)
    (folder / "eval" / "suites" / "nightly.toml").touch()
    (folder / "annotate.toml").write_text('[models."my-model"]\n', encoding="utf-8")
    for name in ("runs/a", "runs/eval/s/v1", "old/b", "runs/x y", "runs/a/inside", "c"):
        (folder / name).mkdir(parents=True)
        (folder / name / "manifest.json").touch()
    (folder / "runs" / "no-run").mkdir()

    def offer(*words: str, **more: str) -> list[str]:
        typed = {"COMP_WORDS": " ".join(["annotate", *words]), "COMP_CWORD": str(len(words))}
        done = command(env={"_ANNOTATE_COMPLETE": "complete_bash", **typed, **more})
        assert done.stderr == ""
        return done.stdout.split()

    return offer


def test_formats_are_offered(offered: Offered) -> None:
    every = sorted(each.name for each in FORMATS if each.writer)
    assert sorted(offered("export", "--to", "")) == every
    assert offered("export", "--to", "p") == ["parquet", "parquet-flat"]
    assert offered("gold", "export", "--to", "") == ["brat", "label-studio"]
    assert offered("import", "--from", "l") == ["label-studio"]
    read = sorted(each.name for each in FORMATS if each.reader)
    assert sorted(offered("gold", "import", "--from", "")) == read
    assert offered("crosswalk", "--as", "c") == ["csv"]


def test_tasks_and_label_sets_are_offered_and_no_schema_is_run(offered: Offered) -> None:
    assert offered("run", "--task", "m") == ["mine"]
    assert "privacy_policy" in offered("run", "-t", "")
    assert offered("task", "codebook", "mi") == ["mine"]
    assert offered("crosswalk", "--to", "") == ["house", "gdpr", "opp115"]


def test_prompts_are_those_of_the_task(offered: Offered, command: Command) -> None:
    assert offered("run", "--task", "mine", "--prompt", "") == ["v1", "v9"]
    assert offered("run", "--prompt", "o") == ["own"]
    assert offered("run", "--prompt", "", ANNOTATE_TASK="mine") == ["v1", "v9"]
    (command.cwd / "annotate.toml").write_text('task = "mine"\n', encoding="utf-8")
    assert offered("eval", "--prompt", "v") == ["v1", "v9"]


def test_suites_models_and_modes_are_offered(offered: Offered) -> None:
    assert offered("eval", "n") == ["nightly"]
    assert "baseline" in offered("eval", "")
    assert offered("run", "--model", "") == ["lexicon", "my-model"]
    assert offered("run", "--mode", "j") == ["json_schema", "json"]


def test_runs_are_offered_below_runs_and_where_one_types(offered: Offered) -> None:
    # A name with a space is left out: it would be two words.
    assert offered("show", "") == ["c", "runs/a", "runs/eval/s/v1"]
    assert offered("view", "runs/e") == ["runs/eval/s/v1"]
    assert offered("score", "old/") == ["old/b"]
    assert offered("compare", "b") == ["baseline"]
    assert offered("eval", "--against", "") == ["baseline", "c", "runs/a", "runs/eval/s/v1"]
    assert offered("show", "nowhere/") == []


def test_nothing_is_offered_and_nothing_said_where_something_is_wrong(
    offered: Offered, command: Command
) -> None:
    (command.cwd / "annotate.toml").write_text("= 1", encoding="utf-8")
    assert offered("run", "--model", "") == []


@pytest.mark.parametrize("shell", ["zsh", "fish"])
def test_other_shells_are_told_the_same(offered: Offered, command: Command, shell: str) -> None:
    env = {
        "_ANNOTATE_COMPLETE": f"complete_{shell}",
        "_TYPER_COMPLETE_ARGS": "annotate eval n",
        "_TYPER_COMPLETE_FISH_ACTION": "get-args",
    }
    assert "nightly" in command(env=env).stdout


def test_completing_imports_nothing_heavy(command: Command) -> None:
    typed = "annotate run --task privacy_policy --prompt v"
    asked = {"_ANNOTATE_COMPLETE": "complete_bash", "COMP_WORDS": typed, "COMP_CWORD": "5"}
    modules, printed = imported(command, env=asked)
    assert "v1" in printed.split()
    # typer itself reads what is typed with pydantic; nothing of ours asks for it.
    ours = {"annotate.project.tasks", "annotate.project.settings", "annotate.schema"}
    assert not modules & (HEAVY - {"pydantic"} | {"rich"} | ours)
