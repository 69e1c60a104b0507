"""Whole runs over HTTP, as a user types them: exit codes, and what is asked again."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Mapping

import pytest

from annotate.errors import Stopped
from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from tests.conftest import Command, contents
from tests.support import endpoints
from tests.support.endpoints import Place, document, quotes, statuses, truthful
from tests.support.typed import KEY, typed

TEXT = "The patient of room nine: search was slow."


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
def test_what_waiting_does_not_help_stops_the_run_at_once(
    place: Place, behaviour: Behaviour, said: str
) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(30)])
    with Server(truthful, Rule(behaviour)) as server:
        with pytest.raises(Stopped, match=said):
            place.run(server, paths, concurrency=4, mode="json_schema")
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
    assert done.returncode == 5
    assert "8 of the first 8 chunks" in done.stderr
    assert statuses(Run(place.folder / "run")).count("truncated") == 8


def test_what_is_silent_and_what_failed_are_kept_apart(place: Place) -> None:
    place.write("Nothing happened.", "Nothing was said.", TEXT)
    with Server(truthful, Rule(b.malformed, containing="Nothing was")) as server:
        run = place.run(server, sorted(place.folder.glob("texts/*")))
    ledger = {entry.document: (entry.status, entry.annotations) for entry in run.ledger()}
    assert ledger == {"t0.txt": ("ok", 0), "t1.txt": ("failed", 0), "t2.txt": ("ok", 1)}
    assert not run.complete


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


# ---- What is asked again ----


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


# ---- What is loaded ----

LOADED = """
import sys, json
from annotate.cli.app import main
for arguments in json.loads(sys.argv[1]):
    sys.argv[1:] = arguments
    try: main()
    except SystemExit as end: code = end.code or 0
    sys.stderr.write("\\n" + json.dumps([code, sorted(sys.modules)]))
"""


def loaded(place: Place, *commands: list[str]) -> list[tuple[int, set[str]]]:
    """Run commands in one process; return the exit code of each, and what is loaded after it."""
    done = subprocess.run(
        [sys.executable, "-c", LOADED, json.dumps(commands)],
        cwd=place.folder,
        env=Command.environment(),
        capture_output=True,
        text=True,
        check=True,
    )
    rows = [json.loads(line) for line in done.stderr.splitlines() if line]
    return [(code, {name.partition(".")[0] for name in modules}) for code, modules in rows]


def test_no_run_imports_openai_or_instructor_and_one_from_the_cache_no_client(place: Place) -> None:
    paths = place.write(*[endpoints.report(i) for i in range(3)])
    with Server(truthful) as server:
        place.run(server, paths[:2])
        cached = place.arguments(server, *paths[:2])
        paying = [*place.arguments(server, paths[2], out="other"), "--cache-dir", "new"]
        (code, light), (other_code, heavy) = loaded(place, cached, paying)
    assert (code, other_code) == (0, 0)
    assert not {"openai", "instructor", "httpx", "httpx2", "aiohttp"} & light
    assert "aiohttp" in heavy
    assert not {"openai", "instructor"} & heavy  # requests are sent and prepared without them
