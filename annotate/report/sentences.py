"""Say a statement in a sentence, from its category and attributes, in the words of its task.

Where a task has no sentence for a category, one is made from the names: any task has a report.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from pydantic import JsonValue

from annotate.formatting import joined
from annotate.project.tasks import Task
from annotate.report.open_values import open_words
from annotate.report.sentence_file import (
    CategoryWords,
    SentenceFile,
    Wanted,
    read_sentences,
)
from annotate.report.templates import Template, capitalized
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Schema
from annotate.scoring.labels import stated

_NO_WORDS = CategoryWords()


class Sentences:
    """The words of a task.

    Args:
        schema: None where it is not at hand: then names are all that is known.
        file: what the task says beside its schema.
    """

    def __init__(self, schema: Schema | None, file: SentenceFile | None = None) -> None:
        self.schema = schema
        self.file = file or SentenceFile()

    @classmethod
    def of(cls, task: Task) -> Sentences:
        """Return the words of a task.

        Raises:
            ProjectError: where its file of sentences cannot be used.
        """
        file = read_sentences(task.sentences, task.schema) if task.sentences else None
        return cls(task.schema, file)

    @property
    def categories(self) -> Sequence[str]:
        """The tags of all categories, in the order of the schema; none where it is not at hand."""
        return tuple(self.schema.categories) if self.schema else ()

    def title(self, category: str) -> str:
        """Return what heads a category."""
        return self._own(category).title or capitalized(_name(category))

    def silence(self, category: str) -> str:
        """Return the sentence that a document is silent on a category."""
        said = self._own(category).silent
        return said or f"It says nothing about: {_uncapitalized(self.title(category))}."

    def say(self, category: str, attributes: Mapping[str, JsonValue]) -> str:
        """Return a statement as a sentence; every value that it holds is in it."""
        own = self._own(category).say
        for template, say in zip(self.file.templates.get(category, ()), own, strict=True):
            if all(_fits(attributes.get(name), want) for name, want in say.when.items()):
                return self._filled(template, category, attributes)
        said = self._listed(category, attributes, attributes)
        return f"{self.title(category)}: {said}." if said else f"{self.title(category)}."

    def denies(self, attributes: Mapping[str, JsonValue]) -> bool:
        """Tell whether a statement says that something is not done."""
        return any(attributes.get(name) == value for name, value in self.file.denied.items())

    def words(self, category: str, name: str, value: JsonValue) -> list[str]:
        """Return words for each thing that the value of an attribute states."""
        attribute = self._attributes.get(category, {}).get(name)
        own = self._own(category).words.get(name, {})
        if value is True and "true" not in own:
            return [_name(name)]
        shared = self.file.values.get(_set(attribute), {})
        found = (
            own[each]
            if each in own
            else shared[each]
            if each in shared
            else _plain(each, attribute)
            for each in _values(value)
        )
        return [each for each in found if each]

    def _filled(
        self, template: Template, category: str, attributes: Mapping[str, JsonValue]
    ) -> str:
        own = self._own(category)
        # What sentences are chosen by is said by the choice.
        settled = {name for each in own.say for name in each.when}

        def words(name: str) -> Sequence[str]:
            value = attributes.get(name)
            if not stated(value):
                return [own.empty[name]] if name in own.empty else []
            return self.words(category, name, value)

        said = template.fill(words)
        left = [name for name in attributes if name not in template.names | settled]
        more = self._listed(category, attributes, left)
        return f"{said.removesuffix('.')} ({more})." if more else said

    def _listed(
        self, category: str, attributes: Mapping[str, JsonValue], names: Iterable[str]
    ) -> str:
        """Return attributes by name with their values, without those that state nothing."""
        said = []
        for name in names:
            value = attributes[name]
            if value is True:
                said.append(" ".join(self.words(category, name, value)))
            elif stated(value) and (words := self.words(category, name, value)):
                said.append(f"{_name(name)} {joined(words)}")
        return "; ".join(said)

    @cached_property
    def _attributes(self) -> dict[str, dict[str, Attribute]]:
        categories = self.schema.categories if self.schema else {}
        return {
            tag: {each.name: each for each in attributes_of(model)}
            for tag, model in categories.items()
        }

    def _own(self, category: str) -> CategoryWords:
        return self.file.categories.get(category, _NO_WORDS)


def _fits(value: JsonValue, wanted: Wanted) -> bool:
    given = stated(value)
    if isinstance(wanted, bool):
        return bool(given) == wanted
    return given == set(wanted) if isinstance(wanted, list) else wanted in given


def _values(value: JsonValue) -> list[str]:
    """Return the values that are stated, in the order in which they stand."""
    if value is True:
        return ["true"]
    if value is None or value is False:
        return []
    several = value if isinstance(value, list) else [value]
    return [each if isinstance(each, str) else json.dumps(_whole(each)) for each in several]


def _whole(value: JsonValue) -> JsonValue:
    """Return 6 for 6.0: a sentence says "6 per cent"."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _plain(value: str, attribute: Attribute | None) -> str:
    """Return a value that nobody has given words for."""
    if attribute is None or attribute.values is not None:
        return _name(value)
    return open_words(value, attribute.form)


def _set(attribute: Attribute | None) -> str:
    return attribute.values.__name__ if attribute and attribute.values else ""


def _name(name: str) -> str:
    return name.replace("_", " ")


def _uncapitalized(text: str) -> str:
    return text if text[1:2].isupper() else text[:1].lower() + text[1:]
