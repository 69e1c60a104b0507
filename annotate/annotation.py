"""One typed statement about a document, with the characters that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal, get_args

from pydantic import JsonValue

Grounding = Literal["exact", "folded", "fuzzy"]
"""How a quote was found: letter by letter; with white space, quotes, dashes, case and Markdown
marks folded; or but for two neighbouring consonants swapped inside one long word."""


Choice = Literal["only", "context", "unit", "order", "ambiguous"]
"""Why a citation stands for this place: its words stand nowhere else; the lead-in or heading that
was cited with it stands above this place alone; it is a whole sentence or item at this place alone;
what the answer cites before and after it, or once for each place, leaves this one; nothing tells
the places apart, and it took the next one."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What was cited for an annotation, and where it was found.

    Attributes:
        quote: the words as they were cited.
        start, end: where they stand in the document, in code points, half-open.
        grounding: how they were found.
        chunk: index of the chunk that was read.
        places: at how many places of the chunk they stand: whole sentences and items are counted
            where the schema declares them as its unit.
        choice: why this place was taken.
    """

    quote: str
    start: int
    end: int
    grounding: Grounding
    chunk: int
    places: int = 1
    choice: Choice = "only"


Verdict = Literal["supported", "partly", "unsupported"]
"""Whether the words state what an annotation says: all of it, all but some of its values, or not
even the category."""


@dataclass(frozen=True, slots=True)
class Verification:
    """What a model said when it was asked whether an annotation holds.

    Attributes:
        verdict: the answer.
        values: by attribute the values that the words do not support, each as a text; "null" for
            an attribute of which something is stated where the annotation says nothing.
        reason: why, in the model's words; "" where it said none.
    """

    verdict: Verdict
    values: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    reason: str = ""

    def to_json(self) -> dict[str, JsonValue]:
        """Return it as it stands in the row of its annotation."""
        row: dict[str, JsonValue] = {"verdict": self.verdict}
        if self.values:
            row["values"] = {name: list(each) for name, each in self.values.items()}
        if self.reason:
            row["reason"] = self.reason
        return row

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Verification:
        """Read it from the row of an annotation.

        Raises:
            TypeError, ValueError: where it is none.
        """
        _check_fields({"verification": row}, {"verification": Mapping})
        if row.get("verdict") not in VERDICTS:
            raise ValueError(f"verdict {row.get('verdict')!r:.40} is unknown")
        values, reason = row.get("values", {}), row.get("reason", "")
        _check_fields({"values": values, "reason": reason}, {"values": Mapping, "reason": str})
        lists = values.values()
        if not all(isinstance(e, list) and all(isinstance(v, str) for v in e) for e in lists):
            raise TypeError("values does not hold lists of texts")
        return cls(row["verdict"], {name: tuple(each) for name, each in values.items()}, reason)


@dataclass(frozen=True, slots=True)
class Annotation:
    """A category with its attributes on one span: `text[start:end] == quote` always holds.

    Attributes:
        document: id of the document.
        attributes: the values of the category's attributes as JSON; sets are lists in the order of
            their definition.
        evidence: the citations that it stands on, in text order; more than one after a merge.
        confidence: how sure whoever made it is of it, from 0 to 1; None where nobody says.
        value_confidence: the same of its values, by attribute and value, each value as the words
            that the scores compare; values of which nobody says it are left out.
        verification: what a model said when it was asked whether it holds; None where none was.
    """

    document: str
    start: int
    end: int
    category: str
    attributes: Mapping[str, JsonValue]
    quote: str
    evidence: tuple[Evidence, ...]
    confidence: float | None = None
    value_confidence: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    verification: Verification | None = None

    @property
    def grounding(self) -> Grounding:
        """How the citation that was found least exactly was found."""
        return max((each.grounding for each in self.evidence), key=_GROUNDINGS.index)

    @property
    def ambiguous(self) -> bool:
        """Whether its words stand elsewhere too, and no citation tells which place was meant."""
        return all(each.choice == "ambiguous" for each in self.evidence)

    def to_json(self) -> dict[str, JsonValue]:
        """Return the annotation as a row of `annotations.jsonl`."""
        return {
            "document": self.document,
            "start": self.start,
            "end": self.end,
            "category": self.category,
            "attributes": dict(self.attributes),
            "quote": self.quote,
            "evidence": [_evidence_row(each, self) for each in self.evidence],
            **self.certainty(),
        }

    def certainty(self) -> dict[str, JsonValue]:
        """Return what is said of how sure it is, as its row does; what nobody says is left out."""
        row: dict[str, JsonValue] = {}
        if self.confidence is not None:
            row["confidence"] = self.confidence
        if self.value_confidence:
            row["value_confidence"] = {n: dict(each) for n, each in self.value_confidence.items()}
        if self.verification is not None:
            row["verification"] = self.verification.to_json()
        return row

    def flat_certainty(self) -> dict[str, JsonValue]:
        """Return the same with a name for each part of the verification, for formats of columns."""
        row = self.certainty()
        if self.verification is not None:
            said = self.verification.to_json()
            row |= {f"{VERIFICATION}.{name}": said.get(name) for name in VERIFICATION_PARTS}
            del row[VERIFICATION]
        return row

    @classmethod
    def from_json(cls, row: Mapping[str, Any]) -> Annotation:
        """Read a row of `annotations.jsonl`.

        Raises:
            KeyError: where a field is missing.
            TypeError, ValueError: where one holds something else. Offsets need not be in a text.
        """
        _check_fields(row, {"document": str, "category": str, "quote": str, "attributes": dict})
        _check_fields(row, {"start": int, "end": int, "evidence": list})
        if not row["evidence"]:
            raise ValueError("evidence is empty")
        for each in row["evidence"]:
            _check_fields(each, {"start": int, "end": int, "chunk": int})
            if each["grounding"] not in _GROUNDINGS:
                raise ValueError(f"grounding {each['grounding']!r:.40} is unknown")
            _check_choice(each)
        check_certainty(row)
        start, quote = row["start"], row["quote"]
        evidence = tuple(
            Evidence(
                each.get("quote", quote[each["start"] - start : each["end"] - start]),
                each["start"],
                each["end"],
                each["grounding"],
                each["chunk"],
                each.get("places", 1),
                each.get("choice", "only"),
            )
            for each in row["evidence"]
        )
        return cls(
            row["document"],
            start,
            row["end"],
            row["category"],
            row["attributes"],
            quote,
            evidence,
            row.get("confidence"),
            row.get("value_confidence", {}),
            Verification.from_json(row["verification"]) if row.get("verification") else None,
        )


_GROUNDINGS = get_args(Grounding)
CHOICES: tuple[Choice, ...] = get_args(Choice)
"""From the surest to the one that is a guess."""
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
UNANSWERED = "unanswered"
"""What stands for a verdict where there is none."""
VERIFICATION = "verification"
VERIFICATION_PARTS = ("verdict", "values", "reason")
CERTAINTY = ("confidence", "value_confidence", VERIFICATION)
"""The fields that say how sure an annotation is; rows of most runs have none of them."""
FLAT_CERTAINTY = (*CERTAINTY[:2], *(f"{VERIFICATION}.{name}" for name in VERIFICATION_PARTS))
"""The same as columns."""
_FURTHEST = 1 << 53  # beyond it, other tools that read JSON lose digits


def _check_fields(row: Mapping[str, Any], kinds: Mapping[str, type]) -> None:
    for name, kind in kinds.items():
        value = row[name]
        if not isinstance(value, kind) or isinstance(value, bool):  # True would pass for 1
            raise TypeError(f"{name} is not of type {kind.__name__}")
        if isinstance(value, int) and abs(value) > _FURTHEST:
            raise ValueError(f"{name} is larger than any text")


def _check_choice(row: Mapping[str, Any]) -> None:
    """Check what rows have whose words stand at several places, and no row of older versions."""
    if row.keys() & {"places", "choice"}:
        _check_fields(row, {"places": int, "choice": str})
        if row["choice"] not in CHOICES:
            raise ValueError(f"choice {row['choice']!r:.40} is unknown")


def check_certainty(row: Mapping[str, Any]) -> None:
    """Check what a row says of how sure it is; most rows say nothing.

    Raises:
        TypeError, ValueError: where a confidence is no number from 0 to 1.
    """
    if row.get("confidence") is not None:
        _check_share("confidence", row["confidence"])
    said = row.get("value_confidence", {})
    if not isinstance(said, Mapping) or not all(isinstance(v, Mapping) for v in said.values()):
        raise TypeError("value_confidence does not hold attributes with their values")
    for values in said.values():
        for confidence in values.values():
            _check_share("value_confidence", confidence)
    if row.get("verification") is not None:
        Verification.from_json(row["verification"])


def _check_share(name: str, value: object) -> None:
    if not isinstance(value, int | float) or isinstance(value, bool):
        raise TypeError(f"{name} is not a number")
    if not 0 <= value <= 1:  # also where it is not a number to compute with
        raise ValueError(f"{name} is not from 0 to 1")


def _evidence_row(evidence: Evidence, annotation: Annotation) -> dict[str, JsonValue]:
    """Leave out the words where they are those of the text, and what says that they stand once."""
    row: dict[str, JsonValue] = {
        "start": evidence.start,
        "end": evidence.end,
        "grounding": evidence.grounding,
        "chunk": evidence.chunk,
    }
    if evidence.places > 1:
        row |= {"places": evidence.places, "choice": evidence.choice}
    printed = annotation.quote[evidence.start - annotation.start : evidence.end - annotation.start]
    return row if evidence.quote == printed else {**row, "quote": evidence.quote}
