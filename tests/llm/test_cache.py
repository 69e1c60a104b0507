"""The folder of answers: what it keeps, what it refuses, and that nothing in it is ever run."""

import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import diskcache
import pytest

from annotate.errors import CacheError, UsageError
from annotate.llm.cache import Cache, Request, Stored, endpoint

KEY = "sk-secret-0123456789"
URL = "http://127.0.0.1:9/v1"
REPLY = {"choices": [{"message": {"content": '{"annotations": []}'}}]}


def body(text: str = "Acme sued Beta", **changes: Any) -> dict[str, Any]:
    return {
        "model": "m",
        "messages": [{"role": "user", "content": text}],
        "temperature": 0.0,
        **changes,
    }


def request(text: str = "Acme sued Beta", **changes: Any) -> Request:
    return Request(body(text, **changes), URL)


def filled(folder: Path, count: int = 3) -> Cache:
    cache = Cache(folder)
    for number in range(count):
        cache.put(request(f"text {number}"), Stored(REPLY, 0.25, 1.5, number == 0))
    return cache


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
    assert other.key() != request().key()
    with Cache(tmp_path / "c") as cache:
        cache.put(request(), Stored(REPLY))
        assert cache.get(other) is None


def test_the_order_of_keys_in_a_body_does_not_matter() -> None:
    turned = dict(reversed(body().items()))
    assert Request(turned, URL).key() == request().key()


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://me:pass@Host.example:8443/v1/?api=1#x", "https://host.example:8443/v1"),
        ("http://[::1]:80/v1", "http://[::1]:80/v1"),
        ("https://api.openai.com/v1/", "https://api.openai.com/v1"),
    ],
)
def test_an_endpoint_is_named_without_credentials(url: str, kept: str) -> None:
    assert endpoint(url) == kept


@pytest.mark.parametrize("url", ["http://me:pass@host:99999999/v1", "http://me:pass@[::1/v1"])
def test_an_endpoint_that_is_no_url_is_refused_without_its_credentials(url: str) -> None:
    with pytest.raises(UsageError, match="--base-url") as refused:
        endpoint(url)
    assert "pass" not in str(refused.value)


