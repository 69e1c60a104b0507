"""A pass is read with its lines, and a damaged row is named."""

from pathlib import Path

import pytest

from annotate.errors import UsageError
from annotate.gold.passes import read_pass
from tests.support.labelled import Project


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
