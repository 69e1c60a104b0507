"""What a schema is made of: categories, value sets, field types, and the strict JSON schema.

A module of pydantic classes comes in; definitions, kinds of attributes and the JSON schema that a
model answers in go out. It describes what may be stated; it does not say whether a text states it.

A schema file imports from here and from nowhere else in the engine.
"""

from __future__ import annotations

from annotate.schema.categories import Category, Schema
from annotate.schema.types import Age, Country, Date, Duration, Time
from annotate.schema.values import Alone, AtLeastOne, Several, Values

__all__ = [
    "Age",
    "Alone",
    "AtLeastOne",
    "Category",
    "Country",
    "Date",
    "Duration",
    "Schema",
    "Several",
    "Time",
    "Values",
]
