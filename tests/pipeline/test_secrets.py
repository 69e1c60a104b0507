"""No key and no text of a document is shown, logged or kept where it need not be."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import annotate.llm.conversation
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.conftest import Command, contents
from tests.support import forks
from tests.support.endpoints import Place, document, truthful
from tests.support.typed import KEY, typed

TEXT = "The patient of room nine: search was slow."


def everything(folder: Path) -> bytes:
    return b"".join(contents(folder).values())


FAILURES = {
    "well": b.late(0),
    "refused": b.failing(400, f"bad: {TEXT} {KEY}"),
    "broken": b.saying(f"Ignore {TEXT}"),
    "stopped": b.failing(401, f"Incorrect API key provided: {KEY}"),
}


def test_a_key_appears_nowhere_and_a_text_in_no_log(place: Place) -> None:
    paths = place.write(*[f"{TEXT} It went: {word}." for word in FAILURES])
    log = place.folder / "log.txt"
    rules = [Rule(behaviour, containing=f": {word}.") for word, behaviour in FAILURES.items()]
    with Server(truthful, *rules) as server:
        # A process: openai reads OPENAI_LOG when it is imported.
        done = Command(place.folder).process(
            *("-v", "--log-file", log),
            *place.arguments(server, *paths),
            *("--timeout", "20", "--concurrency", "1"),
            env={"OPENAI_API_KEY": KEY, "OPENAI_LOG": "debug"},
        )
        assert all(each.headers["authorization"] == f"Bearer {KEY}" for each in server.chats)
        asked = [document(each.body) for each in server.chats]
    assert done.returncode == 5
    for word in FAILURES:
        assert any(f": {word}." in text for text in asked)
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


def test_credentials_of_any_kind_are_in_no_log_error_or_file(place: Place) -> None:
    """At -v, over a run, doctor and a batch, where each of them fails and where it works."""
    place.write(TEXT)
    secrets = {"password": "hunter2hunter2", "query": "letmein-letmein", "proxy": "pr0xyword"}
    log = place.folder / "log.txt"
    environment = {"OPENAI_API_KEY": KEY, "NO_PROXY": "127.0.0.1"}
    environment["HTTPS_PROXY"] = f"http://me:{secrets['proxy']}@127.0.0.1:9"
    said = ""
    with Server(
        truthful, Rule(b.failing(400, "{password} {query} {proxy}".format(**secrets)))
    ) as s:
        url = s.base_url.replace("://", f"://user:{secrets['password']}@")
        for words in (
            ["run", *sorted(place.folder.glob("texts/*")), "--model", "m", "--out", "run"],
            ["doctor", "--model", "m"],
            ["batch", "submit", log],
            ["batch", "status", "batch_1"],
            ["batch", "fetch", "batch_1", "--out", "results.jsonl"],
            ["batch", "status", "batch_1", "--base-url", f"{url}?api-key={secrets['query']}"],
            # Nobody listens there; and a proxy that cannot be used.
            ["batch", "status", "b", "--base-url", f"https://user:{secrets['password']}@h.invalid"],
        ):
            done = Command(place.folder)(
                *("-v", "--log-file", log), *words, *_at(url, words), env=environment
            )
            said += done.stdout + done.stderr
    environment["ALL_PROXY"] = f"gopher://me:{secrets['proxy']}@127.0.0.1:9"
    done = Command(place.folder)("doctor", "--model", "m", *_at(url, []), env=environment)
    assert done.returncode == 2
    assert "ALL_PROXY" in done.stderr
    said += done.stdout + done.stderr + log.read_text(encoding="utf-8")
    kept = everything(place.folder)
    for secret in (*secrets.values(), KEY):
        assert secret not in said
        assert secret.encode() not in kept


def _at(url: str, words: Sequence[object]) -> list[str]:
    return [] if "--base-url" in words else ["--base-url", url]


def broken(*_: object) -> None:
    raise RuntimeError("broken")


def break_grounding() -> None:
    """Let the fork that is prepared so have a bug."""
    vars(annotate.llm.conversation)["ground"] = broken
    os.environ["OPENAI_API_KEY"] = KEY


def test_a_crash_shows_neither_key_nor_text(place: Place, tmp_path: Path) -> None:
    """A bug of ours is a traceback: it holds lines of code, not what they worked on."""
    paths = place.write(TEXT)
    with Server(truthful) as server:
        words = place.arguments(server, *paths)
        with forks.started(place.folder, words, tmp_path / "printed", break_grounding) as fork:
            assert fork.ended() == 1
            said = fork.stderr
    assert "RuntimeError: broken" in said
    assert KEY not in said
    assert "room nine" not in said
    assert "never retrieved" not in said
