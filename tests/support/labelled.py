"""A small project that somebody labelled: documents, gold and two passes, sound unless changed."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from annotate.findings import Finding
from annotate.gold.lint import check
from annotate.gold.passes import read_pass
from annotate.gold.sources import SourceDocument, read_sources
from annotate.gold.store import Gold, read_gold
from schemas.incident_report import SCHEMA

REPORT = """\
# Report of 20 May

The service was down for two hours. A bad setting caused it.

## What we did

We took these steps:

- We rolled the setting back.
- We added a check.

All systems are now back in normal operation everywhere.
"""
OTHER = "Search was slow.\r\n\r\nAll systems are back in normal operation everywhere again.\r\n"
DOWN = {
    "effects": ["unavailable"],
    "countries": [],
    "duration": "PT2H",
    "customers_named": False,
    "polarity": "affirmed",
}
CAUSE = {"triggers": ["configuration"], "certainty": "confirmed"}
DONE = {"step": "resolved", "planned": False, "date": None, "attempts": None, "time": None}
SLOW = {
    "effects": ["slow"],
    "countries": [],
    "duration": None,
    "customers_named": False,
    "polarity": "affirmed",
}
Row = dict[str, Any]
Rows = dict[str, list[Row]]


def row(text: str, name: str, category: str, attributes: Row, quote: str, **more: Any) -> Row:
    start = text.index(quote)
    return {
        "id": name,
        "category": category,
        "attributes": attributes,
        "quote": quote,
        "start": start,
        "end": start + len(quote),
        "status": "required",
        "must_find": False,
        **more,
    }


def sound() -> Rows:
    """Return rows without a fault."""
    return {
        "report.md": [
            row(REPORT, "r1", "impact", DOWN, "The service was down for two hours."),
            row(REPORT, "r2", "cause", CAUSE, "A bad setting caused it.", must_find=True),
            row(REPORT, "r3", "action", DONE, "We rolled the setting back.", note="the fix"),
            row(
                REPORT,
                "r4",
                "action",
                {**DONE, "step": "prevented"},
                "We added a check.",
                status="optional",
            ),
        ],
        "sub/other.txt": [row(OTHER, "o1", "impact", SLOW, "Search was slow.")],
    }


class Project:
    """A folder with documents, gold and two passes."""

    def __init__(self, root: Path) -> None:
        self.documents = root / "documents"
        self.gold = root / "gold"
        self.passes = [root / "passes" / "ann", root / "passes" / "bob"]
        (self.documents / "sub").mkdir(parents=True)
        (self.documents / "report.md").write_bytes(REPORT.encode())
        (self.documents / "sub" / "other.txt").write_bytes(OTHER.encode())
        self.manifest: Row = {
            "format": 1,
            "gold": "1",
            "schema_name": "incident_report",
            "schema_version": "1",
            "codebook": "1",
            "documents": [source.pinned().model_dump() for source in self.sources.values()],
        }
        self.rows = sound()
        for each in self.passes:
            for name, source in self.sources.items():
                self.label(each / f"{name}.jsonl", source)

    @property
    def sources(self) -> dict[str, SourceDocument]:
        return read_sources(self.documents)

    def label(self, file: Path, source: SourceDocument) -> None:
        """Write a pass over one document that finds nothing."""
        file.parent.mkdir(parents=True, exist_ok=True)
        lines = (
            {"unit": unit.index, "start": unit.start, "end": unit.end, "annotations": []}
            for unit in source.units
        )
        file.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")

    def rewrite_other(self, text: str) -> None:
        """Give the second document another text, pin it, and label it anew."""
        (self.documents / "sub" / "other.txt").write_bytes(text.encode())
        source = self.sources["sub/other.txt"]
        self.manifest["documents"][1] = source.pinned().model_dump()
        for each in self.passes:
            self.label(each / "sub" / "other.txt.jsonl", source)

    def write(self) -> None:
        for name, rows in self.rows.items():
            file = self.gold / f"{name}.jsonl"
            file.parent.mkdir(parents=True, exist_ok=True)
            lines = "".join(json.dumps(each) + "\n" for each in rows)
            file.write_text(lines, encoding="utf-8")
        (self.gold / "manifest.json").write_text(json.dumps(self.manifest), encoding="utf-8")

    def read(self) -> Gold:
        self.write()
        return read_gold(self.gold)

    def check(self) -> list[Finding]:
        """Return what is found beside too little support."""
        passes = [read_pass(each) for each in self.passes]
        findings = check(self.read(), self.sources, SCHEMA, passes)
        return [finding for finding in findings if "support" not in finding.message]


def changed(**fields: Any) -> Callable[[Project], None]:
    """Change fields of the second row."""

    def change(project: Project) -> None:
        project.rows["report.md"][1].update(fields)

    return change


def repeated(**fields: Any) -> Callable[[Project], None]:
    """Repeat the second row with other fields."""

    def change(project: Project) -> None:
        rows = project.rows["report.md"]
        rows.insert(2, {**rows[1], "id": "new", **fields})

    return change
