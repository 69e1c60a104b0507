"""`annotate review`: what comes up first, how much to review, and what a review says."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.annotation import Verification
from annotate.reporting.review import said_of
from annotate.review.draw import drawn
from annotate.review.rates import precision
from annotate.review.session import Wanted
from annotate.review.start import open_review
from annotate.viewer.review_page import of_review
from tests.conftest import INCIDENTS, Command
from tests.support.handmade import CHECK, DEPLOY, LOST, ROLLED_BACK, SLOW, annotation, write_run

EVERYTHING = [annotation(place) for place in (SLOW, DEPLOY, ROLLED_BACK, LOST, CHECK)]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(INCIDENTS)
    return write_run(tmp_path / "run", EVERYTHING).path


def test_how_many_to_review_is_said_without_a_server(incidents: Command, run: Path) -> None:
    done = incidents("review", run, "--plan")
    assert done.returncode == 0
    assert "Annotations to review of 5, drawn at random" in done.stdout
    said = " ".join(done.stdout.split())
    assert "Chunks to read of 1, drawn at random" in said
    assert "a design effect of 1.4 is reckoned with" in said
    assert not (run / "review").exists()


def test_another_run_needs_the_order_that_asks_it(incidents: Command, run: Path) -> None:
    done = incidents("review", run, "--other", run, "--no-open")
    assert done.returncode == 2
    assert "it needs --order doubt" in done.stderr


@pytest.mark.parametrize(
    "given",
    [("--order", "chunks"), ("--order", "random"), ("--order", "doubt"), ("--gold", "gold")],
    ids=" ".join,
)
def test_who_curates_reads_no_chunks_and_draws_nothing(
    incidents: Command, run: Path, given: tuple[str, str]
) -> None:
    done = incidents("review", run, "--curate", *given, "--no-open")
    assert done.returncode == 2
    assert "it has no part in --curate" in done.stderr
    assert given[0] in done.stderr


def test_what_another_run_does_not_say_comes_first(run: Path, tmp_path: Path) -> None:
    other = write_run(tmp_path / "other", [each for each in EVERYTHING if each != EVERYTHING[2]])
    with open_review(run, "ada", order="doubt", against=[other.path]) as review:
        first, *rest = review.ordered(review.items())
        assert review.suggested[first] == EVERYTHING[2]
        assert review.doubts[first].reasons == (f"{other.path} does not say it",)
        shown = json.dumps(of_review(review).data)
        assert json.dumps(["in doubt", f"{other.path} does not say it"]) in shown
        assert [review.suggested[name] for name in rest] == [
            each for each in EVERYTHING if each != EVERYTHING[2]
        ]


def test_how_sure_an_annotation_is_and_what_a_model_said_of_it_is_shown_in_every_order(
    incidents: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(incidents.cwd)
    unsure = replace(EVERYTHING[0], confidence=0.4)
    judged = replace(EVERYTHING[1], verification=Verification("unsupported", {}, "No cause."))
    with open_review(write_run(tmp_path / "run", [unsure, judged]).path, "ada") as review:
        shown = json.dumps(of_review(review).data)
        for fact in (["confidence", "0.40"], ["verdict", "unsupported"], ["reason", "No cause."]):
            assert json.dumps(fact) in shown
        (sure,) = [name for name, each in review.suggested.items() if each == unsure]
        review.decide(Wanted(action="correct", id=sure, attributes={**LOST[2], "countries": []}))
        assert json.dumps(["confidence", "0.40"]) not in json.dumps(of_review(review).data)


def test_a_random_review_says_how_often_the_run_is_right(run: Path) -> None:
    with open_review(run, "ada", order="random") as review:
        order = review.ordered(review.items())
        assert order == drawn(review.suggested)
        assert said_of(precision(review.items())) == (
            "precision: none of 5 annotations that were drawn is decided yet"
        )
        review.decide(Wanted(action="accept", id=order[0]))
        review.decide(Wanted(action="reject", id=order[1]))
        review.decide(Wanted(action="accept", id=order[4]))
        said = said_of(precision(review.items()))
    assert said.startswith(
        "precision of 5 annotations, from 2 drawn at random: as it stands .500 ("
    )
    assert "category and place .500 (" in said
