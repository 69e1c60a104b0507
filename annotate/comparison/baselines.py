"""Baselines: runs that were declared good, committed as files to compare later runs with.

A baseline is `eval/baselines/<task>/<model>.jsonl`. Its first line says what it is and how good it
was; then each sample, one a repeat, has a line of its own and its rows below it:

    {"format": 1, "reason": "…", "task": "…", "model": "…", "gold": "<sha256>", "scores": {…}, …}
    {"sample": {"identity": {…}, "documents": {"<id>": "<sha256>"}, "usage": {…}, …}}
    {"annotation": {…}}        as in annotations.jsonl
    {"refused": {…}}           as in quarantine.jsonl
    {"entry": {…}}             as in ledger.jsonl, without the time it took

There are no clocks and no texts of documents in it, beyond what annotations quote: the same runs
give the same bytes. Written only on demand, with a reason, from complete runs.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
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

from annotate.annotation import Annotation, Grounding
from annotate.comparison.deltas import headlines
from annotate.errors import Incomplete, UsageError
from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import Predictions, Refused, check_repeat
from annotate.files import json_line, unwritable, whole_file
from annotate.gold.store import Gold, GoldAnnotation
from annotate.ledger import Entry
from annotate.project.roots import find_project
from annotate.runs.reader import Run

FORMAT_VERSION = 1

T = TypeVar("T")


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
    """Return where the baseline of a model stands below a content root.

    A model's name is data: what a file name should not hold becomes "-", and a hash then keeps
    different models apart.
    """
    safe = "".join(c if c.isascii() and (c.isalnum() or c in "-_.") else "-" for c in model)
    safe = safe.strip(".-")[:60]
    if not safe or safe != model:
        digest = hashlib.sha256(model.encode("utf-8", "surrogatepass")).hexdigest()
        safe = f"{safe or 'model'}-{digest[:8]}"
    return root / "eval" / "baselines" / task / f"{safe}.jsonl"


# ---- Writing ----


def bless(runs: Sequence[Run], reason: str, gold: Gold | Path | None = None) -> Path:
    """Write complete runs, the repeats of one configuration, as the project's baseline.

    Replaces the one that stands there, and returns the file. Without `gold`, the scores are those
    against the task's own.

    Raises:
        UsageError: where there is no reason, no run, no project, or runs do not belong together.
        Incomplete: where a run was not answered to its end.
        NotComparable: where no document of a run has gold.
    """
    if not reason.strip():
        raise UsageError("a baseline needs a reason that a later reader understands; say --reason")
    if not runs:
        raise UsageError("no run is named; name one or more")
    if (root := find_project()) is None:
        raise UsageError("no project is here to keep a baseline; annotate init DIR makes one")
    for run in runs:
        if not run.complete:
            raise Incomplete(f"{run.path}: is incomplete; the same annotate run finishes it")
    evaluations = sorted((evaluate(run, gold) for run in runs), key=_repeat)
    _check_samples(evaluations)
    first = evaluations[0].predictions.identity
    file = baseline_file(root, str(first["task"]), str(first["model"]))
    _replace(file, _lines(evaluations, reason.strip()))
    return file


def _repeat(evaluation: Evaluation) -> int:
    number = evaluation.predictions.identity.get("repeat", 0)
    return number if isinstance(number, int) else 0


def _check_samples(evaluations: Sequence[Evaluation]) -> None:
    """Refuse runs that are not different samples of one configuration."""
    first = evaluations[0].predictions
    taken: dict[int, str] = {}
    for each in evaluations:
        check_repeat(first, each.predictions)
        name, number = each.predictions.name, _repeat(each)
        if number in taken:
            raise UsageError(f"{name}: is the same sample as {taken[number]}; name each once")
        taken[number] = name


def _lines(evaluations: Sequence[Evaluation], reason: str) -> Iterator[bytes]:
    first = evaluations[0]
    head: dict[str, JsonValue] = {
        "format": FORMAT_VERSION,
        "reason": reason,
        "task": first.predictions.identity["task"],
        "model": first.predictions.identity["model"],
        "gold": fingerprint(first.golds),
        "gold_version": first.gold.manifest.gold,
        "scores": dict(headlines(evaluations)),
        "samples": len(evaluations),
    }
    yield json_line(head)
    for each in evaluations:
        yield from _sample(each.predictions)


def _sample(predictions: Predictions) -> Iterator[bytes]:
    said = predictions
    sample: dict[str, JsonValue] = {
        "identity": dict(said.identity),
        "documents": dict(said.documents),
        "usage": dict(said.usage),
        "annotations": len(said.annotations),
        "refused": len(said.refused),
        "entries": len(said.entries),
    }
    yield json_line({"sample": sample})
    for annotation in said.annotations:
        yield json_line({"annotation": annotation.to_json()})
    for answer in said.refused:
        place: dict[str, JsonValue] = {"document": answer.document, "chunk": answer.chunk}
        yield json_line({"refused": {**place, "kind": answer.kind, "item": answer.item}})
    for entry in said.entries:
        yield json_line({"entry": replace(entry, seconds=0.0).to_json()})


def _replace(file: Path, lines: Iterable[bytes]) -> None:
    """Write a file beside its place and move it in, so that nobody reads half of it."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise unwritable(file, error) from None
    with whole_file(file) as partial:
        with partial.open("wb") as target:
            target.writelines(lines)
        read_baseline(partial)  # what cannot be read back never takes the place of what can


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
            raise ValueError("a score is no share")
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
    head = lines.take(lambda row: _Head.model_validate(_known(row)))
    samples = tuple(_read_sample(lines, f"{file}#{number + 1}") for number in range(head.samples))
    lines.end()
    return Baseline(file, head.reason, head.task, head.model, head.gold, head.scores, samples)


