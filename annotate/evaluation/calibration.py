"""Whether a run is as sure as it is right: reliability, calibration error, risk and coverage.

An annotation is right where gold that has to be found is paired with it, a value where that gold
states it too. What is paired with optional gold is left out, as is what says no confidence.

The expected calibration error is the mean distance between confidence and the share that is right,
over bins, by their size (M. P. Naeini, G. F. Cooper and M. Hauskrecht, AAAI 2015): a bin for each
confidence where there are ten or fewer, else ten of equal width. Few cases make it larger than it
is. Risk is the share that is wrong of what is at least so sure, coverage the share of all that is;
the area under their curve is the mean risk over all coverages (R. El-Yaniv and Y. Wiener, Journal
of Machine Learning Research 11, 2010), where what is equally sure comes in random order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import JsonValue

from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.verdicts import Clusters, Verdict, verdicts
from annotate.scoring.intervals import LEVEL, clustered_interval

Floats: TypeAlias = NDArray[np.float64]
Ends: TypeAlias = tuple[float, float]

BINS = 10
_MOST_POINTS = 100  # of a curve
_ROUNDS = 1_000
_SEED = 20_261_128


class Case(NamedTuple):
    """An annotation, or a value of one: how sure it is, whether it is right, where it stands."""

    confidence: float
    right: bool
    cluster: int


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases that are about equally sure.

    Attributes:
        low, high: the least and the greatest confidence in it.
        confidence: the mean one.
        share: how many of them are right; `interval` is of this share.
        coverage: the share of all cases that is in this bin or a surer one.
        risk: the share of these that is wrong.
    """

    low: float
    high: float
    cases: int
    right: int
    confidence: float
    share: float
    interval: Ends
    coverage: float
    risk: float


@dataclass(frozen=True)
class Calibration:
    """How far the confidences of a run can be believed.

    Attributes:
        of: "annotations" or "values".
        cases: how many are held against gold.
        bins: from the surest to the least sure.
        each: whether there is a bin for each confidence.
        error: the expected calibration error.
        curve: coverage and risk at each confidence, from the surest on.
        area: under that curve; `risk` is what a random order would have, `best` what none can beat.
        clusters: what the intervals take for independent, "documents" or "segments".
    """

    of: str
    cases: int
    bins: tuple[Bin, ...]
    each: bool
    error: float
    error_interval: Ends
    curve: tuple[tuple[float, float, float], ...]
    area: float
    area_interval: Ends
    risk: float
    best: float
    clusters: str

    def to_json(self) -> dict[str, JsonValue]:
        """Return every figure by its name."""
        curve: list[JsonValue] = [
            {"confidence": sure, "coverage": coverage, "risk": risk}
            for sure, coverage, risk in self.curve
        ]
        return {
            "cases": self.cases,
            "bins": [{**asdict(each), "interval": list(each.interval)} for each in self.bins],
            "bins_are": "one for each confidence" if self.each else f"{BINS} of equal width",
            "expected_calibration_error": self.error,
            "expected_calibration_error_interval": list(self.error_interval),
            "risk_coverage": curve,
            "area": self.area,
            "area_interval": list(self.area_interval),
            "area_in_random_order": self.risk,
            "least_area": self.best,
            "intervals_by": self.clusters,
        }


def calibrations(evaluation: Evaluation) -> list[Calibration]:
    """Return how far what is said of annotations, and of values, can be believed, where it is."""
    clusters = Clusters(evaluation.documents)
    found = verdicts(evaluation, clusters)[: len(evaluation.annotations)]
    kinds = {"annotations": _annotations(evaluation, found), "values": _values(evaluation, found)}
    return [
        calibrate(of, cases, clusters.kind) for of, each in kinds.items() if (cases := list(each))
    ]


def _annotations(evaluation: Evaluation, found: Sequence[Verdict]) -> Iterator[Case]:
    for annotation, verdict in zip(evaluation.annotations, found, strict=True):
        if annotation.confidence is not None and verdict.right is not None:
            yield Case(annotation.confidence, verdict.right, verdict.cluster)


def _values(evaluation: Evaluation, found: Sequence[Verdict]) -> Iterator[Case]:
    for annotation, verdict in zip(evaluation.annotations, found, strict=True):
        if verdict.right is None:
            continue
        partner = verdict.partner
        gold = {} if partner is None else evaluation.gold_labels[partner].attributes
        for name, values in annotation.value_confidence.items():
            for value, confidence in values.items():
                yield Case(confidence, value in gold.get(name, ()), verdict.cluster)


