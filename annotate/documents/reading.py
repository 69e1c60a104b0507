"""Read files, folders, globs and standard input as documents.

Which files the inputs name is decided in `annotate.documents.sources`, and how a file of one format
becomes text in `annotate.documents.readers`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from annotate.documents.decoding import codec_name
from annotate.documents.document import Document
from annotate.documents.folders import OnSkipped, Skipped
from annotate.documents.readers.reader import OnError
from annotate.documents.readers.registry import by_suffix, reader_for
from annotate.documents.sources import NO_SUCH_FILE, Finder, Source
from annotate.errors import DocumentError, UsageError

log = logging.getLogger("annotate")


def read_documents(
    inputs: Sequence[str | Path],
    *,
    encoding: str = "utf-8",
    on_error: OnError | None = None,
    follow_links: bool = False,
    on_skip: OnSkipped | None = None,
) -> Iterator[Document]:
    """Return the documents behind files, folders, globs and "-" (standard input), read one by one.

    Folders are read recursively in sorted order. What is in them and is not read goes to `on_skip`
    with the reason, or is logged as a warning: hidden and empty files, suffixes that nothing reads,
    and links that lead out of a folder, which are followed with `follow_links` alone. A document
    that cannot be read goes to `on_error`, and the others follow; without `on_error` it is raised.

    Raises:
        UsageError: at once, for an input that names nothing, for inputs of which none is there or
            can be read, for two documents of the same name, or for a reader of another package
            that cannot be used.
        DocumentError: see `on_error`.
    """
    found = find_inputs(inputs, encoding=encoding, follow_links=follow_links, on_skip=on_skip)
    return documents_of(found, _raise if on_error is None else on_error)


@dataclass(frozen=True, slots=True)
class Inputs:
    """What inputs name, before any of it is read.

    Attributes:
        sources: in the order in which they are read.
        refused: those that are no document, as far as name and place tell, and why.
        codec: for those that do not tell their encoding.
    """

    sources: Sequence[Source]
    refused: Mapping[Source, str]
    codec: str


def find_inputs(
    inputs: Sequence[str | Path],
    *,
    encoding: str = "utf-8",
    follow_links: bool = False,
    on_skip: OnSkipped | None = None,
) -> Inputs:
    """Return what `read_documents` reads for these inputs.

    Raises:
        UsageError: as `read_documents`.
    """
    codec = codec_name(encoding)
    finder = Finder(frozenset(by_suffix()), follow_links=follow_links, on_skip=on_skip or _warn)
    sources = finder.find(inputs)
    refused = {source: reason for source in sources if (reason := _refusal(source, finder))}
    if len(refused) == len(sources):
        raise UsageError("; ".join(f"{each.name}: {why}" for each, why in refused.items()))
    return Inputs(sources, refused, codec)


def find_sources(inputs: Sequence[str | Path]) -> list[Source]:
    """Return what `read_documents` would read for these inputs, without a word on what it skips.

    Raises:
        UsageError: for an input that names nothing, or two sources of the same name.
    """
    finder = Finder(frozenset(by_suffix()), follow_links=False, on_skip=lambda _: None)
    return finder.find(inputs)


def is_there(given: str | Path) -> bool:
    """Tell whether there is anything where a file, a folder or a glob is named."""
    try:
        return any(not each.missing for each in find_sources([given]))
    except UsageError:  # no glob that finds a document, but perhaps a folder without one
        return Path(given).exists()


def _refusal(source: Source, finder: Finder) -> str:
    """Return why an input is no document, as far as its name and its place tell; "" where it is."""
    if source.missing:
        return NO_SUCH_FILE
    return finder.refusal(source.path.name) if source.path else ""


def documents_of(inputs: Inputs, on_error: OnError) -> Iterator[Document]:
    """Yield the documents of inputs; what cannot be read goes to `on_error`."""
    for source in inputs.sources:
        if source in inputs.refused:
            on_error(DocumentError(source.name, inputs.refused[source]))
        else:
            yield from read_source(source, inputs.codec, on_error)


def read_source(source: Source, codec: str, on_error: OnError) -> Iterator[Document]:
    """Yield the documents of a source; what cannot be read of it goes to `on_error`."""
    try:
        yield from reader_for(source).documents(source, codec, on_error)
    except DocumentError as error:
        on_error(error)


def _warn(skipped: Skipped) -> None:
    log.warning("skipped: %s: %s", skipped.source, skipped.reason)


def _raise(error: DocumentError) -> None:
    raise error
