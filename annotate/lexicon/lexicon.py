"""A lexicon file, read and ready to be looked for in a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from annotate.lexicon.rules import ANSWERS, NEGATIONS, TURNING, VALUES, Label
from annotate.lexicon.rules_file import read_rules
from annotate.lexicon.scanner import Scanner
from annotate.project.toml_file import TomlFile, read_toml
from annotate.schema.categories import Schema


class Lexicon:
    """The cues and rules of one schema.

    Attributes:
        rules: those of each category, in the order of the file.
        languages: codes of those that its cues are in: it reads no others.
        scanner: finds the cues of all of them in one pass, but for those of values.
        values: finds these.
        ranks: of the labels in their scanner, by group and name, in the order of the file; a group
            without cues has none.
        joins: a category, the other one that it joins, and the mark that must follow there.
        turning, negating, answering: ranks of the lists of [language] that make a hit anything but
            affirmed, of those that negate one, and of those that answer a question.
        conditional: categories that hide others only where one of their `hides_if` cues stands.

    Raises:
        ProjectError: for an unknown category, attribute or value, or a cue that cannot be read.
    """

    def __init__(self, file: TomlFile, schema: Schema) -> None:
        self.schema = schema
        rules = read_rules(file, schema)
        self.rules = rules.categories
        self.languages = rules.languages
        of_values = [cue for cue in rules.cues if cue[0][0].startswith(VALUES)]
        others = [cue for cue in rules.cues if not cue[0][0].startswith(VALUES)]
        self.scanner: Scanner[Label] = Scanner(others, rules.fillers)
        self.values: Scanner[Label] = Scanner(of_values, rules.fillers)
        self.ranks: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for labels in (self.scanner.labels, self.values.labels):
            for (group, name), rank in labels.items():
                self.ranks[group][name] = rank
        spoken = self.ranks["language"]
        self.turning, self.negating, self.answering = (
            frozenset(rank for part, rank in spoken.items() if part in parts)
            for parts in (TURNING, NEGATIONS, ANSWERS)
        )
        self.joins = [
            (tag, *join) for tag, rule in self.rules.items() for join in rule.joins.items()
        ]
        self.conditional = {name for (group, name), _ in rules.cues if group == "hides_if"}

    @classmethod
    def of(cls, content: Mapping[str, Any], schema: Schema) -> Lexicon:
        """Make a lexicon of tables that stand in no file."""
        return cls(TomlFile(Path("lexicon"), content), schema)

    @classmethod
    def load(cls, path: Path, schema: Schema) -> Lexicon:
        """Read a lexicon file."""
        return cls(read_toml(path), schema)
