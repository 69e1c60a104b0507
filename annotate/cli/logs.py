"""Where the log of a command goes: warnings to standard error, all of it with -v and to --log-file.

What is logged may quote file names, documents or models: it is made visible as all that is printed.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from annotate.errors import UsageError
from annotate.formatting import visible, visible_lines
from annotate.redaction import redact


def set_up_logging(verbose: bool, log_file: Path | None) -> None:
    """Send the log where it was asked for.

    Raises:
        UsageError: where the file cannot be written.
    """
    printed = logging.StreamHandler(sys.stderr)
    printed.setLevel(logging.INFO if verbose else logging.WARNING)
    printed.setFormatter(_Visible("%(levelname)s %(message)s" if verbose else "%(message)s"))
    printed.addFilter(_Once())
    handlers: list[logging.Handler] = [printed]
    if log_file is not None:
        try:
            kept = logging.FileHandler(log_file, encoding="utf-8", errors="backslashreplace")
        except OSError as error:
            raise UsageError(f"--log-file {log_file}: {error.strerror}") from None
        kept.setFormatter(_Visible("%(levelname)s %(message)s"))
        handlers.append(kept)
    logging.basicConfig(
        level=logging.INFO if verbose or log_file is not None else logging.WARNING,
        handlers=handlers,
    )


class _Visible(logging.Formatter):
    """Formats a message as one line that steers nothing; a traceback below it keeps its lines.

    Neither holds a credential.
    """

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (Python's name)
        record.message = visible(record.message)
        return super().formatMessage(record)

    def format(self, record: logging.LogRecord) -> str:
        return visible_lines(redact(super().format(record)))


class _Once(logging.Filter):
    """Lets a warning through once: a run opens the same cache several times."""

    def __init__(self) -> None:
        super().__init__()
        self._said: set[str] = set()

    def filter(self, record: logging.LogRecord) -> bool:
        said = record.getMessage()
        known = said in self._said
        if record.levelno >= logging.WARNING:
            self._said.add(said)
        return not known
