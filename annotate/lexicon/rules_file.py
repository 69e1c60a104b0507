"""Read a lexicon file against its schema: what it says, and everything that is wrong with it.

A fault does not end the reading: each is noted with its line, and the rest is read as if it were
right. What stands in a file is said in `annotate.lexicon.rules`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from annotate.errors import refuse
from annotate.findings import Finding
from annotate.lexicon.cues import advice, parse_cue
from annotate.lexicon.extractors import EXTRACTORS, SAMPLE
from annotate.lexicon.rules import (
    CUES,
    LANGUAGE,
    NO_VALUE,
    POLARITY,
    SETTINGS,
    VALUES,
    AttributeRule,
    CategoryRule,
    Label,
    Rules,
    typed,
)
from annotate.project.toml_file import TomlFile
from annotate.project.toml_lines import Keys
from annotate.runs.reader import DEFAULT_READS
from annotate.schema.acceptance import accepts
from annotate.schema.categories import Category, Schema
from annotate.schema.spelling import one_of

_CODE = re.compile("[a-z]{2,3}")
_CALLED = re.compile("<([^<>\\s]+)>")


class Cue(NamedTuple):
    """A cue as it stands in a file.

    Attributes:
        label: what it is for; None for a word that others call for or pass over.
        spelt: with the words of each list that it calls for by name.
        keys: what leads to it.
    """

    label: Label | None
    spelt: str
    keys: Keys


@dataclass
class ReadRules:
    """A lexicon file as it was read.

    Attributes:
        rules: what it says, as far as it is right.
        faults: what is not.
        written: every cue that can be read, where it stands.
    """

    rules: Rules
    faults: list[Finding] = field(default_factory=list)
    written: list[Cue] = field(default_factory=list)


def read_rules(file: TomlFile, schema: Schema) -> Rules:
    """Return the rules of a lexicon file.

    Raises:
        ProjectError: for unknown names and cues that cannot be read; names the file and the line.
    """
    read = parse_rules(file, schema)
    refuse(read.faults)
    return read.rules


def parse_rules(file: TomlFile, schema: Schema) -> ReadRules:
    """Return the rules of a lexicon file, and what is wrong with it."""
    reader = _RulesReader(file, schema)
    return ReadRules(reader.read(), reader.faults, reader.written)


class _RulesReader:
    def __init__(self, file: TomlFile, schema: Schema) -> None:
        self.file = file
        self.schema = schema
        self.faults: list[Finding] = []
        self.written: list[Cue] = []
        self.words: dict[str, str] = {}
        self.named: dict[str, dict[str, None]] = {}  # names by group, each with a cue at least

    def read(self) -> Rules:
        content = dict(self.file.content)
        languages = self._languages(content.pop("languages", list(DEFAULT_READS)))
        tables = {name: self._table(table, (name,)) for name, table in content.items()}
        self.words = self._words(tables.pop("words", {}))
        language = tables.pop("language", {})
        for key, listed in language.items():
            self._known(key, (*LANGUAGE, *POLARITY), ("language", key))
            # Fillers are words that cues pass over, and nothing that is looked for.
            self._add(("language", key) if key != "fillers" else None, listed, ("language", key))
        for name, listed in tables.pop("marks", {}).items():
            self._add(("marks", name), listed, ("marks", name))
        for name, values in tables.pop("values", {}).items():
            for value, listed in self._table(values, ("values", name)).items():
                self._add((f"{VALUES}{name}", value), listed, ("values", name, value))
        known = [
            tag for tag in tables if self._known(tag, self.schema.categories, (tag,), "category")
        ]
        rules = {tag: self._category(tag, tables[tag]) for tag in known}
        cues = tuple((each.label, each.spelt) for each in self.written if each.label is not None)
        return Rules(rules, cues, frozenset(_texts(language.get("fillers"))), languages)

    def _languages(self, given: Any) -> tuple[str, ...]:
        codes = given if isinstance(given, list) else []
        if codes and all(isinstance(each, str) and _CODE.fullmatch(each) for each in codes):
            return tuple(codes)
        remedy = 'needs a list of codes in small letters, such as ["en"]'
        said = "languages: is no list of languages"
        self.faults.append(self.file.error(("languages",), said, remedy))
        return DEFAULT_READS

    def _words(self, table: Mapping[str, Any]) -> dict[str, str]:
        """Return the lists of words by name, each as the alternatives that stand in a cue."""
        for name, listed in table.items():
            self._add(None, listed, ("words", name))
            for number, word in enumerate(_texts(listed)):
                if len(word.split()) != 1:
                    message = f"{word!r} is not one word"
                    self.fault(("words", name, number), message, "put phrases into cues")
        return {name: "|".join(_texts(listed)) for name, listed in table.items()}

    def _category(self, tag: str, table: Mapping[str, Any]) -> CategoryRule:
        category = self.schema.categories[tag]
        for key in table:
            settings = (*CUES, "hides", "joins", "needs", "own", "only_affirmed")
            self._known(key, (*settings, *category.attributes()), (tag, key), "attribute")
        for key in CUES:
            self._add((key, tag), table.get(key, []), (tag, key))
        hides = self._listed(table.get("hides", []), (tag, "hides"))
        joins = self._pairs(table.get("joins", {}), (tag, "joins"))
        needs = self._listed(table.get("needs", []), (tag, "needs"))
        for number, name in enumerate(needs):
            self._known(name, category.attributes(), (tag, "needs", number), "attribute")
        for number, other in enumerate(hides):
            self._known(other, self.schema.categories, (tag, "hides", number), "category")
        for other, mark in joins.items():
            self._known(other, self.schema.categories, (tag, "joins", other), "category")
            self._known(mark, self._names("marks"), (tag, "joins", other), "mark")
        attributes = {
            name: self._attribute(category, name, table.get(name, {}))
            for name in category.attributes()
        }
        return CategoryRule(
            attributes,
            hides,
            joins,
            needs,
            own=self._switch(table.get("own", False), (tag, "own")),
            only_affirmed=self._switch(table.get("only_affirmed", False), (tag, "only_affirmed")),
        )

    def _attribute(self, category: type[Category], name: str, table: Any) -> AttributeRule:
        keys = (category.tag(), name)
        own = f"{category.tag()}.{name}"
        settings: dict[str, Any] = {"values": own}
        for key, given in self._table(table, keys).items():
            if not key.startswith("_") or key == NO_VALUE:
                self._add((f"{VALUES}{own}", key), given, (*keys, key))
            elif self._known(key[1:], SETTINGS, (*keys, key)):
                read = self._setting(key[1:], given, (*keys, key))
                settings |= {} if read is None else {key[1:]: read}
        self._check(category, name, settings, keys)
        members = category.values_of(name) or ()
        empty: list[Any] | None = [] if name in category.sets() else None
        return AttributeRule(
            **settings,
            kind="set" if name in category.sets() else "single",
            order={str(member): rank for rank, member in enumerate(members)},
            lone={str(member): member.alone.beside for member in members if member.alone},
            needed=not accepts(category, name, empty),
        )

    def _setting(self, name: str, given: Any, keys: Keys) -> Any:
        """Return what a setting of an attribute says, None where it should be a name."""
        if name in ("silent", "negation"):
            return self._listed(given, keys, any_value=name == "silent")
        if name in ("implies", "silent_if"):
            return self._pairs(given, keys)
        if name in ("each", "stem_first", "headings"):
            return self._switch(given, keys)
        if not isinstance(given, str):
            self.fault(keys, f"{given!r} is no name", "needs one in quotes")
            return None
        return given

    def _check(
        self, category: type[Category], name: str, settings: Mapping[str, Any], keys: Keys
    ) -> None:
        """Find names that nothing has, and values that the schema would refuse later."""
        own = f"{category.tag()}.{name}"
        if settings["values"] != own:
            shared = [group[len(VALUES) :] for group in self.named if group.startswith(VALUES)]
            self._known(settings["values"], shared, (*keys, "_values"), "list of values")
        if "capture" in settings:
            self._captures(category, name, settings["capture"], keys)
        for key in ("until", "since"):
            if key in settings:
                self._known(settings[key], self._names("marks"), (*keys, f"_{key}"), "mark")
        for key in ("implies", "silent_if"):
            for other, value in settings.get(key, {}).items():
                place = (*keys, f"_{key}", other)
                if self._known(other, category.attributes(), place, "attribute"):
                    self._value(category, other, value, place)
        negation = settings.get("negation", ())
        if "negation" in settings and len(negation) != 2:
            remedy = "needs two: for a plain statement, and for one that is denied"
            self.fault((*keys, "_negation"), f"has {len(negation)} values", remedy)
        for key in ("silent", "negation"):
            for number, value in enumerate(settings.get(key, ())):
                self._value(category, name, value, (*keys, f"_{key}", number))
        listed = keys if settings["values"] == own else ("values", settings["values"])
        for value in self._names(f"{VALUES}{settings['values']}"):
            if value != NO_VALUE:
                self._value(category, name, value, (*listed, value))

    def _captures(self, category: type[Category], name: str, capture: str, keys: Keys) -> None:
        """Find an extractor that there is not, or whose values the attribute does not hold."""
        place = (*keys, "_capture")
        if not self._known(capture, EXTRACTORS, place, "extractor"):
            return
        members = " ".join(str(member) for member in category.values_of(name) or ())
        samples = EXTRACTORS[capture](f"{SAMPLE} {members}")
        if not any(self._fits(category, name, each) for each in samples):
            message = f"{capture!r} finds values such as {samples[0]!r}, which {name} cannot hold"
            self.fault(place, message, "take it out, and list cues for each value instead")

    def _value(self, category: type[Category], name: str, value: Any, keys: Keys) -> None:
        if not self._fits(category, name, typed(value)):
            known = [str(member) for member in category.values_of(name) or ()]
            remedy = (
                one_of(str(value), known) + _RENAMED if known else "write it as the schema says"
            )
            self.fault(keys, f"{value!r} is not a value of {name}", remedy)

    def _fits(self, category: type[Category], name: str, value: Any) -> bool:
        return accepts(category, name, [value] if name in category.sets() else value)

    def _add(self, label: Label | None, listed: Any, keys: Keys) -> None:
        if not isinstance(listed, list):
            self.fault(keys, "is no list", "needs a list of cues")
            return
        if label is not None and listed:  # known by its name, whatever is wrong with its cues
            self.named.setdefault(label[0], {})[label[1]] = None
        for number, cue in enumerate(listed):
            try:
                spelt = self._spelt(cue)
                parse_cue(spelt)
            except (TypeError, ValueError) as error:
                self._unreadable(cue, error, (*keys, number))
            else:
                self.written.append(Cue(label, spelt, (*keys, number)))

    def _unreadable(self, cue: Any, error: Exception, keys: Keys) -> None:
        if isinstance(cue, str):
            self.fault(keys, f"cue {cue!r}: {error}", advice(cue))
        else:
            self.fault(keys, f"{cue!r} is no cue", "needs a list of cues in quotes")

    def _spelt(self, cue: str) -> str:
        """Return a cue with the words of each list that it calls for by name."""
        if "<" not in cue:
            return cue
        for name in _CALLED.findall(cue):
            if not self.words.get(name):
                raise ValueError(f"[words] has no list {name!r}")
        return _CALLED.sub(lambda called: self.words[called[1]], cue)

    # ---- Forms ----

    def fault(self, keys: Keys, message: str, remedy: str) -> None:
        self.faults.append(self.file.error(keys, f"{self._place(keys)}: {message}", remedy))

    def _place(self, keys: Keys) -> str:
        """Return the table and the key that lead to a place, as they are written."""
        found: Any = self.file.content
        tables: list[str] = []
        rest = [key for key in keys if isinstance(key, str)]
        while rest and isinstance(found, Mapping):
            found = found.get(rest[0])
            if tables and not isinstance(found, Mapping):
                break
            tables.append(rest.pop(0))
        return " ".join([f"[{'.'.join(tables)}]", *filter(None, [".".join(rest)])])

    def _table(self, table: Any, keys: Keys) -> Mapping[str, Any]:
        if not isinstance(table, Mapping):
            self.fault(keys, "is no table", "needs a table")
        return table if isinstance(table, Mapping) else {}

    def _pairs(self, table: Any, keys: Keys) -> Mapping[str, Any]:
        pairs = self._table(table, keys)
        wrong = [name for name, each in pairs.items() if not isinstance(each, str | bool | int)]
        for name in wrong:
            self.fault((*keys, name), f"{pairs[name]!r} is no value", "needs one value")
        return {name: each for name, each in pairs.items() if name not in wrong}

    def _listed(self, given: Any, keys: Keys, *, any_value: bool = False) -> tuple[Any, ...]:
        kinds = (str, bool, int, float) if any_value else (str,)
        if isinstance(given, list) and all(isinstance(each, kinds) for each in given):
            return tuple(given)
        self.fault(keys, f"{given!r} is no list", 'needs a list, as in ["one"]')
        return ()

    def _switch(self, given: Any, keys: Keys) -> bool:
        if not isinstance(given, bool):
            said = f"{given!r} is neither true nor false"
            self.fault(keys, said, "write one of them, without quotes")
        return given is True

    def _known(self, name: Any, known: Collection[str], keys: Keys, what: str = "") -> bool:
        if name in known:
            return True
        said = "unknown" if not what or name == keys[-1] else f"{name!r} is an unknown {what}"
        renamed = _RENAMED if what in ("category", "attribute") else ""
        self.fault(keys, said, one_of(str(name), sorted(known)) + renamed)
        return False

    def _names(self, group: str) -> list[str]:
        return list(self.named.get(group, ()))


_RENAMED = "; what the schema has renamed is renamed here, too"


def _texts(listed: Any) -> list[str]:
    return [each for each in listed if isinstance(each, str)] if isinstance(listed, list) else []
