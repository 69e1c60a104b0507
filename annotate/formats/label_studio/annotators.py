"""Tasks that several people have annotated: what all of them marked, and what each of them did.

What they mark differently is nobody's to choose here: it is left out and said, until one annotation
of the task is marked as ground truth.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from annotate.documents.document import Document
from annotate.files import SafeNames
from annotate.formats.annotated_document import Span
from annotate.formats.corrections import Problem
from annotate.gold.passes import pass_file
from annotate.review.passes import rows_of


def submitted(content: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Return the annotations of a task that count: the ground truth, where somebody picked one."""
    found = content.get("annotations")
    made: list[Mapping[str, Any]] = [
        each
        for each in (found if isinstance(found, list) else [])
        if isinstance(each, dict) and not each.get("was_cancelled")
    ]
    return [each for each in made if each.get("ground_truth")] or made


def names_of(made: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return a name for whoever made each annotation, by their number in Label Studio."""
    names = SafeNames("annotator")
    return [names.new(f"annotator-{_number(each.get('completed_by'))}") for each in made]


def _number(person: object) -> str:
    known = person.get("id") if isinstance(person, dict) else person
    return str(known) if isinstance(known, int) else "unknown"


def agreed(
    place: str,
    document: Document,
    made: Sequence[Mapping[str, Any]],
    marked: Sequence[Sequence[Span]],
) -> tuple[tuple[Span, ...], list[Problem]]:
    """Return the spans that everybody marked alike, and how many others are left out."""
    counts = Counter(key for spans in marked for key in {_said(each) for each in spans})
    common = tuple(each for each in marked[0] if counts[_said(each)] == len(marked))
    others = sum(count < len(marked) for count in counts.values())
    if not others:
        return common, []
    ids = ", ".join(str(each.get("id")) for each in made)
    message = (
        f"has {len(made)} annotations ({ids}) that agree on all but {others}, which are "
        "left out; mark one of them as ground truth"
    )
    return common, [Problem(place, message, document.id)]


def _said(span: Span) -> str:
    return json.dumps([span.start, span.end, span.category, dict(span.attributes)], sort_keys=True)


def passes(
    document: Document, names: Sequence[str], marked: Sequence[Sequence[Span]]
) -> Iterator[tuple[str, bytes]]:
    """Yield what each of them marked as a pass of gold, by its path there."""
    for name, spans in zip(names, marked, strict=True):
        yield pass_file(name, document.id, rows_of(document, spans))
