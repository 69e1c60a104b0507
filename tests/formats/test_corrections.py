"""What goes to an annotation tool comes back: what people changed, and the rest to the byte."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from annotate.errors import OutputExists, UsageError
from annotate.formats.corrections import Corrections, Problem, read_corrections
from annotate.formats.export import export, export_gold
from annotate.formats.import_gold import import_gold
from annotate.formats.import_run import import_run
from annotate.gold.lint import check
from annotate.gold.sources import read_sources
from annotate.gold.store import Gold, read_gold
from annotate.project.tasks import Task, load_task
from annotate.runs.reader import Run
from tests.conftest import INCIDENTS, ROOT, Command, contents
from tests.formats.test_export import a_run
from tests.projects.incidents.schemas.incidents import SCHEMA
from tests.support.marked import (
    CAUSE,
    GOLD,
    IMPACT,
    PIECES,
    POLICIES,
    SLOW,
    Content,
    as_marked,
    drawn,
    incident_practices,
    policy_practices,
    submitted,
)

INCIDENT_TASK = load_task("incidents", INCIDENTS)
POLICY_TASK = load_task("privacy_policy", ROOT)

Change = Callable[[list[Any]], None]


def through(run: Run, tool: str, task: Task, change: Change = lambda _: None) -> Corrections:
    """Export a run to a tool, do what people do there, and read it back."""
    out = run.path.with_name(f"{run.path.name}-{tool}")
    export(run, tool, out, schema=task.schema)
    if tool == "label-studio":
        tasks = json.loads((out / "tasks.json").read_text(encoding="utf-8"))
        out = out.with_suffix(".json")
        out.write_text(json.dumps(submitted(tasks, change)), encoding="utf-8")
    return read_corrections(out, tool, task.schema)


def again(run: Run, tool: str, task: Task) -> Run:
    """Return the run that comes back from a tool where nobody changed anything."""
    read = through(run, tool, task)
    back, problems = import_run(read, task, run.path.with_name(f"{tool}-back"))
    assert [str(each) for each in (*read.problems, *problems) if each.lost] == []
    return back


def same(back: Run, run: Run, name: str) -> bool:
    return (back.path / f"{name}.jsonl").read_bytes() == (run.path / f"{name}.jsonl").read_bytes()


# ---- There and back ----


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
@given(content=drawn(SCHEMA, incident_practices()))
def test_incident_runs_come_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, tool: str, content: Content
) -> None:
    run = content.write(tmp_path_factory.mktemp("incidents") / "run")
    back = again(run, tool, INCIDENT_TASK)
    assert same(back, run, "annotations")
    assert same(back, run, "documents")


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
@given(content=drawn(POLICIES, policy_practices()))
def test_policy_runs_come_back_to_the_byte(
    tmp_path_factory: pytest.TempPathFactory, tool: str, content: Content
) -> None:
    run = content.write(tmp_path_factory.mktemp("policies") / "run")
    back = again(run, tool, POLICY_TASK)
    assert same(back, run, "annotations")
    assert same(back, run, "documents")


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_the_five_policies_come_back_to_the_byte(policies: Run, tool: str) -> None:
    back = again(policies, tool, POLICY_TASK)
    assert same(back, policies, "annotations")
    assert same(back, policies, "documents")
    assert [e.status for e in back.ledger()] == [e.status for e in policies.ledger()]
    assert back.complete


def stated(rows: Any) -> list[tuple[Any, ...]]:
    return [
        (each.document, each.start, each.end, each.category, dict(each.attributes), each.quote)
        for each in rows
    ]


@given(content=drawn(SCHEMA, incident_practices(), PIECES, ["a.txt", "b/c.md", "😀"]))
def test_a_run_corrected_in_label_studio_is_gold_with_every_character(
    tmp_path_factory: pytest.TempPathFactory, content: Content
) -> None:
    folder = tmp_path_factory.mktemp("gold")
    run = content.write(folder / "run")
    read = through(run, "label-studio", INCIDENT_TASK)
    gold, problems = import_gold(read, SCHEMA, {}, folder / "gold")
    assert (read.problems, problems) == ((), [])
    assert stated(gold.annotations) == stated(run.annotations())
    assert len({each.id for each in gold.annotations}) == len(gold.annotations)
    assert {each.status for each in gold.annotations} <= {"required"}
    pinned = {each.id: each.text_sha256 for each in gold.manifest.documents}
    assert pinned == {document.id: document.sha256 for document in run.documents()}


def test_the_five_policies_are_gold_without_an_error(policies: Run, tmp_path: Path) -> None:
    sources = read_sources(ROOT / "eval" / "documents")
    read = through(policies, "label-studio", POLICY_TASK)
    gold, problems = import_gold(read, POLICIES, sources, tmp_path / "gold")
    findings = check(gold, sources, POLICIES)
    assert stated(gold.annotations) == stated(policies.annotations())
    assert (problems, [str(f) for f in findings if f.severity == "error"]) == ([], [])


@pytest.mark.parametrize("tool", ["brat", "label-studio"])
def test_gold_comes_back_to_the_byte(tmp_path: Path, tool: str) -> None:
    sources = read_sources(ROOT / "eval" / "documents")
    export_gold(read_gold(GOLD, POLICIES), sources, POLICIES, tool, tmp_path / "out")
    source = tmp_path / "out"
    if tool == "label-studio":
        tasks = json.loads((source / "tasks.json").read_text(encoding="utf-8"))
        source = tmp_path / "corrected.json"
        source.write_text(json.dumps(submitted(tasks)), encoding="utf-8")
    read = read_corrections(source, tool, POLICIES)
    import_gold(read, POLICIES, sources, tmp_path / "gold")
    back = contents(tmp_path / "gold")
    assert len(back) == 6
    assert back == {name: data for name, data in contents(GOLD).items() if name in back}


# ---- What people do in Label Studio ----

TEXT = "Café 😀 was down.\r\n\r\nIt was slow in Germany.\r\nA setting caused it.\r\n"


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


def test_a_region_added_behind_an_emoji_is_what_was_marked(tmp_path: Path) -> None:
    start = TEXT.index("caused")
    end = len(TEXT.rstrip())

    def add(results: list[Any]) -> None:
        marked = as_marked(TEXT, start, end, "cause")
        chosen = {"id": marked["id"], "to_name": "text", "type": "choices"}
        triggers = {"value": {"choices": ["configuration"]}, "from_name": "cause__triggers"}
        certainty = {"value": {"choices": ["confirmed"]}, "from_name": "cause__certainty"}
        results += [marked, {**chosen, **triggers}, {**chosen, **certainty}]

    back, problems = changed(tmp_path, add)
    new = list(back.annotations())[-1]
    assert problems == []
    assert (new.start, new.end, new.quote) == (start, end, "caused it.")
    assert new.attributes == {"triggers": ["configuration"], "certainty": "confirmed"}
    assert [(e.quote, e.grounding) for e in new.evidence] == [("caused it.", "exact")]


def test_a_region_that_was_moved_over_a_line_end_keeps_its_attributes(tmp_path: Path) -> None:
    end = TEXT.index(" in Germany")

    def widen(results: list[Any]) -> None:
        for result in results:
            if result["id"] == "a0":
                words = as_marked(TEXT, 5, end, "impact")["value"]["text"]
                text = words if result["type"] == "labels" else result["value"]["text"]
                result["value"] |= {"start": 5, "end": end, "text": text}

    back, problems = changed(tmp_path, widen)
    moved = next(each for each in back.annotations() if each.end == end)
    assert problems == []
    assert moved.quote == "😀 was down.\r\n\r\nIt was slow"
    assert moved.attributes == IMPACT
    assert moved.evidence[0].quote == moved.quote


def test_values_are_what_was_chosen_and_typed(tmp_path: Path) -> None:
    def choose(results: list[Any]) -> None:
        results_of(results, "a0", "impact__effects")["value"]["choices"] = ["data_loss"]
        results_of(results, "a0", "impact__countries")["value"]["text"] = ["AT"]
        results.remove(results_of(results, "a0", "impact__duration"))
        results_of(results, "a0", "impact__customers_named")["value"]["choices"] = ["false"]

    back, problems = changed(tmp_path, choose)
    first = next(back.annotations())
    assert problems == []
    assert first.attributes == {
        "effects": ["data_loss"],
        "countries": ["AT"],
        "duration": None,
        "customers_named": False,
    }
    assert first.evidence[0].grounding == "folded"


def test_a_number_comes_back_as_a_whole_number(tmp_path: Path) -> None:
    def fix(results: list[Any]) -> None:
        label = results_of(results, "a2", "label")
        label["value"]["labels"] = ["action"]
        results[:] = [r for r in results if r["id"] != "a2" or r is label]
        common = {"id": "a2", "to_name": "text"}
        step = {"from_name": "action__step", "type": "choices", "value": {"choices": ["mitigated"]}}
        tried = {"from_name": "action__attempts", "type": "number", "value": {"number": 2.0}}
        results += [{**common, **step}, {**common, **tried}]

    back, problems = changed(tmp_path, fix)
    last = list(back.annotations())[-1]
    assert problems == []
    assert (last.category, last.attributes["step"]) == ("action", "mitigated")
    assert last.attributes["attempts"] == 2
    assert isinstance(last.attributes["attempts"], int)


def test_what_was_deleted_is_gone_and_the_rest_is_the_same(tmp_path: Path) -> None:
    def delete(results: list[Any]) -> None:
        results[:] = [result for result in results if result["id"] != "a1"]

    back, problems = changed(tmp_path, delete)
    before = list(Run(tmp_path / "run").annotations())
    assert problems == []
    assert list(back.annotations()) == [before[0], before[2]]


def test_a_new_label_without_its_attributes_is_quarantined_and_reported(tmp_path: Path) -> None:
    def relabel(results: list[Any]) -> None:
        results_of(results, "a2", "label")["value"]["labels"] = ["impact"]
        results[:] = [r for r in results if not r["from_name"].startswith("cause__")]

    back, problems = changed(tmp_path, relabel)
    (refused,) = back.quarantine()
    assert [each.lost for each in problems] == [True]
    assert "region a2: breaks the schema (effects: the set is empty" in str(problems[0])
    assert refused["kind"] == "invalid"
    assert refused["item"]["quote"] == "A setting caused it."
    assert [entry.status for entry in back.ledger()] == ["repaired", "partial"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda r: r.append({"type": "relation", "from_id": "a0"}), "not the result of a region"),
        (lambda r: r.remove(results_of(r, "a0", "label")), "region a0: has no label"),
        (lambda r: results_of(r, "a0", "label")["value"].update(labels=[]), "has no label"),
        (lambda r: r[0]["value"].update(end=9999), "its words do not stand at 0 to 9999"),
        (lambda r: r[0]["value"].update(start=-1), "its words do not stand at -1"),
        (lambda r: r[0]["value"].update(start="1"), "its words do not stand at 1"),
        (lambda r: r[0]["value"].update(start=3, text="else"), "its words do not stand at 3"),
        (lambda r: r[0]["value"].update(labels=["cause"]), "is not an attribute of cause"),
    ],
    ids=[
        "relation",
        "no result",
        "no label",
        "beyond",
        "before",
        "no number",
        "other words",
        "leftover",
    ],
)
def test_a_bad_region_is_named_and_the_rest_is_read(
    tmp_path: Path, change: Change, message: str
) -> None:
    back, problems = changed(tmp_path, change)
    assert message in "\n".join(map(str, problems))
    assert all("task 1" in each.place for each in problems)
    assert any(each.lost for each in problems)
    quotes = [each.quote for each in back.annotations()]
    assert {"It was slow in Germany.", "A setting caused it."} <= {*quotes}
    assert list(back.quarantine())


def test_offsets_in_utf_16_units_of_an_early_version_are_told_by_the_words(tmp_path: Path) -> None:
    start = TEXT.index("A setting")

    def shift(results: list[Any]) -> None:
        marked = as_marked(TEXT, start, start + 9, "cause")
        marked["value"] |= {"start": start + 1, "end": start + 10}  # the emoji counts twice
        results.append(marked)

    back, problems = changed(tmp_path, shift)
    assert ["UTF-16" in str(each) for each in problems if not each.lost] == [True]
    (refused,) = back.quarantine()  # it has no attributes yet
    assert refused["item"]["quote"] == "A setting"


def test_a_remark_on_a_region_is_a_note_of_gold_and_reported_for_a_run(tmp_path: Path) -> None:
    def remark(results: list[Any]) -> None:
        results[0]["meta"] = {"text": ["see P3", "😀"]}

    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK, remark)
    gold, _ = import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert [each.note for each in gold.annotations] == ["see P3\n😀", "", ""]
    _, problems = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert [(each.lost, "remark" in str(each)) for each in problems] == [(False, True)]


def test_two_labels_on_a_region_are_two_annotations(tmp_path: Path) -> None:
    def both(results: list[Any]) -> None:
        results_of(results, "a2", "label")["value"]["labels"] = ["cause", "action"]

    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK, both)
    found = [(span.category, span.attributes) for span in read.documents[0].spans[2:]]
    assert found == [("cause", CAUSE), ("action", {})]


def test_the_same_said_twice_of_the_same_words_is_reported_and_kept(tmp_path: Path) -> None:
    def copy(results: list[Any]) -> None:
        results += [{**result, "id": "copy"} for result in results if result["id"] == "a1"]

    back, problems = changed(tmp_path, copy)
    assert [each.quote for each in back.annotations()].count("It was slow in Germany.") == 2
    assert [(each.lost, "unite them" in str(each)) for each in problems] == [(False, True)]


# ---- Tasks ----


def tasks_of(tmp_path: Path) -> list[Any]:
    through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    return json.loads((tmp_path / "run-label-studio.json").read_text(encoding="utf-8"))  # type: ignore[no-any-return]


def read_tasks(tmp_path: Path, tasks: object) -> Corrections:
    file = tmp_path / "edited.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    return read_corrections(file, "label-studio", SCHEMA)


def test_of_several_annotations_the_ground_truth_counts(tmp_path: Path) -> None:
    (task,) = tasks_of(tmp_path)
    empty = {"id": 99, "result": [], "was_cancelled": False, "ground_truth": False}
    task["annotations"].append(empty)
    read = read_tasks(tmp_path, [task])
    assert "task 1: has 2 annotations (11, 99); mark one of them" in str(read.problems[0])
    assert read.documents == ()
    task["annotations"][0]["ground_truth"] = True
    assert len(read_tasks(tmp_path, [task]).documents[0].spans) == 3
    task["annotations"][0]["ground_truth"] = False
    empty["was_cancelled"] = True
    assert len(read_tasks(tmp_path, [task]).documents[0].spans) == 3


def test_a_task_that_nobody_submitted_is_reported(tmp_path: Path) -> None:
    tasks_of(tmp_path)
    file = tmp_path / "run-label-studio" / "tasks.json"
    tasks = json.loads(file.read_text(encoding="utf-8"))
    read = read_tasks(tmp_path, tasks)
    assert "nobody has annotated it; submit it" in str(read.problems[0])


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda t: t["data"].update(text="another"), "is not the text that was exported"),
        (lambda t: t["data"].update(annotate="{"), "its field 'annotate' is damaged"),
        (lambda t: t["data"].update(annotate='{"format": 1}'), "its field 'annotate' is damaged"),
        (lambda t: t["data"].pop("text"), "has no text in its field 'text'"),
        (lambda t: t.pop("data"), "export the project as JSON, not as JSON-MIN"),
    ],
    ids=["text", "no JSON", "other JSON", "no text", "no data"],
)
def test_a_bad_task_is_named_and_the_others_are_read(
    tmp_path: Path, change: Callable[[Any], None], message: str
) -> None:
    (task,) = tasks_of(tmp_path)
    bad = json.loads(json.dumps(task))
    change(bad)
    foreign = {"id": 7, "data": {"text": "Slow.", "id": "b"}, "annotations": [{"result": []}]}
    read = read_tasks(tmp_path, [bad, foreign])
    assert message in str(read.problems[0])
    assert [each.document.id for each in read.documents] == ["b"]
    back, _ = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert not back.complete
    assert len(list(back.unreadable())) == 1


def test_the_same_document_twice_is_reported(tmp_path: Path) -> None:
    (task,) = tasks_of(tmp_path)
    read = read_tasks(tmp_path, [task, task])
    assert [str(each).split(": ", 1)[1] for each in read.problems] == [
        "task 1: is document cafe.txt again; remove one of the two"
    ]


def test_tasks_of_another_tool_are_read_by_their_text(tmp_path: Path) -> None:
    text = "Search 😀 was slow."
    marked = as_marked(text, 9, 18, "impact")
    effects = {"from_name": "impact__effects", "type": "choices", "value": {"choices": ["slow"]}}
    results = [marked, {"id": marked["id"], "to_name": "text", **effects}]
    task = {"id": 3, "data": {"text": text}, "annotations": [{"result": results}]}
    read = read_tasks(tmp_path, [task])
    back, problems = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert [(a.document, a.quote, a.attributes) for a in back.annotations()] == [
        ("3", "was slow.", SLOW)
    ]
    assert (read.problems, problems) == ((), [])
    assert [(e.start, e.end, e.status) for e in back.ledger()] == [(0, len(text), "ok")]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"{}", "does not hold a list of tasks"),
        (b"[\n{,}]", r"source\.json:2: is not JSON"),
        (b"\xff[]", "is not JSON in UTF-8"),
        (b"[" * 100_000, "is not JSON in UTF-8"),
    ],
)
def test_a_file_that_is_no_export_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    (tmp_path / "source.json").write_bytes(content)
    with pytest.raises(UsageError, match=message):
        read_corrections(tmp_path / "source.json", "label-studio", SCHEMA)


@pytest.mark.parametrize(
    ("tool", "name", "message"),
    [
        ("label-studio", ".", "is a folder; name the JSON file"),
        ("label-studio", "none.json", "none.json: cannot be read"),
        ("brat", "none", "is not a folder"),
        ("brat", ".", r"holds no <name>\.txt with a <name>\.ann"),
        ("doccano", ".", "--from doccano: unknown format, there is brat, label-studio"),
    ],
)
def test_a_source_that_is_none_is_named(tmp_path: Path, tool: str, name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read_corrections(tmp_path / name, tool, SCHEMA)


def test_an_export_for_another_schema_is_refused(tmp_path: Path) -> None:
    tasks_of(tmp_path)
    with pytest.raises(UsageError, match="was exported for schema incidents 1, not privacy_policy"):
        read_corrections(tmp_path / "run-label-studio.json", "label-studio", POLICIES)


# ---- What people do in brat ----


def in_brat(tmp_path: Path, edit: Callable[[str], str]) -> tuple[Run, list[Problem]]:
    """Edit the `.ann` file of a run's export and read the folder back."""
    tmp_path.mkdir(exist_ok=True)
    export(impact_run(tmp_path), "brat", tmp_path / "brat", schema=SCHEMA)
    file = tmp_path / "brat" / "cafe.ann"
    file.write_text(edit(file.read_text(encoding="utf-8")), encoding="utf-8")
    read = read_corrections(tmp_path / "brat", "brat", SCHEMA)
    back, problems = import_run(read, INCIDENT_TASK, tmp_path / "back")
    return back, [*read.problems, *problems]


