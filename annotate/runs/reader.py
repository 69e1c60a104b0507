"""A run, read from its folder.

    manifest.json      format, task, schema, model, settings, counts, whether it is complete
    documents.jsonl    id, hash, format and text of every document
    annotations.jsonl  the annotations, in the order of the documents and of their text
    ledger.jsonl       one line per chunk: how it ended
    quarantine.jsonl   answers that became no annotation, with the reason
    unreadable.jsonl   inputs that could not be read
    requests.json      what is sent for a chunk, where a model is asked
    history.jsonl      when the run was made or resumed, by which command

A run of a cluster has the same rows in Parquet (`annotate.runs.parts`). Nothing is read before it
is asked for. A damaged row is named by file and line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property, reduce
from itertools import chain
from operator import or_
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.documents.languages import Languages
from annotate.documents.layout import Layout
from annotate.documents.provenance import Provenance
from annotate.errors import ProjectError, RunError
from annotate.files import DamagedRow, read_row, read_rows
from annotate.ledger import Entry
from annotate.runs.conditions import Where
from annotate.runs.history import read_history
from annotate.runs.manifest import MANIFEST, PARTS, REQUESTS, read_manifest
from annotate.runs.parts import PARQUET, STORED, Parts
from annotate.runs.selection import Names, Selection, select
from annotate.schema.vocabulary import Vocabulary

if TYPE_CHECKING:
    from annotate.schema.categories import Schema

T = TypeVar("T")

DEFAULT_READS = ("en",)
"""What a lexicon reads that declares nothing, as those of older runs did."""

_AGAIN = "the same annotate run writes it anew"


class Run:
    """A run folder, read as far as it is asked for.

    Raises:
        RunError: where the folder is not a run, or one of a newer format. Reading its rows raises
            it for a damaged row, which is named by file and line.
    """

    def __init__(self, path: str | Path) -> None:
        self.path = Path(path)
        self.manifest = read_manifest(self.path)

    @property
    def complete(self) -> bool:
        """Whether every document was read to its end and every chunk was answered."""
        return bool(self.manifest["status"] == "complete")

    @property
    def skipped(self) -> list[dict[str, str]]:
        """What was found and not read on purpose: source and reason. Older runs do not say it."""
        return list(self.manifest.get("skipped", []))

    @property
    def reads(self) -> tuple[str, ...] | None:
        """The languages that its annotator reads; None where it reads any, as models do."""
        if "lexicon" not in self.manifest:
            return None
        return tuple(self.manifest.get("reads", DEFAULT_READS))

    def documents(self) -> Iterator[Document]:
        """Yield the documents, in the order of the input."""
        return self._rows("documents", _document)

    def annotations(
        self,
        *,
        category: Names = (),
        document: Names = (),
        where: Where = (),
        text: Names = (),
        verdict: Names = (),
    ) -> Iterator[Annotation]:
        """Yield the annotations: by document, then in text order.

        All of them, or those for which all that is given holds, as `select` says it:
        `run.annotations(category="sharing", where="recipients=affiliate,authority")`.

        Raises:
            UsageError: where a category, a document, an attribute or a value is unknown.
        """
        rows = self._annotations()
        asked = {"category": category, "document": document, "text": text, "verdict": verdict}
        if not _is_asked(where, *asked.values()):
            return rows
        return self.select(where=where, **asked).of(rows)

    def select(
        self,
        *,
        category: Names = (),
        document: Names = (),
        where: Where = (),
        text: Names = (),
        verdict: Names = (),
    ) -> Selection:
        """Return which annotations are meant, checked against the schema and the documents.

        That is `vocabulary`, so that a slip is an error and no empty answer.

        Raises:
            UsageError: as `annotate.runs.selection.select`, which has the meaning of each.
        """
        asked = {"category": category, "document": document, "text": text, "verdict": verdict}
        return select_in([self], where=where, **asked)

    @cached_property
    def schema(self) -> Schema | None:
        """The schema that it was made with; None where that is not at hand, or stands changed."""
        schema = self._task_schema
        return schema if schema and schema.fingerprint == self.manifest.get("schema") else None

    @cached_property
    def _task_schema(self) -> Schema | None:
        """The schema of its task as it stands now; None where that is not at hand."""
        from annotate.project.tasks import load_task  # runs the project's code: only where needed

        try:
            return load_task(str(self.manifest.get("task", ""))).schema
        except ProjectError:
            return None

    @cached_property
    def vocabulary(self) -> Vocabulary:
        """The categories, attributes and values that its annotations can be asked for by.

        Where the schema that it was made with is not at hand: what the run states, and what its
        task lets be stated now.
        """
        if self.schema is not None:
            return Vocabulary.of_schema(self.schema)
        stated = Vocabulary.of_annotations(self.annotations())
        return stated | Vocabulary.of_schema(self._task_schema) if self._task_schema else stated

    def document_names(self) -> Iterator[str]:
        """Yield the ids of the documents, in the order of the input."""
        return self._rows("documents", lambda row: str(row["id"]))

    def ledger(self) -> Iterator[Entry]:
        """Yield how each chunk ended."""
        return self._rows("ledger", Entry.from_json)

    def quarantine(self) -> Iterator[dict[str, Any]]:
        """Yield the answers that became no annotation: document, chunk, kind, problems, item."""
        return self._rows("quarantine", lambda row: _with(row, "document", "kind"))

    def unreadable(self) -> Iterator[dict[str, Any]]:
        """Yield the inputs that could not be read: source and reason."""
        return self._rows("unreadable", lambda row: _with(row, "source", "reason"))

    def history(self) -> list[dict[str, Any]]:
        """Return when the run was made or resumed, by which command, and how each time ended."""
        return read_history(self.path)

    def sent(self) -> list[dict[str, Any]]:
        """Return the requests that ask for a chunk, one for each pass; [] where none was kept.

        Raises:
            RunError: where the file is damaged.
        """
        path = self.path / REQUESTS
        try:
            return list(json.loads(path.read_bytes())["requests"])
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            raise RunError(f"{path}: is damaged; {_AGAIN}") from None

    @property
    def place(self) -> str:
        """Where it stands, as messages say it."""
        return str(self.path)

    def place_of(self, part: str) -> str:
        """Return where the rows of a part stand: a file, or a folder of Parquet files."""
        name = part if self.manifest.get(STORED) == PARQUET else f"{part}.jsonl"
        return f"{self.place}/{name}"

    def _annotations(self) -> Iterator[Annotation]:
        return self._rows("annotations", Annotation.from_json)

    def _rows(self, part: str, read: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        path = self.place_of(part)
        number = 0
        try:
            for number, value in enumerate(self._read(part, read), start=1):  # noqa: B007
                yield value
        except DamagedRow as error:
            raise RunError(f"{error.place}: is damaged ({error.reason}); {_AGAIN}") from None
        except OSError as error:
            raise RunError(f"{path}: cannot be read ({error.strerror}); {_AGAIN}") from None
        counted = self.manifest["counts"].get(PARTS[part])
        # An incomplete run may lack rows: it was stopped, or is being moved in right now.
        if self.complete and number != counted:
            raise RunError(f"{path}: has {number} of its {counted} rows; {_AGAIN}")

    @cached_property
    def _parts(self) -> Parts:
        return Parts.at(self.path)

    def _read(self, part: str, read: Callable[[dict[str, Any]], T]) -> Iterator[T]:
        if self.manifest.get(STORED) != PARQUET:
            return read_rows(Path(self.place_of(part)), read)
        rows = self._parts.rows(part)
        return (read_row(line.encode(), read, place) for place, line in rows)

    def __repr__(self) -> str:
        found, read = (self.manifest["counts"][name] for name in ("annotations", "documents"))
        return f"<Run {self.path}: {found} annotations, {read} documents>"


def select_in(
    runs: Sequence[Run],
    *,
    category: Names = (),
    document: Names = (),
    where: Where = (),
    text: Names = (),
    verdict: Names = (),
) -> Selection:
    """Return which annotations of some runs are meant: what one of the runs has can be asked for.

    Raises:
        UsageError: as `annotate.runs.selection.select`, which has the meaning of each.
    """
    if not _is_asked(category, document, where, text, verdict):
        return Selection()  # and no schema need be loaded
    return select(
        reduce(or_, (run.vocabulary for run in runs)),
        category=category,
        document=document,
        where=where,
        text=text,
        verdict=verdict,
        documents=chain.from_iterable(run.document_names() for run in runs),
    )


def _is_asked(*given: object) -> bool:
    """Tell whether anything is asked for; what is empty is, and is refused."""
    return any(each or each == "" for each in given)


def by_document(rows: Iterable[T], name: Callable[[T], str]) -> dict[str, list[T]]:
    """Return the rows of a run by the document that each of them names, in their order."""
    found: dict[str, list[T]] = {}
    for row in rows:
        found.setdefault(name(row), []).append(row)
    return found


def _document(row: dict[str, Any]) -> Document:
    layout = Layout.from_json(row["layout"], len(row["text"])) if "layout" in row else None
    provenance = Provenance.from_json(row)
    languages = Languages.from_json(row)
    document = Document(row["id"], row["text"], row["format"], layout, provenance, languages)
    if document.sha256 != row["sha256"]:
        raise ValueError("the text is not the one that was read")
    return document


def _with(row: dict[str, Any], *names: str) -> dict[str, Any]:
    for name in names:
        row[name]  # a missing one is a KeyError
    return row


def find_runs(name: str | Path) -> list[Run]:
    """Return the run in a folder, or the siblings `<name>-1`, `<name>-2`, … of its repeats.

    Raises:
        RunError: where there is neither.
    """
    path = Path(name)
    if not (path / MANIFEST).is_file():
        pattern = re.compile(re.escape(path.name) + r"-([1-9]\d*)")
        found = (
            (int(match[1]), each)
            for each in path.parent.glob("*")
            if (match := pattern.fullmatch(each.name)) and (each / MANIFEST).is_file()
        )
        if repeats := [Run(each) for _, each in sorted(found)]:
            return repeats
    return [Run(path)]
