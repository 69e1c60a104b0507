"""What kind of value each attribute of a category holds, read off the schema.

The typed formats (columns, labelling controls) are made from this, and never from the values that a
run happens to hold: a schema gives the same columns and controls for every run.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias, get_args, get_origin

from annotate.schema.categories import Category
from annotate.schema.types import Form, form_of
from annotate.schema.values import Values, is_never_empty

Kind: TypeAlias = Literal["boolean", "integer", "number", "text"]


@dataclass(frozen=True, slots=True)
class Attribute:
    """An attribute of a category.

    Attributes:
        kind: of its values.
        many: whether it is a set of them.
        values: the closed set that they are taken from, None where they are open.
        required: whether something is always stated of it.
        form: what its open values are.
    """

    name: str
    kind: Kind
    many: bool
    values: type[Values] | None
    definition: str
    required: bool = True
    form: Form = ""


def attributes_of(category: type[Category]) -> tuple[Attribute, ...]:
    """Return the attributes of a category, in the order of their declaration."""
    return tuple(_attribute(category, name) for name in category.attributes())


def _attribute(category: type[Category], name: str) -> Attribute:
    field = category.model_fields[name]
    types, many = _types(field.annotation), name in category.sets()
    return Attribute(
        name,
        _kind(types),
        many,
        category.values_of(name),
        field.description or "",
        required=is_never_empty(field.metadata) if many else not _may_be_none(field.annotation),
        form=form_of(field.annotation, field.metadata),
    )


def _may_be_none(annotation: Any) -> bool:
    return annotation is type(None) or any(map(_may_be_none, get_args(annotation)))


def _kind(types: set[type]) -> Kind:
    if types == {bool}:
        return "boolean"
    if types == {int}:
        return "integer"
    return "number" if types and types <= {int, float} else "text"


def _types(annotation: Any) -> set[type]:
    """Return the types of the single values behind an annotation, without None."""
    if isinstance(annotation, type) and not get_args(annotation):
        return {annotation} - {type(None)}
    if get_origin(annotation) is Literal:
        return {type(value) for value in get_args(annotation)}
    return {found for argument in get_args(annotation) for found in _types(argument)}
