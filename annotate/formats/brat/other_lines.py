"""Say what a line of a brat `.ann` file is that holds no annotation of text and no note on one.

Relations, equivalences, events, attributes and normalizations, as brat's sources write them
(`server/src/annotation.py`). Annotations here have none of these: the line is named, with its id,
and with what to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_RELATION = re.compile(r"(R\S*)\t(\S+)((?: \S+:\S+)+)\s*")
_EQUIVALENCE = re.compile(r"\*\t(\S+)((?: \S+)+)\s*")
_EVENT = re.compile(r"(E\S*)\t([^\s:]+):(\S+)((?: \S+:\S+)*)\s*")
_ATTRIBUTE = re.compile(r"([AM]\S*)\t(\S+) (\S+)(?: (.+?))?\s*")
_NORMALIZATION = re.compile(r"(N\S*)\t\S+ (\S+) (\S+)(?:\t.*)?", re.DOTALL)
_COMMENT = re.compile(r"(#\S*)\t(\S+) (\S+)(?:\t.*)?", re.DOTALL)


def named(line: str) -> str:
    """Say what a line is, with its id and what to do; "" where it is nothing that brat writes."""
    for pattern, say in _KINDS:
        if match := pattern.fullmatch(line):
            return say(match)
    return ""


def _relation(match: re.Match[str]) -> str:
    return (
        f"{match[1]} is a relation, {match[2]} of {_joined(match[3])}; annotations here have none: "
        f"{_INSTEAD}"
    )


def _equivalence(match: re.Match[str]) -> str:
    return (
        f"* says that {_joined(match[2])} are the same ({match[1]}); annotations here have no "
        f"relations: {_INSTEAD}"
    )


def _event(match: re.Match[str]) -> str:
    roles = f" with {_joined(match[4])}" if match[4] else ""
    return (
        f"{match[1]} is an event, {match[2]} at {match[3]}{roles}; annotations here have none, and "
        f"{match[3]} is read without it: {_INSTEAD}"
    )


def _attribute(match: re.Match[str]) -> str:
    value = f'"{match[4]}"' if match[4] else "true"
    return (
        f"{match[1]} is an attribute of brat's, {match[2]} of {match[3]}; attributes are read from "
        f'the JSON note on {match[3]}: write {{"{match[2]}": {value}}} there, if the schema has it'
    )


def _normalization(match: re.Match[str]) -> str:
    return (
        f"{match[1]} says that {match[2]} stands for {match[3]}; annotations here have no such "
        f"reference: put it into an attribute or the note of {match[2]}"
    )


def _comment(match: re.Match[str]) -> str:
    return (
        f"{match[1]} is a comment of the kind {match[2]} on {match[3]}; only AnnotatorNotes on "
        "annotations of text are read: make it one"
    )


_INSTEAD = "say it in an attribute or the note of one of them"
_KINDS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_RELATION, _relation),
    (_EQUIVALENCE, _equivalence),
    (_EVENT, _event),
    (_ATTRIBUTE, _attribute),
    (_NORMALIZATION, _normalization),
    (_COMMENT, _comment),
)


def _joined(words: str) -> str:
    """Return what stands behind roles, or words, as a list: `Arg1:T1 Arg2:T2` is T1 and T2."""
    *some, last = (word.partition(":")[2] or word for word in words.split())
    return f"{', '.join(some)} and {last}" if some else last
