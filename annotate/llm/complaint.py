"""What an endpoint says is wrong, read from the body of an error in whatever shape it comes.

Servers put the same few facts into objects, lists of objects, texts that hold JSON themselves, and
plain words. So nothing here expects a shape: facts are known by their names, the outermost first.
What stands under other names (what was sent, what a model wrote) is not looked at.
"""

from __future__ import annotations

import json
import re
from collections import deque
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from annotate.llm.extent import crowded

_CODES = ("code", "status", "reason", "error_code")
_TYPES = ("type", "error_type", "class")
_MESSAGES = (
    "message msg detail details error errors raw title description error_description "
    "errormessage error_message innererror metadata caused_by cause previous_errors quotaid"
).split()
_OTHERS = ("param", "loc", "retrydelay", "n_prompt_tokens", "n_ctx", "violations")
_MOST_PLACES = 200  # of a body that are looked at: what is said stands in the first few
_MOST_NAMES = 40
_LONGEST = 4000  # characters of all messages together
_LONGEST_NAME = 100
_PARAMETER = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,59}")
_SECONDS = re.compile(r"(\d{1,6}(?:\.\d{1,9})?)s")


@dataclass(frozen=True, slots=True)
class Complaint:
    """An error as it was understood.

    Attributes:
        status: of the response; of an error that came as an answer, what its body says, else 200.
        names: its codes, statuses and reasons that are no numbers, then its types, each the
            outermost first.
        message: its words in lower case, for matching and never for showing.
        parameter: the parameter that it names, or "".
        pause: seconds that its body asks to wait, None where it asks for none.
        prompt, context: tokens that the request has and that the server has, where it says so in
            numbers of their own.
    """

    status: int
    names: tuple[str, ...] = ()
    message: str = ""
    parameter: str = ""
    pause: float | None = None
    prompt: int | None = None
    context: int | None = None


def read_complaint(status: int, content: bytes) -> Complaint:
    """Read the body of an error; whatever it is, this raises nothing."""
    text = content[: 64 * 1024].decode("utf-8", "replace")
    body = _parsed(text)
    if body is None:
        # A page of HTML is a proxy's, with words about anything.
        words = "" if text.lstrip().startswith("<") else text
        return Complaint(status, message=words[:_LONGEST].lower())
    return complaint_of(status, body)


def complaint_of(status: int, body: Any) -> Complaint:
    """Read the body of an error that is parsed already."""
    found = _Found()
    for key, value in _facts(body):
        found.take(key, value)
    return Complaint(
        found.status if status == 200 and found.status else status,
        (*found.codes, *found.types),
        " ".join(found.messages)[:_LONGEST].lower(),
        found.parameter,
        found.pause,
        found.numbers.get("n_prompt_tokens"),
        found.numbers.get("n_ctx"),
    )


class _Found:
    """What was found so far; what stands further out holds."""

    def __init__(self) -> None:
        self.status = 0
        self.codes: list[str] = []
        self.types: list[str] = []
        self.messages: list[str] = []
        self.parameter = ""
        self.pause: float | None = None
        self.numbers: dict[str, int] = {}

    def take(self, key: str, value: Any) -> None:
        if key in ("n_prompt_tokens", "n_ctx"):
            if type(value) is int and 0 < value < 10**9:
                self.numbers.setdefault(key, value)
        elif key == "retrydelay" and self.pause is None:
            match = _SECONDS.fullmatch(value) if isinstance(value, str) else None
            self.pause = float(match[1]) if match else None
        elif key in ("param", "loc"):
            self.parameter = self.parameter or _parameter(value)
            if isinstance(value, list):
                self.messages += [each for each in value if isinstance(each, str)]
            elif isinstance(value, str):
                self.messages.append(value)
        elif key in _CODES:
            self._name(value, self.codes)
        elif key in _TYPES:
            self._name(value, self.types)
        elif isinstance(value, str):
            self.messages.append(value)

    def _name(self, value: Any, names: list[str]) -> None:
        """Take a code; a number is a status, which some write as a text."""
        if isinstance(value, str) and value.isascii() and value.isdigit():
            value = int(value[:4])
        if type(value) is int and 400 <= value < 600:
            self.status = self.status or value
        elif isinstance(value, str) and value.lower() not in ("", "none", "error"):
            if len(names) < _MOST_NAMES and len(value) <= _LONGEST_NAME:
                names.append(value)
            elif len(value) > _LONGEST_NAME:  # "reason" may be a sentence
                self.messages.append(value)


def _facts(body: Any) -> Iterator[tuple[str, Any]]:
    """Yield what stands under names that mean something, level by level."""
    waiting: deque[tuple[str, Any]] = deque([("error", body)])
    for _ in range(_MOST_PLACES):
        if not waiting:
            return
        key, value = waiting.popleft()
        if isinstance(value, str) and value.lstrip()[:1] in ("{", "[") and key in _MESSAGES:
            inner = _parsed(value)
            value = value if inner is None else inner
        if key == "loc" or not isinstance(value, list | dict):
            yield key, value
        elif isinstance(value, list):
            waiting += [(key, each) for each in value[:_MOST_PLACES]]
        else:
            waiting += [
                (str(name).lower(), each)
                for name, each in list(value.items())[:_MOST_PLACES]
                if _means(str(name).lower())
            ]


def _means(name: str) -> bool:
    return name in _CODES or name in _TYPES or name in _MESSAGES or name in _OTHERS


def _parameter(value: Any) -> str:
    """Return the parameter that a path names: `response_format.type`, or ["body", "tools", 0]."""
    if isinstance(value, list):
        parts = [each for each in value if isinstance(each, str) and each != "body"]
        value = parts[0] if parts else ""
    match = _PARAMETER.match(value) if isinstance(value, str) else None
    return match[0] if match and match[0] != "None" else ""


def _parsed(text: str) -> Any:
    """Return what JSON holds where it is an object or a list, else None."""
    if crowded(text):
        return None
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, Mapping | list) else None
