"""Write the body of a request: as it stands in keys, as it is sent, and quoted beside its answer.

A body of 50 kB differs in a few hundred characters from the others of its pass. What they share is
written, hashed and quoted once.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from functools import cached_property
from json.encoder import encode_basestring
from typing import Any

from pydantic_core import to_json


def canonical_json(value: object) -> str:
    """Write a value as it stands in keys: sorted, without spaces."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def encode(body: Mapping[str, Any]) -> bytes:
    """Return a body as it is sent; lone surrogates, which are not valid UTF-8, as JSON escapes.

    Keys keep their order: endpoints write an answer's keys in the order of the schema.
    """
    try:
        return to_json(body)  # seven times as fast as json.dumps on bodies of 50 kB
    except ValueError:
        return json.dumps(body, separators=(",", ":")).encode()


class Frame:
    """What the bodies of a pass have in common: all but the last of their messages.

    Args:
        shared: a body with the messages that stand in each of them, at least one.
    """

    def __init__(self, shared: Mapping[str, Any]) -> None:
        self._shared = shared
        names = sorted(shared)
        values = [f"{canonical_json(name)}:{canonical_json(shared[name])}" for name in names]
        place = names.index("messages") + 1
        self.before = '{"body":{' + ",".join(values[:place]).removesuffix("]")
        self.after = "]" + "".join(f",{value}" for value in values[place:]) + "}"

    def body(self, own: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
        """Return the body with these messages behind those that all have."""
        return {**self._shared, "messages": [*self._shared["messages"], *own]}

    def written(self, own: Sequence[Mapping[str, Any]]) -> Written:
        """Return that body as it is written."""
        return Written(self, own)

    @cached_property
    def hashed(self) -> hashlib._Hash:
        """The hash of what stands before; to be copied."""
        return hashlib.sha256(_hashable(self.before))

    @cached_property
    def quoted(self) -> tuple[str, str]:
        """Both ends as they stand inside a JSON string."""
        return _quoted(self.before), _quoted(self.after)

    @cached_property
    def sent(self) -> tuple[bytes, bytes]:
        """Both ends as they are sent; raises ValueError for what is not valid UTF-8."""
        names = list(self._shared)
        place = names.index("messages") + 1
        before = to_json({name: self._shared[name] for name in names[:place]})
        behind = to_json({name: self._shared[name] for name in names[place:]})
        comma = b"," if len(names) > place else b""
        return before.removesuffix(b"]}"), b"]" + comma + behind.removeprefix(b"{")


class Written:
    """A body between the ends that it shares with others, and the canonical lines it begins."""

    def __init__(self, frame: Frame, own: Sequence[Mapping[str, Any]]) -> None:
        self._frame = frame
        self._messages = own
        self._own = "".join(f",{canonical_json(each)}" for each in own)

    def line(self, end: str) -> str:
        """Return the canonical line that ends so."""
        return self._frame.before + self._own + self._frame.after + end

    def key(self, end: str) -> str:
        """Return the SHA-256 of that line."""
        hashed = self._hashed.copy()
        hashed.update(_hashable(end))
        return hashed.hexdigest()

    @cached_property
    def _hashed(self) -> hashlib._Hash:
        """The hash up to the end of the body: the same under every name of the endpoint."""
        hashed = self._frame.hashed.copy()
        hashed.update(_hashable(self._own + self._frame.after))
        return hashed

    def quoted(self, end: str) -> str:
        """Return that line as a JSON string."""
        before, after = self._frame.quoted
        return f'"{before}{_quoted(self._own)}{after}{_quoted(end)}"'

    def content(self) -> bytes:
        """Return the body as it is sent, as `encode` writes it."""
        try:
            before, after = self._frame.sent
            return b"".join([before, *(b"," + to_json(each) for each in self._messages), after])
        except ValueError:
            return encode(self._frame.body(self._messages))


def _hashable(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _quoted(text: str) -> str:
    return encode_basestring(text)[1:-1]
