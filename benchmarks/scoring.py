"""Measure how long scoring takes: the ladder alone, with the kinds of error, and with everything.

    python benchmarks/scoring.py [--documents 1000] [--annotations 150] [--rounds 3]

Gold stands on made-up sentences, two out of five of which state two things; the prediction finds
nearly all of it, with slips of span, category and value, duplicates, halves and inventions in it:
about 95 of 100 overlaps join one annotation to one. Seconds are those of the processor, the least
of the rounds; the last column sets them against a loop of 10 million additions on this machine.
"""

from __future__ import annotations

import argparse
import gc
import random
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from annotate.scoring.gains import gains
from annotate.scoring.labels import Label, Status
from annotate.scoring.matching import climb
from annotate.scoring.outcomes import outcomes, score_and_classify
from annotate.scoring.overlap import HEADLINE, Edge, by_document, overlaps
from annotate.scoring.scorer import score

CATEGORIES = [f"category{i}" for i in range(16)]
_ATTRIBUTES = {
    category: [f"attribute{i % 7 + k}" for k in range(2 + i % 2)]
    for i, category in enumerate(CATEGORIES)
}
_KNOWN = frozenset(CATEGORIES)
_VALUES = [f"value{i}" for i in range(12)]
_WORDS = (
    "we may collect keep use and share your personal data with others for these purposes".split()
)


@dataclass(frozen=True)
class Sample:
    """Texts by document, and the labels on them."""

    texts: dict[str, str]
    gold: list[Label]
    predicted: list[Label]


def sample(documents: int, annotations: int, seed: int = 0) -> Sample:
    """Make documents with so many gold annotations each, the same ones every time."""
    random_ = random.Random(seed)  # noqa: S311 (not for secrets)
    made = Sample({}, [], [])
    for number in range(documents):
        name = f"{number:06}.txt"
        text, spans = _text(annotations, random_)
        made.texts[name] = text
        gold = _gold(name, spans, annotations, random_)
        made.gold.extend(gold)
        made.predicted.extend(_prediction(gold, spans, random_))
    return made


def _text(annotations: int, random_: random.Random) -> tuple[str, list[tuple[int, int]]]:
    sentences = [
        f"{' '.join(random_.choices(_WORDS, k=random_.randrange(8, 30))).capitalize()}."
        for _ in range(annotations)
    ]
    spans, start = [], 0
    for sentence in sentences:
        spans.append((start, start + len(sentence)))
        start += len(sentence) + 1
    return " ".join(sentences), spans


def _gold(
    name: str, spans: list[tuple[int, int]], count: int, random_: random.Random
) -> list[Label]:
    labels: list[Label] = []
    for span in spans:
        for category in random_.sample(CATEGORIES, 1 + (random_.random() < 0.4)):
            if len(labels) < count:
                status: Status = "optional" if random_.random() < 0.02 else "required"
                labels.append(Label(name, *span, category, _attributes(category, random_), status))
    return labels


def _attributes(category: str, random_: random.Random) -> dict[str, frozenset[str]]:
    return {
        name: frozenset(random_.sample(_VALUES, random_.choice((0, 1, 1, 1, 2, 3))))
        for name in _ATTRIBUTES[category]
    }


def _prediction(
    gold: list[Label], spans: list[tuple[int, int]], random_: random.Random
) -> list[Label]:
    found: list[Label] = []
    for label in gold:
        found += _slipped(replace(label, status="required"), random_)
    for _ in range(len(gold) * 4 // 100):
        category = random_.choice(CATEGORIES)
        found.append(
            Label(
                gold[0].document, *random_.choice(spans), category, _attributes(category, random_)
            )
        )
    random_.shuffle(found)
    return found


def _slipped(label: Label, random_: random.Random) -> list[Label]:
    if random_.random() < 0.25:
        label = replace(label, attributes=_attributes(label.category, random_))
    slip = random_.random()
    third = (label.end - label.start) // 3
    if slip < 0.04:
        return []
    if slip < 0.07:
        return [replace(label, category=random_.choice(CATEGORIES))]
    if slip < 0.09:
        return [replace(label, start=label.end - third)]
    if slip < 0.10:
        return [label, label]
    if slip < 0.11:
        return [replace(label, end=label.start + third), replace(label, start=label.start + third)]
    if slip < 0.115:
        return [replace(label, start=0, end=0)]
    if slip < 0.20:
        return [replace(label, start=label.start + 5)]
    return [label]


def _alone(made: Sample) -> float:
    """Return the share of overlaps whose ends overlap with nothing else of their category."""
    edges = overlaps(made.gold, made.predicted)
    left, right = Counter(e.gold for e in edges), Counter(e.predicted for e in edges)
    return sum(left[e.gold] == 1 == right[e.predicted] for e in edges) / len(edges)


def _reference() -> None:
    total = 0
    for number in range(10_000_000):
        total += number


def _ladder(made: Sample) -> list[Edge]:
    """Match on every rung; return the pairs of the headline, as positions among all labels."""
    pairs: list[Edge] = []
    for document in by_document(made.gold, made.predicted, made.texts):
        for cell in document.cells.values():
            ladder = climb(cell.edges, document.gold, document.predicted)
            pairs += map(document.given, ladder[HEADLINE])
    return pairs


def _kinds(made: Sample, pairs: Sequence[Edge]) -> None:
    gains(outcomes(made.gold, made.predicted, made.texts, pairs, categories=_KNOWN))


def _at_once(made: Sample) -> None:
    _, found = score_and_classify(made.gold, made.predicted, made.texts, categories=_KNOWN)
    gains(found)


def seconds(work: Callable[[], object], rounds: int) -> float:
    """Return the least seconds of the processor that `work` took."""
    taken = []
    for _ in range(rounds):
        gc.collect()
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def main() -> None:
    """Print the sample and the measurements."""
    parser = argparse.ArgumentParser(description=str(__doc__).partition("\n")[0])
    parser.add_argument("--documents", type=int, default=1000)
    parser.add_argument("--annotations", type=int, default=150, help="of gold in one document")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    made = sample(asked.documents, asked.annotations)
    print(
        f"{len(made.texts):,} documents, {len(made.gold):,} annotations of gold, "
        f"{len(made.predicted):,} predicted, {_alone(made):.1%} of the overlaps one to one"
    )
    reference = seconds(_reference, asked.rounds)
    labels = made.gold, made.predicted, made.texts
    works: dict[str, Callable[[], object]] = {
        "ladder alone, four rungs": lambda: _ladder(made),
        "ladder, then kinds of error": lambda: _kinds(made, _ladder(made)),
        "score(), every figure": lambda: score(*labels),
        "score(), then outcomes()": lambda: _kinds(made, score(*labels).pairs),
        "both at once, as evaluated": lambda: _at_once(made),
    }
    print(f"{'':<28}{'CPU s':>8}{'loops':>8}")
    print(f"{'a loop of 10 M additions':<28}{reference:>8.2f}{1:>8.2f}")
    for name, work in works.items():
        took = seconds(work, asked.rounds)
        print(f"{name:<28}{took:>8.2f}{took / reference:>8.2f}")


if __name__ == "__main__":
    main()
