"""A cache as a file: the same answers make the same bytes, and a damaged line is named."""

import json
from pathlib import Path

import pytest

from annotate.errors import CacheError, UsageError
from annotate.llm.cache.exchange import export_answers, import_answers
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request
from tests.support.stored import REPLY, filled, request


def test_an_exported_cache_is_the_same_bytes_after_a_round_trip(tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    with filled(tmp_path / "c", 20) as cache:
        assert export_answers(cache, first) == 20
    with Cache(tmp_path / "d") as other:
        for line in reversed(first.read_text().splitlines()):
            part = tmp_path / "part.jsonl"
            part.write_text(line)
            assert import_answers(other, part) == 1
        assert import_answers(other, first) == 0
        assert export_answers(other, second) == 20
        assert other.get(request("text 0")) == Stored(REPLY, 0.25, 1.5, True)
    assert first.read_bytes() == second.read_bytes()
    keys = [
        Request(row["request"]["body"], row["request"]["endpoint"]).key
        for row in map(json.loads, first.read_text().splitlines())
    ]
    assert keys == sorted(keys)
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(
        ["c", "d", "first.jsonl", "part.jsonl", "second.jsonl"]
    )


@pytest.mark.parametrize(
    "damage",
    [
        b'{"format": 1, "request": {"body": {"model": "m"',
        b"[]",
        b"3",
        b'"words of the text"',
        b"\xff\xfe",
        b"[" * 100_000,
        b"{}",
        json.dumps({"format": 2}).encode(),
        json.dumps(
            {"format": 1, "request": {"body": [], "endpoint": "", "repeat": 0}, "reply": 1}
            | {"cost": 0, "seconds": 0, "retry": False}
        ).encode(),
        json.dumps(
            {"format": 1, "request": {"body": {}, "endpoint": "", "repeat": 0}, "reply": 1}
            | {"cost": "1", "seconds": 0, "retry": False}
        ).encode(),
    ],
)
def test_a_damaged_line_is_named_and_what_stands_before_it_is_kept(
    tmp_path: Path, damage: bytes
) -> None:
    file = tmp_path / "in.jsonl"
    with filled(tmp_path / "c", 2) as cache:
        export_answers(cache, file)
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([lines[0], damage, lines[1]]) + b"\n")
    with Cache(tmp_path / "d") as other:
        with pytest.raises(CacheError) as refused:
            import_answers(other, file)
        assert f"{file}:2: " in str(refused.value)
        assert "words of the text" not in str(refused.value)
        assert other.stats()["answers"] == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        with pytest.raises(CacheError, match=r"none\.jsonl"):
            import_answers(cache, tmp_path / "none.jsonl")
        with pytest.raises(UsageError, match="cannot be written"):
            export_answers(cache, tmp_path / "no folder" / "out.jsonl")
