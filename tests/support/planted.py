"""Edits of the five policies, made in the text and in what the gold labels of it.

`tests/differences/planted.toml` says what each kind of edit does to the labels.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from annotate.annotation import Annotation, Evidence
from annotate.differences.sides import Reading
from annotate.documents.document import Document
from annotate.gold.store import read_gold
from annotate.runs.silence import Silence
from tests.conftest import ROOT

TABLES = ROOT / "tests" / "differences"
POLICIES = (
    "infinitydesk.txt",
    "infotech.txt",
    "infrascale.md",
    "infroryx.txt",
    "infuze-cloud.txt",
)


@dataclass(frozen=True, slots=True)
class Label:
    """What is labelled on a range of a text."""

    start: int
    end: int
    category: str
    attributes: Mapping[str, Any]


@dataclass
class Labelled:
    """A text with its labels, and the edits that are made in it."""

    name: str
    text: str
    labels: list[Label]
    expected: list[tuple[str, str]] = field(default_factory=list)

    def reading(self) -> Reading:
        """Return what a run would say that finds what is labelled."""
        form = "markdown" if self.name.endswith(".md") else "text"
        made = tuple(self._annotation(each) for each in sorted(self.labels, key=_place))
        return Reading(Document(self.name, self.text, form), made, Silence(), "")

    def _annotation(self, label: Label) -> Annotation:
        quote = self.text[label.start : label.end]
        evidence = (Evidence(quote, label.start, label.end, "exact", 0),)
        place = self.name, label.start, label.end
        return Annotation(*place, label.category, label.attributes, quote, evidence)

    # ---- Edits ----

    def edit(self, row: Mapping[str, Any]) -> None:
        """Make one edit of a table, and note what a diff has to say of it."""
        start, end = self._found(row["old"])
        kind = row.get("kind", "reworded")
        if kind == "added":
            self._put(end, row["new"], row["labels"])
        elif kind in ("removed", "moved"):
            inside = [each for each in self.labels if start <= each.start and each.end <= end]
            assert [each.category for each in inside] == row["categories"], row["old"]
            self.labels = [each for each in self.labels if each not in inside]
            self.replace_words(start, end, "")
            if kind == "moved":
                at = self._found(row["behind"])[1]
                self.replace_words(at, at, row["old"])
                self.labels += [_shifted(each, at - start) for each in inside]
            self.expected += [(kind, each.category) for each in inside]
            return
        else:
            self.replace_words(start, end, row["new"])
            touched = [
                each
                for each in self.labels
                if each.start < start + len(row["new"]) and each.end > start
            ]
            if kind == "changed":
                self._change(touched, row["category"], row["values"])
        self.expected += [(kind, name) for name in _categories(kind, row)]

    def _found(self, words: str) -> tuple[int, int]:
        assert self.text.count(words) == 1, f"{self.name}: {self.text.count(words)} × {words!r}"
        start = self.text.index(words)
        return start, start + len(words)

    def _put(self, at: int, words: str, labels: Iterable[Mapping[str, Any]]) -> None:
        self.replace_words(at, at, words)
        quote = words.strip(" \n•-")
        start = at + words.index(quote)
        for each in labels:
            self.labels.append(
                Label(start, start + len(quote), each["category"], each["attributes"])
            )

    def replace_words(self, start: int, end: int, words: str) -> None:
        """Put other words in the place of a range; labels around it stay where their words are."""
        more = len(words) - (end - start)
        moved = []
        for each in self.labels:
            if each.end <= start:
                moved.append(each)
            elif each.start >= end:
                moved.append(_shifted(each, more))
            else:
                around = each.start <= start and end <= each.end
                inside = start <= each.start and each.end <= end
                assert around or inside, f"{self.name}: {words!r} cuts a label"
                moved.append(replace(each, end=each.end + more))
        self.labels = moved
        self.text = self.text[:start] + words + self.text[end:]

    def _change(self, touched: Iterable[Label], category: str, values: Mapping[str, Any]) -> None:
        own = [each for each in touched if each.category == category]
        assert len(own) == 1, f"{self.name}: {len(own)} labels of {category}"
        at = self.labels.index(own[0])
        self.labels[at] = replace(own[0], attributes={**own[0].attributes, **values})


def _categories(kind: str, row: Mapping[str, Any]) -> list[str]:
    if kind == "added":
        return [each["category"] for each in row["labels"]]
    if kind == "changed":
        return [row["category"]]
    return list(row.get("categories", []))


def _shifted(label: Label, by: int) -> Label:
    return replace(label, start=label.start + by, end=label.end + by)


def _place(label: Label) -> tuple[int, int, str]:
    return label.start, label.end, label.category


def labelled(name: str) -> Labelled:
    """Return a policy with its gold, as it stands."""
    gold = read_gold(ROOT / "eval" / "gold" / "privacy_policy")
    text = (ROOT / "eval" / "documents" / name).read_text(encoding="utf-8")
    own = (each for each in gold.annotations if each.document == name)
    return Labelled(name, text, [Label(a.start, a.end, a.category, a.attributes) for a in own])


def table(name: str) -> list[dict[str, Any]]:
    """Return the rows of a table of edits."""
    rows = tomllib.loads((TABLES / f"{name}.toml").read_text(encoding="utf-8"))
    (found,) = rows.values()
    return list(found)


def edited(name: str, rows: Iterable[Mapping[str, Any]]) -> Labelled:
    """Return a policy with all edits of its own made in it."""
    policy = labelled(name)
    for row in rows:
        if row["document"] == name:
            policy.edit(row)
    return policy
