"""A cache as a file: the same answers make the same bytes, and a damaged line is named."""

import json
import lzma
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from annotate.errors import CacheError, UsageError
from annotate.llm.cache.exchange import Imported, export_answers, import_answers
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
            assert import_answers(other, part) == Imported(stored=1)
        assert import_answers(other, first) == Imported(already=20)
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
def test_a_damaged_line_is_named_and_left_out(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "in.jsonl"
    with filled(tmp_path / "c", 2) as cache:
        export_answers(cache, file)
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([lines[0], damage, lines[1]]) + b"\n")
    with Cache(tmp_path / "d") as other:
        imported = import_answers(other, file)
        assert (imported.stored, imported.failed, imported.complete) == (2, 1, False)
        (problem,) = imported.problems
        assert problem.startswith(f"{file}:2: is left out: ")
        assert problem.endswith("mend the line, or export it again")
        assert "words of the text" not in problem
        assert other.stats()["answers"] == 2


@pytest.mark.parametrize("name", ["cost", "seconds", "prompt_tokens", "completion_tokens"])
@pytest.mark.parametrize(
    "value", ["1e400", "NaN", "-Infinity", "-5", "1" + "0" * 400, "true", '"3"']
)
def test_a_number_that_cannot_be_true_is_left_out_by_line(
    tmp_path: Path, name: str, value: str
) -> None:
    file = tmp_path / "in.jsonl"
    usage = {"prompt_tokens": 123, "completion_tokens": 123}
    with Cache(tmp_path / "c") as cache:
        cache.put(request(), Stored({**REPLY, "usage": usage}, 123, 123))
        export_answers(cache, file)
    line = re.sub(', "digest": "[0-9a-f]*"', "", file.read_text())  # as an older version wrote it
    changed = re.sub(f'"{name}": 123', f'"{name}": {value}', line)
    assert changed != line
    file.write_text(changed + line)
    with Cache(tmp_path / "d") as other:
        imported = import_answers(other, file)
        assert (imported.stored, imported.failed) == (1, 1)
        assert name in imported.problems[0]
        assert other.stats()["cost"] == 123


def test_a_line_that_was_changed_is_left_out(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    with Cache(tmp_path / "c") as cache:
        cache.put(request(), Stored({"content": "P22D"}))
        cache.put(request("other"), Stored({"content": "P22D"}))
        export_answers(cache, file)
    file.write_text(file.read_text().replace("P22D", "P32D", 1))
    with Cache(tmp_path / "d") as other:
        imported = import_answers(other, file)
        assert (imported.stored, imported.failed) == (1, 1)
        assert "digest does not fit" in imported.problems[0]


def test_a_file_without_digests_is_read(tmp_path: Path) -> None:
    file = tmp_path / "in.jsonl"
    with filled(tmp_path / "c") as cache:
        export_answers(cache, file)
    file.write_text(re.sub('"digest": "[0-9a-f]*", ', "", file.read_text()))
    assert "digest" not in file.read_text()
    with Cache(tmp_path / "d") as other:
        assert import_answers(other, file) == Imported(stored=3)


REFUSED = {"choices": [{"message": {"content": None, "refusal": "No."}}]}
GOOD, BETTER = Stored(REPLY, 0.5, 1.0), Stored({**REPLY, "id": "later"}, 0.5, 1.0)
BAD, WORSE = Stored(REFUSED, 0.1, 1.0, True), Stored({"choices": []}, 0.1, 1.0, True)


@pytest.mark.parametrize(
    ("kept", "imported", "stays"),
    [
        (None, GOOD, GOOD),
        (None, BAD, BAD),
        (BAD, GOOD, GOOD),
        (GOOD, BAD, GOOD),
        (GOOD, BETTER, GOOD),
        (BAD, WORSE, BAD),
        (BAD, replace(WORSE, retry=False), BAD),  # called usable by whoever wrote the file
    ],
)
def test_the_first_usable_answer_stays(
    tmp_path: Path, kept: Stored | None, imported: Stored, stays: Stored
) -> None:
    file = tmp_path / "in.jsonl"
    with Cache(tmp_path / "there") as there, Cache(tmp_path / "here") as here:
        there.put(request(), imported)
        export_answers(there, file)
        if kept is not None:
            here.put(request(), kept)
        import_answers(here, file)
        assert here.get(request()) == stays


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        with pytest.raises(CacheError, match=r"none\.jsonl"):
            import_answers(cache, tmp_path / "none.jsonl")
        with pytest.raises(UsageError, match="cannot be written"):
            export_answers(cache, tmp_path / "no folder" / "out.jsonl")


def test_a_packed_file_holds_the_same_lines_in_little_room(tmp_path: Path) -> None:
    plain, packed = tmp_path / "all.jsonl", tmp_path / "all.jsonl.xz"
    with filled(tmp_path / "c", 200) as cache:
        assert export_answers(cache, plain) == export_answers(cache, packed) == 200
    assert lzma.decompress(packed.read_bytes()) == plain.read_bytes()
    assert packed.stat().st_size < plain.stat().st_size / 2
    with Cache(tmp_path / "d") as other:
        assert import_answers(other, packed) == Imported(stored=200)


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (lambda: b'{"format": 1}\n', "cannot be unpacked"),
        (lambda: lzma.compress(b'{"format": 1}\n' * 9)[:-20], "cannot be unpacked"),
        (lambda: lzma.compress(b" " * (65 << 20), preset=0), "holds a line that no answer needs"),
    ],
    ids=["not packed", "cut", "a line that fills the memory"],
)
def test_a_packed_file_that_cannot_be_used_is_named(
    tmp_path: Path, made: Callable[[], bytes], said: str
) -> None:
    file = tmp_path / "all.jsonl.xz"
    file.write_bytes(made())  # here, since every worker imports this module
    with (
        Cache(tmp_path / "c") as cache,
        pytest.raises(CacheError, match=rf"all\.jsonl\.xz: {said}"),
    ):
        import_answers(cache, file)
