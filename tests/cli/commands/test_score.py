"""`annotate score`: what it prints, what it says is missing, how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from annotate.ledger import Entry
from annotate.runs.reader import Run
from tests.conftest import Command
from tests.support.handmade import (
    CHECK,
    DEPLOY,
    LOST,
    ROLLED_BACK,
    SLOW,
    TEXT,
    Place,
    annotation,
    quarantined,
    write_gold,
    write_run,
)

EVERYTHING = [annotation(place) for place in (SLOW, DEPLOY, ROLLED_BACK, LOST, CHECK)]
HOSTILE = "\x1b[31m[red]\u202e"
SHOWN = "\\u001b[31m[red]\\u202e"


@pytest.fixture
def baseline(policies: Run) -> Path:
    """The folder of the run of the offline baseline."""
    return policies.path


@pytest.fixture
def gold(tmp_path: Path) -> Path:
    """Gold of the five sentences of the text."""
    return write_gold(tmp_path / "gold", EVERYTHING)


Score = Callable[..., CompletedProcess[str]]


@pytest.fixture
def score(incidents: Command) -> Score:
    """`annotate score` in the project of the second domain."""
    return lambda *given: incidents("score", *given)


def rows(printed: str, first: str) -> list[list[str]]:
    """Return the cells of the table rows whose first cell is `first`."""
    cells = [[cell.strip() for cell in line.split("│")[1:-1]] for line in printed.splitlines()]
    return [row for row in cells if row and row[0] == first]


# ---- The five policies ----


def test_a_run_is_scored_from_any_folder(command: Command, score: Score, baseline: Path) -> None:
    done = command("score", baseline)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == score(baseline).stdout


def test_every_figure_stands_beside_agreement_and_human_ceilings(
    score: Score, baseline: Path
) -> None:
    done = score(baseline)
    assert (done.returncode, done.stderr) == (0, "")
    figures = json.loads(score(baseline, "--json").stdout)
    overall = figures["scores"]["overall"]
    (row,) = rows(done.stdout, "annotation F1 (overlap > ½)")
    measured = overall["annotation"][">.5"]
    assert row[1:4] == [
        f"{measured[name]:.3f}".lstrip("0") for name in ("precision", "recall", "f1")
    ]
    assert row[4:] == [str(measured[name]) for name in ("tp", "fp", "fn")] + [
        ".989",
        ".500 · .610",
    ]
    assert [rows(done.stdout, name)[0][-2:] for name in ("exact span", "document F1")] == [
        [".989", ".130 · .440"],
        [".992", ".710"],
    ]
    assert rows(done.stdout, "any overlap")[0][-1] == "–"
    assert rows(done.stdout, "all")[0][-2:] == [".989", ".610"]
    assert "OPP-115" in done.stdout


def test_categories_of_little_support_are_marked(score: Score, baseline: Path) -> None:
    printed = score(baseline).stdout
    (few,) = rows(printed, "policy_date")
    (many,) = rows(printed, "collection")
    assert (few[1], few[-1], many[-1]) == ("4", "few", "")
    assert (many[-2], few[2]) == (".986", "0")
    assert "few: support below 20" in printed


def test_the_baseline_says_that_it_is_the_baseline(score: Score, baseline: Path) -> None:
    printed = score(baseline).stdout
    assert "this is the embedded baseline" in printed
    assert "Its cues were written by people who had these five policies before them" in printed


def test_kinds_of_error_are_ranked_and_sum_up(score: Score, baseline: Path) -> None:
    figures = json.loads(score(baseline, "--json").stdout)
    found = figures["outcomes"]["kinds"]
    assert sum(pair["gold"] for pair in found.values()) == 490
    assert sum(pair["predicted"] for pair in found.values()) == len(
        list(Run(baseline).annotations())
    )
    printed = score(baseline).stdout
    kinds = [row["kind"] for row in figures["gains"]]
    places = [printed.index(f"│ {kind} ") for kind in kinds]
    assert places == sorted(places)
    assert re.fullmatch(r"\+\d+\.\d", rows(printed, kinds[0])[0][-1])


def test_repeats_are_printed_with_their_mean_and_range(
    score: Score, tmp_path: Path, gold: Path
) -> None:
    for number in range(2):
        write_run(tmp_path / f"run-{number + 1}", EVERYTHING[: 4 + number], repeat=number)
    by_name = score(tmp_path / "run", "--gold", gold)
    both = score(tmp_path / "run-1", tmp_path / "run-2", "--gold", gold)
    assert both.stdout == by_name.stdout
    assert rows(both.stdout, "annotation F1 (overlap > ½)")[0][1:] == [".944", ".889", "1.000"]
    assert f"what follows is {tmp_path / 'run-1'}" in both.stdout
    content = json.loads(score(tmp_path / "run", "--gold", gold, "--json").stdout)
    assert content["run"] == str(tmp_path / "run-1")
    assert content["repeats"]["headlines"]["annotation"]["most"] == 1

    # What they agree on stands behind it: of 4 and 5 annotations, 4 are the same.
    assert "What 2 repeats agree on, by category" in both.stdout
    agreed = content["repeats"]["stability"]
    assert agreed["overall"]["annotation"][">.5"]["f1"] == pytest.approx(8 / 9)
    assert rows(both.stdout, "cause")[0] == ["cause", "1", "1.000", "–", "1.000", "–", "few"]
    assert rows(both.stdout, "effects")[0] == ["effects", "2", "1.000", "–", "few"]


def test_where_repeats_agree_less_than_the_readers_of_the_gold_did_is_marked(
    score: Score, tmp_path: Path, gold: Path
) -> None:
    flipped: list[Place] = [(*each[:2], {"effects": ["unavailable"]}) for each in (SLOW, LOST)]
    repeats = EVERYTHING, [*map(annotation, flipped), *map(annotation, (DEPLOY, ROLLED_BACK))]
    for number, found in enumerate(repeats, start=1):
        write_run(tmp_path / f"run-{number}", found, repeat=number - 1)
        write_run(tmp_path / f"same-{number}", EVERYTHING, repeat=number - 1)

    def printed(support: int) -> str:
        part = {"support": support, "annotation": {">.5": {"f1": 1.0}}, "value": {"f1": 1.0}}
        step = {"accuracy": 1.0, "equal": support}
        overall = {"attributes": {"step": step, "effects": step}, "value": {"f1": 1.0}}
        by_category = dict.fromkeys(("action", "cause", "impact"), part)
        scores = {"overall": overall, "by_category": by_category}
        (gold / "agreement.json").write_text(json.dumps({"scores": scores}), encoding="utf-8")
        return score(tmp_path / "run", "--gold", gold).stdout

    many = printed(500)
    assert rows(many, "impact")[0][-1] == "less than the passes, few"
    assert rows(many, "effects")[0][-1] == "less than the passes, few"
    assert rows(many, "cause")[0][-1] == "few"
    assert rows(many, "step")[0] == ["step", "1", "1.000", "1.000", "few"]
    assert "the definition may leave something open" in many
    # The same figures, of two readers who had two annotations each.
    assert rows(printed(2), "impact")[0][-1] == "few"
    same = score(tmp_path / "same", "--gold", gold).stdout
    assert "nowhere less than the passes by more than chance explains" in same


def test_an_incomplete_repeat_is_named_and_ends_with_code_4(
    score: Score, tmp_path: Path, gold: Path
) -> None:
    write_run(tmp_path / "run-1", EVERYTHING)
    failed = [Entry("a.txt", 0, 0, len(TEXT), "failed")]
    write_run(tmp_path / "run-2", [], failed, repeat=1)
    done = score(tmp_path / "run", "--gold", gold)
    assert done.returncode == 4
    assert f"INCOMPLETE run: {tmp_path / 'run-2'}" in done.stdout
    content = json.loads(score(tmp_path / "run", "--gold", gold, "--json").stdout)
    assert content["complete"]
    assert content["repeats"]["incomplete"] == [str(tmp_path / "run-2")]


# ---- What is missing is said ----


def test_what_finishes_a_run_whose_cut_answers_are_kept_is_not_the_same_run(
    score: Score, tmp_path: Path, gold: Path
) -> None:
    write_run(tmp_path / "run", [], [Entry("a.txt", 0, 0, len(TEXT), "truncated")])
    done = score(tmp_path / "run", "--gold", gold)
    assert done.returncode == 4
    assert "--retry-failed" in done.stdout
    assert "a larger answer limit" in done.stdout
    assert "finishes it" not in done.stdout


def test_an_incomplete_run_ends_with_code_4_after_its_tables(
    score: Score, tmp_path: Path, gold: Path
) -> None:
    half = TEXT.index("We rolled")
    entries = [
        Entry("a.txt", 0, 0, half, "ok", 1),
        Entry("a.txt", 1, half, len(TEXT), "failed"),
    ]
    write_run(tmp_path / "run", EVERYTHING[:1], entries)
    done = score(tmp_path / "run", "--gold", gold)
    assert done.returncode == 4
    assert rows(done.stdout, "missed")[0][1:3] == ["4", "–"]
    assert "3 of the missed stand in chunks without a whole answer: 3 failed" in done.stdout
    assert "INCOMPLETE run" in done.stdout
    assert json.loads(score(tmp_path / "run", "--gold", gold, "--json").stdout)["unanswered"] == {
        "failed": 3
    }


def test_refused_answers_are_shown_as_kinds_and_as_rates(
    score: Score, tmp_path: Path, gold: Path
) -> None:
    entries = [Entry("a.txt", 0, 0, len(TEXT), "partial", 5, invalid=1, ungrounded=3)]
    rejected = [quarantined("ungrounded", {"category": "impact"}), quarantined("invalid", 7)]
    write_run(tmp_path / "run", EVERYTHING, entries, rejected)
    printed = score(tmp_path / "run", "--gold", gold).stdout
    assert rows(printed, "invalid")[0][1:3] == ["–", "1"]
    assert rows(printed, "ungrounded")[0][1:3] == ["–", "1"]
    assert rows(printed, "(none named)")[0][3] == ".000"
    assert "grounding rate .833, hallucination rate before repair .375" in printed
    assert "1 invalid and 1 ungrounded answers were refused, 2 repaired" in printed


def test_documents_that_are_not_scored_are_named(score: Score, tmp_path: Path) -> None:
    both = {"a.txt": TEXT, "b.txt": TEXT}
    gold = write_gold(tmp_path / "gold", EVERYTHING, documents=both)
    write_run(tmp_path / "run", EVERYTHING, documents={"a.txt": TEXT, "c.txt": TEXT})
    done = score(tmp_path / "run", "--gold", gold)
    assert done.returncode == 0
    assert "not scored, for want of gold: c.txt" in done.stdout
    assert "has gold and was not read: b.txt" in done.stdout


def test_gold_without_references_prints_none(score: Score, tmp_path: Path, gold: Path) -> None:
    write_run(tmp_path / "run", EVERYTHING)
    printed = score(tmp_path / "run", "--gold", gold).stdout
    assert rows(printed, "annotation F1 (overlap > ½)")[0][-2:] == ["–", "–"]
    assert "humans:" not in printed
    assert "embedded baseline" not in printed


def test_unstable_categories_are_marked(score: Score, tmp_path: Path, gold: Path) -> None:
    content = {"alpha_by_category": {"impact": 0.5}, "unstable": ["impact"]}
    (gold / "agreement.json").write_text(json.dumps(content), encoding="utf-8")
    write_run(tmp_path / "run", EVERYTHING)
    printed = score(tmp_path / "run", "--gold", gold).stdout
    (row,) = rows(printed, "impact")
    assert (row[-2], row[-1]) == (".500", "few, unstable")


def test_other_definitions_are_said(score: Score, tmp_path: Path, gold: Path) -> None:
    write_run(tmp_path / "run", EVERYTHING, schema="edited")
    printed = score(tmp_path / "run", "--gold", gold).stdout
    assert "the definitions of the schema have changed since this run" in printed


def test_hostile_names_are_made_visible(score: Score, tmp_path: Path) -> None:
    texts = {HOSTILE: TEXT}
    own = [annotation(SLOW, HOSTILE), annotation((HOSTILE, "Carts were lost.", {}), HOSTILE)]
    gold = write_gold(tmp_path / "gold", [annotation(SLOW, HOSTILE)], documents=texts)
    rejected = [quarantined("invalid", {"category": HOSTILE}, HOSTILE)]
    write_run(tmp_path / "run", own, (), rejected, documents=texts, model=HOSTILE)
    done = score(tmp_path / "run", "--gold", gold)
    assert done.returncode == 0
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout
    assert done.stdout.count(SHOWN) >= 3  # the model, by category, by document
    assert json.loads(score(tmp_path / "run", "--gold", gold, "--json").stdout)


# ---- What cannot be scored ----


def test_a_run_without_gold_is_wrong_usage(score: Score, tmp_path: Path) -> None:
    write_run(tmp_path / "run", EVERYTHING)
    done = score(tmp_path / "run")
    assert (done.returncode, done.stdout) == (2, "")
    assert "task incident_report has no gold; name a folder with --gold" in done.stderr


def test_a_folder_that_is_no_run_is_wrong_usage(score: Score, tmp_path: Path) -> None:
    done = score(tmp_path)
    assert done.returncode == 2
    assert "is not a run folder" in done.stderr


def test_another_text_is_not_comparable(score: Score, tmp_path: Path, gold: Path) -> None:
    write_run(tmp_path / "run", documents={"a.txt": "Another text."})
    done = score(tmp_path / "run", "--gold", gold)
    assert (done.returncode, done.stdout) == (6, "")
    assert "its a.txt is another text than the one labelled" in done.stderr


def test_gold_of_another_task_is_not_comparable(score: Score, tmp_path: Path, gold: Path) -> None:
    write_run(tmp_path / "run", EVERYTHING)
    done = score(tmp_path / "run", "--task", "privacy_policy")
    assert done.returncode == 6
    assert "is a run of task incident_report, not of privacy_policy" in done.stderr
    assert score(tmp_path / "run", "--gold", gold, "-t", "incident_report").returncode == 0


def test_runs_of_two_configurations_are_wrong_usage(
    score: Score, tmp_path: Path, gold: Path
) -> None:
    write_run(tmp_path / "one", EVERYTHING, prompt="v1")
    write_run(tmp_path / "two", EVERYTHING, prompt="v2")
    done = score(tmp_path / "one", tmp_path / "two", "--gold", gold)
    assert done.returncode == 2
    assert "its prompt is another than that of" in done.stderr
