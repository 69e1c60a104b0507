"""Filling attributes: by cues, extractors and negators, and what values do to each other."""

from typing import Any

import pytest

from tests.support.incident_lexicon import answered

EFFECTS: dict[str, list[str]] = {
    "unavailable": ["down", "outage*"],
    "slow": ["slow*"],
    "errors": ["error*", "slow error*"],
    "degraded": ["worse"],
    "data_loss": ["lost"],
    "_silent": ["unspecified"],
}
NAMED = {"_silent": ["false"]}


def effects(text: str, marks: dict[str, list[str]] | None = None, **settings: Any) -> list[str]:
    """Return the effects that are read in the one impact of a text."""
    effects = {**EFFECTS, **settings}
    table = {"cues": ["it", "we"], "stems": ["we"], "effects": effects, "customers_named": NAMED}
    (item,) = answered(text, marks=marks or {}, impact=table)
    found = item["effects"]
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It was slow and then down.", ["unavailable", "slow"]),
        ("It rained.", ["unspecified"]),
        ("It gave slow errors.", ["errors"]),  # the longer of two phrases, one inside the other
        ("It was slow, and errors came.", ["slow", "errors"]),
        ("It was worse.", ["degraded"]),
        ("It was worse and slow.", ["slow"]),  # a lone value yields
        ("It was worse and data was lost.", ["data_loss", "degraded"]),
    ],
)
def test_a_set_takes_the_values_whose_cues_stand_there(text: str, values: list[str]) -> None:
    assert effects(text) == values


def test_a_phrase_that_states_no_value_covers_a_cue() -> None:
    assert effects("It was slow food.", _not=["slow food"]) == ["unspecified"]


def test_a_category_may_need_one_of_its_attributes() -> None:
    table = {
        "cues": ["it"],
        "effects": EFFECTS,
        "customers_named": NAMED,
        "duration": {"_capture": "duration"},
        "countries": {"DE": ["germany"]},
    }
    texts = ("It was slow.", "It was slow for 2 hours.", "It was slow in Germany.")
    for needs, count in (([], 3), (["duration"], 1), (["duration", "countries"], 2)):
        found = [answered(text, impact={**table, "needs": needs}) for text in texts]
        assert sum(map(len, found)) == count


def test_a_value_set_may_be_shared() -> None:
    tables: dict[str, Any] = {
        "values": {"all": {"slow": ["slow"]}},
        "impact": {"cues": ["it"], "effects": {"_values": "all"}, "customers_named": NAMED},
    }
    assert [item["effects"] for item in answered("It was slow.", **tables)] == [["slow"]]


@pytest.mark.parametrize(
    ("settings", "values"),
    [({}, ["slow", "errors"]), ({"_until": "so"}, ["slow"]), ({"_since": "so"}, ["errors"])],
)
def test_marks_bound_the_words_that_are_read(settings: dict[str, str], values: list[str]) -> None:
    assert effects("It was slow so that errors came.", {"so": ["so that"]}, **settings) == values


LIST = "# Down\n\nWe saw it slow:\n\n- with errors\n- in May\n"


@pytest.mark.parametrize(
    ("settings", "values"),
    [({}, [["errors"], ["slow"]]), ({"_stem_first": True}, [["slow"], ["slow"]])],
)
def test_an_item_takes_values_from_itself_and_then_from_its_stem(
    settings: dict[str, bool], values: list[list[str]]
) -> None:
    effects = {**EFFECTS, **settings}
    table = {"stems": ["we"], "effects": effects, "customers_named": NAMED}
    assert [item["effects"] for item in answered(LIST, impact=table)] == values


def test_values_are_looked_for_in_the_headings_last() -> None:
    text = "# Down\n\nIt was so."
    assert effects(text) == ["unspecified"]
    assert effects(text, _headings=True) == ["unavailable"]


@pytest.mark.parametrize(
    ("text", "duration"), [("It took 42 minutes.", "PT42M"), ("It took long.", None)]
)
def test_an_extractor_fills_an_attribute(text: str, duration: str | None) -> None:
    duration_ = {"_capture": "duration"}
    table = {"cues": ["it"], "effects": EFFECTS, "customers_named": NAMED, "duration": duration_}
    assert [item["duration"] for item in answered(text, impact=table)] == [duration]


LANGUAGE = {
    "negators": ["not", "never"],
    "clause_starts": ["but"],
    "conditions": ["unless"],
    "keeps_negation": ["unless by law"],
}


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("We fixed it.", False),
        ("We have not fixed it.", True),
        ("It is not so, but we fixed it.", False),
        ("It is not so; we fixed it.", False),
        ("We have not fixed it unless you say so.", False),
        ("We have not fixed it unless by law.", True),
        ("It was not one of the many things of that long day which we fixed.", False),
    ],
)
def test_a_negator_in_the_same_clause_fills_an_attribute(text: str, denied: bool) -> None:
    table = {
        "cues": ["fixed"],
        "step": {"_silent": ["resolved"]},
        "planned": {"_negation": ["false", "true"]},
    }
    (item,) = answered(text, language=LANGUAGE, action=table)
    assert item["planned"] == ("true" if denied else "false")


STEPS = {"detected": ["noticed"], "mitigated": ["restarted"]}
NOT_PLANNED = {"_silent": ["false"]}


def test_each_value_of_a_single_attribute_may_be_an_annotation() -> None:
    text = "We noticed it and restarted."
    table = {"cues": ["we"], "step": {**STEPS, "_each": True}, "planned": NOT_PLANNED}
    assert [item["step"] for item in answered(text, action=table)] == ["detected", "mitigated"]
    table = {"cues": ["we"], "step": STEPS, "planned": NOT_PLANNED}
    assert [item["step"] for item in answered(text, action=table)] == ["detected"]


def test_each_of_these_is_negated_by_its_own_words() -> None:
    table = {
        "cues": ["we"],
        "step": {**STEPS, "_each": True},
        "planned": {"_negation": ["false", "true"]},
    }
    items = answered("We noticed it but never restarted.", language=LANGUAGE, action=table)
    assert [(item["step"], item["planned"]) for item in items] == [
        ("detected", "false"),
        ("mitigated", "true"),
    ]


def test_a_value_implies_one_of_another_attribute() -> None:
    table = {
        "cues": ["it"],
        "countries": {"DE": ["berlin"], "_implies": {"effects": "slow"}},
        "effects": {"errors": ["error*"]},
        "customers_named": NAMED,
    }
    (item,) = answered("It gave errors in Berlin.", impact=table)
    assert item["effects"] == ["slow", "errors"]


def test_a_value_silences_another_attribute() -> None:
    table = {
        "cues": ["it"],
        "effects": EFFECTS,
        "countries": {"DE": ["berlin"], "_silent_if": {"duration": "PT42M"}},
        "duration": {"_capture": "duration"},
        "customers_named": NAMED,
    }
    (item,) = answered("It took 42 minutes in Berlin.", impact=table)
    assert item["countries"] == []


def test_a_statement_without_a_value_that_the_schema_wants_is_left_out() -> None:
    assert (
        answered("We rest.", action={"cues": ["we"], "step": STEPS, "planned": NOT_PLANNED}) == []
    )
