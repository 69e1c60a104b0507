"""Name the few values of an attribute for which it is no number, date or closed set."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from annotate.drafting.problems import Problems, shown
from annotate.drafting.spellings import respelt

_NEARLY_ALL = 0.75  # of the values, so that one of four is odd
_FEW = 60  # characters of a value that may be one of a closed set
_COMMAS = re.compile("[,;/]")
_CALLED: Mapping[str, tuple[str, str]] = {
    "boolean": ("yes or no", "yes or no"),
    "number": ("a number", "numbers"),
    "duration": ("a duration", "durations"),
    "time": ("a time of day", "times of day"),
    "date": ("a date", "dates"),
}

Fits = Callable[[str], bool]
Cells = Sequence[tuple[int, str]]
"""The values of an attribute, each with its line."""


@dataclass(frozen=True, slots=True)
class OddValues:
    """Values of an attribute that are no one kind, looked at as if they were.

    Attributes:
        what: how the attribute is called.
        cells: its values.
        became: the kind that holds them all.
    """

    what: str
    cells: Cells
    became: str

    def name(self, kinds: Mapping[str, Fits], problems: Problems) -> None:
        """Note the values that keep all from being one of some kinds, if nearly all are.

        One that another spelling mends is a problem, where others are spelt so; all else is a
        remark, for it may be meant.
        """
        looks = [self._as(kind, fits) for kind, fits in kinds.items()]
        likely = [each for each in looks if each.share >= _NEARLY_ALL]
        if likely:
            max(likely, key=lambda each: (each.right, each.share)).name(self, problems)
        else:
            self._name_lists(problems)

    def _as(self, kind: str, fits: Fits) -> _Look:
        odd = [(line, value) for line, value in self.cells if not fits(value)]
        cures = {value: respelt(kind, value) for _, value in odd}
        return _Look(kind, len(self.cells), odd, {k: cure for k, cure in cures.items() if cure})

    def _name_lists(self, problems: Problems) -> None:
        """Note cells that hold several values with commas between them, and those of no set."""
        parted = {
            value: [*filter(None, map(str.strip, _COMMAS.split(value)))] for _, value in self.cells
        }
        every = Counter(part for _, value in self.cells for part in parted[value])
        several = [
            (line, value)
            for line, value in self.cells
            if len(parts := parted[value]) > 1
            and all(every[part] > 1 and len(part) <= _FEW for part in parts)
        ]
        if several:
            example = several[0][1]
            cure = shown("|".join(dict.fromkeys(parted[example])))
            said = f"{self.what}: {shown(example)} is one value; for several, write {cure}"
            problems.remark([line for line, _ in several], said)
        once = [line for line, value in self.cells if every[value] == 1]
        different = len({value for _, value in self.cells})
        short = all(len(value) <= _FEW for _, value in self.cells)
        if self.became == "text" and short and once and different < len(self.cells):
            said = (
                f"{self.what} is text, for {different} different values in {len(self.cells)} cells "
                "show no closed set; these lines give one that no other gives"
            )
            problems.remark(once, said)


@dataclass(frozen=True, slots=True)
class _Look:
    """Values as one kind: those that are not of it, and how some of these would be."""

    kind: str
    count: int
    odd: Cells
    cures: Mapping[str, str]

    @property
    def right(self) -> int:
        return self.count - len(self.odd)

    @property
    def share(self) -> float:
        """Return the part of the values that are of the kind, or would be in another spelling."""
        return (self.right + sum(value in self.cures for _, value in self.odd)) / self.count

    def name(self, values: OddValues, problems: Problems) -> None:
        one, several = _CALLED[self.kind]
        mended = [(line, value) for line, value in self.odd if value in self.cures]
        if not self.right:
            line, value = mended[0]
            said = f"{values.what}: {shown(value)} and others are read as {values.became}"
            problems.remark(
                [line], f"{said}; for {several} write such a one as {self.cures[value]}"
            )
            return
        for line, value in mended:
            cure = f"write {self.cures[value]}"
            said = (
                f"attribute {values.what}: {shown(value)} is not {one}, as {self.right} others are"
            )
            problems.add(line, f"{said}; {cure}")
        others = dict.fromkeys(value for _, value in self.odd if value not in self.cures)
        if others:
            lines = [line for line, value in self.odd if value in others]
            first, *more = others
            said = f"{shown(first)} and others make" if more else f"{shown(first)} makes"
            said += f" {values.what} {values.became}, where {self.right} values are {several}"
            cure = "correct it, or leave the cell empty where the text says nothing of it"
            problems.remark(lines, f"{said}; unless it is meant, {cure}")
