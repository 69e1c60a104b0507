"""Read the regions of one Label Studio task as annotations.

What nobody changed is taken from what the task keeps, to the last character; what somebody changed,
from the results. Offsets count code points (see the writer). Early versions counted
UTF-16 units (its issue 1347): where the words that came with a region stand there and not at the
code points, they are read so, and that is said.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.formats.annotated_document import PIECES, Span
from annotate.formats.corrections import Problem, apart, said_of_pieces, with_remarks
from annotate.formats.integers import as_pair
from annotate.formats.label_studio.configuration import (
    FURNITURE,
    LABELS,
    Control,
    controls,
    furniture_region,
    shown,
)
from annotate.formats.label_studio.source import Place
from annotate.schema.attributes import Attribute
from annotate.schema.categories import Schema

Result: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ExportedTask:
    """One task of a project, as Label Studio exports it.

    Attributes:
        place: where it stands.
        kept: what the export kept in it; {} where no export of ours wrote it.
    """

    place: Place
    document: Document
    kept: Mapping[str, Any]


class Labelling:
    """The categories and controls of a schema, by the names that results give them."""

    def __init__(self, schema: Schema) -> None:
        self.controls = controls(schema)
        self._categories = {shown(category): category for category in schema.categories}

    def category(self, label: str) -> str:
        """Return the category of a label, the label itself where there is none."""
        return self._categories.get(label, label)

    def of(self, category: str) -> Iterator[Control]:
        """Yield the controls of a category, in the order of its attributes."""
        return (each for each in self.controls.values() if each.category == category)


def read_spans(
    task: ExportedTask, results: Sequence[Result], labelling: Labelling, problems: list[Problem]
) -> tuple[Span, ...]:
    """Return the spans that a person marked in a task; what cannot be read goes to `problems`."""
    regions: dict[str, list[Result]] = {}
    layout = task.document.layout
    exported = {furniture_region(n) for n in range(len(layout.furniture) if layout else 0)}
    for result in results:
        if isinstance(result, dict) and result.get("from_name") == FURNITURE:
            region = str(result.get("id"))
            if region not in exported:
                message = "is furniture, which only the source of a document states; left out"
                place, item = task.place.of(region), as_item(result)
                problems.append(Problem(place, message, task.document.id, item, lost=False))
        elif isinstance(result, dict) and result.get("type") == "relation":
            problems.append(_relation(task, result))
        elif isinstance(result, dict) and isinstance(result.get("value"), dict):
            regions.setdefault(str(result.get("id")), []).append(result)
        else:
            message = "is not the result of a region; only regions are read"
            problems.append(Problem(str(task.place), message, task.document.id, as_item(result)))
    read = (_Region(task, *each, labelling, problems).spans() for each in regions.items())
    return tuple(span for spans in read for span in spans)


def _relation(task: ExportedTask, result: Result) -> Problem:
    first, second = (str(result.get(name)) for name in ("from_id", "to_id"))
    labels = result.get("labels")
    named = f" ({', '.join(map(str, labels))})" if isinstance(labels, list) and labels else ""
    message = (
        f"a relation{named} to region {second}; annotations here have none: say it in an attribute "
        "or the note of one of the two"
    )
    # No statement was lost with it, so that it leaves nothing of the text unknown.
    return Problem(task.place.of(first), message, task.document.id)


class _Region:
    """The results that share an id: a label on a span, and its attributes."""

    def __init__(
        self,
        task: ExportedTask,
        name: str,
        results: Sequence[Result],
        labelling: Labelling,
        problems: list[Problem],
    ) -> None:
        self.task = task
        self.place = task.place.of(name)
        self.results = results
        self._labelling = labelling
        self._problems = problems
        self._before: Mapping[str, Any] = task.kept.get("regions", {}).get(name, {})

    def spans(self) -> Iterator[Span]:
        """Yield one span per label; the first one is what was exported."""
        labelled: dict[str, list[Result]] = {}
        for result in self.results:
            labels = result["value"].get("labels") if result.get("from_name") == LABELS else None
            for label in map(str, labels if isinstance(labels, list) else ()):
                labelled.setdefault(label, []).append(result["value"])
        if not labelled:
            self._problem(self._unlabelled(), self.results)
        for label, values in labelled.items():
            pieces = sorted({piece for each in values if (piece := self._extent(each))})
            if not pieces:
                return
            category = self._labelling.category(label)
            span = pieces[0][0], max(end for _, end in pieces)
            kept, attributes = self._kept(span), self._attributes(category)
            if apart(self.task.document.text, pieces):
                kept[PIECES] = [[*piece] for piece in pieces]
                self._problem(said_of_pieces(pieces), values, lost=False)
            yield Span(*span, category, attributes, kept, self.place)
            self._before = {}  # a second label is a new annotation, without the id of the first

    def _unlabelled(self) -> str:
        if any("start" in result["value"] for result in self.results):
            return "has no label; give it one, or remove it"
        return "is about the whole text; say it in an attribute of a region, or remove it"

    def _problem(self, message: str, item: object, *, lost: bool = True) -> None:
        name = self.task.document.id
        self._problems.append(Problem(self.place, message, name, as_item(item), lost))

    def _extent(self, value: Result) -> tuple[int, int] | None:
        text, words = shown(self.task.document.text), value.get("text")
        given = value.get("start"), value.get("end")
        offsets = as_pair(given)
        if offsets and 0 <= offsets[0] <= offsets[1] <= len(text):
            untouched = [*offsets] == self._before.get("span")
            if untouched or not isinstance(words, str) or _alike(words, text[slice(*offsets)]):
                return offsets
        units = _by_units(text, *offsets) if offsets else None
        if units is not None and isinstance(words, str) and _alike(words, text[slice(*units)]):
            message = "its offsets count UTF-16 units, and were read so; look at the words"
            self._problem(message, value, lost=False)
            return units
        self._problem(f"its words do not stand at {given[0]} to {given[1]}; mark them again", value)
        return None

    def _kept(self, span: tuple[int, int]) -> dict[str, JsonValue]:
        shows = ("span", "category", "attributes")
        kept = {name: value for name, value in self._before.items() if name not in shows}
        if self._before and self._before["span"] != [*span]:
            kept.pop("evidence", None)  # it proves other words
        return with_remarks(kept, self._remarks())

    def _remarks(self) -> list[str]:
        """Return what people wrote on the region, once each."""
        metas = (result.get("meta") for result in self.results)
        texts = (meta.get("text") for meta in metas if isinstance(meta, dict))
        return [*dict.fromkeys(str(t) for each in texts if isinstance(each, list) for t in each)]

    def _attributes(self, category: str) -> dict[str, JsonValue]:
        """Return the attributes: as exported where unchanged, else as chosen."""
        same = self._before.get("category") == category
        earlier = self._before["attributes"] if same else {}
        given, found = self._given(category), {}
        for control in self._labelling.of(category):
            name, many = control.attribute.name, control.attribute.many
            payload = given.get(name, [])
            if name in earlier and control.payload(earlier[name]) == payload:
                found[name] = earlier[name]
            elif payload or (many and (name in earlier or not same)):
                found[name] = _value(control.attribute, payload)
        return dict(earlier) if found == earlier else found

    def _given(self, category: str) -> dict[str, list[JsonValue]]:
        """Return what the results state by attribute."""
        given: dict[str, list[JsonValue]] = {}
        for result in self.results:
            control = self._labelling.controls.get(str(result.get("from_name")))
            if control is not None and control.category == category:
                found = result["value"].get(control.key, [])
                given[control.attribute.name] = found if isinstance(found, list) else [found]
            elif result.get("from_name") != LABELS:
                name = result.get("from_name")
                self._problem(f"{name} is not an attribute of {category}; remove it", result)
        return given


def _value(attribute: Attribute, payload: list[JsonValue]) -> JsonValue:
    """Return what was chosen or typed as a value of the attribute, however wrong it is."""
    values = [_single(attribute, each) for each in payload]
    return values[0] if len(values) == 1 and not attribute.many else values


def _single(attribute: Attribute, value: JsonValue) -> JsonValue:
    if attribute.kind == "text":
        exact = {shown(str(member)): str(member) for member in attribute.values or ()}
        return exact.get(value, value) if isinstance(value, str) else value
    if attribute.kind == "integer" and isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, str):
        try:
            return json.loads(value)  # type: ignore[no-any-return]
        except (ValueError, RecursionError):
            return value
    return value


def _alike(words: str, text: str) -> bool:
    r"""Compare without white space, which the page folds, and whose line ends come as "\\n"."""
    blank = re.compile(r"\s|\\n")
    return blank.sub("", words) == blank.sub("", text)


def _by_units(text: str, start: int, end: int) -> tuple[int, int] | None:
    """Return the code points that two offsets in UTF-16 units stand for."""
    if not 0 <= start <= end:
        return None
    encoded = text.encode("utf-16-le", "surrogatepass")
    if 2 * end > len(encoded):
        return None
    first, last = (encoded[: 2 * at].decode("utf-16-le", "replace") for at in (start, end))
    return len(first), len(last)


def as_item(value: object) -> JsonValue:
    """Return a part of the export as a JSON value of its own."""
    return json.loads(json.dumps(value))  # type: ignore[no-any-return]
