"""Baselines: runs that were declared good, committed as files to compare later runs with.

A baseline is `eval/baselines/<task>/<model>.jsonl`. Its first line says what it is and how good it
was; then each sample, one a repeat, has a line of its own and its rows below it:

    {"format": 1, "reason": "…", "task": "…", "model": "…", "gold": "<sha256>", "scores": {…}, …}
    {"sample": {"identity": {…}, "documents": {"<id>": "<sha256>"}, "usage": {…}, …}}
    {"annotation": {…}}        as in annotations.jsonl
    {"refused": {…}}           as in quarantine.jsonl
    {"entry": {…}}             as in ledger.jsonl, without the time it took

There are no clocks and no texts of documents in it, beyond what annotations quote: the same runs
give the same bytes. `annotate.comparison.bless` writes it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    JsonValue,
    TypeAdapter,
    ValidationError,
    field_validator,
)

from annotate.annotation import Annotation, Choice, Grounding
from annotate.errors import UsageError
from annotate.evaluation.predictions import Predictions, Refused
from annotate.files import DamagedRow, read_row
from annotate.gold.records import first_fault
from annotate.gold.store import GoldAnnotation
from annotate.ledger import Entry

FORMAT_VERSION = 1

T = TypeVar("T")

ANEW = "a baseline cannot be run again: annotate bless new runs in its place"
"""What to do where a baseline belongs to something that is another one now."""

_REMEDY = "restore it from version control, or write it again with annotate bless"


@dataclass(frozen=True, slots=True)
class Baseline:
    """Runs that were declared good.

    Attributes:
        reason: why they were.
        model: that made them.
        gold: fingerprint of the gold that they were scored against.
        scores: the F1 that they had, by the name of each measure that is compared.
        samples: what each repeat said.
    """

    path: Path
    reason: str
    task: str
    model: str
    gold: str
    scores: Mapping[str, float | None]
    samples: tuple[Predictions, ...]


def fingerprint(golds: Iterable[GoldAnnotation]) -> str:
    """Return the SHA-256 of what a score depends on: place, category, values and status."""
    rows = [
        [each.document, each.start, each.end, each.category, each.attributes, each.status]
        for each in golds
    ]
    encoded = (json.dumps(row, sort_keys=True) for row in rows)
    return hashlib.sha256("\n".join(sorted(encoded)).encode()).hexdigest()


def baseline_file(root: Path, task: str, model: str) -> Path:
    """Return where the baseline of a model is kept below a content root.

    A model's name is data: what a file name should not hold becomes "-", and a hash then keeps
    different models apart.
    """
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in model)
    safe = safe.strip(".-")[:60]
    if not safe or safe != model:
        digest = hashlib.sha256(model.encode("utf-8", "surrogatepass")).hexdigest()
        safe = f"{safe or 'model'}-{digest[:8]}"
    return root / "eval" / "baselines" / task / f"{safe}.jsonl"


# ---- Reading ----


class _Row(BaseModel):
    """What a line holds: these fields in exactly these types; later versions may add some."""

    model_config = ConfigDict(frozen=True, strict=True)


class _Head(_Row):
    format: int = Field(ge=1)
    reason: str
    task: str
    model: str
    gold: str
    scores: dict[str, float | None]
    samples: int = Field(ge=1)

    @field_validator("scores")
    @classmethod
    def _whole(cls, scores: dict[str, float | None]) -> dict[str, float | None]:
        # Those of the first version: a file that is older than a measure goes without it.
        if missing := {"annotation", "value", "document", "untyped"} - scores.keys():
            raise ValueError(f"no score {min(missing)}")
        if not all(each is None or 0 <= each <= 1 for each in scores.values()):
            raise ValueError("a score is not between 0 and 1")
        return scores


class _Sample(_Row):
    identity: dict[str, JsonValue]
    documents: dict[str, str]
    usage: dict[str, JsonValue]
    annotations: int = Field(ge=0)
    refused: int = Field(ge=0)
    entries: int = Field(ge=0)


class _Evidence(_Row):
    start: int
    end: int
    grounding: Grounding
    chunk: int
    quote: str = ""
    places: int = 1
    choice: Choice = "only"


class _Annotation(_Row):
    document: str
    start: int
    end: int
    category: str
    attributes: dict[str, JsonValue]
    quote: str
    evidence: list[_Evidence]


class _Refused(_Row):
    document: str
    chunk: int
    kind: str
    item: JsonValue


def read_baseline(path: str | Path) -> Baseline:
    """Read a baseline file.

    Raises:
        UsageError: where there is none, a newer version wrote it, or a line is damaged, which is
            named by file and line.
    """
    file = Path(path)
    lines = _Lines(file)
    head = lines.take(lambda row: _Head.model_validate(_known(row, file)))
    samples = tuple(_read_sample(lines, f"{file}#{number + 1}") for number in range(head.samples))
    lines.end()
    return Baseline(file, head.reason, head.task, head.model, head.gold, head.scores, samples)


def _known(row: dict[str, Any], file: Path) -> dict[str, Any]:
    """Return the first line as it is, if this version knows its format."""
    if isinstance(row["format"], int) and row["format"] > FORMAT_VERSION:
        raise UsageError(f"{file}: written by a newer version of annotate; upgrade to read it")
    return row


def _read_sample(lines: _Lines, name: str) -> Predictions:
    sample = lines.take(lambda row: _Sample.model_validate(row["sample"]))
    return Predictions(
        name=name,
        identity=sample.identity,
        complete=True,
        documents=sample.documents,
        annotations=lines.several(sample.annotations, _read_annotation),
        refused=lines.several(sample.refused, _read_refused),
        entries=lines.several(sample.entries, lambda row: _ENTRY.validate_python(row["entry"])),
        usage=sample.usage,
        made_anew=ANEW,
    )


def _read_annotation(row: dict[str, Any]) -> Annotation:
    _Annotation.model_validate(row["annotation"])
    return Annotation.from_json(row["annotation"])


def _read_refused(row: dict[str, Any]) -> Refused:
    _Refused.model_validate(row["refused"])
    return Refused.from_row(row["refused"])


_ENTRY = TypeAdapter(Entry)


class _Lines:
    """The lines of a baseline file, read one after the other."""

    def __init__(self, file: Path) -> None:
        self._file = file
        self._taken = 0
        try:
            self._lines = file.read_bytes().splitlines()
        except OSError as error:
            raise UsageError(f"{file}: cannot be read ({error.strerror})") from None

    def take(self, read: Callable[[dict[str, Any]], T]) -> T:
        """Return what `read` makes of the next line."""
        if self._taken == len(self._lines):
            raise self._damaged("the file ends here")
        try:
            line = self._lines[self._taken]
            found = read_row(line, lambda row: _checked(row, read), str(self._file))
        except DamagedRow as error:
            raise self._damaged(error.reason) from None
        self._taken += 1
        return found

    def several(self, count: int, read: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
        """Return what `read` makes of the next `count` lines."""
        return tuple(self.take(read) for _ in range(count))

    def end(self) -> None:
        """Refuse lines behind the last one."""
        if self._taken < len(self._lines):
            raise self._damaged("a line too many")

    def _damaged(self, reason: str) -> UsageError:
        return UsageError(f"{self._file}:{self._taken + 1}: is damaged ({reason}); {_REMEDY}")


def _checked(row: Any, read: Callable[[dict[str, Any]], T]) -> T:
    """Return what `read` makes of a row; what is wrong with one is said in one line."""
    if not isinstance(row, dict):
        raise ValueError("not a JSON object")  # noqa: TRY004 (a damaged row, as any other)
    try:
        return read(row)
    except ValidationError as error:
        raise ValueError(first_fault(error)) from None
