"""What is sent and where, and the key under which its answer is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any, Self

from annotate.llm.written import Written, canonical_json, encode


@dataclass(frozen=True)
class Request:
    """What is sent, and where.

    Attributes:
        body: the JSON body of a chat completion.
        endpoint: what stands for it: the base URL without credentials, query or fragment, or the
            name that a profile gives it.
        repeat: which of several independent samples of the same body this is, from 0.
        also: other names of the endpoint, under which an answer may be kept already. What was
            kept under one of them was asked of the same server.
        formerly: bodies in which earlier versions asked the same; what was paid for stays usable.
        written: the body as it is written, where whoever made it knows.
    """

    body: Mapping[str, Any]
    endpoint: str
    repeat: int = 0
    also: tuple[str, ...] = ()
    formerly: tuple[Mapping[str, Any], ...] = ()
    written: Written | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_json(cls, sent: Mapping[str, Any]) -> Self:
        """Return the request that its canonical form, parsed, describes."""
        return cls(sent["body"], sent["endpoint"], sent["repeat"])

    @cached_property
    def otherwise_written(self) -> tuple[Self, ...]:
        """The same for other names of its endpoint, and as earlier versions wrote it."""
        names = [name for name in self.also if name != self.endpoint]
        others = [replace(self, endpoint=name, also=(), formerly=()) for name in names]
        for body in self.formerly:
            others += [
                replace(self, body=body, endpoint=name, also=(), formerly=(), written=None)
                for name in (self.endpoint, *self.also)
            ]
        return tuple(others)

    @property
    def canonical(self) -> str:
        """The request as one canonical line of JSON."""
        if self.written is not None:
            return self.written.line(self._end)
        return f'{{"body":{canonical_json(self.body)}{self._end}'

    @cached_property
    def key(self) -> str:
        """SHA-256 of the canonical request: all that is sent belongs to it."""
        if self.written is not None:
            return self.written.key(self._end)
        return hashlib.sha256(self.canonical.encode("utf-8", "surrogatepass")).hexdigest()

    @property
    def quoted(self) -> str:
        """The canonical line as a JSON string, as it is kept beside its answer."""
        if self.written is not None:
            return self.written.quoted(self._end)
        return encode_basestring(self.canonical)

    @property
    def content(self) -> bytes:
        """The body as it is sent."""
        return encode(self.body) if self.written is None else self.written.content()

    @cached_property
    def _end(self) -> str:
        return (
            f',"endpoint":{canonical_json(self.endpoint)},"repeat":{canonical_json(self.repeat)}}}'
        )
