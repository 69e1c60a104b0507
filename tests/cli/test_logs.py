"""The log: warnings are seen, once; a message is one line, and steers nothing."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from annotate.cli import app
from annotate.cli.logs import set_up_logging
from annotate.errors import UsageError
from tests.support.in_process import unset_logging
from tests.support.printed import harmless

log = logging.getLogger("annotate.test")


@contextmanager
def logging_to(verbose: bool, log_file: Path | None) -> Iterator[None]:
    """Log as a command does in a process of its own, where nobody else has set it up."""
    with unset_logging():
        set_up_logging(verbose, log_file)
        yield


def test_a_message_is_one_line_that_steers_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with logging_to(True, tmp_path / "log"):
        log.info("model %s says", "\x1b[2J\nWARNING forged\r\u202e")
        try:
            raise ValueError("raw \x1b[2J\x9b")
        except ValueError:
            log.warning("failed", exc_info=True)
    for text in (capsys.readouterr().err, (tmp_path / "log").read_text(encoding="utf-8")):
        harmless(text)
        assert text.splitlines()[:3] == [
            "INFO model \\u001b[2J\\u000aWARNING forged\\u000d\\u202e says",
            "WARNING failed",
            "Traceback (most recent call last):",
        ]


def test_a_warning_is_seen_without_v_and_once(capsys: pytest.CaptureFixture[str]) -> None:
    with logging_to(False, None):
        for _ in range(3):
            log.info("not asked for")
            log.warning("others can read %s", "it")
    assert capsys.readouterr().err == "others can read it\n"


def test_a_log_file_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="--log-file"):
        set_up_logging(False, tmp_path / "none" / "log")


def test_a_defect_is_shown_and_steers_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise RuntimeError("raw \x1b[2J")

    monkeypatch.setattr(app, "program", lambda: broken)
    monkeypatch.setattr(sys, "argv", ["annotate"])
    with pytest.raises(SystemExit) as ended:
        app.main()
    assert ended.value.code == 1
    said = capsys.readouterr().err
    harmless(said)
    assert "RuntimeError: raw \\u001b[2J" in said
