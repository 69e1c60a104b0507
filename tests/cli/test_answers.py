"""The commands about requests and answers, from end to end: exit codes, JSON, and no secrets."""

import json
import logging
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from annotate.cli.app import main
from annotate.testing import Batching, Rule, Server
from annotate.testing import behaviours as b
from tests.support.prompting import EXAMPLE, HEAD, project

KEY = "sk-secret-0123456789"
DOCUMENT = "A deploy broke the gate. We rolled back at noon. Nobody was hurt.\n"

Command = Callable[..., tuple[int, str, str]]


def found(body: dict[str, Any]) -> dict[str, Any]:
    quote = "A deploy broke the gate."
    if quote not in body["messages"][-1]["content"]:
        return {"annotations": []}
    item = {"category": "cause", "quote": quote, "triggers": ["deployment"]}
    return {"annotations": [{**item, "certainty": "confirmed"}]}


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = project(tmp_path / "p")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    monkeypatch.delenv("ANNOTATE_MODEL", raising=False)
    (folder / "a.txt").write_text(DOCUMENT, encoding="utf-8")
    (folder / "b.txt").write_text("Nothing happened.\n" + DOCUMENT, encoding="utf-8")
    return folder


@pytest.fixture
def annotate(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Command:
    def command(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["annotate", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
        out, err = capsys.readouterr()
        assert KEY not in out + err
        assert "Traceback" not in err
        return int(ended.value.code or 0), out, err

    return command


# ---- estimate ----


def test_estimate_says_requests_tokens_and_cost(annotate: Command) -> None:
    code, out, _ = annotate("estimate", "a.txt", "b.txt", "--model", "m", "--price", "1,2")
    assert code == 0
    assert out.startswith("2 requests, about ")
    assert "USD with empty answers" in out
    code, out, _ = annotate("estimate", "a.txt", "--model", "m", "--price", "1,2", "--json")
    figures = json.loads(out)
    assert code == 0
    assert figures["requests"] == 1
    assert 0 < figures["least"] < figures["most"]


def test_estimate_without_a_price_names_the_setting(annotate: Command) -> None:
    code, out, _ = annotate("estimate", "a.txt", "--model", "m")
    assert (code, "--price IN,OUT" in out) == (0, True)
    _, out, _ = annotate("estimate", "a.txt", "--model", "m", "--json")
    assert json.loads(out)["most"] is None


def test_estimate_knows_published_prices(annotate: Command) -> None:
    _, out, _ = annotate("estimate", "a.txt", "--model", "gpt-4o-mini", "--json")
    assert json.loads(out)["most"] > 0


@pytest.mark.parametrize(
    "words",
    [
        ("estimate", "a.txt"),
        ("estimate", "a.txt", "--model", "m", "--price", "cheap"),
        ("estimate", "a.txt", "--model", "m", "--price", "-1,2"),
        ("estimate", "a.txt", "--model", "m", "--mode", "telepathy"),
        ("estimate", "a.txt", "--model", "m", "--prompt", "v9"),
        ("estimate", "a.txt", "--model", "m", "--base-url", f"http://me:{KEY}@host:99999/v1"),
        ("task", "show", "incidents", "--file", "a.txt", "--chunk", "7"),
        ("task", "show", "incidents", "--prompt", "v9"),
        ("task", "show", "weather"),
        ("cache", "prune"),
        ("cache", "import", "none.jsonl"),
        ("cache", "export", "--out", "no folder/x.jsonl"),
        ("batch", "export", "a.txt", "--out", "x.jsonl"),
        ("batch", "import", "none.jsonl"),
        ("batch", "submit", "none.jsonl"),
    ],
)
def test_wrong_use_is_2_with_one_line(annotate: Command, words: tuple[str, ...]) -> None:
    code, out, err = annotate(*words)
    assert (code, out) == (2, "")
    assert err.startswith("annotate: ")
    assert len(err.splitlines()) == 1


# ---- task show, task check ----


def test_task_show_prints_what_a_run_sends(annotate: Command) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        code, out, _ = annotate("task", "show", "incidents", "--file", "a.txt", *words)
        assert len(server.requests) == 0
        annotate("run", "a.txt", *words)
        assert json.loads(out) == server.chats[0].body
    assert code == 0


@pytest.mark.parametrize("mode", ["json", "tools", "json_schema"])
@pytest.mark.parametrize("strict", ["--strict", "--no-strict"])
def test_task_show_follows_mode_and_strict(annotate: Command, mode: str, strict: str) -> None:
    _, out, _ = annotate("task", "show", "incidents", "--mode", mode, strict)
    body = json.loads(out)
    assert ("tools" in body) == (mode == "tools")
    assert ('"strict": true' in out) == (strict == "--strict" and mode != "json")
    assert body["max_completion_tokens"] == 8192
    assert body["model"] == "(no model is named)"


def test_task_show_prints_one_request_a_pass(annotate: Command, here: Path) -> None:
    path = here / "prompts" / "incidents" / "v1.md"
    passes = HEAD + 'passes = [["cause"], ["impact", "action"]]\n'
    path.write_text(path.read_text().replace(HEAD, passes))
    _, out, _ = annotate("task", "show", "incidents")
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(out)
    second, _ = decoder.raw_decode(out, end + 1)
    assert "## cause" in first["messages"][0]["content"]
    assert "## impact" in second["messages"][0]["content"]


def test_task_check_says_what_is_wrong_and_where(annotate: Command, here: Path) -> None:
    assert annotate("task", "check", "incidents")[:2] == (
        0,
        "ok prompt v1: 1 examples validate and ground\n",
    )
    examples = here / "prompts" / "incidents" / "examples.jsonl"
    wrong = json.dumps({**EXAMPLE, "text": "Something else entirely."})
    examples.write_text(examples.read_text() + wrong + "\n")
    code, out, _ = annotate("task", "check", "incidents")
    assert code == 2
    assert "examples.jsonl:2: " in out
    code, out, err = annotate("run", "a.txt", "--model", "m", "--base-url", "http://127.0.0.1:9/v1")
    assert (code, out) == (2, "")
    assert "examples.jsonl:2: " in err
    assert list((here).glob("runs*")) == []


def test_task_check_finds_a_borrowed_example(annotate: Command, here: Path) -> None:
    documents = here / "eval" / "documents"
    documents.mkdir(parents=True)
    (documents / "one.txt").write_text("So: " + "a deploy broke the gate we rolled back " * 2)
    examples = here / "prompts" / "incidents" / "examples.jsonl"
    text = "A deploy broke the gate, we rolled back, a deploy broke the gate, we rolled back."
    examples.write_text(json.dumps({"text": text, "annotations": []}) + "\n")
    code, out, _ = annotate("task", "check", "incidents")
    assert code == 2
    assert "examples.jsonl:1: repeats one.txt" in out


# ---- cache ----


def test_a_cache_goes_elsewhere_and_is_replayed_offline(annotate: Command, here: Path) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        assert annotate("run", "a.txt", "b.txt", *words, "--out", "one")[0] == 0
        assert len(server.chats) == 2
    code, out, _ = annotate("cache", "stats", "--json")
    assert code == 0
    assert json.loads(out)["answers"] == 2
    assert "m: 2" in annotate("cache", "stats")[1]
    assert annotate("cache", "export", "--out", "c.jsonl")[1] == "2 answers in c.jsonl\n"
    elsewhere = ("--cache-dir", "elsewhere")
    assert annotate("cache", "import", "c.jsonl", *elsewhere)[1] == "2 new answers\n"
    assert annotate("cache", "import", "c.jsonl", *elsewhere)[1] == "0 new answers\n"
    offline = ("run", "a.txt", "b.txt", *words, "--offline", "--out", "two")
    assert annotate(*offline, *elsewhere)[0] == 0
    for part in ("annotations.jsonl", "documents.jsonl"):
        assert (here / "one" / part).read_bytes() == (here / "two" / part).read_bytes()
    assert annotate("cache", "prune", "--failed", *elsewhere)[1] == "0 answers removed\n"
    assert annotate("cache", "prune", "--older-than", "1", *elsewhere)[1] == "0 answers removed\n"
    assert annotate("cache", "prune", "--yes", *elsewhere)[1] == "2 answers removed\n"
    assert annotate(*offline, "--out", "three", *elsewhere)[0] == 4


def test_a_cache_that_others_may_write_into_is_refused(annotate: Command, here: Path) -> None:
    (here / "shared").mkdir()
    (here / "shared").chmod(0o777)
    code, out, err = annotate("cache", "stats", "--cache-dir", "shared")
    assert (code, out) == (2, "")
    assert "chmod go-w shared" in err


# ---- batch ----


def test_answers_of_a_batch_file_complete_a_run(annotate: Command, here: Path) -> None:
    rules = [Rule(b.truncated(), containing="Nothing happened", first=1)]
    with Server(found, *rules, batching=Batching(polls=1)) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        code, out, _ = annotate("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl")
        assert (code, out) == (0, "2 requests in out.jsonl\n")
        url = ("--base-url", server.base_url)
        number = json.loads(annotate("batch", "submit", "out.jsonl", *url)[1])["batch"]
        assert json.loads(annotate("batch", "status", number, *url)[1])["status"] == "in_progress"
        assert json.loads(annotate("batch", "status", number, *url)[1])["completed"] == 2
        assert annotate("batch", "fetch", number, *url, "--out", "in.jsonl")[0] == 0
        code, out, _ = annotate("batch", "import", "in.jsonl", "--json")
        assert code == 0
        assert json.loads(out) == {
            "stored": 2,
            "already": 0,
            "failed": 0,
            "unknown": 0,
            "problems": [],
        }
        # What was cut is asked again in halves: those are the next batch.
        code, out, _ = annotate("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl")
        assert out.endswith("requests in out.jsonl\n")
        number = json.loads(annotate("batch", "submit", "out.jsonl", *url)[1])["batch"]
        annotate("batch", "status", number, *url)
        annotate("batch", "fetch", number, *url, "--out", "in.jsonl")
        assert annotate("batch", "import", "in.jsonl")[0] == 0
        _, out, _ = annotate("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl")
        assert out == "0 requests in no file: every answer is cached\n"
        assert len(server.chats) == 0
    assert annotate("run", "a.txt", "b.txt", *words, "--offline", "--out", "done")[0] == 0
    rows = [json.loads(line) for line in lines(here / "done" / "annotations.jsonl")]
    assert [row["document"] for row in rows] == ["a.txt", "b.txt"]


def test_a_batch_with_errors_is_incomplete_and_names_them(annotate: Command, here: Path) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        annotate("batch", "export", "a.txt", *words, "--out", "out.jsonl")
    (custom_id,) = [json.loads(line)["custom_id"] for line in lines(here / "out.jsonl")]
    rows: list[dict[str, Any]] = [
        {"custom_id": custom_id, "response": None, "error": {"code": "batch_expired"}},
        {"custom_id": "nobody's", "response": {"status_code": 200, "body": {}}},
    ]
    (here / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, out, err = annotate("batch", "import", "in.jsonl")
    assert code == 4
    assert out == "0 answers stored, 0 there already, 1 failed, 1 unknown\n"
    assert "in.jsonl:1: the endpoint gave no answer (batch_expired)" in err
    assert "in.jsonl:2: its request was not exported from this cache" in err


def test_a_batch_import_takes_a_price(annotate: Command, here: Path) -> None:
    with Server(found, batching=Batching(polls=0)) as server:
        url = ("--base-url", server.base_url)
        annotate("batch", "export", "a.txt", "--model", "m", *url, "--out", "out.jsonl")
        number = json.loads(annotate("batch", "submit", "out.jsonl", *url)[1])["batch"]
        annotate("batch", "status", number, *url)
        annotate("batch", "fetch", number, *url, "--out", "in.jsonl")
    annotate("batch", "import", "in.jsonl", "--price", "1,2")
    assert json.loads(annotate("cache", "stats", "--json")[1])["cost"] > 0


def test_a_refused_key_is_5(annotate: Command, here: Path) -> None:
    (here / "out.jsonl").write_text("{}\n")
    import http.server
    import threading

    class Refusing(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(401)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/v1"
        code, out, err = annotate("batch", "submit", "out.jsonl", "--base-url", url)
        server.shutdown()
        thread.join()
    assert (code, out) == (5, "")
    assert "set OPENAI_API_KEY" in err


# ---- Nothing leaks ----


def test_neither_key_nor_document_stands_in_a_log_or_an_error(
    annotate: Command, here: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, logger="annotate")
    rules = [
        Rule(b.failing(400, f"cannot read: {DOCUMENT} with {KEY}"), at=0),
        Rule(b.saying(f'{{"{DOCUMENT.strip()}": 1}}')),
    ]
    with Server(found, *rules, batching=Batching(polls=0)) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        heard = [
            annotate("run", "a.txt", "b.txt", *words),
            annotate("estimate", "a.txt", *words),
            annotate("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl"),
            annotate("cache", "stats"),
            annotate("cache", "export", "--out", "c.jsonl"),
        ]
    said = "".join(out + err for _, out, err in heard) + caplog.text
    assert heard[0][0] == 4
    for secret in (KEY, "deploy broke", "rolled back"):
        assert secret not in said
    for path in here.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path


def test_what_was_spent_without_a_cap_counts_against_a_later_one(annotate: Command) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url, "--price", "100,100", "--out", "r")
        assert annotate("run", "a.txt", *words, "--cache-dir", "one")[0] == 0
        spent = json.loads(annotate("cache", "stats", "--json", "--cache-dir", "one")[1])["cost"]
        cap = ("--max-cost", f"{spent / 2:f}")
        code, _, err = annotate("run", "a.txt", *words, *cap, "--cache-dir", "two")
        assert code == 5
        assert "raise the cap to go on" in err
        assert len(server.chats) == 1


def test_an_unreadable_document_is_named_and_the_others_are_estimated(annotate: Command) -> None:
    code, out, err = annotate("estimate", "none.txt", "a.txt", "--model", "m", "--price", "1,1")
    assert code == 4
    assert out.startswith("1 requests")
    assert "none.txt" in err
