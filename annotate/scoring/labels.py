"""Labels: what scoring sees of an annotation, and the span on which two of them are compared.

Knows spans and values, no text beyond the edges of a span and no schema.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol, TypeAlias

from pydantic import JsonValue

from annotate.errors import UsageError

Status = Literal["required", "optional"]
"""Whether gold must be found, or may be."""

Texts: TypeAlias = Mapping[str, str | None]
"""The documents in scope and their texts; None where spans are to be compared as they are."""


class Spanned(Protocol):
    """A category with its attributes on some words of a document."""

    @property
    def start(self) -> int:
        """First character."""

    @property
    def end(self) -> int:
        """Behind the last character."""

    @property
    def category(self) -> str:
        """What it states."""

    @property
    def attributes(self) -> Mapping[str, JsonValue]:
        """The particulars."""


class Statement(Spanned, Protocol):
    """What a label is made of: annotations of a run and those of gold both are statements."""

    @property
    def document(self) -> str:
        """Id of the document."""


@dataclass(frozen=True, slots=True)
class Label:
    """What scoring sees of an annotation.

    Attributes:
        document: id of the document.
        start, end: code points, half-open. Where `start >= end` the label has no place in the text:
            it pairs with nothing, and still counts as an annotation.
        attributes: the values of each attribute as text; an empty set where nothing is stated.
        status: of gold; predictions are all "required".
    """

    document: str
    start: int
    end: int
    category: str
    attributes: Mapping[str, frozenset[str]] = field(default_factory=dict)
    status: Status = "required"

    @classmethod
    def of(cls, statement: Statement, status: Status = "required") -> Label:
        """Make a label of an annotation."""
        values = {name: stated(value) for name, value in statement.attributes.items()}
        return cls(
            statement.document, statement.start, statement.end, statement.category, values, status
        )

    @property
    def size(self) -> int:
        """The number of values that it states."""
        return sum(map(len, self.attributes.values()))


def stated(value: JsonValue) -> frozenset[str]:
    """Return what a JSON value states; null, false and an empty list state nothing."""
    if isinstance(value, str):
        return frozenset((value,))
    if value is None or value is False:
        return frozenset()
    values = value if isinstance(value, list) else [value]
    return frozenset(v if isinstance(v, str) else json.dumps(v, sort_keys=True) for v in values)


def shared_values(first: Label, second: Label) -> int:
    """Count the (attribute, value) tuples that two labels have in common."""
    others = second.attributes
    shared = 0
    for name, values in first.attributes.items():
        if name in others:
            shared += len(values & others[name])
    return shared


def differing(first: Label, second: Label) -> list[str]:
    """Return the attributes of which two labels state other values, those of the first first."""
    nothing: frozenset[str] = frozenset()
    one, other = first.attributes, second.attributes
    names = dict.fromkeys([*one, *other])
    return [name for name in names if one.get(name, nothing) != other.get(name, nothing)]


def trim(labels: Iterable[Label], texts: Texts) -> list[Label]:
    """Return the labels on the spans to compare: without edge white space and edge punctuation.

    A span of nothing else stays as it is. One that the text does not have becomes [0, 0).

    Raises:
        UsageError: where a label's document is not in `texts`.
    """
    try:
        return [_trimmed(label, texts[label.document]) for label in labels]
    except KeyError as error:
        raise UsageError(
            f"{error.args[0]}: is labelled and is not one of the documents to score; score the "
            "documents that both sides have"
        ) from None


def _trimmed(label: Label, text: str | None) -> Label:
    start, end = label.start, label.end
    if not 0 <= start < end or (text is not None and end > len(text)):
        return _moved(label, 0, 0)
    if text is None:
        return label
    while start < end and _AT_EDGE[text[start]]:
        start += 1
    while start < end and _AT_EDGE[text[end - 1]]:
        end -= 1
    unchanged = start == end or (start == label.start and end == label.end)
    return label if unchanged else _moved(label, start, end)


def _moved(label: Label, start: int, end: int) -> Label:
    """Do what `dataclasses.replace` does, three times as fast."""
    return Label(label.document, start, end, label.category, label.attributes, label.status)


class _Characters(dict[str, bool]):
    """Tells white space (also of no width) and punctuation from what carries a span."""

    def __missing__(self, character: str) -> bool:
        self[character] = found = (
            character.isspace()
            or character in "\u200b\ufeff`"
            or unicodedata.category(character).startswith("P")
        )
        return found


_AT_EDGE = _Characters()
