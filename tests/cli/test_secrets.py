"""Neither a key nor a document stands where it does not belong."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from annotate.testing import Batching, Rule, Server
from annotate.testing import behaviours as b
from tests.cli.conftest import DOCUMENT, KEY, Typed, found


def test_neither_key_nor_document_stands_in_a_log_or_an_error(
    typed: Typed, here: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    logger = logging.getLogger("annotate")
    monkeypatch.setattr(logger, "handlers", [caplog.handler])  # the root's are the command's own
    caplog.set_level(logging.DEBUG, logger="annotate")
    rules = [
        Rule(b.failing(400, f"cannot read: {DOCUMENT} with {KEY}"), at=0),
        Rule(b.saying(f'{{"{DOCUMENT.strip()}": 1}}')),
    ]
    with Server(found, *rules, batching=Batching(polls=0)) as server:
        words = ("--model", "m", "--base-url", server.base_url)
        heard = [
            typed("run", "a.txt", "b.txt", *words),
            typed("estimate", "a.txt", *words),
            typed("batch", "export", "a.txt", "b.txt", *words, "--out", "out.jsonl"),
            typed("cache", "stats"),
            typed("cache", "export", "--out", "c.jsonl"),
        ]
    said = "".join(out + err for _, out, err in heard) + caplog.text
    assert heard[0][0] == 4
    for secret in (KEY, "deploy broke", "rolled back"):
        assert secret not in said
    for path in here.rglob("*"):
        if path.is_file():
            assert KEY.encode() not in path.read_bytes(), path
