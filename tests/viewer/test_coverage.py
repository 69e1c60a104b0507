"""Silence is claimed only where every part of a document was read and answered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate.ledger import Entry, Status
from annotate.viewer import view
from tests.support import drawn
from tests.support.drawn import TEXT

pytestmark = pytest.mark.usefixtures("second_domain")


def silence(path: Path, entries: tuple[Entry, ...], *refused: dict[str, Any]) -> Any:
    found = [drawn.annotation("a.txt", TEXT, 0, 16)]
    run = drawn.write(path, {"a.txt": TEXT}, found, entries, refused)
    data: Any = view(run).content.data
    row = data["documents"][0]["silence"]
    names = ["impact", "cause", "action"]
    return [names[i] for i in row["silent"]], [names[i] for i in row["open"]]


@pytest.mark.parametrize("status", ["ok", "repaired", "partial"])
def test_silence_is_claimed_where_every_chunk_was_answered(tmp_path: Path, status: Status) -> None:
    entries = drawn.whole(TEXT, status)
    assert silence(tmp_path / "run", entries) == (["cause", "action"], [])


@pytest.mark.parametrize("status", ["failed", "refused", "truncated", "unsent"])
def test_no_silence_is_claimed_beside_a_chunk_without_an_answer(
    tmp_path: Path, status: Status
) -> None:
    entries = (
        Entry("a.txt", 0, 0, 18, "ok"),
        Entry("a.txt", 1, 18, len(TEXT), status),
    )
    assert silence(tmp_path / "run", entries) == ([], ["cause", "action"])


@pytest.mark.parametrize("entries", [(), (Entry("a.txt", 0, 0, 18, "ok"),)], ids=["none", "half"])
def test_no_silence_is_claimed_where_part_of_the_text_is_in_no_chunk(
    tmp_path: Path, entries: tuple[Entry, ...]
) -> None:
    assert silence(tmp_path / "run", entries) == ([], ["cause", "action"])


def test_a_refused_answer_about_a_category_leaves_it_open(tmp_path: Path) -> None:
    row = drawn.refusal("a.txt", "x", item={"category": "cause"})
    entries = drawn.whole(TEXT, "partial")
    assert silence(tmp_path / "run", entries, row) == (["action"], ["cause"])
    row = drawn.refusal("a.txt", "x", item="no JSON")
    assert silence(tmp_path / "other", entries, row) == ([], ["cause", "action"])
    row = drawn.refusal("a.txt", "x", item={"category": "causes"})  # which of them was meant?
    assert silence(tmp_path / "third", entries, row) == ([], ["cause", "action"])
