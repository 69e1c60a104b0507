"""Print an evaluation on a terminal, as tables and lines, with what to read it against."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.references import ATTRIBUTE, References, read_references
from annotate.evaluation.repeats import spread
from annotate.evaluation.stability import stability
from annotate.formatting import NOTHING, points, ratio
from annotate.ledger import remedy
from annotate.reporting.stability import print_stability
from annotate.reporting.terminal import print_line, print_lines, safe, shortened, table
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


def print_evaluation(
    evaluation: Evaluation, console: Console, references: References | None = None
) -> None:
    """Print an evaluation; without `references`, beside those that stand with its gold."""
    beside = references or read_references(evaluation.gold.folder)
    print_lines(console, _heading(evaluation, beside))
    for shown in (
        _scores(evaluation, beside),
        _means(evaluation),
        _categories(evaluation, beside),
        _documents(evaluation),
        _attributes(evaluation, beside),
        _errors(evaluation),
        _confusions(evaluation),
    ):
        console.print(shown)
    if evaluation.says_how_sure:
        from annotate.evaluation.calibration import calibrations  # numpy: only where needed
        from annotate.reporting.calibration import print_calibrations

        print_calibrations(calibrations(evaluation), console)
    print_lines(console, [*_remarks(evaluation), *_sources(beside), *_gaps(evaluation)])


def print_repeats(
    evaluations: Sequence[Evaluation], console: Console, references: References | None = None
) -> None:
    """Print how the headlines of repeats spread, and what the repeats agree on."""
    shown = table(f"Headlines of {len(evaluations)} repeats", ("F1", "mean", "least", "most"))
    for name, found in spread(evaluations).items():
        shown.add_row(_LABELS[name], ratio(found.mean), ratio(found.least), ratio(found.most))
    console.print(shown)
    if (agreed := stability(evaluations)) is not None:
        beside = references or read_references(evaluations[0].gold.folder)
        print_stability(agreed, console, beside)
    incomplete = [each.predictions.name for each in evaluations if not each.complete]
    print_lines(console, [safe(f"INCOMPLETE run: {name}", "bold red") for name in incomplete])
    print_line(console, f"what follows is {evaluations[0].predictions.name}")


def _heading(evaluation: Evaluation, references: References) -> Iterator[Text]:
    identity, overall = evaluation.predictions.identity, evaluation.scores.overall
    model = str(identity.get("model", ""))
    prompt = f", prompt {identity['prompt']}" if identity.get("prompt") else ""
    yield safe(
        f"{evaluation.predictions.name}: {model}{prompt}, against gold version "
        f"{evaluation.gold.manifest.gold} of {identity.get('task', '')}: "
        f"{len(evaluation.texts):,} documents, {overall.support:,} annotations to be found, "
        f"{overall.optional:,} optional"
    )
    if "lexicon" in identity:
        yield safe("this is the embedded baseline, which works by cue words, not a language model")
    if caveat := references.caveats.get(model):
        yield safe(caveat, "yellow")


# ---- Tables ----


def _scores(evaluation: Evaluation, references: References) -> Table:
    columns = ("precision", "recall", "F1", "right", "wrong", "missed", "agreement", "humans")
    drops = ("humans", "agreement", "missed", "wrong", "right", "precision", "recall")
    shown = table("Scores", ("score", *columns), drops=drops)
    for measure in MEASURES:
        counted = evaluation.scores[measure.name]
        numbers = (f"{number:,}" for number in (counted.tp, counted.fp, counted.fn))
        shown.add_row(
            _LABELS[measure.name],
            *_ratios(counted),
            *numbers,
            *_beside(measure.name, references),
            end_section=measure is HEADLINES[-1],
        )
    return shown


def _ratios(counted: Counts) -> Iterator[str]:
    return map(ratio, (counted.precision, counted.recall, counted.f1))


def _beside(name: str, references: References) -> tuple[str, str]:
    """Return the agreement of the gold's labellers, and what humans reach elsewhere."""
    ceilings = " · ".join(ratio(each.value) for each in references.ceilings_of(name))
    return ratio(references.agreement.get(name)), ceilings or NOTHING


def _means(evaluation: Evaluation) -> Table:
    shown = table("Means of F1 (macro)", ("over", *(each.name for each in HEADLINES)))
    scores = evaluation.scores
    for name, parts in (("categories", scores.by_category), ("documents", scores.by_document)):
        means = (ratio(macro(parts.values(), each.name)) for each in HEADLINES)
        shown.add_row(name, *means)
    return shown


def _categories(evaluation: Evaluation, references: References) -> Table:
    first, *others = IN_DETAIL
    titles = [each.title for each in others]
    columns = ("category", "support", "optional", "P", "R", "F1", *titles, "alpha", "")
    drops = ("optional", "alpha", *reversed(titles), "P", "R", "support")
    shown = table("By category", columns, texts=("",), drops=drops)
    parts = sorted(evaluation.scores.by_category.items(), key=lambda item: -item[1].support)
    for name, part in parts[:_MOST_ROWS]:
        shown.add_row(
            safe(name or "(none named)"),
            *(f"{part.support:,}", f"{part.optional:,}"),
            *_ratios(part[first.name]),
            *(ratio(part[each.name].f1) for each in others),
            ratio(references.alpha.get(name)),
            _mark(name, part, references),
            style="dim" if part.support < LOW_SUPPORT else None,
        )
    return shortened(shown, len(parts), _MOST_ROWS)


def _mark(name: str, part: Part, references: References) -> str:
    few = ["few"] if part.support < LOW_SUPPORT else []
    return ", ".join(few + (["unstable"] if name in references.unstable else []))


