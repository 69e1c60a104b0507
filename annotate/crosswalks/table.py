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
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from annotate.annotation import Annotation
from annotate.errors import ProjectError, UsageError
from annotate.project.tasks import Task
from annotate.project.toml_lines import Keys, line_of
from annotate.runs.conditions import Condition, conditions
from annotate.schema.categories import Schema
from annotate.schema.vocabulary import Vocabulary, unknown


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
        name: of the label set, as in `--to`.
        counterparts: what the schema calls it in `counterparts`, "" where it does not.
        text: the file.
    """

    path: Path
    name: str
    title: str
    version: str
    schema: Schema
    labels: Mapping[str, Label]
    left_out: tuple[Rule, ...]
    counterparts: str
    text: str

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

    def line(self, keys: Keys) -> int:
        """Return the line of the file that a path of keys leads to."""
        return line_of(self.text, keys)

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the file."""
        return hashlib.sha256(self.text.encode()).hexdigest()

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
        ProjectError: for a file that cannot be read, and for a key, category, attribute or value
            that nobody knows; it names file and line.
    """
    try:
        text = path.read_text(encoding="utf-8")
        file = _File.model_validate(tomllib.loads(text), by_alias=True)
    except OSError as error:
        raise ProjectError(f"{path}: cannot be read ({error.strerror})") from None
    except ValidationError as error:
        detail = error.errors(include_url=False, include_context=False)[0]
        said = _said(detail["type"], detail["loc"], detail["msg"])
        raise ProjectError(f"{path}:{line_of(text, detail['loc'])}: {said}") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ProjectError(f"{path}: {error}") from None
    reader = _Reader(path, text, schema)
    labels = {
        name: Label(name, each.title, each.note, each.why, tuple(reader.sources(name, each)))
        for name, each in file.label.items()
    }
    return Table(
        path,
        path.stem,
        file.title,
        file.version,
        schema,
        labels,
        tuple(reader.left_out(file)),
        file.counterparts,
        text,
    )


def _said(kind: str, keys: Keys, message: str) -> str:
    named = ".".join(map(str, keys))
    if kind == "extra_forbidden":
        return f"{named}: is not known here; docs/guides/crosswalks.md lists what a table may say"
    if kind == "missing":
        return f"{named}: is missing; add it"
    return f"{named}: {message}; correct it"


class _Reader:
    """Reads what is asked of annotations, and names the line where that cannot be understood."""

    def __init__(self, path: Path, text: str, schema: Schema) -> None:
        self._path = path
        self._text = text
        self._vocabulary = Vocabulary.of_schema(schema)

    def sources(self, name: str, label: _Label) -> Iterator[Rule]:
        for number, each in enumerate(label.sources):
            yield self._rule(each, ("label", name, "from", number))

    def left_out(self, file: _File) -> Iterator[Rule]:
        for number, each in enumerate(file.left_out):
            yield self._rule(each, ("left_out", number), each.why)

    def _rule(self, source: _Source, keys: Keys, why: str = "") -> Rule:
        typed = (source.where,) if isinstance(source.where, str) else tuple(source.where)
        place = f"{self._path}:{line_of(self._text, keys)}"
        if source.category not in self._vocabulary.categories:
            said = unknown("category", source.category, self._vocabulary.categories)
            raise ProjectError(f"{place}: category {said}")
        try:
            found = conditions(self._vocabulary, typed, (source.category,), "where")
        except UsageError as error:
            raise ProjectError(f"{place}: {error}") from None
        return Rule(source.category, tuple(found), typed, keys, why)
