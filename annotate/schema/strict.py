"""Bring a pydantic JSON schema inside the subset that strict structured output accepts.

The rules are OpenAI's for `strict: true` ("Structured outputs", section "Supported schemas"); the
engines behind vLLM, llama.cpp and Ollama take the same subset. The written list is in
`tests/support/strict_rules.py`. Nothing here touches the meaning of a schema: it requires every
property, closes every object, turns `oneOf` into `anyOf`, and drops what carries no constraint.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# Without effect on what validates, or refused on the wire.
_DROPPED = frozenset({"title", "default", "discriminator", "examples"})
_SAYS_NOTHING = _DROPPED | {"description"}


class Unsayable(ValueError):
    """A schema that holds what strict output has no words for: any names, or any value."""


def strict_schema(schema: dict[str, Any]) -> dict[str, Any]:
    """Return a copy of `schema` (from pydantic's `model_json_schema`) for the wire.

    Raises:
        Unsayable: for what the subset cannot say, since leaving it out would change the meaning.
    """
    definitions = schema.get("$defs", {})
    strict: dict[str, Any] = _strict(schema, definitions)
    return _without_unused_definitions(strict)


def _without_unused_definitions(schema: dict[str, Any]) -> dict[str, Any]:
    """Drop definitions that were written out in their place: each would be paid for."""
    definitions = schema.get("$defs", {})
    used: set[str] = set()
    found = set(_references({k: v for k, v in schema.items() if k != "$defs"}))
    while found:
        used |= found
        found = {name for known in found for name in _references(definitions[known])} - used
    kept = {name: definition for name, definition in definitions.items() if name in used}
    return {k: v for k, v in schema.items() if k != "$defs"} | ({"$defs": kept} if kept else {})


def _references(node: Any) -> Iterator[str]:
    if isinstance(node, list):
        for item in node:
            yield from _references(item)
    elif isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"].removeprefix("#/$defs/")
        for child in node.values():
            yield from _references(child)


def _strict(node: Any, definitions: dict[str, Any]) -> Any:
    if isinstance(node, list):
        return [_strict(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    if "$ref" in node and len(node) > 1:
        # A reference may have no sibling on the wire: what it names is written out in its place.
        named = definitions[node["$ref"].removeprefix("#/$defs/")]
        said = [d for d in (node.get("description"), named.get("description")) if d]
        node = {**named, **{key: value for key, value in node.items() if key != "$ref"}}
        if said:
            node["description"] = "\n".join(said)
    if node.get("additionalProperties") or "prefixItems" in node or not node.keys() - _SAYS_NOTHING:
        raise Unsayable(str(node.get("title", "")))
    strict = {
        ("anyOf" if key == "oneOf" else key): value
        for key, value in node.items()
        if key not in _DROPPED
    }
    for key in ("anyOf", "items"):
        if key in strict:
            strict[key] = _strict(strict[key], definitions)
    for key in ("$defs", "properties"):
        if key in strict:
            strict[key] = {n: _strict(child, definitions) for n, child in strict[key].items()}
    if strict.get("type") == "object":
        strict["properties"] = _tag_then_quote(strict.get("properties", {}))
        strict["required"] = list(strict["properties"])
        strict["additionalProperties"] = False
    return strict


def _tag_then_quote(properties: dict[str, Any]) -> dict[str, Any]:
    """Order properties: the constant tag decides the branch, the quote precedes what it proves."""
    first = [name for name in ("category", "quote") if name in properties]
    return {name: properties[name] for name in (*first, *properties)}
