"""What is sent and where, and the key under which its answer is kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any, Self

from pydantic_core import to_json


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
        written: the body as `canonical_json` writes it, where whoever made it knows.
    """

    body: Mapping[str, Any]
    endpoint: str
    repeat: int = 0
    also: tuple[str, ...] = ()
    formerly: tuple[Mapping[str, Any], ...] = ()
    written: str | None = field(default=None, compare=False, repr=False)

    @classmethod
    def from_json(cls, sent: Mapping[str, Any]) -> Self:
        """Return the request that its canonical form, parsed, describes."""
        return cls(sent["body"], sent["endpoint"], sent["repeat"])

    def otherwise_written(self) -> Iterator[Self]:
        """Yield it for other names of its endpoint, and as earlier versions wrote it."""
        for body in (self.body, *self.formerly):
            for name in (self.endpoint, *self.also):
                if body is not self.body:
                    yield replace(
                        self, body=body, endpoint=name, also=(), formerly=(), written=None
                    )
                elif name != self.endpoint:
                    other = replace(self, endpoint=name, also=(), formerly=())
                    other.__dict__["_begun"] = self._begun
                    yield other

    # Both are cached: a body of 50 kB is written out and hashed once, not at each use of its key,
    # and not for each name of its endpoint.

    @cached_property
    def canonical(self) -> str:
        """The request as one canonical line of JSON."""
        return self._begun[0] + self._end

    @cached_property
    def key(self) -> str:
        """SHA-256 of the canonical request: all that is sent belongs to it."""
        hashed = self._begun[1].copy()
        hashed.update(_bytes(self._end))
        return hashed.hexdigest()

    @cached_property
    def _begun(self) -> tuple[str, hashlib._Hash]:
        """The canonical line up to the end of the body, and its hash so far."""
        written = self.written if self.written is not None else canonical_json(self.body)
        begun = f'{{"body":{written}'
        return begun, hashlib.sha256(_bytes(begun))

    @property
    def _end(self) -> str:
        return (
            f',"endpoint":{canonical_json(self.endpoint)},"repeat":{canonical_json(self.repeat)}}}'
        )


def canonical_json(value: object) -> str:
    """Write a value as it stands in keys: sorted, without spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def encode(body: Mapping[str, Any]) -> bytes:
    """Return a body as it is sent; lone surrogates, which are not valid UTF-8, as JSON escapes.

    Keys keep their order: endpoints write an answer's keys in the order of the schema.
    """
    try:
        return to_json(body)  # seven times as fast as json.dumps on bodies of 50 kB
    except ValueError:
        return json.dumps(body, separators=(",", ":")).encode()
