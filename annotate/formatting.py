"""Make text of documents and models safe to print where it would otherwise steer a terminal."""

from __future__ import annotations

import os
import unicodedata


def visible(text: str) -> str:
    """Return `text` safe to print: control and direction-changing characters made visible."""
    if "GITHUB_ACTIONS" in os.environ:
        # What stands behind these would be a command to the runner that shows the output.
        text = text.replace("##[", "## [").replace("::", ": :")
    if text.isprintable():
        return text
    return "".join(_escaped(c) if c != "\u200d" and _unprintable(c) else c for c in text)


def _unprintable(character: str) -> bool:
    return unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp")


def _escaped(character: str) -> str:
    code = ord(character)
    return f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"
