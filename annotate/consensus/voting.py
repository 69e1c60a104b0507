"""What a united annotation says: the span and the values that most of its samples have.

At a tie the span is that of the member that is most like the others. A single value: what is stated
goes before what is not, then the value of that member, then the first in the alphabet. A set: each
value that half of the samples or more state; where the set cannot be empty and no value has so
many, those that most have. What no annotation of the schema may say together gives way to what that
member says.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Mapping, Sequence

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.consensus.grouping import Member, representative
from annotate.errors import InvalidAnnotation
from annotate.grounding.merge import cited_in_order
from annotate.schema.attributes import Attribute, attributes_of
from annotate.schema.categories import Schema
from annotate.schema.values import compatible
from annotate.scoring.labels import stated

_DIGITS = 4  # of a confidence


def voted(members: Sequence[Member], schema: Schema) -> Annotation:
    """Return what the members of a group say, without how sure that is."""
    model = representative(members)
    span = _span(members, model)
    alike = [m.annotation for m in members if _place(m) == span]
    first = alike[0]
    return Annotation(
        first.document,
        *span,
        first.category,
        _attributes(members, model, schema),
        first.quote,
        cited_in_order(cited for each in alike for cited in each.evidence),
    )


def confidences(
    annotation: Annotation, members: Sequence[Member], able: int
) -> tuple[float, dict[str, dict[str, float]]]:
    """Return how sure an annotation and its values are: shares of the samples able to see it.

    Args:
        annotation: the united one.
        members: what it was made of.
        able: how many samples made it or read all of its words.
    """
    of = {name: stated(value) for name, value in annotation.attributes.items()}
    return share({m.sample for m in members}, able), {
        name: {
            value: share({m.sample for m in members if value in _stated(m, name)}, able)
            for value in sorted(values)
        }
        for name, values in of.items()
        if values
    }


def share(samples: Collection[int], able: int) -> float:
    """Return the share of the samples that are able to which these come, as it is written."""
    return round(len(samples) / able, _DIGITS)


def _stated(member: Member, name: str) -> frozenset[str]:
    return member.label.attributes.get(name, frozenset())


def _place(member: Member) -> tuple[int, int]:
    return member.annotation.start, member.annotation.end


def _span(members: Sequence[Member], model: Member) -> tuple[int, int]:
    votes = Counter(_place(member) for member in members)
    most = max(votes.values())
    tied = sorted(place for place, count in votes.items() if count == most)
    return _place(model) if _place(model) in tied else tied[0]


def _attributes(
    members: Sequence[Member], model: Member, schema: Schema
) -> Mapping[str, JsonValue]:
    category = model.annotation.category
    most = {
        each.name: _several(each, members) if each.many else _one(each, members, model)
        for each in attributes_of(schema.categories[category])
    }
    try:
        return schema.parse({"category": category, **most}).attribute_values()
    except InvalidAnnotation:  # a rule forbids side by side what most say one by one
        return model.annotation.attributes


def _one(attribute: Attribute, members: Sequence[Member], model: Member) -> JsonValue:
    """Return the value of a single attribute."""
    said = {(m.sample, _text(m.annotation.attributes.get(attribute.name))) for m in members}
    votes = Counter(text for _, text in said)
    chosen = _text(model.annotation.attributes.get(attribute.name))

    def rank(text: str) -> tuple[int, bool, bool, str]:
        return -votes[text], not stated(json.loads(text)), text != chosen, text

    best: JsonValue = json.loads(min(votes, key=rank))
    return best


def _several(attribute: Attribute, members: Sequence[Member]) -> JsonValue:
    """Return the values of a set."""
    said: set[tuple[int, str]] = set()
    for member in members:
        values = member.annotation.attributes.get(attribute.name)
        said |= {(member.sample, _text(v)) for v in (values if isinstance(values, list) else [])}
    votes = Counter(text for _, text in said)
    half = len({member.sample for member in members}) / 2
    taken = [text for text in votes if votes[text] >= half]
    if attribute.required and not taken:
        taken = [text for text in votes if votes[text] == max(votes.values())]
    found = [json.loads(text) for text in sorted(taken)]
    return found if attribute.values is None else [*compatible(attribute.values, found)]


def _text(value: JsonValue) -> str:
    return json.dumps(value, sort_keys=True)