def test_an_annotation_added_in_brat_takes_its_attributes_from_the_note(tmp_path: Path) -> None:
    start = TEXT.index("A setting")
    added = (
        f"T9\tcause {start} {start + 9}\tA setting\n"
        '#9\tAnnotatorNotes T9\t{"triggers": ["configuration"], "certainty": "confirmed"}\n'
    )
    back, problems = in_brat(tmp_path, lambda text: text + added)
    new = next(each for each in back.annotations() if each.end == start + 9)
    assert problems == []
    assert (new.quote, new.attributes["triggers"]) == ("A setting", ["configuration"])
    assert new.evidence[0].grounding == "exact"


def test_an_annotation_moved_in_brat_keeps_attributes_and_cites_the_new_words(
    tmp_path: Path,
) -> None:
    start = TEXT.index("slow")
    end = TEXT.index("A setting") + 9

    def move(text: str) -> str:
        old = next(line for line in text.splitlines() if line.startswith("T2\t"))
        break_at = TEXT.index("\r\nA setting")
        spans = f"{start} {break_at};{break_at + 2} {end}"
        return text.replace(old, f"T2\timpact {spans}\tslow in Germany. A setting")

    back, problems = in_brat(tmp_path, move)
    moved = next(each for each in back.annotations() if each.end == end)
    assert problems == []
    assert moved.quote == "slow in Germany.\r\nA setting"
    assert (moved.attributes, moved.evidence[0].quote) == (SLOW, moved.quote)


