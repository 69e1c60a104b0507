"""Decode the bytes of a file to text, in the encoding that the file itself tells.

A byte-order mark tells it, then what the file declares, then that all its bytes are UTF-8; only for
a file that tells nothing it is the one that the user names. An encoding is never guessed: a wrong
guess would move every offset, and nobody would notice. The text is the decoded file without its
byte-order mark, line ends kept.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Literal

from annotate.errors import DocumentError, UsageError

KnownFrom = Literal["byte-order mark", "declaration", "valid utf-8", "--encoding"]
"""How an encoding is known, the surest first."""

_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32"),  # before utf-16, whose mark these bytes begin with
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
# Encodings that are ASCII bytes with escapes, so that such a file is valid UTF-8 too.
_ESCAPED = ("hz", "iso2022", "utf-7")
# Where a declaration stands; browsers look at the first thousand bytes.
_HEAD = 8192
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_XML = re.compile(
    rb"\s*<\?xml[^>]{1,200}?\sencoding\s*=\s*[\"']([\w.:-]{1,40})[\"']", re.IGNORECASE
)
_META = re.compile(
    rb"<meta\s(?:[^>]{0,500}?[\s;\"'])?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})", re.IGNORECASE
)
# What the names mean on the web, where they are wider than what they say.
_ON_THE_WEB = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
# Control characters that no text file holds; tab, line ends, form feed and separators are left out.
_CONTROLS = bytes((*range(0x09), *range(0x0E, 0x1C)))
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


@dataclass(frozen=True, slots=True)
class Encoding:
    """The encoding of a file.

    Attributes:
        codec: its canonical name, see `codec_name`.
        known_from: how it is known.
    """

    codec: str
    known_from: KnownFrom


def find_encoding(data: bytes, fallback: str, *, declares: bool = False) -> Encoding:
    """Return the encoding of a file's bytes.

    Args:
        data: the bytes.
        fallback: the codec that the user names, for bytes that do not tell.
        declares: whether files of this kind declare it, as HTML and XML do.
    """
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return Encoding(codec, "byte-order mark")
    named = Encoding(fallback, "--encoding")
    if fallback.startswith(_ESCAPED) and data.isascii():
        return named
    valid = _is_text(data, "utf-8")
    declared = declared_codec(data) if declares else None
    if declared and not (valid if declared == "utf-8" else _is_text(data, declared)):
        declared = None
    # Saved by a program that turned it into UTF-8 and left the old declaration in it: there is no
    # other way for all the bytes beyond ASCII to fall into the patterns of UTF-8.
    if declared and not (valid and not data.isascii() and _is_one_byte(declared)):
        return Encoding(declared, "declaration")
    return Encoding("utf-8", "valid utf-8") if valid or fallback == "utf-8" else named


def declared_codec(data: bytes) -> str | None:
    """Return the codec that an HTML or XML file declares, None where it declares none we know."""
    head = data[:_HEAD]
    found = _XML.match(head) or _META.search(_COMMENT.sub(b"", head))
    if found is None:
        return None
    try:
        codec = codec_name(found[1].decode("ascii"))
    except UsageError:
        return None
    if codec.startswith(("utf-16", "utf-32")):
        return "utf-8"  # what could be read as ASCII up to here is not what it says
    return _ON_THE_WEB.get(codec, codec)


def decode(data: bytes, name: str, codec: str) -> str:
    """Return the text of a file.

    Args:
        data: its bytes.
        name: the file, as messages name it.
        codec: of its encoding, see `find_encoding`.

    Raises:
        DocumentError: for bytes that are not in this encoding, or that are not text.
    """
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


def _is_text(data: bytes, codec: str) -> bool:
    """Tell whether bytes are text in an encoding."""
    try:
        text = data.decode(codec)
    except UnicodeError:
        return False
    return not _is_binary(text[:_CONTROLS_SAMPLE])


def _is_one_byte(codec: str) -> bool:
    """Tell whether each byte is a character in this encoding."""
    text = bytes(range(128, 256)).decode(codec, "replace")
    return len(text) == 128 and text.count("\ufffd") < 64


def _is_binary(sample: str) -> bool:
    data = sample.encode("utf-8", "surrogatepass")  # where each of them is one byte
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return "\0" in sample or controls > len(sample) * _MOST_CONTROLS
