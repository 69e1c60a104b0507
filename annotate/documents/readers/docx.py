"""Word files: mammoth makes a page of one, which is read like any other.

Tracked deletions, comments, and the heads and feet of its pages are no text of the document.
"""

from __future__ import annotations

import io
import re
import zipfile

from annotate.documents.layout import Layout
from annotate.documents.readers.html import read_page
from annotate.documents.readers.reader import FileReader
from annotate.errors import DocumentError

MOST_XML = 24 * 1024 * 1024
"""Bytes of the unpacked parts of a file without its pictures; a long policy has a million."""

_OLD = b"\xd0\xcf\x11\xe0"  # of Word before 2007, and of what a password encrypts
_STYLES = "p[style-name='Title'] => h1:fresh\np[style-name='Subtitle'] => p:fresh"
_BACK = re.compile(r' ?<a href="#(?:foot|end)note-ref-\d+">↑</a>')  # mammoth's own addition


def _text(data: bytes, name: str, codec: str) -> tuple[str, Layout]:
    import mammoth

    if data.startswith(_OLD):
        raise DocumentError(
            name, "is an old Word file, or needs a password; save a copy as .docx without one"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            _check_size(parts, name)
        # Pictures are never opened: they hold no text, and their links may lead anywhere.
        found = mammoth.convert_to_html(
            io.BytesIO(data),
            style_map=_STYLES,
            convert_image=mammoth.images.img_element(lambda image: {"src": ""}),
        )
    except (zipfile.BadZipFile, KeyError):
        raise DocumentError(name, "is not a readable Word file; save it anew as .docx") from None
    return read_page(_BACK.sub("", found.value), name)


def _check_size(parts: zipfile.ZipFile, name: str) -> None:
    size = sum(each.file_size for each in parts.infolist() if not _is_picture(each.filename))
    if size > MOST_XML:
        raise DocumentError(name, "holds far more text than its size tells; split it")


def _is_picture(part: str) -> bool:
    return part.startswith("word/media/")


READER = FileReader("docx", (".docx",), _text, library="mammoth", encoded=False)
"""The reader of DOCX."""
