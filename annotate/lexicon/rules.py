"""What a lexicon file says, checked against its schema: rules for categories and their attributes.

The file is TOML. Beside what is named here it holds one table per category:

    languages = ["en"]      codes of the languages that its cues are in; English where it is missing
    [words]                 lists of words by name, which cues call for: `<giving>`
    [language]              lists of cues by their part in a sentence, see `LANGUAGE`, `POLARITY`
    [marks]                 lists of cues that bound a region of a sentence, by name
    [values.<set>]          a list of cues for each value of a set that attributes share
    [<category>]            lists of cues by what they do, see `CUES`, and `hides`, `joins`, `own`,
                            `only_affirmed`
    [<category>.<attribute>] settings with an underscore, see `AttributeRule`, and, for a set of
                            its own, a list of cues for each value

In a value set, `_not` lists phrases that state none of the values. This module knows no domain.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import lru_cache
from typing import Annotated, Any

from pydantic import TypeAdapter, ValidationError

from annotate.errors import ProjectError
from annotate.lexicon.cues import parse_cue
from annotate.lexicon.extractors import EXTRACTORS
from annotate.runs.reader import DEFAULT_READS
from annotate.schema.categories import Category, Schema

LANGUAGE = (
    "fillers",  # words that "~" passes over
    "opens_sentence",  # an item that starts so does not complete its stem
    "verbs",  # nor does one with such a word among its first, if it ends as a sentence does
    "relatives",  # unless one of these stands before it: "data that is ..."
    "ignore",  # units that state nothing
    "ignore_headings",  # headings with nothing but such units below them
)
POLARITY = (  # the other lists of [language]: see `annotate.lexicon.polarity`
    "negators",
    "far_negators",  # "under no circumstances": they reach over the start of a clause
    "negators_behind",  # they stand behind what they negate
    "no_negators",  # phrases in which a negator negates nothing
    "limits",  # "solely": a negator in front of one denies the limit
    "conditions",  # "unless you agree": they lift a negation
    "keeps_negation",  # conditions that do not
    "clause_starts",  # words that end the reach of a negator
    "subjects",  # words that start a clause behind a comma
    "subordinators",  # words that start a clause which its first comma ends
    "past_acts",  # "we sold"
    "past_times",  # "in the past", "until 2019": nothing is said about now
    "ended",  # "has ended": what is said before it is over
    "others",  # who is not the one that the text speaks for
    "self",  # words by which the text speaks of that one
    "hypotheses",  # "should we ever"
    "far_hypotheses",  # "if we ever": they reach over the start of a clause
    "events",  # "a merger": what is supposed to follow them is stated
    "remote",  # "one day": not even then
    "instructions",  # "please do not"
    "answers_yes",
    "answers_no",
    "answers_terms",  # "only with your consent", "two years"
    "ellipses",  # "we do not", with nothing behind it
)
CUES = (
    "cues",  # the category applies
    "stems",  # it applies to a lead-in, for the items below it
    "headings",  # it applies to the items below a heading
    "weak",  # it applies below such a heading
    "except",  # phrases inside which a cue or weak cue does not count
    "vetoes",  # the category does not apply
    "keeps",  # no other category hides it
    "hides_if",  # it hides others only with one of these
)
NO_VALUE = "_not"
VALUES = "values."
"""Starts the groups of the cues of values."""
_CODE = re.compile("[a-z]{2,3}")
_CALLED = re.compile("<([^<>\\s]+)>")

Label = tuple[str, str]
"""A group of cues ("cues", "language", "values.colours") and a name in it."""


@dataclass(frozen=True)
class AttributeRule:
    """How an attribute is filled. Each setting stands in the file with an underscore before it.

    Attributes:
        values: the value set whose cues fill it.
        silent: what it holds where nothing is found.
        each: one annotation per value, for a single value that a sentence may state twice.
        capture: a name in `annotate.lexicon.extractors.EXTRACTORS`, instead of cues.
        negation: the values for a plain and for a negated statement, instead of cues.
        implies: values of other attributes that go with any value of this one.
        silent_if: values of other attributes that leave this one at `silent`, or empty if a set.
        until, since: marks that bound the words which are read, where the category is stated.
        stem_first: an inherited statement takes its values from the stem before the item.
        headings: a value is looked for in the headings last.
        kind: "set" or "single", by the schema.
        order: its values in the order of the schema; empty where they are open.
        lone: its values that yield to others, with those that they may stand beside.
        needed: the schema wants a value.
    """

    values: str
    silent: tuple[Any, ...] = ()
    each: bool = False
    capture: str = ""
    negation: tuple[str, ...] = ()
    implies: Mapping[str, str] = field(default_factory=dict)
    silent_if: Mapping[str, str] = field(default_factory=dict)
    until: str = ""
    since: str = ""
    stem_first: bool = False
    headings: bool = False
    kind: str = "single"
    order: Mapping[str, int] = field(default_factory=dict)
    lone: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    needed: bool = True


_FROM_SCHEMA = {"kind", "order", "lone", "needed"}
_SETTINGS = frozenset(each.name for each in fields(AttributeRule)) - _FROM_SCHEMA


@dataclass(frozen=True)
class CategoryRule:
    """A category's attributes, and how it stands to other categories.

    Attributes:
        hides: categories that are dropped where this one applies.
        joins: other categories beside which it applies, each with the mark that must follow there.
        own: it is never inherited: an item has it by its own words alone.
        only_affirmed: it has no polarity, and where it is denied it does not apply.
    """

    attributes: Mapping[str, AttributeRule]
    hides: tuple[str, ...] = ()
    joins: Mapping[str, str] = field(default_factory=dict)
    own: bool = False
    only_affirmed: bool = False

    @property
    def deniable(self) -> bool:
        """Whether it makes a difference to it that something is denied, past or asked."""
        return self.only_affirmed or any(each.negation for each in self.attributes.values())


@dataclass(frozen=True)
class Rules:
    """A lexicon file as rules by category, in the order of the file, and labelled cues."""

    categories: Mapping[str, CategoryRule]
    cues: tuple[tuple[Label, str], ...]
    fillers: frozenset[str]
    languages: tuple[str, ...] = DEFAULT_READS


def read_rules(content: Mapping[str, Any], schema: Schema, source: str) -> Rules:
    """Read the tables of a lexicon file.

    Raises:
        ProjectError: naming the file, the table and the key, for an unknown name or a cue that
            cannot be read.
    """
    return _RulesReader(schema, source).read(content)


class _RulesReader:
    def __init__(self, schema: Schema, source: str) -> None:
        self.schema = schema
        self.source = source
        self.cues: list[tuple[Label, str]] = []
        self.words: dict[str, str] = {}
        self.named: dict[str, dict[str, None]] = {}  # names by group, each with a cue at least

    def read(self, content: Mapping[str, Any]) -> Rules:
        content = dict(content)
        languages = self._languages(content.pop("languages", list(DEFAULT_READS)))
        tables = {name: self._table(table, f"[{name}]") for name, table in content.items()}
        self.words = self._words(tables.pop("words", {}))
        language = tables.pop("language", {})
        for key, listed in language.items():
            self._known(key, (*LANGUAGE, *POLARITY), f"[language] {key}")
            # Fillers are words that cues pass over, and nothing that is looked for.
            label = ("language", key) if key != "fillers" else None
            self._add(label, listed, f"[language] {key}")
        for name, listed in tables.pop("marks", {}).items():
            self._add(("marks", name), listed, f"[marks] {name}")
        for name, values in tables.pop("values", {}).items():
            for value, listed in self._table(values, f"[values.{name}]").items():
                self._add((f"{VALUES}{name}", value), listed, f"[values.{name}] {value}")
        for tag in tables:
            self._known(tag, self.schema.categories, f"[{tag}]")
        rules = {tag: self._category(tag, table) for tag, table in tables.items()}
        fillers = frozenset(language.get("fillers", ()))
        return Rules(rules, tuple(self.cues), fillers, languages)

    def _languages(self, given: Any) -> tuple[str, ...]:
        codes = given if isinstance(given, list) else []
        if not codes or not all(isinstance(each, str) and _CODE.fullmatch(each) for each in codes):
            raise ProjectError(
                f'{self.source}: languages: needs a list of codes in small letters, such as ["en"]'
            )
        return tuple(codes)

    def _words(self, table: Mapping[str, Any]) -> dict[str, str]:
        """Return the lists of words by name, each as the alternatives that stand in a cue."""
        for name, listed in table.items():
            self._add(None, listed, f"[words] {name}")
            for word in listed:
                if len(word.split()) != 1:
                    raise ProjectError(f"{self.source}: [words] {name}: {word!r} is not one word")
        return {name: "|".join(listed) for name, listed in table.items()}

    def _category(self, tag: str, table: Mapping[str, Any]) -> CategoryRule:
        category = self.schema.categories[tag]
        for key in table:
            known = (*CUES, "hides", "joins", "own", "only_affirmed", *category.attributes())
            self._known(key, known, f"[{tag}] {key}")
        for key in CUES:
            self._add((key, tag), table.get(key, []), f"[{tag}] {key}")
        for key in ("hides", "joins"):
            for other in table.get(key, ()):
                self._known(other, self.schema.categories, f"[{tag}] {key}: {other}")
        joins = table.get("joins", {})
        for mark in joins.values():
            self._known(mark, self._names("marks"), f"[{tag}] joins: {mark}")
        attributes = {
            name: self._attribute(category, name, table.get(name, {}))
            for name in category.attributes()
        }
        return CategoryRule(
            attributes,
            tuple(table.get("hides", ())),
            joins,
            own=bool(table.get("own", False)),
            only_affirmed=bool(table.get("only_affirmed", False)),
        )

    def _attribute(self, category: type[Category], name: str, table: Any) -> AttributeRule:
        place = f"[{category.tag()}.{name}]"
        own = f"{category.tag()}.{name}"
        settings: dict[str, Any] = {"values": own}
        for key, given in self._table(table, place).items():
            if key.startswith("_") and key != NO_VALUE:
                self._known(key[1:], _SETTINGS, f"{place} {key}")
                settings[key[1:]] = tuple(given) if isinstance(given, list) else given
            else:
                self._add((f"{VALUES}{own}", key), given, f"{place} {key}")
        self._check(category, name, settings, place)
        members = category.values_of(name) or ()
        empty: list[Any] | None = [] if name in category.sets() else None
        return AttributeRule(
            **settings,
            kind="set" if name in category.sets() else "single",
            order={str(member): rank for rank, member in enumerate(members)},
            lone={str(member): member.alone.beside for member in members if member.alone},
            needed=not _accepts(category, name, empty),
        )

    def _check(
        self, category: type[Category], name: str, settings: Mapping[str, Any], place: str
    ) -> None:
        """Refuse names that nothing has, and values that the schema would refuse later."""
        if settings["values"] != f"{category.tag()}.{name}":
            shared = [group[len(VALUES) :] for group in self.named if group.startswith(VALUES)]
            self._known(settings["values"], shared, f"{place} _values")
        if "capture" in settings:
            self._known(settings["capture"], EXTRACTORS, f"{place} _capture")
        for key in ("until", "since"):
            if key in settings:
                self._known(settings[key], self._names("marks"), f"{place} _{key}")
        for key in ("implies", "silent_if"):
            for other, value in settings.get(key, {}).items():
                self._known(other, category.attributes(), f"{place} _{key}: {other}")
                self._value(category, other, value, f"{place} _{key}: {other}")
        stated = self._names(f"{VALUES}{settings['values']}")
        for value in (*stated, *settings.get("silent", ()), *settings.get("negation", ())):
            if value != NO_VALUE:
                self._value(category, name, value, place)

    def _value(self, category: type[Category], name: str, value: Any, place: str) -> None:
        read = typed(value)
        if not _accepts(category, name, [read] if name in category.sets() else read):
            raise ProjectError(f"{self.source}: {place}: {value!r} is not a value of {name}")

    def _add(self, label: Label | None, listed: Any, place: str) -> None:
        if not isinstance(listed, list) or not all(isinstance(cue, str) for cue in listed):
            raise ProjectError(f"{self.source}: {place}: needs a list of cues")
        for cue in listed:
            try:
                spelt = self._spelt(cue)
                parse_cue(spelt)
            except ValueError as error:
                raise ProjectError(f"{self.source}: {place}: cue {cue!r}: {error}") from None
            if label is not None:
                self.cues.append((label, spelt))
                self.named.setdefault(label[0], {})[label[1]] = None

    def _spelt(self, cue: str) -> str:
        """Return a cue with the words of each list that it calls for by name."""
        for name in _CALLED.findall(cue):
            if name not in self.words:
                raise ValueError(f"[words] has no list {name!r}")
        return _CALLED.sub(lambda called: self.words[called[1]], cue)

    def _table(self, table: Any, place: str) -> Mapping[str, Any]:
        if not isinstance(table, Mapping):
            raise ProjectError(f"{self.source}: {place}: needs a table")
        return table

    def _known(self, name: Any, known: Any, place: str) -> None:
        if name not in known:
            listed = ", ".join(sorted(known)) or "none, for there are none yet"
            raise ProjectError(f"{self.source}: {place}: unknown, use one of {listed}")

    def _names(self, group: str) -> list[str]:
        return list(self.named.get(group, ()))


def typed(value: Any) -> Any:
    """Return the value that a key of the file stands for: keys "true" and "false" are booleans."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value


def _accepts(category: type[Category], name: str, value: Any) -> bool:
    """Tell whether an attribute may hold a value, whatever the others hold."""
    try:
        _checked(category, name).validate_python(value)
    except ValidationError:
        return False
    return True


@lru_cache(maxsize=64)  # made once for an attribute, whose values are asked for one by one
def _checked(category: type[Category], name: str) -> TypeAdapter[Any]:
    """Return what checks the values of an attribute."""
    attribute = category.model_fields[name]
    # An attribute's metadata holds what checks it beyond its type.
    checked: Any = attribute.annotation
    for each in attribute.metadata:
        checked = Annotated[checked, each]
    return TypeAdapter(checked)
