"""Uniting the attributes of two annotations: sets grow, single values have to agree."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.schema.values import conflicts
from schemas.incident_report import (
    SCHEMA,
    Effect,
)
from tests.support.incident_annotations import IMPACT, plain


def listed(values: object) -> set[str]:
    """Return the values of a set in JSON."""
    assert isinstance(values, list)
    return set(values)


def effects() -> st.SearchStrategy[list[str]]:
    """Generate sets of effects that may stand together."""
    together = st.lists(st.sampled_from(Effect), min_size=1).filter(lambda v: not conflicts(v))
    return together.map(lambda values: [str(v) for v in values])


def impacts() -> st.SearchStrategy[dict[str, Any]]:
    """Generate the attributes of impacts that differ in nothing but their sets."""
    return st.builds(
        lambda effects, countries: plain(
            SCHEMA.parse({**IMPACT, "effects": effects, "countries": countries})
        ),
        effects(),
        st.lists(st.sampled_from(["US", "DE", "FR", "various"])),
    )


class TestUnite:
    def test_sets_are_united_and_single_values_kept(self) -> None:
        first = plain(SCHEMA.parse(IMPACT))
        second = {**first, "effects": ["data_loss"], "countries": ["AT"]}
        assert SCHEMA.unite("impact", first, second) == {
            "effects": ["unavailable", "slow", "data_loss"],
            "countries": ["AT", "DE", "US"],
            "duration": "PT2H",
            "customers_named": False,
            "polarity": "affirmed",
        }

    @pytest.mark.parametrize(
        "other",
        [
            {"duration": None},
            {"duration": "PT3H"},
            {"customers_named": True, "polarity": "affirmed"},
        ],
    )
    def test_a_single_value_that_differs_keeps_them_apart(self, other: dict[str, Any]) -> None:
        assert SCHEMA.unite("impact", IMPACT, IMPACT | other) is None

    @pytest.mark.parametrize(
        ("first", "second", "united"),
        [
            (["unspecified"], ["slow"], ["slow"]),
            (["degraded"], ["slow"], ["slow"]),
            (["degraded"], ["data_loss"], ["data_loss", "degraded"]),
            (["degraded", "data_loss"], ["slow"], ["slow", "data_loss"]),
            (["unspecified"], ["unspecified"], ["unspecified"]),
        ],
    )
    def test_a_lone_value_gives_way_to_what_the_other_side_states(
        self, first: list[str], second: list[str], united: list[str]
    ) -> None:
        for one, two in ((first, second), (second, first)):
            found = SCHEMA.unite("impact", IMPACT | {"effects": one}, IMPACT | {"effects": two})
            assert found is not None
            assert found["effects"] == united

    def test_of_two_lone_values_the_first_defined_is_left(self) -> None:
        for one, two in (("degraded", "unspecified"), ("unspecified", "degraded")):
            found = SCHEMA.unite("impact", IMPACT | {"effects": [one]}, IMPACT | {"effects": [two]})
            assert found is not None
            assert found["effects"] == ["degraded"]

    @given(impacts(), impacts())
    def test_uniting_is_commutative_and_its_result_valid(
        self, first: dict[str, Any], second: dict[str, Any]
    ) -> None:
        united = SCHEMA.unite("impact", first, second)
        assert united == SCHEMA.unite("impact", second, first)
        assert united is not None
        assert plain(SCHEMA.parse({"category": "impact", **united})) == united

    @given(impacts())
    def test_an_annotation_united_with_itself_is_itself(self, item: dict[str, Any]) -> None:
        assert SCHEMA.unite("impact", item, item) == item

    @given(impacts(), impacts())
    def test_nothing_that_is_stated_is_lost(
        self, first: dict[str, Any], second: dict[str, Any]
    ) -> None:
        united = SCHEMA.unite("impact", first, second)
        assert united is not None
        lone = {str(effect) for effect in Effect if effect.alone is not None}
        assert {*first["effects"], *second["effects"]} - lone <= listed(united["effects"])
        assert {*first["countries"], *second["countries"]} == listed(united["countries"])
