"""Find out whether what proves a statement is a whole sentence or list item, in examples.

A few quotes that are parts of one decide nothing: they are widened as a run would widen them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from annotate.documents.units import Unit
from annotate.drafting.examples import Examples, ExampleText, Statement
from annotate.drafting.problems import listed, shown

_MOST_PARTS = 0.1  # of the quotes, among which all others are whole
_SHOWN = 80  # characters of a sentence


@dataclass(frozen=True, slots=True)
class Wholes:
    """Examples with the unit that their quotes have.

    Attributes:
        examples: with whole quotes, where `whole` is true.
        whole: whether a quote stands for the sentences or list items that it touches.
        remarks: what quotes were no whole ones, and what became of them.
    """

    examples: Examples
    whole: bool
    remarks: tuple[str, ...]


def find_wholes(examples: Examples) -> Wholes:
    """Return the examples with their unit: whole sentences where nine of ten quotes are."""
    parts = [each for text in examples.texts for each in _parts(text)]
    if not parts:
        return Wholes(examples, whole=True, remarks=())
    if len(parts) > _MOST_PARTS * len(examples.statements):
        lines = listed([part.statement.line for part in parts])
        first = parts[0]
        one = f"; the sentence of line {first.statement.line} is: {first.shown}" * bool(first.shown)
        said = (
            f"quotes stand for themselves: no whole sentence or list item is that of {lines}{one}"
        )
        return Wholes(examples, whole=False, remarks=(said,))
    whole = {id(part.statement): part.widened for part in parts}
    texts = tuple(
        replace(text, statements=tuple(whole.get(id(each), each) for each in text.statements))
        for text in examples.texts
    )
    remarks = [
        f"line {part.statement.line}: its quote is taken as a whole, as those of other lines are; "
        f"the sentence there is: {part.shown}"
        for part in parts
        if part.widened != part.statement
    ]
    return Wholes(replace(examples, texts=texts), whole=True, remarks=tuple(remarks))


@dataclass(frozen=True, slots=True)
class _Part:
    """A statement whose quote is not one whole unit, with the units that it touches."""

    text: str
    statement: Statement
    units: Sequence[Unit]

    @property
    def widened(self) -> Statement:
        """Return it with whole units; as it is where it touches none that states something."""
        if not self.units:
            return self.statement
        return replace(self.statement, start=self.units[0].start, end=self.units[-1].end)

    @property
    def shown(self) -> str:
        if not self.units:
            return ""
        return shown(self.text[self.units[0].start : self.units[-1].end], _SHOWN)


def _parts(text: ExampleText) -> Iterator[_Part]:
    units = [unit for unit in text.document.segmentation.units if unit.states]
    borders = {(unit.start, unit.end) for unit in units}
    for each in text.statements:
        if (each.start, each.end) not in borders:
            yield _Part(text.text, each, [*filter(each.touches, units)])
