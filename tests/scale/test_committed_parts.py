"""Which parts are kept: once, and what was left open until it is done again."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from pathlib import Path

import pyarrow as pa
import pytest

from annotate.errors import UsageError
from annotate.project.settings import resolve_settings
from annotate.runs.parts import Parts
from annotate.runs.tally import Tally
from annotate.scale.accountant import Accountant
from annotate.scale.committed_parts import CommittedParts, Refused
from annotate.scale.document_hashes import hashes_of, hashes_of_sources
from annotate.scale.plan import Plan
from annotate.scale.tables import empty_table


def sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def commit(
    kept: CommittedParts,
    parts: Parts,
    name: str,
    documents: Sequence[str] = (),
    unread: Sequence[str] = (),
    *,
    portion: str = "p",
) -> Refused | None:
    """Write and commit a part; it is open where something was unread, or its name says so."""
    tally = Tally()
    tally.counts |= {"documents": len(documents), "unreadable": len(unread)}
    hashed = [sha256(each) for each in documents]
    _write(parts, name, "documents", {"document": documents, "text_sha256": hashed})
    _write(parts, name, "unreadable", {"source": unread})
    said = {
        "open": bool(unread) or "open" in name,
        "rows": {"documents": len(documents), "unreadable": len(unread)},
        "figures": tally.to_json(),
        "found": {},
    }
    hashes = hashes_of((each, sha256(each)) for each in documents)
    return asyncio.run(kept.commit(portion, name, said, hashes, hashes_of_sources(unread)))


def _write(parts: Parts, name: str, table: str, columns: dict[str, Sequence[str]]) -> None:
    schema = empty_table(table).schema
    number = len(next(iter(columns.values())))
    rows = {column: columns.get(column, [None] * number) for column in schema.names}
    parts.write_table(table, name, pa.Table.from_pydict(rows, schema=schema))


def opened(parts: Parts, life: str) -> CommittedParts:
    parts.begin()
    kept = CommittedParts(parts, life)
    kept.open()
    return kept


def test_what_was_left_open_stays_until_it_is_done_again(tmp_path: Path) -> None:
    parts = Parts.at(tmp_path)
    first = opened(parts, "first")
    commit(first, parts, "final", ["a", "b"])
    commit(first, parts, "open-1", ["c"], ["x:3"])
    commit(first, parts, "open-2", [], ["y:1"])
    commit(first, parts, "open-3", [], ["z:1"])

    second = opened(parts, "second")
    assert parts.committed() == ["final", "open-1", "open-2", "open-3"]
    assert second.tally.counts["documents"] == 3
    standing = second.find("p", hashes_of([("a", sha256("a")), ("b", sha256("")), ("c", "0" * 64)]))
    assert standing.kept.tolist() == [True, False, False]
    assert standing.edited.tolist() == [False, True, False]

    commit(second, parts, "again", ["c"])
    commit(second, parts, "open-2", [], ["y:1"])
    assert parts.committed() == ["again", "final", "open-2", "open-3"]
    second.end()
    assert parts.committed() == ["again", "final", "open-2"], "z:1 can be read, or is gone"
    assert second.tally.counts["documents"] == 3
    assert second.tally.counts["unreadable"] == 1


def test_a_document_is_committed_once(tmp_path: Path) -> None:
    parts = Parts.at(tmp_path)
    kept = opened(parts, "first")
    assert commit(kept, parts, "one", ["a", "b"]) is None
    assert commit(kept, parts, "one", ["a", "b"]) is None, "the call, made again"
    same = commit(kept, parts, "two", ["b", "c"])
    assert same is not None
    assert (same.there.tolist(), same.others.tolist()) == ([True, False], [False, False])
    other = commit(kept, parts, "three", ["b", "c"], portion="q")
    assert other is not None
    assert other.others.tolist() == [True, False]
    assert parts.committed() == ["one"]


def test_of_two_commands_that_wrote_the_same_at_once_one_part_stays(tmp_path: Path) -> None:
    parts = Parts.at(tmp_path)
    one, two = opened(parts, "one"), opened(parts, "two")
    commit(one, parts, "p1", ["a", "b"])
    commit(two, parts, "p2", ["b", "c"])
    assert opened(parts, "three").tally.counts["documents"] == 2
    assert parts.committed() == ["p1"]


def test_a_folder_is_written_by_one_command_at_a_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)

    async def opened_by(life: str) -> object:
        plan = Plan(str(tmp_path / "run"), {"task": "t"}, resolve_settings({}), life)
        return await Accountant(plan, patience=0.3).open()

    assert asyncio.run(opened_by("one")) is None
    second = asyncio.run(opened_by("two"))
    assert isinstance(second, UsageError)
    assert "another annotate is writing this run" in str(second)
