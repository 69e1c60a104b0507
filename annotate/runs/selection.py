"""Which annotations are meant: by category, document, value and text.

One meaning for all who ask: `annotate show`, `export`, `Run.annotations`. What is typed is checked
against a `Vocabulary`: a category, an attribute or a value that there is not is an error, never an
empty answer. A selection is a plain value that tells of any annotation whether it is meant:

    selection = select(run.vocabulary, category="sharing", where="recipients=affiliate")
    found = [each for each in run.annotations() if selection.takes(each)]

Patterns of documents and texts are compared, never compiled: what is typed cannot make it slow.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from annotate.annotation import UNANSWERED, VERDICTS, Annotation
from annotate.errors import UsageError
from annotate.grounding.broken_words import BrokenWords
from annotate.grounding.normalization import normalize
from annotate.runs.conditions import Condition, Where, conditions
from annotate.schema.vocabulary import Vocabulary, shown, unknown

Names: TypeAlias = str | Iterable[str]
"""One word, or several of which one has to fit."""

_TRIES = 1000  # places of one quote at which words that a line end broke are looked for


@dataclass(frozen=True, slots=True)
class Selection:
    """Which annotations are meant; one without anything in it means all.

    Attributes:
        categories: one of them.
        documents: patterns of which one is like the id, each as what stands between its *.
        conditions: all that is asked of values.
        texts: all that the quote holds, normalized as quotes are before they are looked for.
        verdicts: one of them is what a model said of it; `UNANSWERED` where it said nothing.
    """

    categories: tuple[str, ...] = ()
    documents: tuple[tuple[str, ...], ...] = ()
    conditions: tuple[Condition, ...] = ()
    texts: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        """Tell whether anything is asked for."""
        return bool(self.documents) or not self.by_document_alone

    @property
    def by_document_alone(self) -> bool:
        """Whether it takes all annotations of a document or none."""
        return self.by_category_alone and not self.categories

    @property
    def by_category_alone(self) -> bool:
        """Whether it takes all annotations of a category in a document or none."""
        return not (self.conditions or self.texts or self.verdicts)

    def takes(self, annotation: Annotation) -> bool:
        """Tell whether an annotation is meant."""
        if self.categories and annotation.category not in self.categories:
            return False
        if not all(each.fits(annotation) for each in self.conditions):
            return False
        if not self.takes_document(annotation.document):
            return False
        if self.verdicts and _verdict(annotation) not in self.verdicts:
            return False
        return all(_holds(annotation.quote, text) for text in self.texts)

    def takes_document(self, document: str) -> bool:
        """Tell whether a document is meant."""
        return not self.documents or any(_is_like(_same(document), p) for p in self.documents)

    def of(self, annotations: Iterable[Annotation]) -> Iterator[Annotation]:
        """Yield those annotations that are meant, in their order."""
        return filter(self.takes, annotations)


def select(
    vocabulary: Vocabulary,
    *,
    category: Names = (),
    document: Names = (),
    where: Where = (),
    text: Names = (),
    verdict: Names = (),
    documents: Iterable[str] | None = None,
) -> Selection:
    """Return the selection of annotations for which all that is given holds.

    Args:
        vocabulary: what there is to ask for.
        category: one of these tags; one string may hold several, with commas between them.
        document: one of these ids, in which * stands for any characters.
        where: `ATTRIBUTE=VALUE`, `ATTRIBUTE!=VALUE` or `CATEGORY.ATTRIBUTE=VALUE`, all of them.
            Of a set, one value has to be the one named; with != none. Several values with commas
            between them are alternatives, and null is what is not stated. An attribute takes the
            annotations of the categories that have it. With a category, it takes those of this
            one, and asks nothing of other categories that are named too.
        text: words that all stand in the quote, whatever their case, dashes, quotes and spaces.
        verdict: one of `supported`, `partly`, `unsupported` and `unanswered`; one string may hold
            several, with commas between them.
        documents: the ids that there are, so that a pattern that none is like is refused.

    Raises:
        UsageError: where a category, an attribute or a value is unknown, with the nearest one and
            the list; or where something is empty.
    """
    categories = [vocabulary.category(tag, "--category") for tag in _parted(category)]
    ids = None if documents is None or not document else list(documents)
    asked = conditions(vocabulary, where, tuple(categories))
    named = [tag for each in asked if each.only for tag in each.wanted]
    return Selection(
        tuple(dict.fromkeys(categories or named)),
        tuple(_pieces(each, ids) for each in _names(document)),
        tuple(asked),
        tuple(_words(each) for each in _names(text)),
        tuple(_verdict_named(each) for each in _parted(verdict)),
    )


def select_pattern(vocabulary: Vocabulary, pattern: str, option: str) -> Selection:
    """Return the selection that one pattern stands for: a category, or a value as in `select`.

    Raises:
        UsageError: as `select`; its message begins with `option`.
    """
    if "=" not in pattern:
        return Selection((vocabulary.category(pattern, option),))
    (condition,) = conditions(vocabulary, pattern, option=option)
    return Selection(tuple(condition.wanted), conditions=(condition,))


# ---- How it is compared ----


def _is_like(name: str, pieces: tuple[str, ...]) -> bool:
    """Tell whether the pieces of a pattern follow each other in a name, with anything between."""
    first, *middle, last = pieces if len(pieces) > 1 else (*pieces, "")
    if len(pieces) == 1:
        return name == first
    end = len(name) - len(last)
    if end < len(first) or not (name.startswith(first) and name.endswith(last)):
        return False
    at = len(first)
    for piece in middle:
        found = name.find(piece, at, end)
        if found < 0:
            return False
        at = found + len(piece)
    return True


def _holds(quote: str, words: str) -> bool:
    """Tell whether a quote holds normalized words, also where line ends broke some of its own."""
    normalized = normalize(quote)
    if words in normalized.text:
        return True
    if "\n" not in quote:
        return False
    return any(True for _ in BrokenWords(quote, normalized).places(words, _TRIES))


# ---- What is typed ----


def _names(given: Names) -> list[str]:
    return [given] if isinstance(given, str) else list(given)


def _parted(given: Names) -> list[str]:
    return [word.strip() for each in _names(given) for word in each.split(",")]


def _verdict(annotation: Annotation) -> str:
    said = annotation.verification
    return said.verdict if said is not None else UNANSWERED


def _verdict_named(word: str) -> str:
    known = (*VERDICTS, UNANSWERED)
    if word not in known:
        raise UsageError(f"--verdict {unknown('verdict', word, known)}")
    return word


def _pieces(pattern: str, documents: Iterable[str] | None) -> tuple[str, ...]:
    """Return what stands between the * of a pattern.

    Raises:
        UsageError: where no document is like it.
    """
    pieces = _same(_not_empty("--document", pattern)).split("*")
    found = tuple(each for at, each in enumerate(pieces) if each or at in (0, len(pieces) - 1))
    if documents is not None:
        names = list(documents)
        if not any(_is_like(_same(each), found) for each in names):
            raise UsageError(f"--document {unknown('document', pattern, names)}")
    return found


def _same(name: str) -> str:
    """Return a name in the form that all ways to write its letters share."""
    return unicodedata.normalize("NFC", name)


def _words(text: str) -> str:
    words = normalize(_not_empty("--text", text)).text.strip()
    if not words:
        raise UsageError(f"--text {shown(text)}: needs words; marks alone are not looked at")
    return words


def _not_empty(option: str, given: str) -> str:
    if not given.strip():
        raise UsageError(f"{option} is empty; leave it out to ask for all")
    return given
