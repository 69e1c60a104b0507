"""`annotate segments`: the units of a document."""

from __future__ import annotations

import json
from pathlib import Path

from tests.conftest import Command


def test_segments_as_json_are_the_text(command: Command, tmp_path: Path) -> None:
    text = "# Impact\r\n\r\nWe saw:\r\n\r\n- slow 😀 pages;\r\n- errors \ud83d here.\r\n"
    rows = json.dumps({"id": "\x1b[31m", "text": text})
    (tmp_path / "rows.jsonl").write_text(rows, encoding="utf-8")
    done = command("segments", "rows.jsonl", "--json")
    assert done.returncode == 0, done.stderr
    units = [json.loads(line) for line in done.stdout.splitlines()]
    assert [unit["kind"] for unit in units] == ["heading", "stem", "item", "item"]
    for unit in units:
        assert text[unit["start"] : unit["end"]] == unit["text"]
        assert unit["document"] == "rows.jsonl#\x1b[31m"