def test_an_answer_under_the_key_of_another_request_is_refused(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        cache.put(request("Beta sued Acme"), Stored(REPLY))
    with diskcache.Cache(str(tmp_path / "c")) as plain:
        plain[request().key()] = plain[request("Beta sued Acme").key()]
    with Cache(tmp_path / "c") as cache, pytest.raises(CacheError, match="another request"):
        cache.get(request())


def test_a_lone_surrogate_is_kept(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        cache.put(request("half \ud83d"), Stored({"content": "half \ude00"}))
        found = cache.get(request("half \ud83d"))
        assert found is not None
        assert found.reply == {"content": "half \ude00"}
        assert cache.export(tmp_path / "out.jsonl") == 1
    with Cache(tmp_path / "d") as other:
        assert other.load(tmp_path / "out.jsonl") == 1
        assert other.get(request("half \ud83d")) == found


# ---- Pickles and other rows that annotate did not write ----


class Trap:
    """Makes a file when it is unpickled."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[Any, ...]]:
        return Path.touch, (self.path,)


def _value_row(folder: Path, trap: Trap) -> None:
    with diskcache.Cache(str(folder)) as plain:
        plain[request().key()] = trap


def _file_row(folder: Path, trap: Trap) -> None:
    with diskcache.Cache(str(folder), disk_min_file_size=0) as plain:
        plain.set(request().key(), trap)


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
    return cache.export(folder.parent / "out.jsonl")


def _use_prune(cache: Cache, folder: Path) -> object:
    return cache.prune()


@pytest.mark.parametrize("plant", PLANTS)
@pytest.mark.parametrize("use", [_use_get, _use_rows, _use_stats, _use_export, _use_prune])
def test_a_planted_pickle_is_refused_and_nothing_runs(
    tmp_path: Path,
    plant: Callable[[Path, Trap], None],
    use: Callable[[Cache, Path], object],
) -> None:
    folder, sprung = tmp_path / "c", tmp_path / "sprung"
    filled(folder).close()
    plant(folder, Trap(sprung))
    assert not sprung.exists()  # planting alone does not run it
    with Cache(folder) as cache:
        if plant is _key_row and use is _use_get:
            assert use(cache, folder) is None  # the row belongs to another key
        else:
            with pytest.raises(CacheError, match="pickle") as refused:
                use(cache, folder)
            assert str(folder) in str(refused.value)
    assert not sprung.exists()
    assert not (tmp_path / "out.jsonl").exists()


def test_the_trap_of_these_tests_works(tmp_path: Path) -> None:
    folder, sprung = tmp_path / "c", tmp_path / "sprung"
    _value_row(folder, Trap(sprung))
    with diskcache.Cache(str(folder)) as plain:
        plain.get(request().key())
    assert sprung.exists()


def test_a_planted_form_is_refused(tmp_path: Path) -> None:
    folder, sprung = tmp_path / "c", tmp_path / "sprung"
    _form_row(folder, Trap(sprung))
    folder.chmod(0o700)
    with Cache(folder) as cache, pytest.raises(CacheError, match="pickle"):
        cache.form("prepared")
    assert not sprung.exists()


def test_a_pickle_is_never_written(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        for key, value in [("k", {"a": 1}), (("k",), "text"), ("k", b"bytes"), ("k", 3)]:
            with pytest.raises(CacheError, match="text"):
                cache._disk.set(key, value)


@pytest.mark.parametrize("mode", [2, 3, 4])  # bytes, text, pickle
def test_a_row_that_names_a_file_outside_is_refused_and_the_file_stays(
    tmp_path: Path, mode: int
) -> None:
    folder, outside = tmp_path / "c", tmp_path / "outside.txt"
    outside.write_text(json.dumps({"request": request().canonical(), "reply": "stolen"}))
    filled(folder).close()
    with sqlite3.connect(folder / "cache.db") as base:
        base.execute(
            "UPDATE Cache SET mode = ?, filename = '../outside.txt', value = NULL WHERE key = ?",
            (mode, request("text 0").key()),
        )
    base.close()
    with Cache(folder) as cache:
        for use in (lambda: cache.get(request("text 0")), cache.prune):
            with pytest.raises(CacheError):
                use()
        cache.put(request("text 0"), Stored(REPLY))  # replaces the row, not the file
        assert cache.get(request("text 0")) == Stored(REPLY)
    assert outside.exists()


@pytest.mark.parametrize(
    "row",
    [
        "[]",
        "{}",
        "no JSON",
        '"text"',
        "[" * 100_000,
        json.dumps({"request": "x", "reply": 1, "cost": None, "seconds": 0, "retry": False}),
        json.dumps(
            {"request": '{"body":{oops}', "reply": 1, "cost": 0, "seconds": 0, "retry": True}
            | {"stored": 1}
        ),
        json.dumps(
            {"request": request().canonical(), "reply": 1, "cost": "a lot", "seconds": 0}
            | {"retry": False, "stored": 1}
        ),
    ],
)
def test_a_damaged_row_is_an_error_that_names_the_folder(tmp_path: Path, row: str) -> None:
    folder = tmp_path / "c"
    filled(folder, 1).close()
    with diskcache.Cache(str(folder)) as plain:
        plain[request().key()] = row
    with Cache(folder) as cache:
        for use in (_use_get, _use_stats, _use_export):
            with pytest.raises(CacheError) as refused:
                use(cache, folder)
            assert str(folder) in str(refused.value)


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


# ---- Figures and removal ----


def test_stats_count_by_model(tmp_path: Path) -> None:
    with filled(tmp_path / "c") as cache:
        cache.put(request(model="n"), Stored(REPLY))
        cache.put_form("prepared", {"body": {}})
        figures = cache.stats()
    assert figures["answers"] == 4
    assert figures["cost"] == 0.75
    assert figures["retry"] == 1
    assert figures["models"] == {"m": 3, "n": 1}
    assert figures["folder"] == str(tmp_path / "c")
    assert figures["bytes"] > 0


def test_prune_takes_what_it_is_told_and_leaves_what_was_prepared(tmp_path: Path) -> None:
    with filled(tmp_path / "c") as cache:
        cache.put_form("prepared", {"body": {}})
        assert cache.prune(older_than_days=1) == 0
        assert cache.prune(retry_only=True) == 1
        assert cache.stats()["answers"] == 2
        assert cache.prune() == 2
        assert cache.stats()["answers"] == 0
        assert cache.form("prepared") == {"body": {}}


# ---- Export and import ----


def test_an_exported_cache_is_the_same_bytes_after_a_round_trip(tmp_path: Path) -> None:
    first, second = tmp_path / "first.jsonl", tmp_path / "second.jsonl"
    with filled(tmp_path / "c", 20) as cache:
        assert cache.export(first) == 20
    with Cache(tmp_path / "d") as other:
        for line in reversed(first.read_text().splitlines()):
            part = tmp_path / "part.jsonl"
            part.write_text(line)
            assert other.load(part) == 1
        assert other.load(first) == 0
        assert other.export(second) == 20
        assert other.get(request("text 0")) == Stored(REPLY, 0.25, 1.5, True)
    assert first.read_bytes() == second.read_bytes()
    keys = [
        Request(row["request"]["body"], row["request"]["endpoint"]).key()
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
        cache.export(file)
    lines = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([lines[0], damage, lines[1]]) + b"\n")
    with Cache(tmp_path / "d") as other:
        with pytest.raises(CacheError) as refused:
            other.load(file)
        assert f"{file}:2: " in str(refused.value)
        assert "words of the text" not in str(refused.value)
        assert other.stats()["answers"] == 1


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        with pytest.raises(CacheError, match=r"none\.jsonl"):
            cache.load(tmp_path / "none.jsonl")
        with pytest.raises(CacheError, match="cannot be written"):
            cache.export(tmp_path / "no folder" / "out.jsonl")


# ---- The folder ----


def test_the_folder_is_its_owners_alone(tmp_path: Path) -> None:
    filled(tmp_path / "deep" / "c").close()
    assert (tmp_path / "deep" / "c").stat().st_mode & 0o777 == 0o700


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


def python(code: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
        **options,
    )


WRITER = """
import sys
from pathlib import Path
from annotate.llm.cache import Cache, Request, Stored
folder, name, count, size = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), int(sys.argv[4])
cache = Cache(folder)
for number in range(count):
    cache.put(Request({"n": number, "by": name}, "x"), Stored("y" * size))
    print(number, flush=True)
"""


def test_two_processes_on_one_folder_lose_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    both = [python(WRITER, folder, name, 500, 100) for name in "ab"]
    for each in both:
        _, errors = each.communicate(timeout=60)
        assert each.returncode == 0, errors
    with Cache(folder) as cache:
        assert cache.stats()["answers"] == 1000
        for name in "ab":
            for number in range(500):
                assert cache.get(Request({"n": number, "by": name}, "x")) is not None


def test_kill_9_loses_no_acknowledged_answer(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    acknowledged = -1
    for _ in range(3):
        writer = python(WRITER, folder, "a", 100_000, 40_000)  # each in a file of its own
        if writer.stdout is None:
            pytest.fail("the writer has no output")
        for line in writer.stdout:
            acknowledged = max(acknowledged, int(line))
            if int(line) >= 40:
                break
        writer.send_signal(signal.SIGKILL)
        acknowledged = max([acknowledged, *map(int, writer.stdout.read().split())])
        writer.communicate()
    with Cache(folder) as cache:
        for number in range(acknowledged + 1):
            found = cache.get(Request({"n": number, "by": "a"}, "x"))
            assert found is not None
            assert found.reply == "y" * 40_000


REPORTING = """
import signal, sys
from annotate.errors import CacheError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    exec(sys.argv.pop(1))
except CacheError as error:
    print("CacheError", error, flush=True)
"""


FULL = WRITER.replace(
    "for number",
    "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))\nfor number",
)


@pytest.mark.parametrize("size", [1_000, 100_000, 300_000])
def test_a_disk_without_room_is_an_error_and_what_was_kept_stays(tmp_path: Path, size: int) -> None:
    folder = tmp_path / "c"
    code = "import sys\n" + REPORTING
    done = python(code, FULL, folder, "a", 2000, size)
    output, errors = done.communicate(timeout=60)
    assert errors == ""
    *kept, last = output.splitlines()
    assert last.startswith(f"CacheError {folder}: an answer cannot be kept")
    with Cache(folder) as cache:
        for number in map(int, kept):
            assert cache.get(Request({"n": number, "by": "a"}, "x")) is not None
        cache.put(request(), Stored(REPLY))  # with room again, it goes on
        assert cache.get(request()) is not None


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Any:
    """A file system of 1 MiB, where the test may mount one."""
    place = tmp_path / "tiny"
    place.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", place],  # noqa: S607
        capture_output=True,
        check=False,
    )
    if mounted.returncode:
        pytest.skip("mounting a file system is not allowed here")
    yield place
    subprocess.run(["umount", place], check=True)  # noqa: S607


def test_a_full_disk_is_an_error_that_names_the_folder(tiny_disk: Path) -> None:
    folder = tiny_disk / "c"
    kept: list[Request] = []

    def fill(cache: Cache) -> None:
        for number in range(1000):
            cache.put(request(f"{number}"), Stored("y" * 20_000))
            kept.append(request(f"{number}"))

    with Cache(folder) as cache:
        with pytest.raises(CacheError) as refused:
            fill(cache)
        assert f"{folder}: an answer cannot be kept" in str(refused.value)
        assert kept
        assert all(cache.get(each) is not None for each in kept)


@pytest.mark.skipif(os.name != "posix", reason="POSIX permissions")
def test_a_read_only_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    folder = tmp_path / "c"
    filled(folder).close()
    code = REPORTING.replace("try:", "import os\nif not os.getuid(): os.setuid(65534)\ntry:")
    opening = "import sys\nfrom pathlib import Path\nfrom annotate.llm.cache import Cache\n"
    opening += "Cache(Path(sys.argv[1]))"
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    tmp_path.parent.parent.chmod(0o755)
    tmp_path.parent.chmod(0o755)
    tmp_path.chmod(0o755)
    # What is imported has to be imported before the rights are given up.
    done = python("import annotate.llm.cache\n" + code, opening, folder)
    output, errors = done.communicate(timeout=60)
    assert errors == ""
    assert output.startswith(f"CacheError {folder}: the cache cannot be opened")


def test_no_key_of_the_environment_is_in_the_folder(tmp_path: Path) -> None:
    url = f"http://user:{KEY}@127.0.0.1:9/v1?key={KEY}"
    with Cache(tmp_path / "c") as cache:
        cache.put(Request(body(), endpoint(url)), Stored(REPLY))
        cache.export(tmp_path / "out.jsonl")
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


def test_a_reply_that_is_nested_too_deeply_is_an_error(tmp_path: Path) -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with Cache(tmp_path / "c") as cache, pytest.raises(CacheError, match="nested too deeply"):
        cache.put(request(), Stored(deep))
    while deep:  # taken apart by hand: the interpreter would do it recursively
        deep = deep[0]


def test_the_rows_on_disk_are_text(tmp_path: Path) -> None:
    filled(tmp_path / "c").close()
    with sqlite3.connect(tmp_path / "c" / "cache.db") as base:
        modes = {mode for (mode,) in base.execute("SELECT mode FROM Cache")}
        raws = {raw for (raw,) in base.execute("SELECT raw FROM Cache")}
    base.close()
    assert modes <= {1, 3}
    assert raws == {1}
