"""Baselines: what is written, when it is refused, and that they compare as their runs do."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest

from annotate.annotation import Annotation
from annotate.comparison.baselines import baseline_file, bless, fingerprint, read_baseline
from annotate.comparison.compare import Comparison
from annotate.comparison.deltas import headlines
from annotate.comparison.inputs import compare
from annotate.errors import Incomplete, NotComparable, UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.ledger import Entry
from annotate.runs.reader import Run, find_runs
from tests.conftest import ROOT
from tests.support.noisy import bench, quarantined, say, write

ROUNDS = 200
GOLD = ROOT / "eval" / "gold" / "privacy_policy"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty project, which is the current folder."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "annotate.toml").write_text("", encoding="utf-8")
    monkeypatch.chdir(folder)
    return folder


def sample(name: str, seed: int, repeat: int = 0, **more: Any) -> Run:
    """Write a run with a quarantine, a lone surrogate in it."""
    rows = [quarantined("infotech.txt", "invalid", "no \ud800 such")]
    return write(Path(name), say(seed), refused=rows, repeat=repeat, **more)


def compared(before: str | Path, after: str | Path, gold: Path = GOLD) -> Comparison:
    return compare(before, after, gold=gold, rounds=ROUNDS)


# ---- Writing ----


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
        said = evaluate(run, GOLD).predictions
        untimed = tuple(replace(entry, seconds=0.0) for entry in said.entries)
        name = f"{project}/eval/baselines/privacy_policy/simulated.jsonl#{number}"
        assert read == replace(said, name=name, entries=untimed)


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
    assert refused([run]).startswith("no project is here to keep a baseline; annotate init DIR")


def test_only_complete_runs_are_blessed(project: Path) -> None:
    def cut(entry: Entry) -> Entry:
        return replace(entry, status="truncated") if entry.chunk == 1 else entry

    standing = bless([sample("a", 1)], "whole", GOLD)
    before = standing.read_bytes()
    with pytest.raises(Incomplete, match="b: is incomplete; the same annotate run finishes it"):
        bless([sample("b", 1, ledger=cut)], "cut", GOLD)
    assert standing.read_bytes() == before


def test_a_run_without_gold_is_not_comparable(project: Path) -> None:
    run = write(Path("a"), {"other.txt": []}, texts={"other.txt": "We keep it."})
    with pytest.raises(NotComparable):
        bless([run], "why", GOLD)


HOSTILE = [
    "../../../etc/passwd",
    "..",
    ".",
    "",
    "/etc/passwd",
    "org/model:7b",
    "org-model-7b",
    "a\x00b",
    "a\nb",
    "модель",
    "x" * 300,
    "x" * 301,
    ".hidden",
    "C:\\windows",
    "-rf",
    "\ud800",
]


def test_no_name_of_a_model_leads_out_of_the_folder_and_none_share_a_file(tmp_path: Path) -> None:
    files = [baseline_file(tmp_path, "task", name) for name in HOSTILE]
    folder = tmp_path / "eval" / "baselines" / "task"
    for file in files:
        assert file.resolve().parent == folder.resolve()
        assert len(file.name) < 100
        assert file.name.isascii()
        assert file.name.isprintable()
        assert file.name[0] not in ".-"
        assert file.suffix == ".jsonl"
    assert len(set(files)) == len(HOSTILE)
    assert baseline_file(tmp_path, "task", "gpt-4.1_mini").name == "gpt-4.1_mini.jsonl"


def test_a_hostile_model_is_blessed_and_found_again(project: Path) -> None:
    sample("a", 1, model="../../x")
    file = bless([Run("a")], "why", GOLD)
    assert file.parent == project / "eval" / "baselines" / "privacy_policy"
    assert read_baseline(file).model == "../../x"
    assert compared("baseline", "a").passed


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


# ---- Reading ----


@pytest.fixture
def lines(project: Path) -> list[bytes]:
    """The lines of a baseline of two samples."""
    runs = [sample("a-1", 1), sample("a-2", 2, repeat=1)]
    return bless(runs, "why", GOLD).read_bytes().splitlines(keepends=True)


def problem(lines: list[bytes]) -> str:
    Path("x.jsonl").write_bytes(b"".join(lines))
    with pytest.raises(UsageError) as caught:
        read_baseline("x.jsonl")
    return str(caught.value)


def changed(line: bytes, change: Callable[[dict[str, Any]], object]) -> bytes:
    row = json.loads(line)
    change(row)
    return json.dumps(row).encode() + b"\n"


REMEDY = "restore it from version control, or write it anew with annotate bless"


def test_damaged_lines_are_named_with_the_remedy(lines: list[bytes]) -> None:
    second = next(n for n, line in enumerate(lines) if n > 1 and b'"sample"' in line[:12])
    entry = next(n for n, line in enumerate(lines) if b'"entry"' in line[:12])
    cases: list[tuple[int, bytes, str]] = [
        (0, b"{}\n", "no 'format'"),
        (0, b"[1]\n", "no JSON object"),
        (0, changed(lines[0], lambda r: r.update(samples="2")), "samples: "),
        (0, changed(lines[0], lambda r: r["scores"].update(value="high")), "scores.value: "),
        (1, lines[1][:40] + b"\n", "Unterminated string"),
        (2, b"\xff\xfe\n", ""),
        (2, changed(lines[2], lambda r: r["annotation"].update(start="0")), "start: "),
        (2, changed(lines[2], lambda r: r["annotation"].pop("quote")), "quote: "),
        (2, b'{"entry": {}}\n', "no 'annotation'"),
        (entry, changed(lines[entry], lambda r: r["entry"].update(status="fine")), "status: "),
        (second, b"[" * 20_000 + b"\n", ""),
        (second, b"null\n", "no JSON object"),
    ]
    for number, line, reason in cases:
        said = problem([*lines[:number], line, *lines[number + 1 :]])
        assert said.startswith(f"x.jsonl:{number + 1}: is damaged ({reason}")
        assert said.endswith(REMEDY)


def test_a_file_that_was_cut_or_grew_is_damaged(lines: list[bytes]) -> None:
    last = len(lines)
    assert problem(lines[:-1]).startswith(f"x.jsonl:{last}: is damaged (the file ends here)")
    assert problem([]).startswith("x.jsonl:1: is damaged (the file ends here)")
    assert problem([*lines, lines[-1]]).startswith(f"x.jsonl:{last + 1}: is damaged (a line too")


def test_a_newer_format_asks_for_an_upgrade(lines: list[bytes]) -> None:
    newer = changed(lines[0], lambda row: row.update(format=2, reason=None))
    assert problem([newer, *lines[1:]]) == (
        "x.jsonl: written by a newer version of annotate; upgrade to read it"
    )


def test_fields_of_later_versions_are_left_out(lines: list[bytes]) -> None:
    more = changed(lines[0], lambda row: row.update(colour="red"))
    entry = changed(lines[-1], lambda row: row["entry"].update(colour="red"))
    Path("x.jsonl").write_bytes(b"".join([more, *lines[1:-1], entry]))
    assert len(read_baseline("x.jsonl").samples) == 2


def test_a_missing_file_is_named() -> None:
    with pytest.raises(UsageError, match=r"nowhere\.jsonl: cannot be read"):
        read_baseline("nowhere.jsonl")


# ---- Comparing with one ----


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


def gold_with(folder: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Copy the gold, with its first retention changed."""
    folder.mkdir()
    for file in GOLD.glob("*.json*"):
        rows = file.read_bytes().splitlines(keepends=True)
        if file.name == "infinitydesk.txt.jsonl":
            first = next(n for n, row in enumerate(rows) if b'"retention"' in row)
            rows[first] = changed(rows[first], change)
        (folder / file.name).write_bytes(b"".join(rows))
    return folder


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


# ---- Naming sides ----


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
