"""Any task has sentences: its own, or those made of names."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import JsonValue

from annotate.project.tasks import load_task
from annotate.report.sentence_file import read_sentences
from annotate.report.sentences import Sentences
from tests.conftest import INCIDENTS
from tests.report.test_sentence_file import GOOD

SLOW: dict[str, JsonValue] = {
    "effects": ["slow", "data_loss"],
    "countries": ["DE", "FR"],
    "duration": "PT42M",
    "customers_named": True,
    "polarity": "affirmed",
}
NOTHING: dict[str, JsonValue] = {
    "effects": ["unspecified"],
    "countries": [],
    "duration": None,
    "customers_named": False,
    "polarity": "affirmed",
}


@pytest.fixture
def own(tmp_path: Path) -> Sentences:
    path = tmp_path / "incident_report.sentences.toml"
    path.write_text(GOOD, encoding="utf-8")
    schema = load_task("incident_report", INCIDENTS).schema
    return Sentences(schema, read_sentences(path, schema))


def test_the_first_sentence_that_fits_is_said(own: Sentences) -> None:
    said = own.say("impact", SLOW)
    assert said == (
        "In the north and France there was slowness and data loss for 42 minutes "
        "(customers are named; polarity affirmed)."
    )
    assert own.say("impact", NOTHING) == "In somewhere there was unspecified (polarity affirmed)."
    assert own.title("impact") == "What was noticed"
    assert own.silence("impact") == "It names no effect."


def test_a_denied_statement_is_known_by_what_the_file_names(own: Sentences) -> None:
    assert own.denies({"certainty": "suspected"})
    assert not own.denies({"certainty": "confirmed"})
    assert not Sentences(None).denies({"certainty": "suspected"})


def test_a_category_without_sentences_is_said_by_its_names(own: Sentences) -> None:
    said = own.say("cause", {"triggers": ["deployment", "configuration"], "certainty": "confirmed"})
    assert said == "Cause: triggers deployment and configuration; certainty confirmed."
    assert own.silence("cause") == "It says nothing about: cause."


def test_a_task_without_a_file_says_every_value() -> None:
    sentences = Sentences.of(load_task("incident_report", INCIDENTS))
    assert sentences.say("impact", SLOW) == (
        "Impact: effects slow and data loss; countries Germany and France; duration 42 minutes; "
        "customers named; polarity affirmed."
    )
    assert sentences.say("impact", NOTHING) == "Impact: effects unspecified; polarity affirmed."


def test_what_no_schema_knows_is_said_as_it_stands() -> None:
    odd: dict[str, JsonValue] = {
        "n": 3,
        "share": 6.0,
        "deep": [{"a": None}],
        "word": "P1D",
        "flag": True,
    }
    said = Sentences(None).say("old_thing", odd)
    assert said == 'Old thing: n 3; share 6; deep {"a": null}; word P1D; flag.'
    assert Sentences(None).say("old_thing", {}) == "Old thing."
