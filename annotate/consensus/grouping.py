"""Find which annotations of the samples are the same, as the scorer finds them.

Every two samples are matched one to one, as a run is with gold: the same category, more than half
of the characters in common, and among all such matches the best. What was matched is joined, the
best pairs first, so that a group holds one annotation of a sample at most.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from annotate.annotation import Annotation
from annotate.grounding.merge import statement
from annotate.scoring.labels import Label, trim
from annotate.scoring.matching import Key, canonical, match, weight
from annotate.scoring.overlap import common, overlaps


@dataclass(frozen=True, slots=True)
class Member:
    """An annotation of a sample, by the sample's number, with what the scorer sees of it."""

    sample: int
    annotation: Annotation
    label: Label


def members_of(samples: Sequence[Sequence[Annotation]], text: str) -> list[list[Member]]:
    """Return what each sample says of one document as members."""
    found = []
    for number, said in enumerate(samples):
        labels = trim(map(Label.of, said), dict.fromkeys((a.document for a in said), text))
        pairs = zip(said, labels, strict=True)
        found.append([Member(number, *each) for each in pairs])
    return found


def grouped(samples: Sequence[Sequence[Member]]) -> list[list[Member]]:
    """Return the members in groups of those that say the same, whatever order samples come in."""
    group_of = {id(member): [member] for members in samples for member in members}
    for first, second in _best_first(samples):
        one, other = group_of[id(first)], group_of[id(second)]
        if one is other or {m.sample for m in one} & {m.sample for m in other}:
            continue
        one += other
        group_of |= {id(member): one for member in other}
    return list({id(group): group for group in group_of.values()}.values())


def _best_first(samples: Sequence[Sequence[Member]]) -> Iterable[tuple[Member, Member]]:
    """Return the matched pairs of every two samples, the heaviest first."""
    found: list[tuple[int, list[Key], int, Member, Member]] = []
    for one, other in combinations(samples, 2):
        left, right = [m.label for m in one], [m.label for m in other]
        for edge in match(overlaps(left, right), left, right):
            first, second = one[edge.gold], other[edge.predicted]
            ends = sorted((canonical(first.label), canonical(second.label)))
            found.append(
                (-weight(edge, first.label, second.label), ends, len(found), first, second)
            )
    return ((first, second) for *_, first, second in sorted(found, key=lambda each: each[:3]))


def representative(members: Sequence[Member]) -> Member:
    """Return the member that is most like the others; of several, the first in canonical order.

    That is what the scorer sees of them, then all that they state: never which sample came first.
    """

    def likeness(member: Member) -> int:
        return sum(_alike(member, other) for other in members if other is not member)

    return min(
        members,
        key=lambda m: (-likeness(m), canonical(m.label), statement(m.annotation)),
    )


def _alike(one: Member, other: Member) -> int:
    """Return how much two members are alike: 0 where they share no character."""
    first, second = one.label, other.label
    edge = common(first, second)
    return weight(edge, first, second) if edge.shared > 0 else 0
