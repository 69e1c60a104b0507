"""`annotate bless`: the baseline that compare finds."""

import json
from dataclasses import replace
from pathlib import Path

from annotate.annotation import Annotation
from tests.cli.conftest import GOLD, write_run
from tests.conftest import ROOT, Command
from tests.support.noisy import Rates, moved, say

BASELINE = "eval/baselines/privacy_policy/simulated.jsonl"


def test_bless_writes_the_baseline_that_compare_finds(project: Command) -> None:
    for number in (1, 2):
        write_run(project, f"a-{number}", say(number), repeat=number - 1)
    done = project("bless", "a", "--reason", "two samples", *GOLD)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        f"{project.cwd}/{BASELINE}: 2 samples of simulated, annotation F1 ."
    )
    write_run(project, "b", say(1, Rates(0.9)))
    compared = project("compare", "baseline", "b", *GOLD)
    assert compared.returncode == 1
    assert f"before: {BASELINE}#1 … {BASELINE}#2" in compared.stdout
    assert project("compare", "a", BASELINE, *GOLD).returncode == 0


def test_bless_takes_several_runs_and_the_same_ones_give_the_same_bytes(project: Command) -> None:
    for number in (1, 2):
        write_run(project, f"a-{number}", say(number), repeat=number - 1)
    written = set()
    for names in (("a",), ("a-1", "a-2"), ("a-2", "a-1")):
        assert project("bless", *names, "--reason", "why", *GOLD).returncode == 0
        written.add((project.cwd / BASELINE).read_bytes())
    assert len(written) == 1


def test_bless_ends_with_4_for_an_incomplete_run(project: Command) -> None:
    write_run(project, "a", say(1), ledger=lambda entry: replace(entry, status="unsent"))
    done = project("bless", "a", "--reason", "why", *GOLD)
    assert done.returncode == 4
    assert done.stderr == "annotate: a: is incomplete; the same annotate run finishes it\n"
    assert not (project.cwd / "eval").exists()


def test_bless_asks_for_a_reason(project: Command) -> None:
    write_run(project, "a", say(1))
    for reason in ((), ("--reason", "  ")):
        done = project("bless", "a", *reason, *GOLD)
        assert done.returncode == 2
        assert "reason" in done.stderr
    assert not (project.cwd / "eval").exists()


def test_bless_outside_of_a_project_says_how_to_make_one(project: Command) -> None:
    (project.cwd / "annotate.toml").unlink()
    write_run(project, "a", say(1))
    done = project("bless", "a", "--reason", "why", *GOLD)
    assert done.returncode == 2
    assert "annotate init DIR makes one" in done.stderr


def test_the_embedded_baseline_is_blessed_and_never_fails_against_itself(project: Command) -> None:
    documents = ROOT / "eval" / "documents"
    assert project("run", documents, "--out", "x", "--task", "privacy_policy").returncode == 0
    assert project("bless", "x", "--reason", "the first", *GOLD).returncode == 0
    again = project("compare", "baseline", "x", *GOLD, "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout)["headlines"]["value"]["delta"] == 0
    shifted = [moved(each, 1) for each in annotations(project.cwd / "x")]
    rows = "".join(json.dumps(each.to_json()) + "\n" for each in shifted)
    (project.cwd / "x" / "annotations.jsonl").write_text(rows, encoding="utf-8")
    done = project("compare", "baseline", "x", *GOLD)
    assert done.returncode == 1
    assert "FAILED invariant text[start:end] == quote" in done.stdout


def annotations(folder: Path) -> list[Annotation]:
    lines = (folder / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    return [Annotation.from_json(json.loads(line)) for line in lines]
