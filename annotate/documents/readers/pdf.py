"""PDF as the text of its pages, one below the other, as pdfium reads it."""

from __future__ import annotations

from contextlib import closing

from annotate.documents.readers.reader import FileReader
from annotate.errors import DocumentError

_HYPHEN_AT_LINE_END = "\x02"  # what pdfium writes for it


def _text(data: bytes, name: str, codec: str) -> str:
    import pypdfium2

    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            pages = [page.get_textpage().get_text_bounded() for page in pdf]
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise DocumentError(name, "needs a password; save a copy without one") from None
        raise DocumentError(name, "is not a readable PDF; print it to a new file") from None
    text = "\n".join(page.replace("\r\n", "\n").replace(_HYPHEN_AT_LINE_END, "-") for page in pages)
    if not text.strip():
        raise DocumentError(name, "holds only images; run it through OCR first")
    return text


READER = FileReader("pdf", (".pdf",), _text, library="pypdfium2")