def test_a_type_changed_in_brat_is_checked_against_the_schema(tmp_path: Path) -> None:
    back, problems = in_brat(tmp_path, lambda text: text.replace("T3\tcause", "T3\tnonsense"))
    assert 'cafe.ann:5: breaks the schema (category: "nonsense" is unknown' in str(problems[0])
    assert [row["item"]["category"] for row in back.quarantine()] == ["nonsense"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda t: t + "R1\tCauses Arg1:T1 Arg2:T2\n", "cafe.ann:7: is neither an annotation"),
        (lambda t: t + "nonsense\n", "cafe.ann:7: is neither an annotation"),
        (lambda t: t + "#4\tAnnotatorNotes T8\tx\n", "is a note on T8, which is not there"),
        (lambda t: t + "T2\timpact 0 1\tC\n", "cafe.ann:7: T2 stands there twice"),
        (lambda t: t + "T4\timpact 0 9999\tC\n", "T4 reaches beyond the text"),
        (lambda t: t + "T4\timpact 5 2\tC\n", "T4 has pieces out of order"),
        (lambda t: t + "T4\timpact 0 4;2 6\tC\n", "T4 has other words than stand"),
        (lambda t: t + f"T4\timpact 0 {'9' * 5000}\tC\n", "is neither an annotation"),
        (lambda t: t.replace('{"attributes"', '{attributes"', 1), "cafe.ann:2: is not JSON"),
        (lambda t: t.replace("\tCafé", "\tCafe"), "T1 has other words than stand at its offsets"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(
    tmp_path: Path, edit: Callable[[str], str], message: str
) -> None:
    back, problems = in_brat(tmp_path, edit)
    assert message in "\n".join(map(str, problems))
    assert any(each.lost for each in problems)
    assert "It was slow in Germany." in [each.quote for each in back.annotations()]
    assert list(back.quarantine())


def test_a_span_of_several_pieces_is_read_as_one_and_reported(tmp_path: Path) -> None:
    note = f"#9\tAnnotatorNotes T9\t{json.dumps(SLOW)}\n"
    added = f"T9\timpact 0 4;11 15\tCafé down\n{note}"
    back, problems = in_brat(tmp_path, lambda text: text + added)
    assert [(each.lost, "several pieces" in str(each)) for each in problems] == [(False, True)]
    assert "Café 😀 was down" in [each.quote.rstrip(".") for each in back.annotations()]


def test_a_category_in_a_note_may_repeat_the_type_and_not_contradict_it(tmp_path: Path) -> None:
    start = TEXT.index("A setting")
    note = json.dumps({"category": "cause", **CAUSE})
    same_ = f"T9\tcause {start} {start + 9}\tA setting\n#9\tAnnotatorNotes T9\t{note}\n"
    back, problems = in_brat(tmp_path / "one", lambda text: text + same_)
    assert problems == []
    assert len(list(back.annotations())) == 4
    other = same_.replace("T9\tcause", "T9\taction")
    _, problems = in_brat(tmp_path / "two", lambda text: text + other)
    assert "T9 is of another category in its note" in str(problems[0])


def test_damaged_evidence_gives_way_to_the_words(tmp_path: Path) -> None:
    back, problems = in_brat(tmp_path, lambda text: text.replace('"grounding": "folded"', '"x": 1'))
    assert [(each.lost, "evidence is damaged" in str(each)) for each in problems] == [
        (False, True)
    ] * 3
    assert [each.evidence[0].grounding for each in back.annotations()] == ["exact"] * 3


@pytest.mark.parametrize(
    ("damage", "message"),
    [
        (lambda d: (d / "cafe.txt").write_text("other", encoding="utf-8"), "is not the text that"),
        (lambda d: (d / "cafe.txt").write_bytes(TEXT.replace("\r", "").encode()), "none of its 3"),
        (lambda d: (d / "cafe.txt").write_bytes(b"\xff"), "is not UTF-8 at byte 0"),
        (lambda d: (d / "cafe.txt").unlink(), r"cafe\.txt: cannot be read"),
        (lambda d: (d / "cafe.ann").unlink(), r"cafe\.ann: cannot be read"),
    ],
    ids=["text", "line ends", "encoding", "no text", "no annotations"],
)
def test_a_document_that_cannot_be_read_is_named_and_the_run_is_incomplete(
    tmp_path: Path, damage: Callable[[Path], object], message: str
) -> None:
    export(impact_run(tmp_path), "brat", tmp_path / "brat", schema=SCHEMA)
    damage(tmp_path / "brat")
    (tmp_path / "brat" / "more.txt").write_text("Slow.", encoding="utf-8")
    (tmp_path / "brat" / "more.ann").write_text("", encoding="utf-8")
    read = read_corrections(tmp_path / "brat", "brat", SCHEMA)
    back, _ = import_run(read, INCIDENT_TASK, tmp_path / "back")
    assert message.replace("\\", "") in str(read.problems[0])
    assert [document.id for document in back.documents()] == ["more.txt"]
    assert (back.complete, len(list(back.unreadable()))) == (False, 1)


@pytest.mark.parametrize(
    ("index", "message"),
    [
        ("{", "annotate.json: is not JSON"),
        ('{"format": "x"}', "is not of the format"),
        ('{"format": "annotate brat 1", "types": {}}', "lists no documents"),
        (
            '{"format": "annotate brat 1", "types": {}, "documents": [3]}',
            "0 is not an object",
        ),
        (
            '{"format": "annotate brat 1", "types": {}, "documents": [{"file": "a", "id": 3}]}',
            "document 0 has no id",
        ),
        (
            '{"format": "annotate brat 1", "types": {}, "documents": [{"file": "../x", "id": "a",'
            ' "sha256": "", "format": "text", "annotations": 1, "chunks": []}]}',
            "document 0 names a file that is not in this folder",
        ),
    ],
)
def test_a_damaged_index_is_refused(tmp_path: Path, index: str, message: str) -> None:
    (tmp_path / "annotate.json").write_text(index, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        read_corrections(tmp_path, "brat", SCHEMA)


def test_the_same_document_in_two_files_is_reported(tmp_path: Path) -> None:
    export(impact_run(tmp_path), "brat", tmp_path / "brat", schema=SCHEMA)
    index = tmp_path / "brat" / "annotate.json"
    content = json.loads(index.read_bytes())
    content["documents"] *= 2
    index.write_text(json.dumps(content), encoding="utf-8")
    read = read_corrections(tmp_path / "brat", "brat", SCHEMA)
    assert len(read.documents) == 1
    assert ["is document cafe.txt again" in str(each) for each in read.problems] == [True]


def test_a_folder_of_another_tool_is_read_by_its_file_names(tmp_path: Path) -> None:
    folder = tmp_path / "corpus" / "part"
    folder.mkdir(parents=True)
    (folder / "a.txt").write_bytes(b"Search was slow.\r\n")
    (folder / "a.ann").write_bytes(
        b"T1\timpact 0 16\tSearch was slow.\r\n#1\tAnnotatorNotes T1\tsee the codebook\r\n"
    )
    read = read_corrections(tmp_path / "corpus", "brat", SCHEMA)
    gold, problems = import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert (read.problems, problems) == ((), [])
    (each,) = gold.annotations
    assert (each.document, each.quote, each.note) == (
        "part/a.txt",
        "Search was slow.",
        "see the codebook",
    )
    assert (each.id, each.attributes) == ("a-0000-impact-1", {})


# ---- Whatever the files hold ----

ANY_JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-1, 99)
    | st.sampled_from(["", "a0", "impact", "\udcff"]),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from(["span", "id", "text", "value"]), inner, max_size=2)
    ),
    max_leaves=4,
)


