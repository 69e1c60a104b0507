"""Check gold as it lies on the disk: its files, and the errors that the lint finds in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from annotate.documents.reading import is_there
from annotate.errors import AnnotateError, UsageError
from annotate.findings import Finding, in_order
from annotate.gold.lint import check
from annotate.gold.passes import Pass, read_passes
from annotate.gold.sources import SourceDocument, sources_behind
from annotate.gold.store import Gold, inspect_gold
from annotate.schema.categories import Schema


@dataclass(frozen=True, slots=True)
class GoldCheck:
    """What was found in a folder of gold.

    Attributes:
        findings: what has to be put right; what only deserves a look is for the lint to say.
        remarks: how many things deserve one.
    """

    gold: Gold | None
    findings: tuple[Finding, ...]
    remarks: int = 0


def check_gold(folder: Path, documents: Sequence[Path], schema: Schema) -> GoldCheck:
    """Check the gold in `folder` against the files and folders of documents it is about."""
    gold, faults = inspect_gold(folder)
    if gold is None:
        return GoldCheck(None, tuple(faults))
    sources: dict[str, SourceDocument] = {}
    # Where a suite names what is not there, its own check says so.
    for path in filter(is_there, documents if gold.manifest.documents else ()):
        try:
            sources |= sources_behind(path)
        except AnnotateError as error:
            faults.append(_said(error, path))
    passes: list[Pass] = []
    try:
        passes = read_passes(folder)
    except UsageError as error:
        faults.append(_said(error, folder / "passes"))
    found = check(gold, sources, schema, passes)
    errors = [each for each in found if each.is_error]
    return GoldCheck(gold, tuple(in_order([*faults, *errors])), len(found) - len(errors))


def _said(error: AnnotateError, path: Path) -> Finding:
    """Return what an error says as a finding, with the file and line that it begins with."""
    place, _, said = str(error).partition(": ")
    file, _, line = place.rpartition(":")
    message, _, remedy = said.partition("; ")
    if not said:
        return Finding("error", path, None, place, "correct it")
    if line.isdecimal():
        return Finding("error", Path(file), int(line), message, remedy or "correct it")
    return Finding("error", Path(place), None, message, remedy or "correct it")
