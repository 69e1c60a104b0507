"""Unite what is the same statement, and put a document's annotations in text order.

Only annotations with the same category, span and single values are united; a practice that the text
repeats elsewhere stays repeated.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from annotate.annotation import CHOICES, Annotation, Evidence
from annotate.errors import InvalidAnnotation
from annotate.schema.categories import Schema


def merge(annotations: Iterable[Annotation], schema: Schema) -> list[Annotation]:
    """Return the annotations of one document, united and in an order that ignores how they came."""
    beside: dict[tuple[int, int, str], list[Annotation]] = {}
    for each in annotations:
        beside.setdefault((each.start, each.end, each.category), []).append(each)
    rank = {category: position for position, category in enumerate(schema.categories)}
    merged: list[Annotation] = []
    for start, end, category in sorted(beside, key=lambda place: (*place[:2], rank[place[2]])):
        group = beside[start, end, category]
        merged += group if len(group) == 1 else _merged(group, schema)
    return merged


def _merged(group: Sequence[Annotation], schema: Schema) -> list[Annotation]:
    """Unite annotations of one category on one span."""
    same: dict[str, list[Annotation]] = {}
    # Sorted first: which annotation of a group is united with which may not depend on who was fast.
    for annotation in sorted(group, key=statement):
        same.setdefault(single_values(annotation, schema), []).append(annotation)
    united = [annotation for each in same.values() for annotation in _united(each, schema)]
    return in_text_order(united, schema)


def in_text_order(annotations: Iterable[Annotation], schema: Schema) -> list[Annotation]:
    """Return annotations of one document in the order of a run: text, categories, attributes."""
    rank = {category: position for position, category in enumerate(schema.categories)}
    return sorted(
        annotations, key=lambda a: (a.start, a.end, rank[a.category], _json(a.attributes))
    )


def _united(group: Iterable[Annotation], schema: Schema) -> list[Annotation]:
    """Unite annotations that differ in sets at most."""
    result: list[Annotation] = []
    for annotation in group:
        for position, other in enumerate(result):
            if joined := _joined(other, annotation, schema):
                result[position] = joined
                break
        else:
            result.append(annotation)
    return result


def _joined(one: Annotation, other: Annotation, schema: Schema) -> Annotation | None:
    """Return two annotations as one, or None where the schema's checks allow no such one."""
    attributes = schema.unite(one.category, one.attributes, other.attributes)
    if attributes is None:
        return None
    # Each side is valid, and both together need not be: a rule may forbid two values side by side.
    try:
        schema.parse({"category": one.category, **attributes})
    except InvalidAnnotation:
        return None
    evidence = cited_in_order([*one.evidence, *other.evidence])
    return replace(one, attributes=attributes, evidence=evidence)


def statement(annotation: Annotation) -> tuple[int, int, str, str]:
    """Return what an annotation of a document states, without the citations that it stands on."""
    return annotation.start, annotation.end, annotation.category, _json(annotation.attributes)


def single_values(annotation: Annotation, schema: Schema) -> str:
    """Return the values without those of sets, as text: where they differ nothing is united."""
    sets = schema.categories[annotation.category].sets()
    return _json({k: v for k, v in annotation.attributes.items() if k not in sets})


def _json(value: object) -> str:
    return json.dumps(value, sort_keys=True)


def cited_in_order(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Return each citation once, with the surest reason that was found for its place."""
    surest: dict[tuple[Any, ...], Evidence] = {}
    for each in sorted(evidence, key=_by_place):
        surest.setdefault(_cited(each), each)
    return tuple(surest.values())


def _cited(evidence: Evidence) -> tuple[int, int, int, str, str]:
    return evidence.start, evidence.end, evidence.chunk, evidence.grounding, evidence.quote


def _by_place(evidence: Evidence) -> tuple[Any, ...]:
    return *_cited(evidence), CHOICES.index(evidence.choice), evidence.places