def places(value: Any) -> list[tuple[Any, Any]]:
    """Return every container in a JSON value with each key of it."""
    keys = (
        list(value)
        if isinstance(value, dict)
        else range(len(value))
        if isinstance(value, list)
        else []
    )
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def spoil(data: st.DataObject, value: Any) -> None:
    """Put something else in one place of a JSON value."""
    container, key = data.draw(st.sampled_from(places(value)))
    container[key] = data.draw(ANY_JSON)


def taken_or_refused(source: Path, tool: str) -> None:
    """Import as gold and as a run; a refusal that says why is all that may be raised."""
    try:
        read = read_corrections(source, tool, SCHEMA)
    except UsageError:
        return
    _, problems = import_gold(read, SCHEMA, {}, source.with_name("gold"))
    back, _ = import_run(read, INCIDENT_TASK, source.with_name("back"))
    list(back.ledger())
    for annotation in back.annotations():
        SCHEMA.parse({"category": annotation.category, **annotation.attributes})
    for document in back.documents():
        for annotation in back.annotations():
            if annotation.document == document.id:
                assert document.text[annotation.start : annotation.end] == annotation.quote
    assert all(each.place and str(each) for each in (*read.problems, *problems))


@given(data=st.data())
def test_a_task_with_anything_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("tasks")
    tasks = tasks_of(folder)
    if data.draw(st.booleans()):
        kept = json.loads(tasks[0]["data"]["annotate"])
        spoil(data, kept)
        tasks[0]["data"]["annotate"] = json.dumps(kept)
    else:
        spoil(data, tasks)
    file = folder / "edited.json"
    file.write_text(json.dumps(tasks), encoding="utf-8")
    taken_or_refused(file, "label-studio")


