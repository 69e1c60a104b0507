"""Categories and schemas, shown on a second domain: incident reports."""

import json
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError

from annotate.errors import InvalidAnnotation, ProjectError
from annotate.schema.categories import Category, Schema
from annotate.schema.values import Values
from schemas.incident_report import (
    SCHEMA,
    Action,
    Cause,
    Certainty,
    Communication,
    Effect,
    Impact,
    Step,
    Trigger,
)
from tests.support.incident_annotations import ACTION, CAUSE, IMPACT, problems


def wire(schema: Schema, category: str) -> dict[str, Any]:
    """Return what a schema puts on the wire for a category."""
    definition = schema.json_schema["$defs"][schema.categories[category].__name__]
    assert isinstance(definition, dict)
    return definition


class TestCategory:
    def test_a_category_knows_its_tag_and_attributes(self) -> None:
        assert Impact.tag() == "impact"
        assert Cause.attributes() == ("triggers", "certainty")
        assert Impact.sets() == {"effects", "countries"}
        assert Action.sets() == frozenset()

    @pytest.mark.parametrize(
        ("category", "attribute", "values"),
        [
            (Impact, "effects", Effect),
            (Cause, "certainty", Certainty),
            (Action, "step", Step),
            (Impact, "countries", None),
            (Impact, "duration", None),
            (Impact, "customers_named", None),
            (Action, "date", None),
        ],
    )
    def test_a_category_knows_the_closed_set_behind_an_attribute(
        self, category: type[Category], attribute: str, values: type[Values] | None
    ) -> None:
        assert category.values_of(attribute) is values

    def test_a_closed_set_is_found_behind_an_optional_value_too(self) -> None:
        class Doubt(Category):
            """Something is doubted."""

            category: Literal["doubt"] = "doubt"
            certainty: Certainty | None = None
            """How sure the report is."""

        assert Doubt.values_of("certainty") is Certainty
        assert Doubt.sets() == frozenset()

    def test_counterparts_are_empty_unless_given(self) -> None:
        assert Impact.counterparts == {"postmortem template": "Impact"}
        assert Communication.counterparts == {}

    def test_an_annotation_is_frozen(self) -> None:
        cause = Cause(triggers=(Trigger.CAPACITY,), certainty=Certainty.CONFIRMED)
        with pytest.raises(ValidationError, match="frozen"):
            cause.certainty = Certainty.SUSPECTED  # type: ignore[misc]

    def test_the_string_under_an_attribute_is_its_definition(self) -> None:
        fields = Impact.model_fields
        assert fields["polarity"].description == (
            "Whether they were affected or are said not to have been."
        )


class TestSchema:
    def test_the_categories_are_found_by_tag_in_their_order(self) -> None:
        both = Schema(name="both", version="1", practice=Action | Impact)
        assert both.categories == {"impact": Impact, "action": Action}
        assert list(both.categories) == ["action", "impact"]

    def test_a_union_without_a_discriminator_does_as_well(self) -> None:
        bare = Schema(name="bare", version="1", practice=Impact | Cause)
        assert list(bare.categories) == ["impact", "cause"]

    def test_a_quote_stands_for_itself_unless_a_unit_is_declared(self) -> None:
        assert Schema(name="bare", version="1", practice=Impact | Cause).unit is None

    def test_a_tag_given_twice_is_a_project_error(self) -> None:
        class Echo(Category):
            """Another cause."""

            category: Literal["cause"] = "cause"

        with pytest.raises(ProjectError, match="two categories carry the same tag"):
            Schema(name="twice", version="1", practice=Annotated[Cause | Echo, Field()])


