"""Show an evaluation on a terminal, as tables and lines, with what to read it against.

What documents, models and gold say is data here too: control characters are made visible and markup
is never read.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pydantic import JsonValue
from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.references import ATTRIBUTE, References, read_references
from annotate.evaluation.repeats import spread
from annotate.formatting import NOTHING, points, ratio, visible
from annotate.scoring.gains import gains
from annotate.scoring.measures import HEADLINES, IN_DETAIL, MEASURES
from annotate.scoring.outcomes import Kind
from annotate.scoring.scores import LOW_SUPPORT, Counts, Part, macro

_MOST_ROWS = 60
_MOST_CONFUSIONS = 10
_MOST_NAMES = 10

_LABELS: Mapping[str, str] = {
    **{each.name: each.label or each.title for each in MEASURES},
    ATTRIBUTE: "attribute accuracy",
}


def show(evaluation: Evaluation, console: Console, references: References | None = None) -> None:
    """Print an evaluation; without `references`, beside those that stand with its gold."""
    beside = references or read_references(evaluation.gold.folder)
    _print(console, _heading(evaluation, beside))
    for table in (
        _scores(evaluation, beside),
        _means(evaluation),
        _categories(evaluation, beside),
        _documents(evaluation),
        _attributes(evaluation, beside),
        _errors(evaluation),
        _confusions(evaluation),
    ):
        console.print(table)
    _print(console, [*_remarks(evaluation), *_sources(beside), *_gaps(evaluation)])


def to_json(evaluations: Sequence[Evaluation], references: References) -> dict[str, JsonValue]:
    """Return the first of some repeats with every figure, and what the others add to it."""
    spreads: dict[str, JsonValue] = {
        name: found._asdict() for name, found in spread(evaluations).items()
    }
    repeats: dict[str, JsonValue] = {
        "runs": [each.predictions.name for each in evaluations],
        "incomplete": [each.predictions.name for each in evaluations if not each.complete],
        "headlines": spreads,
    }
    return {**evaluations[0].to_json(), "repeats": repeats, "yardsticks": references.to_json()}


def show_repeats(evaluations: Sequence[Evaluation], console: Console) -> None:
    """Print how the headlines spread over the repeats of one configuration."""
    table = _table(f"Headlines of {len(evaluations)} repeats", "F1", "mean", "least", "most")
    for name, found in spread(evaluations).items():
        table.add_row(_LABELS[name], ratio(found.mean), ratio(found.least), ratio(found.most))
    console.print(table)
    incomplete = [each.predictions.name for each in evaluations if not each.complete]
    _print(console, [_line(f"INCOMPLETE run: {name}", "bold red") for name in incomplete])
    _print(console, [_line(f"what follows is {evaluations[0].predictions.name}")])


def _print(console: Console, lines: Iterable[Text]) -> None:
    for line in lines:
        console.print(line, soft_wrap=not console.is_terminal)


def _heading(evaluation: Evaluation, references: References) -> Iterator[Text]:
    identity, overall = evaluation.predictions.identity, evaluation.scores.overall
    model = str(identity.get("model", ""))
    prompt = f", prompt {identity['prompt']}" if identity.get("prompt") else ""
    yield _line(
        f"{evaluation.predictions.name}: {model}{prompt}, against gold version "
        f"{evaluation.gold.manifest.gold} of {identity.get('task', '')}: "
        f"{len(evaluation.texts):,} documents, {overall.support:,} annotations to be found, "
        f"{overall.optional:,} optional"
    )
    if "lexicon" in identity:
        yield _line("this is the embedded baseline, which works by cue words, not a language model")
    if caveat := references.caveats.get(model):
        yield _line(caveat, "yellow")


# ---- Tables ----


def _scores(evaluation: Evaluation, references: References) -> Table:
    columns = ("precision", "recall", "F1", "right", "wrong", "missed", "agreement", "humans")
    table = _table("Scores", "score", *columns)
    for measure in MEASURES:
        counted = evaluation.scores[measure.name]
        numbers = (f"{number:,}" for number in (counted.tp, counted.fp, counted.fn))
        table.add_row(
            _LABELS[measure.name],
            *_ratios(counted),
            *numbers,
            *_beside(measure.name, references),
            end_section=measure is HEADLINES[-1],
        )
    return table


def _ratios(counted: Counts) -> Iterator[str]:
    return map(ratio, (counted.precision, counted.recall, counted.f1))


def _beside(name: str, references: References) -> tuple[str, str]:
    """Return the agreement of the gold's labellers, and what humans reach elsewhere."""
    ceilings = " · ".join(ratio(each.value) for each in references.ceilings_of(name))
    return ratio(references.agreement.get(name)), ceilings or NOTHING


