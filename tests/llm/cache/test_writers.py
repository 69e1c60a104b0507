"""Several writers, killed writers, full disks: what was acknowledged is there."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import CacheError
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request
from tests.conftest import ROOT
from tests.support.needs import require
from tests.support.stored import REPLY, filled, request


def python(code: str, *arguments: object, **options: Any) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        **options,
    )


WRITER = """
import sys
from pathlib import Path
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request
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
        writer = python(WRITER, folder, "a", 100_000, 40_000)
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


FULL = """
import json, resource, signal, sys
from pathlib import Path
from annotate.errors import CacheError
from annotate.llm.cache.row import Stored
from annotate.llm.cache.store import Cache
from annotate.llm.request import Request
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
caches = {int(size): Cache(Path(sys.argv[1]) / size) for size in sys.argv[2:]}
resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
for size, cache in caches.items():
    kept = []
    try:
        for number in range(2000):
            cache.put(Request({"n": number}, "x"), Stored("y" * size))
            kept.append(number)
    except CacheError as error:
        print(json.dumps([kept, str(error)]), flush=True)
"""


def test_a_disk_without_room_is_an_error_and_what_was_kept_stays(tmp_path: Path) -> None:
    sizes = [1_000, 100_000, 300_000]
    output, errors = python(FULL, tmp_path, *sizes).communicate(timeout=60)
    assert errors == ""
    lines = output.splitlines()
    assert len(lines) == len(sizes)
    for size, line in zip(sizes, lines, strict=True):
        kept, error = json.loads(line)
        folder = tmp_path / str(size)
        assert error.startswith(f"{folder}: an answer cannot be kept")
        with Cache(folder) as cache:
            for number in kept:
                assert cache.get(Request({"n": number}, "x")) is not None
            cache.put(request(), Stored(REPLY))  # with room again, it goes on
            assert cache.get(request()) is not None


@pytest.fixture
def tiny_disk(tmp_path: Path) -> Any:
    """A file system of 1 MiB, where the test may mount one."""
    require("mounts")
    place = tmp_path / "tiny"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m,mode=700", "tmpfs", str(place)]
    subprocess.run(mount, check=True)
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
    opening = "import sys\nfrom pathlib import Path\nfrom annotate.llm.cache.store import Cache\n"
    opening += "Cache(Path(sys.argv[1]))"
    for path in (folder, *folder.iterdir()):
        path.chmod(0o555 if path.is_dir() else 0o444)
    tmp_path.parent.parent.chmod(0o755)
    tmp_path.parent.chmod(0o755)
    tmp_path.chmod(0o755)
    # What is imported has to be imported before the rights are given up.
    done = python("import annotate.llm.cache.store\n" + code, opening, folder)
    output, errors = done.communicate(timeout=60)
    assert errors == ""
    assert output.startswith(f"CacheError {folder}: the cache cannot be opened")
