"""What stands on a text: annotations of one or more layers, each with what is known about it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field

from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.documents.document import Document
from annotate.formatting import visible
from annotate.gold.store import GoldAnnotation
from annotate.viewer.layout import Span
from annotate.viewer.legend import Legend, stated


@dataclass(frozen=True, slots=True)
class Kind:
    """An outcome in the words of a reader.

    Attributes:
        sign: one or two characters that tell it from the others without colour.
        error: whether a reader who looks for errors stops at it.
        change: whether one who looks for what changed does.
    """

    name: str
    label: str
    sign: str
    explained: str
    error: bool = False
    change: bool = False

    def to_json(self) -> JsonValue:
        """Return the outcome as JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Layer:
    """Who made marks, and where they are drawn.

    Attributes:
        above: whether its lines run above the words and its tags stand left of them; otherwise
            below, and right.
        column: which column of tags it has on its side, from 1.
        faint: whether its lines are pale, beside those of another layer on the same side.
    """

    name: str
    above: bool = False
    column: int = 1
    faint: bool = False

    def to_json(self) -> JsonValue:
        """Return the layer as JSON."""
        side = "left" if self.above else "right"
        return {"name": self.name, "side": side, "column": self.column, "faint": self.faint}


@dataclass(frozen=True, slots=True)
class Mark:
    """One annotation as a page shows it.

    Attributes:
        layer: position among the layers of the page.
        quote: the words that it claims to stand on.
        evidence: what was cited for it; none for gold.
        key: names it for the `partners` of others.
        outcome: what became of it, one of the page's outcomes; "" where nothing is known.
        partners: keys of what it was paired with; the first layer speaks for a pair.
        differs: attributes in which it differs from its partner.
        facts: what else there is to say about it, as names and texts.
        decided: what a review says of it; {} where there is none.
    """

    layer: int
    start: int
    end: int
    category: str
    attributes: Mapping[str, JsonValue]
    quote: str
    key: Hashable
    evidence: tuple[Evidence, ...] = ()
    outcome: str = ""
    partners: tuple[Hashable, ...] = ()
    differs: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    decided: Mapping[str, JsonValue] = field(default_factory=dict)


def predicted(annotation: Annotation, key: Hashable, layer: int = 0) -> Mark:
    """Return an annotation of a run as a mark without an outcome."""
    return Mark(
        layer,
        annotation.start,
        annotation.end,
        annotation.category,
        annotation.attributes,
        annotation.quote,
        key,
        annotation.evidence,
        facts=tuple(certainty(annotation)),
    )


def certainty(annotation: Annotation) -> Iterator[tuple[str, str]]:
    """Yield how sure an annotation and its values are, and what a verification said of it."""
    if annotation.confidence is not None:
        yield "confidence", f"{annotation.confidence:.2f}"
    for name, values in annotation.value_confidence.items():
        yield f"confidence, {name}", ", ".join(f"{v} {c:.2f}" for v, c in values.items())
    if (said := annotation.verification) is not None:
        yield "verdict", said.verdict
        for name, unsupported in said.values.items():
            yield f"not supported, {name}", ", ".join(unsupported)
        if said.reason:
            yield "reason", said.reason


def labelled(gold: GoldAnnotation, key: Hashable, layer: int) -> Mark:
    """Return an annotation of gold as a mark without an outcome."""
    place = gold.start, gold.end, gold.category
    return Mark(layer, *place, gold.attributes, gold.quote, key)


def in_order(marks: Sequence[Mark], legend: Legend) -> list[Mark]:
    """Return marks by their start, longer ones first, then in the order of the schema."""
    return sorted(marks, key=lambda m: (m.start, -m.end, legend.places[m.category], m.layer))


def spans(marks: Sequence[Mark]) -> list[Span]:
    """Return what the marks cover."""
    return [Span(mark.start, mark.end, place) for place, mark in enumerate(marks)]


def cited(marks: Sequence[Mark]) -> list[Span]:
    """Return what was cited for the marks."""
    return [
        Span(each.start, each.end, place)
        for place, mark in enumerate(marks)
        for each in mark.evidence
    ]


def rows(marks: Sequence[Mark], legend: Legend, document: Document) -> list[JsonValue]:
    """Return the marks of one document as JSON, in the order given."""
    places = {mark.key: place for place, mark in enumerate(marks)}
    return [_row(mark, places, legend, document) for mark in marks]


def _row(
    mark: Mark, places: Mapping[Hashable, int], legend: Legend, document: Document
) -> JsonValue:
    text = document.text
    row: dict[str, JsonValue] = {
        "layer": mark.layer,
        "category": legend.places[mark.category],
        "start": mark.start,
        "end": mark.end,
        "attributes": stated(mark.attributes),
    }
    optional: dict[str, JsonValue] = {
        "outcome": mark.outcome,
        "partners": [places[key] for key in mark.partners if key in places],
        "differs": [visible(name) for name in mark.differs],
        "facts": [[plain(name), plain(fact)] for name, fact in mark.facts],
        "evidence": [_evidence(each, mark, text) for each in mark.evidence],
        "pages": [each.number for each in document.pages_of(mark.start, mark.end)],
        "decided": {**mark.decided},
        "claimed": "" if text[mark.start : mark.end] == mark.quote else plain(mark.quote),
    }
    return row | {name: value for name, value in optional.items() if value}


def _evidence(evidence: Evidence, mark: Mark, text: str) -> JsonValue:
    """Return one citation: its words where they are not those of the text, and what they are there.

    `part` is what they stand for where that is less than the annotation.
    """
    printed = text[evidence.start : evidence.end]
    whole = (evidence.start, evidence.end) == (mark.start, mark.end)
    return {
        "grounding": evidence.grounding,
        "chunk": evidence.chunk,
        "start": evidence.start,
        "end": evidence.end,
        "cited": "" if evidence.quote == printed else plain(evidence.quote),
        "part": "" if whole else plain(printed),
        "places": evidence.places,
        "choice": evidence.choice,
    }


def plain(text: str) -> str:
    """Return text of a document or a model with what would steer a display made visible."""
    lines = text.replace("\r\n", "\n").replace("\t", " ").split("\n")
    return "\n".join(map(visible, lines))
