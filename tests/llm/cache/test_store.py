"""The store of answers: what it keeps comes back, and nothing else does."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import diskcache
import pytest

from annotate.errors import CacheError
from annotate.llm.batch import export_requests
from annotate.llm.cache.exchange import export_answers, import_answers
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache, Pruned
from annotate.llm.endpoint import endpoint
from annotate.llm.request import Request
from tests.support.stored import REPLY, URL, body, filled, request

KEY = "sk-secret-0123456789"


# ---- Keys ----


def test_an_answer_comes_back_as_it_was_kept(tmp_path: Path) -> None:
    stored = Stored({"words": "café 🦉 \u2028 \r\n", "list": [1, None]}, 0.5, 2.0, True)
    with Cache(tmp_path / "c") as cache:
        cache.put(request(), stored)
    with Cache(tmp_path / "c") as cache:
        assert cache.get(request()) == stored
        assert cache.get(request("other")) is None


@pytest.mark.parametrize(
    "other",
    [
        Request(body("Beta sued Acme"), URL),
        Request(body(temperature=0.1), URL),
        Request(body(max_completion_tokens=9), URL),
        Request(body(model="n"), URL),
        Request(body(response_format={"type": "json_object"}), URL),
        Request(body(), "http://127.0.0.1:8/v1"),
        Request(body(), URL, repeat=1),
    ],
)
def test_whatever_is_sent_belongs_to_the_key(tmp_path: Path, other: Request) -> None:
    assert other.key != request().key
    with Cache(tmp_path / "c") as cache:
        cache.put(request(), Stored(REPLY))
        assert cache.get(other) is None


def test_an_answer_under_the_key_of_another_request_is_left_out(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        cache.put(request("Beta sued Acme"), Stored(REPLY))
    with diskcache.Cache(str(tmp_path / "c")) as plain:
        plain[request().key] = plain[request("Beta sued Acme").key]
    with Cache(tmp_path / "c") as cache:
        assert cache.get(request()) is None
        assert list(cache.damaged) == [request().key]
        assert cache.stats()["answers"] == 1


def test_a_lone_surrogate_is_kept(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        cache.put(request("half \ud83d"), Stored({"content": "half \ude00"}))
        found = cache.get(request("half \ud83d"))
        assert found is not None
        assert found.reply == {"content": "half \ude00"}
        assert export_answers(cache, tmp_path / "out.jsonl") == 1
    with Cache(tmp_path / "d") as other:
        assert import_answers(other, tmp_path / "out.jsonl").stored == 1
        assert other.get(request("half \ud83d")) == found


def test_a_reply_that_is_nested_too_deeply_is_an_error(tmp_path: Path) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with Cache(tmp_path / "c") as cache, pytest.raises(CacheError, match="nested too deeply"):
        cache.put(request(), Stored(deep))
    while deep:  # taken apart by hand: the interpreter would do it recursively
        deep = deep[0]


def test_no_key_of_the_environment_is_in_the_folder(tmp_path: Path) -> None:
    url = f"http://user:{KEY}@127.0.0.1:9/v1?key={KEY}"
    with Cache(tmp_path / "c") as cache:
        cache.put(Request(body(), endpoint(url)), Stored(REPLY))
        export_answers(cache, tmp_path / "out.jsonl")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


# ---- Figures and removal ----


def test_stats_count_by_model(tmp_path: Path) -> None:
    with filled(tmp_path / "c") as cache:
        cache.put(request(model="n"), Stored(REPLY))
        cache.prepared.put(Kind.REQUEST_FORM, "prepared", {"body": {}})
        figures = cache.stats()
    assert figures["answers"] == 4
    assert figures["cost"] == 0.75
    assert figures["retry"] == 1
    assert figures["models"] == {"m": 3, "n": 1}
    assert figures["folder"] == str(tmp_path / "c")
    assert figures["bytes"] > 0


def test_prune_takes_what_it_is_told_and_leaves_what_was_prepared(tmp_path: Path) -> None:
    with filled(tmp_path / "c") as cache:
        cache.prepared.put(Kind.REQUEST_FORM, "prepared", {"body": {}})
        assert cache.prune(older_than_days=1) == Pruned()
        assert cache.prune(retry_only=True) == Pruned(answers=1)
        assert cache.stats()["answers"] == 2
        assert cache.prune() == Pruned(answers=2)
        assert cache.stats()["answers"] == 0
        assert cache.prepared.get(Kind.REQUEST_FORM, "prepared") == {"body": {}}


# ---- Requests that are kept for a batch ----

ASKED = [request(f"a whole text {number} " + "of a document " * 2000) for number in range(3)]


@pytest.fixture
def exported(tmp_path: Path) -> Cache:
    """A cache from which three requests went into a batch; the first is answered, one refused."""
    cache = Cache(tmp_path / "c")
    export_requests(ASKED, cache, tmp_path / "batch.jsonl")
    cache.put(ASKED[0], Stored(REPLY))
    cache.put(ASKED[1], Stored(REPLY, retry=True))
    return cache


def test_pruning_all_leaves_no_text_of_a_request_in_the_folder(
    exported: Cache, tmp_path: Path
) -> None:
    assert exported.stats()["batch_requests"] == 3
    assert exported.prune() == Pruned(answers=2, batch_requests=3)
    assert exported.stats()["batch_requests"] == 0
    exported.close()
    for path in (tmp_path / "c").rglob("*"):
        assert path.is_dir() or b"of a document" not in path.read_bytes(), path


def test_a_request_for_a_batch_goes_when_it_is_answered_or_old(
    exported: Cache, tmp_path: Path
) -> None:
    with exported:
        assert exported.prune(retry_only=True) == Pruned(answers=1)
        assert exported.prune(older_than_days=1) == Pruned(batch_requests=1)
        with closing(sqlite3.connect(tmp_path / "c" / "cache.db")) as base, base:
            old = [f"form:batch:{ASKED[1].key}"]
            base.execute("UPDATE Cache SET store_time = store_time - 90000 WHERE key = ?", old)
        assert exported.prune(older_than_days=1) == Pruned(batch_requests=1)
        left = exported.prepared.get(Kind.BATCH_REQUEST, ASKED[2].key)
        assert Request.from_json(left) == ASKED[2]
        assert exported.get(ASKED[0]) == Stored(REPLY)
