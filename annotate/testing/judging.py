"""What a simulated annotator says when it is asked whether annotations hold: what the gold says.

With seeded errors, and no estimate of what a model would say.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from random import Random

from annotate.gold.store import GoldAnnotation
from annotate.scoring.labels import stated
from annotate.testing.answers import Body

_OPENED = re.compile(r"^<(annotations-[0-9a-f]+)>\n", re.MULTILINE)


def listed(text: str) -> list[Body]:
    """Return the annotations that a message lists to be judged; [] where it lists none."""
    opened = _OPENED.search(text)
    if opened is None:
        return []
    rows, closed, _ = text[opened.end() :].partition(f"\n</{opened[1]}>")
    return [json.loads(line) for line in rows.split("\n")] if closed else []


def judged(row: Body, gold: Sequence[GoldAnnotation], wrong: float, draw: Random) -> Body:
    """Return what is said of one of them; something else with the probability `wrong`."""
    quote = row["quote"]
    same = [
        each
        for each in gold
        if each.category == row["category"] and (each.quote in quote or quote in each.quote)
    ]
    named = min((list(_beyond(row, each)) for each in same), key=len, default=[])
    verdict = "unsupported" if not same else "partly" if named else "supported"
    if draw.random() < wrong:
        verdict = "unsupported" if verdict == "supported" else "supported"
    reason = {
        "supported": "",
        "partly": "The words do not state all of its values.",
        "unsupported": "The words do not state this category.",
    }
    values = named if verdict == "partly" else []
    return {
        "number": row["number"],
        "reason": reason[verdict],
        "verdict": verdict,
        "values": [{"attribute": name, "value": value} for name, value in values],
    }


def _beyond(row: Body, gold: GoldAnnotation) -> Iterator[tuple[str, str]]:
    """Yield the values that an annotation states and its gold does not."""
    for name, value in row["values"].items():
        for each in sorted(stated(value) - stated(gold.attributes.get(name))):
            yield name, each
