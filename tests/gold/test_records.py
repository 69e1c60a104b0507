"""Every fault in a file of gold or of a pass is named by file and line."""

import pytest

from annotate.errors import UsageError
from annotate.gold.store import read_gold
from tests.support.labelled import Project


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", r"report\.md\.jsonl:2: is not JSON \(.*\); correct it"),
        ("[]", r"report\.md\.jsonl:2: is not a JSON object"),
        ("{}", r"report\.md\.jsonl:2: id: Field required"),
        ('{"line": 7}', r"report\.md\.jsonl:2: line is not a field of a row"),
        ('{"document": "x"}', r"report\.md\.jsonl:2: document is not a field of a row"),
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
        ("", r"manifest\.json:1: is not JSON"),
        ("[1]", r"manifest\.json: is not a JSON object"),
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
