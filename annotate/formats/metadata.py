"""What came with the documents of a run, for formats whose rows are annotations."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import JsonValue

from annotate.runs.reader import Run


def metadata_of(run: Run) -> dict[str, Mapping[str, JsonValue]]:
    """Return the metadata of each document that came with any, by its id."""
    found = ((each.id, each.provenance.metadata) for each in run.documents())
    return {id: metadata for id, metadata in found if metadata}
