"""Write tasks with predictions for Label Studio, and the labelling configuration of the schema.

    config.xml     categories as labels, attributes as controls of the regions of their category
    tasks.json     one task per document; its prediction holds one region per annotation

Offsets of a `Text` tag count code points: `charsToCodePoints` in `selection-tools.js` of its editor
says so, and Label Studio 1.23 marked and returned the right characters behind an emoji. A carriage
return and a line feed are a line break each, so that every character of the text counts as one.

The text is shown as `Text`, line by line, and not as HTML, whose offsets count what a browser makes
of tags: so every offset comes back exactly. What stands around the text is a region of its own,
which nobody can change, with the reason as its note.

Where a run says how sure it is of an annotation, its region has it as `score`, and the prediction
has the mean of these.

What an annotator neither sees nor changes is JSON in the field `annotate` of the task, as a string
in ASCII: databases behind Label Studio refuse NUL and lone surrogates, which are U+FFFD in what is
shown. An id of a region is the key to what is kept of it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.formats.annotated_document import AnnotatedDocument, Span, stated_of
from annotate.formats.label_studio.configuration import (
    FURNITURE,
    LABELS,
    TEXT,
    Control,
    configuration,
    controls,
    furniture_region,
    shown,
)
from annotate.schema.categories import Schema

FORMAT = "annotate label-studio 1"
TASKS, CONFIG = "tasks.json", "config.xml"
KEPT = "annotate"
"""The field of a task that is ours."""


def write_label_studio(
    folder: Path,
    schema: Schema,
    origin: Mapping[str, JsonValue],
    documents: Iterable[AnnotatedDocument],
) -> int:
    """Write documents into an empty folder and return how many annotations they hold."""
    known = {(each.category, each.attribute.name): each for each in controls(schema).values()}
    count, before, furnished = 0, "[\n", False
    with (folder / TASKS).open("w", encoding="utf-8", newline="") as file:
        for each in documents:
            task = _task(each, origin, known)
            file.write(before + json.dumps(task, ensure_ascii=False))
            before = ",\n"
            count += len(each.spans)
            furnished |= any(_furniture(each.document))
        file.write("\n]\n" if count or before != "[\n" else "[]\n")
    (folder / CONFIG).write_text(configuration(schema, furniture=furnished), encoding="utf-8")
    return count


def _task(
    annotated: AnnotatedDocument,
    origin: Mapping[str, JsonValue],
    known: Mapping[tuple[str, str], Control],
) -> dict[str, Any]:
    document = annotated.document
    # Regions that people add get random ids of ten letters, which these never meet.
    regions = {f"a{number}": span for number, span in enumerate(annotated.spans)}
    text = shown(document.text)
    results = [
        result for region, span in regions.items() for result in _results(region, span, text, known)
    ]
    results += _furniture(document)
    data = {
        TEXT: text,
        "document": shown(document.id),
        KEPT: json.dumps(_kept(annotated, origin, regions)),
    }
    made = origin.get("run")
    prediction = {"model_version": made.get("model") if isinstance(made, dict) else "gold"}
    scores = [score for each in results if isinstance(score := each.get("score"), int | float)]
    if scores:  # Label Studio can give out the tasks with the lowest score first
        prediction["score"] = sum(scores) / len(scores)
    return {"data": data, "predictions": [{**prediction, "result": results}]}


def _kept(
    annotated: AnnotatedDocument, origin: Mapping[str, JsonValue], regions: Mapping[str, Span]
) -> dict[str, Any]:
    document = annotated.document
    rows = {
        region: {
            "span": [span.start, span.end],
            "category": span.category,
            "attributes": span.attributes,
            **span.kept,
        }
        for region, span in regions.items()
    }
    kept = {
        "format": FORMAT,
        **origin,
        "id": document.id,
        "sha256": document.sha256,
        "document_format": document.format,
        "chunks": list(annotated.chunks),
        **stated_of(document),
        "regions": rows,
    }
    return kept if shown(document.text) == document.text else {**kept, "text": document.text}


def _furniture(document: Document) -> Iterator[dict[str, Any]]:
    """Yield what stands around the text as regions that nobody can change, with the reason."""
    text = shown(document.text)
    for number, each in enumerate(document.layout.furniture if document.layout else ()):
        place = {"start": each.start, "end": each.end, "text": text[each.start : each.end]}
        value = {**place, "labels": [FURNITURE]}
        region = _result(furniture_region(number), FURNITURE, "labels", value)
        yield {**region, "readonly": True, "meta": {"text": [shown(each.reason)]}}


def _results(
    region: str, span: Span, text: str, known: Mapping[tuple[str, str], Control]
) -> Iterator[dict[str, Any]]:
    place = {"start": span.start, "end": span.end, "text": text[span.start : span.end]}
    label = _result(region, LABELS, "labels", {**place, "labels": [shown(span.category)]})
    confidence = span.kept.get("confidence")
    yield label if confidence is None else {**label, "score": confidence}
    for name, value in span.attributes.items():
        control = known.get((span.category, name))
        if control is None:
            raise UsageError(f"{span.category}.{name}: is not in this schema; run it again")
        if payload := control.payload(value):
            stated = {control.key: payload[0] if control.tool == "number" else payload}
            yield _result(region, control.name, control.tool, {**place, **stated})


def _result(region: str, name: str, tool: str, value: Mapping[str, Any]) -> dict[str, Any]:
    return {"id": region, "from_name": name, "to_name": TEXT, "type": tool, "value": value}
