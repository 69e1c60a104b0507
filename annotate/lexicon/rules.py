"""What a lexicon file can say: rules for categories and their attributes.

The file is TOML. Beside what is named here it holds one table per category:

    languages = ["en"]      codes of the languages that its cues are in; English where it is missing
    [words]                 lists of words by name, which cues call for: `<giving>`
    [language]              lists of cues by their part in a sentence, see `LANGUAGE`, `POLARITY`
    [marks]                 lists of cues that bound a region of a sentence, by name
    [values.<set>]          a list of cues for each value of a set that attributes share
    [<category>]            lists of cues by what they do, see `CUES`, and `hides`, `joins`,
                            `needs`, `own`, `only_affirmed`
    [<category>.<attribute>] settings with an underscore, see `AttributeRule`, and, for a set of
                            its own, a list of cues for each value

In a value set, `_not` lists phrases that state none of the values. `annotate.lexicon.rules_file`
reads a file. This module knows no domain.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from functools import cached_property
from typing import Any

from annotate.runs.reader import DEFAULT_READS

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
NEGATIONS = ("negators", "far_negators", "negators_behind")
TURNING = (*NEGATIONS, "past_acts", "others", "hypotheses", "far_hypotheses", "instructions")
"""Without any of them, what stands in no question is affirmed."""
ANSWERS = ("answers_no", "answers_yes", "answers_terms", "ellipses", "ended")
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
SETTINGS = frozenset(each.name for each in fields(AttributeRule)) - _FROM_SCHEMA
"""Those settings of an attribute that stand in the file."""


@dataclass(frozen=True)
class CategoryRule:
    """A category's attributes, and how it stands to other categories.

    Attributes:
        hides: categories that are dropped where this one applies.
        joins: other categories beside which it applies, each with the mark that must follow there.
        needs: attributes of which one at least has to be found, or the category does not apply.
        own: it is never inherited: an item has it by its own words alone.
        only_affirmed: it has no polarity, and where it is denied it does not apply.
    """

    attributes: Mapping[str, AttributeRule]
    hides: tuple[str, ...] = ()
    joins: Mapping[str, str] = field(default_factory=dict)
    needs: tuple[str, ...] = ()
    own: bool = False
    only_affirmed: bool = False

    @cached_property
    def singles(self) -> tuple[str, ...]:
        """Its attributes that hold one value."""
        return tuple(name for name, each in self.attributes.items() if each.kind == "single")

    @cached_property
    def negatable(self) -> tuple[str, ...]:
        """Its attributes that say whether it is denied."""
        return tuple(name for name, each in self.attributes.items() if each.negation)

    @cached_property
    def wanted(self) -> frozenset[str]:
        """Its attributes that the schema wants a value for."""
        return frozenset(name for name, each in self.attributes.items() if each.needed)

    @cached_property
    def deniable(self) -> bool:
        """Whether it makes a difference to it that something is denied, past or asked."""
        return self.only_affirmed or bool(self.negatable)


@dataclass(frozen=True)
class Rules:
    """A lexicon file as rules by category, in the order of the file, and labelled cues."""

    categories: Mapping[str, CategoryRule]
    cues: tuple[tuple[Label, str], ...]
    fillers: frozenset[str]
    languages: tuple[str, ...] = DEFAULT_READS


def typed(value: Any) -> Any:
    """Return the value that a key of the file stands for: keys "true" and "false" are booleans."""
    return {"true": True, "false": False}.get(value, value) if isinstance(value, str) else value
