"""Read a brat folder back: one that `annotate.formats.brat.writer` wrote, or any other one.

In a folder without our index a type is a category, and a file name is the id of a document.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from annotate.documents.document import Document
from annotate.documents.sources import MAX_BYTES
from annotate.errors import UsageError
from annotate.files import without_surrogates
from annotate.formats.annotated_document import AnnotatedDocument, with_stated
from annotate.formats.brat.standoff import read_spans
from annotate.formats.brat.writer import FORMAT, INDEX
from annotate.formats.corrections import Corrections, Problem
from annotate.schema.categories import Schema

_RESTORE = f"restore {INDEX} from the export, or remove it to read the folder without it"
_ENTRY = {"file": str, "id": str, "sha256": str, "format": str, "annotations": int, "chunks": list}


def read_brat(source: Path, schema: Schema) -> Corrections:
    """Read a folder of texts with their annotations. A type that the schema lacks is read as well.

    Raises:
        UsageError: where it is not such a folder, or its index is damaged.
    """
    if not source.is_dir():
        raise UsageError(f"{source}: is not a folder; name the one that holds the .ann files")
    index = _index(source / INDEX)
    reader = _Reader(source, index)
    documents = [*reader.listed(), *reader.others()]
    if not documents and not reader.problems:
        raise UsageError(f"{source}: holds no <name>.txt with a <name>.ann; name another folder")
    return Corrections(
        "brat",
        str(source),
        reader.digest.hexdigest(),
        tuple(documents),
        tuple(reader.problems),
        {name: index[name] for name in ("schema", "run", "gold") if name in index},
        sum(entry["annotations"] for entry in reader.entries),
    )


def _index(file: Path) -> dict[str, Any]:
    """Read what the export said about the folder; {} where there is nothing."""
    if not file.exists():
        return {}
    try:
        index = json.loads(file.read_bytes())
    except OSError as error:
        raise UsageError(f"{file}: cannot be read ({error.strerror})") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{file}: is not JSON ({error}); {_RESTORE}") from None
    if not isinstance(index, dict) or index.get("format") != FORMAT:
        raise UsageError(f"{file}: is not of the format {FORMAT!r}; {_RESTORE}")
    if not isinstance(index.get("documents"), list) or not isinstance(index.get("types"), dict):
        raise UsageError(f"{file}: lists no documents or no types; {_RESTORE}")
    for number, entry in enumerate(index["documents"]):
        if wrong := _wrong_entry(entry):
            raise UsageError(f"{file}: document {number} {wrong}; {_RESTORE}")
    return index


def _wrong_entry(entry: object) -> str:
    """Return what is wrong with a document of the index; "" where nothing is."""
    if not isinstance(entry, dict):
        return "is not an object"
    for name, kind in _ENTRY.items():
        if not isinstance(entry.get(name), kind):
            return f"has no {name}"
    if not isinstance(entry.get("text", ""), str):
        return "has a text that is not a string"
    if not re.fullmatch("[A-Za-z0-9_-]+", entry["file"]):
        return "names a file that is not in this folder"
    return ""


class _Reader:
    """Reads the documents of one folder and gathers what goes wrong."""

    def __init__(self, folder: Path, index: Mapping[str, Any]) -> None:
        self.entries: list[dict[str, Any]] = index.get("documents", [])
        self.problems: list[Problem] = []
        self.digest = hashlib.sha256(json.dumps(index).encode())
        self._folder = folder
        self._types: dict[str, str] = index.get("types", {})
        self._seen: set[str] = set()

    def listed(self) -> Iterator[AnnotatedDocument]:
        """Yield the documents of the export, with the texts and ids that they had."""
        for entry in self.entries:
            base = self._folder / entry["file"]
            text = self._text(base.with_suffix(".txt"))
            if text is None:
                continue
            document = Document(entry["id"], entry.get("text", text), entry["format"])
            # Both are held against the export: the file, and what the index kept of the text.
            if without_surrogates(document.text) == text and document.sha256 == entry["sha256"]:
                yield from self._stated(base, document, entry)
            else:
                message = (
                    f"is not the text that was exported, so that none of its "
                    f"{entry['annotations']} annotations was read; restore the text"
                )
                self.problems.append(Problem(str(base.with_suffix(".txt")), message))

    def _stated(
        self, base: Path, document: Document, entry: Mapping[str, Any]
    ) -> Iterator[AnnotatedDocument]:
        try:
            stated = with_stated(document, entry)
        except ValueError as error:
            self.problems.append(Problem(str(base), f"{error}; {_RESTORE}"))
            return
        yield from self._annotated(base, stated, entry["chunks"])

    def others(self) -> Iterator[AnnotatedDocument]:
        """Yield the documents that no export listed."""
        listed = {entry["file"] for entry in self.entries}
        for file in sorted(self._folder.rglob("*.ann")):
            name = file.relative_to(self._folder).with_suffix("").as_posix()
            if name in listed:
                continue
            text = self._text(file.with_suffix(".txt"))
            if text is not None:
                yield from self._annotated(file.with_suffix(""), Document(f"{name}.txt", text), [])

    def _annotated(
        self, base: Path, document: Document, chunks: list[Any]
    ) -> Iterator[AnnotatedDocument]:
        file = base.with_name(f"{base.name}.ann")
        content = self._text(file)
        if document.id in self._seen:
            message = f"is document {document.id} again; remove one of the two"
            self.problems.append(Problem(str(file), message))
        elif content is not None:
            self._seen.add(document.id)
            spans = read_spans(file, content, document, self._types, self.problems)
            yield AnnotatedDocument(document, spans, tuple(chunks))

    def _text(self, file: Path) -> str | None:
        try:
            # A folder may come from anybody: a link must not bring other files into a run, and a
            # pipe must not make us wait.
            if not file.resolve().is_relative_to(self._folder.resolve()):
                raise OSError(0, "a link to somewhere else")
            if file.exists() and not file.is_file():
                raise OSError(0, "not an ordinary file")
            if file.stat().st_size > MAX_BYTES:
                raise OSError(0, f"larger than {MAX_BYTES >> 20} MiB")
            content = file.read_bytes()
            self.digest.update(content)
            return content.decode("utf-8")
        except OSError as error:
            message = f"cannot be read ({error.strerror}); restore it"
        except UnicodeDecodeError as error:
            message = f"is not UTF-8 at byte {error.start}; save it as UTF-8"
        self.problems.append(Problem(str(file), message))
        return None