def calibrate(of: str, cases: Sequence[Case], clusters: str = "segments") -> Calibration:
    """Hold confidences against what is right; there is at least one case."""
    levels = sorted({case.confidence for case in cases}, reverse=True)
    each = len(levels) <= BINS
    step = -(-len(levels) // _MOST_POINTS)
    place = {level: number // step for number, level in enumerate(levels)}
    ranked = _Tally(cases, [place[case.confidence] for case in cases])
    binned = ranked if each else _Tally(cases, [_bin_of(case) for case in cases])
    wrong = sum(not case.right for case in cases)
    best = np.array([[[len(cases) - wrong, len(cases) - wrong, 0.0], [wrong, 0, 0.0]]])
    return Calibration(
        of,
        len(cases),
        tuple(binned.bins()),
        each,
        float(_error(binned.sums)[0]),
        _interval(_error(binned.drawn())),
        tuple(ranked.curve()),
        float(_area(ranked.sums)[0]),
        _interval(_area(ranked.drawn())),
        wrong / len(cases),
        float(_area(best)[0]),
        clusters,
    )


def _bin_of(case: Case) -> int:
    """Return the number of one of the bins of equal width, from the surest."""
    return BINS - 1 - min(int(case.confidence * BINS), BINS - 1)


class _Tally:
    """Cases counted by cluster and group: how many, how many right, the sum of confidences.

    Attributes:
        sums: of all clusters, as one round: (1, groups, 3).
    """

    def __init__(self, cases: Sequence[Case], groups: Sequence[int]) -> None:
        self._sure: dict[int, list[float]] = {}
        clusters = {cluster: n for n, cluster in enumerate(sorted({c.cluster for c in cases}))}
        self._counted = np.zeros((len(clusters), max(groups) + 1, 3))
        for group, case in zip(groups, cases, strict=True):
            self._sure.setdefault(group, []).append(case.confidence)
            self._counted[clusters[case.cluster], group] += (1, case.right, case.confidence)
        self.sums: Floats = self._counted.sum(axis=0, keepdims=True)

    def drawn(self) -> Floats:
        """Draw as many clusters as there are, with replacement: (rounds, groups, 3)."""
        count = len(self._counted)
        random = np.random.Generator(np.random.PCG64(_SEED))
        weights = random.multinomial(count, np.full(count, 1 / count), _ROUNDS)
        flat = weights @ self._counted.reshape(count, -1)
        return flat.reshape(_ROUNDS, *self._counted.shape[1:])

    def bins(self) -> Iterator[Bin]:
        """Yield the groups that hold any case."""
        for group, (low, coverage, risk) in zip(sorted(self._sure), self.curve(), strict=True):
            own, counted = self._sure[group], self._counted[:, group]
            right = int(counted[:, 1].sum())
            yield Bin(
                low,
                max(own),
                len(own),
                right,
                sum(own) / len(own),
                right / len(own),
                clustered_interval((int(r), int(n)) for n, r, _ in counted) or (0.0, 1.0),
                coverage,
                risk,
            )

    def curve(self) -> Iterator[tuple[float, float, float]]:
        """Yield the least confidence, the coverage and the risk of each group and those before."""
        held = sorted(self._sure)
        reached, right = np.cumsum(self.sums[0, held, :2], axis=0).T
        coverage, risk = reached / reached[-1], 1 - right / reached
        for place, group in enumerate(held):
            yield min(self._sure[group]), float(coverage[place]), float(risk[place])


def _error(sums: Floats) -> Floats:
    """Return the expected calibration error of each round."""
    distance = np.abs(sums[..., 1] - sums[..., 2]).sum(axis=1)
    error: Floats = distance / sums[..., 0].sum(axis=1)
    return error


def _area(sums: Floats) -> Floats:
    """Return the mean risk over all coverages of each round; groups stand from the surest on.

    Behind K cases with E errors, the j-th of a group of n with e errors has the expected risk
    (E + j·e/n) / (K + j); summed over the group that is e + (E − K·e/n)·(H(K + n) − H(K)), with
    the harmonic numbers H.
    """
    cases, errors = sums[..., 0], sums[..., 0] - sums[..., 1]
    before, wrong = np.cumsum(cases, axis=1) - cases, np.cumsum(errors, axis=1) - errors
    most = int(cases.sum(axis=1).max())
    harmonic = np.concatenate(([0.0], np.cumsum(1 / np.arange(1, most + 1))))
    first = np.rint(before).astype(int)
    grown = harmonic[np.rint(before + cases).astype(int)] - harmonic[first]
    share = np.divide(errors, cases, out=np.zeros_like(errors), where=cases > 0)
    area: Floats = (errors + (wrong - before * share) * grown).sum(axis=1) / cases.sum(axis=1)
    return area


def _interval(rounds: Floats) -> Ends:
    """Return the percentile interval of what was drawn."""
    low, high = np.quantile(rounds, ((1 - LEVEL) / 2, (1 + LEVEL) / 2))
    return float(low), float(high)
