"""Merging: what is one statement, what stays two, and that order and repetition change nothing."""

import random
from collections.abc import Sequence
from typing import Any, Literal, Self

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue, model_validator

from annotate.annotation import Annotation, Evidence
from annotate.errors import InvalidAnnotation
from annotate.grounding.merge import merge
from annotate.schema.categories import Category, Schema
from annotate.schema.values import Several, conflicts
from schemas.incident_report import SCHEMA, Effect

TEXT = "It broke at noon for users in Germany. It broke at noon for users in Germany."
SENTENCE = 38


def impact(
    effects: Sequence[str],
    start: int = 0,
    countries: Sequence[str] = (),
    duration: str | None = None,
    chunk: int = 0,
    cited: tuple[int, int] = (0, SENTENCE),
) -> Annotation:
    attributes: dict[str, JsonValue] = {
        "effects": [*effects],
        "countries": [*countries],
        "duration": duration,
        "customers_named": False,
        "polarity": "affirmed",
    }
    first, last = start + cited[0], start + cited[1]
    evidence = Evidence(TEXT[first:last], first, last, "exact", chunk)
    end = start + SENTENCE
    return Annotation("doc", start, end, "impact", attributes, TEXT[start:end], (evidence,))


def action(start: int = 0) -> Annotation:
    attributes: dict[str, JsonValue] = {
        "step": "detected",
        "planned": False,
        "date": None,
        "attempts": None,
        "time": None,
    }
    end = start + SENTENCE
    evidence = Evidence(TEXT[start:end], start, end, "exact", 0)
    return Annotation("doc", start, end, "action", attributes, TEXT[start:end], (evidence,))


UNITED = [
    ("the same twice", [impact(["slow"])] * 2, ["slow"]),
    ("two values of a set", [impact(["slow"]), impact(["errors"])], ["slow", "errors"]),
    ("in the order of their definition", [impact(["errors"]), impact(["unavailable"])],
     ["unavailable", "errors"]),
    ("a lone value gives way", [impact(["unspecified"]), impact(["slow"])], ["slow"]),
    ("whichever comes first", [impact(["slow"]), impact(["unspecified"])], ["slow"]),
    ("a lone value alone stays", [impact(["unspecified"])] * 2, ["unspecified"]),
    ("a lone value stays beside its own", [impact(["degraded"]), impact(["data_loss"])],
     ["data_loss", "degraded"]),
    ("of two lone values the first defined stays", [impact(["unspecified"]), impact(["degraded"])],
     ["degraded"]),
    ("two lone values give way to a third",
     [impact(["degraded"]), impact(["unspecified"]), impact(["slow"])], ["slow"]),
]  # fmt: skip

APART = [
    ("spans", [impact(["slow"]), impact(["slow"], start=39)]),
    ("categories", [impact(["slow"]), action()]),
    ("single values", [impact(["slow"]), impact(["slow"], duration="PT2H")]),
]


@pytest.mark.parametrize(
    ("annotations", "effects"), [r[1:] for r in UNITED], ids=[r[0] for r in UNITED]
)
def test_the_same_statement_is_one(annotations: list[Annotation], effects: list[str]) -> None:
    (united,) = merge(annotations, SCHEMA)

    assert united.attributes["effects"] == effects


@pytest.mark.parametrize("annotations", [r[1] for r in APART], ids=[r[0] for r in APART])
def test_what_differs_stays_two(annotations: list[Annotation]) -> None:
    assert len(merge(annotations, SCHEMA)) == len(annotations)


def test_open_sets_are_united_too() -> None:
    (united,) = merge(
        [impact(["slow"], countries=["US"]), impact(["slow"], countries=["DE"])], SCHEMA
    )

    assert united.attributes["countries"] == ["DE", "US"]


