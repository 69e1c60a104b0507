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
from annotate.scoring.measures import BY_NAME
from annotate.scoring.scores import LOW_SUPPORT, AttributeScore

_SHOWN = ("annotation", "value")
_MOST_ROWS = 60
_LESS = "less than the passes"


def print_stability(found: Stability, console: Console, references: References) -> None:
    """Print how far repeats agree with each other, by category and by attribute."""
    console.print(_categories(found, references))
    console.print(_attributes(found, references))
    print_lines(console, _remarks())


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
            _mark(own["value"], agreed.get("value"), support),
            style="dim" if support < LOW_SUPPORT else None,
        )
    shown.add_section()
    every = {measure: found.scores.overall[measure].f1 for measure in _SHOWN}
    passes = references.agreement
    mark = _mark(every["value"], passes.get("value"))
    count = sum(map(found.support, found.scores.by_category))
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
        shown.add_row(safe(name), *_accuracy(score, references.attributes.get(name), found.pairs))
    shown.add_section()
    shown.add_row(
        "all", *_accuracy(overall.attribute, references.agreement.get("attribute"), found.pairs)
    )
    return shortened(shown, len(overall.attributes), _MOST_ROWS)


def _accuracy(score: AttributeScore, agreed: float | None, pairs: int) -> Iterator[str]:
    support = round(score.pairs / pairs)
    yield from (f"{support:,}", ratio(score.accuracy), ratio(agreed))
    yield _mark(score.accuracy, agreed, support)


def _beside(own: Mapping[str, float | None], agreed: Mapping[str, float]) -> Iterator[str]:
    for name, value in own.items():
        yield from (ratio(value), ratio(agreed.get(name)))


def _mark(own: float | None, agreed: float | None, support: int = LOW_SUPPORT) -> str:
    """Say where the repeats agree less than the passes did, and where there is little to agree on.

    Figures are compared as they are printed.
    """
    less = own is not None and agreed is not None and round(own, 3) < round(agreed, 3)
    said = [_LESS] if less else []
    return ", ".join(said + (["few"] if support < LOW_SUPPORT else []))


def _remarks() -> Iterator[Text]:
    yield safe(
        "annotations and pairs: of one repeat and of two, on average; passes: what the two passes "
        "behind this gold agreed on, before adjudication",
        "dim",
    )
    yield safe(
        f"{_LESS}: the model agrees less with itself than the readers did with each other, so that "
        "the definition may leave something open",
        "dim",
    )
