"""What a reader is: how the files of one format become documents."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from importlib import import_module
from typing import Generic, Protocol, TypeVar

from annotate.documents.contents import with_contents
from annotate.documents.decoding import find_encoding
from annotate.documents.document import Document
from annotate.documents.layout import Layout
from annotate.documents.provenance import Provenance
from annotate.documents.sources import Source
from annotate.documents.surroundings import with_surroundings
from annotate.errors import DocumentError, MissingExtra

log = logging.getLogger("annotate")

EXTRA = "documents"
"""The extra of this package that installs what readers need beyond it."""

OnError = Callable[[DocumentError], None]
"""Takes the error of a document that cannot be read; the documents behind it are read still."""

Text = str | tuple[str, Layout]
"""A text, with the layout that its source states where it states one."""

ReadText = Callable[[bytes, str, str], Text]
"""Returns the text in a file's bytes, given the name of the file for messages and the codec of its
encoding."""


Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Read(Generic[Found]):
    """What was read in one place: a document, or whatever stands for it, or why there is none.

    Attributes:
        source: id of the file, where the place is one of its lines.
        label: the id that a line gives; None where it gives none.
        name: of the line, safe to print.
        last: whether nothing behind it in its file can be read.
    """

    found: Found | DocumentError
    source: str = ""
    label: str | None = None
    name: str = ""
    last: bool = False


class Reader(Protocol):
    """Reads the files of one format."""

    @property
    def format(self) -> str:
        """What `Document.format` says of its documents."""

    @property
    def suffixes(self) -> tuple[str, ...]:
        """The suffixes of its files, in lower case, with the full stop."""

    @property
    def library(self) -> str:
        """The module that it imports and that `EXTRA` installs, "" where it needs none."""

    def documents(self, source: Source, codec: str, on_error: OnError) -> Iterator[Document]:
        """Yield the documents of one file; `codec` is for one that does not tell its encoding.

        Raises:
            DocumentError: for a file that cannot be read. Where a file holds several documents, one
                that cannot be read goes to `on_error`.
        """


@dataclass(frozen=True, slots=True)
class FileReader:
    """Reads files that are one document each.

    Attributes, beside those of `Reader`:
        text: returns the text in a file's bytes.
        encoded: whether these are encoded text; where they are not, the codec is "".
        declares: whether such a file may declare its encoding, as HTML and XML do.
    """

    format: str
    suffixes: tuple[str, ...]
    text: ReadText
    library: str = ""
    encoded: bool = True
    declares: bool = False

    def documents(self, source: Source, codec: str, on_error: OnError) -> Iterator[Document]:
        """Yield the one document."""
        data = source.read()
        if self.library:
            self._load(source.name)
        encoding = find_encoding(data, codec, declares=self.declares) if self.encoded else None
        with broken_off(source.name, self.format):
            text = self.text(data, source.name, encoding.codec if encoding else "")
        provenance = Provenance.of(source.file_name, data, encoding)
        yield document(source.id, text, self.format, source.name, provenance)

    def _load(self, name: str) -> None:
        try:
            import_module(self.library)
        except ImportError:
            raise MissingExtra(name, self.format.upper(), EXTRA) from None


@contextmanager
def broken_off(name: str, format: str) -> Iterator[None]:
    """Make of any error in reading a document the error of this document alone.

    What a reader stumbles over is content that somebody else wrote, so that none of its errors may
    end a run.

    Raises:
        DocumentError: naming the document as `name`.
    """
    try:
        yield
    except DocumentError:
        raise
    except Exception as error:
        log.info("%s cannot be read", name, exc_info=True)
        kind = type(error).__name__
        raise DocumentError(
            name, f"breaks the reader of {format.upper()} ({kind}); save it as plain text"
        ) from None


def document(id: str, found: Text, format: str, name: str, provenance: Provenance) -> Document:
    """Return a document, unless its text is nothing but white space.

    Raises:
        DocumentError: for a text that says nothing, naming the document as `name`.
    """
    text, layout = (found, None) if isinstance(found, str) else found
    check_text(text, name)
    if layout is not None:
        layout = with_contents(text, with_surroundings(text, layout))
    return Document(id, text, format, layout, provenance)


def check_text(text: str, name: str) -> None:
    """Refuse a text that is nothing but white space.

    Raises:
        DocumentError: naming the document as `name`.
    """
    if not text.strip():
        raise DocumentError(name, "holds no text; leave it out")
