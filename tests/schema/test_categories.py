"""The schema base, shown on a second domain: incident reports.

The incidents schema is imported the plain way for its types, and once more as an engine loads a
project's: as a module below a package that has a private name and no files of its own.
"""

import importlib
import json
import shutil
import sys
from collections.abc import Mapping
from importlib.machinery import ModuleSpec
from importlib.util import module_from_spec
from pathlib import Path
from typing import Annotated, Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, TypeAdapter, ValidationError

from annotate.errors import InvalidAnnotation, ProjectError
from annotate.schema.categories import (
    Alone,
    AtLeastOne,
    Category,
    Schema,
    Several,
    Values,
    conflicts,
)
from tests.projects.incidents.schemas import incidents
from tests.projects.incidents.schemas.incidents import (
    SCHEMA,
    Action,
    Cause,
    Certainty,
    Effect,
    Impact,
    Step,
    Trigger,
)

PROJECT = Path(__file__).parents[1] / "projects" / "incidents"

IMPACT: dict[str, Any] = {
    "category": "impact",
    "effects": ["unavailable", "slow"],
    "countries": ["DE", "US"],
    "duration": "PT2H",
    "customers_named": False,
}
CAUSE: dict[str, Any] = {
    "category": "cause",
    "triggers": ["configuration"],
    "certainty": "confirmed",
}
ACTION: dict[str, Any] = {
    "category": "action",
    "step": "resolved",
    "planned": False,
    "date": "2024-05-20",
    "attempts": None,
}


def loaded_from(root: Path, name: str) -> Schema:
    """Load the incidents schema of a project below a package without files of its own."""
    spec = ModuleSpec(name, None, is_package=True)
    spec.submodule_search_locations = [str(root)]
    sys.modules[name] = module_from_spec(spec)
    try:
        schema = importlib.import_module(f"{name}.schemas.incidents").SCHEMA
    finally:
        for loaded in [n for n in sys.modules if n.partition(".")[0] == name]:
            del sys.modules[loaded]
    assert isinstance(schema, Schema)
    return schema


