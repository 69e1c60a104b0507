"""From a versioned prompt file, a schema and a chunk to the messages of a request.

A prompt is a Markdown file `prompts/<schema>/<version>.md`: TOML front matter between lines of
"+++", then the messages, each below a line "=== system ===" or "=== user ===". The messages are
Jinja templates over the schema's own definitions and the examples beside the prompt. Text of a
document never passes through a template: the user message holds two marks, `{{ context }}` and
`{{ document }}`, and what belongs there is put in behind the engine.

A document stands inside a delimiter that it cannot close: its tag carries a number made from the
text, which neither the text nor its context holds.
"""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import jinja2.sandbox
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from annotate.documents.chunking import Chunk
from annotate.errors import ProjectError
from annotate.schema.categories import Category, Schema

_FENCE = "+++"
_CONTEXT, _DOCUMENT = "\x00context\x00", "\x00document\x00"
_ROLES = ("system", "user")
_ROLE = re.compile(r"=== (\w+) ===\s*")
_OURS = "model messages response_format tools tool_choice functions function_call stream n".split()

Message = dict[str, str]
"""A chat message: role and content."""


class Parameters(BaseModel):
    """What is sent beside the messages; anything an endpoint takes may be added."""

    model_config = ConfigDict(extra="allow", frozen=True)

    max_completion_tokens: int = Field(default=8192, ge=64)

    @model_validator(mode="after")
    def _leave_the_request_alone(self) -> Self:
        """Refuse what would change a request behind the back of cache, cap and mode."""
        if taken := sorted(set(self.model_extra or ()) & set(_OURS)):
            raise ValueError(f"{taken[0]} is no parameter of a prompt")
        return self


class FrontMatter(BaseModel):
    """The head of a prompt file."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)

    version: str
    schema_name: str = Field(alias="schema")
    notes: str = ""
    examples: str = ""
    parameters: Parameters = Parameters()
    passes: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Example:
    """A worked example: a text with the annotations that are right for it.

    Attributes:
        context: headings and stems that stand before the text.
        line: where it stands in its file, for messages.
    """

    text: str
    annotations: tuple[Mapping[str, Any], ...]
    context: tuple[str, ...] = ()
    line: int = 0


@dataclass(frozen=True)
class Prompt:
    """A prompt file, ready to render for one schema.

    Attributes:
        name: the version, as in `--prompt`.
        source: the file's text, which its hash pins.
    """

    name: str
    head: FrontMatter
    system: str
    user: str
    examples: tuple[Example, ...]
    schema: Schema
    source: str
    path: Path

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the file and its examples."""
        examples = [[e.text, list(e.annotations), list(e.context)] for e in self.examples]
        return hashlib.sha256(json.dumps([self.source, examples]).encode()).hexdigest()

    @cached_property
    def schemas(self) -> tuple[Schema, ...]:
        """The schema of each pass; the whole schema where the front matter names no passes."""
        return tuple(self.schema.only(tags) for tags in self.head.passes) or (self.schema,)

    def messages(self, schema: Schema, chunk: Chunk) -> list[Message]:
        """Return the messages that ask for `schema` (one of `schemas`) on `chunk`."""
        system, before, after = self._frames[schema.fingerprint]
        context = _context(chunk)
        head, tail = (part.replace(_CONTEXT, context) for part in (before, after))
        return [
            {"role": "system", "content": system},
            {"role": "user", "content": head + enclosed(chunk.text, context) + tail},
        ]

    @cached_property
    def _frames(self) -> dict[str, tuple[str, str, str]]:
        """What stays the same for every chunk, rendered once for each pass.

        The system message, and the user message before and behind the document.
        """
        frames = {}
        for schema in self.schemas:
            system = self._render(self.system, schema)
            user = self._render(self.user, schema)
            for name, mark in (("context", _CONTEXT), ("document", _DOCUMENT)):
                if user.count(mark) != 1 or mark in system:
                    raise ProjectError(
                        f"{self.path}: {{{{ {name} }}}} stands once in the user message, and "
                        "nowhere else"
                    )
            before, _, after = user.partition(_DOCUMENT)
            frames[schema.fingerprint] = (system, before, after)
        return frames

    def _render(self, template: str, schema: Schema) -> str:
        # A prompt is text, not code: its templates reach definitions and nothing else.
        environment = jinja2.sandbox.ImmutableSandboxedEnvironment(
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            autoescape=False,
        )
        values = {
            "schema": schema,
            "categories": [describe(category) for category in schema.categories.values()],
            "value_sets": _value_sets(schema),
            "examples": [_shown(example, schema) for example in self.examples],
            "context": _CONTEXT,
            "document": _DOCUMENT,
        }
        try:
            return environment.from_string(template).render(values).strip()
        except Exception as error:  # a template may compute anything
            line = getattr(error, "lineno", None)
            place = f" (line {line} of the message)" if line else ""
            raise ProjectError(f"{self.path}{place}: {error}") from None


def prompt_versions(root: Path, task: str) -> list[str]:
    """Return the versions of a task's prompt, in the order of their names."""
    return sorted(path.stem for path in (root / "prompts" / task).glob("*.md"))


