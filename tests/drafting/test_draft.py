"""What `annotate init --task` makes runs at once, and nothing of it has to be edited first."""

from __future__ import annotations

import json
from contextlib import chdir
from pathlib import Path

import pytest
import yaml

from annotate.drafting.draft import draft_from_examples, draft_project
from annotate.errors import UsageError
from annotate.project.settings import read_settings
from annotate.project.tasks import load_task
from annotate.testing import Errors, Server, SimulatedAnnotator
from annotate.testing.simulation import SIMULATED
from tests.conftest import ROOT, Command, contents

EXAMPLES = ROOT / "docs" / "examples" / "terms-of-service.csv"


@pytest.fixture(params=["skeleton", "examples"])
def project(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    if request.param == "skeleton":
        draft_project(folder, "terms")
    else:
        draft_from_examples(folder, "terms", EXAMPLES)
    return folder


def test_every_command_works_on_a_new_project(project: Path, command: Command) -> None:
    checked = command("task", "check", cwd=project)
    assert checked.returncode == 0, checked.stdout
    assert [line for line in checked.stdout.splitlines() if not line.startswith("ok ")] == []
    ran = command("run", "eval/documents", "--out", "runs/a", cwd=project)
    assert ran.returncode == 0, ran.stderr
    assert not ran.stdout.startswith("0 annotations")
    for typed in (
        ("score", "runs/a"),
        ("eval",),
        ("gold", "check"),
        ("view", "runs/a"),
        ("task", "show"),
        ("export", "runs/a", "--to", "brat", "--out", "brat"),
    ):
        done = command(*typed, cwd=project)
        assert done.returncode == 0, (typed, done.stdout, done.stderr)
    found = json.loads(command("task", "list", "--json", cwd=project).stdout)
    assert {"terms"} <= {each["task"] for each in found if each["baseline"]}


def test_the_simulation_answers_for_a_new_project(project: Path, command: Command) -> None:
    simulation = SimulatedAnnotator.of(load_task("terms", project), Errors(spurious=1))
    with Server(simulation) as server:
        asked = ("--model", SIMULATED, "--base-url", server.base_url, "--price", "1,1")
        done = command("run", "eval/documents", *asked, "--out", "runs/a", cwd=project)
    assert done.returncode == 0, done.stderr
    scored = json.loads(command("score", "runs/a", "--json", cwd=project).stdout)
    # Gold without a label has nothing to answer from.
    assert (scored["scores"]["overall"]["support"] > 0) is ("23 documents" in done.stdout)


def test_what_stands_around_the_task_can_be_read(project: Path) -> None:
    assert read_settings(project) == {"task": "terms"}
    workflow = yaml.safe_load((project / ".github/workflows/annotate.yml").read_text("utf-8"))
    steps = [step.get("run", "") for step in workflow["jobs"]["check"]["steps"]]
    assert "annotate task check" in steps
    notebook = json.loads((project / "notebooks/explore.ipynb").read_bytes())
    assert {"cells", "metadata", "nbformat", "nbformat_minor"} == notebook.keys()
    assert "/runs/" in (project / ".gitignore").read_text("utf-8").split("\n")
    assert not [name for name in contents(project) if "NAME" in name or "dot_" in name]
    assert not [name for name, content in contents(project).items() if b"<<" in content]


def test_the_notebook_runs(project: Path, command: Command) -> None:
    pytest.importorskip("pandas")
    notebook = json.loads((project / "notebooks/explore.ipynb").read_bytes())
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    (project / "notebook.py").write_text("\n".join(cells), encoding="utf-8")
    code = compile((project / "notebook.py").read_bytes(), "notebook.py", "exec")
    with chdir(project / "notebooks"):
        exec(code, {"__name__": "__main__"})  # noqa: S102
    assert (project / "runs/explore/annotations.jsonl").is_file()


def test_a_draft_overwrites_nothing_and_is_the_same_again(project: Path) -> None:
    before = contents(project)
    with pytest.raises(UsageError, match="exists already; name a new folder"):
        draft_project(project, "terms")
    assert contents(project) == before
    (project / "annotate.toml").unlink()  # it comes last: the command was killed before
    if (project / "eval/documents/opening.md").exists():
        draft_project(project, "terms")
    else:
        draft_from_examples(project, "terms", EXAMPLES)
    assert contents(project) == before


@pytest.mark.parametrize(
    ("name", "better"),
    [
        ("terms of service", "such as terms_of_service"),
        ("Terms-2", "such as terms_2"),
        ("../terms", "such as terms"),
        ("_terms", "such as terms"),
        ("2fa", "a letter first"),
        ("con", "a letter first"),
        ("", "a letter first"),
        ("x" * 61, "such as xxx"),
        ("größe", "such as gr_e"),
        ("privacy_policy", "comes along; take another name"),
    ],
)
def test_a_name_that_no_task_can_have_is_refused_with_a_better_one(
    name: str, better: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=better):
        draft_project(tmp_path / "made", name)
    assert not (tmp_path / "made").exists()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (("--from-examples", EXAMPLES), "give it a name with --task"),
        (("--task", "terms", "--encoding", "cp1252"), "--encoding is that of --from-examples"),
        (("--task", "terms", "--from-examples", "none.csv"), "none.csv: cannot be read"),
    ],
)
def test_options_that_do_not_fit_are_refused(
    typed: tuple[str | Path, ...], said: str, command: Command, tmp_path: Path
) -> None:
    done = command("init", "made", *typed)
    assert done.returncode == 2
    assert said in done.stderr
    assert not (tmp_path / "made").exists()
