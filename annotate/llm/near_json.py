r"""Read an answer that is nearly in the form asked for, where no value has to be guessed.

What stands around the one value is set aside, and JSON is read with the habits of other notations.
Every string, number and word of the value is taken as it stands; an answer of which one would have
to be guessed is left to a repair.

| read at once | not read: a repair is asked for |
|---|---|
| prose, tags, end tokens, a byte-order mark around one value | two values; keys beside the value |
| thoughts in front, in the tags of any family of models | a thought without an end |
| comments; commas before a closing bracket | commas that are missing, values that are |
| strings in single quotes; keys without quotes; `\'` | typographic quotes; other unknown escapes |
| True, False, None | NaN, numbers in other notations, other bare words, `...` |
| brackets too many at the end | brackets that are missing, or of the wrong kind |
| the object in a list of one, under a key, in a string | a key that stands twice |
| a list of annotations alone; one annotation alone | an empty list alone |
| `annotations` in other case; empty values beside it | values beside it that say something |
| a tool call in words: name and arguments, one or several | |

Values of closed sets in other case are `annotate.schema.spelling`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

_KEY = "annotations"
_ANNOTATION = {"category", "quote"}
_DEEPEST = 6  # wrappers around an answer
_ARGUMENTS = ("arguments", "parameters", "input", "args")

OPENS_NEARLY = re.compile(r"\{\s*+(?:[\"'{\[]|//|/\*|\#|[A-Za-z_]\w*+\s*+:)|\[\s*+[\"'{\[]")
_NAMED = re.compile(r"[\"'][A-Za-z_]\w*+[\"']\s*+:")
_OPENED = re.compile(rf"[\"']{_KEY}[\"']\s*:\s*\Z")
# What is opened and not closed is one token to the end, so that it is looked at once.
_TOKEN = re.compile(
    r"""(?P<string>"(?:[^"\\]|\\.)*+"?)
    |(?P<single>'(?:[^'\\]|\\.)*+'?)
    |(?P<comment>//[^\n]*+|\#[^\n]*+|/\*(?:[^*]|\*(?!/))*+(?:\*/)?)
    |(?P<space>\s++)
    |(?P<open>[{\[])
    |(?P<close>[}\]])
    |(?P<word>[\w.+-]++)
    |(?P<other>.)""",
    re.DOTALL | re.VERBOSE,
)
_IN_STRING = re.compile(r'\\.|"', re.DOTALL)
_WORDS = {"True": "true", "False": "false", "None": "null"}
_IDENTIFIER = re.compile(r"[A-Za-z_]\w*")


def read_near(text: str, load: Callable[[str], Any]) -> list[Any] | None:
    """Return the annotations in a text that holds one answer, None where one had to be guessed.

    Args:
        text: without thoughts.
        load: reads strict JSON, and raises ValueError or RecursionError.
    """
    if text.startswith('"') and text.endswith('"'):  # an answer that was written as a string
        start, written, end = 0, text, len(text)
    else:
        opening = OPENS_NEARLY.search(text)
        start = opening.start() if opening else len(text)
        written, end = _strict(text, start)
    before, behind = text[:start], text[end:]
    if not written or OPENS_NEARLY.search(behind) or _NAMED.search(behind):
        return None
    if _NAMED.search(before) and not _OPENED.search(before):
        return None
    try:
        return _annotations(load(written), load)
    except (ValueError, RecursionError):
        return None


def _strict(text: str, start: int) -> tuple[str, int]:
    """Return the value at `start` as strict JSON, and where it ends; "" where it does not."""
    parts: list[str] = []
    depth = 0
    for token in _TOKEN.finditer(text, start):
        kind, said = token.lastgroup, token[0]
        if kind == "comment":
            continue
        if kind == "close":
            _drop_comma(parts)
        parts.append(_as_json(kind, said))
        depth += (kind == "open") - (kind == "close")
        if depth == 0:
            return "".join(_keys_quoted(parts)), token.end()
    return "", len(text)


def _as_json(kind: str | None, said: str) -> str:
    if kind == "single" or (kind == "string" and "\\'" in said):
        return '"' + _IN_STRING.sub(_requoted, said[1:-1]) + '"'
    return _WORDS.get(said, said) if kind == "word" else said


def _requoted(part: re.Match[str]) -> str:
    """Write a part of a string as it stands in double quotes."""
    return {'"': '\\"', "\\'": "'"}.get(part[0], part[0])


def _drop_comma(parts: list[str]) -> None:
    place = len(parts) - 1
    while place > 0 and parts[place].isspace():
        place -= 1
    # Behind a value alone: "[,]" says that something is missing.
    if place > 0 and parts[place] == "," and parts[place - 1] not in ("{", "[", ","):
        del parts[place]


def _keys_quoted(parts: list[str]) -> Iterator[str]:
    """Yield the parts, keys without quotes in quotes."""
    said = [each for each in parts if not each.isspace()]
    for part, following in zip(said, [*said[1:], ""], strict=True):
        is_key = following == ":" and _IDENTIFIER.fullmatch(part)
        yield f'"{part}"' if is_key else part + " "


# ---- The form ----


def _annotations(value: Any, load: Callable[[str], Any], depth: int = 0) -> list[Any] | None:
    """Return the annotations in a value, without what is wrapped around them."""
    if depth > _DEEPEST:
        return None
    if isinstance(value, str):
        return _annotations(load(value), load, depth + 1) if value.strip()[:1] in "{[" else None
    if isinstance(value, list):
        return _in_list(value, load, depth)
    if not isinstance(value, Mapping):
        return None
    if _is_annotation(value):
        return [value]
    arguments = _of_call(value)
    if arguments is not None:
        return _annotations(arguments, load, depth + 1)
    said = {key: each for key, each in value.items() if each not in (None, "", [], {})}
    named = [key for key in value if key.strip().casefold() == _KEY]
    if len(named) == 1 and not said.keys() - set(named):
        inner = value[named[0]]
        return inner if isinstance(inner, list) else _annotations(inner, load, depth + 1)
    (inner,) = value.values() if len(value) == 1 else (None,)
    return None if named else _annotations(inner, load, depth + 1)


def _in_list(value: list[Any], load: Callable[[str], Any], depth: int) -> list[Any] | None:
    if value and all(map(_is_annotation, value)):
        return value
    if len(value) == 1:
        return _annotations(value[0], load, depth + 1)
    calls = [_of_call(each) if isinstance(each, Mapping) else None for each in value]
    if not calls or None in calls:
        return None
    found = [_annotations(each, load, depth + 1) for each in calls]
    return None if None in found else [item for each in found for item in each or ()]


def _is_annotation(value: Any) -> bool:
    return isinstance(value, Mapping) and value.keys() >= _ANNOTATION


def _of_call(value: Mapping[str, Any]) -> Any:
    """Return the arguments of a tool call that was written in words, None where it is none."""
    function = value.get("function")
    if isinstance(function, Mapping):
        value = function
    if not isinstance(value.get("name"), str):
        return None
    return next((value[name] for name in _ARGUMENTS if name in value), None)