def _means(evaluation: Evaluation) -> Table:
    table = _table("Means of F1 (macro)", "over", *(each.name for each in HEADLINES))
    scores = evaluation.scores
    for name, parts in (("categories", scores.by_category), ("documents", scores.by_document)):
        means = (ratio(macro(parts.values(), each.name)) for each in HEADLINES)
        table.add_row(name, *means)
    return table


def _categories(evaluation: Evaluation, references: References) -> Table:
    first, *others = IN_DETAIL
    columns = ("support", "optional", "P", "R", "F1", *(each.title for each in others), "alpha")
    table = _table("By category", "category", *columns)
    table.add_column("", no_wrap=True)
    parts = sorted(evaluation.scores.by_category.items(), key=lambda item: -item[1].support)
    for name, part in parts[:_MOST_ROWS]:
        table.add_row(
            _text(name or "(none named)"),
            *(f"{part.support:,}", f"{part.optional:,}"),
            *_ratios(part[first.name]),
            *(ratio(part[each.name].f1) for each in others),
            ratio(references.alpha.get(name)),
            _mark(name, part, references),
            style="dim" if part.support < LOW_SUPPORT else None,
        )
    return _cut(table, len(parts))


def _mark(name: str, part: Part, references: References) -> str:
    few = ["few"] if part.support < LOW_SUPPORT else []
    return ", ".join(few + (["unstable"] if name in references.unstable else []))


def _documents(evaluation: Evaluation) -> Table:
    first, *others = HEADLINES
    columns = ("support", "P", "R", "F1", *(each.title for each in others))
    table = _table("By document", "document", *columns)
    parts = evaluation.scores.by_document
    for name, part in list(parts.items())[:_MOST_ROWS]:
        figures = (ratio(part[each.name].f1) for each in others)
        table.add_row(_text(name), f"{part.support:,}", *_ratios(part[first.name]), *figures)
    return _cut(table, len(parts))


def _attributes(evaluation: Evaluation, references: References) -> Table:
    columns = ("pairs", "accuracy", "where stated", "value F1", "agreement", "humans")
    table = _table("Attributes, on paired annotations", "attribute", *columns)
    overall = evaluation.scores.overall
    for name, score in list(overall.attributes.items())[:_MOST_ROWS]:
        figures = map(ratio, (score.accuracy, score.stated_accuracy, score.values.f1))
        agreed = ratio(references.attributes.get(name))
        table.add_row(_text(name), f"{score.pairs:,}", *figures, agreed, NOTHING)
    table.add_section()
    score = overall.attribute
    figures = map(ratio, (score.accuracy, score.stated_accuracy, score.values.f1))
    table.add_row("all", f"{score.pairs:,}", *figures, *_beside(ATTRIBUTE, references))
    return _cut(table, len(overall.attributes))


def _errors(evaluation: Evaluation) -> Table:
    title = "What became of every annotation, and what fixing it would gain"
    table = _table(title, "kind", "gold", "predictions", "points of annotation F1")
    found, gained = evaluation.outcomes.by_kind(), gains(evaluation.outcomes)
    order: tuple[Kind, ...] = ("matched", *gained, "optional")
    for kind in order:
        numbers = (f"{number:,}" if number else NOTHING for number in found[kind])
        gain = points(gained[kind]) if gained.get(kind) else NOTHING
        table.add_row(kind, *numbers, gain)
    table.add_section()
    table.add_row("all", *(f"{sum(side):,}" for side in zip(*found.values(), strict=True)), "")
    return table


