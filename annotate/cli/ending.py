"""How a command ends that annotates or reads documents: what came of it, and what is missing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import islice
from typing import TYPE_CHECKING

import typer

from annotate.cli.exit_codes import ExitCode
from annotate.cli.output import print_json, print_line, print_note, quoted
from annotate.errors import Incomplete

if TYPE_CHECKING:
    from annotate import DocumentError, Run
    from annotate.formats.corrections import Corrections
    from annotate.llm.cache.exchange import Imported

_MOST_LISTED = 20  # more of one kind would push the rest off the screen


def end_run(run: Run, as_json: bool) -> None:
    """Print what a run came to; an incomplete one ends the command with the code for that."""
    if as_json:
        print_json({"run": run.place, **run.manifest})
    else:
        _print_figures(run)
    _print_problems(run)
    if not run.complete:
        raise typer.Exit(ExitCode.INCOMPLETE)


def end_unread(unread: Sequence[DocumentError]) -> None:
    """Name the documents that could not be read; they end the command with the code for that."""
    for error in unread:
        print_note(f"not read: {error}")
    if unread:
        raise typer.Exit(ExitCode.INCOMPLETE)


def end_import(imported: Imported) -> None:
    """Name the lines that were left out; they end the command with the code for that."""
    for problem in imported.problems:
        print_note(problem)
    left = imported.failed + imported.unknown - len(imported.problems)
    if left > 0:
        print_note(f"and {left:,} more")
    if not imported.complete:
        raise typer.Exit(ExitCode.INCOMPLETE)


def require_documents(read: Corrections) -> None:
    """Refuse corrections of which nothing could be read, after naming why.

    Raises:
        Incomplete: where there is no document among them.
    """
    if not read.documents:
        for problem in read.problems:
            print_note(problem)
        raise Incomplete(f"{read.source}: nothing in it can be read, and nothing is written")


def _print_figures(run: Run) -> None:
    counts, usage = run.manifest["counts"], run.manifest["usage"]
    print_line(
        f"{counts['annotations']:,} annotations in {counts['documents']:,} documents "
        f"({counts['characters']:,} characters, {counts['chunks']:,} chunks)"
    )
    if run.skipped:
        print_line(f"{len(run.skipped):,} inputs skipped")
    if usage["requests"]:
        cost = "unknown" if usage["cost"] is None else f"{usage['cost']:.4f} USD"
        cached = usage["requests"] - _asked(run)
        known = f" ({cached:,} from the cache)" if cached > 0 else ""
        print_line(
            f"{usage['requests']:,} answers{known}, {usage['prompt_tokens']:,} + "
            f"{usage['completion_tokens']:,} tokens, cost {cost}"
        )
    look = f"    look at it: annotate show {quoted(run.path)}" if run.path.is_dir() else ""
    print_line(f"run: {run.place}{look}")


def _asked(run: Run) -> int:
    """Return how many answers were asked for when the run was made or resumed last."""
    rows = run.history()
    asked = rows[-1].get("asked") if rows else None
    return asked if isinstance(asked, int) else int(run.manifest["usage"]["requests"])


def _print_problems(run: Run) -> None:
    from annotate.ledger import commonest_note

    for row in islice(run.unreadable(), _MOST_LISTED):
        print_note(f"not read: {row['source']}: {row['reason']}")
    more = run.manifest["counts"]["unreadable"] - _MOST_LISTED
    if more > 0:
        print_note(f"and {more} more: {run.place_of('unreadable')}")
    for row in run.skipped[:_MOST_LISTED]:
        print_note(f"skipped: {row['source']}: {row['reason']}")
    if (more := len(run.skipped) - _MOST_LISTED) > 0:
        print_note(f"and {more} more skipped: {run.place}/manifest.json")
    for status, count in run.manifest["statuses"].items():
        if status == "furniture":
            print_note(
                f"{count} parts of pages are furniture, not annotated: {run.place_of('ledger')}"
            )
        elif status not in ("ok", "repaired"):
            print_note(f"{count} chunks ended {status}: {run.place_of('ledger')}")
    if not run.complete and (note := commonest_note(run.ledger())):
        print_note(f"most often because: {note}")
    _print_refused(run)


def _print_refused(run: Run) -> None:
    """Say how many annotations were refused, and why most of them were."""
    from annotate.ledger import nothing_usable, refusal

    reasons = Counter(
        refusal(row["kind"], row.get("item"), row.get("problems", ())) for row in run.quarantine()
    )
    if reasons:
        (reason, count), *_ = reasons.most_common(1)
        print_note(
            f"{reasons.total():,} annotations were refused; most often ({count:,}): {reason}: "
            f"{run.place_of('quarantine')}"
        )
    if nothing_usable(run.manifest["statuses"], run.manifest["counts"]["annotations"]):
        print_note(
            "nothing that was answered can be used; try a stronger --model or another --mode"
        )