class TestReply:
    def test_an_empty_reply_is_valid(self) -> None:
        assert SCHEMA.reply_model.model_validate({"annotations": []})

    def test_a_reply_holds_categories_with_their_quotes(self) -> None:
        items = [{**item, "quote": "It broke."} for item in (ACTION, IMPACT, CAUSE)]
        reply = SCHEMA.reply_model.model_validate({"annotations": items})
        assert [type(a).__mro__[1] for a in reply.annotations] == [  # type: ignore[attr-defined]
            Action,
            Impact,
            Cause,
        ]
        assert reply.model_dump(mode="json")["annotations"] == items

    @pytest.mark.parametrize(
        "item",
        [IMPACT, {**IMPACT, "quote": 3}, {**IMPACT, "quote": "x", "note": "y"}, {"quote": "x"}],
    )
    def test_a_reply_without_a_quote_or_with_more_is_refused(self, item: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            SCHEMA.reply_model.model_validate({"annotations": [item]})

    def test_a_reply_holds_annotations_and_nothing_else(self) -> None:
        with pytest.raises(ValidationError, match="Extra inputs"):
            SCHEMA.reply_model.model_validate({"annotations": [], "notes": ""})

    def test_the_rules_between_attributes_hold_in_a_reply(self) -> None:
        item = {**ACTION, "step": "detected", "planned": True, "quote": "x"}
        with pytest.raises(ValidationError, match="not detected by plan"):
            SCHEMA.reply_model.model_validate({"annotations": [item]})

    def test_one_category_needs_no_union(self) -> None:
        alone = Schema(name="alone", version="1", practice=Cause)
        item = {**CAUSE, "quote": "A setting was wrong."}
        assert alone.reply_model.model_validate({"annotations": [item]})
        assert "anyOf" not in alone.json_schema["properties"]["annotations"]["items"]


class TestJsonSchema:
    def test_definitions_and_docstrings_reach_the_wire(self) -> None:
        impact = wire(SCHEMA, "impact")
        first, second, *_ = impact["description"].split("\n\n")
        assert first.startswith("Those who use the service were affected, or ")
        assert second.startswith("- It needs an effect that users")
        countries = impact["properties"]["countries"]["description"]
        assert countries.startswith("The countries that are named as affected, ")
        assert "slow: Answers, pages" in SCHEMA.json_schema["$defs"]["Effect"]["description"]

    def test_the_tag_comes_first_and_the_quote_before_what_it_proves(self) -> None:
        for tag, category in SCHEMA.categories.items():
            assert list(wire(SCHEMA, tag)["properties"]) == [
                "category",
                "quote",
                *category.attributes(),
            ]

    def test_a_single_value_carries_its_own_definition_and_those_of_its_set(self) -> None:
        said = wire(SCHEMA, "action")["properties"]["step"]["description"].splitlines()
        assert said[:3] == [
            "What the action achieves.",
            "What an action achieves, or is meant to.",
            f"detected: {Step.DETECTED.definition}",
        ]

    def test_it_is_plain_json(self) -> None:
        assert json.loads(json.dumps(SCHEMA.json_schema)) == SCHEMA.json_schema


class TestParse:
    @pytest.mark.parametrize("item", [ACTION, IMPACT, CAUSE])
    def test_what_is_said_again_says_the_same(self, item: dict[str, Any]) -> None:
        parsed = SCHEMA.parse(item)

        assert SCHEMA.said(item) == (parsed.tag(), parsed.attribute_values()) == SCHEMA.said(item)

    def test_what_is_refused_is_refused_again_beside_what_is_not(self) -> None:
        attempts = [2, True, "2", "two", 2.5, [2], {"a": {2}}, 2]
        items = [{**ACTION, "attempts": each} for each in attempts] * 2

        for item in items:
            try:
                expected: object = SCHEMA.parse(item).attribute_values()
            except InvalidAnnotation as error:
                expected = error.problems
                with pytest.raises(InvalidAnnotation) as caught:
                    SCHEMA.said(item)
                assert caught.value.problems == expected
            else:
                assert SCHEMA.said(item).attributes == expected

    @pytest.mark.parametrize("item", [IMPACT, CAUSE, ACTION])
    def test_a_valid_annotation_comes_back_as_it_was_written(self, item: dict[str, Any]) -> None:
        assert SCHEMA.parse(item).model_dump(mode="json") == item

    def test_attributes_with_a_default_may_be_left_out(self) -> None:
        assert SCHEMA.parse({"category": "action", "step": "resolved"}) == Action(
            step=Step.RESOLVED, planned=False, date=None, attempts=None
        )

    @pytest.mark.parametrize("tag", ["weather", "", None, 3, ["impact"], {"a": 1}])
    def test_an_unknown_category_is_answered_with_the_known_ones(self, tag: Any) -> None:
        said = problems(SCHEMA, {**CAUSE, "category": tag})
        assert said == (
            f"category: {json.dumps(tag)} is unknown, use one of {', '.join(SCHEMA.categories)}",
        )

    def test_a_missing_category_is_an_unknown_one(self) -> None:
        assert problems(SCHEMA, {}) == (
            f"category: null is unknown, use one of {', '.join(SCHEMA.categories)}",
        )

    @pytest.mark.parametrize(
        ("item", "said"),
        [
            ({"category": "cause", "certainty": "confirmed"}, "triggers: missing, add it"),
            (
                {**CAUSE, "quote": "x"},
                "quote: unknown attribute, cause has triggers, certainty",
            ),
            (
                {**CAUSE, "certainty": "perhaps"},
                'certainty: "perhaps" is not a value of this set, use one of confirmed, suspected, '
                "ruled_out",
            ),
            (
                {**CAUSE, "triggers": ["capacity", "gremlins"]},
                'triggers.1: "gremlins" is not a value of this set, use one of deployment, '
                "configuration, defect, capacity, hardware, dependency, operation, organisation, "
                "attack, other, unknown",
            ),
            (
                {**ACTION, "step": "detected", "planned": True},
                "action: an incident is not detected by plan: set planned to false",
            ),
            (
                {**CAUSE, "triggers": []},
                "triggers: the set is empty: name at least one value (where the text is silent, "
                "the value defined for silence)",
            ),
            (
                {**ACTION, "attempts": 0, "time": None},
                "attempts: Input should be greater than or equal to 1",
            ),
            ({**CAUSE, "triggers": "capacity"}, "triggers: needs a list"),
        ],
    )
    def test_a_problem_is_one_sentence_that_says_what_to_do(
        self, item: dict[str, Any], said: str
    ) -> None:
        assert problems(SCHEMA, item) == (said,)

    def test_every_problem_is_told_at_once(self) -> None:
        said = problems(SCHEMA, {"category": "cause", "triggers": ["gremlins"], "mood": "low"})
        assert len(said) == 3

    def test_a_long_value_is_shown_cut(self) -> None:
        (said,) = problems(SCHEMA, {**CAUSE, "certainty": "very " * 100})
        assert "very very" in said
        assert "… is not a value of this set" in said
        assert len(said) < 200

    @given(st.permutations(list(IMPACT)))
    def test_the_order_of_keys_does_not_matter(self, keys: list[str]) -> None:
        assert SCHEMA.parse({k: IMPACT[k] for k in keys}) == SCHEMA.parse(IMPACT)
