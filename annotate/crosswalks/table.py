"""Tables beside a schema, `schemas/<schema>.crosswalks/<name>.toml`: the names of a label set.

    title = "The shelter's own list"
    version = "1"                        raised when a change moves annotations
    counterparts = "SHELTER"             its name in `counterparts` of the schema, if it has one
    left_out = [                         what has no label there, and why
      { category = "fix", where = "certainty=suspected", why = "only what was done is listed" },
    ]

    [label."2 b"]
    title = "where it was noticed"
    note = "a line that reports print"
    from = [                             any of these; in each of them all of `where`
      { category = "impact", where = ["countries!=null", "effects=slow,down"] },
    ]

    [label."3"]
    title = "who was told"
    why = "the schema asks for nothing of it"

What stands in `where` is typed as behind `--value`. An annotation has every label that it reaches.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotate.annotation import Annotation
from annotate.errors import ProjectError, UsageError
from annotate.findings import Finding, in_order
from annotate.project.tasks import Task
from annotate.project.toml_file import TomlFile, read_toml
from annotate.project.toml_lines import Keys
from annotate.runs.conditions import Condition, conditions
from annotate.schema.categories import Schema
from annotate.schema.vocabulary import Vocabulary, unknown

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Source(_Strict):
    category: str
    where: str | list[str] = []


class _LeftOut(_Source):
    why: str = Field(min_length=1)


class _Label(_Strict):
    title: str
    note: str = ""
    why: str = ""
    sources: list[_Source] = Field(default=[], alias="from")


class _File(_Strict):
    title: str
    version: str = "1"
    counterparts: str = ""
    left_out: list[_LeftOut] = []
    label: dict[str, _Label] = Field(min_length=1)


@dataclass(frozen=True)
class Rule:
    """Which annotations are meant: those of a category for which all conditions hold.

    Attributes:
        typed: the conditions as they stand in the table.
        keys: where it stands in the table.
        why: why it is left out; "" for one that leads to a label.
    """

    category: str
    conditions: tuple[Condition, ...]
    typed: tuple[str, ...]
    keys: Keys
    why: str = ""

    def fits(self, annotation: Annotation) -> bool:
        """Tell whether an annotation is meant."""
        own = annotation.category == self.category
        return own and all(each.fits(annotation) for each in self.conditions)

    def __str__(self) -> str:
        return " and ".join((self.category, *self.typed))


@dataclass(frozen=True)
class Label:
    """A name of the other label set.

    Attributes:
        note: what a reader of a report should know of it.
        why: why nothing leads to it; "" where something does.
    """

    name: str
    title: str
    note: str
    why: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class Table:
    """How the annotations of one schema are called in another label set.

    Attributes:
        toml: the file.
        name: of the label set, as in `--to`.
        counterparts: what the schema calls it in `counterparts`, "" where it does not.
    """

    toml: TomlFile
    name: str
    title: str
    version: str
    schema: Schema
    labels: Mapping[str, Label]
    left_out: tuple[Rule, ...]
    counterparts: str

    def labels_of(self, annotation: Annotation) -> tuple[str, ...]:
        """Return the labels that an annotation reaches, in the order of the table."""
        return tuple(
            label.name
            for label in self._by_category.get(annotation.category, ())
            if any(rule.fits(annotation) for rule in label.rules)
        )

    def reached_by(self, category: str) -> tuple[str, ...]:
        """Return the labels that some annotation of a category may reach."""
        return tuple(label.name for label in self._by_category.get(category, ()))

    def why_left_out(self, annotation: Annotation) -> str:
        """Return why an annotation has no label, "" where the table does not say so."""
        return next((rule.why for rule in self.left_out if rule.fits(annotation)), "")

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.toml.text.encode()).hexdigest()

    @cached_property
    def _by_category(self) -> dict[str, list[Label]]:
        found: dict[str, list[Label]] = {}
        for label in self.labels.values():
            for category in dict.fromkeys(rule.category for rule in label.rules):
                found.setdefault(category, []).append(label)
        return found


def find_table(task: Task, name: str) -> Table:
    """Return the table of a task for a label set.

    Raises:
        ProjectError: where there is none of this name, or it cannot be used.
    """
    if name not in task.crosswalks:
        known = ", ".join(task.crosswalks) or "none"
        raise ProjectError(
            f"--to {name}: task {task.name} has no such crosswalk, there is {known} "
            f"(schemas/{task.name}.crosswalks/<name>.toml)"
        )
    return read_table(task.crosswalks[name], task.schema)


def read_table(path: Path, schema: Schema) -> Table:
    """Read a table.

    Raises:
        ProjectError: for a file that cannot be read, and for keys, categories, attributes and
            values that nobody knows; it has a finding for each.
    """
    toml = read_toml(path)
    try:
        file = _File.model_validate(toml.content, by_alias=True)
    except ValidationError as error:
        details = error.errors(include_url=False, include_context=False)
        raise ProjectError.of(in_order(_wrong(toml, each) for each in details)) from None
    reader = _Reader(toml, Vocabulary.of_schema(schema))
    labels = {name: reader.label(name, each) for name, each in file.label.items()}
    left_out = tuple(reader.left_out(file))
    if reader.findings:
        raise ProjectError.of(in_order(reader.findings))
    return Table(
        toml, path.stem, file.title, file.version, schema, labels, left_out, file.counterparts
    )


def _wrong(toml: TomlFile, detail: ErrorDetails) -> Finding:
    """Say what is wrong with the form of a file."""
    keys = detail["loc"]
    named = ".".join(map(str, keys))
    if detail["type"] == "extra_forbidden":
        remedy = "correct it, or remove it; docs/guides/crosswalks.md lists what there is"
        return toml.error(keys, f"{named} is not known here", remedy)
    if detail["type"] == "missing":
        return toml.error(keys, f"{named} is missing", "add it")
    return toml.error(keys, f"{named}: {detail['msg']}", "correct it")


class _Reader:
    """Reads what is asked of annotations, and gathers what cannot be understood."""

    def __init__(self, toml: TomlFile, vocabulary: Vocabulary) -> None:
        self.findings: list[Finding] = []
        self._toml = toml
        self._vocabulary = vocabulary

    def label(self, name: str, label: _Label) -> Label:
        """Return a label with the rules that can be understood."""
        rules = (
            self._rule(each, ("label", name, "from", number))
            for number, each in enumerate(label.sources)
        )
        return Label(name, label.title, label.note, label.why, tuple(filter(None, rules)))

    def left_out(self, file: _File) -> Iterator[Rule]:
        """Yield the rules for what has no label."""
        for number, each in enumerate(file.left_out):
            if rule := self._rule(each, ("left_out", number), each.why):
                yield rule

    def _rule(self, source: _Source, keys: Keys, why: str = "") -> Rule | None:
        typed = (source.where,) if isinstance(source.where, str) else tuple(source.where)
        if source.category not in self._vocabulary.categories:
            said = unknown("category", source.category, self._vocabulary.categories)
            self.findings.append(self._toml.error(keys, said, "name one of these"))
            return None
        try:
            found = conditions(self._vocabulary, typed, (source.category,), "where")
        except UsageError as error:
            self.findings.append(self._toml.error(keys, str(error), "correct `where`"))
            return None
        return Rule(source.category, tuple(found), typed, keys, why)