def _confusions(evaluation: Evaluation) -> Table:
    table = Table(title="Largest confusions, in units", title_justify="left")
    for name in ("gold", "run"):
        table.add_column(name)
    table.add_column("units", justify="right")
    confused = {pair: n for pair, n in evaluation.confusion().items() if pair[0] != pair[1]}
    largest = sorted(confused.items(), key=lambda item: -item[1])
    for (wanted, given), units in largest[:_MOST_CONFUSIONS]:
        table.add_row(_text(wanted or "nothing"), _text(given or "nothing"), f"{units:,}")
    return _cut(table, len(largest), _MOST_CONFUSIONS)


def _table(title: str, first: str, *columns: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column(first)
    for name in columns:
        table.add_column(name, justify="right")
    return table


def _cut(table: Table, rows: int, most: int = _MOST_ROWS) -> Table:
    if rows > most:
        table.caption = f"{rows - most:,} more in --json"
    return table


# ---- Lines ----


def _remarks(evaluation: Evaluation) -> Iterator[Text]:
    gold, predicted = evaluation.outcomes.gold, evaluation.outcomes.predicted
    yield _line(
        f"split: {sum(each.split for each in gold)} of gold by "
        f"{sum(each.split for each in predicted)} predictions; merged: "
        f"{sum(each.merge for each in gold)} of gold by "
        f"{sum(each.merge for each in predicted)} predictions"
    )
    rely = evaluation.reliability
    yield _line(
        f"grounding rate {ratio(rely.grounding_rate)}, hallucination rate before repair "
        f"{ratio(rely.hallucination_rate)}, duplicate rate {ratio(rely.duplicate_rate)}; "
        f"{rely.invalid:,} invalid and {rely.ungrounded:,} ungrounded answers were refused, "
        f"{rely.repaired:,} repaired"
    )
    chunks = ", ".join(f"{count:,} {status}" for status, count in rely.chunks.items())
    yield _line(f"chunks: {chunks or 'none'}")
    if rely.misquoted:
        yield _line(f"{rely.misquoted:,} quotes are not the text at their place", "red")


def _sources(references: References) -> Iterator[Text]:
    if references.agreement:
        yield _line("agreement: of the two passes behind this gold, before adjudication", "dim")
    for name in dict.fromkeys(each.figure for each in references.ceilings):
        ceilings = references.ceilings_of(name)
        told = ", ".join(f"{ratio(each.value)} {each.condition}" for each in ceilings)
        yield _line(f"humans, {_LABELS[name]}: {told}", "dim")
    if references.ceilings and references.source:
        yield _line(f"humans: {references.source}", "dim")
    yield _line(f"few: support below {LOW_SUPPORT} carries no conclusion", "dim")


def _gaps(evaluation: Evaluation) -> Iterator[Text]:
    if not evaluation.same_schema:
        yield _line("the definitions of the schema have changed since this run", "yellow")
    if evaluation.unscored:
        yield _line(f"not scored, for want of gold: {_names(evaluation.unscored)}", "yellow")
    if evaluation.absent:
        yield _line(f"has gold and was not read: {_names(evaluation.absent)}", "yellow")
    if evaluation.reasons:
        reasons = sorted(Counter(evaluation.reasons.values()).items())
        told = ", ".join(f"{count:,} {reason}" for reason, count in reasons)
        yield _line(
            f"{len(evaluation.reasons):,} of the missed stand in chunks without a whole answer: "
            f"{told}",
            "yellow",
        )
    if not evaluation.complete:
        yield _line("INCOMPLETE run: the same annotate run finishes it", "bold red")


def _names(names: Sequence[str]) -> str:
    shown = ", ".join(names[:_MOST_NAMES])
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more:,} more" if more > 0 else shown


def _line(text: str, style: str = "") -> Text:
    return Text(visible(text), style=style)


def _text(text: str) -> Text:
    return Text(visible(text))