@given(data=st.data())
def test_a_note_or_index_with_anything_anywhere_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("notes")
    export(impact_run(folder), "brat", folder / "brat", schema=SCHEMA)
    index, file = folder / "brat" / "annotate.json", folder / "brat" / "cafe.ann"
    if data.draw(st.booleans()):
        content = json.loads(index.read_bytes())
        spoil(data, content)
        index.write_text(json.dumps(content), encoding="utf-8")
    else:
        lines = file.read_text(encoding="utf-8").split("\n")
        about, _, note = lines[1].rpartition("\t")
        content = json.loads(note)
        spoil(data, content)
        lines[1] = f"{about}\t{json.dumps(content)}"
        file.write_text("\n".join(lines), encoding="utf-8")
    taken_or_refused(folder / "brat", "brat")


# ---- Gold ----


def corrected_gold(tmp_path: Path, change: Change) -> Gold:
    """Make gold of a run, correct it in Label Studio and import it as gold."""
    first = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    gold, _ = import_gold(first, SCHEMA, {}, tmp_path / "first")
    rows = (tmp_path / "first" / "cafe.txt.jsonl").read_text(encoding="utf-8")
    rows = rows.replace('"must_find": false}', '"must_find": true, "note": "a case"}', 1)
    (tmp_path / "first" / "cafe.txt.jsonl").write_text(rows, encoding="utf-8")
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "cafe.txt").write_bytes(TEXT.encode())
    gold = read_gold(tmp_path / "first", SCHEMA)
    export_gold(gold, read_sources(folder), SCHEMA, "label-studio", tmp_path / "gold-ls")
    tasks = json.loads((tmp_path / "gold-ls" / "tasks.json").read_text(encoding="utf-8"))
    read = read_tasks(tmp_path, submitted(tasks, change))
    return import_gold(read, SCHEMA, read_sources(folder), tmp_path / "second")[0]


