"""Whole numbers in what another tool gives back."""

from __future__ import annotations


def are_integers(*values: object) -> bool:
    """Tell whether all are whole numbers. Python takes JSON's true and false for 1 and 0 too."""
    return all(type(each) is int for each in values)
