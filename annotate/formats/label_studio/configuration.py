"""The labelling configuration of a schema: categories as labels, attributes as controls.

A control shows for a selected region of its own category alone.
"""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import JsonValue

from annotate.files import SafeNames
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Schema

LABELS, TEXT = "label", "text"
"""The names of the control for categories, and of the text."""

FURNITURE = "furniture"
"""The name of the control, and the label, for what stands around the text."""

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


def furniture_region(number: int) -> str:
    """Return the id of a region of furniture; those that people add have ten letters."""
    return f"f{number}"


def configuration(schema: Schema, *, furniture: bool = False) -> str:
    """Return the labelling configuration of a schema, where asked with a label for furniture."""
    view = ET.Element("View")
    # Without it several spaces in a row look like one; they count as several in any case.
    _add(view, "Style").text = ".lsf-richtext__line { white-space: pre-wrap }"
    labels = _add(view, "Labels", name=LABELS, toName=TEXT, choice="single")
    for category, model in schema.categories.items():
        definition = (model.__doc__ or "").strip().partition("\n")[0]
        _add(labels, "Label", value=shown(category), hint=definition)
    if furniture:
        around = _add(view, "Labels", name=FURNITURE, toName=TEXT, choice="single")
        hint = "What stands around the text: not annotated, and not to be"
        _add(around, "Label", value=FURNITURE, hint=hint, background="#bbbbbb")
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
