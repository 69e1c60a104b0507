"""What kind of value each attribute holds, read off the schema."""

from typing import Annotated, Literal

from pydantic import Field

from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Category
from annotate.schema.values import Several
from schemas.incident_report import Action, Effect, Extent, Impact, Step


def kinds(category: type[Category]) -> dict[str, tuple[str, bool]]:
    return {each.name: (each.kind, each.many) for each in attributes_of(category)}


def test_an_attribute_is_described_by_its_category() -> None:
    first, *_ = attributes_of(Impact)
    assert first == Attribute("effects", "text", True, Effect, first.definition)
    assert first.definition.startswith("What users noticed;")


def test_kinds_are_those_of_the_single_values() -> None:
    assert kinds(Impact) == {
        "effects": ("text", True),
        "countries": ("text", True),
        "duration": ("text", False),
        "customers_named": ("boolean", False),
        "polarity": ("text", False),
    }
    assert kinds(Action) == {
        "step": ("text", False),
        "planned": ("boolean", False),
        "date": ("text", False),
        "attempts": ("integer", False),
        "time": ("text", False),
    }
    assert kinds(Extent) == {
        "measured": ("text", False),
        "share": ("number", False),
        "count": ("integer", False),
        "precision": ("text", False),
    }
    assert {each.name: each.values for each in attributes_of(Action)} == {
        "step": Step,
        "planned": None,
        "date": None,
        "attempts": None,
        "time": None,
    }


def test_numbers_literals_and_sets_of_them_have_a_kind() -> None:
    class Reading(Category):
        """A gauge was read."""

        category: Literal["reading"] = "reading"
        level: Annotated[float, Field(ge=0)] | None = None
        """Of the gauge."""
        steps: Several[int]
        """Up to there."""
        side: Literal["left", "right"]
        """Of the gauge."""
        mixed: Literal[1, 2.5]  # type: ignore[valid-type]
        """Either."""

    assert kinds(Reading) == {
        "level": ("number", False),
        "steps": ("integer", True),
        "side": ("text", False),
        "mixed": ("number", False),
    }
