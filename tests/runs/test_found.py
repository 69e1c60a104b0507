"""Walking through a run document by document."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import RunError
from annotate.ledger import Entry
from annotate.runs.found import annotated, found_in
from annotate.runs.reader import Run
from tests.support.handmade import DEPLOY, SLOW, TEXT, annotation, quarantined, write_run

TEXTS = {"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}


def a_run(folder: Path) -> Run:
    """Write a run of three documents, of which the second has nothing."""
    found = [annotation(SLOW), annotation(DEPLOY), annotation(SLOW, "c.txt")]
    entries = [Entry(name, 0, 0, len(TEXT), "partial") for name in TEXTS]
    refused = [quarantined("invalid", None, "c.txt")]
    return write_run(folder, found, entries, refused, documents=TEXTS)


def test_each_document_comes_with_its_rows_alone(tmp_path: Path) -> None:
    found = list(found_in(a_run(tmp_path / "run")))
    assert [each.document.id for each in found] == list(TEXTS)
    assert [len(each.annotations) for each in found] == [2, 0, 1]
    assert [len(each.entries) for each in found] == [1, 1, 1]
    assert [len(each.refused) for each in found] == [0, 0, 1]


@pytest.mark.parametrize("part", ["annotations", "ledger", "quarantine"])
def test_rows_that_name_no_document_are_an_error_and_not_left_out(
    tmp_path: Path, part: str
) -> None:
    run = a_run(tmp_path / "run")
    file = run.path / f"{part}.jsonl"
    file.write_text(file.read_text("utf-8").replace('"c.txt"', '"other.txt"'), encoding="utf-8")
    with pytest.raises(RunError, match=rf"{part}\.jsonl: other\.txt is not in documents\.jsonl"):
        list(found_in(run))


def test_rows_in_another_order_than_the_documents_are_an_error(tmp_path: Path) -> None:
    run = a_run(tmp_path / "run")
    file = run.path / "annotations.jsonl"
    lines = file.read_text("utf-8").splitlines(keepends=True)
    file.write_text("".join(reversed(lines)), encoding="utf-8")
    with pytest.raises(RunError, match="its rows stand out of its order"):
        list(annotated(run))
