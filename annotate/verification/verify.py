"""From a run to the same run with a verdict beside each annotation, in a folder of its own.

Documents, ledger and quarantine are those of the run; its manifest says under `verification` who
judged, and under `verified` what came of that. Answers are kept and paid for as those of a run.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import aclosing
from itertools import groupby
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.annotation import UNANSWERED, VERDICTS, Annotation
from annotate.annotator import ChunkResult
from annotate.documents.document import Document
from annotate.documents.folders import Skipped
from annotate.errors import DocumentError, RunError, UsageError
from annotate.files import with_own_name
from annotate.llm.batch import export_requests
from annotate.llm.cache.folder import open_cache
from annotate.llm.estimate import Estimate, estimate
from annotate.llm.request import Request
from annotate.pipeline.blocking import run_blocking
from annotate.pipeline.progress import Meter, Progress
from annotate.pipeline.scheduler import documents_in_order
from annotate.project.settings import resolve_settings
from annotate.project.tasks import load_task
from annotate.runs.reader import Run, by_document
from annotate.runs.writer import WRITTEN, RunWriter, sent_file
from annotate.verification.batches import Standing
from annotate.verification.verifier import (
    Verifier,
    VerifierSpecification,
    Waiting,
    verifier_specification,
)
from annotate.version import version


def verify(
    run: Run | str | Path,
    *,
    out: str | Path | None = None,
    replace: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
    **settings: object,
) -> Run:
    """Ask a model about each annotation of a run, and return the run with its verdicts.

    It is written to `out`, by default `<run>-verified`; the run itself stays as it is. Keyword
    arguments are the settings of `annotate verify`, with underscores (`model`, `per_request`,
    `max_cost`, …). The same call again goes on where it was stopped: what was answered comes from
    the cache. An annotation of which no verdict came has none, and the run is incomplete then.

    Raises:
        UsageError: where no model is named, or the run was made with another schema than stands
            here, before anything is written.
        RunError: where there is no run, or it is damaged.
        Stopped: where the endpoint or a cap ended it early; what was answered is kept.
    """
    source = run if isinstance(run, Run) else Run(run)
    specification = _specification(source, settings)
    folder = with_own_name(Path(out)) if out is not None else default_folder(source)
    if folder.resolve() == source.path.resolve():
        raise UsageError(f"{folder}: holds the run that is verified; name another folder")
    skipped = [Skipped(each["source"], each["reason"]) for each in source.skipped]
    identity = {
        **{name: value for name, value in source.manifest.items() if name not in WRITTEN},
        "verification": specification.verification,
    }
    identity.pop("verified", None)
    writer = RunWriter(folder, identity, version(), skipped, replace=replace)

    async def work() -> None:
        waiting: Waiting = {}
        with writer:
            verifier = specification.open(folder, waiting)
            account = _Account()
            try:
                await _verify(
                    source, specification, verifier, waiting, writer, account, on_progress
                )
            finally:
                writer.sent = sent_file(source.sent(), verifier.sent())
                asked_in = {**specification.verification, **verifier.identity}
                writer.found_out({"verification": asked_in, "verified": account.to_json()})

    run_blocking(work)
    return Run(folder)


def default_folder(run: Run) -> Path:
    """Return where a run goes with its verdicts: beside itself."""
    path = with_own_name(run.path)
    return path.with_name(f"{path.name}-verified")


def missing_requests(run: Run | str | Path, **settings: object) -> list[Request]:
    """Return the requests that verifying a run would send now, in no particular order.

    Raises:
        UsageError, RunError: as `verify`.
    """
    return _missing(*_unsent(run, settings))


def estimate_verification(run: Run | str | Path, **settings: object) -> Estimate:
    """Return what verifying a run would send and cost now.

    Raises:
        UsageError, RunError: as `verify`.
    """
    source, specification = _unsent(run, settings)
    return estimate(_missing(source, specification), specification.price)


def _unsent(
    run: Run | str | Path, settings: Mapping[str, object]
) -> tuple[Run, VerifierSpecification]:
    """Return a run and what verifying it is where nothing is sent."""
    source = run if isinstance(run, Run) else Run(run)
    return source, _specification(source, {**settings, "offline": True})


def _missing(source: Run, specification: VerifierSpecification) -> list[Request]:
    async def collect() -> list[Request]:
        waiting: Waiting = {}
        verifier = specification.open(None, waiting)
        try:
            documents = _documents(source, waiting)
            async for each in documents_in_order(documents, verifier, specification.chunker, 1):
                del waiting[each.document.id]
        finally:
            await verifier.close()
        return list(verifier.missing.values())

    return run_blocking(collect)


def export_verification(
    run: Run | str | Path, out: Path, **settings: object
) -> tuple[int, list[Path]]:
    """Write the requests that verifying a run would send as batch files, as a run's are written.

    Returns:
        how many they are, and the files.

    Raises:
        UsageError, RunError: as `verify`.
    """
    requests = missing_requests(run, **settings)
    with open_cache(resolve_settings(settings)) as cache:
        return len(requests), export_requests(requests, cache, out)


class _Account:
    """What came of the questions of a verification, and what they took."""

    def __init__(self) -> None:
        self._verdicts = Counter[str]()
        self._why = Counter[str]()
        self._usage = Counter[str]()
        self._cost: float | None = None

    def add(self, results: Iterable[ChunkResult], written: Iterable[Annotation]) -> None:
        """Add what came of a document."""
        for each in written:
            said = each.verification
            self._verdicts[said.verdict if said else UNANSWERED] += 1
        for result in results:
            entry = result.entry
            for name in ("requests", "prompt_tokens", "completion_tokens"):
                self._usage[name] += getattr(entry, name)
            if entry.cost is not None:
                self._cost = round((self._cost or 0.0) + entry.cost, 8)
            lost = sum(each.verification is None for each in result.annotations)
            if lost:
                self._why[entry.note] += lost

    @property
    def lacking(self) -> int:
        """How many annotations have no verdict."""
        return self._verdicts[UNANSWERED]

    def to_json(self) -> dict[str, JsonValue]:
        """Return it as the manifest holds it."""
        names = ("requests", "prompt_tokens", "completion_tokens")
        return {
            "verdicts": {name: self._verdicts[name] for name in (*VERDICTS, UNANSWERED)},
            "why": dict(sorted(self._why.items())),
            "usage": {**{name: self._usage[name] for name in names}, "cost": self._cost},
        }


def _specification(run: Run, settings: Mapping[str, object]) -> VerifierSpecification:
    task = load_task(str(run.manifest.get("task", "")))
    if task.schema.fingerprint != run.manifest.get("schema"):
        raise UsageError(
            f"{run.path}: was made with another schema {task.name} than stands here, whose "
            "definitions decide; run it again"
        )
    return verifier_specification(task, resolve_settings({**settings, "task": task.name}))


async def _verify(
    source: Run,
    specification: VerifierSpecification,
    verifier: Verifier,
    waiting: Waiting,
    writer: RunWriter,
    account: _Account,
    on_progress: Callable[[Progress], None] | None,
) -> None:
    """Judge and write each document; what is not about its annotations is written as it was."""
    entries = by_document(source.ledger(), lambda entry: entry.document)
    refused = by_document(source.quarantine(), lambda row: str(row["document"]))
    meter = Meter(on_progress)
    try:
        for row in source.unreadable():
            writer.add_unreadable(DocumentError(str(row["source"]), str(row["reason"])))
        documents = _documents(source, waiting)
        chunker = specification.chunker
        finished = documents_in_order(documents, verifier, chunker, 1, meter)
        async with aclosing(finished):
            async for each in finished:
                (results,) = each.results()
                name = each.document.id
                judged = _in_order(waiting.pop(name).annotations, results)
                writer.add(each.document, judged, entries.get(name, ()), refused.get(name, ()))
                writer.asked += sum(result.asked for result in results)
                account.add(results, judged)
                writer.lacking = account.lacking
                meter.written(writer.tally.counts)
                meter.tell()
    finally:
        await verifier.close()
    # Raised when everything that was answered is written, as a run does.
    if verifier.stopped is not None:
        raise verifier.stopped


def _documents(run: Run, waiting: Waiting) -> Iterator[Document]:
    """Yield the documents of a run, with the annotations of each put into `waiting`.

    Raises:
        RunError: at the end, where the annotations are in another order.
    """
    by_name = groupby(run.annotations(), key=lambda each: each.document)
    ahead = next(by_name, None)
    for document in run.documents():
        own: Iterable[Annotation] = ()
        if ahead is not None and ahead[0] == document.id:
            own = list(ahead[1])
            ahead = next(by_name, None)
        waiting[document.id] = Standing.of(own)
        yield document
    if ahead is not None:  # nothing is left out in silence
        raise RunError(
            f"{run.path}: its annotations are not in the order of its documents; the same annotate "
            "run writes them anew"
        )


def _in_order(before: Iterable[Annotation], results: Iterable[ChunkResult]) -> list[Annotation]:
    """Return the annotations in the order in which the run has them."""
    judged: dict[tuple[Any, ...], list[Annotation]] = {}
    for result in results:
        for each in result.annotations:
            judged.setdefault(_key(each), []).append(each)
    return [judged[_key(each)].pop(0) if judged.get(_key(each)) else each for each in before]


def _key(annotation: Annotation) -> tuple[Any, ...]:
    return annotation.start, annotation.end, annotation.category