def load_prompt(root: Path, schema: Schema, version: str) -> Prompt:
    """Read `prompts/<schema>/<version>.md` below `root` with its examples.

    Raises:
        ProjectError: where it is missing or cannot be used; names the file and the line.
    """
    path = root / "prompts" / schema.name / f"{version}.md"
    if version not in prompt_versions(root, schema.name):
        known = ", ".join(prompt_versions(root, schema.name)) or "none"
        raise ProjectError(
            f"no prompt {version!r} for task {schema.name}; there is {known} ({path})"
        )
    source = _read(path)
    head, body = _parted(source, path)
    if head.version != version or head.schema_name != schema.name:
        raise ProjectError(f"{path}: names version {head.version!r} of {head.schema_name!r}")
    if problem := _unfit(head.passes, schema):
        raise ProjectError(f"{path}: passes: {problem}")
    messages = _messages(body, path)
    examples = tuple(_examples(path.parent / head.examples)) if head.examples else ()
    return Prompt(
        version, head, messages["system"], messages["user"], examples, schema, source, path
    )


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read ({error.strerror})") from None
    except UnicodeDecodeError as error:
        raise ProjectError(f"{path}: is no UTF-8 (byte {error.start})") from None


def _unfit(passes: Sequence[Sequence[str]], schema: Schema) -> str:
    """Say what is wrong with passes: a category that is never asked for would read as silence."""
    named = [tag for tags in passes for tag in tags]
    for tag in named:
        if tag not in schema.categories:
            return f"schema {schema.name} has no category {tag!r}"
        if named.count(tag) > 1:
            return f"{tag} stands in two passes"
    left_out = [tag for tag in schema.categories if tag not in named]
    if passes and left_out:
        return f"{left_out[0]} is in no pass"
    return "" if all(passes) else "a pass without a category"


def _parted(source: str, path: Path) -> tuple[FrontMatter, str]:
    lines = source.split("\n")
    if lines[0].strip() != _FENCE or _FENCE not in lines[1:]:
        raise ProjectError(f"{path}:1: needs front matter between two lines of {_FENCE}")
    end = lines.index(_FENCE, 1)
    try:
        # An empty first line in place of the fence: errors then count the lines of the file.
        head = FrontMatter.model_validate(tomllib.loads("\n".join(["", *lines[1:end]])))
    except tomllib.TOMLDecodeError as error:
        raise ProjectError(f"{path}: front matter: {error}") from None
    except ValidationError as error:
        detail = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in detail["loc"])
        said = detail["msg"].removeprefix("Value error, ")
        raise ProjectError(f"{path}: front matter: {place}: {said}") from None
    return head, "\n".join(lines[end + 1 :])


def _messages(body: str, path: Path) -> dict[str, str]:
    found: list[tuple[str, list[str]]] = []
    for line in body.split("\n"):
        if role := _ROLE.fullmatch(line):
            found.append((role[1], []))
        elif found:
            found[-1][1].append(line)
        elif line.strip():
            raise ProjectError(f"{path}: words stand before the line === system ===")
    if tuple(role for role, _ in found) != _ROLES:
        raise ProjectError(f"{path}: needs a line === system === and then a line === user ===")
    return {role: "\n".join(lines) for role, lines in found}


class _ExampleRow(BaseModel):
    """A line of an example file."""

    model_config = ConfigDict(extra="forbid", strict=True)

    text: str = Field(min_length=1)
    annotations: list[dict[str, Any]]
    context: list[str] = []


def _examples(path: Path) -> Iterator[Example]:
    for number, line in enumerate(_read(path).split("\n"), start=1):
        if not line.strip():
            continue
        try:
            row = _ExampleRow.model_validate_json(line)
        except ValidationError as error:
            detail = error.errors(include_url=False)[0]
            place = ".".join(str(part) for part in detail["loc"]) or "the line"
            raise ProjectError(f"{path}:{number}: {place}: {detail['msg']}") from None
        yield Example(row.text, tuple(row.annotations), tuple(row.context), number)


# ---- What is put into the messages ----


def describe(category: type[Category]) -> dict[str, Any]:
    """Return a category's definitions for templates: tag, definition, attributes."""
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


def _value_sets(schema: Schema) -> list[dict[str, Any]]:
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


def enclosed(text: str, beside: str = "", width: int = 8) -> str:
    """Return `text` between two tags that neither it nor the text beside it can hold.

    Args:
        text: what is enclosed.
        beside: what stands around it.
        width: hexadecimal digits of the tag's number, at least.
    """
    number = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    while number[:width] in text or number[:width] in beside:
        width += 1
    tag = f"document-{number[:width]}"
    return f"<{tag}>\n{text}\n</{tag}>"


def _context(chunk: Chunk) -> str:
    """Return headings and stems as quoted lines, which no line of theirs can end."""
    lines = (" ".join(each.split()) for each in chunk.context)
    return "\n".join(f"> {line}" for line in lines) or "> (nothing)"


def _shown(example: Example, schema: Schema) -> dict[str, Any]:
    wanted = [a for a in example.annotations if str(a.get("category")) in schema.categories]
    answer = json.dumps({"annotations": wanted}, ensure_ascii=False)
    return {"text": example.text, "context": list(example.context), "answer": answer}


def _flat(text: str) -> str:
    """Return a definition with each paragraph and each item of a list on one line."""
    lines: list[str] = []
    for line in (each.strip() for each in text.strip().split("\n")):
        if line and lines and lines[-1] and not line.startswith("- "):
            lines[-1] += f" {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


def shared_words(first: str, second: str, count: int = 12) -> str:
    """Return the first `count` words in a row that two texts share, or "".

    Few-shot examples must not repeat a text that a prompt is measured on.
    """
    words = _words(second)
    known = {tuple(words[i : i + count]) for i in range(len(words) - count + 1)}
    ours = _words(first)
    rows: Iterable[Sequence[str]] = (ours[i : i + count] for i in range(len(ours) - count + 1))
    return next((" ".join(row) for row in rows if tuple(row) in known), "")


def _words(text: str) -> list[str]:
    return ["".join(c for c in word if c.isalnum()) for word in text.casefold().split()]
