"""What a single attribute of a category may hold, whatever its other attributes hold."""

from __future__ import annotations

from functools import lru_cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from annotate.schema.categories import Category


def accepts(category: type[Category], name: str, value: Any) -> bool:
    """Tell whether an attribute may hold a value, whatever the others hold."""
    try:
        _checked(category, name).validate_python(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=64)  # made once for an attribute, whose values are asked for one by one
def _checked(category: type[Category], name: str) -> TypeAdapter[Any]:
    """Return what checks the values of an attribute."""
    attribute = category.model_fields[name]
    # An attribute's metadata holds what checks it beyond its type.
    checked: Any = attribute.annotation
    for each in attribute.metadata:
        checked = Annotated[checked, each]
    return TypeAdapter(checked)
