"""Print what repeats agree on, beside what the two passes behind the gold agreed on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from annotate.evaluation.references import References
from annotate.evaluation.stability import Stability
from annotate.formatting import ratio
from annotate.reporting.terminal import print_lines, safe, shortened, table
from annotate.scoring.intervals import Share, newcombe_interval
from annotate.scoring.measures import BY_NAME
from annotate.scoring.scores import LOW_SUPPORT, AttributeScore

_SHOWN = ("annotation", "value")
_MOST_ROWS = 60
_LESS = "less than the passes"


def print_stability(found: Stability, console: Console, references: References) -> None:
    """Print how far repeats agree with each other, by category and by attribute."""
    tables = _categories(found, references), _attributes(found, references)
    for each in tables:
        console.print(each)
    marked = any(_LESS in str(cell) for each in tables for cell in each.columns[-1].cells)
    print_lines(console, _remarks(marked=marked, beside=bool(references.agreement)))


def _categories(found: Stability, references: References) -> Table:
    titles = [title for name in _SHOWN for title in (BY_NAME[name].title, f"passes: {name}")]
    columns = ("category", "annotations", *titles, "")
    title = f"What {found.repeats} repeats agree on, by category"
    shown = table(title, columns, texts=("",), drops=("annotations",))
    parts = sorted(found.scores.by_category.items(), key=lambda item: -item[1].support)
    for name, part in parts[:_MOST_ROWS]:
        agreed, support = references.categories.get(name, {}), found.support(name)
        own = {measure: part[measure].f1 for measure in _SHOWN}
        shown.add_row(
            safe(name),
            f"{support:,}",
            *_beside(own, agreed),
            _mark(own["value"], support, agreed.get("value"), references.supports.get(name)),
            style="dim" if support < LOW_SUPPORT else None,
        )
    shown.add_section()
    every = {measure: found.scores.overall[measure].f1 for measure in _SHOWN}
    passes = references.agreement
    count = sum(map(found.support, found.scores.by_category))
    mark = _mark(every["value"], count, passes.get("value"), sum(references.supports.values()))
    shown.add_row("all", f"{count:,}", *_beside(every, passes), mark)
    return shortened(shown, len(parts), _MOST_ROWS)


def _attributes(found: Stability, references: References) -> Table:
    columns = ("attribute", "pairs", "accuracy", "passes", "")
    shown = table(
        f"What {found.repeats} repeats agree on, by attribute of what they share",
        columns,
        texts=("",),
        drops=("pairs",),
    )
    overall = found.scores.overall
    for name, score in list(overall.attributes.items())[:_MOST_ROWS]:
        agreed = references.attributes.get(name), references.pairs.get(name)
        shown.add_row(safe(name), *_accuracy(score, found.pairs, *agreed))
    shown.add_section()
    agreed = references.agreement.get("attribute"), sum(references.pairs.values())
    shown.add_row("all", *_accuracy(overall.attribute, found.pairs, *agreed))
    return shortened(shown, len(overall.attributes), _MOST_ROWS)


def _accuracy(
    score: AttributeScore, repeats: int, agreed: float | None, of: float | None
) -> Iterator[str]:
    support = round(score.pairs / repeats)
    yield from (f"{support:,}", ratio(score.accuracy), ratio(agreed))
    yield _mark(score.accuracy, support, agreed, of)


def _beside(own: Mapping[str, float | None], agreed: Mapping[str, float]) -> Iterator[str]:
    for name, value in own.items():
        yield from (ratio(value), ratio(agreed.get(name)))


def _mark(own: float | None, support: int, agreed: float | None, of: float | None) -> str:
    """Say where the repeats agree less than the passes did, and where there is little to agree on.

    Repeats of one model are not independent, so that all of them count as one pair; nor are the
    values of one annotation, so that annotations count, not values.
    """
    said = []
    if own is not None and agreed is not None:
        ends = newcombe_interval(Share(own, support), Share(agreed, of or 0))
        said = [_LESS] if ends is not None and ends[1] < 0 else []
    return ", ".join(said + (["few"] if support < LOW_SUPPORT else []))


def _remarks(*, marked: bool, beside: bool) -> Iterator[Text]:
    yield safe(
        "annotations and pairs: of one repeat and of two, on average; passes: what the two passes "
        "behind this gold agreed on, before adjudication",
        "dim",
    )
    if marked:
        yield safe(
            f"{_LESS}: the model agrees less with itself than the readers did with each other, by "
            "more than chance explains (95% interval): the definition may leave something open",
            "dim",
        )
    elif beside:
        yield safe(f"nowhere {_LESS} by more than chance explains (95% interval)", "dim")
