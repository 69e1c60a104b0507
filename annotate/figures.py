"""Print figures as people in the field write them: ".812", "−2.4 points", "p < .001"."""

from __future__ import annotations

NOTHING = "–"
"""Stands where there is no figure."""


def ratio(value: float | None) -> str:
    """Return a share with three decimals and no leading zero."""
    if value is None:
        return NOTHING
    return f"{value:.3f}".replace("0.", ".", 1) if abs(value) < 0.9995 else f"{value:.3f}"


def points(value: float | None) -> str:
    """Return a difference of shares in points, hundredths, with its sign."""
    if value is None:
        return NOTHING
    rounded = round(100 * value, 1)
    return f"{'−' if rounded < 0 else '+' if rounded > 0 else ''}{abs(rounded):.1f}"


def interval(ends: tuple[float, float] | None) -> str:
    """Return both ends of an interval, in points."""
    return NOTHING if ends is None else f"{points(ends[0])} to {points(ends[1])}"


def p_value(value: float | None) -> str:
    """Return a p value with three decimals, or that it is smaller."""
    if value is None:
        return NOTHING
    return "< .001" if value < 0.001 else ratio(value)
