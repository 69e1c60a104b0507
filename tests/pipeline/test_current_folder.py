"""Runs in the current folder: what stands beside a run needs the run to have a name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.errors import UsageError
from annotate.runs.reader import Run
from annotate.testing import Server
from tests.support.endpoints import Place, truthful
from tests.support.written import writer


@pytest.mark.parametrize("out", [".", "./", "../here"])
def test_a_run_stands_in_the_current_folder(
    place: Place, monkeypatch: pytest.MonkeyPatch, out: str
) -> None:
    here = place.folder / "here"
    (here / "deeper").mkdir(parents=True)
    texts = place.write("Search was slow.")
    with Server(truthful) as server:
        given: dict[str, Any] = {
            "model": "m",
            "base_url": server.base_url,
            "price": (1, 1),
            "max_cost": 5,
        }
        monkeypatch.chdir(here / "deeper")
        annotate.run(texts, out=".", repeat=2, **given)
        assert [Run(here / f"deeper-{number}").complete for number in (1, 2)] == [True, True]
        (here / "deeper").rmdir()
        for left in here.iterdir():
            left.rename(place.folder / left.name)
        monkeypatch.chdir(here)
        assert annotate.run(texts, out=out, **given).complete
    assert Run(here).complete
    assert (place.folder / ".here.spending.jsonl").exists()


def test_the_root_of_the_file_system_is_no_place_for_a_run(place: Place) -> None:
    with pytest.raises(
        UsageError, match=r"^/: is the root of the file system; name a folder in it"
    ):
        annotate.run(place.write("Search was slow."), out="/")


def test_a_run_that_reads_nothing_leaves_the_folder_that_was_there(tmp_path: Path) -> None:
    here = tmp_path / "here"
    here.mkdir()
    with pytest.raises(KeyboardInterrupt), writer(here):
        raise KeyboardInterrupt
    assert list(here.iterdir()) == []
