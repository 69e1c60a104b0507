"""Runs to draw pages of: small, of any text, in the second domain, and hostile where it hurts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.annotation import Annotation, Choice, Evidence, Grounding
from annotate.documents.document import Document
from annotate.documents.segmentation import segment
from annotate.ledger import Entry, Status
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.runs.writer import RunWriter
from tests.conftest import INCIDENTS

TEXT = "Search was slow.\n\nIt was caused by load.\n"

REPORT = """\
# Outage

Search was slow in Germany. It was caused by load.

## What users saw

They saw:

- errors at the checkout
- lost carts

Nothing else was lost.
"""

SLOW: dict[str, JsonValue] = {
    "effects": ["slow"],
    "countries": ["DE"],
    "duration": "PT42M",
    "customers_named": False,
    "polarity": "affirmed",
}
CAUSE: dict[str, JsonValue] = {"triggers": ["unknown"], "certainty": "suspected"}

HOSTILE = (
    "<script>window.canary=1</script>",
    "<img src=x onerror='window.canary=2'>",
    "</script><script>window.canary=3</script>",
    "<!--<script>",
    "]]><svg/onload=window.canary=4>",
    '"><b onmouseover=window.canary=5>b</b>',
    "' autofocus onfocus='window.canary=6",
    "<a href='javascript:window.canary=7'>a</a>",
    "javascript:window.canary=8",
    "{{7*7}}${7*7}{% x %}",
    "</style><style>*{display:none}</style>",
    "&lt;b&gt;&amp;&#x3c;",
    "\u202egnp.exe\u2066x",
    "\u2028\u2029\x07\x1b[31m",
    "]]>--></textarea></title><iframe srcdoc='<script>parent.canary=9</script>'>",
)
"""What must do nothing, and be read as it stands."""


def annotation(
    document: str,
    text: str,
    start: int,
    end: int,
    category: str = "impact",
    attributes: Mapping[str, JsonValue] | None = None,
    *,
    cited: str | None = None,
    grounding: Grounding = "exact",
    chunk: int = 0,
    choice: Choice = "only",
) -> Annotation:
    """Return an annotation of a span, cited as it is printed or otherwise."""
    quote = text[start:end]
    places = 1 if choice == "only" else text.count(quote)
    evidence = (Evidence(cited or quote, start, end, grounding, chunk, places, choice),)
    values = attributes if attributes is not None else SLOW
    return Annotation(document, start, end, category, values, quote, evidence)


def whole(
    text: str, status: Status = "ok", document: str = "a.txt", **more: Any
) -> tuple[Entry, ...]:
    """Return the ledger of a document that is one chunk."""
    return (Entry(document, 0, 0, len(text), status, **more),)


def write(
    folder: Path,
    documents: Mapping[str, str | Document],
    found: Iterable[Annotation] = (),
    entries: Sequence[Entry] | None = None,
    refused: Sequence[Mapping[str, JsonValue]] = (),
    **more: JsonValue,
) -> Run:
    """Write a run of the second domain; every chunk is answered unless `entries` say otherwise."""
    schema = load_task("incident_report", INCIDENTS).schema
    made = {"task": "incident_report", "schema": schema.fingerprint, "model": "lexicon", **more}
    annotations = list(found)
    with RunWriter(folder, made, "1") as writer:
        for name, given in documents.items():
            document = given if isinstance(given, Document) else Document(name, given)
            ledger = whole(document.text, document=name) if entries is None else entries
            writer.add(
                document,
                [each for each in annotations if each.document == name],
                [each for each in ledger if each.document == name],
                [row for row in refused if row["document"] == name],
            )
    return Run(folder)


def every_unit(document: str, text: str) -> list[Annotation]:
    """Annotate every sentence and item of a text, alternating between categories."""
    categories: list[tuple[str, dict[str, JsonValue]]] = [("impact", SLOW), ("cause", CAUSE)]
    units = [unit for unit in segment(text).units if unit.kind != "heading"]
    return [
        annotation(document, text, unit.start, unit.end, *categories[number % 2])
        for number, unit in enumerate(units)
    ]


def refusal(document: str, quote: str, **more: JsonValue) -> dict[str, JsonValue]:
    """Return a row of the quarantine."""
    item: JsonValue = {"category": "impact", "quote": quote, "effects": ["slow"]}
    row: dict[str, JsonValue] = {"kind": "ungrounded", "chunk": 0, "problems": ["not found"]}
    return {"document": document, "item": item, **row, **more}


def hostile_run(folder: Path) -> Run:
    """Write a run in which everything that comes from outside is hostile."""
    text = "\n\n".join(f"It said {each} and was slow." for each in HOSTILE)
    names = [f"{start}{' '.join(HOSTILE[start::3])}" for start in range(3)]
    found = [
        annotation(
            names[0],
            text,
            place,
            place + len(each),
            each,
            {each: [each], "effects": ["slow", each]},
            cited=each[::-1],
            grounding="fuzzy",
        )
        for each in HOSTILE
        if (place := text.index(each)) >= 0
    ]
    entries = [Entry(name, 0, 0, len(text), "failed", note=name) for name in names[1:]]
    entries.append(Entry(names[0], 0, 0, len(text), "partial", note=HOSTILE[0]))
    refused = [
        refusal(
            names[0],
            each,
            item={"category": each, "quote": each, each: each},
            problems=[each],
            kind=each,
        )
        for each in HOSTILE
    ]
    refused += [refusal(names[0], each, item=each) for each in HOSTILE]
    return write(
        folder,
        dict.fromkeys(names, text),
        found,
        entries,
        refused,
        model=HOSTILE[0],
        prompt=HOSTILE[1],
        endpoint=HOSTILE[8],
    )
