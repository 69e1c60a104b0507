"""Gold: its files, every check on a gold that is sound but for one thing, and its versions."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import UsageError
from annotate.gold.lint import Finding, check
from annotate.gold.store import (
    Gold,
    Manifest,
    Source,
    diff,
    read_gold,
    read_pass,
    read_sources,
)
from annotate.scoring.labels import Label
from tests.projects.incidents.schemas.incidents import SCHEMA

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

DOWN = {"effects": ["unavailable"], "countries": [], "duration": "PT2H", "customers_named": False}
CAUSE = {"triggers": ["configuration"], "certainty": "confirmed"}
DONE = {"step": "resolved", "planned": False, "date": None, "attempts": None}
SLOW = {"effects": ["slow"], "countries": [], "duration": None, "customers_named": False}

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
            "schema_name": "incidents",
            "schema_version": "1",
            "codebook": "1",
            "documents": [source.pinned().model_dump() for source in self.sources.values()],
        }
        self.rows = sound()
        for each in self.passes:
            for name, source in self.sources.items():
                self.label(each / f"{name}.jsonl", source)

    @property
    def sources(self) -> dict[str, Source]:
        return read_sources(self.documents)

    def label(self, file: Path, source: Source) -> None:
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


@pytest.fixture
def project(tmp_path: Path) -> Project:
    return Project(tmp_path)


# ---- Reading ----


def test_gold_is_read_in_the_order_of_its_manifest(project: Project) -> None:
    gold = project.read()
    assert [each.id for each in gold.annotations] == ["r1", "r2", "r3", "r4", "o1"]
    assert [each.line for each in gold.annotations] == [1, 2, 3, 4, 1]
    assert gold.annotations[-1].document == "sub/other.txt"
    assert gold.manifest == Manifest.model_validate_json(json.dumps(project.manifest))
    assert read_gold(project.gold, SCHEMA) == gold


def test_rows_are_written_as_they_were_read(project: Project) -> None:
    written = [each.to_json() for each in project.read().annotations]
    assert written == [row for rows in project.rows.values() for row in rows]


def test_gold_gives_labels_with_their_status(project: Project) -> None:
    labels = project.read().labels()
    assert [label.status for label in labels] == ["required"] * 3 + ["optional", "required"]
    start = REPORT.index("A bad")
    assert labels[1] == Label(
        "report.md",
        start,
        start + 24,
        "cause",
        {"triggers": frozenset({"configuration"}), "certainty": frozenset({"confirmed"})},
    )


def test_sources_hash_the_text_and_the_file(project: Project) -> None:
    file = project.documents / "sub" / "other.txt"
    before = project.sources["sub/other.txt"].pinned()
    file.write_bytes(b"\xef\xbb\xbf" + OTHER.encode())
    after = project.sources["sub/other.txt"].pinned()
    assert before.units == after.units == 2
    assert before.text_sha256 == after.text_sha256  # a byte-order mark is not text
    assert before.file_sha256 != after.file_sha256


def test_the_lines_of_a_json_lines_file_are_sources(tmp_path: Path) -> None:
    (tmp_path / "more.jsonl").write_text('{"id": "a", "text": "It was slow."}\n')
    assert read_sources(tmp_path)["more.jsonl#a"].pinned().units == 1


def test_documents_come_from_a_folder(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: is no folder; "):
        read_sources(tmp_path / "nowhere")


def test_gold_of_another_schema_is_refused(project: Project) -> None:
    project.manifest["schema_version"] = "2"
    project.write()
    with pytest.raises(UsageError, match=r"is of schema incidents 2, not of incidents 1; "):
        read_gold(project.gold, SCHEMA)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", r"report\.md\.jsonl:2: is not JSON \(.*\); mend it"),
        ("[]", r"report\.md\.jsonl:2: is no JSON object"),
        ("{}", r"report\.md\.jsonl:2: id: Field required"),
        ('{"line": 7}', r"report\.md\.jsonl:2: line is no field of a row"),
        ('{"document": "x"}', r"report\.md\.jsonl:2: document is no field of a row"),
    ],
)
def test_a_damaged_line_of_gold_is_named(project: Project, line: str, said: str) -> None:
    project.write()
    file = project.gold / "report.md.jsonl"
    first = file.read_text(encoding="utf-8").splitlines()[0]
    file.write_text(f"{first}\n{line}\n", encoding="utf-8")
    with pytest.raises(UsageError, match=said):
        read_gold(project.gold)


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("status", "maybe", r":1: status: Input should be 'required' or 'optional'"),
        ("must_find", "no", r":1: must_find: "),
        ("start", "3", r":1: start: "),
        ("start", True, r":1: start: "),
        ("attributes", [], r":1: attributes: "),
        ("note", 3, r":1: note: "),
        ("comment", "x", r":1: comment: Extra inputs"),
    ],
)
def test_a_field_of_the_wrong_kind_is_named(
    project: Project, field: str, value: object, said: str
) -> None:
    project.rows["report.md"][0][field] = value
    with pytest.raises(UsageError, match=r"report\.md\.jsonl" + said):
        project.read()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", r"manifest\.json: is not JSON"),
        ("[1]", r"manifest\.json: is no JSON object"),
        ("{}", r"manifest\.json: gold: Field required"),
        ('{"format": 2}', r"manifest\.json: is of another format; upgrade"),
    ],
)
def test_a_damaged_manifest_is_named(project: Project, content: str, said: str) -> None:
    project.write()
    (project.gold / "manifest.json").write_text(content)
    with pytest.raises(UsageError, match=said):
        read_gold(project.gold)


def test_missing_and_undecodable_files_are_named(project: Project) -> None:
    project.write()
    (project.gold / "report.md.jsonl").write_bytes(b"\xff")
    with pytest.raises(UsageError, match=r"report\.md\.jsonl: is not UTF-8 at byte 0; "):
        read_gold(project.gold)
    (project.gold / "report.md.jsonl").unlink()
    with pytest.raises(UsageError, match=r"report\.md\.jsonl: cannot be read \(No such file"):
        read_gold(project.gold)


def test_a_pass_is_read_with_its_lines(project: Project) -> None:
    found = read_pass(project.passes[0])
    assert list(found.documents) == ["report.md", "sub/other.txt"]
    units = [(each.unit, each.line) for each in found.documents["report.md"]]
    assert units == [(1, 1), (2, 2), (4, 3), (5, 4), (6, 5), (7, 6)]


def test_a_folder_without_a_pass_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"holds no pass"):
        read_pass(tmp_path)


@pytest.mark.parametrize(
    "line",
    [
        '{"unit": 0, "start": 0, "end": 9}',
        '{"unit": "0", "start": 0, "end": 9, "annotations": []}',
        '{"unit": 0, "start": 0, "end": 9, "annotations": ["cause"]}',
    ],
)
def test_a_damaged_row_of_a_pass_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / "a.txt.jsonl").write_text("\n" + line)
    with pytest.raises(UsageError, match=r"a\.txt\.jsonl:2: "):
        read_pass(tmp_path)


# ---- Checking ----


def test_sound_gold_has_nothing_to_find_but_its_support(project: Project) -> None:
    assert project.check() == []
    passes = [read_pass(each) for each in project.passes]
    findings = check(project.read(), project.sources, SCHEMA, passes)
    assert [(each.severity, each.file.name, each.line) for each in findings] == [
        ("warning", "manifest.json", None)
    ] * 3
    # The optional action does not count.
    assert [each.message for each in findings] == [
        "impact has a support of 2, below 20",
        "cause has a support of 1, below 20",
        "action has a support of 1, below 20",
    ]


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


def pinned(**fields: Any) -> Callable[[Project], None]:
    def change(project: Project) -> None:
        project.manifest["documents"][0].update(fields)

    return change


START = REPORT.index("A bad")
FIRST = REPORT.index("The service")
FAULTS: dict[str, tuple[Callable[[Project], object], *tuple[str, ...]]] = {
    "quote": (
        changed(quote="A bad setting caused it"),
        "report.md.jsonl:2: error: the quote is not what stands at its span; copy it from the text",
    ),
    "outside": (
        changed(end=9999),
        "report.md.jsonl:2: error: the span is not in the text; count code points",
    ),
    "empty": (
        changed(end=START),
        "report.md.jsonl:2: error: the span is not in the text; ",
    ),
    "inside a unit": (
        changed(end=START + 5, quote="A bad"),
        "report.md.jsonl:2: error: the span is not on the borders of units; take the whole",
    ),
    "heading": (
        changed(start=2, end=18, quote="Report of 20 May"),
        "report.md.jsonl:2: error: the span is not on the borders of units; ",
        "report.md.jsonl:2: error: belongs above the line before it",
    ),
    "two units": (
        changed(start=FIRST, quote=REPORT[FIRST : START + 24]),
        "report.md.jsonl:2: warning: the span holds several units; ",
    ),
    "category": (
        changed(category="reason"),
        'report.md.jsonl:2: error: category: "reason" is unknown, use one of impact',
    ),
    "attribute": (
        changed(attributes={**CAUSE, "where": "DE"}),
        "report.md.jsonl:2: error: where: unknown attribute, cause has triggers, certainty; ",
    ),
    "value": (
        changed(attributes={**CAUSE, "certainty": "perhaps"}),
        'report.md.jsonl:2: error: certainty: "perhaps" is not a value of this set',
    ),
    "missing attribute": (
        changed(attributes={"triggers": ["configuration"]}),
        "report.md.jsonl:2: error: certainty: missing, add it; ",
    ),
    "lone value": (
        changed(attributes={**CAUSE, "triggers": ["configuration", "unknown"]}),
        "report.md.jsonl:2: error: triggers: 'unknown' never stands beside another value",
    ),
    "order of values": (
        changed(attributes={**CAUSE, "triggers": ["capacity", "deployment"]}),
        "report.md.jsonl:2: error: attributes: not in full and in schema order; write "
        '{"triggers": ["deployment", "capacity"], "certainty": "confirmed"}',
    ),
    "order of attributes": (
        changed(attributes=dict(reversed(CAUSE.items()))),
        "report.md.jsonl:2: error: attributes: not in full and in schema order; ",
    ),
    "optional and must be found": (
        changed(status="optional"),
        "report.md.jsonl:2: error: is optional and must be found; ",
    ),
    "duplicate": (
        repeated(),
        "report.md.jsonl:3: error: has the category, span and single values of ",
    ),
    "sets to unite": (
        repeated(attributes={**CAUSE, "triggers": ["capacity"]}),
        "report.md.jsonl:3: error: has the category, span and single values of ",
    ),
    "id": (
        repeated(id="r1", attributes={**CAUSE, "certainty": "suspected"}),
        "report.md.jsonl:3: error: its id r1 is that of ",
    ),
    "overlap": (
        repeated(start=FIRST, quote=REPORT[FIRST : START + 24]),
        "report.md.jsonl:3: error: belongs above the line before it; sort the file",
        "report.md.jsonl:3: warning: overlaps ",
        "report.md.jsonl:3: warning: the span holds several units; ",
    ),
    "schema": (
        lambda project: project.manifest.update(schema_version="0"),
        "manifest.json: error: is of schema incidents 0, not incidents 1; relabel",
    ),
    "text": (
        pinned(text_sha256="0"),
        "manifest.json: error: report.md: text_sha256 was 0 and is ",
    ),
    "file": (
        pinned(file_sha256="0"),
        "manifest.json: error: report.md: file_sha256 was 0 and is ",
    ),
    "units": (
        pinned(units=9),
        "manifest.json: error: report.md: units was 9 and is 6; restore what was labelled",
    ),
    "not pinned": (
        lambda project: project.rows.update({"stray.txt": []}),
        "stray.txt.jsonl: error: is not in manifest.json; pin its document",
    ),
    "one pass": (
        lambda project: project.passes.pop(),
        "manifest.json: warning: fewer than two passes are at hand; ",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_one_fault_is_found(project: Project, name: str) -> None:
    fault, *said = FAULTS[name]
    fault(project)
    findings = [str(finding) for finding in project.check()]
    for expected in said:
        assert any(expected in finding for finding in findings), findings
    assert len(findings) == len(said), findings


def test_a_single_value_that_differs_makes_no_duplicate(project: Project) -> None:
    repeated(attributes={**CAUSE, "certainty": "suspected"})(project)
    assert project.check() == []


def test_gold_of_a_lost_document_is_found_and_the_rest_goes_on(project: Project) -> None:
    (project.documents / "report.md").unlink()
    changed(attributes={})(project)
    messages = [finding.message for finding in project.check()]
    assert messages == [
        "no document is named report.md",
        "triggers: missing, add it",
        "certainty: missing, add it",
    ]


def test_without_a_unit_in_the_schema_a_span_may_be_any(project: Project) -> None:
    changed(end=START + 5, quote="A bad")(project)
    free = type(SCHEMA)(SCHEMA.name, SCHEMA.version, SCHEMA.practice)
    findings = check(project.read(), project.sources, free)
    assert {finding.severity for finding in findings} == {"warning"}


def rewritten(file: Path, change: Callable[[list[str]], list[str]]) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(change(lines)), encoding="utf-8")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda lines: lines[:-1], "report.md.jsonl: error: has 5 rows for 6 units; write a row"),
        (lambda lines: [], "report.md.jsonl: error: has 0 rows for 6 units; "),
        (
            lambda lines: [lines[0], *lines[2:]],
            "report.md.jsonl:2: error: stands where unit 2 [56:80] should; ",
        ),
        (lambda lines: lines[::-1], "report.md.jsonl:1: error: stands where unit 1 [20:55] should"),
        (lambda lines: [*lines, lines[-1]], "report.md.jsonl: error: has 7 rows for 6 units; "),
        (
            lambda lines: [lines[0].replace("[]", '[{"category": "cause"}]'), *lines[1:]],
            "report.md.jsonl:1: error: triggers: missing, add it; ",
        ),
    ],
)
def test_a_pass_that_leaves_units_out_is_found(
    project: Project, change: Callable[[list[str]], list[str]], said: str
) -> None:
    rewritten(project.passes[1] / "report.md.jsonl", change)
    findings = project.check()
    assert said in str(findings[0])
    assert findings[0].file == project.passes[1] / "report.md.jsonl"
    assert all(finding.file == findings[0].file for finding in findings)


def test_a_pass_without_a_document_is_found(project: Project) -> None:
    (project.passes[0] / "sub" / "other.txt.jsonl").unlink()
    (finding,) = project.check()
    assert str(finding).startswith(f"{project.passes[0]}/sub/other.txt.jsonl: error: has 0 rows")


def test_a_sentence_labelled_differently_elsewhere_is_a_warning(project: Project) -> None:
    text = OTHER.replace("Search was slow.", "the Service was down for TWO hours!")
    project.rewrite_other(text)
    quote = "the Service was down for TWO hours!"
    project.rows["sub/other.txt"] = [row(text, "o1", "impact", DOWN, quote)]
    assert project.check() == []
    project.rows["sub/other.txt"] = [row(text, "o1", "impact", SLOW, quote)]
    (finding,) = project.check()
    assert str(finding).endswith(
        "other.txt.jsonl:1: warning: sub/other.txt[0:35] is worded as report.md[20:55] and "
        "labelled otherwise; make sure that the context differs"
    )
    project.rows["sub/other.txt"] = []
    (finding,) = project.check()
    assert finding.line is None  # not labelled at all


def test_a_near_duplicate_labelled_differently_is_a_warning(project: Project) -> None:
    quote = "All systems are now back in normal operation everywhere."
    near = "All systems are back in normal operation everywhere again."
    project.rows["report.md"].append(row(REPORT, "r5", "action", DONE, quote))
    (finding,) = project.check()
    assert "other.txt[20:78] is worded nearly as report.md[171:227] and" in finding.message
    project.rows["sub/other.txt"].append(row(OTHER, "o2", "action", DONE, near))
    assert project.check() == []


LISTS = """\
These were affected by the {first}:

