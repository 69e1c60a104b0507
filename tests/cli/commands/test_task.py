"""`annotate task`: what would be sent, and what is wrong with a prompt."""

from __future__ import annotations

import hashlib
import json
import re
from pathlib import Path

import pytest

from annotate.testing import Server
from tests.cli.conftest import Typed, found
from tests.support.prompting import EXAMPLE, HEAD, passes


def test_task_show_prints_what_a_run_sends(typed: Typed) -> None:
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        code, out, _ = typed("task", "show", "incident_report", "--file", "a.txt", *words)
        assert len(server.requests) == 0
        typed("run", "a.txt", *words)
        assert json.loads(out) == server.chats[0].body
    assert code == 0


def test_a_heading_that_is_the_digest_of_its_text_is_shown_estimated_and_run(
    typed: Typed, here: Path
) -> None:
    quoted = "A deploy broke the gate. "
    text = quoted + "We rolled back. " * 7
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = f"# {digest}\n\n" + "It was a long day for us. " * 4 + "\n\n"
    (here / "a.txt").write_text(head + text, encoding="utf-8")
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url, "--chunk-size", "200")
        shown = typed("task", "show", "incident_report", "--file", "a.txt", "--chunk", "1", *words)
        assert typed("estimate", "a.txt", *words)[1].startswith("2 requests")
        assert typed("run", "a.txt", *words)[0] == 0
        bodies = [each.body for each in server.chats]
    body = json.loads(shown[1])
    assert body in bodies
    opening = re.search(r"<document-([0-9a-f]+)>", body["messages"][-1]["content"])
    assert f"> {digest}\n" in body["messages"][-1]["content"]
    assert opening is not None
    assert opening[1] not in digest


def test_task_show_asks_for_lead_ins_where_a_run_does(typed: Typed, here: Path) -> None:
    text = "We did not lose:\n\n- your mail\n\nWe lost:\n\n- your mail\n"
    (here / "a.txt").write_text(text, encoding="utf-8")
    with Server(found) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        _, out, _ = typed("task", "show", "incident_report", "--file", "a.txt", *words)
        typed("run", "a.txt", *words)
        assert json.loads(out) == server.chats[0].body
    assert "LEAD-IN … ITEM" in json.loads(out)["messages"][-1]["content"]


@pytest.mark.parametrize("mode", ["json", "tools", "json_schema"])
@pytest.mark.parametrize("strict", ["--strict", "--no-strict"])
def test_task_show_follows_mode_and_strict(typed: Typed, mode: str, strict: str) -> None:
    _, out, _ = typed("task", "show", "incident_report", "--mode", mode, strict)
    body = json.loads(out)
    assert ("tools" in body) == (mode == "tools")
    assert ('"strict": true' in out) == (strict == "--strict" and mode != "json")
    assert body["max_completion_tokens"] == 8192
    assert body["model"] == "(no model is named)"


def test_task_show_prints_one_request_a_pass(typed: Typed, here: Path) -> None:
    path = here / "prompts" / "incident_report" / "v1.md"
    path.write_text(path.read_text().replace(HEAD, HEAD + passes("cause", "impact")))
    _, out, _ = typed("task", "show", "incident_report")
    decoder = json.JSONDecoder()
    first, end = decoder.raw_decode(out)
    second, _ = decoder.raw_decode(out, end + 1)
    assert "## cause" in first["messages"][0]["content"]
    assert "## impact" in second["messages"][0]["content"]


def test_task_check_says_what_is_wrong_and_where(typed: Typed, here: Path) -> None:
    code, out, _ = typed("task", "check", "incident_report")
    assert (code, out.splitlines()[-1]) == (0, "ok prompt v1: 1 examples validate and ground")
    examples = here / "prompts" / "incident_report" / "examples.jsonl"
    wrong = json.dumps({**EXAMPLE, "text": "Something else entirely."})
    examples.write_text(examples.read_text() + wrong + "\n")
    code, out, _ = typed("task", "check", "incident_report")
    assert code == 2
    assert "examples.jsonl:2: error: " in out
    code, out, err = typed("run", "a.txt", "--model", "m", "--base-url", "http://127.0.0.1:9/v1")
    assert (code, out) == (2, "")
    assert "examples.jsonl:2: " in err
    assert list((here).glob("runs*")) == []


def test_task_check_finds_a_borrowed_example(typed: Typed, here: Path) -> None:
    documents = here / "eval" / "documents"
    documents.mkdir(parents=True)
    (documents / "one.txt").write_text("So: " + "a deploy broke the gate we rolled back " * 2)
    examples = here / "prompts" / "incident_report" / "examples.jsonl"
    text = "A deploy broke the gate, we rolled back, a deploy broke the gate, we rolled back."
    examples.write_text(json.dumps({"text": text, "annotations": []}) + "\n")
    code, out, _ = typed("task", "check", "incident_report")
    assert code == 2
    assert "examples.jsonl:1: error: repeats one.txt" in out


def test_task_check_checks_the_sentences_of_a_task(typed: Typed, here: Path) -> None:
    path = here / "schemas" / "incident_report.sentences.toml"
    path.write_text("[category.impact]\ntitle = 'Impact'\n")
    code, out, _ = typed("task", "check", "incident_report")
    assert (code, out.splitlines()[3]) == (0, "ok sentences: 1 of 8 categories")
    path.write_text("[category.impact]\nsaying = []\n")
    code, out, _ = typed("task", "check", "incident_report")
    assert (code, "incident_report.sentences.toml:2: error: category.impact.saying" in out) == (
        2,
        True,
    )
