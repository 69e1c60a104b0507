"""What a run would send now: counted, priced and written as a batch file, and sent nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import DocumentError, UsageError
from annotate.pipeline.missing import estimate_run, export_batch, missing_requests
from tests.support.prompting import project


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with two documents, which is the current folder."""
    folder = project(tmp_path / "p")
    monkeypatch.chdir(folder)
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"Gate {name} failed.\n", encoding="utf-8")
    return folder


def test_an_estimate_prices_what_is_missing() -> None:
    found = estimate_run(["a.txt", "b.txt"], model="m", price=(1.0, 2.0))
    assert found.requests == len(missing_requests(["a.txt", "b.txt"], model="m")) == 2
    assert found.least is not None
    assert found.most is not None
    assert 0 < found.least < found.most
    assert estimate_run("a.txt", model="m").most is None  # no price is known


def test_a_batch_holds_a_line_for_each_missing_request(here: Path) -> None:
    count, files = export_batch(["a.txt", "b.txt"], here / "out.jsonl", model="m")
    assert (count, files) == (2, [here / "out.jsonl"])
    assert len((here / "out.jsonl").read_text(encoding="utf-8").splitlines()) == 2


def test_a_document_that_cannot_be_read_goes_to_the_handler_or_is_raised() -> None:
    unread: list[DocumentError] = []
    assert estimate_run(["none.txt", "a.txt"], model="m", on_error=unread.append).requests == 1
    assert [error.source for error in unread] == ["none.txt"]
    with pytest.raises(DocumentError, match=r"none\.txt"):
        estimate_run(["none.txt", "a.txt"], model="m")
    with pytest.raises(UsageError, match=r"none\.txt"):
        estimate_run("none.txt", model="m", on_error=unread.append)


def test_without_a_model_there_is_nothing_to_estimate() -> None:
    with pytest.raises(UsageError, match="no model is named"):
        estimate_run("a.txt")