def test_what_was_gold_keeps_its_id_and_what_it_must(tmp_path: Path) -> None:
    def correct(results: list[Any]) -> None:
        results_of(results, "a0", "impact__effects")["value"]["choices"] = ["unavailable"]
        results.append(as_marked(TEXT, 0, 4, "impact"))

    gold = corrected_gold(tmp_path, correct)
    rows = [(each.id, each.must_find, each.note) for each in gold.annotations]
    assert rows == [
        ("cafe-0000-impact-2", False, ""),
        ("cafe-0000-impact-1", True, "a case"),
        ("cafe-0001-impact-1", False, ""),
        ("cafe-0002-cause-1", False, ""),
    ]
    assert gold.annotations[1].attributes["effects"] == ["unavailable"]


def test_gold_that_breaks_a_rule_is_written_and_the_lint_says_where(tmp_path: Path) -> None:
    def relabel(results: list[Any]) -> None:
        results_of(results, "a2", "label")["value"]["labels"] = ["nonsense"]
        results[:] = [r for r in results if not r["from_name"].startswith("cause__")]

    gold = corrected_gold(tmp_path, relabel)
    findings = check(gold, read_sources(tmp_path / "documents"), SCHEMA)
    errors = [str(finding) for finding in findings if finding.severity == "error"]
    assert len(gold.annotations) == 3
    assert [("cafe.txt.jsonl:3" in e, '"nonsense" is unknown' in e) for e in errors] == [
        (True, True)
    ]


