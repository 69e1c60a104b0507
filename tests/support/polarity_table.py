"""Passages with the polarity that a reader gave them, and how many of them the lexicon gets right.

A table is a JSON Lines file of passages: `id`, `text`, `category` in plain words, `polarity`
(affirmed, denied or neither) and perhaps `why`. A passage is right

- as affirmed, where an annotation of its category is there, affirmed, and none that is denied;
- as denied, where one is there, denied, and none that is affirmed;
- as neither, where none is there.

`tracking` counts beside `use` and `sharing` in a passage about cookies: the schema keeps the means
apart. `retention` has no polarity in the schema, which can say how long data stays and not
that it does not stay: an annotation of it affirms, and a denial of it is right where there is none.
That is weak, since saying nothing is right as well, and so these passages are counted apart too.

    python -m tests.support.polarity_table FILE

prints what is wrong and the counts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tests.support.policy_lexicon import annotated

CATEGORIES = {
    "data_collection": "collection",
    "data_use": "use",
    "third_party_sharing": "sharing",
    "data_retention": "retention",
}


@dataclass(frozen=True)
class Passage:
    """A passage with the polarity that its reader gave it."""

    id: str
    text: str
    category: str
    polarity: str
    why: str = ""


@dataclass(frozen=True)
class Verdict:
    """What the lexicon says of a passage.

    Attributes:
        found: the polarity of each annotation that counts, "affirmed" for one of `retention`.
    """

    passage: Passage
    found: tuple[str, ...]

    @property
    def right(self) -> bool:
        """Whether it says what the reader said."""
        if self.passage.polarity == "neither" or self.weak:
            return not self.found
        return set(self.found) == {self.passage.polarity}

    @property
    def weak(self) -> bool:
        """Whether silence is right because the schema has no word for the denial."""
        return self.passage.category == "data_retention" and self.passage.polarity == "denied"

    def __str__(self) -> str:
        said = ", ".join(self.found) or "nothing"
        passage = self.passage
        return (
            f"{passage.id} {passage.category}: {passage.polarity} ({passage.why}), "
            f"but the lexicon says {said}: {passage.text!r}"
        )


def read_table(path: Path) -> list[Passage]:
    """Return the passages of a table."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return [Passage(**json.loads(line)) for line in lines if line.strip()]


def judge(passages: Iterable[Passage]) -> list[Verdict]:
    """Return what the lexicon says of each passage."""
    return [Verdict(passage, _found(passage)) for passage in passages]


def _found(passage: Passage) -> tuple[str, ...]:
    category = CATEGORIES[passage.category]
    counting = {category}
    if category in ("use", "sharing") and "cookie" in passage.text.lower():
        counting.add("tracking")
    return tuple(
        item.get("polarity", "affirmed")
        for item in annotated(passage.text)
        if item["category"] in counting
    )


def report(verdicts: list[Verdict]) -> str:
    """Return the wrong ones, a line each, and the counts."""
    wrong = [str(verdict) for verdict in verdicts if not verdict.right]
    strong = [verdict for verdict in verdicts if not verdict.weak]
    right = sum(verdict.right for verdict in strong)
    counts = (
        f"{len(verdicts) - len(wrong)} of {len(verdicts)} right; "
        f"{right} of {len(strong)} without the denials of retention"
    )
    return "\n".join([*wrong, counts])


if __name__ == "__main__":
    print(report(judge(read_table(Path(sys.argv[1])))))
