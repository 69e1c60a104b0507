"""Print what a run says in the names of another label set, and give it as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import JsonValue
from rich.console import Console

from annotate.crosswalks.mapped import MappedRun, Standing
from annotate.reporting.terminal import print_line, print_lines, safe, table


def print_crosswalk(run: MappedRun, found: Sequence[Standing], console: Console) -> None:
    """Print for each label how many documents state something of it."""
    columns = ("label", "what it is", "annotations", "stated in", "silent", "not known")
    drops = ("what it is", "annotations")
    shown = table(run.table.title, columns, texts=("what it is",), drops=drops)
    for each in found:
        figures = (each.annotations, len(each.stated), len(each.silent), len(each.open))
        shown.add_row(
            safe(each.label.name), safe(each.label.title), *(f"{number:,}" for number in figures)
        )
    console.print(shown)
    print_lines(console, (safe(f"no label: {line}") for line in unlabelled_lines(run)))
    print_line(console, f"{run.table.name} {run.table.version}, of the run in {run.path}")


def unlabelled_lines(run: MappedRun) -> list[str]:
    """Return a line for each kind of annotation that has no label, with the reason."""
    return [
        f"{count:,} {category}: {why or 'the table says nothing of them'}"
        for (category, why), count in sorted(run.unlabelled().items())
    ]


def standing_lines(found: Sequence[Standing]) -> Iterator[str]:
    """Yield for each label the documents that state something of it, and those that do not."""
    for each in found:
        said = (
            ("stated in", each.stated),
            ("not stated in", each.silent),
            ("not known of", each.open),
        )
        parts = (f"{how} {', '.join(documents)}" for how, documents in said if documents)
        yield f"{each.label.name}: {'; '.join(parts)}"


def of_crosswalk(run: MappedRun, found: Sequence[Standing]) -> dict[str, JsonValue]:
    """Return the same as JSON, with the documents by their ids."""
    return {
        "run": str(run.path),
        "crosswalk": run.manifest["crosswalk"],
        "labels": [
            {
                "label": each.label.name,
                "title": each.label.title,
                "annotations": each.annotations,
                "stated": list(each.stated),
                "silent": list(each.silent),
                "open": list(each.open),
            }
            for each in found
        ],
        "unlabelled": [
            {"category": category, "why": why, "annotations": count}
            for (category, why), count in sorted(run.unlabelled().items())
        ],
    }
