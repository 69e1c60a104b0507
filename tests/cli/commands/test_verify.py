"""`annotate verify`, and what other commands make of a verified run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from annotate.testing import Server
from tests.conftest import Command
from tests.support import endpoints
from tests.support.endpoints import Place
from tests.support.handmade import LOST, ROLLED_BACK, SLOW, TEXT, annotation, write_gold, write_run
from tests.support.verifying import arguments, by_category, entry, judging

HOSTILE = "No \x1b[2Jstep <b>here</b> ::error::x."


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(endpoints.project(tmp_path_factory.mktemp("verify") / "project"))


@pytest.fixture(scope="module")
def command(place: Place) -> Command:
    return Command(place.folder)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    def judge(row: endpoints.Body) -> endpoints.Body:
        if row["category"] == "action":
            return entry(row["number"], "partly", HOSTILE, step="mitigated")
        said = by_category({**row, "category": "cause"}) if row["quote"] == LOST[1] else None
        return said or by_category(row)

    with Server(judging(judge)) as running:
        yield running


@pytest.fixture(scope="module")
def run(place: Place, command: Command, server: Server) -> Path:
    """A verified run, whose task has gold."""
    found = [annotation(each) for each in (SLOW, ROLLED_BACK, LOST)]
    folder = place.folder / "runs" / "mine"
    write_run(folder, found)
    write_gold(place.folder / "eval" / "gold" / "incident_report", found[:2])
    done = command(*arguments(server, folder))
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "verified by m: 1 supported, 1 partly, 1 unsupported",
        f"1 answers, {tokens(folder)} tokens, cost unknown",
        "held against the gold of 1 documents, with 95% intervals:",
        "  supported was right for 1 of 1: 1.000 [.207 to 1.000]",
        "  partly was right for 0 of 1: .000 [.000 to .793]",
        "  unsupported was right for 1 of 1: 1.000 [.207 to 1.000]",
        "  of the values named as not supported, gold does not state 0 of 1: .000 [.000 to .793]",
        "  of all of these annotations, gold does not state 1 of 3: .333 [.061 to .792]",
        f"run: {folder}-verified    look at it: annotate show {folder}-verified",
    ]
    assert "1 requests, about " in done.stderr
    return folder.with_name("mine-verified")


def tokens(folder: Path) -> str:
    manifest = json.loads((folder.with_name("mine-verified") / "manifest.json").read_text())
    usage = manifest["verified"]["usage"]
    return f"{usage['prompt_tokens']:,} + {usage['completion_tokens']:,}"


def test_an_estimate_and_a_batch_file_send_nothing(
    place: Place, command: Command, server: Server, run: Path
) -> None:
    before = len(server.chats)
    source = run.with_name("mine")
    more = ("--per-request", "2", "--price", "1,10")
    told = command(*arguments(server, source, "--estimate", *more))
    assert told.stdout.startswith("2 requests, about ")
    assert "USD with empty answers" in told.stdout
    as_json = command(*arguments(server, source, "--estimate", "--json", *more))
    assert json.loads(as_json.stdout)["requests"] == 2
    written = command(*arguments(server, source, "--batch", "b.jsonl", "--per-request", "2"))
    assert written.stdout.startswith("2 requests in b.jsonl")
    assert len(server.chats) == before


def test_the_results_of_a_batch_are_the_verdicts(
    place: Place, command: Command, server: Server, run: Path
) -> None:
    source = run.with_name("mine")
    more = ("--per-request", "1")
    command(*arguments(server, source, "--batch", "batch.jsonl", *more))
    base = ("--base-url", server.base_url)
    submitted = command("batch", "submit", "batch.jsonl", *base)
    number = json.loads(submitted.stdout)["batch"]
    while json.loads(command("batch", "status", number, *base).stdout)["status"] != "completed":
        pass
    command("batch", "fetch", number, "--out", "results.jsonl", *base)
    read = command("batch", "import", "results.jsonl")
    assert read.stdout.startswith("3 answers stored")
    before = len(server.chats)
    done = command(*arguments(server, source, *more, "--out", "runs/batched"))
    assert (done.returncode, len(server.chats)) == (0, before)
    assert done.stdout.startswith("verified by m: 1 supported, 1 partly, 1 unsupported")


def test_json_holds_manifest_and_agreement(command: Command, server: Server, run: Path) -> None:
    done = command(*arguments(server, run.with_name("mine"), "--json"))
    row = json.loads(done.stdout)
    assert row["verified"]["verdicts"]["partly"] == 1
    assert row["agreement"]["verdicts"]["unsupported"]["right"] == 1


def test_what_has_no_verdict_ends_with_the_code_for_that(command: Command, run: Path) -> None:
    line = ("verify", run.with_name("mine"), "--model", "other", "--offline")
    done = command(*line, "--out", "runs/offline")
    assert done.returncode == 4
    assert "3 annotations without a verdict: not in the cache" in done.stderr
    assert done.stdout.startswith("verified by other: 3 unanswered")


def test_show_prints_verdicts_and_selects_by_them(command: Command, run: Path) -> None:
    assert "verified by m: 1 supported, 1 partly, 1 unsupported" in command("show", run).stdout
    shown = command("show", run, "--verdict", "partly,unsupported").stdout
    assert "    unsupported: Nothing is said of a cause." in shown
    assert "    partly (not step mitigated): No \\u001b[2Jstep <b>here</b> ::error::x." in shown
    assert SLOW[1] not in shown
    wrong = command("show", run, "--verdict", "unsuported")
    assert wrong.returncode == 2
    assert "did you mean unsupported?" in wrong.stderr
    rows = json.loads(command("show", run, "--verdict", "supported", "--json").stdout)
    assert [row["quote"] for row in rows["annotations"]] == [SLOW[1]]
    unanswered = command("show", run.with_name("mine"), "--verdict", "unanswered").stdout
    assert all(quote in unanswered for quote in (SLOW[1], LOST[1]))


def test_exports_reports_and_the_page_have_them(place: Place, command: Command, run: Path) -> None:
    lines = command("export", run, "--to", "csv", "--verdict", "unsupported").stdout.splitlines()
    assert '"verification.verdict","verification.values","verification.reason"' in lines[0]
    assert len(lines) == 2
    assert '"unsupported","","Nothing is said of a cause."' in lines[1]
    page = place.folder / "page.html"
    assert command("view", run, "--out", page).returncode == 0
    text = page.read_text()
    assert "Nothing is said of a cause." in text
    assert "<b>here</b>" not in text
    assert TEXT[:16] in text
