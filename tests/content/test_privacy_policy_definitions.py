"""The privacy policy schema against the codebook: its categories, values and definitions."""

import re
from typing import Any, get_args

import pytest

from annotate.schema.categories import Category
from annotate.schema.values import Values
from schemas.privacy_policy import SCHEMA
from tests.support.codebook import CODEBOOK, LONE, OPP_115, WORDS


def shape(declared: dict[str, Any]) -> str:
    """Name the shape of a property on the wire as the table above does."""
    if "anyOf" in declared:
        return " or ".join(branch["type"] for branch in declared["anyOf"])
    if declared["type"] == "array":
        return "at least one" if declared.get("minItems") else "several"
    return "one" if "enum" in declared else str(declared["type"])


def definitions_on_the_wire(category: type[Category]) -> dict[str, Any]:
    """Return the properties of a category as a model reads them."""
    properties = SCHEMA.json_schema["$defs"][category.__name__]["properties"]
    assert isinstance(properties, dict)
    return properties


def closed_sets() -> dict[str, type[Values]]:
    """Return every closed set under `category.attribute`."""
    return {
        f"{tag}.{name}": values
        for tag, category in SCHEMA.categories.items()
        for name in category.attributes()
        if (values := category.values_of(name)) is not None
    }


def test_the_schema_is_version_1_of_privacy_policy_and_quotes_whole_units() -> None:
    assert (SCHEMA.name, SCHEMA.version, SCHEMA.unit) == ("privacy_policy", "1", "sentence")
    assert len(SCHEMA.description.split()) > 5


def test_the_categories_are_the_sixteen_of_the_codebook_in_its_order() -> None:
    assert len(CODEBOOK) == 16
    assert list(SCHEMA.categories) == list(CODEBOOK)


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_category_has_the_attributes_of_the_codebook(tag: str) -> None:
    category = SCHEMA.categories[tag]
    wire = definitions_on_the_wire(category)
    found = {
        name: (shape(wire[name]), [str(v) for v in category.values_of(name) or ()])
        for name in category.attributes()
    }
    assert found == {name: (form, values.split()) for name, (form, values) in CODEBOOK[tag].items()}
    assert list(found) == list(CODEBOOK[tag])


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_category_names_its_opp_115_counterpart(tag: str) -> None:
    assert SCHEMA.categories[tag].counterparts == {"OPP-115": OPP_115[tag]}


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_category_and_its_attributes_are_defined_in_more_than_a_word(tag: str) -> None:
    category = SCHEMA.categories[tag]
    definitions = {"": category.__doc__} | {
        name: category.model_fields[name].description for name in category.attributes()
    }
    for name, definition in definitions.items():
        assert definition is not None, name
        assert len(definition.split()) > 1, name
        assert definition.rstrip().endswith("."), name


@pytest.mark.parametrize("place", closed_sets())
def test_a_value_set_and_its_values_are_defined_in_more_than_a_word(place: str) -> None:
    values = closed_sets()[place]
    assert values.__doc__, values
    for value in values:
        assert len(value.definition.split()) > 1, value
        assert value.definition.endswith("."), value


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_model_reads_every_definition_on_the_wire(tag: str) -> None:
    category = SCHEMA.categories[tag]
    wire = SCHEMA.json_schema["$defs"]
    first_line = (category.__doc__ or "").splitlines()[0]
    assert wire[category.__name__]["description"].startswith(first_line)
    for name, declared in definitions_on_the_wire(category).items():
        values = category.values_of(name) if name in category.attributes() else None
        item = declared.get("items", declared)
        text = wire[item["$ref"].rpartition("/")[2]] if "$ref" in item else item
        for value in values or ():
            assert f"{value}: {value.definition}" in text["description"]


@pytest.mark.parametrize(("attribute", "value"), WORDS)
def test_a_value_keeps_every_phrase_that_the_codebook_gives_it(attribute: str, value: str) -> None:
    sets = [values for place, values in closed_sets().items() if place.endswith(f".{attribute}")]
    definitions = {member.definition.lower() for s in sets for member in s if member == value}
    assert definitions
    for phrase in WORDS[attribute, value].split("; "):
        pattern = rf"(?<!\w){re.escape(phrase)}"
        assert any(re.search(pattern, definition) for definition in definitions), phrase


def test_the_lone_values_are_those_of_the_codebook_and_say_so() -> None:
    found = {
        (place.partition(".")[2], str(value)): value.alone.beside
        for place, values in closed_sets().items()
        for value in values
        if value.alone is not None
    }
    assert found == LONE
    for values in closed_sets().values():
        for value in values:
            assert ("Stands alone" in value.definition) == (value.alone is not None), value


def test_every_set_with_silence_in_it_declares_silence_a_lone_value() -> None:
    silent = {
        (place.partition(".")[2], "unspecified")
        for place, values in closed_sets().items()
        if "unspecified" in [str(v) for v in values]
        and place.partition(".")[2] in SCHEMA.categories[place.partition(".")[0]].sets()
    }
    assert silent == {lone for lone in LONE if lone[1] == "unspecified"}


def test_no_category_is_left_out_of_the_union() -> None:
    here = next(iter(SCHEMA.categories.values())).__module__
    declared = {c.__name__ for c in Category.__subclasses__() if c.__module__ == here}
    assert declared == {c.__name__ for c in get_args(get_args(SCHEMA.practice)[0])}
