"""`annotate cache`: answers that were paid for go elsewhere, and away."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.testing import Server
from tests.cli.conftest import Typed, found
from tests.support.printed import harmless
from tests.support.stored import REPLY, request


def test_a_cache_goes_elsewhere_and_is_replayed_offline(typed: Typed, here: Path) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        assert typed("run", "a.txt", "b.txt", *words, "--out", "one")[0] == 0
        assert len(server.chats) == 2
    code, out, _ = typed("cache", "stats", "--json")
    assert code == 0
    assert json.loads(out)["answers"] == 2
    assert "m: 2" in typed("cache", "stats")[1]
    assert typed("cache", "export", "--out", "c.jsonl")[1] == "2 answers in c.jsonl\n"
    elsewhere = ("--cache-dir", "elsewhere")
    assert typed("cache", "import", "c.jsonl", *elsewhere)[1] == "2 new answers\n"
    assert typed("cache", "import", "c.jsonl", *elsewhere)[1] == "0 new answers\n"
    offline = ("run", "a.txt", "b.txt", *words, "--offline", "--out", "two")
    assert typed(*offline, *elsewhere)[0] == 0
    for part in ("annotations.jsonl", "documents.jsonl"):
        assert (here / "one" / part).read_bytes() == (here / "two" / part).read_bytes()
    assert typed("cache", "prune", "--failed", *elsewhere)[1] == "0 answers removed\n"
    assert typed("cache", "prune", "--older-than", "1", *elsewhere)[1] == "0 answers removed\n"
    assert typed("cache", "prune", "--yes", *elsewhere)[1] == "2 answers removed\n"
    assert typed(*offline, "--out", "three", *elsewhere)[0] == 4


def test_a_cache_that_others_may_write_into_is_refused(typed: Typed, here: Path) -> None:
    (here / "shared").mkdir()
    (here / "shared").chmod(0o777)
    code, out, err = typed("cache", "stats", "--cache-dir", "shared")
    assert (code, out) == (2, "")
    assert "chmod go-w shared" in err


def test_what_was_spent_without_a_cap_counts_against_a_later_one(typed: Typed) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url, "--price", "100,100", "--out", "r")
        assert typed("run", "a.txt", *words, "--cache-dir", "one")[0] == 0
        spent = json.loads(typed("cache", "stats", "--json", "--cache-dir", "one")[1])["cost"]
        cap = ("--max-cost", f"{spent / 2:f}")
        code, _, err = typed("run", "a.txt", *words, *cap, "--cache-dir", "two")
        assert code == 5
        assert "raise the cap to go on" in err
        assert len(server.chats) == 1


def test_a_damaged_row_is_named_left_out_and_removed(typed: Typed, here: Path) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        assert typed("run", "a.txt", "b.txt", *words, "--out", "one")[0] == 0
        with closing(sqlite3.connect(here / ".annotate" / "cache" / "cache.db")) as base, base:
            (key,) = base.execute("SELECT key FROM Cache WHERE key NOT LIKE 'form%'").fetchone()
            base.execute("UPDATE Cache SET value = '{' WHERE key = ?", [key])
        named = f"row {key} of the cache is damaged"
        offer = "annotate cache prune --damaged removes them"
        code, out, err = typed("cache", "stats")
        assert (code, "1 answers, " in out, "1 rows are damaged" in out) == (0, True, True)
        assert named in err
        assert offer in err
        assert list(json.loads(typed("cache", "stats", "--json")[1])["damaged"]) == [key]
        code, out, err = typed("cache", "export", "--out", "c.jsonl")
        assert (code, out, named in err) == (0, "1 answers in c.jsonl\n", True)
        code, out, err = typed("run", "a.txt", "b.txt", *words, "--offline", "--out", "two")
        assert (code, named in err, offer in err) == (4, True, True)
        assert typed("cache", "prune", "--damaged", "--yes")[0] == 2
        code, out, _ = typed("cache", "prune", "--damaged")
        assert (code, out) == (0, "0 answers removed\n1 damaged rows removed\n")
        assert typed("cache", "stats")[2] == ""
        assert typed("run", "a.txt", "b.txt", *words, "--out", "three")[0] == 0
        assert len(server.chats) == 3  # the one alone that was damaged is paid for again


@pytest.mark.parametrize("age", ["-1", "-0.001", "nan", "inf", "-inf", "soon"])
def test_an_age_that_is_none_removes_nothing(typed: Typed, here: Path, age: str) -> None:
    with Cache(here / ".annotate" / "cache") as cache:
        cache.put(request(), Stored(REPLY))
    code, out, err = typed("cache", "prune", "--older-than", age)
    assert (code, out) == (2, "")
    assert "--older-than" in err
    assert json.loads(typed("cache", "stats", "--json")[1])["answers"] == 1


def test_a_folder_that_others_can_read_is_told_once(typed: Typed, here: Path) -> None:
    (here / "shared").mkdir()
    (here / "shared").chmod(0o755)
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url, "--cache-dir", "shared")
        code, _, err = typed("run", "a.txt", *words, "--out", "one")
    assert code == 0
    assert err.count("others can read") == 1


def test_a_hostile_name_of_a_model_steers_no_terminal(typed: Typed, here: Path) -> None:
    model = "m\x1b[2J\x9b31m\u202e\r\n\U000e0041"
    with Cache(here / ".annotate" / "cache") as cache:
        cache.put(request(model=model), Stored(REPLY))
    out = typed("cache", "stats")[1]
    assert "m\\u001b[2J\\u009b31m\\u202e" in out
    harmless(out)
    as_json = typed("cache", "stats", "--json")[1]
    harmless(as_json)
    assert json.loads(as_json)["models"] == {model: 1}


@pytest.mark.parametrize(
    ("costs", "said", "figure"),
    [
        ([], "they cost 0.0000 USD; ", 0.0),
        ([0.0, 0.5], "they cost 0.5000 USD; ", 0.5),
        ([None, None], "they cost an unknown amount; ", None),
        ([None, 0.5, None], "they cost 0.5000 USD, without 2 of unknown cost; ", 0.5),
    ],
)
def test_what_is_not_known_to_be_free_is_not_called_free(
    typed: Typed, here: Path, costs: list[float | None], said: str, figure: float | None
) -> None:
    with Cache(here / ".annotate" / "cache") as cache:
        for number, cost in enumerate(costs):
            cache.put(request(model=f"m{number}"), Stored(REPLY, cost))
    assert said in typed("cache", "stats")[1]
    figures = json.loads(typed("cache", "stats", "--json")[1])
    assert figures["cost"] == figure
    assert figures["unpriced"] == costs.count(None)
