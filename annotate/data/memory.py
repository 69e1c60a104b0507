"""A run that stands in memory: what came of data, and everything that a run in a folder says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.errors import DocumentError
from annotate.formats.jsonl import rows
from annotate.formats.tables.columns import TABLES
from annotate.formats.tables.frame import data_frame
from annotate.formats.tables.rows import Row, RunRows
from annotate.formats.tables.writer import arrow_table
from annotate.ledger import Entry
from annotate.runs.manifest import FORMAT_VERSION
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.runs.tally import Tally
from annotate.version import version

if TYPE_CHECKING:
    import pandas as pd
    import pyarrow as pa

_OF_FOLDERS = ("run", "repeat", "date")
_COLUMNS = tuple(each for each in TABLES["annotations"] if each.name not in _OF_FOLDERS)


class Kept:
    """What came of data so far."""

    def __init__(self) -> None:
        self.tally = Tally()
        self.asked = 0
        self.documents: list[Document] = []
        self.annotations: list[Annotation] = []
        self.entries: list[Entry] = []
        self.quarantine: list[dict[str, JsonValue]] = []
        self.unreadable: list[dict[str, JsonValue]] = []

    def add(
        self,
        document: Document,
        annotations: Iterable[Annotation],
        entries: Iterable[Entry],
        rejected: Iterable[Mapping[str, JsonValue]],
    ) -> None:
        """Keep what came of one document."""
        before = len(self.annotations), len(self.entries), len(self.quarantine)
        # Without its units, which take many times the memory of its text; its languages stay.
        self.documents.append(replace(document, stated_languages=document.languages))
        self.annotations += annotations
        self.entries += entries
        self.quarantine += map(dict, rejected)
        self.tally.add(
            len(document.text),
            len(self.annotations) - before[0],
            self.entries[before[1] :],
            len(self.quarantine) - before[2],
        )

    def add_unreadable(self, error: DocumentError) -> None:
        """Keep what is wrong with a row that is no document."""
        self.unreadable.append({"source": error.source, "reason": error.reason})
        self.tally.counts["unreadable"] += 1


class MemoryRun(Run, Sequence[Annotation]):
    """What came of data in memory: its annotations in order, and all that a run says.

    It is a sequence of annotations, by document and in text order, and a `Run` to what reads one:
    `annotate.view`, `annotate.export`, `annotate.verify`, `annotate.compare`, a crosswalk, the data
    frames.

    Attributes:
        manifest: settings, `counts`, `usage` (requests, tokens, cost in US dollars) and so on, as
            in the folder of a run.
        asked: answers that were asked for, and were not in the cache.
    """

    def __init__(
        self,
        kept: Kept,
        identity: Mapping[str, JsonValue],
        sent: Sequence[JsonValue],
        *,
        finished: bool,
    ) -> None:
        self.path = Path("memory")  # what messages and pages call it
        self.manifest = {
            "format": FORMAT_VERSION,
            "annotate": version(),
            "status": "complete" if finished and kept.tally.whole else "incomplete",
            **identity,
            **kept.tally.to_json(),
        }
        self.asked = kept.asked
        self._kept = kept
        self._sent = sent

    def documents(self) -> Iterator[Document]:
        """Yield the documents, in the order of the data."""
        return iter(self._kept.documents)

    def document_names(self) -> Iterator[str]:
        """Yield the ids of the documents, in the order of the data."""
        return (each.id for each in self._kept.documents)

    def ledger(self) -> Iterator[Entry]:
        """Yield how each chunk ended."""
        return iter(self._kept.entries)

    def quarantine(self) -> Iterator[dict[str, Any]]:
        """Yield the answers that became no annotation: document, chunk, kind, problems, item."""
        return iter(self._kept.quarantine)

    def unreadable(self) -> Iterator[dict[str, Any]]:
        """Yield the rows that are no document, each as `source` ("row 3") and `reason`."""
        return iter(self._kept.unreadable)

    def history(self) -> list[dict[str, Any]]:
        """Return nothing: it was made once."""
        return []

    def sent(self) -> list[dict[str, Any]]:
        """Return the requests that ask for a chunk, one for each pass."""
        return [each for each in self._sent if isinstance(each, dict)]

    def records(self) -> list[dict[str, JsonValue]]:
        """Return the annotations as JSON, as `export` writes them as JSON Lines.

        What came with a document stands under `metadata`.
        """
        return list(rows(self, Selection()))

    def to_arrow(self) -> pa.Table:
        """Return the annotations as a table of Arrow.

        Its columns are those of the table `annotations` of `annotate export --to tables`, without
        those that tell runs apart. `metadata` is JSON.

        Raises:
            UsageError: where pyarrow is not installed.
        """
        return arrow_table(_COLUMNS, self._rows_of_table())

    def to_pandas(self) -> pd.DataFrame:
        """Return the annotations as a data frame.

        Its columns are those of `to_arrow`, with dictionaries for maps; behind them stands
        `metadata.<name>` for each field that came with a document.

        Raises:
            UsageError: where pandas is not installed.
        """
        frame = data_frame(_COLUMNS, self._rows_of_table())
        came = {each.id: each.provenance.metadata for each in self._kept.documents}
        for name in dict.fromkeys(name for fields in came.values() for name in fields):
            frame[f"metadata.{name}"] = [came[each.document].get(name) for each in self]
        return frame

    def _annotations(self) -> Iterator[Annotation]:
        return iter(self._kept.annotations)

    def _rows_of_table(self) -> Iterator[Row]:
        return RunRows(self, Selection()).annotations()

    def __getitem__(self, place: Any) -> Any:
        return self._kept.annotations[place]

    def __len__(self) -> int:
        return len(self._kept.annotations)

    def __repr__(self) -> str:
        return f"<MemoryRun: {len(self)} annotations, {len(self._kept.documents)} documents>"
