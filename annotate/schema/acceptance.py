"""What a single attribute of a category may hold, whatever its other attributes hold."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from pydantic import TypeAdapter, ValidationError

from annotate.schema.categories import Category
from annotate.schema.types import whole_type


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
    return TypeAdapter(whole_type(category.model_fields[name]))
