"""What the lexicon of privacy policies says of a text, and what a test expects of it.

An expectation says which categories a text has, all of them, and those attribute values that
matter. Where a category may stand twice (a mode, a group), it holds one entry each.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.lexicon.annotator import answer
from annotate.lexicon.lexicon import Lexicon
from schemas.privacy_policy import SCHEMA

Expected = tuple[tuple[str, Mapping[str, Any]], ...]

LEXICON = Path(__file__).parents[2] / "schemas" / "privacy_policy.lexicon.toml"
NONE: Expected = ()
DENIED = {"polarity": "denied"}
AFFIRMED = {"polarity": "affirmed"}


def one(category: str, **values: Any) -> Expected:
    """Return the expectation of a single annotation."""
    return ((category, values),)


@cache
def lexicon() -> Lexicon:
    """Return the lexicon, read once."""
    return Lexicon.load(LEXICON, SCHEMA)


def annotated(text: str) -> list[dict[str, Any]]:
    """Return the annotations of a text, each of which the schema accepts."""
    segmentation = segment(text)
    items = [item for part in chunk(segmentation) for item in answer(lexicon(), part, segmentation)]
    for item in items:
        SCHEMA.parse({name: value for name, value in item.items() if name != "quote"})
    return items


def check(found: list[dict[str, Any]], expected: Expected) -> None:
    assert sorted(item["category"] for item in found) == sorted(tag for tag, _ in expected)
    for tag, values in expected:
        assert any(
            item["category"] == tag and all(item[name] == value for name, value in values.items())
            for item in found
        ), (tag, values, found)
