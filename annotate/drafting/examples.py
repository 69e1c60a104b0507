"""Examples: texts with what is stated in them and the words that prove it, read from a table.

Every row is checked before anything is made of it. A row without quote and category is a text that
states nothing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeAlias

from annotate.documents.decoding import decode
from annotate.documents.document import Document
from annotate.documents.units import Unit
from annotate.drafting.names import LONGEST, field_name, slug, tag_name
from annotate.drafting.problems import Problems, shown
from annotate.drafting.tables import ATTRIBUTES, REQUIRED, TableRow, is_json, loads, read_rows
from annotate.errors import DocumentError
from annotate.grounding.lookup import Place, Quotable
from annotate.schema.checks import folded

Scalar: TypeAlias = bool | int | float | str
Given: TypeAlias = Scalar | tuple[Scalar, ...]
"""The value of an attribute as it was given: one, or several."""

SEPARATOR = "|"
"""Stands between several values in one cell."""


@dataclass(frozen=True, slots=True)
class Statement:
    """What a row says of its text.

    Attributes:
        start, end: of the quote in the text, half-open.
        grounding: how the quote was found there.
        category: its tag.
        attributes: what was given, by the name of the field.
    """

    line: int
    start: int
    end: int
    grounding: str
    category: str
    attributes: Mapping[str, Given]

    def touches(self, unit: Unit) -> bool:
        """Tell whether its quote and a unit of its text share a character."""
        return self.start < unit.end and unit.start < self.end


@dataclass(frozen=True, slots=True)
class ExampleText:
    """A text with everything that rows say of it; the line is that of the first of them.

    It is held as a document, which is divided once for all that look at its sentences.
    """

    line: int
    document: Document
    statements: tuple[Statement, ...]

    @property
    def text(self) -> str:
        """Return the text as the file gives it."""
        return self.document.text


@dataclass(frozen=True, slots=True)
class Examples:
    """A file of examples.

    Attributes:
        texts: each text once, in the order of the file.
        given: how the file calls categories and attributes, by their names here.
        typed: whether its values have types; else all of them are written as text.
        rows: how many there are.
        unplaced: what rows give that cannot be used as they are: its values are looked at as well,
            so that all that is wrong is named at once. It has no place in a text.
    """

    path: Path
    texts: tuple[ExampleText, ...]
    given: Mapping[str, str]
    typed: bool
    rows: int
    unplaced: tuple[Statement, ...] = ()

    @property
    def statements(self) -> tuple[Statement, ...]:
        """Everything that is stated, in the order of the texts."""
        return tuple(each for text in self.texts for each in text.statements)


def read_examples(path: Path, encoding: str, problems: Problems) -> Examples:
    """Read a table of examples; what is wrong with it is noted, row by row.

    Raises:
        UsageError: where the file is no table, or nothing is stated in it.
    """
    reader = _Reader(problems, is_json(path))
    count = 0
    for row in read_rows(path, encoding, problems):
        reader.read(row)
        count += 1
    if not problems:
        if not count:
            problems.add(1, "holds no example; write a row for each statement below the names")
        elif not any(reader.rows.values()):
            problems.add(1, "no row names a category; a task needs one")
        problems.stop_if_any()
    texts = tuple(
        ExampleText(reader.lines[text], Document("", text), tuple(stated))
        for text, stated in reader.rows.items()
    )
    unplaced = tuple(reader.unplaced)
    return Examples(path, texts, reader.given, reader.typed, count, unplaced)


@dataclass
class _Reader:
    """Reads rows into statements by text, and remembers what things are called."""

    problems: Problems
    typed: bool
    rows: dict[str, list[Statement]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)
    given: dict[str, str] = field(default_factory=dict)
    unplaced: list[Statement] = field(default_factory=list)
    _first: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    _quotable: dict[str, Quotable] = field(default_factory=dict)

    def read(self, row: TableRow) -> None:
        """Read a row into a statement, or say why there is none."""
        attributes = dict(self._attributes(row))
        if not self._state(row, attributes):
            self.unplaced.append(Statement(row.line, 0, 0, "", "", attributes))

    def _state(self, row: TableRow, attributes: Mapping[str, Given]) -> bool:
        """Tell whether a row gives a statement, or can be used without one."""
        text, quote, given = (self._string(row, name) for name in REQUIRED)
        if not self._is_usable(text, row.line):
            return False
        category = self._name("category", given, row.line) if given else ""
        if bool(quote) != bool(given):
            missing, there = ("quote", "category") if given else ("category", "quote")
            cure = "fill it in, or leave both empty where the text states nothing"
            self.problems.add(row.line, f"has a {there} and no {missing}; {cure}")
            return False
        self.lines.setdefault(text, row.line)
        stated = self.rows.setdefault(text, [])
        if not quote:
            if attributes:
                self.problems.add(row.line, "has attributes and no category; name the category")
            return not attributes
        place = self._place(text, quote, row.line)
        if place is None or not category:
            return False
        new = Statement(row.line, place.start, place.end, place.grounding, category, attributes)
        repeated = next((each for each in stated if replace(each, line=row.line) == new), None)
        if repeated is not None:
            self.problems.add(row.line, f"repeats line {repeated.line}; remove one of the two")
            return False
        stated.append(new)
        return True

    def _string(self, row: TableRow, name: str) -> str:
        value = row.cells.get(name)
        if value is None or isinstance(value, str):
            return (value or "").strip()
        self.problems.add(row.line, f"{name} is not a text; put quotation marks around it")
        return ""

    def _is_usable(self, text: str, line: int) -> bool:
        """Tell whether a document can hold a text, and whether there is one."""
        if not text:
            self.problems.add(line, "has no text; write what the quote was taken from")
            return False
        try:
            if decode(text.encode(), "", "utf-8") == text:
                return True
        except (DocumentError, UnicodeEncodeError):
            pass
        self.problems.add(
            line, "its text holds characters that no text file can hold; take them out"
        )
        return False

    def _place(self, text: str, quote: str, line: int) -> Place | None:
        if text not in self._quotable:
            self._quotable[text] = Quotable(text)
        places = self._quotable[text].places(quote)
        if len(places) == 1:
            return places[0]
        if not places:
            self.problems.add(line, "its quote does not stand in its text; copy it from there")
        else:
            cure = "copy more words, so that it stands there once"
            self.problems.add(line, f"its quote stands in its text {len(places)} times; {cure}")
        return None

    # ---- Names ----

    def _name(self, kind: str, given: str, line: int) -> str:
        """Return the name of a category or an attribute; "" where it can have none."""
        given = " ".join(given.split())
        if len(given) > LONGEST:
            cure = f"name it in {LONGEST} characters, or look whether this is the right column"
            self.problems.add(line, f"its {kind} has {len(given):,} characters; {cure}")
            return ""
        name = (tag_name if kind == "category" else field_name)(given)
        if not name:
            cure = "name it by a word"
            self.problems.add(line, f"{kind} {shown(given)} has no letter and no digit; {cure}")
            return ""
        if kind == "attribute" and folded(name) in ("category", "quote"):
            self.problems.add(line, f"attribute {shown(given)} has a name that is taken; rename it")
            return ""
        first, where = self._first.setdefault((kind, folded(name)), (given, line))
        if first != given:
            cure = "write both alike, or name them differently"
            self.problems.add(
                line, f"{kind} {shown(given)} reads like {shown(first)} of line {where}; {cure}"
            )
            return ""
        self.given[f"{kind} {name}"] = given
        return name

    # ---- Attributes ----

    def _attributes(self, row: TableRow) -> Iterator[tuple[str, Given]]:
        seen: set[str] = set()
        for given, value in self._pairs(row):
            usable = self._value(given, value, row.line)
            if usable is None:
                continue
            name = self._name("attribute", given, row.line)
            if name in seen:
                self.problems.add(row.line, f"gives {shown(given)} twice; give it once")
            elif name:
                seen.add(name)
                yield name, usable

    def _pairs(self, row: TableRow) -> Iterator[tuple[str, Any]]:
        """Yield what a row gives as attributes, by their own columns and in the common one."""
        for name, value in row.cells.items():
            if name == ATTRIBUTES:
                yield from self._common(value, row.line)
            elif name not in REQUIRED:
                yield name, value if self.typed else _parted(value)

    def _common(self, value: Any, line: int) -> Iterator[tuple[str, Any]]:
        if isinstance(value, str):
            yield from self._written(value, line)
        elif isinstance(value, dict):
            yield from value.items()
        elif value is not None:
            self.problems.add(line, 'attributes is not an object; write {"name": value}')

    def _written(self, cell: str, line: int) -> Iterator[tuple[str, Any]]:
        """Yield the attributes of a cell: a JSON object, or `name=value; name=value`."""
        if cell.startswith("{"):
            try:
                found = loads(cell)
            except (ValueError, RecursionError):
                self.problems.add(line, 'attributes is not JSON; write {"name": value}')
                return
            yield from found.items()
            return
        for part in filter(None, map(str.strip, cell.split(";"))):
            name, equals, value = part.partition("=")
            if not equals or not name.strip():
                cure = 'write name=value; name=value, or {"name": value}'
                self.problems.add(line, f"attributes holds {shown(part)}; {cure}")
            else:
                yield name.strip(), _parted(value)

    def _value(self, name: str, value: Any, line: int) -> Given | None:
        """Return a value that was given; None where there is none, or it is of no use."""
        if isinstance(value, str):
            return value.strip() or None
        if isinstance(value, list):
            if not all(isinstance(each, bool | int | float | str) for each in value):
                cure = "write texts, numbers, true or false"
                self.problems.add(line, f"attribute {shown(name)} lists something else; {cure}")
                return None
            parts = (each.strip() if isinstance(each, str) else each for each in value)
            return tuple(dict.fromkeys(each for each in parts if each != "")) or None
        if isinstance(value, float) and not math.isfinite(value):
            self.problems.add(line, f"attribute {shown(name)} is beyond all numbers; correct it")
            return None
        if value is None or isinstance(value, bool | int | float):
            return value
        cure = "write a text, a number, true, false or a list of these"
        self.problems.add(line, f"attribute {shown(name)} is an object; {cure}")
        return None


def _parted(cell: str) -> str | list[str]:
    """Return what a cell holds: one value, or several."""
    return cell.split(SEPARATOR) if SEPARATOR in cell else cell


def called(examples: Examples, kind: str, name: str) -> str:
    """Return what the file calls a category or an attribute."""
    return examples.given.get(f"{kind} {name}", slug(name))
