"""Facts: what a document states anywhere, whatever the words and however often."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Fact:
    """A category, or a value of one of its attributes.

    Attributes:
        attribute: "" for the category itself.
        value: "" for whatever an attribute states.
    """

    category: str
    attribute: str = ""
    value: str = ""

    def __str__(self) -> str:
        place = f"{self.category}.{self.attribute}" if self.attribute else self.category
        return f"{place}={self.value}" if self.value else place
