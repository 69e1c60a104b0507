"""Documents that a caller hands in: each has a text, and no two have the same id."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from annotate.documents.document import Document
from annotate.documents.folders import shown
from annotate.documents.readers.reader import OnError, check_text
from annotate.errors import DocumentError


def given_documents(documents: Iterable[object], on_error: OnError) -> Iterator[Document]:
    """Yield the documents that can be annotated; what is none goes to `on_error` by its number."""
    found = (_given(each, number) for number, each in enumerate(documents))
    return distinct(found, on_error, "document")


def distinct(
    documents: Iterable[Document | DocumentError], on_error: OnError, called: str
) -> Iterator[Document]:
    """Yield documents with different ids; one that repeats an id goes to `on_error`, as errors do.

    `called` is what one of them is called in front of its number, which is counted from 0.
    """
    seen: dict[str, int] = {}
    for number, each in enumerate(documents):
        if isinstance(each, DocumentError):
            on_error(each)
        elif (first := seen.setdefault(each.id, number)) != number:
            reason = f'repeats the id "{shown(each.id)}" of {called} {first}; ids must differ'
            on_error(DocumentError(f"{called} {number}", reason))
        else:
            yield each


def _given(document: object, number: int) -> Document | DocumentError:
    name = f"document {number}"
    if not isinstance(document, Document):
        return DocumentError(name, f"is a {type(document).__name__} among documents; leave it out")
    try:
        check_text(document.text, name)
    except DocumentError as error:
        return error
    return document
