"""Write a run, or gold, in a format that other tools read.

Rows and columns (`jsonl`, `csv`, `parquet`, `parquet-flat`, `tables`) are for analysis,
`web-annotation` for exchange, `brat` and `label-studio` for people who correct them;
`annotate.formats.corrections` reads those two back. What cannot be read back without loss says so
in its module.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, cast

from annotate.crosswalks.mapped import MappedRun
from annotate.errors import UsageError
from annotate.files import whole_file, whole_folder
from annotate.formats.annotated_document import (
    documents_of_gold,
    documents_of_run,
    origin_of_gold,
    origin_of_run,
)
from annotate.formats.registry import TOOLS, Format, find_format
from annotate.formatting import visible_lines
from annotate.gold.sources import SourceDocument
from annotate.gold.store import Gold
from annotate.project.tasks import load_task
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.schema.categories import Schema


def export(
    run: Run | Sequence[Run],
    to: str,
    out: str | Path | None = None,
    *,
    schema: Schema | None = None,
    selection: Selection | None = None,
) -> int:
    """Write the annotations of `run` as `to` and return how many.

    `to` is one of "jsonl", "csv", "web-annotation" (files, or standard output where `out` is None
    or "-"), "parquet", "parquet-flat" (files), "tables", "brat" and "label-studio" (folders).
    Tables take several runs, anything else one. JSON Lines
    holds the rows of the run with what is known of their source; CSV holds one column per
    attribute, sets joined by "|", and sets an apostrophe before a cell that a spreadsheet would run
    as a formula. A lone surrogate, which no file can hold as text, is an escape in JSON and U+FFFD
    elsewhere. Offsets count code points. `schema` defaults to that of the run's task; the same run
    gives the same bytes. `selection`, which `run.select` makes, says which annotations are meant
    where not all are; the folder of a tool holds whole documents, so it may ask for these alone.

    Raises:
        UsageError: for an unknown format, a run of another schema, a missing package, or what
            cannot be written.
        RunError: for a damaged run.
    """
    found = find_format("--to", to)
    selection = selection or Selection()
    runs = [run] if isinstance(run, Run) else list(run)
    if found.kind == "runs":
        return found.write(runs, selection, _named(out, to, "a folder"))
    if len(runs) != 1:
        raise UsageError(f"--to {to}: takes one run, not {len(runs)}; --to tables takes several")
    return _export_one(runs[0], found, out, schema, selection)


def _export_one(
    run: Run, found: Format, out: str | Path | None, schema: Schema | None, selection: Selection
) -> int:
    to = found.name
    if found.kind == "tool" and not selection.by_document_alone:
        raise UsageError(
            f"--to {to}: takes --document alone, as what comes back corrected is all that a "
            "document states"
        )
    if found.kind == "text":
        with _text_file(out) as file:
            return found.write(run, selection, file)
    if found.kind == "table":
        with whole_file(_named(out, to, "a file")) as path:
            return found.write(run, selection, path, schema or _schema_of(run))
    schema = schema or _schema_of(run)
    with whole_folder(_named(out, to, "a folder")) as folder:
        documents = documents_of_run(run, selection)
        return found.write(folder, schema, origin_of_run(run, schema), documents)


def export_gold(
    gold: Gold, sources: Mapping[str, SourceDocument], schema: Schema, to: str, out: str | Path
) -> int:
    """Write gold as "brat" or "label-studio", to be corrected there, and return how many.

    Raises:
        UsageError: for another format, a document that is not in `sources` or is another text, or
            what cannot be written.
    """
    found = find_format("--to", to, TOOLS)
    for pinned in gold.manifest.documents:
        source = sources.get(pinned.id)
        if source is None or source.document.sha256 != pinned.text_sha256:
            raise UsageError(
                f"{pinned.id}: the text that was labelled is not here; name its folder with "
                "--documents"
            )
    with whole_folder(Path(out)) as folder:
        documents = documents_of_gold(gold, sources)
        return found.write(folder, schema, origin_of_gold(gold), documents)


@contextmanager
def _text_file(out: str | Path | None) -> Iterator[IO[str]]:
    """Open a file for text in UTF-8, or standard output where `out` is None or "-"."""
    if out is None or str(out) == "-":
        yield cast("IO[str]", _OnTerminal()) if sys.stdout.isatty() else sys.stdout
        return
    with whole_file(Path(out)) as partial, partial.open("w", encoding="utf-8", newline="") as file:
        yield file


class _OnTerminal:
    """Standard output where a person looks at it: texts steer no terminal."""

    def write(self, text: str) -> int:
        return sys.stdout.write(visible_lines(text))


def _named(out: str | Path | None, to: str, what: str) -> Path:
    if out is None or str(out) == "-":
        raise UsageError(f"--to {to} does not go to standard output; name {what} with --out")
    return Path(out)


def _schema_of(run: Run) -> Schema:
    """Return the schema of the run's task, where it is the one that the run was made with."""
    if isinstance(run, MappedRun):
        raise UsageError(
            f"{run.path}: the labels of {run.table.name} have no attributes for typed columns and "
            "controls; export it as csv, jsonl, web-annotation or tables"
        )
    name, made_with = run.manifest.get("task"), run.manifest.get("schema")
    if not isinstance(name, str):
        raise UsageError(f"{run.path}: names no task; a typed format needs its schema")
    schema = load_task(name).schema
    if made_with not in (None, schema.fingerprint):
        raise UsageError(
            f"{run.path}: was made with another schema {name} than stands here; run it again"
        )
    return schema
