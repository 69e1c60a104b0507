"""The lexicon of a drafted task: cues that its examples share, and how each attribute is filled."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from annotate.drafting.cues import Passage, find_cues
from annotate.drafting.examples import ExampleText, Statement
from annotate.drafting.inference import Attribute
from annotate.drafting.templates import key, list_of, quoted
from annotate.lexicon.cues import cue_words
from annotate.lexicon.extractors import EXTRACTORS

_CAPTURES = {
    "duration": ("duration",),
    "date": ("date",),
    "time": ("time",),
    "integer": ("days", "age", "money", "count"),
    "number": ("money", "percent", "count"),
    "text": ("address", "code"),
}
"""What may read the values of each kind out of a text, the most special first.

The one that reads the most is taken, where that is more than half of them.
"""


@dataclass(frozen=True, slots=True)
class DraftedRule:
    """A category of the lexicon.

    Attributes:
        cues: as a list of TOML, "" where no phrase tells its examples apart.
        attributes: the lines of each attribute's table, by its name.
    """

    tag: str
    cues: str
    attributes: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class DraftedLexicon:
    """What a lexicon of examples holds, by category, and the languages of the texts."""

    languages: str
    rules: tuple[DraftedRule, ...]


def draft_lexicon(
    texts: Sequence[ExampleText], categories: Mapping[str, Sequence[Attribute]]
) -> DraftedLexicon:
    """Return the lexicon that examples suggest."""
    cues = find_cues([passage for text in texts for passage in _passages(text)])
    said: dict[str, list[_Said]] = defaultdict(list)
    for text in texts:
        for each in text.statements:
            said[each.category].append(_said(text, each))
    rules = [
        DraftedRule(
            tag,
            list_of(cues[tag]) if tag in cues else "",
            {each.name: [*_lines(each, said[tag])] for each in attributes},
        )
        for tag, attributes in categories.items()
    ]
    spoken = Counter(language for text in texts for language in text.document.languages.every)
    languages = [language for language, _ in spoken.most_common()] or ["en"]
    return DraftedLexicon(list_of(languages), tuple(rules))


_Said = tuple[Statement, str, str]
"""A statement, its quote, and the units that hold it."""


def _passages(example: ExampleText) -> Iterator[Passage]:
    """Yield the units of a text, each with the quotes that prove something in it."""
    text = example.text
    for unit in example.document.segmentation.units:
        quoted_words: dict[str, list[str]] = defaultdict(list)
        for each in example.statements:
            if each.touches(unit):
                start, end = max(each.start, unit.start), min(each.end, unit.end)
                quoted_words[each.category] += cue_words(text[start:end])
        yield Passage(cue_words(text[unit.start : unit.end]), quoted_words)


def _said(example: ExampleText, statement: Statement) -> _Said:
    text = example.text
    touched = [*filter(statement.touches, example.document.segmentation.units)]
    start = min((statement.start, *(unit.start for unit in touched)))
    end = max((statement.end, *(unit.end for unit in touched)))
    return statement, text[statement.start : statement.end], text[start:end]


# ---- Attributes ----


def _lines(attribute: Attribute, said: Sequence[_Said]) -> Iterator[str]:
    """Yield the lines of an attribute's table; none where nothing fills it."""
    if capture := _capture(attribute, said):
        yield f"_capture = {quoted(capture)}"
        return
    if attribute.kind not in ("closed", "boolean"):
        return
    given = [(_labels(attribute, statement), quote, around) for statement, quote, around in said]
    passages = [
        Passage(cue_words(around), {label: cue_words(quote) for label in labels})
        for labels, quote, around in given
    ]
    silent = [_silent(attribute, given)] if attribute.needed else []
    for value, cues in find_cues(passages).items():
        if value not in silent:
            yield f"{key(value)} = {list_of(cues)}"
    if silent:
        yield f"_silent = {list_of(silent)}"


def _labels(attribute: Attribute, statement: Statement) -> list[str]:
    """Return the values that a statement gives an attribute, as a lexicon writes them."""
    value = attribute.read(statement.attributes.get(attribute.name))
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [str(each).lower() if isinstance(each, bool) else str(each) for each in values]


def _silent(attribute: Attribute, given: Sequence[tuple[list[str], str, str]]) -> str:
    """Return what an attribute holds where no cue stands: the most frequent value, or false.

    It is needed then: of a yes or no, both were stated more than once.
    """
    if attribute.kind == "boolean":
        return "false"
    return Counter(label for labels, _, _ in given for label in labels).most_common(1)[0][0]


def _capture(attribute: Attribute, said: Sequence[_Said]) -> str:
    """Return the extractor that reads most values of an attribute out of the text, or ""."""
    best, most = "", 0
    for name in _CAPTURES.get(attribute.kind, ()):
        tried = [
            (attribute.read(value), EXTRACTORS[name](around))
            for statement, _, around in said
            if (value := statement.attributes.get(attribute.name)) is not None
        ]
        right = sum(
            set(value) <= set(found) if isinstance(value, list) else value in found[:1]
            for value, found in tried
        )
        if right * 2 > len(tried) and right > most:
            best, most = name, right
    return best