def problems(schema: Schema, item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a schema says against an annotation."""
    with pytest.raises(InvalidAnnotation) as caught:
        schema.parse(item)
    return caught.value.problems


def plain(category: Category) -> dict[str, Any]:
    """Return an annotation as JSON has it, without its tag."""
    return category.model_dump(mode="json", exclude={"category"})


def wire(schema: Schema, category: str) -> dict[str, Any]:
    """Return what a schema puts on the wire for a category."""
    definition = schema.json_schema["$defs"][schema.categories[category].__name__]
    assert isinstance(definition, dict)
    return definition


class TestValues:
    def test_a_member_is_its_string_with_a_definition(self) -> None:
        value: str = Effect.SLOW
        assert value == "slow"
        assert {value} == {"slow"}
        assert f"{Effect.SLOW}" == str(Effect.SLOW) == "slow"
        assert json.dumps([Effect.SLOW]) == '["slow"]'
        assert Effect.SLOW.definition == "Answers took longer than usual."

    def test_a_member_may_be_marked_lone(self) -> None:
        assert Effect.SLOW.alone is None
        assert Effect.UNSPECIFIED.alone == Alone()
        assert Effect.DEGRADED.alone == Alone(beside=("data_loss",))

    def test_members_keep_the_order_of_their_definition(self) -> None:
        assert [str(v) for v in Certainty] == ["confirmed", "suspected"]

    def test_the_json_schema_of_a_set_defines_each_value(self) -> None:
        declared = TypeAdapter(Certainty).json_schema()
        assert declared["enum"] == ["confirmed", "suspected"]
        assert declared["description"].splitlines() == [
            "How sure the report is.",
            "confirmed: Stated as a fact.",
            "suspected: Stated as a guess.",
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


class TestCategory:
    def test_a_category_knows_its_tag_and_attributes(self) -> None:
        assert Impact.tag() == "impact"
        assert Impact.attributes() == ("effects", "countries", "duration", "customers_named")
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
        assert Cause.counterparts == {}

    def test_an_annotation_is_frozen(self) -> None:
        cause = Cause(triggers=(Trigger.CAPACITY,), certainty=Certainty.CONFIRMED)
        with pytest.raises(ValidationError, match="frozen"):
            cause.certainty = Certainty.SUSPECTED  # type: ignore[misc]

    def test_the_string_under_an_attribute_is_its_definition(self) -> None:
        fields = Impact.model_fields
        assert fields["effects"].description == "What users noticed."


class TestSchema:
    def test_the_categories_are_found_by_tag_in_their_order(self) -> None:
        assert SCHEMA.categories == {"impact": Impact, "cause": Cause, "action": Action}
        assert list(SCHEMA.categories) == ["impact", "cause", "action"]

    def test_a_union_without_a_discriminator_does_as_well(self) -> None:
        bare = Schema(name="bare", version="1", practice=Impact | Cause)
        assert list(bare.categories) == ["impact", "cause"]

    def test_a_quote_stands_for_itself_unless_a_unit_is_declared(self) -> None:
        assert Schema(name="bare", version="1", practice=Impact | Cause).unit is None

    def test_a_tag_given_twice_is_a_project_error(self) -> None:
        class Echo(Category):
            """Another cause."""

            category: Literal["cause"] = "cause"

        with pytest.raises(ProjectError, match="schema twice: two categories carry the same tag"):
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
        assert impact["description"] == (
            "Somebody was affected.\n\n- A sentence that says why as well is also `cause`."
        )
        assert impact["properties"]["countries"]["description"].startswith("Where they were;")
        assert "slow: Answers took" in SCHEMA.json_schema["$defs"]["Effect"]["description"]

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
            "What an action achieves.",
            "detected: The incident was noticed.",
        ]

    def test_it_is_plain_json(self) -> None:
        assert json.loads(json.dumps(SCHEMA.json_schema)) == SCHEMA.json_schema


class TestFingerprint:
    def test_it_is_a_sha_256_that_does_not_vary(self) -> None:
        again = Schema(name="incidents", version="1", practice=incidents.Statement, unit="sentence")
        assert len(SCHEMA.fingerprint) == 64
        assert again.fingerprint == SCHEMA.fingerprint

    @pytest.mark.parametrize(
        "change",
        [
            {"name": "outages"},
            {"version": "2"},
            {"unit": None},
            {"practice": Impact | Cause},
        ],
    )
    def test_what_annotators_would_do_otherwise_changes_it(self, change: dict[str, Any]) -> None:
        same: dict[str, Any] = {
            "name": "incidents",
            "version": "1",
            "practice": incidents.Statement,
            "unit": "sentence",
        }
        assert Schema(**same | change).fingerprint != SCHEMA.fingerprint

    def test_the_sentence_for_lists_is_not_part_of_it(self) -> None:
        again = Schema(
            name="incidents",
            version="1",
            practice=incidents.Statement,
            unit="sentence",
            description="Another.",
        )
        assert again.fingerprint == SCHEMA.fingerprint

    def test_a_changed_definition_changes_it(self) -> None:
        def fingerprint(definition: str) -> str:
            class Colour(Values):
                """Colours."""

                RED = "red", definition

            class Paint(Category):
                """Something has a colour."""

                category: Literal["paint"] = "paint"
                colour: Colour
                """Which one."""

            return Schema(name="paint", version="1", practice=Paint).fingerprint

        assert fingerprint("Like a rose.") == fingerprint("Like a rose.")
        assert fingerprint("Like a rose.") != fingerprint("Like a brick.")

    def test_it_is_free_of_a_project_s_folder_and_of_the_name_it_is_loaded_under(
        self, tmp_path: Path
    ) -> None:
        shutil.copytree(PROJECT / "schemas", tmp_path / "schemas")
        moved = loaded_from(tmp_path, "_private_project_moved")
        assert moved.categories["impact"] is not Impact
        assert moved.fingerprint == SCHEMA.fingerprint

    def test_the_same_file_may_be_loaded_twice(self) -> None:
        again = loaded_from(PROJECT, "_private_project_again")
        assert again.categories["impact"] is not Impact
        assert again.fingerprint == SCHEMA.fingerprint


class TestParse:
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
            f"category: {json.dumps(tag)} is unknown, use one of impact, cause, action",
        )

    def test_a_missing_category_is_an_unknown_one(self) -> None:
        assert problems(SCHEMA, {}) == (
            "category: null is unknown, use one of impact, cause, action",
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
                'certainty: "perhaps" is not a value of this set, use one of confirmed, suspected',
            ),
            (
                {**CAUSE, "triggers": ["capacity", "gremlins"]},
                'triggers.1: "gremlins" is not a value of this set, use one of deployment, '
                "configuration, capacity, dependency, unknown",
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
                {**ACTION, "attempts": 0},
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


TWO_LONE = pytest.mark.xfail(
    strict=False, reason="two lone values that meet are not settled in favour of one of them"
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
        }

    @pytest.mark.parametrize(
        "other", [{"duration": None}, {"duration": "PT3H"}, {"customers_named": True}]
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
