"""Lexicon files: how they are read, and what is said of one that cannot be."""

from pathlib import Path
from typing import Any

import pytest

from annotate.errors import ProjectError
from annotate.lexicon.extractors import EXTRACTORS
from annotate.lexicon.rules import SETTINGS, Rules, typed
from annotate.lexicon.rules_file import read_rules
from annotate.project.toml_file import TomlFile
from schemas.incident_report import SCHEMA
from tests.conftest import ROOT


def rules(**tables: Any) -> Rules:
    """Read the tables of a lexicon of incident_report."""
    return read_rules(TomlFile(Path("my.toml"), tables), SCHEMA)


def problem(**tables: Any) -> str:
    with pytest.raises(ProjectError) as caught:
        rules(**tables)
    said = str(caught.value)
    assert said.startswith("my.toml: ")
    return said.removeprefix("my.toml: ")


def test_cues_are_labelled_with_what_they_are_for() -> None:
    found = rules(
        language={"negators": ["not"], "fillers": ["also"]},
        marks={"because": ["because of"]},
        values={"things": {"slow": ["slow*"]}},
        impact={
            "cues": ["outage*"],
            "effects": {"_values": "things"},
            "duration": {"_capture": "duration"},
        },
    )
    assert found.cues == (
        (("language", "negators"), "not"),
        (("marks", "because"), "because of"),
        (("values.things", "slow"), "slow*"),
        (("cues", "impact"), "outage*"),
    )
    assert found.fillers == {"also"}
    assert list(found.categories) == ["impact"]


def test_an_attribute_takes_its_kind_and_order_from_the_schema() -> None:
    impact = rules(impact={"effects": {"_silent": ["unspecified"]}}).categories["impact"]
    effects, duration = impact.attributes["effects"], impact.attributes["duration"]
    assert (effects.kind, effects.needed, effects.silent) == ("set", True, ("unspecified",))
    assert list(effects.order) == [
        "unavailable", "slow", "errors", "wrong_results", "data_loss", "exposure", "degraded",
        "unspecified",
    ]  # fmt: skip
    assert effects.lone == {"degraded": ("data_loss",), "unspecified": ()}
    assert (duration.kind, duration.needed, duration.values) == ("single", False, "impact.duration")
    assert not rules(impact={}).categories["impact"].attributes["countries"].needed


def test_a_category_hides_joins_and_owns() -> None:
    found = rules(
        marks={"because": ["because"]},
        cause={"hides": ["impact"], "joins": {"impact": "because"}, "own": True},
    ).categories["cause"]
    assert (found.hides, found.joins, found.own) == (("impact",), {"impact": "because"}, True)


@pytest.mark.parametrize(
    ("tables", "said"),
    [
        ({"weather": {}}, "[weather]: unknown; use one of action, cause, communication"),
        ({"impact": 3}, "[impact]: is no table; needs a table"),
        ({"impact": {"cues": "outage"}}, "[impact] cues: is no list; needs a list of cues"),
        ({"impact": {"cues": [3]}}, "[impact] cues: 3 is no cue; needs a list of cues"),
        ({"impact": {"cues": ["..."]}}, "[impact] cues: cue '...': a cue starts and ends"),
        ({"impact": {"moods": []}}, "[impact] moods: unknown; use one of countries, cues,"),
        ({"impact": {"hides": ["rain"]}}, "[impact] hides: 'rain' is an unknown category; "),
        ({"impact": {"joins": {"rain": "x"}}}, "[impact.joins] rain: unknown; "),
        (
            {"impact": {"joins": {"cause": "then"}}},
            "[impact.joins] cause: 'then' is an unknown mark; use one of none, ",
        ),
        ({"language": {"moods": []}}, "[language] moods: unknown; use one of answers_no,"),
        ({"values": {"things": 3}}, "[values] things: is no table; needs a table"),
        ({"words": {"down": "x"}}, "[words] down: is no list; needs a list of cues"),
        ({"words": {"down": ["a b"]}}, "[words] down: 'a b' is not one word"),
        ({"words": {"down": ["<up>"]}}, "[words] down: cue '<up>': [words] has no list 'up'"),
        (
            {"words": {"down": ["x"]}, "impact": {"cues": ["<up>"]}},
            "[impact] cues: cue '<up>': [words] has no list 'up'",
        ),
        ({"impact": {"effects": 3}}, "[impact] effects: is no table; needs a table"),
        ({"impact": {"effects": {"sad": ["x"]}}}, "[impact.effects] sad: 'sad' is not a value of"),
        (
            {"impact": {"effects": {"_silent": ["sad"]}}},
            "[impact.effects] _silent: 'sad' is not a value",
        ),
        ({"impact": {"effects": {"_mood": 1}}}, "[impact.effects] _mood: unknown; use one of"),
        ({"impact": {"effects": {"_kind": "set"}}}, "[impact.effects] _kind: unknown; use one of"),
        (
            {"impact": {"effects": {"_values": "x"}}},
            "[impact.effects] _values: 'x' is an unknown list of values; ",
        ),
        (
            {"impact": {"effects": {"_until": "x"}}},
            "[impact.effects] _until: 'x' is an unknown mark; use one of none",
        ),
        (
            {"impact": {"duration": {"_capture": "mood"}}},
            "[impact.duration] _capture: 'mood' is an unknown extractor; use one of address, age,",
        ),
        (
            {"action": {"step": {"_implies": {"mood": "x"}}}},
            "[action.step._implies] mood: unknown; use one of",
        ),
        (
            {"action": {"step": {"_silent_if": {"planned": "perhaps"}}}},
            "[action.step._silent_if] planned: 'perhaps' is not a value of planned",
        ),
    ],
)
def test_what_nothing_has_is_named_with_its_place(tables: dict[str, Any], said: str) -> None:
    assert problem(**tables).startswith(said)


def test_a_cue_calls_for_lists_of_words_by_name() -> None:
    found = rules(words={"down": ["dead", "slow*"]}, impact={"cues": ["<down>|idle ~ <down>"]})
    assert found.cues == ((("cues", "impact"), "dead|slow*|idle ~ dead|slow*"),)


def test_phrases_that_state_no_value_need_none() -> None:
    assert rules(impact={"effects": {"_not": ["slow food"]}}).cues == (
        (("values.impact.effects", "_not"), "slow food"),
    )


def test_true_and_false_are_booleans() -> None:
    assert [typed(value) for value in ("true", "false", "slow", 3)] == [True, False, "slow", 3]


def test_the_page_on_lexicons_names_every_setting_and_every_extractor() -> None:
    page = (ROOT / "docs/reference/lexicon.md").read_text(encoding="utf-8")
    named = [*(f"_{each}" for each in SETTINGS), *EXTRACTORS]
    assert [each for each in named if f"`{each}`" not in page] == []


def test_an_unknown_name_may_have_been_renamed_in_the_schema() -> None:
    renamed = "what the schema has renamed is renamed here, too"
    assert renamed in problem(equipment={})
    assert renamed in problem(impact={"equipment": {}})
    assert renamed not in problem(language={"equipment": []})
