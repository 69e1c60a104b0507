"""What became of a statement from one side to the other, and the order that was kept or left.

    added, removed   only one side states it
    changed          its values differ, or the numbers and addresses in its words
    reworded         the same in other words
    moved            the same words elsewhere in the order of the text
    kept             the same

A changed statement may be reworded and moved as well, and a reworded one moved. One that was parted
in two is reworded twice, and so are two that were put together.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.differences.pairing import Pair
from annotate.differences.parts import parted
from annotate.differences.statements import Statement
from annotate.differences.words import same_figures
from annotate.runs.selection import Selection

Kind = Literal["changed", "added", "removed", "reworded", "moved", "kept"]
KINDS: tuple[Kind, ...] = ("changed", "added", "removed", "reworded", "moved", "kept")
"""In the order in which they are told."""

OF_CONTENT: tuple[Kind, ...] = ("changed", "added", "removed")
"""The kinds that change what a text states."""

CATEGORY, FIGURES = "category", "figures"
"""What `Shift.name` is where another category was given to the same place, and where numbers or
addresses in the words differ that no value holds."""

Values: TypeAlias = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shift:
    """What of a statement differs.

    Attributes:
        name: the attribute, or `CATEGORY` or `FIGURES`.
        before, after: what either side states there; of a set, all of its values.
    """

    name: str
    before: Values
    after: Values

    def to_json(self) -> dict[str, JsonValue]:
        """Return both sides."""
        return {"name": self.name, "before": list(self.before), "after": list(self.after)}


@dataclass(frozen=True, slots=True)
class Change:
    """A statement of one side or of both, and what became of it.

    Attributes:
        before, after: None where that side does not state it.
        shifts: what differs; empty unless it is changed.
        reworded, moved: whether its words differ, and whether it stands elsewhere in the order.
    """

    kind: Kind
    before: Statement | None
    after: Statement | None
    shifts: tuple[Shift, ...] = ()
    reworded: bool = False
    moved: bool = False

    @property
    def sides(self) -> tuple[Statement, ...]:
        """The statements that there are, that before first."""
        return tuple(each for each in (self.before, self.after) if each is not None)

    @property
    def category(self) -> str:
        """Of what it states, afterwards where both sides state it."""
        return self.sides[-1].category

    @property
    def of_content(self) -> bool:
        """Whether it changes what the text states."""
        return self.kind in OF_CONTENT

    def concerns(self, selection: Selection) -> bool:
        """Tell whether what is asked for is stated on either side of it."""
        return any(selection.takes(side.annotation) for side in self.sides)

    def to_json(self) -> dict[str, JsonValue]:
        """Return the change as a row."""
        return {
            "kind": self.kind,
            "category": self.category,
            "shifts": [shift.to_json() for shift in self.shifts],
            "reworded": self.reworded,
            "moved": self.moved,
            "before": _row(self.before),
            "after": _row(self.after),
        }


def _row(statement: Statement | None) -> JsonValue:
    if statement is None:
        return None
    made: Annotation = statement.annotation
    return {
        "document": made.document,
        "start": made.start,
        "end": made.end,
        "category": made.category,
        "attributes": dict(made.attributes),
        "quote": made.quote,
        "context": list(statement.context),
    }


def changes(
    before: Sequence[Statement],
    after: Sequence[Statement],
    pairs: Sequence[Pair],
    *,
    same_text: bool = False,
) -> list[Change]:
    """Return what became of every statement, in the order of the text afterwards.

    What was removed follows what stood before it. On the `same_text` nothing can have moved.
    """
    gone, come = _left(before, pairs, 0), _left(after, pairs, 1)
    split = [] if same_text else parted(pairs, come)
    joined = [] if same_text else _turned(parted(_turned(pairs), gone))
    wholes = _together([*pairs, *joined], 1), _together([*pairs, *split], 0)
    ordered = sorted(pairs, key=lambda pair: (pair[0].place, pair[1].place))
    in_order = set(range(len(ordered))) if same_text else _longest_chain(ordered)
    found = []
    for at, (old, new) in enumerate(ordered):
        shifts = tuple(_shifts(wholes[0][new.place], wholes[1][old.place]))
        found.append(_of_pair(old, new, shifts, moved=at not in in_order))
    found += [Change("reworded", *pair, reworded=True) for pair in (*split, *joined)]
    found += [Change("removed", each, None) for each in _left(gone, joined, 0)]
    found += [Change("added", None, each) for each in _left(come, split, 1)]
    return _in_text_order(found)


def _left(side: Iterable[Statement], pairs: Iterable[Pair], which: int) -> list[Statement]:
    """Return the statements of a side that are in no pair."""
    places = {pair[which].place for pair in pairs}
    return [each for each in side if each.place not in places]


def _turned(pairs: Iterable[Pair]) -> list[Pair]:
    return [(new, old) for old, new in pairs]


def _together(pairs: Iterable[Pair], by: int) -> dict[int, list[Statement]]:
    """Return by the place of one side of each pair all that stands on the other."""
    found: dict[int, list[Statement]] = {}
    for pair in pairs:
        found.setdefault(pair[by].place, []).append(pair[1 - by])
    return found


def _of_pair(
    before: Statement, after: Statement, shifts: tuple[Shift, ...], *, moved: bool
) -> Change:
    reworded = before.words.key != after.words.key
    kind: Kind = "kept"
    if shifts:
        kind = "changed"
    elif reworded:
        kind = "reworded"
    elif moved:
        kind = "moved"
    return Change(kind, before, after, shifts, reworded, moved)


def _shifts(before: Sequence[Statement], after: Sequence[Statement]) -> Iterator[Shift]:
    """Yield what differs between the parts of a statement on either side, most often one each."""
    old, new = before[0], after[0]
    if old.category != new.category:
        yield Shift(CATEGORY, (old.category,), (new.category,))
    for name in dict.fromkeys([*old.values, *new.values]):
        left, right = (_united(side, name) for side in (before, after))
        if left.keys() != right.keys():
            yield Shift(name, tuple(left.values()), tuple(right.values()))
    if old.words.key != new.words.key and not same_figures(_figures(before), _figures(after)):
        yield Shift(FIGURES, _figures(before), _figures(after))


def _united(side: Iterable[Statement], name: str) -> dict[str, str]:
    return {key: value for each in side for key, value in each.values.get(name, {}).items()}


def _figures(side: Iterable[Statement]) -> Values:
    return tuple(figure for each in side for figure in each.figures)


def _longest_chain(pairs: Sequence[Pair]) -> set[int]:
    """Return the positions of the most pairs that stand in the same order on both sides.

    The longest increasing subsequence of their places afterwards (C. Schensted, Canadian Journal of
    Mathematics 13, 1961).
    """
    last: list[int] = []  # the place on which the best chain of each length ends, and its pair
    ends: list[int] = []
    previous: list[int] = []
    for at, (_, after) in enumerate(pairs):
        length = bisect_right(last, after.place)
        previous.append(ends[length - 1] if length else -1)
        last[length : length + 1] = [after.place]
        ends[length : length + 1] = [at]
    chain: set[int] = set()
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.add(at)
        at = previous[at]
    return chain


def _in_text_order(found: Sequence[Change]) -> list[Change]:
    where: dict[int, int] = {}
    reached = -1
    for each in sorted((c for c in found if c.before), key=lambda c: c.before.place):  # type: ignore[union-attr]
        if each.after is not None and not each.moved:
            reached = each.after.place
        where[id(each)] = each.after.place if each.after else reached
    keys = {id(each): where.get(id(each), each.sides[-1].place) for each in found}
    return sorted(found, key=lambda c: (keys[id(c)], c.kind == "removed", c.sides[0].place))
