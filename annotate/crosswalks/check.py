"""Check what a table leaves out: categories, values and labels, each with its line and its cure.

Statements are tried that hold one value of each attribute that the rules of their category ask for,
or nothing of it. Those that hold several reach what each of these reaches, and perhaps less where a
rule says `!=`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from typing import TypeAlias

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.crosswalks.table import Rule, Table, read_table
from annotate.errors import ProjectError
from annotate.findings import Finding, in_order
from annotate.project.tasks import Task
from annotate.project.toml_lines import Keys
from annotate.runs.conditions import NOTHING
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.vocabulary import word_of

_MOST_TRIED = 20_000  # statements of one category
_MOST_NAMED = 8  # of one kind
_ANOTHER = "any other"


def check_crosswalks(task: Task) -> list[Finding]:
    """Return what is wrong with the tables of a task, by file and line."""
    found: list[Finding] = []
    for path in task.crosswalks.values():
        try:
            found += check_table(read_table(path, task.schema))
        except ProjectError as error:
            found += error.findings
    return in_order(found)


def check_table(table: Table) -> list[Finding]:
    """Return what a table leaves out, and where it contradicts itself or the schema, by line."""
    said = (
        *_labels(table),
        *_counterparts(table),
        *(each for tag in table.schema.categories for each in _Category(table, tag).findings()),
    )
    return in_order(table.toml.error(*each) for each in said)


_Said: TypeAlias = tuple[Keys, str, str]
"""Where in the table, what is wrong there, and what to do."""


def _labels(table: Table) -> Iterator[_Said]:
    for label in table.labels.values():
        keys = ("label", label.name)
        if not label.rules and not label.why:
            remedy = "fill its `from`, or say in `why` that the schema has nothing of it"
            yield keys, f"nothing reaches label {label.name!r}", remedy
        if label.rules and label.why:
            message = f"label {label.name!r} is reached, and `why` says that nothing does"
            yield (*keys, "why"), message, "remove one of the two"


def _counterparts(table: Table) -> Iterator[_Said]:
    """Yield where the schema calls a category otherwise than the table does."""
    if not table.counterparts:
        return
    called = {
        tag: kind.counterparts[table.counterparts]
        for tag, kind in table.schema.categories.items()
        if table.counterparts in kind.counterparts
    }
    if not called:
        message = f"no category of the schema has a counterpart in {table.counterparts!r}"
        yield ("counterparts",), message, "correct the name, or remove the line"
    for tag, name in called.items():
        # What stands in brackets behind a name narrows it.
        labels = [label for label in table.labels if f"{name} (".startswith(f"{label} (")]
        rules = [rule for label in labels for rule in table.labels[label].rules]
        if not any(rule.category == tag and not rule.conditions for rule in rules):
            message = f"the schema calls {tag} {name!r}, and here it is not always that"
            remedy = (
                f'add {{ category = "{tag}" }} to the `from` of that label, or change the schema'
            )
            yield ("label", labels[0]) if labels else ("counterparts",), message, remedy


# ---- What a category can state ----

_Values: TypeAlias = tuple[JsonValue, ...]
"""Values of one attribute that no rule tells apart."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement that is tried: for each attribute that rules ask for, values that are alike."""

    values: Mapping[str, _Values]
    annotation: Annotation

    def said(self) -> str:
        return " and ".join(map(_said, self.values.items()))