def test_gold_of_another_text_is_written_and_the_lint_says_so(tmp_path: Path) -> None:
    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    folder = tmp_path / "documents"
    folder.mkdir()
    (folder / "cafe.txt").write_bytes(b"Another text.")
    sources = read_sources(folder)
    gold, _ = import_gold(read, SCHEMA, sources, tmp_path / "gold")
    errors = [
        str(finding) for finding in check(gold, sources, SCHEMA) if finding.severity == "error"
    ]
    assert any("cafe.txt: text_sha256 was" in error for error in errors)


@pytest.mark.parametrize(
    "name",
    [
        "../up.txt",
        "/etc/x",
        "a/../../b",
        "a\0b",
        "c:x",
        "x" * 300,
        "\udcff",
        "./a",
        "a/",
        "log/x",
        "passes/first/x",
    ],
)
def test_a_document_whose_name_is_no_file_of_gold_is_reported(tmp_path: Path, name: str) -> None:
    run = a_run(tmp_path / "run", "Slow.", attributes=SLOW, name=name)
    read = through(run, "label-studio", INCIDENT_TASK)
    gold, problems = import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert gold.annotations == ()
    assert [each.lost for each in problems] == [True]
    assert "rename the document" in str(problems[0])
    assert {path.name for path in tmp_path.iterdir()} == {
        "run",
        "run-label-studio",
        "run-label-studio.json",
        "gold",
    }


@given(st.sampled_from(["optinal", 3, None]))
def test_a_status_that_is_none_is_reported_and_the_rest_is_gold(
    tmp_path_factory: pytest.TempPathFactory, status: object
) -> None:
    folder = tmp_path_factory.mktemp("status")
    export(impact_run(folder), "brat", folder / "brat", schema=SCHEMA)
    file = folder / "brat" / "cafe.ann"
    text = file.read_text(encoding="utf-8")
    text = text.replace('"span"', f'"status": {json.dumps(status)}, "span"', 1)
    file.write_text(text, encoding="utf-8")
    read = read_corrections(folder / "brat", "brat", SCHEMA)
    gold, problems = import_gold(read, SCHEMA, {}, folder / "gold")
    assert len(gold.annotations) == 2
    assert [("cafe.ann:1" in str(each), "status" in str(each)) for each in problems] == [
        (True, True)
    ]


def test_gold_never_takes_the_place_of_other_gold(tmp_path: Path) -> None:
    read = through(impact_run(tmp_path), "label-studio", INCIDENT_TASK)
    import_gold(read, SCHEMA, {}, tmp_path / "gold")
    import_gold(read, SCHEMA, {}, tmp_path / "gold")  # the same again changes nothing
    file = tmp_path / "gold" / "cafe.txt.jsonl"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    before = contents(tmp_path / "gold")
    with pytest.raises(UsageError, match="gold: holds something else; name a new folder"):
        import_gold(read, SCHEMA, {}, tmp_path / "gold")
    assert contents(tmp_path / "gold") == before
    assert not list(tmp_path.glob(".*"))


# ---- Runs ----


def test_the_manifest_says_that_a_run_is_imported_and_from_what(tmp_path: Path) -> None:
    back = again(impact_run(tmp_path), "brat", INCIDENT_TASK)
    manifest = back.manifest
    assert (manifest["model"], manifest["task"]) == ("imported", "incidents")
    assert manifest["imported"]["from"] == "brat"
    assert manifest["imported"]["run"]["model"] == "a-model"
    assert manifest["usage"] == {
        "requests": 0,
        "prompt_tokens": 0,
        "completion_tokens": 0,
        "cost": None,
    }


