"""Sets of values: closed ones with a definition for each, and what may stand together in a set.

An attribute of a category holds one value, or several as `Several[...]` or `AtLeastOne[...]`.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, Field, GetJsonSchemaHandler
from pydantic_core import CoreSchema


@dataclass(frozen=True, slots=True)
class Alone:
    """Marks a value that never stands beside another of its set, but for those in `beside`."""

    beside: tuple[str, ...] = ()


class Values(str, Enum):  # noqa: UP042 (StrEnum leaves no room for a definition)
    """A closed set of values.

    Members read `NAME = "value", "definition"`, perhaps with `Alone()` behind.
    """

    definition: str
    alone: Alone | None

    def __new__(cls, value: str, definition: str, alone: Alone | None = None) -> Values:
        """Make a member that is a string and knows its definition."""
        member = str.__new__(cls, value)  # a member is its string: JSON, sets and == need no .value
        member._value_ = value
        member.definition = definition
        member.alone = alone
        return member

    def __str__(self) -> str:
        return str(self.value)

    @classmethod
    def __get_pydantic_json_schema__(
        cls, core: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        described = handler.resolve_ref_schema(handler(core))
        lines = [inspect.cleandoc(cls.__doc__ or ""), *(f"{v}: {v.definition}" for v in cls)]
        described["description"] = "\n".join(line for line in lines if line)
        return described


def conflicts(values: Iterable[str]) -> list[tuple[Values, str]]:
    """Return each lone value of a set with one value that it must not stand beside."""
    present = list(values)
    return [
        (value, other)
        for value in present
        if isinstance(value, Values) and value.alone is not None
        for other in present
        if other != value and other not in value.alone.beside
    ]


def compatible(members: type[Values], present: Iterable[str]) -> list[str]:
    """Return the values that are present, as the schema orders them, lone ones only if alone."""
    wanted = set(present)
    kept = [member for member in members if member.value in wanted]
    # From the last defined on, so that of two lone values the first is left: silence comes last.
    for member in reversed(kept.copy()):
        if any(lone is member for lone, _ in conflicts(kept)):
            kept.remove(member)
    return [member.value for member in kept]


def _canonical(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Drop repeats, order values as defined, refuse what cannot stand together."""
    for lone, other in conflicts(values):
        raise ValueError(
            f"{str(lone)!r} never stands beside another value: drop {str(lone)!r} and keep "
            f"{str(other)!r} if the text states it, else keep {str(lone)!r} alone"
        )
    unique = set(values)
    members = type(values[0]) if values and isinstance(values[0], Values) else None
    return tuple(v for v in members if v in unique) if members else tuple(sorted(unique))


def _not_empty(values: tuple[Any, ...]) -> tuple[Any, ...]:
    if not values:
        raise ValueError(
            "the set is empty: name at least one value (where the text is silent, the value "
            "defined for silence)"
        )
    return values


T = TypeVar("T")
Several = Annotated[tuple[T, ...], AfterValidator(_canonical)]
"""Zero or more values of a set, without repeats, in the order of their definition."""

AtLeastOne = Annotated[
    tuple[T, ...],
    AfterValidator(_canonical),
    AfterValidator(_not_empty),
    Field(json_schema_extra={"minItems": 1}),
]
"""As `Several`, with one value or more."""


def is_never_empty(metadata: Iterable[Any]) -> bool:
    """Tell by the metadata of its field whether a set holds one value at least."""
    return any(isinstance(each, AfterValidator) and each.func is _not_empty for each in metadata)
