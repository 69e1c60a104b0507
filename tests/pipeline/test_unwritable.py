"""What cannot be written ends a run in one message, and no more is bought."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.errors import CacheError, UsageError
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.conftest import INCIDENTS
from tests.support import endpoints, forks
from tests.support.endpoints import Place, truthful
from tests.support.many import lines


def test_a_full_disk_ends_in_one_message(tmp_path: Path) -> None:
    large = lines(tmp_path / "large.jsonl", 120, 3000)
    out = tmp_path / "run"
    words = ["run", str(large), "--out", str(out)]
    with forks.started(INCIDENTS, words, tmp_path / "printed", forks.small_files(100_000)) as fork:
        assert fork.ended() == 2
        said = fork.stderr.splitlines()[1:]
    assert said == [f"annotate: {out}: cannot be written (File too large)"]
    assert not out.exists()


def test_when_the_disk_is_full_no_more_is_bought_than_is_under_way(
    place: Place, tmp_path: Path
) -> None:
    paths = place.write(*[endpoints.report(i, 10) for i in range(200)])
    with Server(truthful, Rule(b.late(0.01))) as server:
        words = [*place.arguments(server, *paths), "--concurrency", "4"]
        small = forks.small_files(300_000)
        with forks.started(place.folder, words, tmp_path / "printed", small) as fork:
            assert fork.ended() in (2, 5)
            said = fork.stderr
        sent = len(server.chats)
        assert len(said.splitlines()) == 1
        assert "cache" in said
        assert "Traceback" not in said
        assert sent < 200
        assert sent - len(place.stored()) <= 4
        server.reset()
        assert place.run(server, paths).complete
        assert len(server.chats) <= 200 - (sent - 4)


def test_a_cache_folder_that_is_read_only_buys_nothing(
    bound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(endpoints.project(bound / "project"))
    monkeypatch.chdir(place.folder)
    cache = bound / "cache"
    cache.mkdir(mode=0o500)
    with Server(truthful) as server, pytest.raises(CacheError, match=str(cache)):
        place.run(server, place.write("Search was slow."), cache_dir=cache)
    assert server.chats == ()


@pytest.mark.parametrize("where", ["cache_dir", "out"])
def test_a_folder_that_cannot_be_one_buys_nothing(place: Place, where: str) -> None:
    file = place.folder / "file"
    file.write_text("I am a file")
    settings: dict[str, Any] = {where: file / "below"}
    given = {"out": place.folder / "run", "model": "m", **settings}
    with Server(truthful) as server, pytest.raises((CacheError, UsageError), match="file"):
        annotate.run(place.write("Search was slow."), base_url=server.base_url, **given)
    assert server.chats == ()


def test_a_damaged_row_of_the_cache_is_asked_for_again_alone(
    place: Place, caplog: pytest.LogCaptureFixture
) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(3)])
    with Server(truthful) as server:
        place.run(server, paths)
        connection = sqlite3.connect(place.cache / "cache.db")
        with connection:
            rows = "SELECT key FROM Cache WHERE key NOT LIKE 'form:%'"
            (key,) = connection.execute(rows).fetchone()
            connection.execute("UPDATE Cache SET value = '{' WHERE key = ?", [key])
        connection.close()
        assert place.run(server, paths).complete
        assert len(server.chats) == 4
    assert f"{place.cache}: row {key} of the cache is damaged" in caplog.text
