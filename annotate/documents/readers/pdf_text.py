"""The text of a PDF, taken out by pdfium in a process of its own, which may be ended.

Run as `python -m annotate.documents.readers.pdf_text CHARACTERS SECONDS BYTES` with the PDF on
standard input: at most so many characters of text, seconds of computing, and bytes of memory, as
far as the system enforces the latter two. It imports nothing but pdfium, and prints UTF-8.
"""

from __future__ import annotations

import sys
from contextlib import closing
from enum import IntEnum

PAGE_END = "\f"
"""What parts the pages in what is printed; on a page it is a line end."""


class Ended(IntEnum):
    """How the process ended, as its exit code; any other says that it was ended."""

    READ = 0
    BROKEN = 1  # by an error of Python's
    UNREADABLE = 10
    PASSWORD = 11
    TOO_LONG = 12
    TOO_LARGE = 13


def limit(seconds: int, memory: int) -> None:
    """Let the system end this process where it takes more; no file of its memory is kept."""
    try:
        import resource
    except ImportError:  # Windows
        return
    for what, most in (
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, memory),
    ):
        try:
            resource.setrlimit(what, (most, most))
        except (OSError, ValueError):  # a system that does not know it, or allows less anyway
            continue


def read(data: bytes, characters: int) -> tuple[Ended, str]:
    """Return the text of the pages, parted by `PAGE_END`."""
    import pypdfium2

    pages: list[str] = []
    try:
        with closing(pypdfium2.PdfDocument(data)) as pdf:
            for number in range(len(pdf)):
                with closing(pdf[number]) as page, closing(page.get_textpage()) as text:
                    characters -= text.count_chars()
                    if characters < 0:
                        return Ended.TOO_LONG, ""
                    pages.append(text.get_text_bounded())
    except pypdfium2.PdfiumError as error:
        return Ended.PASSWORD if "password" in str(error).lower() else Ended.UNREADABLE, ""
    return Ended.READ, PAGE_END.join(
        page.replace("\r\n", "\n").replace(PAGE_END, "\n") for page in pages
    )


def main() -> int:
    """Read standard input, print its text, and return the exit code."""
    characters, seconds, memory = map(int, sys.argv[1:])
    limit(seconds, memory)
    try:
        ended, text = read(sys.stdin.buffer.read(), characters)
        sys.stdout.buffer.write(text.encode("utf-8", "surrogatepass"))
    except MemoryError:
        return Ended.TOO_LARGE
    return ended


if __name__ == "__main__":
    raise SystemExit(main())
