"""Print a schema as the pages of a codebook: every category, attribute and value with its words."""

from __future__ import annotations

import inspect
from collections.abc import Iterator

from annotate.schema.categories import Category, Schema
from annotate.schema.values import Values


def codebook(schema: Schema) -> str:
    """Return the definitions of `schema` as Markdown: categories first, then the value sets."""
    return "\n".join([*_categories(schema), *_value_sets(schema)]) + "\n"


def _categories(schema: Schema) -> Iterator[str]:
    yield "## Categories"
    for category in schema.categories.values():
        yield f"\n### `{category.tag()}`\n"
        yield _text(category.__doc__)
        if category.counterparts:
            named = "; ".join(f"{corpus}: {name}" for corpus, name in category.counterparts.items())
            yield f"\nCalled in other corpora: {named}."
        yield ""
        yield from _attributes(category)


def _attributes(category: type[Category]) -> Iterator[str]:
    for name in category.attributes():
        values = category.values_of(name)
        kind = "set" if name in category.sets() else "single"
        of = f" of {values.__name__}" if values is not None else ""
        said = " ".join(_text(category.model_fields[name].description).split())
        yield f"- `{name}` ({kind}{of}): {said}"


def _value_sets(schema: Schema) -> Iterator[str]:
    yield "\n## Values"
    seen: set[type[Values]] = set()
    for category in schema.categories.values():
        for name in category.attributes():
            values = category.values_of(name)
            if values is None or values in seen:
                continue
            seen.add(values)
            yield f"\n### {values.__name__}\n"
            yield _text(values.__doc__)
            yield ""
            yield from (f"- `{value}`: {value.definition}" for value in values)


def _text(docstring: str | None) -> str:
    return inspect.cleandoc(docstring or "")
