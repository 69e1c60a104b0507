"""Write W3C Web Annotations: a collection with one page, as JSON-LD.

After https://www.w3.org/TR/annotation-model/ (Recommendation of 23 February 2017); the section that
asks for a thing is named beside it. Positions count code points of the text (4.2.4, 4.2.5), which
is free of markup already where it was read from HTML. The source is named by what it holds, as an
address of RFC 6920 over the SHA-256 of the text: such a name also pins the state of the text, which
4.2.5 recommends to pin.

A PDF is another resource than the text that was read from it, with pages instead of positions. So
an annotation of its text has a second target, or one for each page that its words go on over: the
PDF, by the hash of its bytes, with a page (4.2.1) that the words refine (4.2.9). The syntax of
"page=N" is named as 4.2.1 lists it, by RFC 3778, whose place RFC 8118 took without a change of it.
Words that a line or a page broke are whole in the text: who looks for them in the PDF folds them.

The first body classifies, each stated value is one more body that tags, and the last one holds
attributes, evidence, confidence and verdict as JSON, so that nothing is lost to those who read no
tags; the model has no place of its own for these.
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
from annotate.runs.found import annotated
from annotate.runs.reader import Run
from annotate.runs.selection import Selection

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_AROUND = 32  # characters of prefix and suffix
_PDF_FRAGMENTS = "http://tools.ietf.org/rfc/rfc3778"
_TEXTS = {"markdown": "text/markdown"}  # what the text is; it is plain where a page was read
_FILES = {
    "html": "text/html",
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "jsonl": "application/json",  # its line is what was read
    **_TEXTS,
}


def write_web_annotation(run: Run, selection: Selection, file: IO[str]) -> int:
    """Write a collection of those annotations of a run that are meant and return how many."""
    total = sum(1 for _ in selection.of(run.annotations()))
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
    for number, annotation in enumerate(_annotations(run, selection, name)):
        file.write((",\n" if number else "\n") + json_text(annotation))
    file.write(tail)
    return total


def _annotations(run: Run, selection: Selection, collection: str) -> Iterator[dict[str, Any]]:
    for document, own in annotated(run, selection):
        seen: Counter[str] = Counter()  # equal rows are of one document
        for each in own:
            row = json.dumps(each.to_json(), sort_keys=True)
            seen[row] += 1
            name = _urn("annotation", f"{collection} {seen[row]} {row}")
            yield _annotation(each, document, name)


def _annotation(annotation: Annotation, document: Document, name: str) -> dict[str, Any]:
    row = annotation.to_json()
    whole: dict[str, Any] = {"attributes": row["attributes"], "evidence": row["evidence"]}
    whole |= annotation.certainty()
    if document.provenance.metadata:
        whole["metadata"] = dict(document.provenance.metadata)
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
        "target": _targets(annotation, document),
    }


def _targets(annotation: Annotation, document: Document) -> dict[str, Any] | list[dict[str, Any]]:
    """Return the words in the text, and on the pages of what it was read from."""
    found = {
        "type": "SpecificResource",
        "source": _source(document),
        "selector": _selectors(annotation, document.text),
    }
    read_from = _file(document)
    if read_from is None:
        return found
    pages = document.pages_of(annotation.start, annotation.end)
    on_pages = [
        {
            "type": "SpecificResource",
            "source": read_from,
            "selector": {
                "type": "FragmentSelector",  # 4.2.1
                "conformsTo": _PDF_FRAGMENTS,
                "value": f"page={page.number}",
                "refinedBy": _quote(  # 4.2.9
                    document.text[page.start : page.end],
                    max(annotation.start - page.start, 0),
                    min(annotation.end, page.end) - page.start,
                ),
            },
        }
        for page in pages
    ]
    return [found, *on_pages] if on_pages else found


def _tags(annotation: Annotation) -> Iterator[dict[str, str]]:
    for name, value in annotation.attributes.items():
        for each in value if isinstance(value, list) else [value]:
            if each is not None and each is not False:
                stated = each if isinstance(each, str) else json.dumps(each)
                tag = f"{name}: {stated}"
                yield {"type": "TextualBody", "purpose": "tagging", "value": tag}


def _source(document: Document) -> dict[str, Any]:
    source: dict[str, Any] = {
        "id": _named(document.sha256),
        "type": "Text",  # 3.2.2
        "format": _TEXTS.get(document.format, "text/plain"),
        "dcterms:identifier": document.id,  # a prefix of the context, as its vocabulary asks (4)
    }
    used = document.languages
    languages = used.every
    if languages:
        source["language"] = languages[0] if len(languages) == 1 else languages  # 3.2.2
    if used.main and len(languages) > 1:
        source["processingLanguage"] = used.main  # 3.2.2: of several, the one to use
    if read_from := _file(document):
        source["dcterms:source"] = read_from
    return source


def _file(document: Document) -> dict[str, str] | None:
    """Return what a text was read from, None where it is not known."""
    source = document.provenance
    if not source.sha256:
        return None
    media_type = _FILES.get(document.format, "text/plain")
    if source.encoding:  # what Python calls cp1252 is windows-1252 for the rest of the world
        media_type += f"; charset={source.encoding.codec.replace('cp125', 'windows-125')}"
    return {
        "id": _named(source.sha256),
        "type": "Text",
        "format": media_type,
        "dcterms:identifier": source.name,
    }


def _named(sha256: str) -> str:
    return f"ni:///sha-256;{urlsafe_b64encode(bytes.fromhex(sha256)).decode().rstrip('=')}"


def _selectors(annotation: Annotation, text: str) -> list[dict[str, Any]]:
    start, end = annotation.start, annotation.end
    return [
        {"type": "TextPositionSelector", "start": start, "end": end},  # 4.2.5
        {**_quote(text, start, end), "exact": annotation.quote},
    ]


def _quote(text: str, start: int, end: int) -> dict[str, str]:
    return {
        "type": "TextQuoteSelector",  # 4.2.4
        "exact": text[start:end],
        "prefix": text[max(0, start - _AROUND) : start],
        "suffix": text[end : end + _AROUND],
    }


def _urn(kind: str, content: str) -> str:
    """Return a name that the same content always has: 3.1 asks for an IRI."""
    seed = content.encode("utf-8", "surrogatepass").hex()
    return uuid.uuid5(uuid.NAMESPACE_URL, f"{kind} {seed}").urn
