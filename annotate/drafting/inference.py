"""Find out what kind of value each attribute holds, from the values that examples give it.

An attribute is one kind in every category that has it. What cannot be told stays text: a closed set
that is too small would refuse right answers.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal, TypeAlias

from pydantic import TypeAdapter, ValidationError

from annotate.drafting.examples import Examples, Given, Scalar, Statement, called
from annotate.drafting.odd_values import OddValues
from annotate.drafting.problems import Problems, shown
from annotate.schema import Country, Date, Duration, Time
from annotate.schema.checks import folded, stem

Kind: TypeAlias = Literal[
    "boolean", "integer", "number", "duration", "date", "time", "country", "closed", "text"
]

_MOST_VALUES = 20  # of a closed set
_LONGEST_VALUE = 60  # characters of one of its values
_REPEATED = 1.5  # times that a value of a closed set is given at least, on average
_WORDS_OF_TRUTH = {"true": True, "yes": True, "false": False, "no": False}
_INTEGER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,14})(?:\.[0-9]{1,15})?")
_LIKE_A_DATE = re.compile(r"[0-9]{4}-[0-9]{1,2}(?:-[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Attribute:
    """What examples show of an attribute.

    Attributes:
        name: of its field.
        values: of a closed set, in the order of the file.
        many: whether it may hold several values.
        given: how many statements of its category give it.
        needed: whether the schema can want a value.
    """

    name: str
    kind: Kind
    many: bool
    values: tuple[str, ...]
    given: int
    different: int
    needed: bool

    def read(self, value: Given | None) -> bool | float | str | list[bool | float | str] | None:
        """Return a value as the schema takes it."""
        if value is None:
            return [] if self.many else None
        if self.many:
            return [_read(each, self.kind) for each in _each(value)]
        return _read(_each(value)[0], self.kind)


def infer(examples: Examples, problems: Problems) -> dict[str, tuple[Attribute, ...]]:
    """Return the attributes of each category, both in the order of the file; note what clashes."""
    stated: dict[str, list[Statement]] = defaultdict(list)
    for each in sorted(examples.statements, key=lambda each: each.line):
        stated[each.category].append(each)
    every = [each for statements in stated.values() for each in statements] + [*examples.unplaced]
    names = dict.fromkeys(name for each in every for name in each.attributes)
    kinds = {name: _Inferred.of(name, every, examples, problems) for name in names}
    return {
        category: tuple(kinds[name].within(statements) for name in _names(statements))
        for category, statements in stated.items()
    }


def _names(statements: Iterable[Statement]) -> list[str]:
    return [*dict.fromkeys(name for each in statements for name in each.attributes)]


@dataclass(frozen=True, slots=True)
class _Inferred:
    name: str
    kind: Kind
    many: bool
    values: tuple[str, ...]
    different: int

    @classmethod
    def of(
        cls, name: str, statements: Sequence[Statement], examples: Examples, problems: Problems
    ) -> _Inferred:
        having = [each for each in statements if name in each.attributes]
        having.sort(key=lambda each: each.line)
        given = [(each.line, each.attributes[name]) for each in having]
        flat = [(line, value) for line, values in given for value in _each(values)]
        many = any(isinstance(value, tuple) for _, value in given)
        what = shown(called(examples, "attribute", name))
        kind = _kind_of(name, what, flat, problems, typed=examples.typed)
        values = dict.fromkeys(str(value) for _, value in flat)
        if kind == "closed":
            _check_alike(what, flat, problems)
        closed = tuple(values) if kind == "closed" else ()
        return cls(name, kind, many, closed, len(values))

    def within(self, statements: Sequence[Statement]) -> Attribute:
        """Return the attribute as one category has it."""
        given = [each.attributes[self.name] for each in statements if self.name in each.attributes]
        needed = len(given) == len(statements) > 1 and self._is_told(given)
        return Attribute(
            self.name, self.kind, self.many, self.values, len(given), self.different, needed
        )

    def _is_told(self, given: Sequence[Given]) -> bool:
        """Tell whether values that are always given show that there always is one.

        A few times yes do not show that all else is no, nor does a single no.
        """
        if self.kind != "boolean":
            return self.kind == "closed"
        read = [_read(value, self.kind) for each in given for value in _each(each)]
        return min(read.count(True), read.count(False)) >= _REPEATED


def _each(value: Given) -> tuple[Scalar, ...]:
    return value if isinstance(value, tuple) else (value,)


# ---- Kinds ----


def _kind_of(
    name: str, what: str, flat: Sequence[tuple[int, Scalar]], problems: Problems, *, typed: bool
) -> Kind:
    texts = [value for _, value in flat if isinstance(value, str)]
    if len(texts) < len(flat):
        return _kind_of_typed(what, flat, problems)
    kinds = {kind: fits for kind, fits in _FITS.items() if not typed or kind in _OF_TEXTS}
    for kind, fits in kinds.items():
        if all(map(fits, texts)):
            if kind == "date":
                _check_days(what, flat, problems)
            return kind
    if name.startswith("countr") and all(_fits(Country, each) for each in texts):
        return "country"
    became: Kind = "closed" if _is_closed(texts) else "text"
    # Whole numbers are numbers: what is odd among them is odd among all.
    others = {str(kind): fits for kind, fits in kinds.items() if kind != "integer"}
    cells = [(line, str(value)) for line, value in flat]
    OddValues(what, cells, _IN_WORDS.get(became, became)).name(others, problems)
    return became


def _check_days(what: str, flat: Sequence[tuple[int, Scalar]], problems: Problems) -> None:
    for line, value in flat:
        if not _fits(Date, value):
            cure = "write a day of the calendar as 2024-05-20, or 2024-05"
            problems.add(line, f"attribute {what}: {shown(str(value))} is no date; {cure}")


def _kind_of_typed(what: str, flat: Sequence[tuple[int, Scalar]], problems: Problems) -> Kind:
    """Return the kind of values that come with types, of which all have to be the same."""
    kinds: dict[Kind, int] = {}
    for line, value in flat:
        kinds.setdefault(_type_of(value), line)
    if kinds.keys() <= {"integer", "number"}:
        return "number" if "number" in kinds else "integer"
    first, *others = kinds
    for other in others:
        problems.add(
            kinds[other],
            f"attribute {what} holds a value of kind {other} here and of kind {first} in line "
            f"{kinds[first]}; write one kind",
        )
    return first


def _type_of(value: Scalar) -> Kind:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, int):
        return "integer"
    return "number" if isinstance(value, float) else "text"


def _is_closed(texts: Sequence[str]) -> bool:
    """Tell whether values look like those of a closed set: few, short, and given repeatedly."""
    different = {*map(_plain, texts)}
    return (
        len(different) <= _MOST_VALUES
        and len(texts) >= _REPEATED * len(different)
        and all(len(each) <= _LONGEST_VALUE and _is_word(each) for each in texts)
        # A schema tells values apart by their words: "A+" and "A-" are one to it.
        and len({folded(each) for each in different}) == len(different)
        and len({stem(each) for each in different}) == len(different)
    )


def _is_word(value: str) -> bool:
    """Tell whether a closed set can hold a value, so that a lexicon takes it for what it is."""
    return value.isprintable() and value not in ("true", "false") and value[0] != "_"


def _check_alike(what: str, flat: Sequence[tuple[int, Scalar]], problems: Problems) -> None:
    """Note values of a closed set that differ in their letters' case or their spaces alone."""
    first: dict[str, tuple[Scalar, int]] = {}
    for line, value in flat:
        other, where = first.setdefault(_plain(str(value)), (value, line))
        if other != value:
            problems.add(
                line,
                f"attribute {what}: {shown(str(value))} reads like {shown(str(other))} of line "
                f"{where}; write both alike",
            )


