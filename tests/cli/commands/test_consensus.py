"""`annotate consensus`: what it prints, how it ends, and that what reads runs reads its run."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path

import pytest

from annotate.gold.store import read_gold
from annotate.runs.reader import Run
from tests.conftest import ROOT, Command
from tests.support.sampled import INVENTED, SCHEMA, kept, noisy_samples, sample, whole

GOLD = ROOT / "eval" / "gold" / "privacy_policy"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory, policies: Run) -> Sequence[Run]:
    folder = tmp_path_factory.mktemp("noisy")
    return noisy_samples(folder, policies, read_gold(GOLD, SCHEMA))


@pytest.fixture(scope="module")
def united(tmp_path_factory: pytest.TempPathFactory, samples: Sequence[Run]) -> Path:
    """A folder that the command has filled; it takes the repeats by their common name."""
    folder = tmp_path_factory.mktemp("united") / "run"
    done = Command(ROOT)("consensus", samples[0].path.parent / "noisy", "--out", folder)
    assert done.returncode == 0, done.stderr
    assert done.stdout.endswith(f"complete consensus of 3 runs in {folder}\n")
    assert "Annotations by confidence" in done.stdout
    return folder


@pytest.mark.parametrize(
    "words",
    [
        ("show",),
        ("show", "--category", "retention"),
        ("score",),
        ("report",),
        ("export", "--to", "jsonl"),
    ],
    ids=" ".join,
)
def test_what_reads_runs_reads_a_consensus(united: Path, words: Sequence[str]) -> None:
    command, *options = words
    done = Command(ROOT)(command, united, *options)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_it_is_compared_with_a_sample_and_looked_at(
    united: Path, samples: Sequence[Run], tmp_path: Path
) -> None:
    assert Command(ROOT)("diff", samples[0].path, united).returncode == 0
    compared = Command(ROOT)("compare", samples[0].path, united, "--json")
    assert json.loads(compared.stdout)["verdict"]
    page = tmp_path / "page.html"
    assert Command(ROOT)("view", united, "--out", page).returncode == 0
    assert "0.67" in page.read_text()


def test_quotes_and_runs_say_how_sure_they_are(united: Path) -> None:
    shown = Command(ROOT)("show", united, "--category", "retention").stdout
    assert ", confidence 1.00\n" in shown
    whole = Command(ROOT)("show", united).stdout
    assert "consensus of 3 runs: " in whole


def test_scores_say_how_far_the_confidences_can_be_believed(united: Path) -> None:
    shown = Command(ROOT)("score", united).stdout
    for of in ("annotations", "values"):
        assert f"How sure the run is of {of}, and how many are right" in shown
        assert re.search(rf"{of}: expected calibration error \.\d+ \[.+\], 3 bins, one for", shown)
        assert re.search(rf"{of}: area under the risk-coverage curve \.\d+ \[", shown)
    found = json.loads(Command(ROOT)("score", united, "--json").stdout)["calibration"]
    assert [each["high"] for each in found["annotations"]["bins"]] == [1.0, 0.6667, 0.3333]


def test_a_precision_that_gold_finds_is_used(samples: Sequence[Run], tmp_path: Path) -> None:
    runs = [run.path for run in samples]
    asked = ("--precision", "0.95", "--gold", GOLD, "--out", tmp_path / "run")
    done = Command(ROOT)("consensus", *runs, *asked)
    assert done.returncode == 0, done.stderr
    assert "threshold 0.6667: precision 1.000 [" in done.stdout
    assert "points of recall" in done.stdout
    assert "chosen without the document that it is judged on" in done.stdout
    assert "are less sure than 0.6667: in quarantine.jsonl" in done.stdout
    printed = Command(ROOT)("consensus", *runs, *asked, "--json")
    found = json.loads(printed.stdout)
    assert found["choice"]["threshold"] == found["threshold"] == 0.6667
    assert found["choice"]["cross_validated"]["precision_interval"][1] == 1.0


def test_a_precision_that_no_threshold_has_fails(tmp_path: Path, samples: Sequence[Run]) -> None:
    documents = list(samples[0].documents())
    entries = list(samples[0].ledger())
    wrong = [
        sample(
            tmp_path / str(n),
            list(run.annotations(category="do_not_track", where=INVENTED)),
            entries,
            (),
            documents,
        )
        for n, run in enumerate(samples)
    ]
    folders = [run.path for run in wrong]
    done = Command(ROOT)("consensus", *folders, "--precision", "0.99", "--out", tmp_path / "run")
    assert done.returncode == 1
    assert "no threshold has a precision of 0.99; the best one has " in done.stdout
    assert not (tmp_path / "run").exists()


def test_what_no_sample_answered_ends_incomplete(tmp_path: Path) -> None:
    runs = [sample(tmp_path / n, [], [whole("failed", note="no")]).path for n in "12"]
    done = Command(ROOT)("consensus", *runs, "--out", tmp_path / "run")
    assert done.returncode == 4
    assert "INCOMPLETE run: " in done.stdout
    assert done.stdout.endswith(f"INCOMPLETE consensus of 2 runs in {tmp_path / 'run'}\n")


def test_one_run_is_no_consensus(tmp_path: Path) -> None:
    run = sample(tmp_path / "1", [kept("as_needed")]).path
    done = Command(ROOT)("consensus", run, "--out", tmp_path / "run")
    assert done.returncode == 2
    assert "a consensus needs two runs or more" in done.stderr
