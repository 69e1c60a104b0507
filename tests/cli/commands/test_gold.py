"""`annotate gold`: what a check, an agreement and a difference print, and how they end."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Command

GOLD = ROOT / "eval" / "gold" / "privacy_policy"
DOCUMENT = "infuze-cloud.txt.jsonl"


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A copy of the gold of the five policies, without its passes, to be changed."""
    ignore = shutil.ignore_patterns("passes", "log")
    return Path(shutil.copytree(GOLD, tmp_path / "gold", ignore=ignore))


def rows(gold: Path) -> list[dict[str, object]]:
    lines = (gold / DOCUMENT).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def write(gold: Path, changed: list[dict[str, object]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in changed)
    (gold / DOCUMENT).write_text(text, encoding="utf-8")


def test_the_gold_of_the_task_is_checked_with_its_passes(command: Command) -> None:
    done = command("gold", "check")
    assert done.returncode == 0, done.stdout
    last = done.stdout.splitlines()[-1]
    assert last.startswith("490 annotations, 2 passes: 0 errors, ")
    found = json.loads(command("gold", "check", "--json").stdout)
    assert {each["severity"] for each in found} == {"warning"}


def test_gold_names_the_task_that_it_belongs_to(command: Command) -> None:
    gold = ROOT / "eval" / "gold" / "incident_report"
    checked = command("gold", "check", gold)
    assert checked.stdout.splitlines()[-1].startswith("245 annotations, 2 passes: 0 errors, ")
    passes = [gold / "passes" / each for each in ("first", "second")]
    agreed = command("gold", "agreement", *passes)
    assert agreed.stdout.startswith("256 units labelled by both\n")
    refused = command("gold", "check", gold, "--task", "privacy_policy")
    assert refused.returncode == 2
    assert "not with privacy_policy 1" in refused.stderr


def test_an_error_in_gold_is_named_with_its_line_and_ends_with_1(
    command: Command, edited: Path
) -> None:
    first, *others = rows(edited)
    write(edited, [{**first, "quote": "Something else."}, *others])
    done = command("gold", "check", edited)
    assert done.returncode == 1
    assert f"{edited / DOCUMENT}:1: error: " in done.stdout
    found = json.loads(command("gold", "check", edited, "--json").stdout)
    assert {"error", str(edited / DOCUMENT)} <= {found[0]["severity"], found[0]["file"]}


def test_agreement_is_printed_beside_its_aims(command: Command) -> None:
    passes = (GOLD / "passes" / "first", GOLD / "passes" / "second")
    done = command("gold", "agreement", *passes)
    assert done.returncode == 0, done.stderr
    units, aim, *_ = done.stdout.splitlines()
    assert units.endswith("units labelled by both")
    assert "(aim 0." in aim
    kept = json.loads((GOLD / "agreement.json").read_text(encoding="utf-8"))
    found = json.loads(command("gold", "agreement", *passes, "--json").stdout)
    assert found == kept


def test_a_difference_names_what_was_added_removed_and_changed(
    command: Command, edited: Path
) -> None:
    first, second, *others = rows(edited)
    changed = {**second, "note": "was looked at again"}
    new = {**first, "id": "new-1"}
    write(edited, [changed, new, *others])
    done = command("gold", "diff", GOLD, edited)
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert [line[:1] for line in lines] == ["+", "-", "~", "1"]
    assert lines[0].startswith(f"+ new-1 {first['category']} [")
    assert lines[2].endswith('note: null -> "was looked at again"')
    assert lines[3] == "1 added, 1 removed, 1 changed"
    found = json.loads(command("gold", "diff", GOLD, edited, "--json").stdout)
    assert [each["id"] for each in found["added"]] == ["new-1"]
