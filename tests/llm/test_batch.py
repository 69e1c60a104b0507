"""Answers from elsewhere: a file of requests out, a file of results in, in any shape."""

import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import UsageError
from annotate.llm import batch as module
from annotate.llm.batch import export_requests, import_results
from annotate.llm.cache.exchange import Imported
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.pricing import Price
from tests.support.batch_files import SAID, completion, requests, result, written


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[Cache]:
    with Cache(tmp_path / "cache") as opened:
        yield opened


# ---- Export ----


def test_the_file_is_in_the_batch_format_to_the_letter(cache: Cache, tmp_path: Path) -> None:
    asked = requests()
    assert export_requests(asked, cache, tmp_path / "out.jsonl") == [tmp_path / "out.jsonl"]
    lines = (tmp_path / "out.jsonl").read_text(encoding="ascii").splitlines()
    ordered = sorted(asked, key=lambda each: each.key)
    assert lines == [
        json.dumps(
            {
                "custom_id": request.key,
                "method": "POST",
                "url": "/v1/chat/completions",
                "body": request.body,
            }
        )
        for request in ordered
    ]


def test_the_order_of_asking_does_not_change_the_file(cache: Cache, tmp_path: Path) -> None:
    asked = requests()
    export_requests(asked, cache, tmp_path / "a.jsonl")
    export_requests(asked[::-1], cache, tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()


@pytest.mark.parametrize(("name", "value"), [("MOST_REQUESTS", 2), ("MOST_BYTES", 600)])
def test_a_large_file_is_split(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: int
) -> None:
    monkeypatch.setattr(module, name, value)
    files = export_requests(requests(), cache, tmp_path / "out.jsonl")
    assert [path.name for path in files] == ["out.jsonl", "out-2.jsonl", "out-3.jsonl"]
    rows = [json.loads(line) for path in files for line in path.read_text().splitlines()]
    assert sorted(row["custom_id"] for row in rows) == sorted(r.key for r in requests())
    assert all(path.stat().st_size <= 600 for path in files)


def test_a_request_larger_than_a_file_gets_one_of_its_own(
    cache: Cache, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "MOST_BYTES", 10)
    assert len(export_requests(requests(3), cache, tmp_path / "out.jsonl")) == 3


def test_nothing_to_ask_writes_no_file(cache: Cache, tmp_path: Path) -> None:
    assert export_requests([], cache, tmp_path / "out.jsonl") == []
    assert not (tmp_path / "out.jsonl").exists()


def test_a_place_that_cannot_be_written_is_named(cache: Cache, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no folder"):
        export_requests(requests(), cache, tmp_path / "no folder" / "out.jsonl")


# ---- Import ----


def imported(cache: Cache, path: Path, *lines: Any, price: Price | None = None) -> Imported:
    return import_results(written(path, *lines), cache, price)


def test_results_in_any_order_come_into_the_cache(cache: Cache, tmp_path: Path) -> None:
    asked = requests(50)
    export_requests(asked, cache, tmp_path / "out.jsonl")
    lines = [result(request, {**completion(), "id": request.key}) for request in asked]
    random.Random(1).shuffle(lines)  # noqa: S311 (no secret)
    found = imported(cache, tmp_path / "in.jsonl", *lines, price=Price(1.0, 2.0))
    assert found == Imported(stored=50)
    for request in asked:
        kept = cache.get(request)
        assert kept is not None
        assert kept.reply["id"] == request.key
        assert kept.cost == 2.0
        assert not kept.retry


def test_an_answer_without_a_price_or_usage_has_no_cost(cache: Cache, tmp_path: Path) -> None:
    first, second, *_ = asked = requests()
    export_requests(asked, cache, tmp_path / "out.jsonl")
    imported(cache, tmp_path / "in.jsonl", result(first))
    imported(cache, tmp_path / "in.jsonl", result(second, {"choices": []}), price=Price(1.0, 1.0))
    for request in (first, second):
        kept = cache.get(request)
        assert kept is not None
        assert kept.cost is None


def test_what_is_worth_asking_again_is_marked(cache: Cache, tmp_path: Path) -> None:
    first, second, third, *_ = asked = requests()
    export_requests(asked, cache, tmp_path / "out.jsonl")
    bad = [completion('{"annotations": [', "length"), completion("no JSON"), {"choices": []}]
    lines = [result(request, body) for request, body in zip(asked, bad, strict=False)]
    assert imported(cache, tmp_path / "in.jsonl", *lines).stored == 3
    kept = [cache.get(request) for request in (first, second, third)]
    assert [each.retry for each in kept if each] == [True, True, True]


def test_the_first_answer_stays_unless_it_was_none(cache: Cache, tmp_path: Path) -> None:
    first, second, third, *_ = asked = requests()
    export_requests(asked, cache, tmp_path / "out.jsonl")
    cache.put(second, Stored({"paid": "before"}, 1.0))
    cache.put(third, Stored({"refused": "before"}, 1.0, retry=True))
    found = imported(
        cache,
        tmp_path / "in.jsonl",
        result(first, {**completion(), "id": "first"}),
        result(first, {**completion(), "id": "again"}),
        result(second),
        result(third, {**completion(), "id": "third"}),
        result(third, {"choices": []}),
    )
    assert (found.stored, found.already) == (2, 3)
    replies = [kept.reply for kept in map(cache.get, (first, second, third)) if kept]
    assert [reply.get("id") for reply in replies] == ["first", None, "third"]
    assert replies[1] == {"paid": "before"}


DAMAGE: list[Any] = [
    b"{",
    b"[]",
    b"7",
    b'"words"',
    b"\xff\xfe\xfd",
    b"[" * 100_000,
    {"no custom_id": 1},
]


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_line_is_named_and_the_others_go_on(
    cache: Cache, tmp_path: Path, damage: Any
) -> None:
    first, second, *_ = asked = requests()
    export_requests(asked, cache, tmp_path / "out.jsonl")
    found = imported(cache, tmp_path / "in.jsonl", result(first), damage, b"", result(second))
    assert (found.stored, found.failed, found.unknown) == (2, 1, 0)
    assert found.problems == [f"{tmp_path / 'in.jsonl'}:2: is not a line of a results file"]


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"response": None, "error": {"code": "batch_expired", "message": SAID}}, "batch_expired"),
        ({"response": None, "error": {"code": SAID}}, "no answer"),
        ({"response": None, "error": SAID}, "no answer"),
        ({"response": None}, "no response"),
        ({"response": SAID}, "no response"),
        ({"response": {"status_code": 500, "body": {"error": {"message": SAID}}}}, "answered 500"),
        ({"response": {"status_code": [SAID], "body": 1}}, "answered ?"),
    ],
)
def test_an_error_leaves_its_request_open_and_quotes_nothing(
    cache: Cache, tmp_path: Path, changes: dict[str, Any], says: str
) -> None:
    first, *_ = asked = requests()
    export_requests(asked, cache, tmp_path / "out.jsonl")
    found = imported(cache, tmp_path / "in.jsonl", result(first, **changes))
    assert (found.stored, found.failed) == (0, 1)
    assert says in found.problems[0]
    assert SAID not in found.problems[0]
    assert cache.get(first) is None