def _known(row: dict[str, Any]) -> dict[str, Any]:
    """Return the first line as it is, if this version knows its format."""
    if isinstance(row["format"], int) and row["format"] > FORMAT_VERSION:
        raise _Newer
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
    )


def _read_annotation(row: dict[str, Any]) -> Annotation:
    _Annotation.model_validate(row["annotation"])
    return Annotation.from_json(row["annotation"])


def _read_refused(row: dict[str, Any]) -> Refused:
    _Refused.model_validate(row["refused"])
    return Refused.from_row(row["refused"])


_ENTRY = TypeAdapter(Entry)


class _Newer(Exception):
    """A format that this version does not know."""


class _Lines:
    """The lines of a baseline file, read one after the other."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.number = 0
        try:
            self.lines = file.read_bytes().splitlines()
        except OSError as error:
            raise UsageError(f"{file}: cannot be read ({error.strerror})") from None

    def take(self, read: Callable[[dict[str, Any]], T]) -> T:
        """Return what `read` makes of the next line."""
        self.number += 1
        try:
            return read(json.loads(self.lines[self.number - 1]))
        except _Newer:
            raise UsageError(
                f"{self.file}: written by a newer version of annotate; upgrade to read it"
            ) from None
        except IndexError:
            reason = "the file ends here"
        except KeyError as error:
            reason = f"no {error}"
        except ValidationError as error:
            detail = error.errors(include_url=False, include_input=False)[0]
            reason = f"{'.'.join(map(str, detail['loc']))}: {detail['msg']}"
        except (TypeError, ValueError, RecursionError) as error:
            reason = error.msg if isinstance(error, json.JSONDecodeError) else "no JSON object"
        raise UsageError(f"{self.file}:{self.number}: is damaged ({reason}); {_AGAIN}")

    def several(self, count: int, read: Callable[[dict[str, Any]], T]) -> tuple[T, ...]:
        """Return what `read` makes of the next `count` lines."""
        return tuple(self.take(read) for _ in range(count))

    def end(self) -> None:
        """Refuse lines behind the last one."""
        if self.number < len(self.lines):
            raise UsageError(
                f"{self.file}:{self.number + 1}: is damaged (a line too many); {_AGAIN}"
            )


_AGAIN = "restore it from version control, or write it anew with annotate bless"
