"""The offline baseline: a deterministic annotator that works by the cues of a lexicon file.

It is the floor that a prompt has to beat, and it answers in the form a language model would, so
that its answers go through the same validation, grounding and merging. It knows no domain:
categories, values, negators and vetoes are content (`schemas/<schema>.lexicon.toml`, read by
`annotate.lexicon.rules`), in the cue language of `annotate.lexicon.cues`.

How a unit is read (rules 1 to 4 are in `statements`, 5 and 6 in `values` and `matches`):

1. Headings, stems, units that hold an `ignore` cue and those below an `ignore_headings` cue state
   nothing.
2. A category applies where one of its `cues` stands in the unit, outside its `except` phrases, and
   none of its `vetoes`; below one of its `headings`, its `weak` cues do as well.
3. An item that is not a sentence of its own inherits from its innermost stem that has a category
   (`stems`, `cues`), else from its lead-in, else from its nearest heading (`headings`).
4. A category `joins` another whose cue is followed by a mark, and can hide others (`hides`, only if
   one of `hides_if` stands there), but not those that hold one of their `keeps`.
5. An attribute takes the values whose cues stand in the unit, else in what it inherits from, else
   `_silent`. Of two short phrases, one inside the other, the longer counts.
6. `_negation` looks for a negator before the cue in the same clause. A condition ("unless you
   agree") lifts it, `keeps_negation` ("unless required by law") does not.
"""

from __future__ import annotations

from typing import Any

from annotate.annotator import ChunkResult, entry_of
from annotate.documents.chunking import Chunk
from annotate.documents.units import Segmentation
from annotate.errors import AnnotateError
from annotate.grounding.ground import ground
from annotate.lexicon.lexicon import Lexicon
from annotate.lexicon.statements import StatementReader
from annotate.lexicon.values import fill
from annotate.schema.categories import Schema


def answer(lexicon: Lexicon, chunk: Chunk, segmentation: Segmentation) -> list[dict[str, Any]]:
    """Return what a chunk states, in the form of a model's answer and in text order."""
    reader = StatementReader(lexicon, segmentation)
    units = (reader.read(segmentation.units[index]) for index in chunk.units)
    return [
        item
        for unit in units
        if unit is not None
        for statement in unit.statements
        for item in fill(unit, statement, lexicon.rules[statement.tag])
    ]


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
        """Annotate by cues."""
        items = answer(self._lexicon, chunk, segmentation)
        accepted, rejected = ground(items, chunk, segmentation, self._schema, document)
        return ChunkResult(entry_of(chunk, document, accepted, rejected), accepted, rejected)

    async def close(self) -> None:
        """Nothing is open."""
