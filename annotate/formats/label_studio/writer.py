"""Write tasks with predictions for Label Studio, and the labelling configuration of the schema.

    config.xml     categories as labels, attributes as controls of the regions of their category
    tasks.json     a task a document; its prediction holds a region an annotation

Offsets of a `Text` tag count code points: `charsToCodePoints` in `selection-tools.js` of its editor
says so, and Label Studio 1.23 marked and returned the right characters behind an emoji. A carriage
return and a line feed are a line break each, so that every character of the text counts as one.

What an annotator neither sees nor changes is JSON in the field `annotate` of the task, as a string
in ASCII: databases behind Label Studio refuse NUL and lone surrogates, which are U+FFFD in what is
shown. An id of a region is the key to what is kept of it.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import JsonValue

from annotate.errors import UsageError
from annotate.files import SafeNames
from annotate.formats.annotated_document import Mark, Sheet
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Schema

FORMAT = "annotate label-studio 1"
TASKS, CONFIG = "tasks.json", "config.xml"
LABELS, TEXT, KEPT = "label", "text", "annotate"
"""The names of the control for categories, of the text, and of the task's field that is ours."""

_NO_DATABASE = re.compile("[\x00\ud800-\udfff]")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

Tool: TypeAlias = Literal["choices", "textarea", "number"]


@dataclass(frozen=True, slots=True)
class Control:
    """The part of the labelling page that holds one attribute of one category.

    Attributes:
        name: what results name it by.
        tool: the type of its results.
        options: what can be chosen, with the definitions; empty where values are open.
    """

    name: str
    category: str
    attribute: Attribute
    tool: Tool
    options: Mapping[str, str]

    @property
    def key(self) -> str:
        """Return what a result names its values by."""
        return "text" if self.tool == "textarea" else self.tool

    def payload(self, value: JsonValue) -> list[JsonValue]:
        """Return a value of the attribute as a result holds it; empty where none is stated."""
        values = value if isinstance(value, list) else [value]
        if self.tool == "number":
            return [each for each in values if isinstance(each, int | float)]
        return [shown_value(each) for each in values if each is not None and each != ""]


def controls(schema: Schema) -> dict[str, Control]:
    """Return the controls of a schema by name, categories and attributes in their order."""
    names = SafeNames("attribute")
    found = (
        _control(names, category, attribute)
        for category, model in schema.categories.items()
        for attribute in attributes_of(model)
    )
    return {control.name: control for control in found}


def _control(names: SafeNames, category: str, attribute: Attribute) -> Control:
    name = names.new(f"{category}__{attribute.name}")
    if attribute.kind == "boolean":
        return Control(name, category, attribute, "choices", {"true": "", "false": ""})
    if attribute.values is not None:
        options = {shown(str(value)): value.definition for value in attribute.values}
        return Control(name, category, attribute, "choices", options)
    single = attribute.kind in ("integer", "number") and not attribute.many
    return Control(name, category, attribute, "number" if single else "textarea", {})


def shown(text: str) -> str:
    """Return a text as Label Studio can hold and show it, character by character."""
    return _NO_DATABASE.sub("\ufffd", text)


def shown_value(value: JsonValue) -> str:
    """Return a single value as a control shows it."""
    return shown(value if isinstance(value, str) else json.dumps(value, ensure_ascii=False))


def write_label_studio(
    folder: Path, schema: Schema, origin: Mapping[str, JsonValue], sheets: Iterable[Sheet]
) -> int:
    """Write sheets into an empty folder and return how many annotations they hold."""
    (folder / CONFIG).write_text(configuration(schema), encoding="utf-8")
    known = {(each.category, each.attribute.name): each for each in controls(schema).values()}
    count, before = 0, "[\n"
    with (folder / TASKS).open("w", encoding="utf-8", newline="") as file:
        for sheet in sheets:
            task = _task(sheet, origin, known)
            file.write(before + json.dumps(task, ensure_ascii=False))
            before = ",\n"
            count += len(sheet.marks)
        file.write("\n]\n" if count or before != "[\n" else "[]\n")
    return count


