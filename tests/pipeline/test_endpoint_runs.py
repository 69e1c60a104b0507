"""Whole runs over HTTP, as a user types them: exit codes, limits, resuming, and what is shown."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.errors import CacheError, Stopped, UsageError
from annotate.runs.reader import Run
from annotate.testing import Rule, Server, quote_first
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour, Body
from tests.conftest import ROOT, Command, contents
from tests.support import endpoints
from tests.support.endpoints import Place, bodies, document, quotes, statuses, truthful, written

KEY = "sk-verysecretkey0123456789"
TEXT = "The patient of room nine: search was slow."


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Place:
    folder = endpoints.project(tmp_path / "project")
    monkeypatch.chdir(folder)
    return Place(folder)


def typed(
    place: Place, server: Server, *more: str, before: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[str]:
    """Run the command over the documents that are there."""
    arguments = place.arguments(server, *sorted(place.folder.glob("texts/*")))
    return Command(place.folder)(*before, *arguments, *more, env={"OPENAI_API_KEY": KEY})


# ---- What a run ends with ----


def test_a_run_over_http_is_complete_and_costs_nothing_twice(place: Place) -> None:
    place.write(*[endpoints.report(i) for i in range(6)])
    with Server(truthful) as server:
        first = typed(place, server)
        assert (first.returncode, first.stderr) == (0, "")
        assert "12 annotations in 6 documents" in first.stdout
        before = contents(place.folder / "run")
        again = typed(place, server, "--offline")
        assert (again.returncode, len(server.chats)) == (0, 6)
        assert contents(place.folder / "run") == before


STOPPING: dict[str, tuple[Behaviour, str]] = {
    "401": (b.unauthorized, "refuses the key"),
    "403": (b.forbidden, "refuses access"),
    "404": (b.model_not_found, "--model"),
    "quota": (b.quota_exhausted, "quota"),
    "form": (b.unsupported(), "--mode"),
}


@pytest.mark.parametrize(("behaviour", "said"), STOPPING.values(), ids=STOPPING.keys())
def test_what_no_waiting_mends_stops_the_run_at_once(
    place: Place, behaviour: Behaviour, said: str
) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(30)])
    with Server(truthful, Rule(behaviour)) as server:
        with pytest.raises(Stopped, match=said):
            place.run(server, paths, concurrency=4)
        assert len(server.chats) <= 4


def test_a_stopped_run_is_one_message_and_exit_code_5(place: Place) -> None:
    place.write(*[endpoints.report(i) for i in range(9)])
    with Server(truthful, Rule(b.unauthorized)) as server:
        done = typed(place, server)
    assert done.returncode == 5
    assert len(done.stderr.splitlines()) == 1
    assert "OPENAI_API_KEY" in done.stderr


def test_one_failed_call_loses_its_chunk_alone(place: Place) -> None:
    place.write(*[endpoints.report(i) for i in range(10)])
    with Server(truthful, Rule(b.failing(422, "no"), containing=" 4-0 ")) as server:
        done = typed(place, server)
    assert done.returncode == 4
    assert "1 chunks ended failed" in done.stderr
    run = Run(place.folder / "run")
    assert statuses(run).count("ok") == 9
    assert len(quotes(run)) == 18
    assert not run.complete


def test_twelve_truncated_answers_are_no_success(place: Place) -> None:
    """Twelve chunks gone and the run reported as one (defect 5)."""
    place.write(*[f"Search {i} was slow." for i in range(12)])
    with Server(truthful, Rule(b.truncated())) as server:
        done = typed(place, server)
    assert done.returncode == 4
    assert "12 chunks ended truncated" in done.stderr


def test_what_is_silent_and_what_failed_are_kept_apart(place: Place) -> None:
    place.write("Nothing happened.", "Nothing was said.", TEXT)
    with Server(truthful, Rule(b.malformed, containing="Nothing was")) as server:
        run = place.run(server, sorted(place.folder.glob("texts/*")))
    ledger = {entry.document: (entry.status, entry.annotations) for entry in run.ledger()}
    assert ledger == {"t0.txt": ("ok", 0), "t1.txt": ("failed", 0), "t2.txt": ("ok", 1)}
    assert not run.complete


def test_the_example_documents_are_annotated_in_their_place(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    template = {"category": "security", "quote": "{quote}", "measures": ["generic"]}
    with Server(quote_first(template)) as server:
        run = annotate.run(
            "eval/documents",
            out=tmp_path / "run",
            task="privacy_policy",
            prompt="v1",
            model="m",
            base_url=server.base_url,
            cache_dir=tmp_path / "cache",
            chunk_size=1000,
        )
        assert run.manifest["counts"]["chunks"] == len(server.chats) > 50
    assert run.manifest["statuses"] == {"ok": len(server.chats)}
    texts = {each.id: each.text for each in run.documents()}
    found = list(run.annotations())
    assert len(found) > 50
    for each in found:
        assert texts[each.document][each.start : each.end] == each.quote
        assert each.evidence
        for cited in each.evidence:
            assert cited.start < each.end
            assert each.start < cited.end
            assert texts[each.document][cited.start : cited.end] == cited.quote


STRANGE = (
    "İstanbul 😀 was slow. \u00a0\uff33earch was slow. E\u0301tat was slow.\r\n"
    "検索は遅い slow.\n\nIt was slow."
)


def test_offsets_count_code_points_in_any_script(place: Place) -> None:
    """Offsets taken in a lower-cased text are wrong behind a dotted I (defect 4)."""
    (path,) = place.write("")
    path.write_bytes(STRANGE.encode())
    with Server(truthful) as server:
        run = place.run(server, path)
    assert statuses(run) == ["ok"]
    found = list(run.annotations())
    assert len(found) == 5
    for each in found:
        assert STRANGE[each.start : each.end] == each.quote


# ---- Resuming ----


def test_offline_a_miss_ends_with_4_and_sends_nothing(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(4)]
    with Server(truthful) as server:
        place.run(server, place.write(*texts[:3]), out="before")
        server.reset()
        place.write(*texts)
        done = typed(place, server, "--offline")
        assert server.chats == ()
    assert done.returncode == 4
    run = Run(place.folder / "run")
    assert statuses(run) == ["ok"] * 3 + ["failed"]
    assert [entry.note for entry in run.ledger()][
        3
    ] == "not in the cache, and --offline sends nothing"


def test_retry_failed_asks_those_again_and_no_others(place: Place) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(8)])
    refusing = Rule(b.refused(), containing=" 2-0 ")
    cutting = Rule(b.truncated(), containing="Search 5-")
    with Server(truthful, refusing, cutting) as server:
        run = place.run(server, paths)
        assert run.manifest["statuses"] == {"ok": 6, "refused": 1, "truncated": 1}
        server.reset()
        place.run(server, paths)
        assert server.chats == ()
        url, port = server.base_url, int(server.base_url.rsplit(":", 1)[1].split("/")[0])
    with Server(truthful, port=port) as server:
        assert server.base_url == url
        run = place.run(server, paths, retry_failed=True)
        asked = [document(each.body) for each in server.chats]
        assert run.complete
        assert all("2-0" in text or "5-" in text for text in asked)
        assert len(quotes(run)) == 16
        server.reset()
        place.run(server, paths, retry_failed=True)
        assert server.chats == ()


def test_the_same_refused_request_is_asked_again_once_a_run(place: Place) -> None:
    with Server(truthful, Rule(b.refused())) as server:
        paths = place.write(*[TEXT] * 3)
        place.run(server, paths, concurrency=1)
        server.reset()
        place.run(server, paths, concurrency=1, retry_failed=True)
        assert len(server.chats) == 1


def test_a_changed_text_is_asked_and_the_rest_is_not(place: Place) -> None:
    texts = [endpoints.report(i) for i in range(5)]
    with Server(truthful) as server:
        place.run(server, place.write(*texts))
        server.reset()
        place.run(server, place.write(*texts[:4], "Search was slow."), out="changed")
        assert [document(each.body) for each in server.chats] == ["Search was slow."]


def test_interrupted_by_ctrl_c_it_goes_on_where_it_stopped(place: Place) -> None:
    inputs = endpoints.reports(place.folder / "texts", 60)
    with Server(truthful, Rule(b.late(0.03))) as server:
        undisturbed = place.run(server, inputs, out="other", cache_dir=place.folder / "other-cache")
        server.reset()
        arguments = [*place.arguments(server, inputs), "--concurrency", "2"]
        process = Command(place.folder).start(*arguments)
        deadline = time.monotonic() + 60
        while len(server.chats) < 20 and time.monotonic() < deadline:
            time.sleep(0.005)
        process.send_signal(signal.SIGINT)
        stdout, stderr = process.communicate(timeout=20)
        assert process.returncode == 130
        assert stdout == b""
        (said,) = stderr.decode().splitlines()
        assert "interrupted" in said
        stored = set(map(written, place.stored()))
        assert len(stored) >= 18
        server.reset()
        run = place.run(server, inputs)
        assert stored.isdisjoint(bodies(server.chats))
    kept = (run.path / "annotations.jsonl").read_bytes()
    assert kept == (undisturbed.path / "annotations.jsonl").read_bytes()


# ---- Limits ----


def test_max_requests_holds_with_failed_attempts_and_the_same_command_goes_on(
    place: Place,
) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(12)])
    with Server(truthful, Rule(b.server_error(), at=[1, 3])) as server:
        sent = []
        for _ in range(3):
            with pytest.raises(Stopped, match="--max-requests 5"):
                place.run(server, paths, max_requests=5, concurrency=4)
            sent.append(len(server.chats))
            server.reset()
        assert sent == [5, 5, 5] or sum(sent) <= 15
        run = place.run(server, paths)
    assert run.complete


def test_rpm_holds_at_the_server_s_clock_with_retries(place: Place) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(16)])
    with Server(truthful, Rule(b.rate_limited(0), at=[2, 5, 7])) as server:
        place.run(server, paths, rpm=600)
        arrived = [each.arrived for each in server.chats]
    assert len(arrived) == 19
    for index, start in enumerate(arrived):
        inside = [each for each in arrived[index:] if each < start + 1.0]
        assert len(inside) <= 10 + 10 + 2  # what a second allows, and one second's worth at once
    assert arrived[-1] - arrived[0] >= (19 - 10 - 2) / 10


def test_what_waits_for_its_turn_is_not_sent_once_the_run_is_stopped(place: Place) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(20)])
    with (
        Server(truthful, Rule(b.unauthorized)) as server,
        pytest.raises(Stopped, match="OPENAI_API_KEY"),
    ):
        place.run(server, paths, rpm=60, concurrency=4)
    assert len(server.chats) == 1


def test_tpm_holds_at_the_server_s_clock(place: Place) -> None:
    texts = [endpoints.report(i, 20) for i in range(12)]
    paths = place.write(*texts)
    with Server(truthful) as server:
        place.run(server, paths, out="plain", cache_dir=place.folder / "plain-cache")
        tokens = sum(entry.prompt_tokens for entry in Run(place.folder / "plain").ledger())
        server.reset()
        began = time.monotonic()
        place.run(server, paths, tpm=tokens * 60)
        took = server.chats[-1].arrived - began
    assert 0.4 < took < 12


def test_the_cost_of_a_model_without_a_known_price_is_asked_for(place: Place) -> None:
    with (
        Server(truthful) as server,
        pytest.raises(UsageError, match="--price"),
    ):
        place.run(server, place.write(TEXT), max_cost=1.0)
    assert server.chats == ()


@pytest.mark.parametrize("concurrency", [1, 64])
def test_a_cap_stops_before_it_is_passed(place: Place, concurrency: int) -> None:
    charged: list[float] = []

    def counted(completion: Body) -> Body:
        took = completion["usage"]
        charged.append((took["prompt_tokens"] + 10 * took["completion_tokens"]) / 1e6)
        return completion

    paths = place.write(*[endpoints.report(i) for i in range(80)])
    with (
        Server(truthful, Rule(b.edited(counted)), Rule(b.late(0.01))) as server,
        pytest.raises(Stopped, match="--max-cost"),
    ):
        place.run(server, paths, price="1,10", max_cost=0.03, concurrency=concurrency)
    assert 0 < sum(charged) <= 0.03
    ledger = list(Run(place.folder / "run").ledger())
    assert sum(entry.cost or 0 for entry in ledger) == pytest.approx(sum(charged))
    assert {entry.status for entry in ledger} == {"ok", "unsent"}


def test_answers_that_were_lost_on_the_way_count_against_the_cap(place: Place) -> None:
    charged: list[float] = []

    def counted(completion: Body) -> Body:
        took = completion["usage"]
        charged.append((took["prompt_tokens"] + 10 * took["completion_tokens"]) / 1e6)
        return completion

    paths = place.write(*[endpoints.report(i) for i in range(40)])
    rules = [Rule(b.edited(counted)), Rule(b.connection_cut("mid-body"))]
    with Server(truthful, *rules) as server, pytest.raises(Stopped, match="--max-cost"):
        place.run(server, paths, price="1,10", max_cost=0.02, timeout=2)
    assert 0 < sum(charged) <= 0.02


# ---- What cannot be kept ----


def limited(
    place: Place, server: Server, size: int, *more: str
) -> subprocess.CompletedProcess[str]:
    """Run with a limit on the size of files: the full disk that needs no privileges."""
    program = (
        f"import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({size}, {size}));"
        "from annotate.cli.app import main; sys.argv[0] = 'annotate'; main()"
    )
    texts = sorted(place.folder.glob("texts/*"))
    return subprocess.run(
        [sys.executable, "-c", program, *place.arguments(server, *texts), *more],
        cwd=place.folder,
        env=Command.environment({"OPENAI_API_KEY": KEY}),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_when_the_disk_is_full_no_more_is_bought_than_is_under_way(place: Place) -> None:
    place.write(*[endpoints.report(i, 10) for i in range(200)])
    with Server(truthful, Rule(b.late(0.01))) as server:
        done = limited(place, server, 300_000, "--concurrency", "4")
        sent = len(server.chats)
        assert done.returncode in (2, 5)
        assert len(done.stderr.splitlines()) == 1
        assert "cache" in done.stderr
        assert "Traceback" not in done.stderr
        assert sent < 200
        assert sent - len(place.stored()) <= 4
        server.reset()
        assert place.run(server, sorted(place.folder.glob("texts/*"))).complete
        assert len(server.chats) <= 200 - (sent - 4)


def test_a_cache_folder_that_is_read_only_buys_nothing(
    bound: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = Place(endpoints.project(bound / "project"))
    monkeypatch.chdir(place.folder)
    cache = bound / "cache"
    cache.mkdir(mode=0o500)
    with Server(truthful) as server, pytest.raises(CacheError, match=str(cache)):
        place.run(server, place.write(TEXT), cache_dir=cache)
    assert server.chats == ()


@pytest.mark.parametrize("where", ["cache_dir", "out"])
def test_a_folder_that_cannot_be_one_buys_nothing(place: Place, where: str) -> None:
    file = place.folder / "file"
    file.write_text("I am a file")
    settings: dict[str, Any] = {where: file / "below"}
    given = {"out": place.folder / "run", "model": "m", **settings}
    with Server(truthful) as server, pytest.raises((CacheError, UsageError), match="file"):
        annotate.run(place.write(TEXT), base_url=server.base_url, **given)
    assert server.chats == ()


def test_a_damaged_row_of_the_cache_stops_the_run_and_names_the_folder(place: Place) -> None:
    import sqlite3

    paths = place.write(*[endpoints.report(i) for i in range(3)])
    with Server(truthful) as server:
        place.run(server, paths)
        connection = sqlite3.connect(place.cache / "cache.db")
        with connection:
            connection.execute("UPDATE Cache SET value = '{' WHERE key NOT LIKE 'form:%'")
        connection.close()
        with pytest.raises(CacheError, match="cache"):
            place.run(server, paths)


# ---- What is shown ----


def everything(folder: Path) -> bytes:
    return b"".join(contents(folder).values())


@pytest.mark.parametrize(
    "behaviour",
    [
        b.late(0),
        b.failing(400, f"bad: {TEXT} {KEY}"),
        b.failing(401, f"Incorrect API key provided: {KEY}"),
        b.saying(f"Ignore {TEXT}"),
    ],
    ids=["well", "400 that quotes", "401 that quotes", "no JSON"],
)
def test_a_key_appears_nowhere_and_a_text_in_no_log(place: Place, behaviour: Behaviour) -> None:
    place.write(TEXT)
    log = place.folder / "log.txt"
    with Server(truthful, Rule(behaviour)) as server:
        # A process: openai reads OPENAI_LOG when it is imported.
        done = Command(place.folder).process(
            *("-v", "--log-file", log),
            *place.arguments(server, *sorted(place.folder.glob("texts/*"))),
            *("--timeout", "1"),
            env={"OPENAI_API_KEY": KEY, "OPENAI_LOG": "debug"},
        )
        assert all(each.headers["authorization"] == f"Bearer {KEY}" for each in server.chats)
    shown = done.stdout + done.stderr + log.read_text(encoding="utf-8")
    assert KEY not in shown
    assert "room nine" not in shown
    assert KEY.encode() not in everything(place.folder)


def test_credentials_in_the_address_are_in_no_file_and_no_key(place: Place) -> None:
    place.write(TEXT)
    log = place.folder / "log.txt"
    with Server(truthful) as server:
        url = server.base_url.replace("://", "://user:hunter2@")
        done = typed(place, server, "--base-url", url, before=("-v", "--log-file", str(log)))
        assert done.returncode == 0
        assert "hunter2" not in done.stdout + done.stderr
        assert b"hunter2" not in everything(place.folder)
        server.reset()
        assert typed(place, server).returncode == 0
        assert server.chats == ()


def test_a_crash_shows_neither_key_nor_text(place: Place) -> None:
    """A bug of ours is a traceback: it holds lines of code, not what they worked on."""
    place.write(TEXT)
    program = (
        "import annotate.llm.conversation as m\n"
        "def broken(*_): raise RuntimeError('broken')\n"
        "m.ground = broken\n"
        "from annotate.cli.app import main\n"
        "main()\n"
    )
    with Server(truthful) as server:
        texts = sorted(place.folder.glob("texts/*"))
        done = subprocess.run(
            [sys.executable, "-c", program, *place.arguments(server, *texts)],
            cwd=place.folder,
            env=Command.environment({"OPENAI_API_KEY": KEY}),
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert "RuntimeError: broken" in done.stderr
    assert KEY not in done.stderr
    assert "room nine" not in done.stderr
    assert "never retrieved" not in done.stderr


# ---- What is loaded ----


def imported(place: Place, arguments: list[str]) -> tuple[int, set[str]]:
    program = (
        "import sys, json\n"
        "from annotate.cli.app import main\n"
        "try: main()\n"
        "except SystemExit as end: code = end.code or 0\n"
        "sys.stderr.write('\\n' + json.dumps([code, sorted(sys.modules)]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        cwd=place.folder,
        env=Command.environment(),
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    code, modules = json.loads(done.stderr.splitlines()[-1])
    return code, {name.partition(".")[0] for name in modules}


def test_a_run_from_the_cache_imports_neither_openai_nor_instructor(place: Place) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(3)])
    with Server(truthful) as server:
        arguments = place.arguments(server, *paths)
        code, loaded = imported(place, arguments)
        assert code == 0
        assert {"openai", "instructor"} <= loaded
        code, loaded = imported(place, arguments)
        assert code == 0
        assert not {"openai", "instructor", "httpx", "httpx2", "aiohttp"} & loaded


# ---- Two at a time ----


def test_a_key_in_the_environment_alone_never_spends(place: Place) -> None:
    place.write(TEXT)
    with Server(truthful) as server:
        texts: Mapping[str, str] = {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": server.base_url}
        done = Command(place.folder)(
            "run", *sorted(place.folder.glob("texts/*")), "--out", place.folder / "run", env=texts
        )
        assert done.returncode == 0
        assert "baseline" in done.stderr
        assert server.requests == ()
