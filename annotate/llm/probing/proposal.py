"""The profile of a model, made of what was set and of what was found out about its endpoint."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from annotate.llm.modes import MODES, ResponseMode
from annotate.project.profiles import Profile
from annotate.project.settings import Settings

_SPARE = 1.5  # times what was measured: nobody else asked the server meanwhile
_MINUTE = 60
CHARACTERS_A_TOKEN = 3
"""Fewer than English has, so that what is planned for fits."""

_FEWEST = 256  # tokens: an answer with less room states nothing
_ROUND = 64  # tokens


@dataclass(slots=True)
class Measured:
    """What was found out about an endpoint, as far as it was.

    Attributes:
        settings: as they were given, with the parameters as the endpoint takes them.
        limit: the most tokens of an answer that is asked for.
        mode: the best that it takes.
        context: tokens of prompt and answer together.
        most_written: the most tokens of an answer that it allows.
        prompt_tokens: that a request has without any text.
        reading: seconds until the prompt's own request was answered.
        speed: tokens a second that it writes.
        places: requests that it works on at once, None for all that were sent.
    """

    settings: Settings
    limit: int
    mode: ResponseMode | None = None
    context: int | None = None
    most_written: int | None = None
    prompt_tokens: int = 0
    reading: float = 0.0
    speed: float | None = None
    places: int | None = None

    @property
    def answer_tokens(self) -> int:
        """The most tokens of an answer for which there is room beside a whole chunk; 0 for none."""
        most = min(self.limit, self.most_written or self.limit)
        if self.context is None:
            return most
        chunk = self.settings.chunk_size // CHARACTERS_A_TOKEN
        room = self.context - self.prompt_tokens - chunk
        return most if room >= most else room // _ROUND * _ROUND if room >= _FEWEST else 0

    @property
    def slowest(self) -> float:
        """Seconds that the longest answer takes."""
        writing = (self.answer_tokens or self.limit) / self.speed if self.speed else 0.0
        return _SPARE * (self.reading + writing)


def profile_of(measured: Measured) -> dict[str, Any]:
    """Return the profile: what departs from the defaults, by name."""
    settings = measured.settings
    found: dict[str, Any] = {
        name: value
        for name, field in Profile.model_fields.items()
        if (value := getattr(settings, name)) != field.default
    }
    if _has_credentials(settings.base_url):
        del found["base_url"]
    if measured.mode is not None:
        found["mode"] = measured.mode.name
        loosely = MODES[measured.mode.name].takes_strict and not measured.mode.strict
        found |= {"strict": False} if loosely else {}
    if measured.context is not None:
        found["context"] = measured.context
    if 0 < measured.answer_tokens != measured.limit:
        found["answer_tokens"] = measured.answer_tokens
    if measured.places is not None:
        found["concurrency"] = min(measured.places, settings.concurrency)
    if measured.slowest > settings.timeout:
        found["timeout"] = math.ceil(measured.slowest / _MINUTE) * _MINUTE
    return {name: found[name] for name in Profile.model_fields if name in found}


def _has_credentials(base_url: str) -> bool:
    """Say whether an address may hold a secret, which no file is told."""
    parts = urlsplit(base_url)
    return "@" in parts.netloc or bool(parts.query)
