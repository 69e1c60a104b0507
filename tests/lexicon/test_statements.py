"""Which categories a unit states: by its own cues, by its stem, its lead-in or its heading."""

from typing import Any

import pytest

from tests.support.incident_lexicon import stated

SILENT = {"effects": {"_silent": ["unspecified"]}, "customers_named": {"_silent": ["false"]}}
UNKNOWN = {"triggers": {"_silent": ["unknown"]}, "certainty": {"_silent": ["confirmed"]}}


def impact(**table: Any) -> dict[str, Any]:
    """Return tables of `impact` with cues of this test, whose values are all silent."""
    return {**SILENT, **table}


def cause(**table: Any) -> dict[str, Any]:
    return {**UNKNOWN, **table}


OUTAGE = "The outage was long."


def test_a_unit_states_the_categories_whose_cues_stand_in_it() -> None:
    tables = {"impact": impact(cues=["outage*"]), "cause": cause(cues=["long", "never"])}
    assert stated(f"We rest. {OUTAGE}", **tables) == [("impact", OUTAGE), ("cause", OUTAGE)]


@pytest.mark.parametrize(
    ("table", "found"),
    [
        ({"except": ["outage was"]}, False),
        ({"except": ["the outage"]}, False),
        ({"except": ["was long"]}, True),
        ({"vetoes": ["long"]}, False),
        ({"vetoes": ["short"]}, True),
    ],
)
def test_exceptions_and_vetoes_keep_a_category_out(table: dict[str, Any], found: bool) -> None:
    assert bool(stated(OUTAGE, impact=impact(cues=["outage*"], **table))) is found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("# Impact\n\nIt was down.", True),
        ("# Impact\n\n## Times\n\nIt was down.", True),
        ("# Cause\n\nIt was down.", False),
        ("It was down.", False),
    ],
)
def test_a_weak_cue_counts_below_a_heading_of_its_category(text: str, found: bool) -> None:
    tables = {"impact": impact(weak=["down"], headings=["impact"])}
    assert stated(text, **tables) == ([("impact", "It was down.")] if found else [])


LIST = "# Impact\n\nThis is what our customers saw:\n\n- errors;\n- We saw nothing.\n"


def test_an_item_inherits_from_its_stem_unless_it_is_a_sentence_of_its_own() -> None:
    tables = {
        "language": {"opens_sentence": ["we"]},
        "impact": impact(stems=["customers saw"]),
    }
    assert stated(LIST, **tables) == [("impact", "errors;")]


def test_an_item_inherits_from_a_lead_in_and_then_from_a_heading() -> None:
    text = "# Impact\n\n{} We list it.\n\n- errors\n- slow answers\n"
    tables = {"impact": impact(cues=["customers"], headings=["impact"])}
    items = [("impact", "errors"), ("impact", "slow answers")]
    lead = ("impact", "Many of our customers saw this.")
    assert stated(text.format(lead[1]), **tables) == [lead, *items]
    assert stated("# Impact\n\n- errors\n- slow answers\n", **tables) == items


def test_a_category_of_its_own_words_is_never_inherited() -> None:
    tables = {"impact": impact(stems=["customers saw"], own=True)}
    assert stated(LIST, **tables) == []


def test_headings_stems_and_ignored_units_state_nothing() -> None:
    tables = {"impact": impact(cues=["outage*", "errors"])}
    text = "# The outage of May\n\nThe outage gave:\n\n- errors\n\nAn outage is a stop.\n"
    assert [quote for _, quote in stated(text, **tables)] == ["errors", "An outage is a stop."]
    ignore = {"language": {"ignore": ["is a stop"], "ignore_headings": ["outage of"]}}
    assert stated(text, **tables, **ignore) == []
    assert stated(text, **tables, language={"ignore": ["is a stop"]}) == [("impact", "errors")]


@pytest.mark.parametrize(
    ("table", "categories"),
    [
        ({}, ["impact", "cause"]),
        ({"hides": ["cause"]}, ["impact"]),
        ({"hides": ["cause"], "hides_if": ["long"]}, ["impact"]),
        ({"hides": ["cause"], "hides_if": ["short"]}, ["impact", "cause"]),
    ],
)
def test_a_category_hides_others_perhaps_on_a_condition(
    table: dict[str, Any], categories: list[str]
) -> None:
    tables = {"impact": impact(cues=["outage"], **table), "cause": cause(cues=["was"])}
    assert [category for category, _ in stated(OUTAGE, **tables)] == categories


def test_a_hidden_category_keeps_its_place_by_its_own_cue() -> None:
    tables = {
        "impact": impact(cues=["outage"], hides=["cause"]),
        "cause": cause(cues=["was"], keeps=["long"]),
    }
    assert [category for category, _ in stated(OUTAGE, **tables)] == ["impact", "cause"]


@pytest.mark.parametrize(
    ("text", "categories"),
    [
        ("The outage came because of rain.", ["impact", "cause"]),
        ("Because of rain we saw the outage.", ["impact"]),
        ("There was no outage because of rain.", ["impact"]),
        ("We slept because of rain.", []),
    ],
)
def test_a_category_joins_another_where_a_mark_follows(text: str, categories: list[str]) -> None:
    tables = {
        "language": {"negators": ["no"]},
        "marks": {"because": ["because of"]},
        "impact": impact(cues=["outage"]),
        "cause": cause(joins={"impact": "because"}),
    }
    assert [category for category, _ in stated(text, **tables)] == categories


@pytest.mark.parametrize(
    ("stem", "categories"),
    [
        ("We saw these outages because of:", ["impact", "cause"]),
        ("Because of rain we saw these outages:", ["impact"]),
        ("We saw outages because of rain, which were:", ["impact"]),
    ],
)
def test_items_complete_what_joins_a_stem_only_where_the_stem_ends_with_its_mark(
    stem: str, categories: list[str]
) -> None:
    tables = {
        "marks": {"because": ["because of"]},
        "impact": impact(cues=["outages"]),
        "cause": cause(joins={"impact": "because"}),
    }
    found = stated(f"{stem}\n\n- rain\n", **tables)
    assert found == [(category, "rain") for category in categories]


@pytest.mark.parametrize(
    ("item", "inherits"),
    [
        ("Our servers are slow.", False),
        ("At night, the one in Paris was slow.", False),
        ("Paris: our servers are slow.", False),
        ("our servers are slow", True),  # nothing ends it
        ("Servers that are slow.", True),
        ("Slow servers.", True),
        ("Are slow.", True),
        ("Slow servers in Paris, Rome, Berlin, London and Oslo, which we are sad about.", True),
    ],
)
def test_an_item_with_a_subject_and_a_verb_is_a_sentence_of_its_own(
    item: str, inherits: bool
) -> None:
    tables = {
        "language": {"verbs": ["are|was"], "relatives": ["that|which"]},
        "impact": impact(headings=["impact"]),
    }
    assert stated(f"# Impact\n\n- {item}\n", **tables) == [("impact", item)] * inherits


def test_an_exception_keeps_a_heading_from_being_one_of_its_category() -> None:
    tables = {"impact": impact(headings=["impact"], **{"except": ["how ~ we see impact"]})}
    assert stated("# Impact\n\n- errors\n", **tables) == [("impact", "errors")]
    assert stated("# How we see impact\n\n- errors\n", **tables) == []