def test_another_import_into_the_same_run_is_refused(tmp_path: Path) -> None:
    changed(tmp_path, lambda _: None)
    again_ = read_corrections(tmp_path / "run-label-studio.json", "label-studio", SCHEMA)
    import_run(again_, INCIDENT_TASK, tmp_path / "back")
    file = tmp_path / "run-label-studio.json"
    file.write_text(file.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    other = read_corrections(file, "label-studio", SCHEMA)
    with pytest.raises(OutputExists, match="its imported differs"):
        import_run(other, INCIDENT_TASK, tmp_path / "back")


# ---- Commands ----


@pytest.fixture
def exported(incidents: Command, reports: Path, tmp_path: Path) -> Path:
    """A folder with a run of reports, and its export for both tools."""
    run = tmp_path / "run"
    assert incidents("run", reports, "--out", run).returncode == 0
    for tool in ("brat", "label-studio"):
        done = incidents("export", run, "--to", tool, "--out", tmp_path / tool)
        assert (done.returncode, done.stdout) == (0, ""), done.stderr
    return tmp_path


def test_the_command_reads_a_run_back(incidents: Command, exported: Path) -> None:
    out = exported / "back"
    done = incidents("import", exported / "brat", "--from", "brat", "--out", out)
    assert (done.returncode, done.stderr) == (0, "")
    assert same(Run(out), Run(exported / "run"), "annotations")
    assert "annotations in 4 documents" in done.stdout


def test_the_command_ends_with_4_and_names_the_line_that_it_could_not_read(
    incidents: Command, exported: Path
) -> None:
    file = exported / "brat" / "cafe.ann"
    file.write_text(file.read_text(encoding="utf-8") + "E1\tx\x1b[31m\n", encoding="utf-8")
    out = exported / "back"
    done = incidents("import", exported / "brat", "--from", "brat", "--out", out)
    assert done.returncode == 4
    assert "cafe.ann:7: is neither" in done.stderr
    assert same(Run(out), Run(exported / "run"), "annotations")


def test_the_command_makes_gold_and_lints_it(
    incidents: Command, exported: Path, reports: Path
) -> None:
    tasks = json.loads((exported / "label-studio" / "tasks.json").read_text(encoding="utf-8"))
    source = exported / "corrected.json"
    source.write_text(json.dumps(submitted(tasks)), encoding="utf-8")
    arguments = ("gold", "import", source, "--from", "label-studio", "--documents", reports)
    done = incidents(*arguments, "--out", exported / "gold")
    count = len(list(Run(exported / "run").annotations()))
    last = done.stdout.splitlines()[-1]
    assert (done.returncode, done.stderr) == (0, "")
    assert last.startswith(f"{count} annotations of {count} that were exported in ")
    assert ": 0 errors, " in last
    checked = incidents("gold", "check", exported / "gold", "--documents", reports)
    assert checked.returncode == 0

    tasks[0]["predictions"][0]["result"][0]["value"]["labels"] = ["nonsense"]
    source.write_text(json.dumps(submitted(tasks)), encoding="utf-8")
    done = incidents(*arguments, "--out", exported / "gold2", "--json")
    assert done.returncode == 4  # what is left of the region's attributes was not read
    assert any("is unknown" in finding["message"] for finding in json.loads(done.stdout))


def test_the_command_corrects_gold_in_brat(
    incidents: Command, exported: Path, reports: Path
) -> None:
    arguments = ("--documents", reports, "--from", "brat")
    first, second = exported / "gold", exported / "gold2"
    assert (
        incidents("gold", "import", exported / "brat", *arguments, "--out", first).returncode == 0
    )
    brat = exported / "gold-brat"
    done = incidents("gold", "export", first, "--to", "brat", "--out", brat, "--documents", reports)
    assert done.returncode == 0, done.stderr
    file = brat / "cafe.ann"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(lines[2:]), encoding="utf-8")
    done = incidents("gold", "import", brat, *arguments, "--out", second)
    assert done.returncode == 0, done.stderr
    difference = incidents("gold", "diff", first, second)
    assert difference.stdout.splitlines()[-1] == "0 added, 1 removed, 0 changed"


def test_a_brat_folder_cannot_reach_out_of_itself(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("a key", encoding="utf-8")
    folder = tmp_path / "brat"
    folder.mkdir()
    (folder / "x.ann").write_text("", encoding="utf-8")
    (folder / "x.txt").symlink_to(secret)
    (folder / "y.ann").write_text("", encoding="utf-8")
    os.mkfifo(folder / "y.txt")
    read = read_corrections(folder, "brat", SCHEMA)
    assert read.documents == ()
    said = " ".join(str(each) for each in read.problems)
    assert "a link to somewhere else" in said
    assert "not an ordinary file" in said


def test_an_import_that_reads_nothing_writes_nothing(incidents: Command, tmp_path: Path) -> None:
    (tmp_path / "brat").mkdir()
    (tmp_path / "brat" / "x.ann").write_text("", encoding="utf-8")
    documents = ("--documents", ROOT / "eval" / "documents")
    for words, more in ((("import",), ()), (("gold", "import"), documents)):
        where = (tmp_path / "brat", "--from", "brat", "--out", tmp_path / "out")
        done = incidents(*words, *where, *more)
        assert done.returncode == 4
        assert "nothing is written" in done.stderr
        assert not (tmp_path / "out").exists()
