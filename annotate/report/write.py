"""Write a report, or the matrix of facts, to a file in the format that the file's ending names.

A new format is a module with its function, imported when it is used, and a line in `FORMATS` or
`MATRICES`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from pathlib import Path

from annotate.crosswalks.mapped import MappedRun
from annotate.errors import UsageError
from annotate.files import write_file
from annotate.report.facts import matrix_of
from annotate.report.label_set import label_report
from annotate.report.report import EVERYTHING, Report, report_on
from annotate.runs.reader import Run
from annotate.runs.selection import Selection

FORMATS: Mapping[str, str] = {
    ".html": "html:html",
    ".md": "markdown:markdown",
    ".docx": "word:word",
}
"""By the ending of a file: the function that makes the text or the bytes of a report."""

MATRICES: Mapping[str, str] = {
    ".html": "matrix_page:matrix_page",
    ".csv": "matrix_tables:matrix_csv",
    ".parquet": "matrix_tables:matrix_parquet",
}
"""By the ending of a file: the function that makes the text or the bytes of a matrix of facts."""


def write_report(
    run: Run, out: str | Path, chosen: Selection = EVERYTHING, samples: Sequence[Run] = ()
) -> Report:
    """Write the report on a run, or on what is chosen of it, and return it.

    `samples` are the repeats of the run, which say how sure each statement is.

    Raises:
        UsageError: for an ending that names no format, a missing package, a choice that leaves
            nothing, or what cannot be written.
        ProjectError: where the sentences of its task cannot be used.
        RunError: where the run is damaged.
    """
    make = _format(Path(out), FORMATS, "a report")
    report = report_on(run, chosen, samples)
    _write(Path(out), make(report))
    return report


def write_matrix(
    run: Run, out: str | Path, chosen: Selection = EVERYTHING, samples: Sequence[Run] = ()
) -> Report:
    """Write what each document states of each fact, and return the report that it belongs to.

    Raises:
        UsageError, ProjectError, RunError: as `write_report`.
    """
    make = _format(Path(out), MATRICES, "a matrix")
    report = report_on(run, chosen, samples)
    _write(Path(out), make(report, matrix_of(run, report.sentences, chosen)))
    return report


def write_labels(run: MappedRun, out: str | Path) -> Report:
    """Write the report on a run in the names of another label set, and return it.

    Raises:
        UsageError, ProjectError, RunError: as `write_report`.
    """
    make = _format(Path(out), FORMATS, "a report")
    report = label_report(run)
    _write(Path(out), make(report))
    return report


def _format(path: Path, formats: Mapping[str, str], what: str) -> Callable[..., str | bytes]:
    place = formats.get(path.suffix.lower())
    if place is None:
        raise UsageError(f"{path}: {what} ends in {', '.join(formats)}")
    module, _, name = place.partition(":")
    made: Callable[..., str | bytes] = getattr(import_module(f"annotate.report.{module}"), name)
    return made


def _write(path: Path, made: str | bytes) -> None:
    # A lone surrogate, in the name of a file, is escaped: no file holds it as text.
    write_file(path, made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace"))
