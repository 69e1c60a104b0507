"""A lexicon of incident reports made for one test, and what it reads in a text."""

from __future__ import annotations

from typing import Any

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.lexicon.annotator import answer
from annotate.lexicon.lexicon import Lexicon
from schemas.incident_report import SCHEMA


def answered(text: str, **tables: Any) -> list[dict[str, Any]]:
    """Return the items that a lexicon of these tables answers for a text.

    An impact is affirmed where its table does not say otherwise.
    """
    if "impact" in tables:
        tables["impact"] = {"polarity": {"_silent": ["affirmed"]}, **tables["impact"]}
    lexicon = Lexicon.of(tables, SCHEMA)
    segmentation = segment(text)
    return [item for part in chunk(segmentation) for item in answer(lexicon, part, segmentation)]


def stated(text: str, **tables: Any) -> list[tuple[str, str]]:
    """Return the category and the quote of each of these items."""
    return [(item["category"], item["quote"]) for item in answered(text, **tables)]
