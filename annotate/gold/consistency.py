"""Find units that are worded alike and labelled differently: one of the two may be a slip."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from typing import Literal

from annotate.gold.sources import SourceDocument
from annotate.gold.store import Gold, GoldAnnotation

_LEAST_SHARED = 6  # words; shorter sentences are alike by chance


@dataclass(frozen=True, slots=True)
class WordedUnit:
    """A unit as words, and how it is labelled.

    Attributes:
        words: its words, behind those of its stems.
        labels: its annotations as JSON, sorted.
        place: document and span, for messages.
        file, line: of its first annotation; no line where it has none.
    """

    words: tuple[str, ...]
    stems: tuple[str, ...]
    vocabulary: frozenset[str]
    labels: list[str]
    place: str
    file: Path
    line: int | None


def labelled_differently(
    gold: Gold, sources: Mapping[str, SourceDocument]
) -> Iterator[tuple[WordedUnit, WordedUnit, Literal["as", "nearly as"]]]:
    """Yield pairs of units that are worded alike, below the same stems, and labelled differently.

    The third item says how alike: the same words, or four fifths of them.
    """
    first: dict[tuple[str, ...], WordedUnit] = {}  # by words: only these are compared pairwise
    for each in _units(gold, sources):
        other = first.setdefault(each.words, each)
        if other.labels != each.labels:
            yield other, each, "as"
    for other, each in combinations(first.values(), 2):
        if other.labels != each.labels and _nearly_alike(other, each):
            yield other, each, "nearly as"


def _units(gold: Gold, sources: Mapping[str, SourceDocument]) -> Iterator[WordedUnit]:
    labelled: defaultdict[tuple[str, int], list[GoldAnnotation]] = defaultdict(list)
    for each in gold.annotations:
        labelled[each.document, each.start].append(each)
    for name in (each.id for each in gold.manifest.documents if each.id in sources):
        source = sources[name]
        for unit in source.units:
            here = labelled[name, unit.start]
            stems = [w for stem in source.segmentation.stems(unit) for w in source.words(stem)]
            words = source.words(unit)
            yield WordedUnit(
                (*stems, ":", *words),  # ":" is not a word, so that stem and unit stay apart
                tuple(stems),
                frozenset(words),
                sorted(json.dumps([each.category, each.attributes]) for each in here),
                f"{name}[{unit.start}:{unit.end}]",
                gold.file(name),
                here[0].line if here else None,
            )


def _nearly_alike(first: WordedUnit, second: WordedUnit) -> bool:
    """Tell whether two units below the same stems share four fifths of their words."""
    if first.stems != second.stems:
        return False
    shared = len(first.vocabulary & second.vocabulary)
    every = len(first.vocabulary) + len(second.vocabulary) - shared
    return shared >= _LEAST_SHARED and 5 * shared >= 4 * every
