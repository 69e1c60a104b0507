"""Write what came of a suite: every trial with its scores and, where there is one, its comparison.

The terminal says what a trial comes to; Markdown, JUnit XML and JSON hold all trials in one file.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence

from pydantic import JsonValue
from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.formatting import ratio, visible
from annotate.reporting import junit as comparison_junit
from annotate.reporting import markdown as comparison_markdown
from annotate.reporting.markdown import escaped
from annotate.scoring.measures import HEADLINES
from annotate.suites.false_alarms import FalseAlarms
from annotate.suites.forecast import Forecast
from annotate.suites.subsets import Subset
from annotate.suites.trials import Trial
from annotate.suites.verdicts import Status, TrialResult, worst

FORMAT_VERSION = 1

_COLUMNS = ("documents", "support", *(each.title for each in HEADLINES))
_STYLES = {"failed": "bold red", "stopped": "bold red", "passed": "bold green"}


# ---- Before anything is spent ----


def announced(trial: Trial, expected: Forecast) -> str:
    """Say what a trial would send and cost, on one line."""
    if expected.estimate is None:
        return f"{trial.name}: free"
    sent = f"{trial.name}: {expected.cached:,} requests cached, {expected.new:,} new"
    if not expected.new:
        return f"{sent}, costs nothing"
    least, most = expected.estimate.least, expected.estimate.most
    if least is None or most is None:
        return f"{sent}, cost unknown: no price for this model; give --price IN,OUT"
    return f"{sent}, {least:.4f} USD with empty answers, {most:.4f} at most, without repairs"


# ---- Terminal ----


def show(result: TrialResult, console: Console) -> None:
    """Print how a trial ended and its headline scores."""
    _print(console, headline(result), _STYLES.get(result.status, "bold"))
    if result.subsets:
        console.print(_table(result))
    for said in remarks(result):
        _print(console, said, "yellow" if said.startswith("WARNING") else "")


def show_alarms(result: TrialResult, console: Console) -> None:
    """Print what the self-check of a trial came to, nothing where there was none."""
    for said in _alarms(result.false_alarms) if result.false_alarms else ():
        _print(console, said)


def headline(result: TrialResult) -> str:
    """Say how a trial ended, and its three headline scores."""
    said = f"{result.trial.name}: {result.status}"
    if result.note:
        said += f" ({result.note})"
    if result.subsets:
        said += f"; {', '.join(_scores(result.subsets[0]))}"
    return said


def remarks(result: TrialResult) -> Iterator[str]:
    """Say where the runs are, and whether the prompt's examples repeat a document."""
    if result.evaluations:
        folders = [str(folder) for folder in result.trial.folders]
        yield f"runs: {folders[0]}" + (f" … {folders[-1]}" if len(folders) > 1 else "")
    if result.borrowed:
        yield f"WARNING: {result.borrowed}: its scores on that document say little"
    elif result.trial.prompt is not None and result.evaluations:
        yield f"no example of prompt {result.trial.prompt.name} repeats 12 words of a document"


def _alarms(found: FalseAlarms) -> Iterator[str]:
    """Say how often the gates fail where nothing changed."""
    if found.comparisons:
        yield (
            f"self-check: false alarms in {found.failed} of {found.comparisons} comparisons of "
            f"{found.size} with {found.size} repeats of the same prompt ({ratio(found.rate)})"
        )
    for gate, count in found.by_gate.items():
        yield f"  gate {gate}: {count} of {found.comparisons}"
    if found.caveat:
        yield f"self-check: {found.caveat}"


def _scores(row: Subset) -> Iterator[str]:
    for each in HEADLINES:
        yield f"{each.title} {ratio(row.counts[each.name].f1)}"


def _cells(row: Subset, repeats: int) -> tuple[str, ...]:
    named = f"{row.name} ({len(row.documents)})"
    support = row.support // max(1, repeats)
    scores = (ratio(row.counts[each.name].f1) for each in HEADLINES)
    return named, str(support), *scores


