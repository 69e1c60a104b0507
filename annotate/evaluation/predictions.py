"""What one run says, as scoring sees it: its annotations, what was refused, how its chunks ended.

Made of a run folder here, of a baseline file elsewhere; nothing that reads predictions needs to
know of which. Holds no document text: texts are pinned by their hash.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.errors import RunError, UsageError
from annotate.ledger import UNSURE, Entry
from annotate.runs.found import Found, found_in
from annotate.runs.reader import Run

_RESULTS = frozenset(("status", "counts", "statuses", "refused", "usage", "inputs"))
"""What a manifest says beyond how the run was made."""

_OF_A_REPEAT = frozenset(("repeat", "annotate", "format"))
"""What may differ between two repeats of one configuration."""


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that did not become an annotation.

    Attributes:
        kind: "invalid" where it breaks the schema, "ungrounded" where its quote is not in the text.
        category: "" where the answer names none.
        item: the answer as it came; None where it was not kept.
    """

    document: str
    chunk: int
    kind: Literal["invalid", "ungrounded"]
    category: str
    item: JsonValue

    @classmethod
    def from_row(cls, row: Mapping[str, Any]) -> Refused:
        """Read a row of `quarantine.jsonl`."""
        item = row.get("item")
        named = item.get("category") if isinstance(item, Mapping) else None
        return cls(
            row["document"],
            row.get("chunk", 0),
            "ungrounded" if row["kind"] == "ungrounded" else "invalid",
            named if isinstance(named, str) else "",
            item,
        )


@dataclass(frozen=True, slots=True)
class Names(Collection[str]):
    """The ids of the documents of a run but for some, read anew whenever they are asked for."""

    run: Run
    without: Collection[str]

    def __iter__(self) -> Iterator[str]:
        return (name for name in self.run.document_names() if name not in self.without)

    def __len__(self) -> int:
        return int(self.run.manifest["counts"]["documents"]) - len(self.without)

    def __contains__(self, name: object) -> bool:
        return name not in self.without and any(each == name for each in self)


@dataclass(frozen=True, slots=True)
class Rest:
    """What a run has of the documents that nothing is asked about: counted, and not kept.

    Attributes:
        documents: their ids.
        grounded, invalid, ungrounded: what their chunks said, as the ledger counts it.
        refused: the answers that were wrong in the end, by kind.
        statuses: how many of their chunks ended in which way.
    """

    documents: Collection[str] = ()
    annotations: int = 0
    grounded: int = 0
    invalid: int = 0
    ungrounded: int = 0
    refused: Mapping[str, int] = field(default_factory=dict)
    statuses: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Predictions:
    """The result of one run.

    Attributes:
        name: what messages call it: the run folder, or the file and the sample in it.
        identity: how it was made: task, schema, model, prompt, parameters, repeat, chunk size.
        complete: whether every document was read to its end and every chunk was answered.
        documents: id of each document that was read, and the SHA-256 of its text.
        annotations: by document, then in text order.
        refused: the answers that were still wrong after the last repair.
        entries: how each chunk ended.
        usage: requests, prompt_tokens, completion_tokens, cost.
        made_anew: what to do where it belongs to something that is another one now.
        rest: what else the run has, where not all of its documents are meant.
    """

    name: str
    identity: Mapping[str, JsonValue]
    complete: bool
    documents: Mapping[str, str]
    annotations: tuple[Annotation, ...]
    refused: tuple[Refused, ...]
    entries: tuple[Entry, ...]
    usage: Mapping[str, JsonValue]
    made_anew: str = field(default="run it again", compare=False)
    rest: Rest = Rest()

    @classmethod
    def of(cls, run: Run, asked: Container[str] | None = None) -> Predictions:
        """Read a run folder, for these documents or for all.

        Takes the memory of what is said of them, however many others there are.

        Raises:
            RunError: where a row of it is damaged.
        """
        reading = _Reading(run)
        for found in found_in(run):
            if asked is None or found.document.id in asked:
                reading.keep(found)
            else:
                reading.count(found)
        return cls(
            name=str(run.path),
            identity=_identity(run),
            complete=run.complete,
            documents=reading.documents,
            annotations=tuple(reading.annotations),
            refused=tuple(reading.refused),
            entries=tuple(reading.entries),
            usage=run.manifest["usage"],
            rest=reading.rest(),
        )


class _Reading:
    """What is read of a run: kept of some of its documents, and counted of the others."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self.documents: dict[str, str] = {}
        self.annotations: list[Annotation] = []
        self.refused: list[Refused] = []
        self.entries: list[Entry] = []
        self._said: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._statuses: Counter[str] = Counter()

    def keep(self, found: Found) -> None:
        """Take over all that there is of a document."""
        name = found.document.id
        if name in self.documents:
            raise RunError(f"{self._run.path}: holds {name} twice; run it again")
        self.documents[name] = found.document.sha256
        self.annotations += found.annotations
        self.refused += _refused(found)
        self.entries += found.entries

    def count(self, found: Found) -> None:
        """Count what there is of a document."""
        self._said["annotations"] += len(found.annotations)
        for entry in found.entries:
            self._said["grounded"] += entry.annotations
            self._said["invalid"] += entry.invalid
            self._said["ungrounded"] += entry.ungrounded
        self._refused.update(each.kind for each in _refused(found))
        self._statuses.update(each.status for each in found.entries)

    def rest(self) -> Rest:
        """Return what was counted."""
        names = Names(self._run, self.documents.keys())
        counted = Rest(names, **self._said, refused=self._refused, statuses=self._statuses)
        return counted if names else Rest()


def _refused(found: Found) -> Iterator[Refused]:
    """Yield the refused answers; what too few samples said was not delivered: it is none."""
    return (Refused.from_row(row) for row in found.refused if row["kind"] != UNSURE)


def check_repeat(first: Predictions, other: Predictions) -> None:
    """Refuse two runs that are not repeats of one configuration.

    Raises:
        UsageError: names what differs.
    """
    _check((first.name, first.identity), (other.name, other.identity))


def check_repeats(runs: Sequence[Run]) -> None:
    """Refuse runs that are not repeats of one configuration, before anything of them is read.

    Raises:
        UsageError: names what differs.
    """
    first, *others = [(str(run.path), _identity(run)) for run in runs]
    for other in others:
        _check(first, other)


_Made: TypeAlias = tuple[str, Mapping[str, JsonValue]]
"""The name of a run, and how it was made."""


def _check(first: _Made, other: _Made) -> None:
    (name, identity), (other_name, other_identity) = first, other
    for key in sorted((identity.keys() | other_identity.keys()) - _OF_A_REPEAT):
        if identity.get(key) != other_identity.get(key):
            raise UsageError(
                f"{other_name}: its {key} is another than that of {name}; name the repeats of one "
                "configuration, or compare the two"
            )


def _identity(run: Run) -> dict[str, JsonValue]:
    return {name: value for name, value in run.manifest.items() if name not in _RESULTS}