class _Category:
    """What one category can state, and which rules take it."""

    def __init__(self, table: Table, category: str) -> None:
        self._tag = category
        named = table.schema.categories[category]
        self._known = {each.name: each for each in attributes_of(named)}
        every = (rule for label in table.labels.values() for rule in label.rules)
        self._leading = [rule for rule in every if rule.category == category]
        self._left = [rule for rule in table.left_out if rule.category == category]
        self._tried = list(islice(self._statements(), _MOST_TRIED))

    def findings(self) -> Iterator[_Said]:
        """Yield what no rule takes, and the rules that are of no use."""
        rules = (*self._leading, *self._left)
        if not rules:
            remedy = "name it in the `from` of a label, or in `left_out` with a reason"
            yield ("left_out",), f"category {self._tag!r} is left out", remedy
            return
        yield from self._missing(rules)
        for rule in rules:
            if not any(rule.fits(each.annotation) for each in self._tried):
                yield rule.keys, f"no statement can be {rule}", "correct `where`"
        for rule in self._left:
            taken = [each for each in self._tried if rule.fits(each.annotation)]
            led = [e for e in taken if any(other.fits(e.annotation) for other in self._leading)]
            if led:
                said = led[0].said() or "all of it"
                message = f"{rule} is left out, and a label takes {self._tag} of {said}"
                yield rule.keys, message, "narrow one of the two"

    def _missing(self, rules: Sequence[Rule]) -> Iterator[_Said]:
        """Yield values that are never taken, then statements none of whose values is one."""
        lost: list[_Statement] = []
        kept: list[_Statement] = []
        for each in self._tried:
            taken = any(rule.fits(each.annotation) for rule in rules)
            (kept if taken else lost).append(each)
        gone: set[tuple[str, _Values]] = set()
        for name in self._known:
            own = dict.fromkeys(e.values[name] for e in lost if name in e.values)
            gone |= {(name, v) for v in own if not any(e.values[name] == v for e in kept)}
        whole = [each for each in lost if not gone & each.values.items()]
        said = [*map(_said, sorted(gone, key=str)), *(each.said() for each in whole)]
        remedy = "add it to the `from` of a label, or to `left_out` with a reason"
        for words in said[:_MOST_NAMED]:
            yield rules[0].keys, f"nothing takes {self._tag} with {words}", remedy
        if len(said) > _MOST_NAMED:
            more = f"nothing takes {len(said) - _MOST_NAMED} more kinds of {self._tag}"
            yield rules[0].keys, more, "see to these first"

    def _statements(self) -> Iterator[_Statement]:
        rules = (*self._leading, *self._left)
        asked = dict.fromkeys(each.path[0] for rule in rules for each in rule.conditions)
        alike = {name: self._alike(name, rules) for name in asked}
        for chosen in product(*alike.values()):
            values = dict(zip(alike, chosen, strict=True))
            yield _Statement(values, self._annotation({n: v[0] for n, v in values.items()}))

    def _alike(self, name: str, rules: Sequence[Rule]) -> list[_Values]:
        """Return the values of an attribute, those together that all conditions treat the same."""
        asked = [c for rule in rules for c in rule.conditions if c.path[0] == name]
        found: dict[tuple[bool, ...], list[JsonValue]] = {}
        for value in _values(self._known[name], rules):
            stated = self._annotation({name: value})
            found.setdefault(tuple(each.fits(stated) for each in asked), []).append(value)
        return [tuple(values) for values in found.values()]

    def _annotation(self, values: Mapping[str, JsonValue]) -> Annotation:
        attributes: dict[str, JsonValue] = {
            name: [value] if self._known[name].many and value is not None else value
            for name, value in values.items()
        }
        return Annotation("", 0, 0, self._tag, attributes, "", ())


def _values(attribute: Attribute, rules: Sequence[Rule]) -> Iterator[JsonValue]:
    """Yield what an attribute can state, and None where it may state nothing."""
    if attribute.values is not None:
        yield from map(str, attribute.values)
    elif attribute.kind == "boolean":
        yield from (True, False)
    else:
        asked = (c for rule in rules for c in rule.conditions if c.path == (attribute.name,))
        named = (value for each in asked for own in each.wanted.values() for value in own)
        yield from (value for value in dict.fromkeys(named) if isinstance(value, str | int | float))
        yield _ANOTHER
    if not attribute.required:
        yield None


def _said(stated: tuple[str, _Values]) -> str:
    name, values = stated
    words = [NOTHING if each is None else word_of(each) for each in values]
    return f"{name}={','.join(words)}"
