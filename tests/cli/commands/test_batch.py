"""`annotate batch`: a batch endpoint answers the requests of a run."""

from __future__ import annotations

import http.server
import json
import threading
from pathlib import Path
from typing import Any

from annotate.testing import Batching, Rule, Server
from annotate.testing import behaviours as b
from tests.cli.conftest import Typed, found


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


def test_answers_of_a_batch_file_complete_a_run(typed: Typed, here: Path) -> None:
    document = (here / "b.txt").read_text(encoding="utf-8")
    (here / "b.txt").write_text(document + "\n\nNothing happened." * 60, encoding="utf-8")
    rules = [Rule(b.truncated(), containing="Nothing happened", first=1)]
    with Server(found, *rules, batching=Batching(polls=1)) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        code, out, _ = typed("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl")
        assert (code, out) == (0, "2 requests in out.jsonl\n")
        url = ("--base-url", server.base_url)
        number = json.loads(typed("batch", "submit", "out.jsonl", *url)[1])["batch"]
        assert json.loads(typed("batch", "status", number, *url)[1])["status"] == "in_progress"
        assert json.loads(typed("batch", "status", number, *url)[1])["completed"] == 2
        assert typed("batch", "fetch", number, *url, "--out", "in.jsonl")[0] == 0
        code, out, _ = typed("batch", "import", "in.jsonl", "--json")
        assert code == 0
        assert json.loads(out) == {
            "stored": 2,
            "already": 0,
            "failed": 0,
            "unknown": 0,
            "problems": [],
        }
        # What was cut is asked again in halves: those are the next batch.
        code, out, _ = typed("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl")
        assert out.endswith("requests in out.jsonl\n")
        number = json.loads(typed("batch", "submit", "out.jsonl", *url)[1])["batch"]
        typed("batch", "status", number, *url)
        typed("batch", "fetch", number, *url, "--out", "in.jsonl")
        assert typed("batch", "import", "in.jsonl")[0] == 0
        _, out, _ = typed("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl")
        assert out == "0 requests in no file: every answer is cached\n"
        assert len(server.chats) == 0
    assert typed("run", "a.txt", "b.txt", *words, "--offline", "--out", "done")[0] == 0
    rows = [json.loads(line) for line in lines(here / "done" / "annotations.jsonl")]
    assert [row["document"] for row in rows] == ["a.txt", "b.txt"]


def test_a_batch_with_errors_is_incomplete_and_names_them(typed: Typed, here: Path) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        typed("batch", "export", "a.txt", *words, "--out", "out.jsonl")
    (custom_id,) = [json.loads(line)["custom_id"] for line in lines(here / "out.jsonl")]
    rows: list[dict[str, Any]] = [
        {"custom_id": custom_id, "response": None, "error": {"code": "batch_expired"}},
        {"custom_id": "nobody's", "response": {"status_code": 200, "body": {}}},
    ]
    (here / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    code, out, err = typed("batch", "import", "in.jsonl")
    assert code == 4
    assert out == "0 answers stored, 0 there already, 1 failed, 1 unknown\n"
    assert "in.jsonl:1: the endpoint gave no answer (batch_expired)" in err
    assert "in.jsonl:2: its request was not exported from this cache" in err


def test_a_batch_import_takes_a_price(typed: Typed, here: Path) -> None:
    with Server(found, batching=Batching(polls=0)) as server:
        url = ("--base-url", server.base_url)
        typed("batch", "export", "a.txt", "--model", "m", *url, "--out", "out.jsonl")
        number = json.loads(typed("batch", "submit", "out.jsonl", *url)[1])["batch"]
        typed("batch", "status", number, *url)
        typed("batch", "fetch", number, *url, "--out", "in.jsonl")
    typed("batch", "import", "in.jsonl", "--price", "1,2")
    assert json.loads(typed("cache", "stats", "--json")[1])["cost"] > 0


def test_a_refused_key_is_5(typed: Typed, here: Path) -> None:
    (here / "out.jsonl").write_text("{}\n")

    class Refusing(http.server.BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(401)
            self.send_header("content-length", "0")
            self.end_headers()

        def log_message(self, *_: Any) -> None:
            pass

    with http.server.HTTPServer(("127.0.0.1", 0), Refusing) as server:
        thread = threading.Thread(target=server.serve_forever, args=[0.005])
        thread.start()
        url = f"http://127.0.0.1:{server.server_port}/v1"
        code, out, err = typed("batch", "submit", "out.jsonl", "--base-url", url)
        server.shutdown()
        thread.join()
    assert (code, out) == (5, "")
    assert "set OPENAI_API_KEY" in err
