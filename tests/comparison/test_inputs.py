"""What the name of a side stands for: a run, its repeats, a baseline."""

import json
from pathlib import Path
from typing import Any

import pytest

from annotate.comparison.baselines import read_baseline
from annotate.comparison.bless import bless
from annotate.comparison.comparison import Comparison
from annotate.comparison.deltas import headlines
from annotate.errors import NotComparable, UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.runs.reader import Run, find_runs
from tests.support.blessed import GOLD, compared, gold_with, sample
from tests.support.noisy import say, write


def figures(found: Comparison) -> Any:
    row = json.loads(json.dumps(found.to_json()))
    del row["before"], row["after"]
    return row


def test_a_baseline_compares_as_its_runs_do(project: Path) -> None:
    runs = [sample("a-1", 1), sample("a-2", 2, repeat=1)]
    sample("b", 3, prompt="v2")
    file = bless(runs, "why", GOLD)
    expected = figures(compared("a", "b"))
    assert figures(compared(file, "b")) == expected
    assert figures(compared("baseline", "b")) == expected
    assert expected["gold_delta"] is None
    assert compared("baseline", file).passed


def test_a_change_of_the_gold_is_told_apart_from_that_of_the_prompt(project: Path) -> None:
    sample("b", 3, prompt="v2")
    file = bless([sample("a", 1)], "why", GOLD)
    other = gold_with(project / "gold", lambda row: row["attributes"].update(duration="P1D"))
    found = compared(file, "b", other)
    assert found.gold_delta is not None
    then, now = read_baseline(file).scores, headlines([evaluate("a", other)])
    for name, delta in found.gold_delta.items():
        assert delta.before == then[name]
        assert delta.after == pytest.approx(now[name])
        assert found.headlines[name].before == pytest.approx(now[name])
    assert found.gold_delta["value"].change != 0
    assert found.headlines["value"].after == pytest.approx(
        headlines([evaluate("b", other)])["value"]
    )


def test_gold_that_scores_the_same_is_the_same(project: Path) -> None:
    file = bless([sample("a", 1)], "why", GOLD)
    noted = gold_with(project / "gold", lambda row: row.update(note="why", must_find=False))
    assert compared(file, "a", noted).gold_delta is None


def test_a_name_that_is_no_run_stands_for_its_repeats_in_their_order(project: Path) -> None:
    for number in (10, 2, 1):
        sample(f"x*-{number}", number, repeat=number - 1)
    sample("x*-1-old", 5)
    Path("x*-3").mkdir()
    assert [str(run.path) for run in find_runs("x*")] == ["x*-1", "x*-2", "x*-10"]
    assert [str(run.path) for run in find_runs("x*-2")] == ["x*-2"]
    sample("x*", 4)
    assert [str(run.path) for run in find_runs("x*")] == ["x*"]
    assert len(compared("x*-1", "x*").after) == 1


def test_the_baseline_is_that_of_the_model_that_the_other_side_asked(project: Path) -> None:
    sample("a", 1, model="one")
    sample("b", 1, model="two")
    with pytest.raises(UsageError, match=r"one\.jsonl: no baseline of one; there is none yet"):
        compared("baseline", "a")
    bless([Run("a")], "why", GOLD)
    assert compared("baseline", "a").passed
    with pytest.raises(UsageError, match=r"no baseline of two; there is one\.jsonl: name a file"):
        compared("baseline", "b")


def test_a_side_that_read_less_is_not_comparable(project: Path) -> None:
    said = say(1)
    write(Path("less"), {name: said[name] for name in sorted(said)[:3]})
    file = bless([sample("a", 1)], "why", GOLD)
    with pytest.raises(
        NotComparable, match=r"#1: the other side did not read infroryx\.txt, infuze"
    ):
        compared(file, "less")
    with pytest.raises(NotComparable, match="a and less did not read the same documents"):
        compared("a", "less")
