"""Annotations that stand together are asked about together, in the passage that they stand in."""

from __future__ import annotations

import pytest

from annotate.annotation import Annotation, Evidence
from annotate.documents.segmentation import segment
from annotate.verification.batches import Batch, batches

SENTENCES = [f"Sentence {n} says something." for n in range(9)]
TEXT = " ".join(SENTENCES)
LIST = "# Sharing\n\nWe share with:\n\n- affiliates\n- the police\n- banks\n- insurers\n"


def standing(text: str, quote: str) -> Annotation:
    start = text.index(quote)
    end = start + len(quote)
    return Annotation("a", start, end, "x", {}, quote, (Evidence(quote, start, end, "exact", 0),))


def made(text: str, *quotes: str, most: int = 10) -> list[Batch]:
    found = [standing(text, quote) for quote in quotes]
    return list(batches(found, range(len(found)), segment(text), most))


def test_a_passage_holds_two_sentences_around_its_annotations() -> None:
    (batch,) = made(TEXT, SENTENCES[4])
    assert batch.passage.text == " ".join(SENTENCES[2:7])
    assert TEXT[batch.passage.start : batch.passage.end] == batch.passage.text


def test_at_most_so_many_are_asked_about_together_in_their_order() -> None:
    found = made(TEXT, *SENTENCES[:5], most=2)
    assert [[each.quote for each in batch.annotations] for batch in found] == [
        SENTENCES[0:2],
        SENTENCES[2:4],
        SENTENCES[4:5],
    ]
    assert [batch.places for batch in found] == [(0, 1), (2, 3), (4,)]


def test_an_item_brings_its_lead_in_and_its_heading() -> None:
    (batch,) = made(LIST, "insurers")
    assert batch.passage.context == ("Sharing", "We share with:")
    assert "banks" in batch.passage.text


@pytest.mark.parametrize("text", ["   ", "x", "\n\n\n"])
def test_a_text_without_units_is_its_own_passage(text: str) -> None:
    cited = (Evidence(text, 0, len(text), "exact", 0),)
    annotation = Annotation("a", 0, len(text), "x", {}, text, cited)
    (batch,) = batches([annotation], [0], segment(text), 10)
    assert batch.passage.text == text


def test_a_half_has_a_smaller_passage_and_one_alone_less_around_it() -> None:
    (batch,) = made(TEXT, SENTENCES[1], SENTENCES[7])
    first, second = batch.halves()
    assert (first.annotations, second.annotations) == (batch.annotations[:1], batch.annotations[1:])
    assert first.passage.end < second.passage.start
    (least,) = first.halves()
    assert least.passage.text == SENTENCES[1]
    assert least.halves() == []
