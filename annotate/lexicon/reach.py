"""Which cues match wherever another cue does: told from the cues alone, without a text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from annotate.lexicon.cues import Phrase, Variant, cue_words, parse_cue

T = TypeVar("T")


class Reach(Generic[T]):
    """Cues, each with what it belongs to, that are asked what they match of other cues."""

    def __init__(self, cues: Iterable[tuple[str, T]] = ()) -> None:
        # By an alternative of the first word: few of very many cues are compared with each other.
        self._begins: defaultdict[str, list[tuple[Variant, T]]] = defaultdict(list)
        for cue, owner in cues:
            self.add(cue, owner)

    def add(self, cue: str, owner: T) -> None:
        """Add a cue."""
        for variant in parse_cue(cue):
            for one in variant.phrases[0][0]:
                self._begins[one].append((variant, owner))

    def same(self, cue: str, other_than: T | None = None) -> T | None:
        """Return the owner of what matches the very words of a cue, whatever these are."""

        def found(variant: Variant) -> T | None:
            for wider, owner in self._beginning(variant.phrases[0]):
                if owner is not other_than and _covers(wider, variant):
                    return owner
            return None

        return _of_all(found, cue)

    def end(self, cue: str) -> T | None:
        """Return the owner of what matches the last words of a cue, or all of them."""

        def found(variant: Variant) -> T | None:
            last = variant.phrases[-1]
            tails = (last[start:] for start in range(len(last)))
            return self.same(cue) or next(filter(None, map(self._phrase, tails)), None)

        return _of_all(found, cue)

    def part(self, cue: str) -> T | None:
        """Return the owner of what matches some words of a cue that stand in a row."""

        def found(variant: Variant) -> T | None:
            rows = (
                phrase[start:end]
                for phrase in variant.phrases
                for start in range(len(phrase))
                for end in range(start + 1, len(phrase) + 1)
            )
            return next(filter(None, map(self._phrase, rows)), None)

        return _of_all(found, cue)

    def _phrase(self, words: Phrase) -> T | None:
        for wider, owner in self._beginning(words):
            if len(wider.phrases) == 1 and _includes_all(wider.phrases[0], words):
                return owner
        return None

    def _beginning(self, words: Phrase) -> Iterator[tuple[Variant, T]]:
        """Yield what may match the first of some words."""
        one = words[0][0]
        yield from self._begins.get(one, ())
        for length in range(len(one.removesuffix("*")) + 1):
            if one[:length] + "*" != one:
                yield from self._begins.get(one[:length] + "*", ())


def size(variant: Variant) -> int:
    """Return how many words a reading of a cue has."""
    return sum(map(len, variant.phrases))


@lru_cache(maxsize=1 << 14)  # lists of words stand in many cues
def may_stand(one: str) -> bool:
    """Tell whether a word of a cue can stand among those of a text, as a text is read."""
    core = one.rstrip("*")
    return cue_words(core) == [core]


def _of_all(found: Callable[[Variant], T | None], cue: str) -> T | None:
    """Return what is found for the first reading of a cue, if something is for each."""
    owners = [found(variant) for variant in parse_cue(cue)]
    return owners[0] if all(each is not None for each in owners) else None


def _covers(wider: Variant, variant: Variant) -> bool:
    return (
        wider.joints == variant.joints
        and len(wider.phrases) == len(variant.phrases)
        and all(map(_includes_all, wider.phrases, variant.phrases))
    )


def _includes_all(wider: Phrase, words: Phrase) -> bool:
    return len(wider) == len(words) and all(map(_includes, wider, words))


@lru_cache(maxsize=1 << 12)  # lists of words stand in many cues
def _includes(wider: Sequence[str], word: Sequence[str]) -> bool:
    """Tell whether every alternative of a word is one of another word's."""
    listed = frozenset(wider)
    starts = tuple(each[:-1] for each in wider if each.endswith("*"))
    return all(one in listed or one.startswith(starts) for one in word)
