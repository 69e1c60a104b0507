"""Web Annotations keep the rules of https://www.w3.org/TR/annotation-model/, section by section."""

from __future__ import annotations

import hashlib
import json
import re
from base64 import urlsafe_b64decode
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from pydantic import JsonValue

from annotate.documents.decoding import Encoding
from annotate.documents.document import Document
from annotate.documents.languages import Languages, Passage
from annotate.documents.provenance import Provenance
from annotate.formats.export import export
from annotate.runs.reader import Run
from schemas.incident_report import SCHEMA
from tests.conftest import Command
from tests.support.drawn import annotation, write
from tests.support.files import read, written
from tests.support.marked import IMPACT, PIECES, SLOW, Content, drawn, incident_practices
from tests.support.pdf_pages import pdf_of
from tests.support.written import a_run

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
IRI = re.compile(r"(urn:uuid:[0-9a-f-]{36}|ni:///sha-256;[A-Za-z0-9_-]{43})")
TERMS = {  # of that context, as far as they are used here, and one prefix of it
    "collection": {"@context", "id", "type", "label", "total", "first", "last"},
    "page": {"id", "type", "startIndex", "partOf", "items"},
    "annotation": {"id", "type", "motivation", "body", "target"},
    "body": {"type", "purpose", "value", "format"},
    "target": {"type", "source", "selector"},
    "source": {"id", "type", "format", "dcterms:identifier"},
    "known": {"language", "processingLanguage", "dcterms:source"},  # of a source, where it is
    "fragment": {"type", "conformsTo", "value", "refinedBy"},
    "position": {"type", "start", "end"},
    "quote": {"type", "exact", "prefix", "suffix"},
}


def collection(run: Run, path: Path) -> dict[str, Any]:
    export(run, "web-annotation", path)
    return json.loads(path.read_bytes())  # type: ignore[no-any-return]


