"""Read the lines of one brat `.ann` file: annotations of text, and the notes on them.

Attributes are read from the JSON note of an annotation, `{"attributes": {…}, …}` as an export wrote
it or `{…attributes…}` as a person would. A note that is not a JSON object is a remark.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.files import without_surrogates
from annotate.formats.annotated_document import PIECES, Span
from annotate.formats.brat.other_lines import named
from annotate.formats.brat.writer import NOTE, pieces
from annotate.formats.corrections import Problem, apart, said_of_pieces, with_remarks
from annotate.formats.integers import as_pair

_NUMBER = "[0-9]{1,12}"
_TEXT_BOUND = re.compile(
    rf"(T\S*)\t(\S+) ({_NUMBER} {_NUMBER}(?:;{_NUMBER} {_NUMBER})*)(?:\t(.*))?", re.DOTALL
)
_COMMENT = re.compile(rf"#\S*\t{NOTE} (\S+)(?:\t(.*))?", re.DOTALL)


@dataclass(frozen=True, slots=True)
class _TextBound:
    """A text-bound annotation, as its line says.

    Attributes:
        name: brat's id of it, as in `T1`.
        pieces: start and end of each piece of its span, which brat parts at line ends.
        words: the text that the line repeats; None where it repeats none.
    """

    name: str
    line: int
    type: str
    pieces: list[tuple[int, int]]
    words: str | None


def read_spans(
    file: Path,
    content: str,
    document: Document,
    types: Mapping[str, str],
    problems: list[Problem],
) -> tuple[Span, ...]:
    """Return the annotations of a document; what cannot be read goes to `problems`.

    `types` gives the category of a type where it has another name.
    """
    lines = _Lines(file, document, types, problems)
    for number, line in enumerate(content.split("\n"), start=1):
        lines.read(number, line.removesuffix("\r"))
    return tuple(lines.spans())


class _Lines:
    """The lines of one file, read one by one."""

    def __init__(
        self, file: Path, document: Document, types: Mapping[str, str], problems: list[Problem]
    ) -> None:
        self._file = file
        self._document = document
        self._text = without_surrogates(document.text)
        self._types = types
        self._problems = problems
        self._bound: dict[str, _TextBound] = {}
        self._notes: defaultdict[str, list[tuple[int, str]]] = defaultdict(list)
        self._others: set[str] = set()  # ids of what is no annotation of text

    def read(self, number: int, line: str) -> None:
        """Take a line as an annotation or a note, or report it."""
        if match := _TEXT_BOUND.fullmatch(line):
            if match[1] in self._bound:
                self._problem(number, f"{match[1]} stands there twice; rename the newer one", line)
                return
            found = [_pair(pair) for pair in match[3].split(";")]
            self._bound[match[1]] = _TextBound(match[1], number, match[2], found, match[4])
        elif match := _COMMENT.fullmatch(line):
            self._notes[match[1]].append((number, (match[2] or "").strip()))
        elif said := named(line):
            # No statement was lost with it, so that it leaves nothing of the text unknown.
            self._problem(number, said)
            self._others.add(line.partition("\t")[0])
        elif line.strip():
            message = "is neither an annotation of text nor a note on one; make it a note"
            self._problem(number, message, line)

    def spans(self) -> Iterator[Span]:
        """Yield what stands where its line says, and report the rest."""
        for bound in self._bound.values():
            if wrong := _contradiction(bound, self._text):
                item: JsonValue = {"category": self._category(bound), "id": bound.name}
                self._problem(bound.line, f"{bound.name} {wrong}", item)
            else:
                yield self._as_span(bound, *self._note(bound))
        for target, notes in self._notes.items():
            if target not in self._bound:
                message = f"is a note on {target}, which is not there; remove it"
                if target in self._others:
                    message = f"is a note on {target}, which is not read; put it on its annotation"
                for number, note in notes:
                    self._problem(number, message, None if target in self._others else note)

    def _problem(
        self, line: int, message: str, item: JsonValue = None, *, lost: bool = True
    ) -> None:
        place = f"{self._file}:{line}"
        self._problems.append(Problem(place, message, self._document.id, item, lost))

    def _category(self, bound: _TextBound) -> str:
        return self._types.get(bound.type, bound.type)

    def _as_span(self, bound: _TextBound, note: dict[str, Any], remarks: list[str]) -> Span:
        attributes = note.get("attributes", note)
        kept = {} if attributes is note else {**note}
        kept.pop("attributes", None)
        start, end = self._extent(bound, kept)
        return Span(
            start,
            end,
            self._category(bound),
            self._attributes(bound, attributes),
            with_remarks(kept, remarks),
            f"{self._file}:{bound.line}",
        )

    def _attributes(self, bound: _TextBound, attributes: object) -> dict[str, Any]:
        """Return attributes without the category, which the type says."""
        if not isinstance(attributes, dict):
            self._problem(
                bound.line, f"{bound.name} has attributes that are not an object; correct them"
            )
            return {}
        category = self._category(bound)
        if attributes.get("category", category) != category:
            message = f"{bound.name} is of another category in its note; correct one of the two"
            self._problem(bound.line, message, lost=False)
        return {name: value for name, value in attributes.items() if name != "category"}

    def _extent(self, bound: _TextBound, kept: dict[str, Any]) -> tuple[int, int]:
        """Return the span that was exported where nobody moved it, else that of the line.

        Takes out of `kept` what no longer holds.
        """
        before = _kept_span(kept.pop("span", None), self._text)
        if before and pieces(self._text, *before) == bound.pieces:
            return before
        kept.pop("evidence", None)  # it proves other words
        start, end = bound.pieces[0][0], max(end for _, end in bound.pieces)
        if apart(self._text, bound.pieces):
            kept[PIECES] = [[*piece] for piece in bound.pieces]
            message = f"{bound.name} {said_of_pieces(bound.pieces)}"
            self._problem(bound.line, message, lost=False)
        return start, end

    def _note(self, bound: _TextBound) -> tuple[dict[str, Any], list[str]]:
        """Return the JSON note of an annotation, {} without one, and the remarks on it."""
        found: dict[str, Any] = {}
        remarks = []
        for number, text in self._notes[bound.name]:
            parsed = _parsed(text)
            if isinstance(parsed, dict) and not found:
                found = parsed
                continue
            remarks.append(text)
            if text.startswith("{"):
                wrong = "is a second note with attributes" if found else "is not JSON"
                self._problem(number, f"{wrong}, and was kept as a remark; correct it", text)
        return found, remarks


def _pair(text: str) -> tuple[int, int]:
    start, end = text.split(" ")
    return int(start), int(end)


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _contradiction(bound: _TextBound, text: str) -> str:
    """Return why an annotation does not stand where its line says; "" where it does."""
    if sorted(bound.pieces) != bound.pieces or any(start > end for start, end in bound.pieces):
        return "has pieces out of order; sort them"
    if bound.pieces[-1][1] > len(text):
        return f"reaches beyond the text, which ends at {len(text)}; correct its offsets"
    words = " ".join(text[start:end] for start, end in bound.pieces)
    if bound.words is not None and bound.words.split() != words.split():
        return "has other words than stand at its offsets; correct one of the two"
    return ""


def _kept_span(value: object, text: str) -> tuple[int, int] | None:
    """Return what a note says about the span, where it is one of this text."""
    span = as_pair(value)
    return span if span and 0 <= span[0] <= span[1] <= len(text) else None
