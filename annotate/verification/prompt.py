"""The prompt of a verification: where it stands, and the messages that it makes of a batch.

`prompts/verify/<version>.md` holds for every task, and `prompts/<task>/verify/<version>.md`, where
there is one, for its task. Its templates see the definitions of what a batch states; quotes, values
and the passage are text of documents and models, and never pass through a template.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.errors import ProjectError
from annotate.llm.prompts.delimiter import enclosed, quoted
from annotate.llm.prompts.load import load_prompt_file
from annotate.llm.prompts.prompt import FrontMatter, Message, Prompt
from annotate.llm.prompts.templates import render
from annotate.project.roots import content_roots
from annotate.project.tasks import Task
from annotate.schema.categories import Schema
from annotate.schema.definitions import describe
from annotate.verification.answer import stated_values
from annotate.verification.batches import Batch

FOLDER = "verify"
ANY_TASK = "*"
"""What a prompt for every task names as its schema."""

_MARKS = ("context", "document", "annotations")
_MARK = re.compile("\x00(" + "|".join(_MARKS) + ")\x00")
_Stated = Mapping[tuple[str, str], Collection[str]]


@dataclass(frozen=True)
class VerificationPrompt:
    """A prompt that asks whether annotations of one schema hold; `file` is what was read."""

    file: Prompt

    @property
    def name(self) -> str:
        """The version, as in `--verify-prompt`."""
        return self.file.name

    @property
    def head(self) -> FrontMatter:
        """The front matter of its file."""
        return self.file.head

    @property
    def fingerprint(self) -> str:
        """SHA-256 over the file."""
        return self.file.fingerprint

    @property
    def schema(self) -> Schema:
        """What is judged."""
        return self.file.schema

    def messages(self, batch: Batch) -> list[Message]:
        """Return the messages that ask about a batch.

        Raises:
            ProjectError: where a template cannot be rendered, or lacks one of its marks.
        """
        lines = "\n".join(_lines(batch))
        context = quoted(batch.passage.context)
        put = {
            "context": context,
            "document": enclosed(batch.passage.text, f"{context}\n{lines}"),
            "annotations": enclosed(lines, batch.passage.text, name="annotations"),
        }
        # In one go: what is put in is not looked through for further marks.
        user = _MARK.sub(lambda mark: put[mark[1]], self._rendered(batch.annotations))
        return [{"role": "system", "content": self._system}, {"role": "user", "content": user}]

    @cached_property
    def _system(self) -> str:
        return render(self.file.templates[0], {"schema": self.schema})

    def _rendered(self, annotations: Iterable[Annotation]) -> str:
        """Return the user message with a mark where text of documents and models goes."""
        marks = {name: f"\x00{name}\x00" for name in _MARKS}
        values = {"schema": self.schema, "categories": [*_categories(self.schema, annotations)]}
        rendered = render(self.file.templates[1], {**values, **marks})
        if sorted(_MARK.findall(rendered)) != sorted(_MARKS):
            named = ", ".join(f"{{{{ {name} }}}}" for name in _MARKS)
            raise ProjectError(f"{self.file.path}: the user message needs {named}, each once")
        return rendered


def load_verification_prompt(task: Task, version: str) -> VerificationPrompt:
    """Read the prompt of a version: the task's own, else the one for every task.

    Raises:
        ProjectError: where there is none, or it cannot be used; names the file and the line.
    """
    own = task.root / "prompts" / task.name / FOLDER
    folders = [own, *(root / "prompts" / FOLDER for root in content_roots())]
    # Looked up among what is there: a version with a path in it finds no file of somebody else.
    found = {path.stem: path for each in reversed(folders) for path in sorted(each.glob("*.md"))}
    if version not in found:
        known = ", ".join(sorted(found)) or "none"
        raise ProjectError(
            f"no prompt {version!r} for verifying; there is {known} (prompts/{FOLDER}/*.md)"
        )
    path = found[version]
    named = task.name if path.parent == own else ANY_TASK
    return VerificationPrompt(load_prompt_file(path, task.schema, version, named))


def _lines(batch: Batch) -> Iterable[str]:
    """Yield each annotation as a line of JSON, with its number."""
    for number, each in enumerate(batch.annotations, start=1):
        row: dict[str, JsonValue] = {
            "number": number,
            "category": each.category,
            "quote": each.quote,
        }
        place, of = batch.place(each)
        if of > 1:
            row["place"] = f"{place} of {of}"
        yield json.dumps({**row, "values": dict(each.attributes)}, ensure_ascii=False)


def _categories(schema: Schema, annotations: Iterable[Annotation]) -> Iterable[dict[str, Any]]:
    """Yield the definitions of the categories of some annotations, in the schema's order."""
    stated: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    used = set()
    for each in annotations:
        used.add(each.category)
        for name in each.attributes:
            stated[each.category, name].update(stated_values(each, name))
    for tag, category in schema.categories.items():
        if tag in used:
            described = describe(category)
            for attribute in described["attributes"]:
                members = category.values_of(attribute["name"]) or ()
                attribute["values"] = [
                    {
                        "value": str(each),
                        "definition": each.definition,
                        "stated": str(each) in stated[tag, attribute["name"]],
                    }
                    for each in members
                ]
            yield described