def test_evidence_is_kept_once_and_in_text_order() -> None:
    late, early = impact(["slow"], cited=(9, 16)), impact(["errors"], cited=(0, 8), chunk=1)

    (united,) = merge([late, early, late], SCHEMA)

    assert [(e.quote, e.chunk) for e in united.evidence] == [("It broke", 1), ("at noon", 0)]


def test_annotations_come_in_text_order_then_as_the_schema_orders_categories() -> None:
    merged = merge([action(39), action(), impact(["slow"], 39), impact(["slow"])], SCHEMA)

    assert [(a.start, a.category) for a in merged] == [
        (0, "impact"),
        (0, "action"),
        (39, "impact"),
        (39, "action"),
    ]


def test_nothing_merges_to_nothing() -> None:
    assert merge([], SCHEMA) == []


EFFECTS = st.sets(st.sampled_from([e.value for e in Effect]), min_size=1, max_size=3)


def _sound(effects: set[str]) -> bool:
    return not conflicts([e for e in Effect if e.value in effects])


IMPACTS = st.builds(
    impact,
    EFFECTS.filter(_sound).map(lambda found: [e.value for e in Effect if e.value in found]),
    start=st.sampled_from([0, 39]),
    countries=st.sampled_from([[], ["DE"], ["US"]]),
    duration=st.sampled_from([None, "PT2H"]),
    chunk=st.integers(0, 1),
    cited=st.sampled_from([(0, 8), (9, 16), (0, SENTENCE)]),
)
LISTS = st.lists(st.one_of(IMPACTS, st.sampled_from([action(), action(39)])), max_size=8)


@given(LISTS, st.randoms(use_true_random=False))
def test_the_order_of_the_input_changes_nothing(
    annotations: list[Annotation], order: random.Random
) -> None:
    shuffled = annotations[:]
    order.shuffle(shuffled)

    assert merge(shuffled, SCHEMA) == merge(annotations, SCHEMA)


@given(LISTS)
def test_merging_twice_merges_once(annotations: list[Annotation]) -> None:
    once = merge(annotations, SCHEMA)

    assert merge(once, SCHEMA) == once
    assert merge([*annotations, *once], SCHEMA) == once


@given(LISTS)
def test_no_evidence_is_lost_or_doubled(annotations: list[Annotation]) -> None:
    def cited(found: list[Annotation]) -> set[tuple[Any, ...]]:
        return {(a.category, a.start, e) for a in found for e in a.evidence}

    merged = merge(annotations, SCHEMA)

    assert cited(merged) == cited(annotations)
    assert all(len(a.evidence) == len(set(a.evidence)) for a in merged)


@given(LISTS)
def test_what_is_merged_is_still_of_the_schema(annotations: list[Annotation]) -> None:
    for annotation in merge(annotations, SCHEMA):
        try:
            SCHEMA.parse({"category": annotation.category, **annotation.attributes})
        except InvalidAnnotation as error:
            pytest.fail(str(error))


@given(LISTS)
def test_only_sets_grow_and_single_values_stay(annotations: list[Annotation]) -> None:
    def singles(found: list[Annotation]) -> set[tuple[Any, ...]]:
        sets = {"effects", "countries"}
        return {
            (a.category, a.start, *(v for k, v in a.attributes.items() if k not in sets))
            for a in found
        }

    assert singles(merge(annotations, SCHEMA)) == singles(annotations)


class Meter(Category):
    """A reading; no two units together."""

    category: Literal["meter"] = "meter"
    units: Several[str]
    """What it is read in."""

    @model_validator(mode="after")
    def _one_unit(self) -> Self:
        if len(self.units) > 1:
            raise ValueError("name one unit")
        return self


def test_what_the_schema_refuses_together_stays_two() -> None:
    schema = Schema("meters", "1", Meter)
    evidence = (Evidence("It", 0, 2, "exact", 0),)
    one, other = (
        Annotation("doc", 0, 2, "meter", {"units": [unit]}, "It", evidence) for unit in ("s", "min")
    )

    assert merge([one, other, one], schema) == [other, one]
