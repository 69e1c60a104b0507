"""Value sets: members with definitions, lone values, and sets of several values."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from annotate.schema.values import Alone, AtLeastOne, Several, Values, conflicts
from schemas.incident_report import (
    SCHEMA,
    Certainty,
    Effect,
    Impact,
)
from tests.support.incident_annotations import IMPACT


class TestValues:
    def test_a_member_is_its_string_with_a_definition(self) -> None:
        value: str = Effect.SLOW
        assert value == "slow"
        assert {value} == {"slow"}
        assert f"{Effect.SLOW}" == str(Effect.SLOW) == "slow"
        assert json.dumps([Effect.SLOW]) == '["slow"]'
        assert Effect.DATA_LOSS.definition == "Data was lost, deleted or damaged."

    def test_a_member_may_be_marked_lone(self) -> None:
        assert Effect.SLOW.alone is None
        assert Effect.UNSPECIFIED.alone == Alone()
        assert Effect.DEGRADED.alone == Alone(beside=("data_loss",))

    def test_members_keep_the_order_of_their_definition(self) -> None:
        assert [str(v) for v in Certainty] == ["confirmed", "suspected", "ruled_out"]

    def test_the_json_schema_of_a_set_defines_each_value(self) -> None:
        declared = TypeAdapter(Certainty).json_schema()
        assert declared["enum"] == ["confirmed", "suspected", "ruled_out"]
        assert declared["description"].splitlines() == [
            "How sure the report is.",
            f"confirmed: {Certainty.CONFIRMED.definition}",
            f"suspected: {Certainty.SUSPECTED.definition}",
            f"ruled_out: {Certainty.RULED_OUT.definition}",
        ]

    def test_a_docstring_of_several_lines_loses_its_indentation(self) -> None:
        class Long(Values):
            """A set.

            With a rule.
            """

            ONE = "one", "The first."

        declared = TypeAdapter(Long).json_schema()["description"]
        assert declared == "A set.\n\nWith a rule.\none: The first."

    def test_a_set_without_a_docstring_borrows_none(self) -> None:
        class Bare(Values):
            ONE = "one", "The first."

        assert TypeAdapter(Bare).json_schema()["description"] == "one: The first."


class TestConflicts:
    @pytest.mark.parametrize(
        ("values", "found"),
        [
            ((), []),
            ((Effect.UNSPECIFIED,), []),
            ((Effect.SLOW, Effect.ERRORS), []),
            ((Effect.DEGRADED, Effect.DATA_LOSS), []),
            ((Effect.SLOW, Effect.UNSPECIFIED), [("unspecified", "slow")]),
            ((Effect.DEGRADED, Effect.SLOW), [("degraded", "slow")]),
            (
                (Effect.DEGRADED, Effect.UNSPECIFIED),
                [("degraded", "unspecified"), ("unspecified", "degraded")],
            ),
            (
                (Effect.DATA_LOSS, Effect.DEGRADED, Effect.ERRORS),
                [("degraded", "errors")],
            ),
        ],
    )
    def test_each_lone_value_is_named_with_what_it_stands_beside(
        self, values: tuple[Effect, ...], found: list[tuple[str, str]]
    ) -> None:
        assert conflicts(values) == found

    def test_plain_strings_know_no_lone_values(self) -> None:
        assert conflicts(["unspecified", "slow"]) == []


SEVERAL: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(Several[Effect])

AT_LEAST_ONE: TypeAdapter[tuple[Effect, ...]] = TypeAdapter(AtLeastOne[Effect])

ORDINARY = (Effect.UNAVAILABLE, Effect.SLOW, Effect.ERRORS, Effect.DATA_LOSS)


class TestSets:
    @given(st.lists(st.sampled_from(ORDINARY)))
    def test_repeats_fold_and_the_order_is_that_of_the_definition(
        self, values: list[Effect]
    ) -> None:
        assert SEVERAL.validate_python(values) == tuple(v for v in Effect if v in values)

    @given(st.lists(st.sampled_from(["US", "DE", "FR", "various"])))
    def test_an_open_set_is_sorted(self, countries: list[str]) -> None:
        found = SCHEMA.parse({**IMPACT, "countries": countries})
        assert isinstance(found, Impact)
        assert found.countries == tuple(sorted(set(countries)))

    def test_equal_sets_make_equal_annotations(self) -> None:
        turned = {**IMPACT, "effects": ["slow", "unavailable", "slow"], "countries": ["US", "DE"]}
        assert SCHEMA.parse(turned) == SCHEMA.parse(IMPACT)

    def test_several_may_be_none_at_all(self) -> None:
        assert SEVERAL.validate_python([]) == ()
        assert "minItems" not in SEVERAL.json_schema()

    def test_at_least_one_refuses_nothing_here_and_on_the_wire(self) -> None:
        with pytest.raises(ValidationError, match="name at least one value"):
            AT_LEAST_ONE.validate_python([])
        assert AT_LEAST_ONE.json_schema()["minItems"] == 1

    @pytest.mark.parametrize("adapter", [SEVERAL, AT_LEAST_ONE])
    def test_a_lone_value_beside_another_is_refused_with_both_ways_out(
        self, adapter: TypeAdapter[tuple[Effect, ...]]
    ) -> None:
        with pytest.raises(ValidationError) as caught:
            adapter.validate_python(["slow", "unspecified"])
        assert "drop 'unspecified' and keep 'slow' if the text states it" in str(caught.value)
        assert "else keep 'unspecified' alone" in str(caught.value)

    @pytest.mark.parametrize("values", [["unspecified"], ["degraded", "data_loss"], ["degraded"]])
    def test_a_lone_value_stands_alone_or_beside_what_it_names(self, values: list[str]) -> None:
        assert {str(v) for v in AT_LEAST_ONE.validate_python(values)} == set(values)
