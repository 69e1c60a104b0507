"""What one run says, as scoring sees it: its annotations, what was refused, how its chunks ended.

Made of a run folder here, of a baseline file elsewhere; nothing that reads predictions needs to
know of which. Holds no document text: texts are pinned by their hash.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypeAlias

from pydantic import JsonValue

from annotate.annotation import Annotation
from annotate.errors import RunError, UsageError
from annotate.ledger import UNSURE, Entry
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

    @classmethod
    def of(cls, run: Run) -> Predictions:
        """Read a run folder.

        Raises:
            RunError: where a row of it is damaged.
        """
        documents: dict[str, str] = {}
        for document in run.documents():
            if document.id in documents:
                raise RunError(f"{run.path}: holds {document.id} twice; run it again")
            documents[document.id] = document.sha256
        annotations = tuple(run.annotations())
        for each in annotations:
            if each.document not in documents:
                raise RunError(
                    f"{run.path}: annotates {each.document}, which is not one of its texts"
                )
        return cls(
            name=str(run.path),
            identity=_identity(run),
            complete=run.complete,
            documents=documents,
            annotations=annotations,
            # What too few samples said was not delivered: it is no prediction.
            refused=tuple(
                Refused.from_row(row) for row in run.quarantine() if row["kind"] != UNSURE
            ),
            entries=tuple(run.ledger()),
            usage=run.manifest["usage"],
        )


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