def _task(
    sheet: Sheet,
    origin: Mapping[str, JsonValue],
    known: Mapping[tuple[str, str], Control],
) -> dict[str, Any]:
    document = sheet.document
    regions = {f"a{number}": mark for number, mark in enumerate(sheet.marks)}
    text = shown(document.text)
    results = [
        result for region, mark in regions.items() for result in _results(region, mark, text, known)
    ]
    data = {
        TEXT: text,
        "document": shown(document.id),
        KEPT: json.dumps(_kept(sheet, origin, regions)),
    }
    made = origin.get("run")
    version = made.get("model") if isinstance(made, dict) else "gold"
    return {"data": data, "predictions": [{"model_version": version, "result": results}]}


def _kept(
    sheet: Sheet, origin: Mapping[str, JsonValue], regions: Mapping[str, Mark]
) -> dict[str, Any]:
    document = sheet.document
    rows = {
        region: {
            "span": [mark.start, mark.end],
            "category": mark.category,
            "attributes": mark.attributes,
            **mark.kept,
        }
        for region, mark in regions.items()
    }
    kept = {
        "format": FORMAT,
        **origin,
        "id": document.id,
        "sha256": document.sha256,
        "document_format": document.format,
        "chunks": list(sheet.chunks),
        "regions": rows,
    }
    return kept if shown(document.text) == document.text else {**kept, "text": document.text}


def _results(
    region: str, mark: Mark, text: str, known: Mapping[tuple[str, str], Control]
) -> Iterator[dict[str, Any]]:
    place = {"start": mark.start, "end": mark.end, "text": text[mark.start : mark.end]}
    yield _result(region, LABELS, "labels", {**place, "labels": [shown(mark.category)]})
    for name, value in mark.attributes.items():
        control = known.get((mark.category, name))
        if control is None:
            raise UsageError(f"{mark.category}.{name}: is not in this schema; run it again")
        if payload := control.payload(value):
            stated = {control.key: payload[0] if control.tool == "number" else payload}
            yield _result(region, control.name, control.tool, {**place, **stated})


def _result(region: str, name: str, tool: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": region, "from_name": name, "to_name": TEXT, "type": tool, "value": value}


# ---- Configuration ----


def configuration(schema: Schema) -> str:
    """Return the labelling configuration of a schema."""
    view = ET.Element("View")
    # Without it several spaces in a row look like one; they count as several in any case.
    _add(view, "Style").text = ".lsf-richtext__line { white-space: pre-wrap }"
    labels = _add(view, "Labels", name=LABELS, toName=TEXT, choice="single")
    for category, model in schema.categories.items():
        definition = (model.__doc__ or "").strip().partition("\n")[0]
        _add(labels, "Label", value=shown(category), hint=definition)
    scrolled = _add(view, "View", style="max-height: 60vh; overflow-y: auto")
    _add(scrolled, "Text", name=TEXT, value=f"${TEXT}", valueType="text", saveTextResult="yes")
    for control in controls(schema).values():
        _add_control(view, control)
    ET.indent(view)
    return ET.tostring(view, encoding="unicode") + "\n"


def _add_control(view: ET.Element, control: Control) -> None:
    """Add a control with a heading; both show for a selected region of its category alone."""
    when = {"whenTagName": LABELS, "whenLabelValue": shown(control.category)}
    panel = _add(view, "View", visibleWhen="region-selected", **when)
    attribute = control.attribute
    definition = " ".join(attribute.definition.split())
    _add(panel, "Header", value=f"{attribute.name}: {definition}", size="6")
    common = {"name": control.name, "toName": TEXT, "perRegion": "true", **when}
    if control.tool == "choices":
        choice = "multiple" if attribute.many else "single"
        tag = _add(panel, "Choices", **common, choice=choice, showInline="true")
        for option, explained in control.options.items():
            _add(tag, "Choice", value=option, **({"hint": explained} if explained else {}))
    elif control.tool == "number":
        _add(panel, "Number", **common)
    else:
        most = {} if attribute.many else {"maxSubmissions": "1"}
        _add(panel, "TextArea", **common, editable="true", rows="1", **most)


def _add(parent: ET.Element, tag: str, **attributes: str) -> ET.Element:
    """Add an element; what XML cannot hold is U+FFFD."""
    safe = {name: _NO_XML.sub("\ufffd", value) for name, value in attributes.items()}
    return ET.SubElement(parent, tag, safe)
