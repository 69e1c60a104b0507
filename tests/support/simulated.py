"""A project with gold of its own in the second domain, for the simulated annotator to read."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.documents.segmentation import segment
from annotate.gold.store import Gold, GoldAnnotation, Manifest
from annotate.project.tasks import load_task
from annotate.testing import Errors, SimulatedAnnotator
from tests.support import endpoints

PERFECT = Errors(missed=0, unguided=0.9, spurious=0, attribute=0, ungrounded=0)

GUIDED = """\
Categories:
{% for c in categories %}

{{ c.tag }}: {{ c.definition }}
{% endfor %}
"""

STATED: tuple[tuple[str, dict[str, JsonValue], str], ...] = (
    (
        "impact",
        {
            "effects": ["slow"],
            "countries": ["DE"],
            "duration": "PT5M",
            "customers_named": False,
            "polarity": "affirmed",
        },
        "was slow",
    ),
    ("cause", {"triggers": ["capacity"], "certainty": "confirmed"}, "was caused by load"),
    (
        "action",
        {"step": "resolved", "planned": False, "date": None, "attempts": None, "time": None},
        "was fixed",
    ),
)


def text_of(number: int, sentences: int = 60) -> str:
    """Return a document whose sentences state one category each, in turn."""
    said = (f"Search {number}-{n} {STATED[n % 3][2]} on that day." for n in range(sentences))
    return "# What happened\n\n" + "\n\n".join(said) + "\n"


def gold_of(texts: Mapping[str, str], folder: Path = Path("gold")) -> Gold:
    """Return gold with one annotation a sentence; the first two of a category must be found."""
    found = [each for name, text in texts.items() for each in _labelled(name, text)]
    pinned = [
        {
            "id": name,
            "text_sha256": Document(name, text, "text").sha256,
            "file_sha256": hashlib.sha256(text.encode()).hexdigest(),
            "units": text.count("\n\n"),
        }
        for name, text in texts.items()
    ]
    head = {"gold": "1", "schema_name": "incident_report", "schema_version": "1", "codebook": "1"}
    manifest = Manifest.model_validate_json(json.dumps({**head, "documents": pinned}))
    return Gold(folder, manifest, tuple(found))


def _labelled(name: str, text: str) -> list[GoldAnnotation]:
    units = [unit for unit in segment(text).units if unit.kind != "heading"]
    return [
        GoldAnnotation(
            document=name,
            id=f"{name}-{number}",
            category=STATED[number % 3][0],
            attributes=STATED[number % 3][1],
            quote=text[unit.start : unit.end],
            start=unit.start,
            end=unit.end,
            status="required",
            must_find=number < 6,
        )
        for number, unit in enumerate(units)
    ]


def written(gold: Gold) -> None:
    """Write gold into its folder."""
    gold.folder.mkdir(parents=True)
    manifest = gold.manifest.model_dump_json(indent=1)
    (gold.folder / "manifest.json").write_text(manifest, encoding="utf-8")
    for document in gold.manifest.documents:
        rows = [each.to_json() for each in gold.annotations if each.document == document.id]
        lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        gold.file(document.id).write_text(lines, encoding="utf-8")


def project(folder: Path, *texts: str) -> Path:
    """Make a project with documents `d0.txt`, `d1.txt`, …, their gold and a prompt."""
    endpoints.project(folder)
    (folder / "annotate.toml").write_text('task = "incident_report"\n', encoding="utf-8")
    prompted(folder)
    documents = folder / "eval" / "documents"
    documents.mkdir(parents=True)
    named = {f"d{number}.txt": text for number, text in enumerate(texts)}
    for name, text in named.items():
        (documents / name).write_text(text, encoding="utf-8")
    written(gold_of(named, folder / "eval" / "gold" / "incident_report"))
    return folder


def prompted(folder: Path, system: str = GUIDED, version: str = "v1", head: str = "") -> None:
    """Write a prompt of a project with this system message and these lines of front matter."""
    before, _, user = endpoints.PROMPT.format(head=head).partition("=== system ===\n")
    user = user[user.index("=== user ===") :]
    text = f"{before}=== system ===\n{system}{user}".replace('"v1"', f'"{version}"')
    path = folder / "prompts" / "incident_report" / f"{version}.md"
    path.write_text(text, encoding="utf-8")


def simulation(folder: Path, errors: Errors = PERFECT, seed: int = 0) -> SimulatedAnnotator:
    """Return the simulation of a project."""
    return SimulatedAnnotator.of(load_task("incident_report", folder), errors, seed=seed)
