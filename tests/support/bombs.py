"""What a hostile endpoint may answer, by its name; for `tests.support.hostile.Hostile`."""

from __future__ import annotations

import gzip
import json
import threading
import time
import zlib
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import chain, repeat

from tests.support.hostile import Asked, response
from tests.support.transports import completion

MIB = 1024 * 1024
_OK = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _OK + b"transfer-encoding: chunked\r\n\r\n"
_GZIP = "content-encoding: gzip"


def _endless(head: bytes, piece: bytes = b" " * 65536) -> Iterator[bytes]:
    return chain([head], repeat(piece))


def _slowly(head: bytes, piece: bytes = b" ") -> Iterator[bytes]:
    yield head
    while True:
        time.sleep(0.05)
        yield piece


@cache
def _zeros(size: int) -> bytes:
    """Return gzip of so many blanks: a thousandth of their number."""
    packer = zlib.compressobj(9, wbits=31)
    return b"".join(packer.compress(b" " * MIB) for _ in range(size // MIB)) + packer.flush()


def _said(words: str) -> bytes:
    return response(json.dumps(completion(words), ensure_ascii=False).encode())


def _annotations(inner: str, characters: int) -> bytes:
    listed = ",".join([inner] * (characters // (len(inner) + 1)))
    return _said(f'{{"annotations": [{listed}]}}')


def _beside(inner: str) -> bytes:
    """Return a completion with something else beside it that fills what a body may have."""
    listed = ",".join([inner] * (2 * MIB // (len(inner) + 1) - 200))
    return response(f'{json.dumps(completion())[:-1]}, "x": [{listed}]}}'.encode())


BOMBS: dict[str, Callable[[], Iterable[bytes]]] = {
    # Bodies without an end, or longer than any answer.
    "endless body": lambda: _endless(_OK + b"\r\n"),
    "endless chunks": lambda: _endless(_CHUNKED, b"10000\r\n" + b" " * 65536 + b"\r\n"),
    "endless error": lambda: _endless(b"HTTP/1.1 400 Bad\r\n\r\n", b'{"error": ' * 8000),
    "announced": lambda: _endless(_OK + b"content-length: 99999999999999\r\n\r\n"),
    "30 MiB": lambda: [response(b" " * (30 * MIB))],
    # Compression.
    "gzip bomb": lambda: [response(_zeros(64 * MIB), 200, _GZIP)],
    "endless gzip": lambda: _endless(_OK + f"{_GZIP}\r\n\r\n".encode(), _zeros(64 * MIB)),
    "empty members": lambda: _endless(_OK + f"{_GZIP}\r\n\r\n".encode(), gzip.compress(b"") * 999),
    "gzip of an error": lambda: [response(_zeros(64 * MIB), 400, _GZIP)],
    "no gzip": lambda: [response(b"no" * 999, 400, _GZIP)],
    "half of a gzip": lambda: [response(_zeros(MIB)[:400], 200, _GZIP, "x: 1")],
    "brotli": lambda: [response(b"\x8f" * 999, 200, "content-encoding: br")],
    "twice": lambda: [response(gzip.compress(_zeros(MIB)), 200, "content-encoding: gzip, gzip")],
    # Heads and frames without an end.
    "endless headers": lambda: _endless(_OK, b"x: y\r\n" * 999),
    "endless header": lambda: _endless(_OK + b"x: "),
    "endless status": lambda: _endless(b"HTTP/1.1 200 "),
    "endless size": lambda: _endless(_CHUNKED, b"0" * 65536),
    "endless extension": lambda: _endless(_CHUNKED + b"1;x=", b"y" * 65536),
    "endless trailers": lambda: _endless(_CHUNKED + b"0\r\n", b"x: y\r\n" * 999),
    # Answers whose values take more than their bytes.
    "values": lambda: [_beside("{}")],
    "nested": lambda: [_beside("[[[[]]]]")],
    "deep": lambda: [response(b'{"choices": ' + b"[" * MIB)],
    "annotations": lambda: [_annotations("{}", 390_000)],
    "lists": lambda: [_annotations(f"[{'[],' * 4000}[]]", 390_000)],
    "quotes": lambda: [_annotations('{"category": "impact", "quote": "slow"}', 40_000)],
    "keys": lambda: [_said(json.dumps({"annotations": [{f"k{n}": n for n in range(5_000)}]}))],
    "one wide letter": lambda: [_said("x" * 1_900_000 + "\U0001f600")],
    "one wide quote": lambda: [_annotations(f'{{"quote": "{"x" * 390_000}\U0001f600"}}', 399_900)],
    # Slowly, for ever.
    "slow body": lambda: _slowly(_OK + b"\r\n"),
    "slow head": lambda: _slowly(_OK, b"x: y\r\n"),
    "slow hints": lambda: _slowly(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n"),
}


@cache
def _whole(kind: str) -> bytes | None:
    """Return a bomb that has an end, made once; None where it has none."""
    made = BOMBS[kind]()
    return made[0] if isinstance(made, list) else None


def _made(kind: str) -> Iterable[bytes]:
    whole = _whole(kind)
    return BOMBS[kind]() if whole is None else [whole]


class Once:
    """Answers with the bomb that the path names; the same request again with 400, so it ends."""

    def __init__(self) -> None:
        self._seen: set[tuple[str, bytes]] = set()
        self._lock = threading.Lock()  # a bomb is made once, and not by every thread

    def __call__(self, asked: Asked) -> Iterable[bytes]:
        with self._lock:
            if (asked.line, asked.body) in self._seen:
                return [response(b"{}", 400)]
            self._seen.add((asked.line, asked.body))
            return _made(asked.line.split("/")[2].replace("%20", " "))
