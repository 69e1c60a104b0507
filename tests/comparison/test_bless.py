"""What is written as a baseline, and what is refused."""

import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread

import pytest

from annotate.annotation import Annotation
from annotate.comparison.baselines import ANEW, fingerprint, read_baseline
from annotate.comparison.bless import bless
from annotate.comparison.deltas import headlines
from annotate.errors import Incomplete, NotComparable, UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.predictions import Predictions
from annotate.ledger import Entry
from annotate.runs.reader import Run
from tests.support.blessed import GOLD, sample
from tests.support.noisy import bench, say, write


def test_a_baseline_is_a_file_of_the_project_that_names_task_and_model(project: Path) -> None:
    file = bless([sample("a", 1)], "the first one\n", GOLD)
    assert file == project / "eval" / "baselines" / "privacy_policy" / "simulated.jsonl"
    found = read_baseline(file)
    assert (found.reason, found.task, found.model) == (
        "the first one",
        "privacy_policy",
        "simulated",
    )
    evaluation = evaluate("a", GOLD)
    assert found.scores == headlines([evaluation])
    assert found.gold == fingerprint(evaluation.golds)
    assert [each.name for each in file.parent.iterdir()] == ["simulated.jsonl"]


def test_what_is_read_back_is_what_the_runs_said(project: Path) -> None:
    runs = [sample("a-1", 1), sample("a-2", 2, repeat=1)]
    samples = read_baseline(bless(runs, "two samples", GOLD)).samples
    for number, (read, run) in enumerate(zip(samples, runs, strict=True), start=1):
        said = Predictions.of(run)
        untimed = tuple(replace(entry, seconds=0.0) for entry in said.entries)
        name = f"{project}/eval/baselines/privacy_policy/simulated.jsonl#{number}"
        assert read == replace(said, name=name, entries=untimed)
        assert read.made_anew == ANEW


def test_the_same_runs_give_the_same_bytes(project: Path) -> None:
    def slower(entry: Entry) -> Entry:
        return replace(entry, seconds=entry.seconds + 9)

    first = bless([sample("a-1", 1), sample("a-2", 2, repeat=1)], "why", GOLD).read_bytes()
    again = [sample("b", 2, repeat=1, ledger=slower), sample("c", 1, ledger=slower)]
    assert bless(again, "why", GOLD).read_bytes() == first
    assert bless(again, "another reason", GOLD).read_bytes() != first


def test_a_baseline_holds_no_text_but_that_of_quotes(project: Path) -> None:
    said: dict[str, list[Annotation]] = {name: [] for name in say(1)}
    written = bless([write(Path("a"), said)], "silent", GOLD).read_text(encoding="utf-8")
    for text in bench().texts.values():
        assert text[200:240] not in written
    assert str(project) not in written


def refused(runs: list[Run], reason: str = "why") -> str:
    with pytest.raises(UsageError) as caught:
        bless(runs, reason, GOLD)
    assert not Path("eval").exists()
    return str(caught.value)


def test_what_is_no_baseline_is_refused_and_nothing_written(project: Path) -> None:
    run = sample("a", 1)
    assert refused([run], " \n") == (
        "a baseline needs a reason that a later reader understands; say --reason"
    )
    assert refused([]) == "no run is named; name one or more"
    other = sample("b", 2, repeat=1, prompt="v2")
    assert refused([run, other]).startswith("b: its prompt is another than that of a")
    assert refused([run, Run("a")]) == "a: is the same sample as a; name each once"
    (project / "annotate.toml").unlink()
    assert refused([run]).startswith(
        "there is no project here to keep a baseline; annotate init DIR"
    )


def test_only_complete_runs_are_blessed(project: Path) -> None:
    def cut(entry: Entry) -> Entry:
        return replace(entry, status="truncated") if entry.chunk == 1 else entry

    standing = bless([sample("a", 1)], "whole", GOLD)
    before = standing.read_bytes()
    with pytest.raises(
        Incomplete, match="b: is incomplete; annotate run --retry-failed asks again"
    ):
        bless([sample("b", 1, ledger=cut)], "cut", GOLD)
    assert standing.read_bytes() == before


def test_a_run_without_gold_is_not_comparable(project: Path) -> None:
    run = write(Path("a"), {"other.txt": []}, texts={"other.txt": "We keep it."})
    with pytest.raises(NotComparable):
        bless([run], "why", GOLD)


def test_a_reader_never_sees_half_a_baseline(project: Path) -> None:
    runs = [sample("a", 1), sample("b", 2)]
    file = bless(runs[:1], "0", GOLD)
    done, seen = Event(), set()

    def read() -> None:
        while not done.is_set():
            seen.add(read_baseline(file).reason)

    reader = Thread(target=read)
    reader.start()
    for number in range(4):
        bless(runs[number % 2 :][:1], str(number), GOLD)
    done.set()
    reader.join()
    assert len(seen) > 1
    assert sorted(each.name for each in file.parent.iterdir()) == ["simulated.jsonl"]


def test_a_place_that_cannot_be_written_is_named(project: Path) -> None:
    (project / "eval").write_text("a file", encoding="utf-8")
    with pytest.raises(UsageError, match=r"simulated\.jsonl: cannot be written"):
        bless([sample("a", 1)], "why", GOLD)


def test_what_could_not_be_read_back_never_takes_the_place_of_a_baseline(project: Path) -> None:
    file = bless([sample("a", 1)], "sound")
    sound = file.read_bytes()
    broken = sample("b", 2)
    row = {"document": "infotech.txt", "kind": "invalid", "chunk": [1], "item": 5}
    (broken.path / "quarantine.jsonl").write_text(
        f"{json.dumps(row)}\n" * broken.manifest["counts"]["quarantined"], encoding="utf-8"
    )
    with pytest.raises(UsageError):
        bless([broken], "damaged")
    assert file.read_bytes() == sound
    assert list(file.parent.iterdir()) == [file]


KILLED = """
import sys, time
from pathlib import Path
from annotate.comparison import bless
from annotate.runs.reader import Run

def reached(file):
    print("reached", flush=True)
    time.sleep(600)

bless.read_baseline = reached  # the last step before the file takes its place
bless.bless([Run(Path(sys.argv[1]))], "another", Path(sys.argv[2]))
"""


def test_a_bless_that_is_killed_leaves_the_older_baseline(project: Path) -> None:
    file = bless([sample("a", 1)], "the first one", GOLD)
    first = file.read_bytes()
    words = [sys.executable, "-c", KILLED, str(sample("b", 2).path), str(GOLD)]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"reached\n"
        process.kill()
    assert file.read_bytes() == first
    bless([sample("c", 3)], "a third", GOLD)
    assert read_baseline(file).reason == "a third"
    assert [each.name for each in file.parent.iterdir()] == ["simulated.jsonl"]