def check_collection(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Hold a collection against section 5 and return its annotations."""
    assert found["@context"] == CONTEXT  # 5.1: MUST be one of the contexts
    assert IRI.fullmatch(found["id"])  # 5.1: exactly one IRI
    assert found["type"] == "AnnotationCollection"  # 5.1
    assert isinstance(found["label"], str)  # 5.1: MUST be a string
    assert found.keys() <= TERMS["collection"]
    if found["total"] == 0:
        assert "first" not in found  # 5.2: a page has one annotation or more
        return []
    page = found["first"]  # 5.1: MAY be embedded
    assert "@context" not in page  # 5.2: SHOULD NOT have one where embedded
    assert IRI.fullmatch(page["id"])  # 5.2
    assert page["type"] == "AnnotationPage"  # 5.2
    assert (page["partOf"], found["last"]) == (found["id"], page["id"])  # 5.1, 5.2: SHOULD
    assert page["startIndex"] == 0  # 5.2: a non-negative integer
    assert page.keys() <= TERMS["page"]
    assert len(page["items"]) == found["total"]  # 5.1
    return page["items"]  # type: ignore[no-any-return]


def check_annotation(found: dict[str, Any]) -> None:
    """Hold an annotation against sections 3 and 4."""
    assert IRI.fullmatch(found["id"])  # 3.1: exactly one IRI
    assert found["type"] == "Annotation"  # 3.1
    assert found["motivation"] == "classifying"  # 3.3.5: SHOULD be exactly one
    assert found.keys() == TERMS["annotation"]
    for body in found["body"]:
        assert body["type"] == "TextualBody"  # 3.2.4
        assert isinstance(body["value"], str)  # 3.2.4: exactly one value
        assert body["purpose"] in ("classifying", "tagging", "describing")  # 3.3.5
        assert body.keys() <= TERMS["body"]
    target, *pages = targets(found)
    check_target(target)
    position, quote = target["selector"]  # 4.2: several select the same
    assert position["type"] == "TextPositionSelector"  # 4.2.5
    assert 0 <= position["start"] <= position["end"]  # 4.2.5: non-negative integers
    assert position.keys() == TERMS["position"]
    check_quote(quote)
    for each in pages:
        check_target(each)
        fragment = each["selector"]
        assert fragment.keys() == TERMS["fragment"]
        assert fragment["type"] == "FragmentSelector"  # 4.2.1
        assert fragment["conformsTo"] == "http://tools.ietf.org/rfc/rfc3778"  # 4.2.1: SHOULD
        assert re.fullmatch("page=[1-9][0-9]*", fragment["value"])  # RFC 8118, 3
        check_quote(fragment["refinedBy"])  # 4.2.9


def targets(annotation: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the targets of an annotation: one or more (3.1)."""
    target = annotation["target"]
    return target if isinstance(target, list) else [target]


def check_target(target: dict[str, Any]) -> None:
    assert target.keys() == TERMS["target"]
    check_source(target["source"])  # 4: exactly one


def check_source(source: dict[str, Any]) -> None:
    assert IRI.fullmatch(source["id"])  # 3.2.1
    assert source["type"] == "Text"  # 3.2.2
    assert TERMS["source"] <= source.keys() <= TERMS["source"] | TERMS["known"]
    if "processingLanguage" in source:  # 3.2.2: one of the languages
        assert source["processingLanguage"] in source["language"]
    if "dcterms:source" in source:
        check_source(source["dcterms:source"])


def check_quote(quote: dict[str, Any]) -> None:
    assert quote["type"] == "TextQuoteSelector"  # 4.2.4
    assert quote.keys() == TERMS["quote"]  # 4.2.4: one exact; prefix and suffix SHOULD be there


@given(content=drawn(SCHEMA, incident_practices(), PIECES))
def test_every_annotation_selects_its_words_by_code_points(
    tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    folder = tmp_path_factory.mktemp("web")
    items = check_collection(collection(content.write(folder / "run"), folder / "out.jsonld"))
    annotations = [(d, a) for d, found in content.documents for a in found]
    for item, (document, stated) in zip(items, annotations, strict=True):
        check_annotation(item)
        position, quote = item["target"]["selector"]
        start, end, text = position["start"], position["end"], document.text
        assert text[start:end] == quote["exact"] == stated.quote
        assert text[:start].endswith(quote["prefix"])
        assert text[end:].startswith(quote["suffix"])
        source = item["target"]["source"]
        digest = urlsafe_b64decode(source["id"].rpartition(";")[2] + "=")
        assert digest == hashlib.sha256(text.encode()).digest()
        assert source["dcterms:identifier"] == document.id
    assert len({item["id"] for item in items}) == len(items)


def test_category_and_stated_values_are_tags_and_the_rest_is_json(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "x", attributes=IMPACT)
    (item,) = check_collection(collection(run, tmp_path / "out"))
    bodies = [(body["purpose"], body["value"]) for body in item["body"]]
    assert bodies[:-1] == [
        ("classifying", "impact"),
        ("tagging", "effects: slow"),
        ("tagging", "effects: errors"),
        ("tagging", "countries: DE"),
        ("tagging", "countries: FR"),
        ("tagging", "countries: various"),
        ("tagging", "duration: PT2H"),
        ("tagging", "customers_named: true"),
        ("tagging", "polarity: affirmed"),
    ]
    (annotation,) = run.annotations()
    row = annotation.to_json()
    assert item["body"][-1]["format"] == "application/json"
    assert json.loads(bodies[-1][1]) == {
        "attributes": row["attributes"],
        "evidence": row["evidence"],
    }


def test_prefix_and_suffix_are_short_and_empty_at_the_edges(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "😀" * 40, "x", "y" * 40, attributes=SLOW)
    first, second, third = check_collection(collection(run, tmp_path / "out"))
    quotes = [each["target"]["selector"][1] for each in (first, second, third)]
    assert (quotes[0]["prefix"], quotes[2]["suffix"]) == ("", "")
    assert (quotes[1]["prefix"], quotes[1]["suffix"]) == ("😀" * 32, "y" * 32)


def test_a_run_without_annotations_is_a_collection_without_pages(tmp_path: Path) -> None:
    found = collection(a_run(tmp_path / "run"), tmp_path / "out")
    assert check_collection(found) == []
    assert found["total"] == 0


def test_a_lone_surrogate_is_an_escape(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "\ud83d", "é", attributes=SLOW, name="\udcff")
    items = check_collection(collection(run, tmp_path / "out"))
    assert items[0]["target"]["selector"][1]["exact"] == "\ud83d"
    (tmp_path / "out").read_text(encoding="utf-8")


def test_equal_annotations_have_names_of_their_own_and_the_same_run_the_same_bytes(
    tmp_path: Path,
) -> None:
    run = a_run(tmp_path / "run", "x", attributes=SLOW)
    rows = (tmp_path / "run" / "annotations.jsonl").read_bytes()
    (tmp_path / "run" / "annotations.jsonl").write_bytes(rows * 2)
    manifest = tmp_path / "run" / "manifest.json"
    counted = manifest.read_text(encoding="utf-8").replace('"annotations": 1', '"annotations": 2')
    manifest.write_text(counted, encoding="utf-8")
    run = Run(tmp_path / "run")
    one = check_collection(collection(run, tmp_path / "one"))
    assert len({item["id"] for item in one}) == 2
    collection(run, tmp_path / "two")
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_standard_output_is_the_file(command: Command, tmp_path: Path) -> None:
    run = a_run(tmp_path / "run", "é😀", attributes=SLOW)
    export(run, "web-annotation", tmp_path / "file")
    done = command("export", "run", "--to", "web-annotation")
    assert done.returncode == 0, done.stderr
    assert done.stdout.encode() == (tmp_path / "file").read_bytes()


# ---- What is known of the documents ----


def test_words_of_a_pdf_are_targets_on_its_pages_too(tmp_path: Path) -> None:
    data = pdf_of()
    documents, _ = read(written(tmp_path / "a.pdf", data))
    document = documents[0]
    start, end = document.text.index("We collect"), document.text.index(" Search")
    lost = document.text.index("It was lost.")
    found = [
        annotation("a.pdf", document.text, start, end),
        annotation("a.pdf", document.text, lost, lost + len("It was lost.")),
    ]
    run = write(tmp_path / "run", {"a.pdf": document}, found)
    across, alone = check_collection(collection(run, tmp_path / "out"))
    for item in (across, alone):
        check_annotation(item)
    pages = [
        [(each["selector"]["value"], each["selector"]["refinedBy"]["exact"]) for each in on]
        for on in (targets(across)[1:], targets(alone)[1:])
    ]
    assert [page for page, _ in pages[0]] == ["page=1", "page=2"]
    assert "".join(words for _, words in pages[0]) == found[0].quote
    assert pages[1] == [("page=3", "It was lost.")]
    source = targets(alone)[1]["source"]
    digest = urlsafe_b64decode(source["id"].rpartition(";")[2] + "=")
    assert digest == hashlib.sha256(data).digest()
    assert source["format"] == "application/pdf"
    assert targets(alone)[0]["source"]["dcterms:source"] == source


def test_a_source_says_its_languages_and_what_it_was_read_from(tmp_path: Path) -> None:
    text = "Search was slow.\n\nGuten Tag."
    metadata: dict[str, JsonValue] = {"url": "https://example.org"}
    provenance = Provenance.of("a.htm", b"<p>", Encoding("cp1252", "declaration"), metadata)
    languages = Languages("en", (Passage(18, 28, "de"),))
    document = Document("a.htm", text, "html", None, provenance, languages)
    run = write(tmp_path / "run", {"a.htm": document}, [annotation("a.htm", text, 0, 16)])
    (item,) = check_collection(collection(run, tmp_path / "out"))
    check_annotation(item)
    source = item["target"]["source"]
    assert (source["language"], source["processingLanguage"]) == (["en", "de"], "en")
    assert source["format"] == "text/plain"
    read_from = source["dcterms:source"]
    assert read_from["format"] == "text/html; charset=windows-1252"
    assert read_from["dcterms:identifier"] == "a.htm"
    assert json.loads(item["body"][-1]["value"])["metadata"] == metadata
