"""What to fix first: how much annotation F1 would gain if all errors of one kind were fixed.

The idea is that of D. Bolya et al., "TIDE: A General Toolbox for Identifying Object Detection
Errors" (ECCV 2020).
"""

from __future__ import annotations

from annotate.scoring.outcomes import JOINED, Kind, Outcomes

_SUPERFLUOUS: tuple[Kind, ...] = ("spurious", "duplicate", "invalid", "ungrounded")


def gains(outcomes: Outcomes) -> dict[Kind, float]:
    """Return what annotation F1 would gain if all errors of one kind were fixed, best first.

    With R pairs, G required gold and P predictions without those of optional gold, F1 is
    2R / (G + P). To fix n errors of a kind means:

    - boundary, category, category+boundary: they match, R + n;
    - missed: a prediction that matches is added for each, R + n and P + n;
    - spurious, duplicate, invalid, ungrounded: they are left out, P - n.

    Where nothing is left on either side, F1 counts as 1 here. Gains do not add up.
    """
    found = outcomes.by_kind()
    right = found["matched"][0]
    wanted = len(outcomes.gold) - found["optional"][0]
    given = len(outcomes.predicted) - found["optional"][1]
    fixed: dict[Kind, float] = {}
    for kind in JOINED:
        fixed[kind] = _f1(right + found[kind][0], wanted, given)
    missed = found["missed"][0]
    fixed["missed"] = _f1(right + missed, wanted, given + missed)
    for kind in _SUPERFLUOUS:
        fixed[kind] = _f1(right, wanted, given - found[kind][1])
    now = _f1(right, wanted, given)
    ranked = sorted(fixed, key=lambda kind: -fixed[kind])
    return {kind: fixed[kind] - now for kind in ranked}


def _f1(right: int, wanted: int, given: int) -> float:
    return 2 * right / (wanted + given) if wanted + given else 1.0
