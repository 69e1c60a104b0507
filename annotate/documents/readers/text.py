"""Plain text and Markdown: the text is the decoded file, and its marks stay in it."""

from __future__ import annotations

from annotate.documents.decoding import decode
from annotate.documents.readers.reader import FileReader
from annotate.errors import DocumentError


def _text(data: bytes, name: str, codec: str) -> str:
    if data.startswith(b"%PDF-"):
        raise DocumentError(name, "is a PDF; give it the suffix .pdf")
    return decode(data, name, codec)


PLAIN = FileReader("text", (".txt", ".text"), _text)
MARKDOWN = FileReader("markdown", (".md", ".markdown"), _text)
