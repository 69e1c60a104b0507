"""Every value of the tasks that come with it is said in a sentence, and no two values alike."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from pydantic import JsonValue

from annotate.errors import InvalidAnnotation
from annotate.project.tasks import load_task
from annotate.report.sentences import Sentences
from annotate.schema.attributes import Attribute, attributes_of

TASKS = {name: load_task(name) for name in ("privacy_policy", "incident_report")}
SENTENCES = {name: Sentences.of(task) for name, task in TASKS.items()}
CATEGORIES = [(name, tag) for name, task in TASKS.items() for tag in task.schema.categories]
OPEN: dict[str, tuple[JsonValue, ...]] = {
    "duration": (None, "P30D", "P2Y"),
    "destinations": ([], ["DE"], ["US", "various"]),
    "minimum_age": (None, 13, 16),
    "advance_days": (None, 30),
    "value": (None, "privacy@example.com", "+1 555 0100"),
    "date": ("2024-05-20", "2024-05", None),
    "countries": ([], ["DE"], ["US", "various"]),
    "interval": (None, "PT30M", "P1D"),
    "share": (None, 12.0, 0.4),
    "count": (None, 12, 3400),
    "attempts": (None, 2, 3),
    **dict.fromkeys(("time", "began", "ended"), (None, "09:05", "17:30")),
    "label": (None, "SEV-2"),
}


def values(attribute: Attribute) -> list[JsonValue]:
    """Return values that an attribute can hold: each alone, nothing, and two together."""
    if attribute.kind == "boolean":
        return [False, True]
    if attribute.values is None:
        return list(OPEN[attribute.name])
    singles = [str(each) for each in attribute.values]
    if not attribute.many:
        return list(singles)
    several: list[JsonValue] = [[each] for each in singles]
    return [[], *several, [*singles[:2]]]


def statements(task: str, tag: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield valid statements of a category that differ from a first one in one attribute each.

    The first one is every combination of values of the attributes that hold one value.
    """
    attributes = attributes_of(TASKS[task].schema.categories[tag])
    firsts: list[dict[str, Any]] = [{}]
    for each in attributes:
        held = values(each) if each.values is not None and not each.many else values(each)[1:2]
        firsts = [{**first, each.name: value} for first in firsts for value in held]
    for first in firsts:
        for each in attributes:
            for value in values(each):
                yield each.name, {**first, each.name: value}


def valid(task: str, tag: str) -> dict[str, dict[str, Any]]:
    """Return the statements that the schema allows, each once."""
    found = {}
    for _, attributes in statements(task, tag):
        try:
            read = TASKS[task].schema.parse({"category": tag, **attributes}).attribute_values()
        except InvalidAnnotation:
            continue
        found[repr(read)] = read
    return found


@pytest.mark.parametrize(("task", "tag"), CATEGORIES)
def test_statements_that_differ_are_said_differently(task: str, tag: str) -> None:
    said: dict[str, dict[str, Any]] = {}
    for attributes in valid(task, tag).values():
        sentence = SENTENCES[task].say(tag, attributes)
        assert said.setdefault(sentence, attributes) == attributes, sentence
    assert len(said) > 1


@pytest.mark.parametrize(("task", "tag"), CATEGORIES)
def test_a_sentence_reads_like_one(task: str, tag: str) -> None:
    for attributes in valid(task, tag).values():
        sentence = SENTENCES[task].say(tag, attributes)
        assert re.fullmatch(r"[A-Z][^{}\[\]_|]*\.", sentence), sentence
        assert not re.search(r"  | [,.;:]|,\.|\b(\w+) \1\b|\bNone\b|\(", sentence), sentence


@pytest.mark.parametrize(("task", "tag"), CATEGORIES)
def test_every_category_has_words_of_its_own(task: str, tag: str) -> None:
    own = SENTENCES[task].file.categories[tag]
    assert own.title
    assert own.silent.startswith("It ")
    assert own.say
    for attribute in attributes_of(TASKS[task].schema.categories[tag]):
        words = {
            **SENTENCES[task].file.values.get(_set(attribute), {}),
            **own.words.get(attribute.name, {}),
        }
        said_by_choice = {name for say in own.say for name in say.when}
        if attribute.values is not None and attribute.name not in said_by_choice:
            assert words.keys() == {str(each) for each in attribute.values}, attribute.name


def _set(attribute: Attribute) -> str:
    return attribute.values.__name__ if attribute.values else ""


def test_a_denial_is_said_as_one() -> None:
    assert (
        SENTENCES["privacy_policy"].say(
            "sharing",
            {
                "recipients": ["third_party"],
                "purposes": ["unspecified"],
                "data_types": ["generic"],
                "mode": "sell",
                "consent_required": False,
                "polarity": "denied",
            },
        )
        == "The company does not sell or rent personal data to third parties."
    )
    for task, tag in CATEGORIES:
        for attributes in valid(task, tag).values():
            denied = attributes.get("polarity") == "denied"
            assert SENTENCES[task].denies(attributes) is denied
            sentence = SENTENCES[task].say(tag, attributes)
            assert bool(re.search(r"\b(no|not|Neither|Nobody)\b", sentence)) >= denied, sentence
