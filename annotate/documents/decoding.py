"""Decode the bytes of a file to text in the encoding that the user names.

The text is the decoded file without a byte-order mark, line ends kept. An encoding is never guessed
from the bytes: a wrong guess would move every offset, and nobody would notice.
"""

from __future__ import annotations

import codecs
import re

from annotate.errors import DocumentError, UsageError

_BYTE_ORDER_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),  # before utf-16, whose mark these bytes begin with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Control characters that no text file holds; tab, line ends, form feed and separators are left out.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b]")
_CONTROLS_SAMPLE = 65536
_MOST_CONTROLS = 0.01  # of the characters; a stray one does not make a long text unreadable


def codec_name(encoding: str) -> str:
    """Return the canonical name of a text encoding.

    Raises:
        UsageError: for a name that Python has no text encoding for.
    """
    try:
        "".encode(encoding)
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise UsageError(
            f"--encoding {encoding!r} is unknown; try utf-8, cp1252 or utf-16"
        ) from None


def decode(data: bytes, name: str, codec: str) -> str:
    """Return the text of a file.

    Args:
        data: its bytes.
        name: the file, as messages name it.
        codec: see `codec_name`.

    Raises:
        DocumentError: for bytes that are not in this encoding, or that are not text.
    """
    if codec == "utf-8":
        for mark, wide in _BYTE_ORDER_MARKS:
            if data.startswith(mark):
                raise DocumentError(name, f"is written in another encoding; add --encoding {wide}")
    try:
        text = data.decode(codec)
    except UnicodeError as error:
        where = f" at byte {error.start}" if isinstance(error, UnicodeDecodeError) else ""
        raise DocumentError(
            name, f"is not {codec}{where}; name its --encoding (often cp1252)"
        ) from None
    text = text.removeprefix("\ufeff")
    if _is_binary(text[:_CONTROLS_SAMPLE]):
        raise DocumentError(
            name, "looks binary, not like text; convert it, or name its --encoding (utf-16?)"
        )
    return text


def _is_binary(sample: str) -> bool:
    controls = _CONTROLS.findall(sample)
    return "\0" in controls or len(controls) > len(sample) * _MOST_CONTROLS
