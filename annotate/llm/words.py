"""Read the annotations in the words of a model: text, or the arguments of a tool call.

Thoughts in front and a Markdown fence are set aside. Nothing here raises, and nothing here repairs
a word or chooses between two values: what cannot be read is named. What is nearly in the form asked
for is read by `annotate.llm.near_json`, which has a table of what is read and what is not.
"""

from __future__ import annotations

import json
import re
from typing import Any

from pydantic_core import from_json

from annotate.llm.extent import MOST_ANNOTATIONS, MOST_CHARACTERS, crowded, too_deep, too_many

SEVERAL = "the answer holds several JSON values; answer with one JSON object and no more"

_TOO_MANY = f"the answer holds more than {MOST_ANNOTATIONS:,} annotations"

# DeepSeek, Qwen and many; Seed; Mistral; Kimi; Cohere; the channels of gpt-oss.
_NAMES = r"(?:seed:)?(?:think(?:ing)?|thoughts?|reason(?:ing)?|reflection|scratchpad)"
_OPENS_THOUGHT = re.compile(
    rf"<{_NAMES}>|\[THINK\]|◁think▷|<\|START_THINKING\|>|<\|channel\|>(?:analysis|commentary)",
    re.IGNORECASE,
)
_ENDS_THOUGHT = re.compile(
    rf"(?:</{_NAMES}>|\[/THINK\]|◁/think▷|<\|END_THINKING\|>"
    r"|<\|channel\|>final(?:[ ]?<\|constrain\|>\w+)?<\|message\|>)\s*",
    re.IGNORECASE,
)
_BEFORE_WORDS = re.compile(r"(?:[\s\ufeff\u200b]|</?s>|<\|(?!channel|START)\w+\|>(?:assistant)?)+")
_FENCE = "```"
_VALUE = ("{", "[", _FENCE)
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
    items, problem = _in_form(text)
    if items is None:
        from annotate.llm.near_json import read_near  # patterns that few answers need

        near = read_near(_behind_tagged_thoughts(words.strip(), text), _load)
        if near is not None and not (fault := _fault(near, words)):
            return near, ""
        # The problem stays that of the words as they are, whatever kept the rest from being read.
        return None, problem
    if fault := _fault(items, words):
        return None, fault
    return items, ""


def _in_form(text: str) -> tuple[list[Any] | None, str]:
    """Return the annotations in words that have the form asked for, or what is wrong with it."""
    value = _unfenced(text)
    if value is None:
        return None, SEVERAL
    try:
        answer = _load(value)
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
    return answer["annotations"], ""


def _fault(items: list[Any], words: str) -> str:
    """Say what keeps annotations from being used, or ""."""
    if too_deep(items):
        return "the JSON is nested too deeply"
    if len(items) > MOST_ANNOTATIONS or too_many(items):
        return _TOO_MANY
    # Looked for in the text first, since finding it in the value means to write it out again.
    if "\\ud" in words.lower() and _halved(items):
        return "the answer holds half of a surrogate pair; write characters whole"
    return ""


def _load(value: str) -> Any:
    # strict=False: some servers let raw line ends into strings; they harm nothing.
    return json.loads(value, object_pairs_hook=_unique, parse_constant=_refuse, strict=False)


def only_thoughts(words: str) -> bool:
    """Say whether words are a thought that does not end."""
    return _without_thoughts(words.strip()) is None


def unfinished(words: str) -> bool:
    """Say whether words are the beginning of an answer in the form asked for, and no more of it."""
    text = _without_thoughts(words.strip()) or ""
    text = text[max(text.find("{"), 0) :]  # behind a fence that was opened
    try:
        from_json(text)
    except ValueError:
        return begins_answer(text)
    return False


def begins_answer(text: str) -> bool:
    """Say whether a text is an object `{"annotations": …`, or the beginning of one."""
    try:
        begun = from_json(text, allow_partial="trailing-strings")
    except ValueError:
        return False
    return isinstance(begun, dict) and set(begun) <= {"annotations"}


def bare(words: str) -> bool:
    """Say whether words are one JSON value and nothing beside it, as far as their borders tell."""
    stripped = words.strip()
    return stripped.startswith("{") and stripped.endswith("}")


def _without_thoughts(text: str) -> str | None:
    """Return what a model says behind its thoughts, None where a thought does not end.

    Only what stands in front is a thought: in a quote the same tags are words of the document. Some
    endpoints keep the first tag of the first thought to themselves.
    """
    start = _skipped(text, 0)
    while (opened := _OPENS_THOUGHT.match(text, start)) or not text.startswith(_VALUE, start):
        end = _ENDS_THOUGHT.search(text, start)
        if end is None:
            return None if opened else text[start:]
        start = _skipped(text, end.end())
    return text[start:]


def _behind_tagged_thoughts(words: str, text: str) -> str:
    """Return what stands behind thoughts, all `words` where that may be the inside of a value.

    Without a tag in front, what looks like the end of a thought may be a quote of the document.
    """
    from annotate.llm.near_json import OPENS_NEARLY

    opened = _OPENS_THOUGHT.match(words, _skipped(words, 0))
    first = OPENS_NEARLY.search(words, 0, len(words) - len(text))
    return words if first and not opened else text


def _skipped(text: str, start: int) -> int:
    """Return where the words of the model begin: behind what a server left of its template."""
    found = _BEFORE_WORDS.match(text, start)
    return found.end() if found else start


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
