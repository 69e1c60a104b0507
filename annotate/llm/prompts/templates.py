"""Render the templates of a prompt over the schema's definitions and the prompt's examples.

Text of a document never passes through a template engine: the templates are rendered with a mark
where `{{ context }}` and `{{ document }}` stand, and what belongs there is put in afterwards.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import CodeType
from typing import Any

import jinja2.sandbox
from jinja2 import meta, nodes
from jinja2.utils import missing

from annotate.errors import ProjectError, refuse
from annotate.findings import Finding
from annotate.llm.prompts.examples import Example
from annotate.schema.categories import Schema
from annotate.schema.definitions import describe, value_sets
from annotate.schema.spelling import one_of

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


@dataclass(frozen=True, slots=True)
class Template:
    """A message as a prompt file has it.

    Attributes:
        line: of the file, on which it begins.
    """

    text: str
    path: Path
    line: int

    def error(self, line: int, message: str, remedy: str) -> Finding:
        """Return what is wrong with it; `line` is one of its own, from 1."""
        return Finding("error", self.path, self.line + line - 1, message, remedy)


Templates = tuple[Template, Template]
"""The system message and the user message."""


def frame(templates: Templates, schema: Schema, examples: Iterable[Example]) -> Frame:
    """Render the two templates of a prompt for the categories of `schema`.

    Raises:
        ProjectError: where a template cannot be rendered, or does not hold each mark once; names
            file and line.
    """
    values = _values(schema, examples)
    system, user = (render(template, values) for template in templates)
    refuse(_misplaced(templates, system, user))
    before, _, after = user.partition(_DOCUMENT)
    return Frame(system, before, after)


def check_templates(
    templates: Templates, schema: Schema, examples: Sequence[Example]
) -> Iterator[Finding]:
    """Yield all that is wrong with the templates of a prompt, as far as it can be told."""
    values, rendered = _values(schema, examples), []
    for template in templates:
        found = list(_undeclared(template, values))
        lines = [each.line for each in found]
        try:
            rendered.append(render(template, values))
        except ProjectError as error:
            found += [each for each in error.findings if each.line not in lines]
        yield from found
    if len(rendered) == len(templates):
        yield from _misplaced(templates, *rendered)
        if examples and not any(example.text in text for example in examples for text in rendered):
            said = "no message shows the examples that the front matter names"
            remedy = (
                "add {% for example in examples %}, or take the examples out of the front matter"
            )
            yield templates[0].error(1, said, remedy)


def _values(schema: Schema, examples: Iterable[Example]) -> dict[str, Any]:
    return {
        "schema": schema,
        "categories": [describe(category) for category in schema.categories.values()],
        "value_sets": value_sets(schema),
        "examples": [_shown(example, schema) for example in examples],
        "context": _CONTEXT,
        "document": _DOCUMENT,
    }


def _misplaced(templates: Templates, system: str, user: str) -> Iterator[Finding]:
    for name, mark in (("context", _CONTEXT), ("document", _DOCUMENT)):
        if user.count(mark) == 1 and mark not in system:
            continue
        said = f"{{{{ {name} }}}} stands once in the user message, and nowhere else"
        wrong = templates[0] if mark in system else templates[1]
        if mark in system:
            yield wrong.error(_last_line(wrong, name), said, "take it out of the system message")
        elif mark in user:
            yield wrong.error(_last_line(wrong, name), said, "keep one of them")
        else:
            yield wrong.error(
                _last_line(wrong, name), said, f"add {{{{ {name} }}}} to the user message"
            )


def _last_line(template: Template, name: str) -> int:
    lines = template.text.split("\n")
    return max((number for number, line in enumerate(lines, 1) if name in line), default=1)


def _undeclared(template: Template, values: Mapping[str, Any]) -> Iterator[Finding]:
    """Yield names that a template uses and nothing gives, also where it never comes to them."""
    try:
        tree = jinja2.Environment(autoescape=True).parse(template.text)
        unknown = meta.find_undeclared_variables(tree) - values.keys()
    except jinja2.TemplateError:
        return  # rendering says so
    tested = {
        each.node.name
        for each in tree.find_all(nodes.Test)
        if each.name == "defined" and isinstance(each.node, nodes.Name)
    }
    for each in tree.find_all(nodes.Name):
        if each.name in unknown - tested and each.ctx == "load":
            remedy = one_of(each.name, sorted(values))
            yield template.error(each.lineno, f"{each.name!r} is undefined", remedy)


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


def render(template: Template, values: Mapping[str, Any]) -> str:
    """Render a template of a prompt; never with text of a document among its values.

    Raises:
        ProjectError: where it cannot be rendered; names file and line.
    """
    environment = _environment(_unknown(values))
    try:
        code = _compiled(template.text)
        made = environment.template_class.from_code(
            environment, code, environment.make_globals(None)
        )
        return made.render(values).strip()
    except Exception as error:  # a template may compute anything
        said, _, known = str(error).partition("; ")
        finding = template.error(_line(error), said, known or "correct the template")
        raise ProjectError.of([finding]) from None


def _environment(undefined: type[jinja2.Undefined]) -> jinja2.Environment:
    # A prompt is text, not code: its templates reach definitions and nothing else.
    return jinja2.sandbox.ImmutableSandboxedEnvironment(
        undefined=undefined, trim_blocks=True, lstrip_blocks=True, autoescape=False
    )


@lru_cache(maxsize=32)
def _compiled(text: str) -> CodeType:
    """Compile a template once: verifying renders one for each batch, which is the lesser work."""
    return _environment(jinja2.StrictUndefined).compile(text)


def _line(error: Exception) -> int:
    """Return the line of a template on which it cannot be rendered, from 1."""
    if isinstance(error, jinja2.TemplateSyntaxError):
        return error.lineno
    frames = traceback.extract_tb(error.__traceback__)
    own = [each.lineno for each in frames if each.filename == "<template>"]
    return (own[-1] if own else None) or 1


def _shown(example: Example, schema: Schema) -> dict[str, Any]:
    wanted = [a for a in example.annotations if str(a.get("category")) in schema.categories]
    answer = json.dumps({"annotations": wanted}, ensure_ascii=False)
    return {"text": example.text, "context": list(example.context), "answer": answer}
