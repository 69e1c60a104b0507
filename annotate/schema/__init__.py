"""What a schema is made of: categories, value sets, field types, and the strict JSON schema.

In comes a module of pydantic classes; out go definitions, field types and the JSON schema that a
model answers in. It describes what may be stated; it does not say whether a text states it.

A schema file imports from here and from nowhere else in the engine.
"""

from __future__ import annotations

from annotate.schema.categories import Alone, AtLeastOne, Category, Schema, Several, Values
from annotate.schema.types import Age, Country, Date, Duration

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
    "Values",
]
