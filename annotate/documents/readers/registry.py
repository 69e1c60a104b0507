"""Every reader. A new format is a module beside this one and a line in `READERS`."""

from __future__ import annotations

from annotate.documents.readers import docx, html, json_lines, pdf, text
from annotate.documents.readers.reader import Reader
from annotate.documents.sources import Source

READERS: tuple[Reader, ...] = (
    text.PLAIN,
    text.MARKDOWN,
    json_lines.READER,
    html.READER,
    pdf.READER,
    docx.READER,
)

_BY_SUFFIX = {suffix: reader for reader in READERS for suffix in reader.suffixes}
SUFFIXES = frozenset(_BY_SUFFIX)
"""The suffixes of the files that are taken from a folder."""


def reader_for(source: Source) -> Reader:
    """Return the reader for the suffix of a source; an unknown one is read as plain text."""
    return _BY_SUFFIX.get(source.suffix, text.PLAIN)
