"""Read files, folders, globs and standard input as documents.

Which files the inputs name is decided in `annotate.documents.sources`, and how a file of one format
becomes text in `annotate.documents.readers`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

from annotate.documents.decoding import codec_name
from annotate.documents.document import Document
from annotate.documents.folders import OnSkipped, Skipped
from annotate.documents.readers.reader import OnError
from annotate.documents.readers.registry import SUFFIXES, reader_for
from annotate.documents.sources import Finder
from annotate.errors import DocumentError

log = logging.getLogger("annotate")


def read_documents(
    inputs: Sequence[str | Path],
    *,
    encoding: str = "utf-8",
    on_error: OnError | None = None,
    follow_links: bool = False,
    on_skip: OnSkipped | None = None,
) -> Iterator[Document]:
    """Yield the documents behind files, folders, globs and "-" (standard input), one at a time.

    Folders are read recursively in sorted order; hidden files and unknown suffixes in them are
    left out. A link that leads out of its folder is read with `follow_links` alone; else it goes to
    `on_skip`, or is logged as a warning. A document that cannot be read goes to `on_error`, and the
    others follow; without `on_error` it is raised.

    Raises:
        UsageError: for an input that names nothing, or two documents of the same name.
        DocumentError: see `on_error`.
    """
    codec = codec_name(encoding)
    report = _raise if on_error is None else on_error
    finder = Finder(SUFFIXES, follow_links=follow_links, on_skip=on_skip or _warn)
    for source in finder.find(inputs):
        try:
            yield from reader_for(source).documents(source, codec, report)
        except DocumentError as error:
            report(error)


def _warn(skipped: Skipped) -> None:
    log.warning("skipped: %s: %s", skipped.source, skipped.reason)


def _raise(error: DocumentError) -> None:
    raise error
