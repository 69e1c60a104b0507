"""What may go wrong with the words of an answer: with their JSON, or with the value in it.

What changes the value (`extra_keys`) goes before what changes its text (`fenced`). A behaviour that
changes one object of the answer takes the first object of the first list that holds one (the first
annotation), else the whole answer.
"""

from __future__ import annotations

import copy
import json
import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from annotate.testing.answers import Answer, Behaviour, Body

# ---- The words ----


def saying(text: str) -> Behaviour:
    """Say this text, whatever was to be said."""
    return lambda answer: replace(answer, said=text)


def empty(answer: Answer) -> Answer:
    """Say nothing."""
    return replace(answer, said="")


def malformed(answer: Answer) -> Answer:
    """Say JSON whose last bracket is missing."""
    return replace(answer, said=answer.text.rstrip()[:-1])


def words_cut(keep: float = 0.5) -> Behaviour:
    """Say only the first part and call it finished."""
    check_share(keep)
    return lambda answer: replace(answer, said=answer.text[: int(len(answer.text) * keep)])


def fenced(answer: Answer) -> Answer:
    """Say it in a Markdown fence."""
    return replace(answer, said=f"```json\n{answer.text}\n```")


def thinking(thought: str = "Let me read {this} first.") -> Behaviour:
    """Think aloud before saying it, as some models do."""
    return lambda answer: replace(answer, said=f"<think>\n{thought}\n</think>\n\n{answer.text}")


def raw_newlines(answer: Answer) -> Answer:
    """Say JSON whose strings hold line ends as they are, which JSON forbids.

    A string without a line end gets one in place of its first space.

    Raises:
        ValueError: when applied to an answer without a string that has either.
    """
    text = json.dumps(_broken_lines(_value(answer)), ensure_ascii=False)
    if _LINE_END not in text:
        raise ValueError("raw_newlines needs an answer with a text of two words")
    return replace(answer, said=text.replace(_LINE_END, "\n"))


def duplicate_keys(answer: Answer) -> Answer:
    """Name each key of an object twice: null first, then the value."""
    value = _value(answer)
    found = _first_object(value)
    whole = json.dumps(found, ensure_ascii=False)
    nulls = json.dumps(dict.fromkeys(found), ensure_ascii=False)
    text = json.dumps(value, ensure_ascii=False)
    return replace(answer, said=text.replace(whole, f"{nulls[:-1]}, {whole[1:]}", 1))


_LINE_END = "\ue000"  # for private use: stands for a line end until the JSON is written


def _broken_lines(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _broken_lines(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_broken_lines(item) for item in value]
    if isinstance(value, str):
        at_end = value.replace("\n", _LINE_END)
        return at_end if at_end != value else value.replace(" ", _LINE_END, 1)
    return value


# ---- The value ----


def changed(change: Callable[[Body], None]) -> Behaviour:
    """Change one object of the answer in place (a copy: what respond returned stays as it is)."""

    def apply(answer: Answer) -> Answer:
        value = _value(answer)
        change(_first_object(value))
        return replace(answer, said=value)

    return apply


def wrong_types(answer: Answer) -> Answer:
    """Give each value of an object another type: 0 for a text or null, a text for all else."""

    def change(found: Body) -> None:
        for key, value in found.items():
            found[key] = 0 if value is None or isinstance(value, str) else "a text"

    return changed(change)(answer)


def extra_keys(answer: Answer) -> Answer:
    """Add a key that nobody asked for to an object."""
    return changed(lambda found: found.update(unasked="really"))(answer)


def not_a_number(key: str = "score") -> Behaviour:
    """Set a key of an object to NaN, which JSON does not know."""
    return changed(lambda found: found.update({key: math.nan}))


def without_keys(*keys: str) -> Behaviour:
    """Take keys from an object."""

    def change(found: Body) -> None:
        for key in keys:
            found.pop(key, None)

    return changed(change)


def invented_quotes(quote: str = "This sentence stands nowhere.", key: str = "quote") -> Behaviour:
    """Let every annotation quote what no document says.

    Raises:
        ValueError: when applied to an answer without annotations.
    """

    def apply(answer: Answer) -> Answer:
        value = _value(answer)
        found = [item for each in value.values() if isinstance(each, list) for item in each]
        if not any(isinstance(item, dict) for item in found):
            raise ValueError("invented_quotes needs an answer with an annotation")
        for item in found:
            if isinstance(item, dict):
                item[key] = quote
        return replace(answer, said=value)

    return apply


def breaks_schema(answer: Answer) -> Answer:
    """Empty the first annotation, or add an empty one: no schema with a required key takes that."""
    value = _value(answer)
    lists = [each for each in value.values() if isinstance(each, list)]
    if lists:
        lists[0][:1] = [{}]
    return replace(answer, said=value if lists else {})


def _value(answer: Answer) -> Body:
    """Return a copy of the value that is said."""
    try:
        value = json.loads(answer.said) if isinstance(answer.said, str) else answer.said
    except ValueError:
        raise ValueError(
            "what changes the value of an answer goes before what changes its text"
        ) from None
    if not isinstance(value, dict) or not value:
        raise ValueError("an object with a key is needed to change the value of an answer")
    return copy.deepcopy(value)


def _first_object(value: Body) -> Body:
    lists = (each for each in value.values() if isinstance(each, list))
    return next((item for each in lists for item in each if isinstance(item, dict) and item), value)


def check_share(keep: float) -> None:
    """Refuse a part to keep that is not a part.

    Raises:
        ValueError: outside 0 ≤ keep < 1.
    """
    if not 0 <= keep < 1:
        raise ValueError(f"{keep}: the part to keep is at least 0 and less than 1")
