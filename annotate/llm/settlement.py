"""Say which rejected annotations a repair settles: those that it answers, and no other.

What comes back in a repair answers at most one rejected annotation; the rules below are tried in
this order, each over all that is left by the ones before:

1. What is kept already, said again, answers nothing; said again with other values, it answers by
   rule 2 alone. Words that stand at several places are said again as often as they are kept,
   whatever places the order of the repair gives them; said more often, they are new.
2. The same category and the same words.
3. The same words in another category.
4. The same category: first those that share most of their words, then in order.
5. A rejected annotation that names no category of the schema is answered by any, in order.

Said twice in one repair, an annotation answers once; it answers twice only what was rejected twice.
A rejected annotation that nothing answers stays rejected, whatever else came back.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict, deque
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.annotation import Annotation
from annotate.grounding.ground import Rejected
from annotate.grounding.merge import statement
from annotate.grounding.normalization import normalize

_WORD = re.compile(r"\w+")
_MOST_PAIRS = 10_000  # of items whose words are compared each with each; beyond, order decides


def still_rejected(
    before: Sequence[Rejected],
    kept: Sequence[Annotation],
    found: Sequence[Annotation],
    refused: Sequence[Rejected],
    categories: Collection[str],
) -> list[Rejected]:
    """Return what is rejected after a repair: what came back wrong, then what never came back.

    Args:
        before: what was rejected before the repair.
        kept: annotations that were grounded before it.
        found: what the repair holds and was grounded.
        refused: what it holds and was rejected.
        categories: those of the schema.
    """
    once, again = _told_apart(_returned(kept, found, refused))
    settlement = _Settlement(before, once)
    settlement.match(_both, lambda each: bool(each.words))
    settlement.leave_out_what_is_kept()
    settlement.match(lambda each: each.words, lambda each: bool(each.words))
    settlement.match_closest()
    settlement.match(lambda each: each.category)
    settlement.match(lambda _: "", waits=lambda each: each.category not in categories)
    settlement.match_again(again)
    return [*refused, *(before[place] for place in settlement.open)]


@dataclass(frozen=True, slots=True)
class _Said:
    """What tells an annotation, or what was to become one, from others.

    Attributes:
        words: of its quote, normalized.
        whole: all of it: two that say the same are equal in this.
        restates: what is kept says this too, maybe with other values.
    """

    category: str
    words: tuple[str, ...]
    whole: Hashable
    restates: bool = False


_Key = Callable[[_Said], Hashable]
_Test = Callable[[_Said], bool]


def _both(each: _Said) -> Hashable:
    return each.category, each.words


def _any(_: _Said) -> bool:
    return True


def _of_item(item: Any, kept: Collection[Hashable] = ()) -> _Said:
    answer = item if isinstance(item, Mapping) else {}
    category, quote = str(answer.get("category", "")), answer.get("quote")
    words = _words(quote) if isinstance(quote, str) else ()
    whole = json.dumps(item, sort_keys=True)
    return _Said(category, words, whole, (category, words) in kept)


def _words(quote: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(normalize(quote).text))


def _returned(
    kept: Sequence[Annotation], found: Sequence[Annotation], refused: Sequence[Rejected]
) -> Iterator[_Said]:
    """Yield what came back in a repair and is not what is kept, said again."""
    statements = {statement(each) for each in kept}
    places = {(each.category, each.start, each.end) for each in kept}
    worded = Counter(
        (each.category, _words(cited.quote)) for each in kept for cited in each.evidence
    )
    kept_words = set(worded)
    for each in found:
        whole, words = statement(each), _words(each.evidence[0].quote)
        restates = worded[each.category, words] > 0
        worded[each.category, words] -= 1
        if whole not in statements:
            place = (each.category, each.start, each.end)
            yield _Said(each.category, words, whole, restates or place in places)
    for rejected in refused:
        yield _of_item(rejected.item, kept_words)


def _told_apart(returned: Iterable[_Said]) -> tuple[list[_Said], list[_Said]]:
    """Return what is said for the first time, and what is said again."""
    once: dict[Hashable, _Said] = {}
    again = [each for each in returned if once.setdefault(each.whole, each) is not each]
    return list(once.values()), again


class _Settlement:
    """Pairs what came back with what it answers.

    Attributes:
        open: what nothing answers yet, by its place among all that was rejected.
    """

    def __init__(self, before: Sequence[Rejected], returned: Iterable[_Said]) -> None:
        self.open = {place: _of_item(each.item) for place, each in enumerate(before)}
        self._returned = dict(enumerate(returned))
        self._answered: dict[Hashable, _Said] = {}  # by what answered it

    def match(self, key: _Key, fits: _Test = _any, waits: _Test = _any) -> None:
        """Pair, in order, what has the same key on both sides."""
        places: dict[Hashable, deque[int]] = defaultdict(deque)
        for place, each in self.open.items():
            if fits(each) and waits(each):
                places[key(each)].append(place)
        for number, each in list(self._returned.items()):
            if fits(each) and (waiting := places.get(key(each))):
                self._pair(number, waiting.popleft())

    def leave_out_what_is_kept(self) -> None:
        """Let what is kept in other values answer nothing more."""
        self._returned = {n: each for n, each in self._returned.items() if not each.restates}

    def match_closest(self) -> None:
        """Pair what is of one category and shares words, first what shares most."""
        if len(self.open) * len(self._returned) > _MOST_PAIRS:
            return
        pairs = [
            (-share, number, place)
            for number, one in self._returned.items()
            for place, other in self.open.items()
            if one.category == other.category and (share := _share(one.words, other.words))
        ]
        for _, number, place in sorted(pairs):
            if number in self._returned and place in self.open:
                self._pair(number, place)

    def match_again(self, again: Iterable[_Said]) -> None:
        """Let what is said again answer a copy of what it answered the first time."""
        for each in again:
            answered = self._answered.get(each.whole)
            copies = (p for p, e in self.open.items() if answered and e.whole == answered.whole)
            if (place := next(copies, None)) is not None:
                del self.open[place]

    def _pair(self, number: int, place: int) -> None:
        self._answered[self._returned.pop(number).whole] = self.open.pop(place)


def _share(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """Return how many of all words of two quotes stand in both."""
    words, others = set(one), set(other)
    return len(words & others) / max(len(words | others), 1)