- search in the large archive of all past years;
- login;

These were affected by the {second}:

- search in the large archive of all other years;
- login;
"""


@pytest.mark.parametrize(("second", "warnings"), [("outage", 2), ("delay", 0)])
def test_items_are_alike_only_below_like_stems(
    project: Project, second: str, warnings: int
) -> None:
    text = LISTS.format(first="outage", second=second)
    project.rewrite_other(text)
    project.rows["sub/other.txt"] = [
        row(text, "o1", "impact", SLOW, "search in the large archive of all past years;"),
        row(text, "o2", "impact", SLOW, "login;"),
    ]
    messages = [finding.message for finding in project.check()]
    assert len(messages) == warnings, messages
    assert sum("nearly" in message for message in messages) == warnings / 2


def test_few_words_are_alike_by_chance(project: Project) -> None:
    text = "We all saw the error.\n\nWe all saw the error now.\n"
    project.rewrite_other(text)
    project.rows["sub/other.txt"] = [row(text, "o1", "impact", SLOW, "We all saw the error.")]
    assert project.check() == []


def test_findings_are_json_and_sorted_by_place(project: Project) -> None:
    repeated()(project)
    changed(quote="x")(project)
    findings = project.check()
    places = [(finding.file.as_posix(), finding.line or 0) for finding in findings]
    assert places == sorted(places)
    content = json.loads(json.dumps(findings[0].to_json()))
    assert content == {
        "severity": "error",
        "file": str(project.gold / "report.md.jsonl"),
        "line": 2,
        "message": "the quote is not what stands at its span",
        "remedy": "copy it from the text, or correct the span",
    }


# ---- Versions ----


def test_gold_does_not_differ_from_itself(project: Project) -> None:
    found = diff(project.read(), project.read())
    assert (found.added, found.removed, found.changed, found.texts) == ((), (), (), ())


def test_a_new_document_has_no_other_text(project: Project) -> None:
    new = project.read()
    project.manifest["documents"].pop()
    old = project.read()
    found = diff(old, new)
    assert [each.id for each in found.added] == ["o1"]
    assert found.texts == ()


def test_lines_that_moved_are_no_difference(project: Project) -> None:
    old = project.read()
    project.rows["report.md"].insert(0, {**project.rows["report.md"][0], "id": "r0"})
    found = diff(old, project.read())
    assert [each.id for each in found.added] == ["r0"]
    assert found.changed == ()


def test_a_difference_says_what_came_what_went_and_what_changed(project: Project) -> None:
    old = project.read()
    gone = project.rows["report.md"].pop(3)
    changed(attributes={**CAUSE, "certainty": "suspected"}, must_find=False, note="why")(project)
    project.rows["sub/other.txt"].append({**gone, "id": "o2"})
    project.manifest["documents"][1]["text_sha256"] = "0"
    found = diff(old, project.read())
    assert [each.id for each in found.added] == ["o2"]
    assert [each.id for each in found.removed] == ["r4"]
    (change,) = found.changed
    assert (change.before.id, change.after.id) == ("r2", "r2")
    assert change.fields == {
        "must_find": (True, False),
        "note": (None, "why"),
        "attributes.certainty": ("confirmed", "suspected"),
    }
    assert found.texts == ("sub/other.txt",)
    content = json.loads(json.dumps(found.to_json()))
    assert content["added"][0]["document"] == "sub/other.txt"
    assert content["changed"] == [
        {
            "id": "r2",
            "document": "report.md",
            "fields": {
                "must_find": [True, False],
                "note": [None, "why"],
                "attributes.certainty": ["confirmed", "suspected"],
            },
        }
    ]
