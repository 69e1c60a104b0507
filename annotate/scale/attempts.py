"""How often portions were begun, and what workers had in hand when they died."""

from __future__ import annotations

from dataclasses import dataclass, field

_DEATHS = 2  # of workers with the same thing in hand, before it is looked at more closely


@dataclass(frozen=True, slots=True)
class Begun:
    """How a portion is to be done.

    Attributes:
        one_by_one: workers died with it: each piece is to be announced before it is tried.
        killers: places of the pieces that are not to be tried any more.
    """

    one_by_one: bool
    killers: frozenset[int]


@dataclass(slots=True)
class _Portion:
    """How often a portion was begun, which piece is in hand, and how many workers died with it."""

    begun: int = 0
    trying: int | None = None
    died: dict[int, int] = field(default_factory=dict)


class Attempts:
    """The portions that were begun and are not done, by their keys."""

    def __init__(self) -> None:
        self._portions: dict[str, _Portion] = {}

    def begin(self, portion: str) -> Begun:
        """Hear that a worker begins with a portion."""
        tried = self._of(portion)
        if tried.trying is not None:  # and nobody said that it was done
            tried.died[tried.trying] = tried.died.get(tried.trying, 0) + 1
            tried.trying = None
        tried.begun += 1
        killers = (place for place, times in tried.died.items() if times >= _DEATHS)
        return Begun(tried.begun > _DEATHS, frozenset(killers))

    def trying(self, portion: str, piece: int | None) -> None:
        """Hear which piece of a portion a worker has in hand, None for none any more."""
        self._of(portion).trying = piece

    def done(self, portion: str) -> None:
        """Hear that all of a portion is kept."""
        self._portions.pop(portion, None)

    def _of(self, portion: str) -> _Portion:
        return self._portions.setdefault(portion, _Portion())
