"""What a table leaves out is found, each with its line and what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.crosswalks.check import check_crosswalks, check_table
from annotate.crosswalks.table import read_table
from annotate.findings import in_order
from annotate.project.tasks import load_task
from tests.conftest import ROOT
from tests.support.crosswalked import project

TASK = load_task("privacy_policy", ROOT)
GDPR = TASK.crosswalks["gdpr"].read_text(encoding="utf-8")
OPP = TASK.crosswalks["opp115"].read_text(encoding="utf-8")

Check = Callable[[str], list[str]]


@pytest.fixture
def found(tmp_path: Path) -> Check:
    """Check the text of a table; return what is found as lines, without the path."""

    def check(text: str) -> list[str]:
        path = tmp_path / "t.toml"
        path.write_text(text, encoding="utf-8")
        findings = check_table(read_table(path, TASK.schema))
        assert findings == in_order(findings)
        assert all(each.remedy for each in findings)
        return [f"{each.line}: {each.message}" for each in findings]

    return check


def without(text: str, *parts: str) -> str:
    """Return a table without those lines that hold one of some words."""
    kept = [line for line in text.splitlines() if not any(part in line for part in parts)]
    assert len(kept) < len(text.splitlines())
    return "\n".join(kept) + "\n"


def line_of(text: str, words: str) -> int:
    return next(n for n, line in enumerate(text.splitlines(), start=1) if words in line)


def test_the_tables_that_come_with_the_project_leave_nothing_out() -> None:
    assert [str(each) for each in check_crosswalks(TASK)] == []


def test_a_category_that_no_line_names_is_found(found: Check) -> None:
    assert found(without(GDPR, '"policy_date"')) == ["7: category 'policy_date' is left out"]


def test_values_that_nothing_takes_are_found(found: Check) -> None:
    text = without(GDPR, "rights=withdraw_consent", "rights=generic")
    line = line_of(text, 'category = "right", where = "rights=access')
    assert [each for each in found(text) if "takes" in each] == [
        f"{line}: nothing takes right with rights=withdraw_consent,generic"
    ]
    text = without(GDPR, 'why = "it names nobody who receives data"')
    assert any(each.endswith("nothing takes sharing with polarity=denied") for each in found(text))
    text = GDPR.replace('"bases=legitimate_interests"', '"bases=consent"')
    assert found(text) == []  # another label takes all of it


def test_values_that_are_lost_only_together_are_found(found: Check) -> None:
    text = GDPR.replace(
        '{ category = "use", where = "purposes=unspecified", why = "it states no purpose" },',
        '{ category = "use", where = ["purposes=unspecified", "polarity=denied"], why = "none" },',
    )
    (said,) = found(text)
    assert said.endswith("nothing takes use with polarity=affirmed and purposes=unspecified")


def test_labels_that_nothing_reaches_are_found(found: Check) -> None:
    empty = '\n[label."13(3)"]\ntitle = "another purpose"\n'
    line = line_of(GDPR + empty, '"13(3)"')
    assert found(GDPR + empty) == [f"{line}: nothing reaches label '13(3)'"]
    assert found(GDPR + empty + 'why = "the schema has nothing of it"\n') == []
    text = GDPR.replace('title = "automated', 'why = "nothing"\ntitle = "automated', 1)
    (said,) = found(text)
    assert "is reached, and `why` says that nothing does" in said


def test_rules_that_say_nothing_or_the_contrary_are_found(found: Check) -> None:
    never = '{ category = "use", where = ["polarity=affirmed", "polarity=denied"] },\n  '
    text = GDPR.replace('{ category = "legal_basis" },', never + '{ category = "legal_basis" },', 1)
    line = line_of(text, never.strip())
    assert found(text) == [
        f"{line}: no statement can be use and polarity=affirmed and polarity=denied"
    ]
    twice = '{ category = "retention", why = "no" },\n  '
    text = GDPR.replace('{ category = "security"', twice + '{ category = "security"')
    (said,) = found(text)
    assert said.endswith("retention is left out, and a label takes retention of all of it")


def test_the_schema_and_a_table_that_call_a_category_otherwise_are_found(found: Check) -> None:
    text = OPP.replace('category = "use"', 'category = "use", where = "polarity=affirmed"')
    said = found(text)
    assert any("the schema calls use 'First Party Collection/Use'" in each for each in said)
    assert any("nothing takes use with polarity=denied" in each for each in said)
    text = OPP.replace('counterparts = "OPP-115"', 'counterparts = "OPP"')
    assert found(text) == ["5: no category of the schema has a counterpart in 'OPP'"]
    text = OPP.replace('[label."Data Security"]', '[label."Security"]')
    assert any("calls security 'Data Security'" in each for each in found(text))


def test_every_table_of_a_task_is_checked(tmp_path: Path) -> None:
    task = project(
        tmp_path, first=without(GDPR, '"policy_date"'), second=without(GDPR, '"security"')
    )
    said = [str(each) for each in check_crosswalks(task)]
    folder = tmp_path / "schemas" / "privacy_policy.crosswalks"
    remedy = "name it in the `from` of a label, or in `left_out` with a reason"
    assert said == [
        f"{folder}/first.toml:7: error: category 'policy_date' is left out; {remedy}",
        f"{folder}/second.toml:7: error: category 'security' is left out; {remedy}",
    ]


def test_all_that_cannot_be_read_is_found_at_once(tmp_path: Path) -> None:
    text = GDPR.replace("polarity=affirmed", "polarity=afirmed").replace('"security"', '"securty"')
    task = project(tmp_path, bad=text, broken="title = [")
    bad, broken = (
        [each for each in check_crosswalks(task) if each.file.stem == name]
        for name in ("bad", "broken")
    )
    assert len(bad) == sum("afirmed" in line or "securty" in line for line in text.splitlines())
    assert all("did you mean" in each.message for each in bad)
    assert ["is not valid TOML" in each.message for each in broken] == [True]
