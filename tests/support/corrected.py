"""Runs that go to an annotation tool, are corrected there, and come back."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.formats.corrections import Corrections, Problem, read_corrections
from annotate.formats.export import export
from annotate.formats.import_run import import_run
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS, ROOT
from tests.support.marked import CAUSE, IMPACT, SLOW, Content, submitted
from tests.support.written import a_run

INCIDENT_TASK = load_task("incident_report", INCIDENTS)
POLICY_TASK = load_task("privacy_policy", ROOT)
Change = Callable[[list[Any]], None]
TEXT = "Café 😀 was down.\r\n\r\nIt was slow in Germany.\r\nA setting caused it.\r\n"


def through(
    run: Run, tool: str, task: Task, change: Change = lambda _: None, *, below: Path | None = None
) -> Corrections:
    """Export a run to a tool, do what people do there, and read it back.

    The export stands beside the run, unless `below` names another folder.
    """
    out = (below or run.path.parent) / f"{run.path.name}-{tool}"
    export(run, tool, out, schema=task.schema)
    if tool == "label-studio":
        tasks = json.loads((out / "tasks.json").read_text(encoding="utf-8"))
        out = out.with_suffix(".json")
        out.write_text(json.dumps(submitted(tasks, change)), encoding="utf-8")
    return read_corrections(out, tool, task.schema)


def again(run: Run, tool: str, task: Task, *, below: Path | None = None) -> Run:
    """Return the run that comes back from a tool where nobody changed anything."""
    read = through(run, tool, task, below=below)
    back, problems = import_run(read, task, (below or run.path.parent) / f"{tool}-back")
    assert [str(each) for each in (*read.problems, *problems) if each.lost] == []
    return back


def same(back: Run, run: Run, name: str) -> bool:
    return (back.path / f"{name}.jsonl").read_bytes() == (run.path / f"{name}.jsonl").read_bytes()


def stated(rows: Any) -> list[tuple[Any, ...]]:
    return [
        (each.document, each.start, each.end, each.category, dict(each.attributes), each.quote)
        for each in rows
    ]


def impact_run(path: Path) -> Run:
    """Return a run of `TEXT` with an impact, a slow one and a cause."""
    found = [
        ("Café 😀 was down.", "impact", IMPACT),
        ("It was slow in Germany.", "impact", SLOW),
        ("A setting caused it.", "cause", CAUSE),
    ]
    run = a_run(path / "none", TEXT, name="cafe.txt")
    document = next(run.documents())
    rows: list[Any] = []
    for quote, category, attributes in found:
        start = TEXT.index(quote)
        rows.append(row(start, start + len(quote), category, attributes, quote))
    return Content(SCHEMA, ((document, tuple(rows)),)).write(path / "run")


def row(start: int, end: int, category: str, attributes: dict[str, JsonValue], quote: str) -> Any:
    from annotate.annotation import Annotation, Evidence

    cited = (Evidence(quote.upper(), start, end, "folded", 0),)
    return Annotation("cafe.txt", start, end, category, attributes, quote, cited)


def changed(tmp_path: Path, change: Change) -> tuple[Run, list[Problem]]:
    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK, change)
    back, problems = import_run(read, INCIDENT_TASK, tmp_path / "back")
    return back, [*read.problems, *problems]


def results_of(results: list[Any], region: str, control: str) -> dict[str, Any]:
    (found,) = (r for r in results if r["id"] == region and r["from_name"] == control)
    return found  # type: ignore[no-any-return]


def tasks_of(tmp_path: Path) -> list[Any]:
    through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    return json.loads((tmp_path / "run-label-studio.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def read_tasks(tmp_path: Path, tasks: object) -> Corrections:
    file = tmp_path / "edited.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    return read_corrections(file, "label-studio", SCHEMA)


def in_brat(tmp_path: Path, edit: Callable[[str], str]) -> tuple[Run, list[Problem]]:
    """Edit the `.ann` file of a run's export and read the folder back."""
    tmp_path.mkdir(exist_ok=True)
    export(impact_run(tmp_path), "brat", tmp_path / "brat", schema=SCHEMA)
    file = tmp_path / "brat" / "cafe.ann"
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    read = read_corrections(tmp_path / "brat", "brat", SCHEMA)
    back, problems = import_run(read, INCIDENT_TASK, tmp_path / "back")
    return back, [*read.problems, *problems]
