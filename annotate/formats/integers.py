"""Whole numbers in what another tool gives back."""

from __future__ import annotations


def are_integers(*values: object) -> bool:
    """Tell whether all are whole numbers. Python takes JSON's true and false for 1 and 0 too."""
    return all(type(each) is int for each in values)


def as_pair(value: object) -> tuple[int, int] | None:
    """Return the two whole numbers that a list or tuple holds; None for anything else."""
    match value:
        case [int(first), int(second)] if are_integers(first, second):
            return first, second
    return None
