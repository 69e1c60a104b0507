"""The folder of rows: nothing in it is ever run, nothing is evicted, and no row is lost."""

import json
import os
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import diskcache
import pytest

from annotate.errors import CacheError
from annotate.llm.cache.disk import Rows
from annotate.llm.cache.exchange import export_answers
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from tests.support.stored import REPLY, filled, request

# ---- Pickles and other rows that annotate did not write ----


class Trap:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.touch, (self.path,)


def _value_row(folder: Path, trap: Trap) -> None:
    with diskcache.Cache(str(folder)) as plain:
        plain[request().key] = trap


def _file_row(folder: Path, trap: Trap) -> None:
    with diskcache.Cache(str(folder), disk_min_file_size=0) as plain:
        plain.set(request().key, trap)


def _key_row(folder: Path, trap: Trap) -> None:
    with diskcache.Cache(str(folder)) as plain:
        plain[trap] = "text"


def _form_row(folder: Path, trap: Trap) -> None:
    with diskcache.Cache(str(folder)) as plain:
        plain["form:prepared"] = trap


PLANTS = [_value_row, _file_row, _key_row]


def _use_get(cache: Cache, folder: Path) -> object:
    return cache.get(request())


def _use_rows(cache: Cache, folder: Path) -> object:
    return list(cache.rows())


def _use_stats(cache: Cache, folder: Path) -> object:
    return cache.stats()


def _use_export(cache: Cache, folder: Path) -> object:
    return export_answers(cache, folder.parent / "out.jsonl")


def _use_prune(cache: Cache, folder: Path) -> object:
    return cache.prune()


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("use", [_use_get, _use_rows, _use_stats, _use_export, _use_prune])
def test_a_planted_pickle_is_left_out_and_nothing_runs(
    tmp_path: Path,
    plant: Callable[[Path, Trap], None],
    use: Callable[[Cache, Path], object],
) -> None:
    folder, sprung = tmp_path / "c", tmp_path / "sprung"
    filled(folder).close()
    plant(folder, Trap(sprung))
    assert not sprung.exists()  # planting alone does not run it
    with Cache(folder) as cache:
        use(cache, folder)
        if plant is _key_row and use is _use_get:
            assert cache.damaged == {}  # the row belongs to another key
        elif use is not _use_prune:
            assert len(cache.damaged) == 1
    assert not sprung.exists()


def test_the_trap_of_these_tests_works(tmp_path: Path) -> None:
    folder, sprung = tmp_path / "c", tmp_path / "sprung"
    _value_row(folder, Trap(sprung))
    with diskcache.Cache(str(folder)) as plain:
        plain.get(request().key)
    assert sprung.exists()


def test_a_planted_form_is_left_out(tmp_path: Path) -> None:
    folder, sprung = tmp_path / "c", tmp_path / "sprung"
    _form_row(folder, Trap(sprung))
    folder.chmod(0o700)
    with Cache(folder) as cache:
        assert cache.prepared.get(Kind.REQUEST_FORM, "prepared") is None
        assert "pickle" in cache.damaged["form:prepared"]
    assert not sprung.exists()


def test_a_pickle_is_never_written(tmp_path: Path) -> None:
    rows = Rows(tmp_path / "c")
    for key, value in [("k", {"a": 1}), (("k",), "text"), ("k", b"bytes"), ("k", 3)]:
        with pytest.raises(CacheError, match="text"):
            rows._disk.set(key, value)
    rows.close()


@pytest.mark.parametrize("mode", [2, 3, 4])  # bytes, text, pickle
def test_a_row_that_names_a_file_outside_is_left_out_and_the_file_stays(
    tmp_path: Path, mode: int
) -> None:
    folder, outside = tmp_path / "c", tmp_path / "outside.txt"
    outside.write_text(json.dumps({"request": request().canonical, "reply": "stolen"}))
    filled(folder).close()
    with sqlite3.connect(folder / "cache.db") as base:
        base.execute(
            "UPDATE Cache SET mode = ?, filename = '../outside.txt', value = NULL WHERE key = ?",
            (mode, request("text 0").key),
        )
    base.close()
    with Cache(folder) as cache:
        assert cache.get(request("text 0")) is None
        assert list(cache.damaged) == [request("text 0").key]
        assert cache.prune_damaged().damaged == 1
        cache.put(request("text 0"), Stored(REPLY))
        assert cache.get(request("text 0")) == Stored(REPLY)
    assert outside.exists()


