"""The configuration holds before Label Studio's own SDK, and has a control for every attribute."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import Any

import pytest
from label_studio_sdk.label_interface.interface import LabelInterface

from annotate.formats.label_studio.configuration import configuration, controls
from annotate.schema.categories import Schema
from schemas.incident_report import SCHEMA, Effect
from tests.support.marked import POLICIES


@pytest.mark.parametrize("schema", [SCHEMA, POLICIES], ids=lambda schema: schema.name)
def test_the_configuration_is_valid(schema: Schema) -> None:
    read: Any = LabelInterface(configuration(schema))  # its methods declare no types
    read.validate()
    assert list(read.get_control("label").labels) == list(schema.categories)
    assert {each.name for each in read.controls} == {"label", *controls(schema)}


def test_every_kind_of_attribute_has_its_control() -> None:
    root = ET.fromstring(configuration(SCHEMA))  # noqa: S314 (our own)
    found = {
        tag.attrib["name"]: (tag.tag, tag.get("choice"), tag.get("whenLabelValue"))
        for tag in root.iter()
        if tag.get("perRegion") == "true"
    }
    expected = {
        "impact__effects": ("Choices", "multiple", "impact"),
        "impact__countries": ("TextArea", None, "impact"),
        "impact__duration": ("TextArea", None, "impact"),
        "impact__customers_named": ("Choices", "single", "impact"),
        "impact__polarity": ("Choices", "single", "impact"),
        "extent__measured": ("Choices", "single", "extent"),
        "extent__share": ("Number", None, "extent"),
        "extent__count": ("Number", None, "extent"),
        "cause__triggers": ("Choices", "multiple", "cause"),
        "cause__certainty": ("Choices", "single", "cause"),
        "action__step": ("Choices", "single", "action"),
        "action__planned": ("Choices", "single", "action"),
        "action__date": ("TextArea", None, "action"),
        "action__attempts": ("Number", None, "action"),
        "action__time": ("TextArea", None, "action"),
    }
    assert found | expected == found
    assert found.keys() == {
        f"{tag}__{name}" for tag, each in SCHEMA.categories.items() for name in each.attributes()
    }
    (effects,) = (tag for tag in root.iter("Choices") if tag.get("name") == "impact__effects")
    assert [(each.get("value"), each.get("hint")) for each in effects][1] == (
        "slow",
        Effect.SLOW.definition,
    )
