"""Whatever became of a cache, it gives back what was kept, or nothing, or says what is wrong."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from functools import cache as once
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import CacheError
from annotate.llm.cache.exchange import export_answers
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from tests.support.stored import REPLY, filled, request

KEYS = st.integers(0, 3)
STEPS = st.lists(
    st.tuples(st.just("add"), KEYS, st.sampled_from(["a", "b"]))
    | st.tuples(st.just("damage"), KEYS, st.text(max_size=30))
    | st.tuples(st.sampled_from(["reopen", "prune"]), KEYS, st.just("")),
    max_size=12,
)


def answer(content: str) -> Stored:
    return Stored({"content": content}, 0.5)


def damage(folder: Path, number: int, text: str) -> None:
    with closing(sqlite3.connect(folder / "cache.db")) as base, base:
        key = request(f"text {number}").key
        base.execute("UPDATE Cache SET value = ? WHERE key = ?", (text, key))


@given(STEPS)
def test_answers_and_damage_in_any_order(steps: Sequence[tuple[str, int, str]]) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name) / "c"
        kept: dict[int, Stored] = {}
        cache = Cache(folder)
        for step, number, text in steps:
            if step == "add":
                kept.setdefault(number, answer(text))
                assert cache.add(request(f"text {number}"), answer(text)) == kept[number]
            elif step == "damage":
                damage(folder, number, text)
                kept.pop(number, None)
            elif step == "prune":
                cache.prune_damaged()
            else:
                cache.close()
                cache = Cache(folder)
            for each in range(4):
                assert cache.get(request(f"text {each}")) == kept.get(each)
        assert export_answers(cache, folder.parent / "out.jsonl") == len(kept)
        cache.close()


@once
def database() -> bytes:
    """Return the file of a cache with six answers."""
    with TemporaryDirectory() as name:
        filled(Path(name) / "c", 6).close()
        file = Path(name) / "c" / "cache.db"
        with closing(sqlite3.connect(file)) as base:
            base.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return file.read_bytes()


@given(st.data())
def test_a_file_in_which_anything_was_overwritten(data: st.DataObject) -> None:
    whole = database()
    torn = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 3))):
        place = data.draw(st.integers(0, len(whole) - 1))
        torn[place : place + 8] = data.draw(st.binary(min_size=1, max_size=8))
    torn = torn[: data.draw(st.sampled_from([len(torn), len(torn) - 1000]))]
    with TemporaryDirectory() as name:
        folder = Path(name) / "c"
        folder.mkdir(mode=0o700)
        (folder / "cache.db").write_bytes(torn)
        try:
            with Cache(folder) as cache:
                for number in range(6):
                    found = cache.get(request(f"text {number}"))
                    assert found in (Stored(REPLY, 0.25, 1.5, number == 0), None)
                export_answers(cache, folder.parent / "out.jsonl")
        except CacheError as error:
            assert str(folder) in str(error)  # noqa: PT017 (either ending is right)
