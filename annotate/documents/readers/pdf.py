"""PDF as the text of its pages, as pdfium reads it, put together by `annotate.documents.pages`.

pdfium works in a process of its own (`pdf_text`): a file of two kilobytes may hold gigabytes, or be
made to break what reads it, and then that process is ended and not the run.
"""

from __future__ import annotations

import os
import subprocess
import sys

from annotate.documents.layout import Layout
from annotate.documents.pages import join_pages
from annotate.documents.readers import pdf_text
from annotate.documents.readers.pdf_text import Ended
from annotate.documents.readers.reader import FileReader
from annotate.errors import DocumentError

CHARACTERS = 1_000_000
"""How much text any PDF may hold, and beyond that as a multiple of its bytes."""

CHARACTERS_PER_BYTE = 50
SECONDS = 60
"""Of computing; a thousand pages take a few."""

MEMORY = 400 * 1024 * 1024
_PATIENCE = 600  # seconds by the clock, where the system ends no process for its computing
# The environment holds keys; what reads a hostile file needs none of it but this.
_KEPT = ("PATH", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "SYSTEMROOT", "TEMP", "TMP")


def _text(data: bytes, name: str, codec: str) -> tuple[str, Layout]:
    try:
        done = subprocess.run(  # noqa: S603 (this Python, with numbers)
            _command(len(data)),
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            timeout=_PATIENCE,
            check=False,
        )
        code = done.returncode
    except subprocess.TimeoutExpired:
        code = -1
    if code == Ended.PASSWORD:
        raise DocumentError(name, "needs a password; save a copy without one")
    if code == Ended.UNREADABLE:
        raise DocumentError(name, "is not a readable PDF; print it to a new file")
    if code == Ended.TOO_LONG:
        raise DocumentError(name, "holds far more text than its size tells; split it")
    if code == Ended.BROKEN:
        raise RuntimeError("the process did not work")  # made this document's error by the reader
    if code != Ended.READ:
        raise DocumentError(
            name, "takes more memory or work than a PDF may; print it to a new file"
        )
    text = done.stdout.decode("utf-8", "surrogatepass")
    if not text.strip():
        raise DocumentError(name, "holds only images; run it through OCR first")
    return join_pages(text.split(pdf_text.PAGE_END))


def _command(size: int) -> list[str]:
    limits = (CHARACTERS + CHARACTERS_PER_BYTE * size, SECONDS, MEMORY)
    # -P: a module that lies in the current folder is not taken for one of ours. -S: what is
    # installed is named below, and need not be looked for again.
    return [sys.executable, "-P", "-S", "-m", pdf_text.__name__, *map(str, limits)]


def _environment() -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    places = (os.path.abspath(each) for each in sys.path)  # noqa: PTH100 ("" is the current folder)
    return {**kept, "PYTHONPATH": os.pathsep.join(places)}


READER = FileReader("pdf", (".pdf",), _text, library="pypdfium2", encoded=False)
