"""Measure what `annotate diff` finds of changes planted into the five policies, and what it costs.

    python benchmarks/changes.py

The tables stand in `tests/differences`. Each edit is made alone, and read twice: as the gold says,
so that what is measured is the difference alone, and by the offline baseline, whose reading of the
new words counts as well. Then the policies follow each other four times in one text of 100 pages,
and all edits are made in it at once.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

import annotate
from annotate.differences.diff import DocumentDiff, diff_documents
from annotate.differences.sides import Reading
from annotate.documents.document import Document
from annotate.runs.silence import Silence
from tests.support.planted import POLICIES, Label, Labelled, edited, labelled, table

Read: TypeAlias = Callable[[Labelled], Reading]


def by_baseline(policy: Labelled) -> Reading:
    """Return what the offline baseline says of a text."""
    form = "markdown" if policy.name.endswith(".md") else "text"
    found = tuple(annotate.annotate(policy.text))
    return Reading(Document(policy.name, policy.text, form), found, Silence(), "")


def told(diff: DocumentDiff) -> Counter[tuple[str, str]]:
    """Count what came of statements, but for those that were kept or reworded in their place."""
    found: Counter[tuple[str, str]] = Counter()
    for each in diff.changes:
        if each.of_content:
            found[each.kind, each.category] += 1
        elif each.moved:
            found["moved", each.category] += 1
    return found


def measure(rows: Iterable[Mapping[str, Any]], read: Read) -> tuple[int, int]:
    """Return how many edits are told as what they are, and how many changes besides."""
    before = {name: read(labelled(name)) for name in POLICIES}
    right, besides = 0, 0
    for row in rows:
        policy = labelled(row["document"])
        policy.edit(row)
        found = told(diff_documents(before[row["document"]], read(policy)))
        wanted = Counter(each for each in policy.expected if each[0] != "reworded")
        right += not wanted - found
        besides += (found - wanted).total()
    return right, besides


def joined(policies: Iterable[Labelled], times: int) -> Labelled:
    """Return one text of policies that follow each other so many times."""
    whole = Labelled("all.md", "", [])
    for each in [*policies] * times:
        start = len(whole.text)
        whole.labels += [
            Label(label.start + start, label.end + start, label.category, label.attributes)
            for label in each.labels
        ]
        whole.text += each.text + "\n\n"
    return whole


def main() -> None:
    """Print the figures."""
    planted, rewordings = table("planted"), table("rewordings")
    for name, read in (("gold", Labelled.reading), ("offline baseline", by_baseline)):
        right, besides = measure(planted, read)
        print(f"{name}: {right} of {len(planted)} planted changes found, {besides} told besides")
        _, invented = measure(rewordings, read)
        print(f"{name}: {invented} changes told in {len(rewordings)} rewordings")
    before = joined(map(labelled, POLICIES), 4)
    after = joined((edited(name, planted) for name in POLICIES), 4)
    sides = before.reading(), after.reading()
    start = time.process_time()
    diff = diff_documents(*sides)
    seconds = time.process_time() - start
    count = len(diff.changes)
    print(
        f"{len(before.text):,} characters, {count:,} statements: {seconds:.2f} s of processor time"
    )


if __name__ == "__main__":
    main()
