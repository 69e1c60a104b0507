"""Write W3C Web Annotations: a collection with one page, as JSON-LD.

After https://www.w3.org/TR/annotation-model/ (Recommendation of 23 February 2017); the section that
asks for a thing is named beside it. Positions count code points of the text (4.2.4, 4.2.5), which
is free of markup already where it was read from HTML. The source is named by what it holds, as an
address of RFC 6920 over the SHA-256 of the text: such a name also pins the state of the text, which
4.2.5 recommends to pin.

The first body classifies, each stated value is one more body that tags, and the last one holds
attributes and evidence as JSON, so that nothing is lost to those who read no tags.
"""

from __future__ import annotations

import json
import uuid
from base64 import urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator
from typing import IO, Any

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.files import json_text
from annotate.runs.reader import Run

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix
_FORMATS = {"markdown": "text/markdown"}


def write_web_annotation(run: Run, file: IO[str]) -> int:
    """Write a collection of the run's annotations and return how many it holds."""
    total = sum(1 for _ in run.annotations())
    name = _urn("collection", json.dumps(run.manifest, sort_keys=True))
    page = _urn("page", name)
    collection: dict[str, JsonValue] = {
        "@context": CONTEXT,  # 5.1
        "id": name,
        "type": "AnnotationCollection",
        "label": f"Annotations by {run.manifest['model']}",
        "total": total,
    }
    if not total:  # 5.2: a page holds at least one
        file.write(json_text(collection) + "\n")
        return 0
    collection |= {"last": page, "first": {"id": page, "type": "AnnotationPage", "startIndex": 0}}
    head, tail = json_text(collection)[:-2], "\n]}}\n"  # open the page again, for its items
    file.write(f'{head}, "partOf": {json_text(name)}, "items": [')
    for number, annotation in enumerate(_annotations(run, name)):
        file.write((",\n" if number else "\n") + json_text(annotation))
    file.write(tail)
    return total


def _annotations(run: Run, collection: str) -> Iterator[dict[str, Any]]:
    documents = {document.id: document for document in run.documents()}
    seen: Counter[str] = Counter()
    for annotation in run.annotations():
        row = json.dumps(annotation.to_json(), sort_keys=True)
        seen[row] += 1
        name = _urn("annotation", f"{collection} {seen[row]} {row}")
        yield _annotation(annotation, documents[annotation.document], name)


def _annotation(annotation: Annotation, document: Document, name: str) -> dict[str, Any]:
    row = annotation.to_json()
    whole = {"attributes": row["attributes"], "evidence": row["evidence"]}
    described = {
        "type": "TextualBody",
        "purpose": "describing",
        "format": "application/json",
        "value": json.dumps(whole, ensure_ascii=False),
    }
    return {
        "id": name,  # 3.1; an item of a page needs no context of its own (5.2)
        "type": "Annotation",
        "motivation": "classifying",  # 3.3.5
        "body": [
            {"type": "TextualBody", "purpose": "classifying", "value": annotation.category},
            *_tags(annotation),
            described,
        ],
        "target": {
            "type": "SpecificResource",
            "source": _source(document),
            "selector": _selectors(annotation, document.text),
        },
    }


def _tags(annotation: Annotation) -> Iterator[dict[str, str]]:
    for name, value in annotation.attributes.items():
        for each in value if isinstance(value, list) else [value]:
            if each is not None and each is not False:
                stated = each if isinstance(each, str) else json.dumps(each)
                tag = f"{name}: {stated}"
                yield {"type": "TextualBody", "purpose": "tagging", "value": tag}


def _source(document: Document) -> dict[str, str]:
    digest = urlsafe_b64encode(bytes.fromhex(document.sha256)).decode().rstrip("=")
    return {
        "id": f"ni:///sha-256;{digest}",
        "type": "Text",  # 3.2.2
        "format": _FORMATS.get(document.format, "text/plain"),
        "dcterms:identifier": document.id,  # a prefix of the context, as its vocabulary asks (4)
    }


def _selectors(annotation: Annotation, text: str) -> list[dict[str, Any]]:
    start, end = annotation.start, annotation.end
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},  # 4.2.5
        {
            "type": "TextQuoteSelector",  # 4.2.4
            "exact": annotation.quote,
            "prefix": text[max(0, start - _AROUND) : start],
            "suffix": text[end : end + _AROUND],
        },
    ]


def _urn(kind: str, content: str) -> str:
    """Return a name that the same content always has: 3.1 asks for an IRI."""
    seed = content.encode("utf-8", "surrogatepass").hex()
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {seed}").urn
