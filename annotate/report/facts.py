"""Facts across documents: what of all that a schema can state each document states.

A fact is a category, or a value of one of its attributes: the facts by which a document is scored.
A document states it, says that it is not so, says both in different places, or is silent on it;
where not all was read, or an answer was refused that could state it, nobody knows. What a statement
says that it denies is denied with all its values.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, get_args

from annotate.annotation import Annotation
from annotate.report.sentences import Sentences
from annotate.runs.found import found_in, shows_silence
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.schema.attributes import Attribute, attributes_of
from annotate.scoring.facts import Fact
from annotate.scoring.intervals import wilson_interval
from annotate.scoring.labels import stated

State: TypeAlias = Literal["stated", "denied", "both", "silent", "unknown"]
"""What a document says of a fact."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What one document says of one fact.

    Attributes:
        values: what an attribute with open values states, in the order of the text.
    """

    state: State
    values: tuple[str, ...] = ()


_PLAIN: Mapping[State, Stance] = {state: Stance(state) for state in get_args(State)}
"""One of each for all documents: a matrix has very many cells."""


@dataclass(frozen=True, slots=True)
class Count:
    """How many documents state a fact.

    Attributes:
        known: how many there are of which it is known.
        interval: of the share that states it, over documents like these, at 95%.
    """

    stated: int
    denied: int
    known: int

    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's interval of the share that states it; None where nothing is known."""
        return wilson_interval(self.stated, self.known)


@dataclass(frozen=True)
class Matrix:
    """What each document says of each fact.

    Attributes:
        facts: of the schema, in its order; where it is not at hand, those that were found.
        documents: their ids, in the order of the run.
        rows: by document, a stance for each fact.
    """

    facts: tuple[Fact, ...]
    documents: tuple[str, ...]
    rows: tuple[tuple[Stance, ...], ...]

    def count(self, position: int) -> Count:
        """Return how many documents state the fact at a position."""
        states = [row[position].state for row in self.rows]
        return Count(
            sum(state in ("stated", "both") for state in states),
            sum(state in ("denied", "both") for state in states),
            sum(state != "unknown" for state in states),
        )


def matrix_of(run: Run, sentences: Sentences, chosen: Selection) -> Matrix:
    """Return what the chosen documents of a run say of each fact of the chosen categories.

    Raises:
        RunError: where the run is damaged.
    """
    facts = _facts(run, sentences, chosen)
    documents, rows = [], []
    for found in found_in(run, chosen):
        # If nothing had been found, on which categories would it be silent?
        known = {each for each in found.silence(()).silent if shows_silence(chosen, each)}
        said = _Said(chosen.of(found.annotations), sentences)
        documents.append(found.document.id)
        rows.append(tuple(said.of(fact, known) for fact in facts))
    return Matrix(facts, tuple(documents), tuple(rows))


def _facts(run: Run, sentences: Sentences, chosen: Selection) -> tuple[Fact, ...]:
    found: dict[Fact, None] = {}
    categories = run.schema.categories if run.schema else {}
    for tag, model in categories.items():
        found[Fact(tag)] = None
        for attribute in attributes_of(model):
            # Whether a statement denies is said by the cells, unless there is a third way.
            if attribute.name not in sentences.file.denied or len(attribute.values or ()) > 2:
                found.update(dict.fromkeys(_of_attribute(tag, attribute)))
    if not categories:
        for each in chosen.of(run.annotations()):
            found[Fact(each.category)] = None
            found.update(dict.fromkeys(_observed(each)))
        return tuple(sorted(found))
    return tuple(f for f in found if not chosen.categories or f.category in chosen.categories)


def _of_attribute(tag: str, attribute: Attribute) -> Iterator[Fact]:
    if attribute.values is not None:
        yield from (Fact(tag, attribute.name, str(value)) for value in attribute.values)
    else:
        yield Fact(tag, attribute.name)


def _observed(annotation: Annotation) -> Iterator[Fact]:
    for name, value in annotation.attributes.items():
        if stated(value):
            yield Fact(annotation.category, name)


class _Said:
    """What the statements of one document say."""

    def __init__(self, found: Iterable[Annotation], sentences: Sentences) -> None:
        self._sides: dict[Fact, set[bool]] = {}
        self._values: dict[Fact, dict[str, None]] = {}
        for each in found:
            denied = sentences.denies(each.attributes)
            self._sides.setdefault(Fact(each.category), set()).add(denied)
            for name, value in each.attributes.items():
                for word in sorted(stated(value)):
                    whole = Fact(each.category, name)
                    self._sides.setdefault(Fact(each.category, name, word), set()).add(denied)
                    self._sides.setdefault(whole, set()).add(denied)
                    self._values.setdefault(whole, {})[word] = None

    def of(self, fact: Fact, known: Collection[str]) -> Stance:
        sides = self._sides.get(fact)
        if sides is None:
            return _PLAIN["silent" if fact.category in known else "unknown"]
        state: State = "both" if len(sides) == 2 else "denied" if True in sides else "stated"
        is_open = fact.attribute and not fact.value
        return Stance(state, tuple(self._values[fact])) if is_open else _PLAIN[state]
