"""Write a report to a file, in the format that the file's ending names.

A new format is a line in `FORMATS` and a module with its function, imported when it is used.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path

from annotate.errors import UsageError
from annotate.files import write_file
from annotate.report.report import EVERYTHING, Report, report_on
from annotate.runs.reader import Run
from annotate.runs.selection import Selection

FORMATS: Mapping[str, str] = {
    ".html": "html:html",
    ".md": "markdown:markdown",
    ".docx": "word:word",
}
"""By the ending of a file: the function that makes the text or the bytes of a report."""


def write_report(run: Run, out: str | Path, chosen: Selection = EVERYTHING) -> Report:
    """Write the report on a run, or on what is chosen of it, and return it.

    Raises:
        UsageError: for an ending that names no format, a missing package, a choice that leaves
            nothing, or what cannot be written.
        ProjectError: where the sentences of its task cannot be used.
        RunError: where the run is damaged.
    """
    path = Path(out)
    make = FORMATS.get(path.suffix.lower())
    if make is None:
        raise UsageError(f"{path}: a report ends in {', '.join(FORMATS)}")
    report = report_on(run, chosen)
    module, _, name = make.partition(":")
    made: str | bytes = getattr(import_module(f"annotate.report.{module}"), name)(report)
    # A lone surrogate, in the name of a file, is escaped: no file holds it as text.
    write_file(path, made if isinstance(made, bytes) else made.encode("utf-8", "backslashreplace"))
    return report