def _documents(evaluation: Evaluation) -> Table:
    first, *others = HEADLINES
    columns = ("support", "P", "R", "F1", *(each.title for each in others))
    drops = (*(each.title for each in reversed(others)), "P", "R", "support")
    shown = table("By document", ("document", *columns), drops=drops)
    parts = evaluation.scores.by_document
    for name, part in list(parts.items())[:_MOST_ROWS]:
        figures = (ratio(part[each.name].f1) for each in others)
        shown.add_row(safe(name), f"{part.support:,}", *_ratios(part[first.name]), *figures)
    return shortened(shown, len(parts), _MOST_ROWS)


def _attributes(evaluation: Evaluation, references: References) -> Table:
    columns = ("pairs", "accuracy", "where stated", "value F1", "agreement", "humans")
    shown = table("Attributes, on paired annotations", ("attribute", *columns))
    overall = evaluation.scores.overall
    for name, score in list(overall.attributes.items())[:_MOST_ROWS]:
        figures = map(ratio, (score.accuracy, score.stated_accuracy, score.values.f1))
        agreed = ratio(references.attributes.get(name))
        shown.add_row(safe(name), f"{score.pairs:,}", *figures, agreed, NOTHING)
    shown.add_section()
    score = overall.attribute
    figures = map(ratio, (score.accuracy, score.stated_accuracy, score.values.f1))
    shown.add_row("all", f"{score.pairs:,}", *figures, *_beside(ATTRIBUTE, references))
    return shortened(shown, len(overall.attributes), _MOST_ROWS)


def _errors(evaluation: Evaluation) -> Table:
    title = "What became of every annotation, and what fixing it would gain"
    shown = table(title, ("kind", "gold", "predictions", "points of annotation F1"))
    found, gained = evaluation.outcomes.by_kind(), gains(evaluation.outcomes)
    order: tuple[Kind, ...] = ("matched", *gained, "optional")
    for kind in order:
        numbers = (f"{number:,}" if number else NOTHING for number in found[kind])
        gain = points(gained[kind]) if gained.get(kind) else NOTHING
        shown.add_row(kind, *numbers, gain)
    shown.add_section()
    shown.add_row("all", *(f"{sum(side):,}" for side in zip(*found.values(), strict=True)), "")
    return shown


def _confusions(evaluation: Evaluation) -> Table:
    columns = ("gold", "run", "units")
    shown = table("Largest confusions, in units", columns, texts=("run",))
    confused = {pair: n for pair, n in evaluation.confusion().items() if pair[0] != pair[1]}
    largest = sorted(confused.items(), key=lambda item: -item[1])
    for (wanted, given), units in largest[:_MOST_CONFUSIONS]:
        shown.add_row(safe(wanted or "nothing"), safe(given or "nothing"), f"{units:,}")
    return shortened(shown, len(largest), _MOST_CONFUSIONS)


# ---- Lines ----


def _remarks(evaluation: Evaluation) -> Iterator[Text]:
    gold, predicted = evaluation.outcomes.gold, evaluation.outcomes.predicted
    yield safe(
        f"split: {sum(each.split for each in gold)} of gold by "
        f"{sum(each.split for each in predicted)} predictions; merged: "
        f"{sum(each.merge for each in gold)} of gold by "
        f"{sum(each.merge for each in predicted)} predictions"
    )
    rely = evaluation.reliability
    yield safe(
        f"grounding rate {ratio(rely.grounding_rate)}, hallucination rate before repair "
        f"{ratio(rely.hallucination_rate)}, duplicate rate {ratio(rely.duplicate_rate)}; "
        f"{rely.invalid:,} invalid and {rely.ungrounded:,} ungrounded answers were refused, "
        f"{rely.repaired:,} repaired"
    )
    chunks = ", ".join(f"{count:,} {status}" for status, count in rely.chunks.items())
    yield safe(f"chunks: {chunks or 'none'}")
    if rely.misquoted:
        yield safe(f"{rely.misquoted:,} quotes are not the text at their place", "red")


def _sources(references: References) -> Iterator[Text]:
    if references.agreement:
        yield safe("agreement: of the two passes behind this gold, before adjudication", "dim")
    for name in dict.fromkeys(each.figure for each in references.ceilings):
        ceilings = references.ceilings_of(name)
        told = ", ".join(f"{ratio(each.value)} {each.condition}" for each in ceilings)
        yield safe(f"humans, {_LABELS[name]}: {told}", "dim")
    if references.ceilings and references.source:
        yield safe(f"humans: {references.source}", "dim")
    yield safe(f"few: support below {LOW_SUPPORT} carries no conclusion", "dim")


def _gaps(evaluation: Evaluation) -> Iterator[Text]:
    if not evaluation.same_schema:
        yield safe("the definitions of the schema have changed since this run", "yellow")
    if evaluation.unscored:
        yield safe(f"not scored, for want of gold: {_names(evaluation.unscored)}", "yellow")
    if evaluation.absent:
        yield safe(f"has gold and was not read: {_names(evaluation.absent)}", "yellow")
    if evaluation.reasons:
        reasons = sorted(Counter(evaluation.reasons.values()).items())
        told = ", ".join(f"{count:,} {reason}" for reason, count in reasons)
        yield safe(
            f"{len(evaluation.reasons):,} of the missed stand in chunks without a whole answer: "
            f"{told}",
            "yellow",
        )
    if not evaluation.complete:
        predictions = evaluation.predictions
        found = len(predictions.annotations) + predictions.rest.annotations
        cure = remedy(evaluation.reliability.chunks, found)
        yield safe(f"INCOMPLETE run: {cure}", "bold red")


def _names(names: Collection[str]) -> str:
    shown = ", ".join(islice(names, _MOST_NAMES))
    more = len(names) - _MOST_NAMES
    return f"{shown} and {more:,} more" if more > 0 else shown
