"""Which document states which fact, and on which nobody knows."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import JsonValue

from annotate.ledger import Entry
from annotate.report.facts import Count, Matrix, matrix_of
from annotate.report.report import report_on
from annotate.report.sentences import Sentences
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.scoring.facts import Fact
from tests.conftest import INCIDENTS, ROOT
from tests.support import drawn

TEXT = "Search was slow. It was caused by load. It was not caused by rain.\n"


@pytest.fixture(autouse=True)
def _second_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(INCIDENTS)


def states(matrix: Matrix, fact: Fact) -> list[str]:
    position = matrix.facts.index(fact)
    return [row[position].state for row in matrix.rows]


def small(folder: Path) -> Run:
    """Two documents that were read, and one that was not read to its end."""
    cause: dict[str, JsonValue] = {"triggers": ["capacity"], "certainty": "confirmed"}
    end = TEXT.index(".") + 1
    found = [
        drawn.annotation("a.txt", TEXT, 0, end),
        drawn.annotation("a.txt", TEXT, end + 1, 39, "cause", cause),
        drawn.annotation("c.txt", TEXT, 0, end),
    ]
    entries = [Entry(f"{name}.txt", 0, 0, len(TEXT), "ok") for name in "ab"]
    entries.append(Entry("c.txt", 0, 0, len(TEXT), "partial", unread=((end, len(TEXT)),)))
    entries.append(Entry("c.txt", 1, end, len(TEXT), "failed"))
    return drawn.write(folder, dict.fromkeys(("a.txt", "b.txt", "c.txt"), TEXT), found, entries)


def test_a_document_states_is_silent_or_nobody_knows(tmp_path: Path) -> None:
    run = small(tmp_path / "run")
    matrix = matrix_of(run, report_on(run).sentences, Selection())
    assert matrix.documents == ("a.txt", "b.txt", "c.txt")
    assert states(matrix, Fact("impact")) == ["stated", "silent", "stated"]
    assert states(matrix, Fact("impact", "effects", "slow")) == ["stated", "silent", "stated"]
    assert states(matrix, Fact("impact", "effects", "errors")) == ["silent", "silent", "unknown"]
    assert states(matrix, Fact("cause", "triggers", "capacity")) == ["stated", "silent", "unknown"]
    assert states(matrix, Fact("action")) == ["silent", "silent", "unknown"]
    position = matrix.facts.index(Fact("impact", "duration"))
    assert [row[position].values for row in matrix.rows] == [("PT42M",), (), ("PT42M",)]
    position = matrix.facts.index(Fact("cause"))
    assert matrix.count(position) == Count(stated=1, denied=0, known=2)


def test_facts_are_those_of_the_schema(tmp_path: Path) -> None:
    run = small(tmp_path / "run")
    matrix = matrix_of(run, report_on(run).sentences, Selection())
    names = list(map(str, matrix.facts))
    assert names[:3] == ["impact", "impact.effects=unavailable", "impact.effects=slow"]
    assert {"impact.duration", "impact.customers_named", "cause.certainty=suspected"} <= {*names}
    assert len(set(names)) == len(names)


def test_a_choice_by_value_says_nothing_of_the_rest(tmp_path: Path) -> None:
    run = small(tmp_path / "run")
    chosen = run.select(where="effects=slow", document="a.txt")
    matrix = matrix_of(run, report_on(run).sentences, chosen)
    assert matrix.documents == ("a.txt",)
    assert states(matrix, Fact("impact")) == ["stated"]
    assert states(matrix, Fact("impact", "effects", "errors")) == ["unknown"]
    categories = {fact.category for fact in matrix.facts}
    assert "impact" in categories
    matrix = matrix_of(run, report_on(run).sentences, run.select(category="cause"))
    assert {fact.category for fact in matrix.facts} == {"cause"}
    assert states(matrix, Fact("cause")) == ["stated", "silent", "unknown"]


def test_without_the_schema_facts_are_those_that_were_found(tmp_path: Path) -> None:
    found = [drawn.annotation("a.txt", TEXT, 0, 16)]
    run = drawn.write(tmp_path / "run", {"a.txt": TEXT, "b.txt": TEXT}, found, schema="0")
    matrix = matrix_of(run, Sentences(None), Selection())
    assert [*map(str, matrix.facts)] == [
        *("impact", "impact.countries", "impact.duration", "impact.effects"),
        "impact.polarity",
    ]
    assert states(matrix, Fact("impact")) == ["stated", "unknown"]


def test_a_statement_that_denies_denies_its_values(
    policies: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    matrix = matrix_of(policies, report_on(policies).sentences, Selection())
    selling = dict(
        zip(matrix.documents, states(matrix, Fact("sharing", "mode", "sell")), strict=True)
    )
    assert selling["infotech.txt"] == "denied"
    assert selling["infrascale.md"] == "both"
    assert not any(fact.attribute == "polarity" for fact in matrix.facts)


def test_every_fact_of_the_scores_is_in_the_matrix(
    policies: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    matrix = matrix_of(policies, report_on(policies).sentences, Selection())
    said = {
        (document, str(fact))
        for document, row in zip(matrix.documents, matrix.rows, strict=True)
        for fact, stance in zip(matrix.facts, row, strict=True)
        if stance.state not in ("silent", "unknown")
    }
    for each in policies.annotations():
        assert (each.document, each.category) in said
        for name, value in each.attributes.items():
            closed = isinstance(value, list) and name != "destinations"
            for word in value if closed and isinstance(value, list) else ():
                assert (each.document, f"{each.category}.{name}={word}") in said
