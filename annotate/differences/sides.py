"""The two sides of a difference: what a name stands for, and what its run says of each document.

runs/x           a run folder
policy.html      a file, a folder of texts or a glob: it is annotated first, into a folder that is
                 removed again; what a model answered stays in the cache
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from annotate.annotation import Annotation
from annotate.documents.document import Document
from annotate.errors import RunError, UsageError
from annotate.runs.manifest import MANIFEST
from annotate.runs.reader import Run, by_document, find_runs
from annotate.runs.silence import Silence, gap, silence
from annotate.schema.categories import Schema

if TYPE_CHECKING:
    from annotate.pipeline.progress import Progress

_MAKING = ("model", "prompt", "schema", "lexicon", "chunk_size")
"""What of a manifest says how the statements of a run were made."""


@dataclass(frozen=True)
class Reading:
    """A document as one run read it.

    Attributes:
        silence: what may be concluded from what was not found.
        gap: why not all of it was read; "" where it was.
    """

    document: Document
    annotations: tuple[Annotation, ...]
    silence: Silence
    gap: str


@dataclass(frozen=True)
class Side:
    """One side of a difference.

    Attributes:
        name: as it was typed.
        task: the name of its task.
        schema: that it was made with; None where it is not at hand: then no silence is claimed.
        made: how its statements were made.
        complete: whether everything was read and answered.
        readings: by the ids of the documents, in the order of the run.
        unreadable: inputs that could not be read, with the reason.
    """

    name: str
    task: str
    schema: Schema | None
    made: Mapping[str, str]
    complete: bool
    readings: Mapping[str, Reading]
    unreadable: tuple[str, ...]


@contextmanager
def opened(
    name: Run | str | Path,
    on_progress: Callable[[Progress], None] | None,
    settings: Mapping[str, Any],
) -> Iterator[Run]:
    """Open the run that a name stands for; texts are annotated for as long as it is open.

    Raises:
        UsageError: where it stands for nothing, or for several repeats.
        Stopped: where the endpoint or a cap ended the annotation early.
    """
    if isinstance(name, Run):
        yield name
    elif not are_texts(name):
        yield _only_run(name)
    else:
        from annotate.pipeline.run import run  # two runs need none of what makes one

        with TemporaryDirectory(prefix="annotate-diff-") as folder:
            yield run(name, out=Path(folder) / "run", on_progress=on_progress, **settings)


def _only_run(name: str | Path) -> Run:
    try:
        runs = find_runs(name)
    except RunError:
        if Path(name).exists():
            raise
        raise UsageError(f"{name}: there is neither a run nor a text of this name") from None
    if len(runs) > 1:
        raise UsageError(f"{name}: has {len(runs)} repeats; name one, such as {runs[0].path}")
    return runs[0]


def are_texts(name: str | Path) -> bool:
    """Tell whether a name stands for texts that have to be annotated, and for no run."""
    path, words = Path(name), str(name)
    is_run = (path / MANIFEST).is_file()
    return not is_run and (words == "-" or path.exists() or any(sign in words for sign in "*?["))


def read_side(opened: Run, name: str) -> Side:
    """Read what one side says of its documents.

    Raises:
        RunError: where a row of the run is damaged.
    """
    found = by_document(opened.annotations(), lambda each: each.document)
    entries = by_document(opened.ledger(), lambda each: each.document)
    refused = by_document(opened.quarantine(), lambda row: str(row["document"]))
    categories = opened.schema.categories if opened.schema else ()
    readings = {}
    for each in opened.documents():
        own = found.get(each.id, [])
        said = {annotation.category for annotation in own}
        ended = entries.get(each.id, [])
        quiet = silence(each, categories, said, ended, refused.get(each.id, []), opened.reads)
        readings[each.id] = Reading(each, tuple(own), quiet, gap(each, ended, opened.reads))
    manifest = opened.manifest
    return Side(
        name,
        str(manifest.get("task", "")),
        opened.schema,
        {each: str(manifest[each]) for each in _MAKING if manifest.get(each) is not None},
        opened.complete,
        readings,
        tuple(f"{row['source']}: {row['reason']}" for row in opened.unreadable()),
    )
