"""The measurement on OPP-115, on a small corpus of our own invention in the form of that one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.testing import Server
from benchmarks.opp115 import main
from benchmarks.opp115_corpus import measured_part
from tests.conftest import ROOT

CORPUS = ROOT / "tests" / "benchmarks" / "opp115"
CHANGE: Mapping[str, Any] = {
    "category": "policy_change",
    "quote": "We may change this policy, and will post a notice on this page.",
    "notices": ["posted"],
    "advance_days": None,
    "continued_use_accepts": False,
}


def finds_changes(body: Mapping[str, Any]) -> dict[str, Any]:
    """Answer as a model that knows one category."""
    found = CHANGE["quote"] in body["messages"][-1]["content"]
    return {"annotations": [CHANGE] if found else []}


@pytest.fixture(autouse=True)
def _elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def row(printed: str, name: str) -> list[str]:
    """Return the figures behind the name of a row."""
    (found,) = [line for line in printed.splitlines() if line.startswith(f"{name}  ")]
    return found.removeprefix(name).split()


def test_the_test_part_is_that_of_the_published_figures() -> None:
    names = [f"{number}_p" for number in range(115)]
    part = measured_part(reversed(names), 23)
    assert part[:4] == measured_part(names, 4)
    assert (len(set(part)), part[:3]) == (23, ["41_p", "78_p", "113_p"])


def test_the_offline_baseline_stands_beside_one_annotator(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main([str(CORPUS)])
    printed = capsys.readouterr().out
    assert "35 of 35 passages marked stand in their segment" in printed
    assert "3 of 3 policies of the test part, 11 segments, 9 of them with a category" in printed
    # Of 9 categories of the majority all are found, and 2 segments have one too many, of which one
    # has no category of the majority.
    assert row(printed, "lexicon") == [
        *("0.818", "1.000", "0.900", "0.944"),
        *("0.900", "1.000", "0.947", "0.963"),
    ]
    assert row(printed, "First Party Collection/Use") == ["0.333", "1.000", "0.500", "1"]
    # 27 categories of the majority to say, in all: 23 are said, and 4 others.
    alone = row(printed, "one annotator against the majority with her")
    assert alone[:3] == ["0.852", "0.852", "0.852"]
    assert row(printed, "one annotator against another")[:3] == ["0.704", "0.704", "0.704"]
    # A list that is open where a segment ends is closed there, and the next one stands alone.
    (run,) = Path("runs/opp115").glob("lexicon")
    choices = [each for each in annotate.Run(run).annotations() if each.category == "choice"]
    assert [each.quote for each in choices] == ["You may opt out of our letters at any time."]


def test_a_model_and_a_run_of_some_policies_are_measured_the_same_way(
    capsys: pytest.CaptureFixture[str],
) -> None:
    with Server(finds_changes) as server:
        given = ["--model", "m", "--base-url", server.base_url, "--price", "0,0"]
        main([str(CORPUS), "--policies", "2", *given])
        assert len(server.chats) == 2
    printed = capsys.readouterr().out
    assert "2 of 2 policies of the test part" in printed
    assert row(printed, "Policy Change") == ["1.000", "1.000", "1.000", "1"]
    main([str(CORPUS), "--run", "runs/opp115/m"])
    again = capsys.readouterr().out
    assert "2 of 3 policies of the test part" in again
    assert row(again, "m") == row(printed, "m")


def test_what_cannot_be_used_is_named_and_the_rest_is_measured(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = tmp_path / "corpus"
    shutil.copytree(CORPUS, corpus)
    table = corpus / "annotations" / "7_moon-lamps.example.csv"
    good = table.read_text(encoding="utf-8").splitlines()[0].split(",")
    wrong = (
        [*good[:4], "99", *good[5:]],
        [*good[:5], "Weather", *good[6:]],
        [*good[:6], "{", "1/1/26", "https://moon-lamps.example"],
        good[:3],
    )
    lines = "".join(",".join(each) + "\n" for each in wrong)
    table.write_text(lines + table.read_text(encoding="utf-8"), encoding="utf-8")
    (corpus / "annotations" / "12_seed-swap.example.csv").unlink()
    main([str(corpus)])
    told = capsys.readouterr()
    assert "12_seed-swap.example: has no table; it is left out" in told.err
    said = [line.split("example.csv:")[1] for line in told.err.splitlines() if ".csv:" in line]
    assert said == [
        "1: names segment '99', and the policy has 4; it is left out",
        "2: category 'Weather' is the counterpart of none; it is left out",
        "3: its attributes are not JSON; it is left out",
        "4: has 3 columns, not 9; it is left out",
    ]
    assert "2 of 2 policies of the test part, 7 segments, 6 of them" in told.out
    with pytest.raises(SystemExit, match=r"needs sanitized_policies/\*\.html and annotations"):
        main([str(tmp_path)])
