"""Several annotators: what they agree on, what they decided differently, and what holds then."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.gold.agreement import agreement
from annotate.gold.store import read_gold
from annotate.review.curation import Curation, compared
from annotate.review.log import logs_of, replay
from annotate.review.passes import two_passes
from annotate.review.session import Review, Wanted
from annotate.runs.reader import Run
from tests.conftest import Command
from tests.support import drawn
from tests.support.reviewing import review_of, schema, small_run

LAST = drawn.REPORT.index("Nothing else")


def decide(review: Review, name: str, action: str, **more: object) -> None:
    made = review.history.about(name)
    given = {"action": action, "id": name, "seen": made[-1].n if made else 0, **more}
    review.decide(Wanted.model_validate_json(json.dumps(given)))


def added(review: Review, **attributes: object) -> None:
    values = {**drawn.CAUSE, **attributes}
    given = {"category": "cause", "attributes": values, "start": LAST, "end": LAST + 3}
    decide(review, "", "add", document="a.txt", exact=True, **given)


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """A run that ada and ben have reviewed: they agree on three of six, and on nothing added."""
    made = small_run(tmp_path / "run")
    with review_of(made, "ada") as ada, review_of(made, "ben") as ben:
        names = list(ada.suggested)
        for name in names:
            decide(ada, name, "accept")
        for name in names[:2]:
            decide(ben, name, "accept")
        decide(ben, names[2], "reject", why="Nothing of that.")
        decide(ben, names[3], "accept", must_find=True)
        decide(ben, names[4], "correct", attributes={**drawn.SLOW, "countries": ["FR"]})
        decide(ben, names[5], "accept")
        added(ada)
        added(ben, certainty="confirmed")
    return made


def cases(run: Run) -> list[list[tuple[str, ...]]]:
    found = compared(run, [replay(path) for path in logs_of(run.path)])
    return [[each.by for each in case.versions] for case in found]


def test_versions_are_told_apart_by_what_they_state(run: Run) -> None:
    both, apart = [("ada", "ben")], [("ada",), ("ben",)]
    assert cases(run) == [both, both, apart, apart, apart, both, apart]


def test_who_decided_nothing_in_a_document_has_no_say_in_it(run: Run) -> None:
    with review_of(run, "eve"):
        pass
    assert cases(run)[0] == [("ada", "ben")]


def curated(run: Run) -> None:
    with Curation(run, schema(), "zoe") as curation:
        assert len(curation.items()) == 4
        nothing, must, country, certainty = curation.cases.values()
        decide(curation, nothing.id, "reject", why="Ben is right.")
        decide(curation, must.id, "accept")
        chosen = country.versions[1].item
        assert chosen is not None
        decide(curation, country.id, "correct", attributes=dict(chosen.attributes))
        decide(
            curation, certainty.id, "correct", attributes={**drawn.CAUSE, "triggers": ["capacity"]}
        )


def test_gold_is_what_they_agree_on_and_what_was_curated(run: Run, incidents: Command) -> None:
    out = run.path.parent / "gold"
    first = incidents("gold", "import", run.path, "--from", "review", "--out", out)
    assert first.returncode == 4, first.stderr
    assert "4 annotations were decided differently, and left out" in first.stderr
    assert len(read_gold(out).annotations) == 3
    curated(run)
    whole = run.path.parent / "whole"
    done = incidents("gold", "import", run.path, "--from", "review", "--out", whole)
    assert done.returncode in (0, 1), done.stderr
    gold = read_gold(whole)
    assert len(gold.annotations) == 6
    assert [each.must_find for each in gold.annotations] == [False] * 6
    assert ["FR"] in [each.attributes.get("countries") for each in gold.annotations]
    rows = (whole / "log" / "adjudication.jsonl").read_bytes().splitlines()
    log = [json.loads(row) for row in rows]
    assert [row["decision"] for row in log] == ["ben", "ada", "ben", "another"]
    assert (log[0]["by"], log[0]["reason"]) == ("zoe", "Ben is right.")
    assert {path.parent.name for path in whole.glob("passes/*/a.txt.jsonl")} == {"ada", "ben"}


def test_agreement_is_that_of_passes(run: Run, incidents: Command) -> None:
    ada, ben = logs_of(run.path)
    found = agreement(*two_passes(ada, ben), schema())
    assert (found.first, found.second) == ("ada", "ben")
    assert found.alpha is not None
    assert 0.5 < found.alpha < 1
    printed = incidents("gold", "agreement", ada, ben, "--json")
    assert json.loads(printed.stdout)["alpha"] == found.alpha


def test_one_who_has_not_finished_is_named(run: Run, incidents: Command) -> None:
    with review_of(run, "eve") as eve:
        decide(eve, next(iter(eve.suggested)), "accept")
    out = run.path.parent / "gold"
    done = incidents("gold", "import", run.path, "--from", "review", "--out", out)
    assert "5 annotations are not decided by eve, and left out" in done.stderr
    one = run.path / "review" / "ada.jsonl"
    out = run.path.parent / "of-one"
    alone = incidents("gold", "import", one, "--from", "review", "--out", out)
    assert "eve" not in alone.stderr
    assert len(read_gold(out).annotations) == 7
