"""Open a review by the names that are typed."""

from __future__ import annotations

import getpass
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotate.documents.document import Document
from annotate.errors import UsageError
from annotate.gold.store import Gold, PinnedDocument, read_gold
from annotate.project.tasks import load_task
from annotate.review.curation import Curation
from annotate.review.doubts import Other
from annotate.review.log import logs_of
from annotate.review.order import Order
from annotate.review.session import Review
from annotate.runs.reader import Run, by_document
from annotate.scoring.labels import Statement


def open_review(
    folder: str | Path,
    annotator: str | None,
    only: Sequence[str] = (),
    *,
    curate: bool = False,
    gold: Path | None = None,
    order: Order = "document",
    against: Sequence[Path] = (),
) -> Review:
    """Open the review of a run, by the user of this machine where nobody is named.

    With `curate` that of what several annotators decided differently; with `gold` the gold of a
    folder stands beside what is reviewed. In the order of doubt that gold, and the runs `against`,
    speak against what they do not say.

    Raises:
        UsageError: as `Review` and `read_gold`, and where the schema is not that of the run.
        ProjectError: where the task of the run is not at hand.
        RunError: where the folder holds no run, or a damaged one.
    """
    run = Run(folder)
    name = str(run.manifest.get("task", ""))
    schema = load_task(name).schema
    if schema.fingerprint != run.manifest.get("schema"):
        raise UsageError(
            f"{run.path}: the definitions of {name} have changed since this run; make it anew, "
            "so that what is accepted fits them"
        )
    if not curate:
        shown = read_gold(gold, schema) if gold else None
        others = [*_gold_sides(shown), *map(_run_side, against)]
        who = annotator or _user()
        return Review(run, schema, who, only, gold=shown, order=order, others=others)
    if len(logs_of(run.path)) < 2:
        raise UsageError(
            f"{run.path}: fewer than two people have reviewed it; there is nothing to curate"
        )
    return Curation(run, schema, annotator or _user(), only)


def _gold_sides(gold: Gold | None) -> Iterator[Other]:
    if gold is not None:
        yield _side("gold", gold.manifest.documents, gold.annotations)


def _run_side(folder: Path) -> Other:
    run = Run(folder)
    return _side(str(folder), run.documents(), run.annotations())


def _side(
    name: str, documents: Iterable[Document | PinnedDocument], statements: Iterable[Statement]
) -> Other:
    said = by_document(statements, lambda each: each.document)
    return Other(name, {each.id: said.get(each.id, ()) for each in documents})


def _user() -> str:
    """Return the name of the user of this machine, as far as it can name a file."""
    try:
        found = re.sub(r"[^\w.-]+", "_", getpass.getuser()).strip("._-")
    except (KeyError, OSError):  # nobody has this number
        found = ""
    return found[:64] or "reviewer"
