"""OPP-115 as it is published, read as this project reads pages; it does not come with the project.

sanitized_policies/<policy>.html   segments of HTML, parted by |||
annotations/<policy>.csv           no header; a row is annotation id, batch, annotator, policy id,
                                   segment (from 0), category, attributes as JSON, date, url
"""

from __future__ import annotations

import csv
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotate.documents.decoding import decode
from annotate.documents.readers.html import read_page

SEED = 115
TEST_PART = 23
ENOUGH = 2  # annotators who give a segment a category
OTHER = "Other"
_COLUMNS = 9

Labels = Mapping[int, frozenset[str]]
"""The categories of the segments that have some, by number."""


@dataclass(frozen=True)
class Policy:
    """A policy of the corpus.

    Attributes:
        name: of its files, without the ending.
        segments: the text of each, as the project reads it.
        fragments: the HTML of each, every element of it closed.
        annotators: what each of them says.
    """

    name: str
    segments: Sequence[str]
    fragments: Sequence[str]
    annotators: Mapping[str, Labels]

    @property
    def majority(self) -> Labels:
        """What enough annotators say."""
        votes: dict[int, Counter[str]] = defaultdict(Counter)
        for labels in self.annotators.values():
            for segment, categories in labels.items():
                votes[segment].update(categories)
        found = {
            segment: frozenset(name for name, count in counted.items() if count >= ENOUGH)
            for segment, counted in votes.items()
        }
        return {segment: categories for segment, categories in found.items() if categories}


@dataclass
class Selected:
    """How many of the words that annotators marked stand in their segment: whether it is read."""

    found: int = 0
    marked: int = 0

    def look(self, attributes: Mapping[str, object], segment: str) -> None:
        """Look for what the attributes of a row say was marked."""
        folded = _folded(segment)
        for each in attributes.values():
            text = each.get("selectedText") if isinstance(each, Mapping) else None
            start = each.get("startIndexInSegment", -1) if isinstance(each, Mapping) else -1
            if isinstance(text, str) and isinstance(start, int) and start >= 0:
                self.marked += 1
                self.found += _folded(text) in folded


def _folded(text: str) -> str:
    return "".join(text.split()).casefold()


# ---- Reading ----


def measured_part(names: Iterable[str], count: int) -> list[str]:
    """Return the policies that are measured on."""
    shuffled = sorted(names)
    random.Random(SEED).shuffle(shuffled)  # noqa: S311 (no secret)
    return shuffled[:count]


def read_corpus(folder: Path, known: frozenset[str], count: int) -> tuple[list[Policy], Selected]:
    """Read the test part; rows and policies that cannot be used are named and left out."""
    texts = {path.stem: path for path in folder.glob("sanitized_policies/*.html")}
    tables = {path.stem: path for path in folder.glob("annotations/*.csv")}
    if not texts or not tables:
        sys.exit(f"{folder}: needs sanitized_policies/*.html and annotations/*.csv, as published")
    for name in sorted(texts.keys() ^ tables.keys()):
        warn(f"{name}: has no {'table' if name in texts else 'text'}; it is left out")
    selected = Selected()
    chosen = measured_part(texts.keys() & tables.keys(), count)
    return [_policy(texts[name], tables[name], known, selected) for name in chosen], selected


def _policy(page: Path, table: Path, known: frozenset[str], selected: Selected) -> Policy:
    html = decode(page.read_bytes(), str(page), "utf-8")
    fragments = [_closed(part) for part in html.split("|||")]
    segments = [read_page(part, str(page))[0] for part in fragments]
    said: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for place, row in _rows(table):
        problem = _problem(row, len(segments), known)
        if problem:
            warn(f"{place}: {problem}; it is left out")
            continue
        annotator, segment, category, attributes = row[2], int(row[4]), row[5], row[6]
        selected.look(json.loads(attributes), segments[segment])
        labels = said[annotator]  # also one who says nothing but "Other"
        if category != OTHER:
            labels[segment].add(category)
    annotators = {
        name: {number: frozenset(each) for number, each in labels.items()}
        for name, labels in said.items()
    }
    return Policy(page.stem, segments, fragments, annotators)


def _closed(fragment: str) -> str:
    """Return a part of a page with every element of it closed, in one of its own."""
    from lxml import html

    clean = "".join(c if c >= " " or c in "\t\n" else " " for c in fragment)
    return str(html.tostring(html.fragment_fromstring(clean, "div"), encoding="unicode"))


def _rows(table: Path) -> Iterator[tuple[str, list[str]]]:
    csv.field_size_limit(sys.maxsize)
    with table.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        reader = csv.reader(file)
        for row in reader:
            if row:
                yield f"{table}:{reader.line_num}", row


def _problem(row: Sequence[str], segments: int, known: frozenset[str]) -> str:
    """Say what keeps a row from being used, or ""."""
    if len(row) < _COLUMNS:
        return f"has {len(row)} columns, not {_COLUMNS}"
    if not row[4].isdecimal() or int(row[4]) >= segments:
        return f"names segment {row[4]!r:.20}, and the policy has {segments}"
    if row[5] != OTHER and row[5] not in known:
        return f"category {row[5]!r:.60} is the counterpart of none"
    try:
        attributes = json.loads(row[6])
    except ValueError:
        return "its attributes are not JSON"
    return "" if isinstance(attributes, dict) else "its attributes are not a JSON object"


def warn(said: str) -> None:
    """Say on standard error what is left out."""
    print(said, file=sys.stderr)


# ---- Writing ----


def write_policies(policies: Iterable[Policy], folder: Path) -> Path:
    """Write one page a policy, for a run to read."""
    folder.mkdir(parents=True, exist_ok=True)
    for policy in policies:
        body = "\n".join(policy.fragments)
        page = f"<!DOCTYPE html><meta charset=utf-8><body>\n{body}\n</body>\n"
        (folder / f"{policy.name}.html").write_text(page, encoding="utf-8")
    return folder
