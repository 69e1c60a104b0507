"""A prompt, and the messages that it makes of a chunk."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.grounding.contexts import LEAD_INS_WANTED, has_repeated_items
from annotate.llm.prompts.delimiter import enclosed, quoted
from annotate.llm.prompts.examples import Example
from annotate.llm.prompts.templates import Frame, Template, frame
from annotate.project.parameters import OWN_PARAMETERS
from annotate.schema.categories import Schema

Message = dict[str, str]
"""A chat message: role and content."""


class Parameters(BaseModel):
    """What is sent beside the messages; anything an endpoint takes may be added."""

    model_config = ConfigDict(extra="allow", frozen=True)

    max_completion_tokens: int = Field(default=8192, ge=64)

    @model_validator(mode="after")
    def _leave_the_request_alone(self) -> Self:
        """Refuse what would change a request behind the back of cache, cap and mode."""
        if taken := sorted(set(self.model_extra or ()) & OWN_PARAMETERS):
            raise ValueError(f"{taken[0]} is not a parameter of a prompt")
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
class Prompt:
    """A prompt file, ready to render for one schema.

    Attributes:
        name: the version, as in `--prompt`.
        source: the file's text, which its hash pins.
        lines: of the file, on which its two messages begin.
    """

    name: str
    head: FrontMatter
    system: str
    user: str
    examples: tuple[Example, ...]
    schema: Schema
    source: str
    path: Path
    lines: tuple[int, int] = (1, 1)

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the file and its examples."""
        # Not over the schema: that has a fingerprint of its own in the identity of a run.
        examples = [[e.text, list(e.annotations), list(e.context)] for e in self.examples]
        return hashlib.sha256(json.dumps([self.source, examples]).encode()).hexdigest()

    @cached_property
    def schemas(self) -> tuple[Schema, ...]:
        """The schema of each pass; the whole schema where the front matter names no passes."""
        return tuple(self.schema.only(tags) for tags in self.head.passes) or (self.schema,)

    def messages(
        self, schema: Schema, chunk: Chunk, segmentation: Segmentation | None = None
    ) -> list[Message]:
        """Return the messages that ask for `schema` (one of `schemas`) on `chunk`.

        Where the `segmentation` of its text shows an item twice in the chunk, under different
        lead-ins, they ask for the lead-in too.
        """
        frame = self._frames[schema.fingerprint]
        context = quoted(chunk.context)
        user = frame.user(enclosed(chunk.text, context), context)
        if segmentation is not None and has_repeated_items(chunk, segmentation):
            user += f"\n\n{LEAD_INS_WANTED}"
        return [{"role": "system", "content": frame.system}, {"role": "user", "content": user}]

    @property
    def templates(self) -> tuple[Template, Template]:
        """Its two messages as they are written."""
        system, user = self.lines
        return Template(self.system, self.path, system), Template(self.user, self.path, user)

    @cached_property
    def _frames(self) -> dict[str, Frame]:
        """What is the same for every chunk, rendered once for each pass, by its schema."""
        return {
            schema.fingerprint: frame(self.templates, schema, self.examples)
            for schema in self.schemas
        }
