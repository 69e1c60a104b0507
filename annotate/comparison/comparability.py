"""Whether two sides can be compared: the same task, the same texts, the same gold."""

from __future__ import annotations

from collections.abc import Sequence

from annotate.errors import NotComparable, UsageError
from annotate.evaluation.evaluation import Evaluation
from annotate.evaluation.predictions import check_repeat


def check_comparable(before: Sequence[Evaluation], after: Sequence[Evaluation]) -> None:
    """Refuse two sides that cannot be set against each other.

    Raises:
        NotComparable: where they differ in task, documents, texts or gold.
        UsageError: where a side is empty, or mixes configurations.
    """
    if not before or not after:
        raise UsageError("a side of the comparison has no run; name one or more for each")
    for side in (before, after):
        for each in side[1:]:
            check_repeat(side[0].predictions, each.predictions)
    first = before[0]
    for each in (*before[1:], *after):
        _check_same(first, each)


def _check_same(first: Evaluation, other: Evaluation) -> None:
    """Refuse two evaluations whose scores are about different things."""
    one, two = first.predictions, other.predictions
    names = f"{one.name} and {two.name}"
    if one.identity.get("task") != two.identity.get("task"):
        raise NotComparable(f"{names} are of different tasks; compare runs of one")
    if differing := sorted(first.texts.keys() ^ other.texts.keys()):
        raise NotComparable(
            f"{names} did not read the same documents with gold ({', '.join(differing)}); "
            "run both on the same ones"
        )
    for document in sorted(first.texts):
        if one.documents[document] != two.documents[document]:
            raise NotComparable(
                f"{names} read different texts of {document}; run both on the same version"
            )
    if first.golds is not other.golds and first.golds != other.golds:
        raise NotComparable(f"{names} were scored against different gold; score both against one")
