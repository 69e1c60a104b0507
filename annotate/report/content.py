"""What a report says, before it is written in a format: sentences, quotes, silence, gaps.

All texts are those of the document and the run, as they are: each format makes its own harmless.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

from annotate.documents.document import Document
from annotate.ledger import refusal
from annotate.report.citations import Citation, Place, Places
from annotate.report.sentences import Sentences
from annotate.runs.found import Found, found_in, shows_silence
from annotate.runs.reader import Run
from annotate.runs.selection import Selection
from annotate.runs.silence import claimed_category
from annotate.viewer.origin import described

Section: TypeAlias = tuple[str, Sequence[str]]
"""A title, and the lines below it."""

_MOST_QUOTE = 2000  # characters of an answer that was refused


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence, and every quote that states it."""

    sentence: str
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """What a document says of one category."""

    title: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that became no statement.

    Attributes:
        about: the title of its category, "" where it names none.
        why: in words of ours.
        quote: the words that it claims to stand on.
    """

    about: str
    why: str
    quote: str

    def __str__(self) -> str:
        about = f"{self.about}: {self.why}" if self.about else self.why
        return f"{about}: “{self.quote}”" if self.quote else about


@dataclass(frozen=True, slots=True)
class Unread:
    """A part of the text that nobody knows what it says, and why."""

    place: Place
    why: str


@dataclass(frozen=True, slots=True)
class Account:
    """What is reported of one document.

    Attributes:
        source: what is known of where it came from, as names and texts.
        chapters: by category, in the order of the schema.
        silent: a sentence for each category that it is silent on.
        open: titles of the categories of which nobody knows whether it is.
        why: why they are open, "" where none is.
    """

    name: str
    source: tuple[tuple[str, str], ...]
    chapters: tuple[Chapter, ...]
    silent: tuple[str, ...] = ()
    open: tuple[str, ...] = ()
    why: str = ""
    refused: tuple[Refused, ...] = ()
    unread: tuple[Unread, ...] = ()

    @property
    def endings(self) -> list[Section]:
        """What is said behind the statements, as titles with lines; those without any left out."""
        open_ = [f"{each}: not known, since {self.why}." for each in self.open]
        nothing = not (self.chapters or self.silent or self.open)
        sections: list[Section] = [
            ("What it says", ["Nothing that was asked for."] * nothing),
            ("What it is silent about", self.silent),
            ("What is not known", open_),
            ("What could not be read", [f"{each.place}: {each.why}" for each in self.unread]),
            ("Answers that were refused", list(map(str, self.refused))),
        ]
        return [(title, lines) for title, lines in sections if lines]


def accounts(
    run: Run, sentences: Sentences, chosen: Selection, samples: Sequence[Run] = ()
) -> Iterator[Account]:
    """Yield the account of each document of a run that is chosen; `samples` are its others."""
    for found in found_in(run, chosen, samples):
        yield _Teller(found, sentences, chosen).account()


class _Teller:
    """Tells what was found in one document."""

    def __init__(self, found: Found, sentences: Sentences, chosen: Selection) -> None:
        self._found = found
        self._sentences = sentences
        self._chosen = chosen
        self._places = Places(found.document, found.samples)

    def account(self) -> Account:
        found, words = self._found, self._sentences
        said = found.silence({each.category for each in found.annotations})
        silent, open_ = (
            [each for each in categories if shows_silence(self._chosen, each)]
            for categories in (said.silent, said.open)
        )
        return Account(
            found.document.id,
            tuple(_source(found.document)),
            tuple(self._chapters()),
            tuple(map(words.silence, silent)),
            tuple(map(words.title, open_)),
            said.why if open_ else "",
            tuple(map(self._refused, found.refused)),
            tuple(self._unread()),
        )

    def _chapters(self) -> Iterator[Chapter]:
        kept = list(self._chosen.of(self._found.annotations))
        known = list(self._sentences.categories)
        others = sorted({each.category for each in kept} - set(known))
        for category in (*known, *others):
            said: dict[str, list[Citation]] = {}
            for each in kept:
                if each.category == category:
                    sentence = self._sentences.say(category, each.attributes)
                    said.setdefault(sentence, []).append(self._places.cite(each))
            if said:
                statements = (Statement(sentence, tuple(c)) for sentence, c in said.items())
                yield Chapter(self._sentences.title(category), tuple(statements))

    def _refused(self, row: Mapping[str, Any]) -> Refused:
        item = row.get("item")
        category = claimed_category(item)
        quote = item.get("quote") if isinstance(item, dict) else item
        return Refused(
            self._sentences.title(category) if category else "",
            refusal(row["kind"], item, row.get("problems", ())),
            " ".join(quote.split())[:_MOST_QUOTE] if isinstance(quote, str) else "",
        )

    def _unread(self) -> Iterator[Unread]:
        for entry in self._found.entries:
            if not entry.answered:
                why = f"{entry.status}: {entry.note}" if entry.note else entry.status
                for start, end in entry.unread or ((entry.start, entry.end),):
                    yield Unread(self._places.at(start, end), why)


def _source(document: Document) -> Iterator[tuple[str, str]]:
    """Yield what is known of the source of a document, and what pins its text."""
    if document.languages.every:
        yield "language", ", ".join(document.languages.every)
    yield from described(document)
    if document.sha256 != document.provenance.sha256:
        yield "SHA-256 of the text", document.sha256
