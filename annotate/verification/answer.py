"""What the answer to a verification has to look like, and what one entry of it says."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotate.annotation import Annotation, Verdict, Verification
from annotate.schema.strict import strict_schema
from annotate.schema.vocabulary import singles, word_of

NOTHING = "null"
"""The word for what an annotation does not state."""

_LONGEST_REASON = 300  # characters that are kept
_LONGEST_NAMED = 60
_MOST_LISTED = 20


class _Value(BaseModel):
    """One value of one attribute."""

    model_config = ConfigDict(extra="forbid")

    attribute: str
    value: str


class _Entry(BaseModel):
    """What is said of one annotation."""

    model_config = ConfigDict(extra="forbid")

    number: int = Field(description="The number of the annotation.")
    reason: str = Field(description="Why, in a few words.")
    verdict: Verdict = Field(description="Whether the words support the annotation.")
    values: list[_Value] = Field(description="With `partly`, the values that are not supported.")


class Annotations(BaseModel):
    """What is said of the annotations that were asked about: one entry for each number."""

    model_config = ConfigDict(extra="forbid")

    annotations: list[_Entry]


class AnswerForm:
    """The form of an answer, which is the same for every task."""

    reply_model = Annotations

    @cached_property
    def json_schema(self) -> dict[str, Any]:
        """The JSON schema of an answer, inside the limits of OpenAI's strict mode."""
        return strict_schema(self.reply_model.model_json_schema())

    @cached_property
    def fingerprint(self) -> str:
        """SHA-256 over the JSON schema."""
        return hashlib.sha256(json.dumps(self.json_schema, sort_keys=True).encode()).hexdigest()


FORM = AnswerForm()
"""The one form that there is."""


@dataclass(frozen=True, slots=True)
class Answered:
    """What one entry of an answer says.

    Attributes:
        number: of the annotation; None where the entry names none.
        verification: what is said of it, None where the entry cannot be used.
        problems: why, in sentences that a model can act on.
    """

    number: int | None
    verification: Verification | None
    problems: tuple[str, ...] = ()


def read_entry(item: Any, asked: Mapping[int, Annotation]) -> Answered:
    """Read one entry of an answer about annotations, by their numbers."""
    number = _number(item)
    try:
        entry = _Entry.model_validate(item)
    except ValidationError as error:
        return Answered(number, None, tuple(_said(error)))
    annotation = asked.get(entry.number)
    if annotation is None:
        known = f"1 to {len(asked)}"
        return Answered(None, None, (f"number: {entry.number} was not asked, there is {known}",))
    values, problems = _values(entry.values, annotation)
    if entry.verdict == "partly" and not entry.values:
        problems.append("values: name those that are not supported, or choose another verdict")
    if entry.verdict == "supported" and entry.values:
        problems.append("values: the verdict supported names none; leave them out or say partly")
    reason = " ".join(entry.reason.split())
    if entry.verdict != "supported" and not reason:
        problems.append("reason: missing, say why in a few words")
    if problems:
        return Answered(entry.number, None, tuple(problems))
    return Answered(entry.number, Verification(entry.verdict, values, _short(reason)))


def _number(item: Any) -> int | None:
    number = item.get("number") if isinstance(item, Mapping) else None
    return number if isinstance(number, int) and not isinstance(number, bool) else None


def _values(
    named: Iterable[_Value], annotation: Annotation
) -> tuple[dict[str, tuple[str, ...]], list[str]]:
    """Return the values of an annotation that an entry names, and what it names besides."""
    found: dict[str, tuple[str, ...]] = {}
    problems = []
    for each in named:
        name = each.attribute
        if name not in annotation.attributes:
            known = ", ".join(annotation.attributes) or "none"
            problems.append(f"values: {_brief(name)} is no attribute of it, it has {known}")
            continue
        stated = stated_values(annotation, name)
        value = next((v for v in stated if v.casefold() == each.value.strip().casefold()), None)
        if value is None:
            known = ", ".join(_brief(v) for v in stated[:_MOST_LISTED])
            problems.append(
                f"values: {name} does not state {_brief(each.value)}, it states {known}"
            )
        elif value not in found.get(name, ()):
            found[name] = (*found.get(name, ()), value)
    return found, problems


def stated_values(annotation: Annotation, attribute: str) -> list[str]:
    """Return what an annotation states of an attribute, each value as a text."""
    return [word_of(each) for each in singles(annotation.attributes[attribute])] or [NOTHING]


def _said(error: ValidationError) -> Iterator[str]:
    for detail in error.errors(include_url=False, include_context=False, include_input=False):
        place = ".".join(str(part) for part in detail["loc"]) or "the entry"
        yield f"{place}: {detail['msg']}"


def _short(text: str) -> str:
    return text if len(text) <= _LONGEST_REASON else text[: _LONGEST_REASON - 1] + "…"


def _brief(word: str) -> str:
    shown = word if len(word) <= _LONGEST_NAMED else word[: _LONGEST_NAMED - 1] + "…"
    return json.dumps(shown, ensure_ascii=False)
