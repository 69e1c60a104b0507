"""Score the offline baseline, a model or a finished run on OPP-115, by segment and category.

    python benchmarks/opp115.py DIR [--model NAME …] [--run RUN] [--out runs/opp115]

DIR holds the corpus as it is published (Wilson et al., ACL 2016), `sanitized_policies` and
`annotations`; it does not come with this project. What is not typed is what `annotate.toml` and the
environment say. Without a model the offline baseline reads.

A segment has a category where two annotators or more gave it. What the project says has the
categories of the table `schemas/privacy_policy.crosswalks/opp115.toml`; "Other" is left out. Only
the test part is read: the names of the policies, sorted, shuffled by `random.Random(115)`, the
first 23. It is written to `<out>/policies`, one page a policy, where a run of your own finds it, to
be named with `--run`.

Printed are precision, recall and F1 over (segment, category), pooled (micro) and as the mean over
the categories (macro), on all segments and on those with a category; beside them what one annotator
alone reaches against the majority that she is part of, and against each other one.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import permutations
from pathlib import Path

import annotate
from annotate.crosswalks.table import Table, find_table
from annotate.project.settings import LEXICON, resolve_settings
from annotate.scoring.scores import Counts
from benchmarks.opp115_corpus import (
    OTHER,
    TEST_PART,
    Labels,
    Policy,
    read_corpus,
    warn,
    write_policies,
)

_SETTINGS = ("model", "prompt", "base_url", "chunk_size", "price", "max_cost")

Predicted = Mapping[str, Labels]
"""What a run says of each policy, by name."""


def predicted(run: annotate.Run, policies: Iterable[Policy], table: Table) -> Predicted:
    """Return what a run says of the policies that it read, in the names of a table."""
    documents = {Path(each.id).stem: each for each in run.documents()}
    annotations = defaultdict(list)
    for each in run.annotations():
        annotations[Path(each.document).stem].append(each)
    found: dict[str, Labels] = {}
    for policy in policies:
        if policy.name not in documents:
            continue
        place = _places(documents[policy.name].text, policy)
        if place is None:
            warn(f"{policy.name}: the run read another text than its segments; it is left out")
            continue
        labels: dict[int, set[str]] = defaultdict(set)
        for each in annotations[policy.name]:
            labels[place[each.start]].update(set(table.labels_of(each)) - {OTHER})
        found[policy.name] = {number: frozenset(said) for number, said in labels.items() if said}
    return found


def _places(text: str, policy: Policy) -> list[int] | None:
    """Return the segment of each character, None where the text is not that of the segments.

    White space between them belongs to the one before; only that differs where parts of a page are
    read one by one.
    """
    letters = [(letter, n) for n, each in enumerate(policy.segments) for letter in _solid(each)]
    place: list[int] = []
    position = 0
    for letter in text:
        if not letter.isspace():
            if position == len(letters) or letters[position][0] != letter:
                return None
            position += 1
        place.append(letters[max(0, position - 1)][1] if letters else 0)
    return place if position == len(letters) else None


def _solid(text: str) -> str:
    return "".join(text.split())


# ---- Scoring ----


@dataclass
class Tally:
    """What was right, wrong and missed, by category."""

    counts: dict[str, Counts] = field(default_factory=lambda: defaultdict(Counts))

    def add(self, gold: frozenset[str], said: frozenset[str]) -> None:
        """Count one segment."""
        for name in gold | said:
            right, wrong = name in gold & said, name not in gold
            self.counts[name] += Counts(int(right), int(wrong), int(name not in said))

    @property
    def micro(self) -> Counts:
        """All categories pooled."""
        return sum(self.counts.values(), Counts())

    @property
    def macro(self) -> float:
        """The mean F1 over the categories."""
        scores = [each.f1 or 0.0 for each in self.counts.values()]
        return sum(scores) / len(scores) if scores else 0.0


Sides = Iterable[tuple[int, Labels, Labels]]
"""How many segments a policy has, what is right of it, and what is said of it."""


def tally(sides: Sides, *, labelled: bool = False) -> Tally:
    """Count all segments, or those alone that have a category."""
    found = Tally()
    nothing: frozenset[str] = frozenset()
    for segments, gold, said in sides:
        for number in range(segments):
            wanted = gold.get(number, nothing)
            if wanted or not labelled:
                found.add(wanted, said.get(number, nothing))
    return found


def of_run(policies: Iterable[Policy], said: Predicted) -> Sides:
    """Hold what a run says against the majority."""
    return [(len(p.segments), p.majority, said[p.name]) for p in policies if p.name in said]


def of_one(policies: Iterable[Policy]) -> Sides:
    """Hold each annotator against the majority that she is part of."""
    return [(len(p.segments), p.majority, own) for p in policies for own in p.annotators.values()]


def of_two(policies: Iterable[Policy]) -> Sides:
    """Hold each annotator against each other one."""
    return [
        (len(p.segments), one, other)
        for p in policies
        for one, other in permutations(p.annotators.values(), 2)
    ]


def figures(name: str, sides: Sides) -> str:
    """Return a row of the table: all segments, then those that have a category."""
    cells = [name.ljust(44)]
    for labelled in (False, True):
        found = tally(sides, labelled=labelled)
        micro = found.micro
        ratios = (micro.precision, micro.recall, micro.f1, found.macro)
        cells.append("  ".join(f"{each or 0.0:.3f}" for each in ratios))
    return "    ".join(cells)


def lines(name: str, policies: Sequence[Policy], said: Predicted) -> Iterator[str]:
    """Yield the lines that are printed."""
    read = [each for each in policies if each.name in said]
    segments = sum(len(each.segments) for each in read)
    labelled = sum(len(each.majority) for each in read)
    yield (
        f"{len(read)} of {len(policies)} policies of the test part, {segments:,} segments, "
        f"{labelled:,} of them with a category of the majority"
    )
    heads = "P      R      F1     macro"
    yield f"{'':44}    {'all segments':26}    segments with a category"
    yield f"{'':44}    {heads:26}    {heads}"
    yield figures(name, of_run(read, said))
    yield figures("one annotator against the majority with her", of_one(read))
    yield figures("one annotator against another", of_two(read))
    yield ""
    yield f"{'by category, all segments':44}    P      R      F1     segments"
    for category, counts in sorted(tally(of_run(read, said)).counts.items()):
        ratios = (counts.precision, counts.recall, counts.f1)
        cells = "  ".join(f"{each or 0.0:.3f}" for each in ratios)
        yield f"{category.ljust(44)}    {cells}  {counts.tp + counts.fn}"


# ---- The command ----


def main(typed: Sequence[str] | None = None) -> None:
    """Read the corpus, run what is to be measured, and print its figures."""
    options = _options(typed)
    given = {name: getattr(options, name) for name in _SETTINGS}
    table = find_table(annotate.load_task("privacy_policy"), "opp115")
    corpus = Path(options.corpus)
    known = frozenset(table.labels) - {OTHER}
    policies, selected = read_corpus(corpus, known, options.policies)
    pages = write_policies(policies, options.out / "policies")
    if options.run:
        run = annotate.Run(options.run)
    else:
        who = resolve_settings(given).model or LEXICON
        folder = options.out / "".join(c if c.isalnum() or c in "-_." else "-" for c in who)
        run = annotate.run(pages, task="privacy_policy", out=folder, **given)
    if not run.complete:
        warn(f"{run.path}: is incomplete; what it does not say counts as missed")
    if selected.marked:
        print(f"{selected.found:,} of {selected.marked:,} passages marked stand in their segment")
    for line in lines(str(run.manifest["model"]), policies, predicted(run, policies, table)):
        print(line)


def _options(typed: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("corpus", metavar="DIR", help="the corpus, as it is published")
    parser.add_argument("--run", help="a finished run of <out>/policies, or of some of them")
    parser.add_argument(
        "--out", type=Path, default=Path("runs", "opp115"), help="for pages and run"
    )
    parser.add_argument("--policies", type=int, default=TEST_PART, help="size of the test part")
    for name in _SETTINGS:
        parser.add_argument(f"--{name.replace('_', '-')}", help="as of annotate run")
    return parser.parse_args(typed)


if __name__ == "__main__":
    main(sys.argv[1:])
