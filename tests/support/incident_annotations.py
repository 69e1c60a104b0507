"""Annotations of incident reports, as a model would answer them."""

from collections.abc import Mapping
from typing import Any

import pytest

from annotate.errors import InvalidAnnotation
from annotate.schema.categories import Category, Schema

IMPACT: dict[str, Any] = {
    "category": "impact",
    "effects": ["unavailable", "slow"],
    "countries": ["DE", "US"],
    "duration": "PT2H",
    "customers_named": False,
    "polarity": "affirmed",
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
    "time": None,
}


def problems(schema: Schema, item: Mapping[str, Any]) -> tuple[str, ...]:
    """Return what a schema says against an annotation."""
    with pytest.raises(InvalidAnnotation) as caught:
        schema.parse(item)
    return caught.value.problems


def plain(category: Category) -> dict[str, Any]:
    """Return an annotation as JSON has it, without its tag."""
    return category.model_dump(mode="json", exclude={"category"})