def test_the_rows_on_disk_are_text(tmp_path: Path) -> None:
    filled(tmp_path / "c").close()
    with sqlite3.connect(tmp_path / "c" / "cache.db") as base:
        modes = {mode for (mode,) in base.execute("SELECT mode FROM Cache")}
        raws = {raw for (raw,) in base.execute("SELECT raw FROM Cache")}
    base.close()
    assert modes <= {1, 3}
    assert raws == {1}


# ---- Nothing that was paid for is evicted ----


def test_eviction_is_off_in_the_settings_on_disk(tmp_path: Path) -> None:
    filled(tmp_path / "c").close()
    with sqlite3.connect(tmp_path / "c" / "cache.db") as base:
        settings = dict(base.execute("SELECT key, value FROM Settings"))
    base.close()
    assert settings["eviction_policy"] == "none"
    assert settings["cull_limit"] == 0
    assert settings["size_limit"] >= 2**60


def test_a_tightened_limit_of_somebody_else_does_not_hold(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    filled(folder).close()
    with sqlite3.connect(folder / "cache.db") as base:
        base.execute("UPDATE Settings SET value = 1 WHERE key = 'size_limit'")
        base.execute("UPDATE Settings SET value = 'least-recently-used' WHERE key LIKE 'evict%'")
    base.close()
    with Cache(folder) as cache:
        cache.put(request("one more"), Stored({"content": "x" * 100_000}))
        assert cache.stats()["answers"] == 4


def test_settings_that_diskcache_does_not_know_are_an_error(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    filled(folder).close()
    with sqlite3.connect(folder / "cache.db") as base:
        base.execute("INSERT INTO Settings VALUES ('disk_surprise', 1)")
    base.close()
    with pytest.raises(CacheError, match="cannot be opened"):
        Cache(folder)


# ---- The folder ----


@pytest.mark.parametrize("mask", [0o000, 0o022, 0o077])
def test_the_folder_is_its_owners_alone(
    tmp_path: Path, mask: int, caplog: pytest.LogCaptureFixture
) -> None:
    before = os.umask(mask)
    try:
        filled(tmp_path / "deep" / "c").close()
    finally:
        os.umask(before)
    assert (tmp_path / "deep" / "c").stat().st_mode & 0o777 == 0o700
    assert caplog.text == ""


@pytest.mark.parametrize("mode", [0o750, 0o705, 0o744, 0o711])
def test_a_folder_that_others_can_read_is_told(
    tmp_path: Path, mode: int, caplog: pytest.LogCaptureFixture
) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    folder.chmod(mode)
    filled(folder).close()
    assert f"{folder}: others can read" in caplog.text
    assert f"chmod go-rx {folder}" in caplog.text


@pytest.mark.parametrize("mode", [0o770, 0o777, 0o702])
def test_a_folder_that_others_may_write_into_is_refused(tmp_path: Path, mode: int) -> None:
    folder = tmp_path / "c"
    folder.mkdir()
    folder.chmod(mode)
    with pytest.raises(CacheError, match="chmod go-w") as refused:
        Cache(folder)
    assert str(folder) in str(refused.value)
    assert list(folder.iterdir()) == []


def test_a_file_in_the_folders_place_is_named(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("")
    with pytest.raises(CacheError) as refused:
        Cache(tmp_path / "c")
    assert str(tmp_path / "c") in str(refused.value)


def test_a_folder_whose_database_is_none_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    folder.mkdir(mode=0o700)
    (folder / "cache.db").write_bytes(b"this is no database" * 100)
    with pytest.raises(CacheError) as refused:
        Cache(folder)
    assert str(folder) in str(refused.value)
