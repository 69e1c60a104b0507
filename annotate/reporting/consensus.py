"""Print what came of uniting samples: how sure the annotations are, and how that was chosen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.consensus.consensus import Consensus
from annotate.consensus.thresholds import Choice, Judged
from annotate.formatting import NOTHING, ratio, share_interval
from annotate.reporting.terminal import print_line, print_lines, safe, shortened, table
from annotate.runs.reader import Run

_MOST = 20


def print_consensus(made: Consensus, console: Console) -> None:
    """Print a united run, and how its threshold was found where one was looked for."""
    if made.choice is not None:
        console.print(_tried(made.choice))
        print_lines(console, _chosen(made.choice))
    if made.run is None:
        return
    console.print(_sure(made.run))
    print_lines(console, _gaps(made))
    ended = "complete" if made.run.complete else "INCOMPLETE"
    print_line(console, f"{ended} consensus of {len(made.sources)} runs in {made.run.path}")


def _sure(run: Run) -> Table:
    counted = Counter(each.confidence for each in run.annotations())
    shown = table("Annotations by confidence", ("confidence", "annotations"))
    rows = sorted(counted.items(), key=lambda item: -(item[0] or 0.0))
    for confidence, count in rows[:_MOST]:
        shown.add_row(NOTHING if confidence is None else f"{confidence:g}", f"{count:,}")
    shown.add_section()
    shown.add_row("all", f"{counted.total():,}")
    return shortened(shown, len(rows), _MOST)


def _tried(choice: Choice) -> Table:
    title = f"Thresholds, on the gold of {len(choice.documents)} documents"
    columns = ("threshold", "precision", "95% interval", "recall", "right", "wrong", "missed")
    shown = table(title, columns, drops=("missed", "wrong", "right", "95% interval"))
    for threshold, judged in [*choice.tried.items()][:_MOST]:
        counts = judged.counts
        shown.add_row(
            f"{threshold:g}",
            ratio(counts.precision),
            share_interval(judged.interval),
            ratio(counts.recall),
            *(f"{each:,}" for each in (counts.tp, counts.fp, counts.fn)),
            style="bold" if threshold == choice.threshold else None,
        )
    return shortened(shown, len(choice.tried), _MOST)


def _chosen(choice: Choice) -> Iterator[Text]:
    if choice.chosen is None:
        best = max(judged.counts.precision or 0.0 for judged in choice.tried.values())
        yield safe(
            f"no threshold has a precision of {choice.wanted:g}; the best one has {ratio(best)}. "
            "Nothing was written: ask for less, or add samples",
            "bold red",
        )
        return
    yield safe(
        f"threshold {choice.threshold:g}: precision {_judged(choice.chosen)}, which costs "
        f"{_cost(choice.everything, choice.chosen)} points of recall"
    )
    yield safe(
        f"intervals take {choice.clusters} for independent; this gold chose the threshold and "
        "judged it, which flatters it",
        "dim",
    )
    if choice.crossed is None:
        yield safe("one document has gold: what to expect of others cannot be said", "yellow")
        return
    crossed = choice.crossed
    used = ", ".join(f"{t:g} {n} times" for t, n in sorted(crossed.thresholds.items()))
    unreached = f"; {crossed.unreached} times none had it" if crossed.unreached else ""
    yield safe(
        f"chosen without the document that it is judged on, each in turn ({used}{unreached}): "
        f"precision {_judged(crossed.judged)}, {_cost(choice.everything, crossed.judged)} points "
        "of recall lost"
    )


def _judged(judged: Judged) -> str:
    counts = judged.counts
    precision = f"{ratio(counts.precision)} [{share_interval(judged.interval)}]"
    return f"{precision}, recall {ratio(counts.recall)}"


def _cost(everything: Judged, judged: Judged) -> str:
    before, after = everything.counts.recall, judged.counts.recall
    return NOTHING if before is None or after is None else f"{100 * (before - after):.1f}"


def _gaps(made: Consensus) -> Iterator[Text]:
    if made.unsure:
        yield safe(f"{made.unsure:,} are less sure than {made.threshold:g}: in quarantine.jsonl")
    if made.thin:
        yield safe(f"{made.thin:,} chunks were answered by fewer than all samples", "yellow")
    for each in made.sources:
        if not each["complete"]:
            yield safe(f"INCOMPLETE run: {each['run']}", "yellow")
