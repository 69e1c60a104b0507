"""The simulated annotator, asked over HTTP by whole runs: what it knows, what it gets wrong."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.errors import Stopped
from annotate.gold.store import GoldAnnotation, read_gold
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.testing import Errors, Server, SimulatedAnnotator
from annotate.testing.simulation import SIMULATED
from tests.support import endpoints
from tests.support.endpoints import Place
from tests.support.prompting import passes
from tests.support.simulated import GUIDED, PERFECT, gold_of, prompted, text_of

SENTENCES = 60
TEXT = text_of(0, SENTENCES)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = endpoints.project(tmp_path / "project")
    monkeypatch.chdir(folder)
    place = Place(folder)
    prompted(folder)
    place.write(TEXT)
    return place


def simulated(errors: Errors = PERFECT, seed: int = 0) -> SimulatedAnnotator:
    texts = {"t0.txt": TEXT}
    schema = load_task("incident_report").schema
    documents = {name: Document(name, text) for name, text in texts.items()}
    return SimulatedAnnotator(gold_of(texts), schema, documents, errors, seed=seed)


def run(place: Place, respond: SimulatedAnnotator, out: str = "run", **settings: Any) -> Run:
    """Run over the text with a server of its own and, unless it is named, a cache of its own."""
    settings = {"cache_dir": place.folder / "caches" / out, **settings}
    with Server(respond) as server:
        text = place.folder / "texts" / "t0.txt"
        return place.run(
            server, text, out, **{"model": SIMULATED, "task": "incident_report", **settings}
        )


def said(found: Annotation | GoldAnnotation) -> tuple[Any, ...]:
    return found.start, found.end, found.category, dict(found.attributes)


def rows(run: Run) -> list[tuple[Any, ...]]:
    return [said(each) for each in run.annotations()]


GOLD = [said(each) for each in gold_of({"t0.txt": TEXT}).annotations]


# ---- What it knows ----


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_without_errors_a_run_gives_the_gold_in_every_mode(place: Place, mode: str) -> None:
    done = run(place, simulated(), mode=mode, chunk_size=400)
    assert done.manifest["counts"]["chunks"] > 3
    assert rows(done) == GOLD


def test_a_category_without_its_definition_is_mostly_missed_and_nothing_else_changes(
    place: Place,
) -> None:
    errors = Errors(missed=0.2, spurious=0.2, attribute=0.2, ungrounded=0)
    before = rows(run(place, simulated(errors), "before"))
    prompted(place.folder, GUIDED.replace("categories %}", "categories if c.tag != 'cause' %}"))
    after = rows(run(place, simulated(errors), "after"))
    assert [each for each in after if each[2] != "cause"] == [
        each for each in before if each[2] != "cause"
    ]
    found = [sum(each[2] == "cause" for each in side) for side in (before, after)]
    assert found[0] > 12
    assert found[1] < 6


def test_a_definition_counts_however_its_lines_are_broken(place: Place) -> None:
    prompted(place.folder, GUIDED.replace("c.definition", "c.definition | wordwrap(20)"))
    assert rows(run(place, simulated())) == GOLD


def test_a_pass_gets_annotations_of_its_own_categories_alone(place: Place) -> None:
    prompted(place.folder, head=passes("impact action", "cause"))
    done = run(place, simulated(replace(PERFECT, unguided=0)))
    assert rows(done) == GOLD
    assert list(done.quarantine()) == []


def test_a_text_that_is_not_in_the_gold_gets_an_empty_answer(place: Place) -> None:
    place.write("Another report.\n\nSearch was slow.\n")
    assert rows(run(place, simulated(Errors(spurious=1)))) == []


# ---- What it gets wrong ----


def test_the_same_sequence_of_requests_gets_the_same_answers(place: Place) -> None:
    errors = Errors(0.3, 0.9, 0.3, 0.3, 0.3)
    first, again, other = (
        rows(run(place, simulated(errors, seed), f"run{number}"))
        for number, seed in enumerate([1, 1, 2])
    )
    assert first == again
    assert first != other


def test_repeats_of_a_request_differ(place: Place) -> None:
    run(place, simulated(Errors(missed=0.3)), repeat=3)
    samples = [rows(Run(place.folder / f"run-{number}")) for number in (1, 2, 3)]
    assert samples[0] != samples[1] != samples[2] != samples[0]


def test_the_shares_of_errors_are_what_was_asked_for(place: Place) -> None:
    only = replace(PERFECT, missed=0.5)
    assert 15 < len(rows(run(place, simulated(only), "missed"))) < 45
    assert rows(run(place, simulated(replace(only, missed=1)), "all")) == []


def test_a_wrong_attribute_is_another_value_that_the_schema_takes(place: Place) -> None:
    done = run(place, simulated(replace(PERFECT, attribute=1)))
    assert done.manifest["refused"] == {"invalid": 0, "ungrounded": 0}
    found = rows(done)
    assert [each[:3] for each in found] == [each[:3] for each in GOLD]
    for (*_, wrong), (*_, right) in zip(found, GOLD, strict=True):
        assert sum(wrong[name] != value for name, value in right.items()) == 1


def test_a_spurious_annotation_is_a_unit_with_a_category_that_it_has_not(place: Place) -> None:
    found = rows(run(place, simulated(replace(PERFECT, missed=1, spurious=1))))
    right = {(start, end): category for start, end, category, _ in GOLD}
    assert len(found) > SENTENCES / 3
    assert all(right[start, end] != category for start, end, category, _ in found)


def test_an_ungrounded_quote_is_refused_and_repaired_when_asked_again(place: Place) -> None:
    wrong = replace(PERFECT, ungrounded=1)
    refused = run(place, simulated(wrong), "refused", repairs=0)
    assert rows(refused) == []
    assert {row["kind"] for row in refused.quarantine()} == {"ungrounded"}
    for mode in ("json_schema", "tools"):
        repaired = run(place, simulated(wrong), f"repaired-{mode}", mode=mode)
        assert repaired.manifest["statuses"] == {"repaired": 1}
        assert rows(repaired) == GOLD


def test_a_share_outside_of_0_to_1_is_refused() -> None:
    with pytest.raises(ValueError, match=r"missed=1\.5"):
        Errors(missed=1.5)


# ---- That it is a simulation ----


def test_it_answers_to_no_name_that_could_be_a_models(place: Place) -> None:
    with pytest.raises(Stopped, match="--model"):
        run(place, simulated(), model="gpt-5")
    assert run(place, simulated(), "named", model="Simulated-2").complete


def test_it_answers_from_the_gold_that_is_shipped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import annotate

    monkeypatch.chdir(tmp_path)
    task = load_task("privacy_policy")
    policy = task.root / "eval" / "documents" / "infuze-cloud.txt"
    with Server(SimulatedAnnotator.of(task, PERFECT)) as server:
        done = annotate.run(
            policy, out="run", model=SIMULATED, base_url=server.base_url, cache_dir=tmp_path / "c"
        )
    gold = read_gold(task.root / "eval" / "gold" / task.name)
    wanted = [said(each) for each in gold.annotations if each.document == policy.name]
    assert sorted(map(repr, rows(done))) == sorted(map(repr, wanted))
