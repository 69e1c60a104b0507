"""The offline baseline: a deterministic annotator that works by the cues of a lexicon file.

It is the floor that a prompt has to beat, and it answers in the form a language model would, so
that its answers go through the same validation, grounding and merging. It knows no domain:
categories, values, negators and vetoes are content (`schemas/<schema>.lexicon.toml`, read by
`annotate.lexicon.rules`), in the cue language of `annotate.lexicon.cues`.

How a unit is read (rules 1 to 4 are in `statements`, 5 in `values`, 6 in `polarity`):

1. Headings, stems, units that hold an `ignore` cue and those below an `ignore_headings` cue state
   nothing.
2. A category applies where one of its `cues` stands in the unit, outside its `except` phrases, and
   none of its `vetoes`; below one of its `headings`, its `weak` cues do as well.
3. An item that is not a sentence of its own (`opens_sentence`, `verbs`) inherits from its innermost
   stem that has a category (`stems`, `cues`), else from its lead-in, else from its nearest heading
   (`headings`).
4. A category `joins` another whose cue is followed by a mark, and can hide others (`hides`, only if
   one of `hides_if` stands there), but not those that hold one of their `keeps`.
5. An attribute takes the values whose cues stand in the unit, else in what it inherits from, else
   `_silent`. Of two short phrases, one inside the other, the longer counts.
6. What is past, asked, supposed or said of others is not stated, unless what follows settles it
   ("Do we sell data? No."); the rest is affirmed or denied. An item is read with the lead-in that
   it completes ("We will never:"), and `_negation` says so.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.annotator import ChunkResult, entry_of
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation, Unit
from annotate.errors import AnnotateError, UsageError
from annotate.grounding.ground import ground
from annotate.ledger import Entry
from annotate.lexicon.lexicon import Lexicon
from annotate.lexicon.statements import StatementReader
from annotate.lexicon.values import fill
from annotate.project.settings import LEXICON
from annotate.project.tasks import Task
from annotate.runs.reader import DEFAULT_READS
from annotate.schema.categories import Schema

_BETWEEN = 8  # characters between two units of a list: line ends, indent and marker


def answer(lexicon: Lexicon, chunk: Chunk, segmentation: Segmentation) -> list[dict[str, Any]]:
    """Return what a chunk states, in the form of a model's answer and in text order."""
    return [item for _, item in _answered(lexicon, chunk, segmentation)]


def _answered(
    lexicon: Lexicon, chunk: Chunk, segmentation: Segmentation
) -> Iterator[tuple[Unit, dict[str, Any]]]:
    """Yield each statement of a chunk with the unit that it was read in."""
    reader = StatementReader(lexicon, segmentation)
    for unit in (segmentation.units[index] for index in chunk.units):
        if (read := reader.read(unit)) is not None:
            for statement in read.statements:
                for item in fill(read, statement, lexicon.rules[statement.tag]):
                    yield unit, item


def _united(ranges: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """Yield ranges in text order as one where little stands between them, such as a line end."""
    last: tuple[int, int] | None = None
    for start, end in ranges:
        if last is not None and start - last[1] <= _BETWEEN:
            last = last[0], end
        else:
            if last is not None:
                yield last
            last = start, end
    if last is not None:
        yield last


class LexiconAnnotator:
    """The lexicon as an annotator; never fails, costs nothing, says the same each time."""

    stopped: AnnotateError | None = None
    at_once = 1

    def __init__(self, lexicon: Lexicon, schema: Schema) -> None:
        self._lexicon = lexicon
        self._schema = schema

    async def annotate(
        self, chunk: Chunk, segmentation: Segmentation, document: str, repeat: int
    ) -> ChunkResult:
        """Annotate by cues what is in a language of the lexicon, and abstain from the rest."""
        foreign = self._foreign(chunk, segmentation)
        answered = [
            (unit, item)
            for unit, item in _answered(self._lexicon, chunk, segmentation)
            if unit.index not in foreign
        ]
        units, items = [unit for unit, _ in answered], [item for _, item in answered]
        accepted, rejected = ground(items, chunk, segmentation, self._schema, document, units)
        entry = entry_of(chunk, document, accepted, rejected)
        if foreign:
            entry = self._abstained(entry, chunk, segmentation, foreign)
        return ChunkResult(entry, accepted, rejected)

    def _foreign(self, chunk: Chunk, segmentation: Segmentation) -> dict[int, str]:
        """Return the units that could state something in another language, and in which one."""
        languages = segmentation.languages
        beyond = languages.beyond(self._lexicon.languages)
        if not beyond:
            return {}
        states = (unit for unit in map(segmentation.units.__getitem__, chunk.units) if unit.states)
        found = ((unit.index, languages.at(unit.start)) for unit in states)
        return {index: language for index, language in found if language in beyond}

    def _abstained(
        self, entry: Entry, chunk: Chunk, segmentation: Segmentation, foreign: Mapping[int, str]
    ) -> Entry:
        units = [segmentation.units[index] for index in chunk.units]
        read = any(unit.states and unit.index not in foreign for unit in units)
        note = (
            f"is written in {', '.join(dict.fromkeys(foreign.values()))}, and the lexicon reads "
            f"{', '.join(self._lexicon.languages)} only; name a --model"
        )
        ranges = ((u.start, u.end) for u in units if u.index in foreign)
        return replace(
            entry, status="abstained", note=note, unread=tuple(_united(ranges)) if read else ()
        )

    @property
    def identity(self) -> dict[str, JsonValue]:
        """Nothing is found out while it runs."""
        return {}

    def sent(self) -> list[JsonValue]:
        """Nothing: cues are looked for in this process."""
        return []

    async def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class LexiconSpecification:
    """A run with the lexicon of a task.

    Attributes:
        fingerprint: SHA-256 of the lexicon's file.
    """

    lexicon: Lexicon
    schema: Schema
    fingerprint: str

    @property
    def identity(self) -> dict[str, JsonValue]:
        """What makes the run this one."""
        identity: dict[str, JsonValue] = {"model": LEXICON, "lexicon": self.fingerprint}
        if self.lexicon.languages != DEFAULT_READS:  # as runs that were made before there were any
            identity["reads"] = list(self.lexicon.languages)
        return identity

    def open(self, folder: Path | None = None) -> LexiconAnnotator:
        """Return the annotator; nothing of it stands in the folder of the run."""
        return LexiconAnnotator(self.lexicon, self.schema)


def lexicon_specification(task: Task) -> LexiconSpecification:
    """Return what a run with the lexicon of `task` is.

    Raises:
        UsageError: where the task has no lexicon.
        ProjectError: where it cannot be used.
    """
    if task.lexicon is None:
        raise UsageError(
            f"task {task.name} has no lexicon for the offline baseline; "
            f"write schemas/{task.name}.lexicon.toml, or name a --model"
        )
    lexicon = Lexicon.load(task.lexicon, task.schema)
    fingerprint = hashlib.sha256(task.lexicon.read_bytes()).hexdigest()
    return LexiconSpecification(lexicon, task.schema, fingerprint)
