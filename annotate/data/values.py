"""Values of rows as JSON, as they would stand in a row of JSON Lines."""

from __future__ import annotations

from typing import Any, cast

from pydantic import JsonValue
from pydantic_core import PydanticSerializationError, to_jsonable_python

from annotate.errors import DocumentError


def json_value(value: object, column: str, row: str) -> JsonValue:
    """Return a value as JSON: dates as ISO 8601 says, what is missing or no number as null.

    Raises:
        DocumentError: naming row and column, for what JSON cannot say.
    """
    try:
        found = to_jsonable_python(value, inf_nan_mode="null", fallback=_plain)
    except (PydanticSerializationError, TypeError, ValueError, RecursionError):
        kind = type(value).__name__
        reason = f'"{column}" is of type {kind}, which JSON cannot say; make it a text'
        raise DocumentError(row, reason) from None
    return cast("JsonValue", found)


def _plain(value: Any) -> object:
    """Return a value of numpy or pandas as one of Python."""
    if type(value).__name__ == "NAType":  # that of pandas
        return None
    if hasattr(value, "tolist"):
        return value.tolist()
    raise TypeError(type(value).__name__)
