"""A damaged row is left out, named and removed when asked; the others are served."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import diskcache
import pytest

from annotate.errors import CacheError
from annotate.llm.cache.exchange import export_answers
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache, Pruned
from tests.support.stored import REPLY, filled, request

BAD = request("text 1")
PAGE = 4096

Harm = Callable[[Path], None]


def _sql(folder: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(folder / "cache.db")) as base, base:
        base.execute(statement, values)


def _text(row: str) -> Harm:
    """Put another text where the row stands."""

    def harm(folder: Path) -> None:
        _sql(folder, "UPDATE Cache SET value = ? WHERE key = ?", row, BAD.key)

    return harm


def _value(value: object, mode: int = 1) -> Harm:
    """Put a value of another type where the row stands."""

    def harm(folder: Path) -> None:
        statement = "UPDATE Cache SET value = ?, mode = ? WHERE key = ?"
        _sql(folder, statement, value, mode, BAD.key)

    return harm


def _missing_file(folder: Path) -> None:
    with diskcache.Cache(str(folder), disk_min_file_size=0) as plain:
        plain[BAD.key] = "kept in a file of its own"
        plain.reset("disk_min_file_size", 2**26)
    for file in folder.rglob("*.val"):
        file.unlink()


def _file_of_bytes(folder: Path) -> None:
    with diskcache.Cache(str(folder), disk_min_file_size=0) as plain:
        plain[BAD.key] = "kept in a file of its own"
        plain.reset("disk_min_file_size", 2**26)
    for file in folder.rglob("*.val"):
        file.write_bytes(b"\xff\xfe")


def _named(filename: object) -> Harm:
    """Let the row name a file."""

    def harm(folder: Path) -> None:
        statement = "UPDATE Cache SET value = NULL, mode = 3, filename = ? WHERE key = ?"
        _sql(folder, statement, filename, BAD.key)

    return harm


def _changed(**members: object) -> Harm:
    """Change members of the row."""

    def harm(folder: Path) -> None:
        with closing(sqlite3.connect(folder / "cache.db")) as base, base:
            query = "SELECT value FROM Cache WHERE key = ?"
            row = json.loads(base.execute(query, [BAD.key]).fetchone()[0])
            if members.keys() & {"cost", "seconds"}:
                del row["digest"]  # as an older version kept it: the numbers are looked at
            changed = json.dumps({**row, **members})
            base.execute("UPDATE Cache SET value = ? WHERE key = ?", [changed, BAD.key])

    return harm


HARMS = {
    "bad JSON": _text('{"request": "'),
    "empty": _text(""),
    "a list": _text("[]"),
    "an empty object": _text("{}"),
    "nested": _text("[" * 100_000),
    "bytes": _value(b"{}"),
    "bytes for text": _value(b"\xff\xfe{}"),
    "a number": _value(3),
    "a real": _value(0.5),
    "nothing": _value(None),
    "text mode without a file": _value(None, mode=3),
    "another mode": _value("{}", mode=9),
    "missing file": _missing_file,
    "a file that is not UTF-8": _file_of_bytes,
    "a folder for a file": _named("."),
    "a name that no file has": _named("a\0b"),
    "a number for a file": _named(3),
    "no request": _changed(request=None),
    "another request": _changed(request=request("text 2").canonical),
    "a request that is no JSON": _changed(request='{"body":{oops}'),
    "cost of a wrong type": _changed(cost="a lot"),
    "time of a wrong type": _changed(seconds=None),
    "retry of a wrong type": _changed(retry=1),
    "cost beyond any float": _changed(cost=10**400),
    "cost below nothing": _changed(cost=-5),
    "cost of no number": _changed(cost=float("nan")),
    "time without an end": _changed(seconds=float("inf")),
    "another digest": _changed(digest="0"),
    "another reply": _changed(reply={"content": "P32D"}),
    "stored of a wrong type": _changed(stored="today"),
}


@pytest.fixture(params=HARMS)
def harmed(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    folder = tmp_path / "c"
    filled(folder).close()
    HARMS[request.param](folder)
    return folder


def test_every_use_of_a_cache_serves_the_other_rows_and_names_the_damaged_one(
    harmed: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with Cache(harmed) as cache:
        assert cache.get(BAD) is None
        assert cache.get(request("text 0")) == Stored(REPLY, 0.25, 1.5, True)
        assert len(list(cache.rows())) == 2
        figures = cache.stats()
        assert figures["answers"] == 2
        assert list(figures["damaged"]) == [BAD.key]
        assert export_answers(cache, harmed.parent / "out.jsonl") == 2
    said = caplog.text
    assert said.count(f"{harmed}: row {BAD.key} of the cache is damaged (") == 1
    assert "annotate cache prune --damaged removes" in said


def test_an_answer_takes_the_place_of_a_damaged_row(harmed: Path) -> None:
    with Cache(harmed) as cache:
        assert cache.add(BAD, Stored(REPLY, 0.5)) == Stored(REPLY, 0.5)
        assert cache.get(BAD) == Stored(REPLY, 0.5)
        assert cache.damaged == {}
        assert cache.stats()["answers"] == 3


def test_pruning_damaged_rows_leaves_the_answers(harmed: Path) -> None:
    with Cache(harmed) as cache:
        assert cache.prune(older_than_days=1) == Pruned()
        assert cache.prune_damaged() == Pruned(damaged=1)
        assert cache.stats()["answers"] == 2
        assert cache.stats()["damaged"] == {}
        assert cache.prune_damaged() == Pruned()


def test_pruning_all_takes_damaged_rows_too(harmed: Path) -> None:
    with Cache(harmed) as cache:
        assert cache.prune() == Pruned(answers=2, damaged=1)
        assert cache.stats()["damaged"] == {}


def test_what_was_prepared_is_prepared_anew(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    with Cache(folder) as cache:
        cache.prepared.put(Kind.PRICE, "m", [1.0, 2.0])
        cache.prepared.put(Kind.PRICE, "n", [1.0, 2.0])
    _sql(folder, "UPDATE Cache SET value = '{}' WHERE key = 'form:price:m'")
    with Cache(folder) as cache:
        assert cache.prepared.get(Kind.PRICE, "m") is None
        assert list(cache.stats()["damaged"]) == ["form:price:m"]
        assert cache.prune_damaged() == Pruned(damaged=1)
        assert cache.prepared.get(Kind.PRICE, "n") == [1.0, 2.0]


@pytest.mark.parametrize("key", [3, 0.5, b"\xff", None, ""])
def test_a_key_that_annotate_cannot_have_written_is_damage(tmp_path: Path, key: object) -> None:
    folder = tmp_path / "c"
    filled(folder).close()
    _sql(folder, "UPDATE Cache SET key = ? WHERE key = ?", key, BAD.key)
    with Cache(folder) as cache:
        assert cache.get(BAD) is None
        assert cache.stats()["answers"] == 2
        assert len(cache.damaged) == 1
        assert cache.prune_damaged() == Pruned(damaged=1)
        assert cache.stats()["answers"] == 2


def test_the_names_of_many_damaged_rows_are_few(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "c"
    filled(folder, 50).close()
    _sql(folder, "UPDATE Cache SET value = ''")
    with Cache(folder) as cache:
        assert len(cache.stats()["damaged"]) == 50
    assert caplog.text.count("of the cache is damaged") == 20
    assert "30 more rows" in caplog.text


# ---- Damage of the database itself ----


def _large(folder: Path) -> None:
    with Cache(folder) as cache:
        for number in range(40):
            cache.put(request(f"text {number} " + "x" * 20_000), Stored(REPLY))


def _pages(folder: Path) -> int:
    return (folder / "cache.db").stat().st_size // PAGE


def _lose(folder: Path, page: int) -> None:
    """Overwrite a page of the database with nothing."""
    with (folder / "cache.db").open("r+b") as file:
        file.seek(page * PAGE)
        file.write(bytes(PAGE))


@pytest.mark.parametrize("share", [0.2, 0.4, 0.6, 0.8, 0.99])
def test_a_page_that_is_lost_costs_the_rows_on_it_alone(tmp_path: Path, share: float) -> None:
    folder = tmp_path / "c"
    _large(folder)
    _lose(folder, int(share * _pages(folder)))
    with Cache(folder) as cache:
        figures = cache.stats()
        assert 30 <= figures["answers"] < 40 or figures["damaged"].keys() == {"index"}
        assert export_answers(cache, tmp_path / "out.jsonl") == figures["answers"]
        cache.prune_damaged()
        assert cache.stats()["answers"] == figures["answers"]


def _page_of(folder: Path, name: str) -> int:
    query = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
    with closing(sqlite3.connect(folder / "cache.db")) as base:
        return int(base.execute(query, [name]).fetchone()[0])


def test_without_the_index_of_the_keys_all_answers_are_still_exported(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    _large(folder)
    _lose(folder, _page_of(folder, "Cache_key_raw") - 1)
    with Cache(folder) as cache:
        assert cache.stats()["answers"] == 40
        assert "index" in cache.damaged
        assert export_answers(cache, tmp_path / "out.jsonl") == 40


def test_without_the_table_what_is_left_is_said(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    _large(folder)
    _lose(folder, _page_of(folder, "Cache") - 1)
    with Cache(folder) as cache:
        assert cache.stats()["answers"] == 0
        assert len(cache.damaged) == 40
        assert cache.prune_damaged() == Pruned(stuck=40)


def test_a_file_that_was_cut_off_serves_what_is_left(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    _large(folder)
    with (folder / "cache.db").open("r+b") as file:
        file.truncate((_pages(folder) - 3) * PAGE - 100)
    with Cache(folder) as cache:
        assert cache.stats()["answers"] == 39
        assert len(cache.damaged) == 1
        assert export_answers(cache, tmp_path / "out.jsonl") == 39


def test_a_database_that_is_none_is_an_error_with_a_remedy(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    _large(folder)
    with (folder / "cache.db").open("r+b") as file:
        file.write(bytes(PAGE))
    with pytest.raises(CacheError, match="cannot be opened") as refused:
        Cache(folder)
    assert str(folder) in str(refused.value)


# ---- A flipped bit ----


def test_no_flipped_bit_makes_another_answer(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    kept = Stored({"content": "for 22 days: P22D", "list": [1, 2.5, None]}, 0.25, 1.5)
    with Cache(folder) as cache:
        cache.put(BAD, kept)
    with closing(sqlite3.connect(folder / "cache.db")) as base:
        (row,) = base.execute("SELECT CAST(value AS BLOB) FROM Cache").fetchone()
    with Cache(folder) as cache:
        for place in range(len(row)):
            flipped = bytearray(row)
            flipped[place] ^= 1 << place % 8  # another bit in each byte
            _sql(folder, "UPDATE Cache SET value = CAST(? AS TEXT)", bytes(flipped))
            assert cache.get(BAD) in (kept, None), place


def test_a_row_of_an_older_version_has_no_digest_and_is_served(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    filled(folder).close()
    with closing(sqlite3.connect(folder / "cache.db")) as base, base:
        for number, value in base.execute("SELECT rowid, value FROM Cache").fetchall():
            row = json.loads(value)
            del row["digest"]
            base.execute("UPDATE Cache SET value = ? WHERE rowid = ?", [json.dumps(row), number])
    with Cache(folder) as cache:
        assert cache.get(BAD) == Stored(REPLY, 0.25, 1.5)
        assert cache.stats()["damaged"] == {}