@pytest.mark.parametrize("custom_id", ["unknown", "", 7, None, ["x"]])
def test_a_line_that_was_never_asked_for_is_counted(
    cache: Cache, tmp_path: Path, custom_id: Any
) -> None:
    found = imported(
        cache, tmp_path / "in.jsonl", {**result(requests()[0]), "custom_id": custom_id}
    )
    assert (found.stored, found.unknown) == (0, 1)
    assert "was not exported from this cache" in found.problems[0]


def test_only_the_first_problems_are_told(cache: Cache, tmp_path: Path) -> None:
    found = imported(cache, tmp_path / "in.jsonl", *[b"{"] * 100)
    assert found.failed == 100
    assert len(found.problems) == 20


def test_a_file_that_is_not_there_is_named(cache: Cache, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl"):
        import_results(tmp_path / "none.jsonl", cache, None)


@pytest.mark.parametrize("value", [-1, 10**400, "many", True])
def test_a_number_of_tokens_that_cannot_be_true_is_left_out_by_line(
    cache: Cache, tmp_path: Path, value: Any
) -> None:
    asked = requests(2)
    export_requests(asked, cache, tmp_path / "out.jsonl")
    body = completion()
    body["usage"]["completion_tokens"] = value
    path = tmp_path / "in.jsonl"
    found = imported(cache, path, result(asked[0], body), result(asked[1]), price=Price(1, 1))
    assert (found.stored, found.failed) == (1, 1)
    assert found.problems[0].startswith(f"{path}:1: usage.completion_tokens is no number of tokens")
