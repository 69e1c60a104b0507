"""Open a review by the names that are typed."""

from __future__ import annotations

import getpass
import re
from collections.abc import Sequence
from pathlib import Path

from annotate.errors import UsageError
from annotate.gold.store import read_gold
from annotate.project.tasks import load_task
from annotate.review.curation import Curation
from annotate.review.log import logs_of
from annotate.review.session import Review
from annotate.runs.reader import Run


def open_review(
    folder: str | Path,
    annotator: str | None,
    only: Sequence[str] = (),
    *,
    curate: bool = False,
    gold: Path | None = None,
) -> Review:
    """Open the review of a run, by the user of this machine where nobody is named.

    With `curate` that of what several annotators decided differently; with `gold` the gold of a
    folder stands beside what is reviewed.

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
        return Review(run, schema, annotator or _user(), only, gold=shown)
    if len(logs_of(run.path)) < 2:
        raise UsageError(
            f"{run.path}: fewer than two people have reviewed it; there is nothing to curate"
        )
    return Curation(run, schema, annotator or _user(), only)


def _user() -> str:
    """Return the name of the user of this machine, as far as it can name a file."""
    try:
        found = re.sub(r"[^\w.-]+", "_", getpass.getuser()).strip("._-")
    except (KeyError, OSError):  # nobody has this number
        found = ""
    return found[:64] or "reviewer"
