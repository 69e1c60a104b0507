"""Read the annotations in the words of a model: text, or the arguments of a tool call.

Thoughts in front and a Markdown fence are set aside. Nothing here raises, and nothing here repairs
a word or chooses between two values: what cannot be read is named.
"""

from __future__ import annotations

import json
import re
from typing import Any

from annotate.llm.extent import MOST_ANNOTATIONS, MOST_CHARACTERS, crowded, too_deep, too_many

SEVERAL = "the answer holds several JSON values; answer with one JSON object and no more"

_TOO_MANY = f"the answer holds more than {MOST_ANNOTATIONS:,} annotations"

_OPENS_THOUGHT = re.compile(r"<think(?:ing)?>", re.IGNORECASE)
_ENDS_THOUGHT = re.compile(r"</think(?:ing)?>\s*", re.IGNORECASE)
_FENCE = "```"
_OPENS_VALUE = re.compile(r"[{\[]\s*[\"{\[]")  # an object or a list, and not "{this}" or "[1]"
_NAME = re.compile(r"[a-z][a-z0-9_]{0,39}", re.IGNORECASE)


def read_annotations(words: str) -> tuple[list[Any] | None, str]:
    """Return the annotations in a model's words, or what keeps them from being read.

    They are not yet validated. The problem is one sentence that a model can act on and that quotes
    no text; it is sent in repair requests, so that another wording asks cached repairs anew.
    """
    if len(words) > MOST_CHARACTERS:
        return None, f"the answer is longer than {MOST_CHARACTERS:,} characters"
    if crowded(words):
        return None, _TOO_MANY
    text = _without_thoughts(words.strip())
    if text is None:
        return None, "the answer holds a thought without an end and no JSON"
    value = _unfenced(text)
    if value is None:
        return None, SEVERAL
    try:
        # strict=False: some servers let raw line ends into strings; they harm nothing.
        answer = json.loads(value, object_pairs_hook=_unique, parse_constant=_refuse, strict=False)
    except _Repeated as error:
        return None, f"{error} stands twice in one object; name each key once"
    except RecursionError:
        return None, "the JSON is nested too deeply"
    except ValueError as error:
        where = f" (character {error.pos})" if isinstance(error, json.JSONDecodeError) else ""
        return None, f"the answer is no valid JSON{where}; answer with one JSON object and no more"
    if not isinstance(answer, dict) or not isinstance(answer.get("annotations"), list):
        return None, 'the answer needs the form {"annotations": [...]}'
    # Sent back and not ignored: what a model puts beside the list may be a part of its answer.
    if set(answer) != {"annotations"}:
        return None, 'the answer holds other keys than "annotations"; leave them out'
    if too_deep(answer):
        return None, "the JSON is nested too deeply"
    if len(answer["annotations"]) > MOST_ANNOTATIONS or too_many(answer):
        return None, _TOO_MANY
    # Looked for in the text first, since finding it in the value means to write it out again.
    if "\\ud" in words.lower() and _halved(answer):
        return None, "the answer holds half of a surrogate pair; write characters whole"
    return answer["annotations"], ""


def only_thoughts(words: str) -> bool:
    """Say whether words are a thought that does not end."""
    return _without_thoughts(words.strip()) is None


def bare(words: str) -> bool:
    """Say whether words are one JSON value and nothing beside it, as far as their borders tell."""
    stripped = words.strip()
    return stripped.startswith("{") and stripped.endswith("}")


def _without_thoughts(text: str) -> str | None:
    """Return what a model says behind its thoughts, None where a thought does not end.

    Only what stands in front is a thought: in a quote the same tags are words of the document. Some
    endpoints keep the first tag of the first thought to themselves.
    """
    start = 0
    while not text.startswith(("{", "[", _FENCE), start):
        end = _ENDS_THOUGHT.search(text, start)
        if end is None:
            return None if _OPENS_THOUGHT.match(text, start) else text[start:]
        start = end.end()
    return text[start:]


def _unfenced(text: str) -> str | None:
    """Return the one block between Markdown fences, or the text where there is none.

    None where several values stand there: a draft and its correction, or an answer in parts.
    """
    if text.startswith(("{", "[")):
        return text
    lines = text.split("\n")
    fences = [number for number, line in enumerate(lines) if line.lstrip().startswith(_FENCE)]
    pairs = list(zip(fences[::2], fences[1::2], strict=False))
    blocks = ["\n".join(lines[first + 1 : last]) for first, last in pairs]
    values = {each.strip(): each for each in blocks if each.lstrip().startswith(("{", "["))}
    if not values:
        return blocks[-1] if blocks else text
    # With the lines of the fences: what stands behind ```json on its line is in no block.
    inside = {number for first, last in pairs for number in range(first + 1, last)}
    outside = "\n".join(line for number, line in enumerate(lines) if number not in inside)
    alone = len(values) == 1 and not _OPENS_VALUE.search(outside)
    return values.popitem()[1] if alone else None


def _halved(value: Any) -> bool:
    try:
        json.dumps(value, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return True
    return False


class _Repeated(ValueError):
    """A key that stands twice in one object."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    seen: dict[str, Any] = {}
    for key, value in pairs:
        if key in seen:
            # Only what looks like a name is named: it might be words of the document.
            raise _Repeated(f"the key {key}" if _NAME.fullmatch(key) else "a key")
        seen[key] = value
    return seen


def _refuse(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
