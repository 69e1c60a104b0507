"""What speaks against an annotation: its own run, another run, gold."""

from __future__ import annotations

from dataclasses import replace

import pytest

from annotate.annotation import Annotation
from annotate.review.doubts import Doubt, Other, doubts
from tests.support.handmade import CHECK, DEPLOY, LOST, SLOW, TEXT, Place, annotation

TEXTS = {"a.txt": TEXT}
FLIPPED: Place = (*SLOW[:2], {"effects": ["unavailable"]})


def found(*others: Other, **suggested: Annotation) -> dict[str, Doubt]:
    return doubts(suggested, TEXTS, others)


def test_nothing_speaks_against_what_everybody_says() -> None:
    slow = annotation(SLOW)
    assert found(Other("gold", {"a.txt": [slow]}), slow=slow) == {"slow": Doubt()}


def test_a_low_confidence_is_a_doubt_and_that_of_a_value_too() -> None:
    unsure = replace(annotation(SLOW), confidence=0.75, value_confidence={"effects": {"slow": 0.5}})
    doubt = found(unsure=unsure)["unsure"]
    assert [doubt.score, doubt.total] == pytest.approx([0.5, 0.75])
    assert doubt.reasons == ("effects slow: confidence 0.50", "confidence 0.75")


def test_what_another_side_does_not_say_is_more_doubtful_than_what_it_says_otherwise() -> None:
    other = Other("runs/b", {"a.txt": [annotation(FLIPPED), annotation(CHECK)]})
    said = found(other, slow=annotation(SLOW), deploy=annotation(DEPLOY), check=annotation(CHECK))
    assert said["deploy"].reasons == ("runs/b does not say it",)
    assert said["slow"].reasons == ("runs/b says otherwise: effects",)
    assert said["check"] == Doubt()
    assert said["deploy"].score > said["slow"].score


def test_a_document_that_the_other_side_did_not_read_is_not_held_against_anything() -> None:
    assert found(Other("runs/b", {}), lost=annotation(LOST))["lost"] == Doubt()
    assert found(Other("runs/b", {"a.txt": []}), lost=annotation(LOST))["lost"].score == 1


def test_reasons_of_several_sides_add_up() -> None:
    sides = Other("one", {"a.txt": []}), Other("two", {"a.txt": []})
    doubt = found(*sides, lost=annotation(LOST))["lost"]
    assert (doubt.score, doubt.total) == (1, 2)
    assert doubt.reasons == ("one does not say it", "two does not say it")
