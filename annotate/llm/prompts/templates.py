"""Render the templates of a prompt over the schema's definitions and the prompt's examples.

Text of a document never passes through a template engine: the templates are rendered with a mark
where `{{ context }}` and `{{ document }}` stand, and what belongs there is put in afterwards.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jinja2.sandbox
from jinja2.utils import missing

from annotate.errors import ProjectError
from annotate.llm.prompts.examples import Example
from annotate.schema.categories import Schema
from annotate.schema.definitions import describe, value_sets

_CONTEXT, _DOCUMENT = "\x00context\x00", "\x00document\x00"


@dataclass(frozen=True, slots=True)
class Frame:
    """What is the same in every request of a pass.

    Attributes:
        system: the system message.
        before, after: the user message around the document; the context may be in either.
    """

    system: str
    before: str
    after: str

    def user(self, document: str, context: str) -> str:
        """Return the user message with the document and its context in their places."""
        before, after = (part.replace(_CONTEXT, context) for part in (self.before, self.after))
        return before + document + after


def frame(
    system: str, user: str, schema: Schema, examples: Iterable[Example], source: Path
) -> Frame:
    """Render the two templates of a prompt for the categories of `schema`.

    Raises:
        ProjectError: where a template cannot be rendered, or does not hold each mark once; names
            the `source`.
    """
    values = {
        "schema": schema,
        "categories": [describe(category) for category in schema.categories.values()],
        "value_sets": value_sets(schema),
        "examples": [_shown(example, schema) for example in examples],
        "context": _CONTEXT,
        "document": _DOCUMENT,
    }
    system, user = (_render(template, values, source) for template in (system, user))
    for name, mark in (("context", _CONTEXT), ("document", _DOCUMENT)):
        if user.count(mark) != 1 or mark in system:
            raise ProjectError(
                f"{source}: {{{{ {name} }}}} stands once in the user message, and nowhere else"
            )
    before, _, after = user.partition(_DOCUMENT)
    return Frame(system, before, after)


def _unknown(values: Mapping[str, Any]) -> type[jinja2.Undefined]:
    """Return what stands for a name that a template may not use: an error that lists the others."""

    class Unknown(jinja2.StrictUndefined):
        @property
        def _undefined_message(self) -> str:
            owner = values if self._undefined_obj is missing else self._undefined_obj
            names = owner if isinstance(owner, Mapping) else ()
            known = ", ".join(sorted(map(str, names)))
            return f"{super()._undefined_message}" + (f"; use one of {known}" if known else "")

    return Unknown


def _render(template: str, values: Mapping[str, Any], source: Path) -> str:
    # A prompt is text, not code: its templates reach definitions and nothing else.
    environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
        undefined=_unknown(values),
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,
    )
    try:
        return environment.from_string(template).render(values).strip()
    except Exception as error:  # a template may compute anything
        line = getattr(error, "lineno", None)
        place = f" (line {line} of the message)" if line else ""
        raise ProjectError(f"{source}{place}: {error}") from None


def _shown(example: Example, schema: Schema) -> dict[str, Any]:
    wanted = [a for a in example.annotations if str(a.get("category")) in schema.categories]
    answer = json.dumps({"annotations": wanted}, ensure_ascii=False)
    return {"text": example.text, "context": list(example.context), "answer": answer}
