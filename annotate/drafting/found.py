"""What a drafted lexicon finds of the examples that it was made of: statements and their values."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from annotate.documents.chunking import chunk
from annotate.documents.units import Segmentation
from annotate.drafting.examples import ExampleText, Statement
from annotate.drafting.inference import Attribute
from annotate.drafting.problems import listed
from annotate.lexicon.annotator import answer
from annotate.lexicon.lexicon import Lexicon


@dataclass
class Found:
    """What a lexicon finds.

    Attributes:
        stated: how many statements there are.
        missed: those that it does not find.
        given: how often each attribute is given, in statements that it finds.
        unread: how often the lexicon finds another value or none.
    """

    stated: int = 0
    missed: list[Statement] = field(default_factory=list)
    given: Counter[str] = field(default_factory=Counter)
    unread: Counter[str] = field(default_factory=Counter)

    def summary(self, path: str) -> list[str]:
        """Return what is found, a sentence a line; `path` is where more cues go."""
        found = (
            f"the lexicon finds {self.stated - len(self.missed)} of the {self.stated} statements"
        )
        lines = [
            f"{found} that it was made of"
            + (f", not {listed([each.line for each in self.missed])}" if self.missed else "")
        ]
        if self.unread:
            which = ", ".join(
                f"{name} ({n} of {self.given[name]})" for name, n in self.unread.items()
            )
            lines.append(f"of their values it does not find {which}: add cues to {path}")
        return lines


def look_for(
    texts: Sequence[ExampleText],
    categories: Mapping[str, Sequence[Attribute]],
    lexicon: Lexicon,
) -> Found:
    """Return what a lexicon finds in texts of what is stated there."""
    found = Found()
    for text in texts:
        answers = _answers(lexicon, text.document.segmentation)
        for each in text.statements:
            found.stated += 1
            quote = text.text[each.start : each.end]
            items = [
                item
                for item in answers
                if item["category"] == each.category
                and (quote in item["quote"] or item["quote"] in quote)
            ]
            if not items:
                found.missed.append(each)
                continue
            for attribute in categories[each.category]:
                if (value := each.attributes.get(attribute.name)) is not None:
                    name, right = f"{each.category}.{attribute.name}", attribute.read(value)
                    found.given[name] += 1
                    found.unread[name] += not any(_same(i[attribute.name], right) for i in items)
    found.unread = +found.unread  # without those that are always found
    return found


def _answers(lexicon: Lexicon, segmentation: Segmentation) -> list[dict[str, Any]]:
    pieces = chunk(segmentation, max(len(segmentation.text), 1))
    return [item for piece in pieces for item in answer(lexicon, piece, segmentation)]


def _same(found: Any, right: Any) -> bool:
    return set(found) == set(right) if isinstance(right, list) else bool(found == right)
