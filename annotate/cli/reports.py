"""Write a comparison, a difference, or what came of a suite, to the files that were asked for.

Markdown also goes to the summary of a job, where one runs on GitHub.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from annotate.cli.options import Given
from annotate.cli.output import print_error
from annotate.files import write_file

if TYPE_CHECKING:
    from annotate.comparison.comparison import Comparison
    from annotate.differences.diff import Diff
    from annotate.suites.verdicts import TrialResult

_SUMMARY = "GITHUB_STEP_SUMMARY"


def write_comparison(found: Comparison, files: Given) -> None:
    """Write a comparison to the files that are named by format: markdown, junit, html."""
    from annotate.reporting import junit, markdown

    _write_markdown(files, partial(markdown.of_comparison, found))
    if "junit" in files:
        write_report(files["junit"], junit.of_comparison(found))
    if "html" in files:
        _write_page(files["html"], found)


def write_suite(name: str, results: Sequence[TrialResult], files: Given) -> None:
    """Write all trials of a suite to the files that are named by format.

    Of several comparisons each has a page of its own, named after its trial.
    """
    from annotate.reporting import junit, markdown

    _write_markdown(files, partial(markdown.of_suite, results))
    if "junit" in files:
        write_report(files["junit"], junit.of_suite(name, results))
    compared = [(each.trial, each.comparison) for each in results if each.comparison is not None]
    for trial, comparison in compared if "html" in files else ():
        file = files["html"]
        if len(compared) > 1 and file.name:  # "." has none, and is refused as the folder it is
            file = file.with_name(f"{file.stem}-{trial.folder.name}{file.suffix}")
        _write_page(file, comparison)


def write_diff(found: Diff, files: Given, *, everything: bool) -> None:
    """Write what changed to the files that are named by format: markdown, html.

    Markdown with `everything` also lists what was reworded or moved; the page shows all.
    """
    from annotate.reporting.diff_markdown import of_diff

    _write_markdown(files, partial(of_diff, found, everything=everything))
    if "html" in files:
        from annotate.viewer.diff_page import diff_page

        write_report(files["html"], diff_page(found))


def _write_page(file: Path, comparison: Comparison) -> None:
    from annotate.viewer.view import comparison_page

    write_report(file, comparison_page(comparison))


def _write_markdown(files: Given, make: Callable[[], str]) -> None:
    if "markdown" not in files and not os.environ.get(_SUMMARY):
        return
    text = make()
    if "markdown" in files:
        write_report(files["markdown"], text)
    _append_to_summary(text)


def write_report(file: Path, text: str) -> None:
    """Write a report to a file, whose folder is made where there is none."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # The same bytes on every system; a lone surrogate in a file name is escaped, not an error.
    write_file(file, text.encode("utf-8", "backslashreplace"))


def _append_to_summary(text: str) -> None:
    """Append to the summary of a job on GitHub; a summary that cannot be written fails nothing."""
    if file := os.environ.get(_SUMMARY):
        try:
            with Path(file).open("a", encoding="utf-8", errors="backslashreplace") as summary:
                summary.write(text)
        except (OSError, ValueError) as error:
            print_error(f"${_SUMMARY} cannot be written ({error})")