def _table(result: TrialResult) -> Table:
    table = Table()
    for position, name in enumerate(_COLUMNS):
        table.add_column(name, justify="right" if position else "left")
    for row in result.subsets:
        table.add_row(*_cells(row, len(result.evaluations)))
    return table


def _print(console: Console, text: str, style: str = "") -> None:
    console.print(Text(visible(text), style=style), soft_wrap=True)


# ---- Files ----


def markdown(results: Sequence[TrialResult]) -> str:
    """Return all trials as Markdown: a table of scores, then each comparison."""
    return "".join(f"{line}\n" for line in _markdown(results))


def _markdown(results: Sequence[TrialResult]) -> Iterator[str]:
    for result in results:
        yield f"# {escaped(result.trial.name)}: {escaped(result.status)}"
        yield ""
        if result.note:
            yield escaped(result.note)
            yield ""
        if result.subsets:
            yield f"| {' | '.join(_COLUMNS)} |"
            yield f"| --- {'| --: ' * (len(_COLUMNS) - 1)}|"
            for row in result.subsets:
                cells = map(escaped, _cells(row, len(result.evaluations)))
                yield f"| {' | '.join(cells)} |"
            yield ""
        said = [*remarks(result), *(_alarms(result.false_alarms) if result.false_alarms else ())]
        yield from (f"- {escaped(each.strip())}" for each in said)
        yield ""
        if result.comparison is not None:
            yield comparison_markdown.summary(result.comparison)


def junit(suite: str, results: Sequence[TrialResult]) -> str:
    """Return all trials as JUnit XML, a test suite each."""
    suites = [_suite(result) for result in results]
    counts = {
        name: str(sum(int(each.get(name, "0")) for each in suites))
        for name in ("tests", "failures", "errors")
    }
    root = ET.Element("testsuites", {"name": _clean(f"annotate eval {suite}"), **counts})
    root.extend(suites)
    ET.indent(root)
    return f"<?xml version='1.0' encoding='utf-8'?>\n{ET.tostring(root, encoding='unicode')}\n"


def _suite(result: TrialResult) -> ET.Element:
    """Return a trial as a test suite: that of its comparison, else how it ended."""
    name = _clean(f"{result.trial.name}: {result.status}")
    if result.comparison is not None:
        suite = ET.fromstring(comparison_junit.report(result.comparison))[0]  # noqa: S314 (ours)
        suite.set("name", name)
        return suite
    ended = "skipped" if result.status == "no baseline" else "error"
    counts = {"tests": "1", "failures": "0", "errors": "0", "skipped": "0"}
    counts["skipped" if ended == "skipped" else "errors"] = "1"
    suite = ET.Element("testsuite", {"name": name, **counts})
    case = ET.SubElement(suite, "testcase", classname="annotate.trial", name=name)
    ET.SubElement(case, ended, message=_clean(result.note))
    return suite


def _clean(text: str) -> str:
    """Make control characters visible, and take out the two others that XML has no room for."""
    return visible(text).replace("\ufffe", "").replace("\uffff", "")


def to_json(
    suite: str, results: Sequence[TrialResult], exit_codes: Mapping[Status, int]
) -> dict[str, JsonValue]:
    """Return everything by its name, `exit_codes` those of the command line."""
    return {
        "format": FORMAT_VERSION,
        "suite": suite,
        "exit_code": exit_codes[worst(results)],
        "trials": [_trial(each, exit_codes[each.status]) for each in results],
    }


def _trial(result: TrialResult, exit_code: int) -> dict[str, JsonValue]:
    trial = result.trial
    return {
        "name": trial.name,
        "model": trial.model,
        "prompt": trial.prompt.name if trial.prompt else None,
        "runs": [str(folder) for folder in trial.folders] if result.evaluations else [],
        "forecast": result.forecast.to_json(),
        "status": result.status,
        "exit_code": exit_code,
        "note": result.note,
        "scores": [row.to_json() for row in result.subsets],
        "borrowed": result.borrowed,
        "comparison": result.comparison.to_json() if result.comparison else None,
        "self_check": result.false_alarms.to_json() if result.false_alarms else None,
    }
