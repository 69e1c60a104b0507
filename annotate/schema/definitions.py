"""The definitions of a schema as plain values, for prompt templates and pages."""

from __future__ import annotations

from typing import Any

from annotate.schema.categories import Category, Schema


def describe(category: type[Category]) -> dict[str, Any]:
    """Return a category's definitions: tag, definition, attributes."""
    return {
        "tag": category.tag(),
        "definition": _flat(category.__doc__ or ""),
        "attributes": [
            {
                "name": name,
                "several": name in category.sets(),
                "definition": _flat(category.model_fields[name].description or ""),
                "set": getattr(category.values_of(name), "__name__", ""),
            }
            for name in category.attributes()
        ],
    }


def value_sets(schema: Schema) -> list[dict[str, Any]]:
    """Return each closed set of a schema once, with its values and their definitions."""
    found: dict[str, dict[str, Any]] = {}
    for category in schema.categories.values():
        for name in category.attributes():
            values = category.values_of(name)
            if values is not None and values.__name__ not in found:
                listed = [{"value": str(v), "definition": v.definition} for v in values]
                found[values.__name__] = {
                    "name": values.__name__,
                    "definition": _flat(values.__doc__ or ""),
                    "values": listed,
                }
    return list(found.values())


def _flat(text: str) -> str:
    """Return a definition with each paragraph and each item of a list on one line."""
    lines: list[str] = []
    for line in (each.strip() for each in text.strip().split("\n")):
        if line and lines and lines[-1] and not line.startswith("- "):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)