def _plain(value: str) -> str:
    """Return a value without case and with single spaces: those alike so are one, misspelt."""
    return " ".join(value.casefold().split())


def _fits(kind: Any, value: Scalar) -> bool:
    try:
        _adapter(kind).validate_python(value)
    except ValidationError:
        return False
    return True


_FITS: dict[Kind, Callable[[str], bool]] = {
    "boolean": lambda text: text.lower() in _WORDS_OF_TRUTH,
    "integer": lambda text: _INTEGER.fullmatch(text) is not None,
    "number": lambda text: _NUMBER.fullmatch(text) is not None,
    "duration": lambda text: _fits(Duration, text),
    "time": lambda text: _fits(Time, text),
    "date": lambda text: _LIKE_A_DATE.fullmatch(text) is not None,
}
"""Which texts are of each kind, in the order in which kinds are tried."""
_OF_TEXTS = ("duration", "time", "date")  # where values have types, the others are no texts
_IN_WORDS: dict[Kind, str] = {"closed": "a closed set"}


@cache
def _adapter(kind: Any) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _read(value: Scalar, kind: Kind) -> bool | float | str:
    if kind == "boolean":
        return value if isinstance(value, bool) else _WORDS_OF_TRUTH[str(value).lower()]
    if kind == "integer":
        return int(value)
    return float(value) if kind == "number" else str(value)
