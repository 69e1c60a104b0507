"""Files written for a test, and what reading them gives."""

from pathlib import Path

from annotate.documents.document import Document
from annotate.documents.reading import read_documents
from annotate.errors import DocumentError


def read(*inputs: str | Path, encoding: str = "utf-8") -> tuple[list[Document], list[str]]:
    """Return the documents, and the message of each that could not be read."""
    errors: list[DocumentError] = []
    documents = list(read_documents(inputs, encoding=encoding, on_error=errors.append))
    return documents, [str(error) for error in errors]


def written(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def document_of(path: Path, encoding: str = "utf-8") -> Document:
    documents, errors = read(path, encoding=encoding)
    assert errors == []
    return documents[0]


def text_of(path: Path, encoding: str = "utf-8") -> str:
    return document_of(path, encoding).text


def problem_of(path: Path, encoding: str = "utf-8") -> str:
    """Return the one message about a file without its name."""
    documents, errors = read(path, encoding=encoding)
    assert documents == []
    assert len(errors) == 1
    assert errors[0].startswith(f"{path.name}: ")
    return errors[0].removeprefix(f"{path.name}: ")
