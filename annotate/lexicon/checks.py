"""Check a lexicon file: what is wrong with it, and what in it can never have an effect.

A run refuses what is wrong. What can never have an effect harms no run, so that it is only looked
for here: a cue that no text can match, one that another cue always stands in for, a list that
nothing calls for, a category or an attribute that nothing can fill.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from annotate.errors import ProjectError
from annotate.findings import Finding, in_order
from annotate.lexicon.cues import advice, parse_cue
from annotate.lexicon.reach import Reach, may_stand, size
from annotate.lexicon.rules import CUES, NO_VALUE, VALUES, AttributeRule, CategoryRule, Label
from annotate.lexicon.rules_file import Cue, ReadRules, parse_rules
from annotate.project.toml_file import TomlFile, read_toml
from annotate.project.toml_lines import Keys
from annotate.schema.categories import Schema

_LEADS = ("cues", "stems", "headings")
"""Lists by which a category is found."""

_MOST_WORDS = 40  # in a row: no sentence and no list item is one phrase of so many


def check_lexicon(path: Path, schema: Schema) -> list[Finding]:
    """Return what is wrong with a lexicon file, and what in it has no effect, by line."""
    try:
        file = read_toml(path)
    except ProjectError as error:
        return list(error.findings)
    read = parse_rules(file, schema)
    checks = _Checks(file, read)
    return in_order([*read.faults, *checks.of_cues(), *checks.of_rules(), *checks.of_lists()])


class _Checks:
    def __init__(self, file: TomlFile, read: ReadRules) -> None:
        self.file = file
        self.rules = read.rules
        self.written = read.written
        self.attributes = [
            rule for each in self.rules.categories.values() for rule in each.attributes.values()
        ]
        self.lists: defaultdict[Keys, list[Cue]] = defaultdict(list)
        for each in read.written:
            self.lists[each.keys[:-1]].append(each)

    def shown(self, cue: Cue) -> str:
        """Return a cue as it is written, with its list."""
        found = self.file.content
        for key in cue.keys:
            found = found[key]  # type: ignore[index]
        return f"cue {str(found)!r}"

    def at(self, cue: Cue) -> str:
        return f"line {self.file.line(*cue.keys)}" if self.file.text else repr(cue.spelt)

    # ---- Cues ----

    def of_cues(self) -> Iterator[Finding]:
        for each in self.written:
            yield from self._never_in_a_text(each)
        for keys, cues in self.lists.items():
            yield from self._told_twice(cues)
            if len(keys) == 2 and keys[1] == "cues":
                yield from self._undone(str(keys[0]), cues)
        yield from self._read_as_another()

    def _never_in_a_text(self, cue: Cue) -> Iterator[Finding]:
        """Find words that no text holds once it is normalized, and cues that no sentence holds."""
        if cue.keys[:2] == ("language", "fillers") and not cue.spelt.isalnum():
            said = f"{self.shown(cue)} is passed over by nothing"
            yield self.file.error(cue.keys, said, "fillers are single words without signs")
            return
        shortest = min(parse_cue(cue.spelt), key=size)
        if size(shortest) > _MOST_WORDS:
            said = (
                f"{self.shown(cue)} has {size(shortest)} words: no sentence has them all in a row"
            )
            yield self.file.error(cue.keys, said, "keep the words that tell, with ... between them")
        words = [word for phrase in shortest.phrases for word in phrase]
        for one in dict.fromkeys(one for word in words for one in word if not may_stand(one)):
            said = f"{self.shown(cue)} can never match: no text holds {one!r} once it is read"
            yield self.file.error(cue.keys, said, advice(cue.spelt))

    def _told_twice(self, cues: Sequence[Cue]) -> Iterator[Finding]:
        """Find cues of a list for which another one of it always stands in."""
        seen: dict[str, Cue] = {}
        for each in cues:
            written = " ".join(each.spelt.lower().split())
            if (first := seen.setdefault(written, each)) is not each:
                said = f"{self.shown(each)} stands in this list already, on {self.at(first)}"
                yield self.file.error(each.keys, said, "take one of them out")
        reach = Reach((each.spelt, each) for each in seen.values())
        for each in seen.values():
            if (wider := reach.same(each.spelt, other_than=each)) is not None:
                said = f"{self.shown(each)} tells nothing that {self.at(wider)} does not tell"
                yield self.file.error(each.keys, said, "take it out, or the other one")

    def _undone(self, tag: str, cues: Sequence[Cue]) -> Iterator[Finding]:
        """Find cues of a category that something else always undoes."""
        for what, keys in (
            ("an exception", (tag, "except")),
            ("a veto", (tag, "vetoes")),
            ("a cue of units that state nothing", ("language", "ignore")),
        ):
            reach = Reach((each.spelt, each) for each in self.lists.get(keys, ()))
            look = reach.end if keys[1] == "except" else reach.part
            for each in cues:
                if (other := look(each.spelt)) is not None:
                    said = (
                        f"{self.shown(each)} never counts: {what}, on {self.at(other)}, undoes it"
                    )
                    yield self.file.error(each.keys, said, "take one of the two out")

    def _read_as_another(self) -> Iterator[Finding]:
        """Find cues of a value that always state another one, where one alone can be stated."""
        groups: defaultdict[str, list[Cue]] = defaultdict(list)
        for each in self.written:
            if each.label and each.label[0].startswith(VALUES) and each.label[1] != NO_VALUE:
                groups[each.label[0][len(VALUES) :]].append(each)
        several = {each.values for each in self.attributes if each.kind == "set" or each.each}
        for name in {each.values for each in self.attributes} - several:
            by_value: dict[Label | None, Reach[Cue]] = {
                each.label: Reach() for each in groups[name]
            }
            for each in groups[name]:
                earlier = (by_value[label] for label in by_value if label != each.label)
                found = (reach.same(each.spelt) for reach in earlier)
                if (other := next(filter(None, found), None)) is not None and other.label:
                    read_as = f"{other.label[1]!r}, by {self.at(other)}"
                    said = f"{self.shown(each)} is always read as {read_as}"
                    yield self.file.error(each.keys, said, "take one of the two out")
                by_value[each.label].add(each.spelt, each)

    # ---- Categories and attributes ----

    def written_in(self, tag: str) -> Mapping[str, Any]:
        """Return the table of a category as it is written, right or wrong."""
        table = self.file.content.get(tag)
        return table if isinstance(table, Mapping) else {}

    def of_rules(self) -> Iterator[Finding]:
        before: list[str] = []
        for tag, rule in self.rules.categories.items():
            before.append(tag)
            if not rule.joins and not any(map(self.written_in(tag).get, _LEADS)):
                remedy = 'list words that state it: cues = ["…"]'
                said = f"[{tag}] has no cues, so that it is never found"
                yield self.file.error((tag,), said, remedy)
            for key, needs in (("weak", "headings"), ("hides_if", "hides")):
                there = (tag, needs) in self.lists or (needs == "hides" and rule.hides)
                if (tag, key) in self.lists and not there:
                    said = f"[{tag}] {key}: has no effect without {needs}"
                    yield self.file.error((tag, key), said, f"add {needs}, or take it out")
            for number, other in enumerate(rule.hides):
                if other in before:
                    said = f"[{tag}] hides: {other} stands above it, and is never hidden by it"
                    yield self.file.error(
                        (tag, "hides", number), said, f"put [{tag}] above [{other}]"
                    )
            for name in {*CUES, "hides", "joins", "own", "only_affirmed"} & {*rule.attributes}:
                said = f"[{tag}]: an attribute is named as the list {name} of this table"
                yield self.file.error((tag,), said, "rename the attribute in the schema")
            for name, attribute in rule.attributes.items():
                yield from self._of_attribute(tag, name, attribute, rule)

    def _of_attribute(
        self, tag: str, name: str, rule: AttributeRule, category: CategoryRule
    ) -> Iterator[Finding]:
        keys, place = (tag, name), f"[{tag}.{name}]"
        own = [each for list_, cues in self.lists.items() if list_[:2] == keys for each in cues]
        instead = "_capture" if rule.capture else "_negation" if rule.negation else ""
        if instead and own:
            said = f"{place} {instead}: fills it, so that its cues are never looked for"
            yield self.file.error(own[0].keys, said, f"take out the cues, or {instead}")
        if rule.kind == "single" and len(rule.silent) > 1:
            said = (
                f"{place} _silent: has {len(rule.silent)} values, of which the first alone is used"
            )
            yield self.file.error((*keys, "_silent"), said, f"{name} holds one value: name one")
        valued = f"{VALUES}{rule.values}"
        filled = (
            self.written_in(tag).get(name)
            or rule.silent
            or instead
            or any(each.label and each.label[0] == valued for each in self.written)
        )
        implied = any(name in each.implies for each in category.attributes.values())
        if rule.needed and not filled and not implied:
            said = f"{place} needs a value and nothing gives it one, so that [{tag}] is never found"
            yield self.file.error(keys, said, 'list cues for its values, or add _silent = ["…"]')

    # ---- Lists ----

    def of_lists(self) -> Iterator[Finding]:
        """Find lists that nothing calls for."""
        content = self.file.content
        own = (
            f"{tag}.{name}"
            for tag, each in self.rules.categories.items()
            for name in each.attributes
        )
        used = {
            "values": {*_below(content, "_values"), *own},
            "marks": {*_below(content, "_until", "_since", "joins")},
            "words": {
                part.partition(">")[0] for text in _texts(content) for part in text.split("<")[1:]
            },
        }
        for table, names in used.items():
            there = content.get(table)
            for name in there if isinstance(there, dict) else ():
                if name not in names:
                    said = f"[{table}] {name}: nothing calls for it"
                    yield self.file.error((table, name), said, "take it out, or correct its name")


def _below(content: object, *keys: str) -> Iterator[str]:
    """Yield the texts that stand anywhere below one of some keys."""
    for key, each in content.items() if isinstance(content, dict) else ():
        yield from _texts(each) if key in keys else _below(each, *keys)


def _texts(content: object) -> Iterator[str]:
    if isinstance(content, str):
        yield content
    elif isinstance(content, dict | list):
        for each in content.values() if isinstance(content, dict) else content:
            yield from _texts(each)
