"""A label set as a schema of its own: its labels are categories without attributes.

So gold in these labels is read, and scored, as gold of any other schema.
"""

from __future__ import annotations

from typing import Any, Literal

from pydantic import create_model

from annotate.crosswalks.table import Label, Table
from annotate.schema.categories import Category, Schema


def schema_of(table: Table) -> Schema:
    """Return the schema of a table's labels, in their order."""
    practice: Any = None
    for number, label in enumerate(table.labels.values()):
        category = _category(number, label)
        practice = category if practice is None else practice | category
    return Schema(table.name, table.version, practice, description=table.title)


def _category(number: int, label: Label) -> type[Category]:
    return create_model(
        f"Label{number}",
        __base__=Category,
        __doc__=label.title,
        # A label has no further fields; pydantic would look for them in every frame of the stack.
        __cls_kwargs__={"use_attribute_docstrings": False},
        category=(Literal[label.name], label.name),  # type: ignore[arg-type]
    )
