"""Find attributes whose type no JSON schema of an answer can say, or says in vain.

The rules are those of strict structured output, as `annotate.schema.strict` keeps them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, get_args, get_origin

from pydantic import BaseModel, TypeAdapter
from pydantic.errors import PydanticInvalidForJsonSchema, PydanticSchemaGenerationError

from annotate.findings import Finding
from annotate.schema.source import finding
from annotate.schema.types import whole_type
from annotate.schema.values import Values

_SAID = frozenset(
    """type properties required additionalProperties items enum const anyOf oneOf $ref $defs title
    description default discriminator examples pattern format minimum maximum exclusiveMinimum
    exclusiveMaximum multipleOf minItems maxItems""".split()
)
_FORMATS = frozenset("date-time time date duration email hostname ipv4 ipv6 uuid".split())
_NAME_IT = (
    "name what it holds: a Values class, Several[…] of one, str, int, float, bool, Duration, Date, "
    "Time, Country or Age"
)
_APART = "make an attribute of each, or a category of each"
_BOUNDS = (
    ("minimum", "maximum"),
    ("exclusiveMinimum", "maximum"),
    ("minimum", "exclusiveMaximum"),
    ("minItems", "maxItems"),
    ("minLength", "maxLength"),
)


def unsayable(categories: Iterable[type[BaseModel]]) -> Iterator[Finding]:
    """Yield the attributes that no JSON schema can say: no answer in them can be asked for."""
    for category in categories:
        for name, field in category.model_fields.items():
            if name != "category" and _holds_category(field.annotation):
                said = f"{_shown(category, name)} holds a category, which stands beside others"
                yield finding(category, name, said, "name the category beside it in practice")
        for name, (message, remedy) in _of_each(category, _Walk.impossible):
            yield finding(category, name, f"{_shown(category, name)} {message}", remedy)


def unwise(categories: Iterable[type[BaseModel]]) -> Iterator[Finding]:
    """Yield the attributes that a JSON schema says, but that are not read as they are meant."""
    for category in categories:
        for name, field in category.model_fields.items():
            if name != "category" and (message := _not_a_set(field.annotation)):
                remedy = "write Several[…], or AtLeastOne[…] where it is never empty"
                yield finding(category, name, f"{_shown(category, name)} {message}", remedy)
            elif len(sets := _value_sets(field.annotation)) > 1:
                message = f"takes its values from several sets ({', '.join(sorted(sets))})"
                remedy = "make one Values class of them, or an attribute for each"
                yield finding(category, name, f"{_shown(category, name)} {message}", remedy)
        for name, (message, remedy) in _of_each(category, _Walk.in_vain):
            yield finding(category, name, f"{_shown(category, name)} {message}", remedy)
        for name, (message, remedy) in _of_each(category, _Walk.unsupported):
            said = f"{_shown(category, name)} {message}"
            yield finding(category, name, said, remedy, "warning")


def _shown(category: type[BaseModel], name: str) -> str:
    return f"attribute {name!r} of {category.__name__}"


def _not_a_set(annotation: Any) -> str:
    """Say why an attribute of several values is not read as a set of them, "" where it is."""
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _not_a_set(inner[0])
    if origin in (list, set, frozenset) or annotation in (list, set, frozenset, tuple):
        return "is a list, which is not read as a set of values"
    if type(None) in inner and any(_several(each) for each in inner):
        return "is a set that may be missing as well; an empty one says as much"
    return ""


def _holds_category(annotation: Any) -> bool:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return "category" in annotation.model_fields
    return any(map(_holds_category, get_args(annotation)))


def _value_sets(annotation: Any) -> set[str]:
    """Return the names of the closed sets behind an annotation."""
    if isinstance(annotation, type) and issubclass(annotation, Values):
        return {annotation.__name__}
    return {name for each in get_args(annotation) for name in _value_sets(each)}


def _several(annotation: Any) -> bool:
    if get_origin(annotation) is Annotated:
        return _several(get_args(annotation)[0])
    return get_origin(annotation) in (tuple, list, set, frozenset)


Said = tuple[str, str]
"""What is wrong, and what to do about it."""


def _of_each(category: type[BaseModel], look: Any) -> Iterator[tuple[str, Said]]:
    """Yield the first thing that is found in the type of each attribute, with its name."""
    for name, field in category.model_fields.items():
        if name == "category":
            continue
        try:
            written = TypeAdapter(whole_type(field)).json_schema()
        except (PydanticInvalidForJsonSchema, PydanticSchemaGenerationError, RecursionError):
            if look is _Walk.impossible:
                yield name, ("has a type that no JSON schema can say", _NAME_IT)
            continue
        found = next(look(_Walk(written.get("$defs", {})), written), None)
        if found is not None:
            yield name, found


class _Walk:
    """Walks through what a type is in JSON Schema."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self.definitions = definitions

    def nodes(self, node: Any, seen: frozenset[str] = frozenset()) -> Iterator[Mapping[str, Any]]:
        """Yield every schema inside a schema, itself first."""
        name = node.get("$ref", "").removeprefix("#/$defs/")
        if name and name not in seen:
            yield from self.nodes(self.definitions[name], seen | {name})
        if name:
            return
        yield node
        inner = [
            *node.get("properties", {}).values(),
            *node.get("anyOf", ()),
            *node.get("oneOf", ()),
        ]
        inner += [node["items"]] if isinstance(node.get("items"), dict) else []
        for each in inner:
            yield from self.nodes(each, seen)

    def impossible(self, written: Mapping[str, Any]) -> Iterator[Said]:
        for node in self.nodes(written):
            if node.get("type") == "object" and not node.get("properties"):
                yield (
                    "holds names that the schema does not know (dict), which no JSON schema of an "
                    "answer can say",
                    "make an attribute of each name, or list them in a Values class",
                )
            elif "prefixItems" in node:
                yield "is a row of fixed places (tuple), which no JSON schema here can say", _APART
            elif not node.keys() & {"type", "anyOf", "oneOf", "enum", "const", "$ref"}:
                yield "may hold anything (Any, object), which no JSON schema can say", _NAME_IT
            elif node.get("type") == "array" and "items" not in node:
                yield "is a list of anything, which no JSON schema can say", _NAME_IT
            elif self._objects(node) > 1:
                yield "is one of several objects, which an answer cannot tell apart", _APART

    def _objects(self, node: Mapping[str, Any]) -> int:
        branches = [*node.get("anyOf", ()), *node.get("oneOf", ())]
        return sum(next(self.nodes(each), {}).get("type") == "object" for each in branches)

    def in_vain(self, written: Mapping[str, Any]) -> Iterator[Said]:
        for node in self.nodes(written):
            if node.get("enum") == []:
                yield "has a set without values, so that it is never filled", "give the set values"
            for least, most in _BOUNDS:
                if least in node and most in node and node[least] > node[most]:
                    said = f"holds no value at all: at least {node[least]} and at most {node[most]}"
                    yield said, "correct the bounds"

    def unsupported(self, written: Mapping[str, Any]) -> Iterator[Said]:
        checked = "check it in a validator (AfterValidator), or use a type of annotate.schema"
        for node in self.nodes(written):
            for keyword in sorted(node.keys() - _SAID):
                yield f"is sent with {keyword!r}, which strict answers do not take", checked
            if node.get("format", "date") not in _FORMATS:
                said = (
                    f"is sent with the format {node['format']!r}, which strict answers do not take"
                )
                yield said, checked
            if "(?" in node.get("pattern", "").replace("(?:", ""):
                yield (
                    "is sent with a pattern that looks ahead, which strict answers do not take",
                    checked,
                )
