"""Read the body of a response in pieces, within a bound that holds before and after decompression.

Imported with the first request, since httpx2 is. What httpx2 would decompress on its own has no
bound, so that a body reaches it decompressed.
"""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator

import httpx2

from annotate.llm.errors import CallFailed, TransientError

ACCEPTED = "gzip"
"""The one compression that is asked for: every server that compresses knows it."""

_GZIP = ("gzip", "x-gzip")
_BROKEN = "the endpoint's compression is broken"
_MOST_MEMBERS = 1000  # each costs more than its bytes
_PIECE = 64 * 1024
_MOST_OF_AN_ERROR = 64 * 1024  # the code stands in its first lines


def bound(response: httpx2.Response, most: int) -> None:
    """Let the body of a response be read up to `most` bytes; of an error, its beginning alone.

    Raises:
        CallFailed: where it announces more, or a compression that was not asked for.
    """
    coding = response.headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", *_GZIP):
        raise CallFailed(
            "the endpoint compresses its answer as it was not asked to", exhausted=True
        )
    if response.is_success and _announced(response) > most:
        raise _too_much(most)
    # It is not compressed any more when httpx2 sees it.
    response.headers.pop("content-encoding", None)
    stream = response.stream
    assert isinstance(stream, httpx2.AsyncByteStream)  # noqa: S101 (the client is asynchronous)
    response.stream = _Bounded(stream, most if response.is_success else None, coding in _GZIP)


def _announced(response: httpx2.Response) -> int:
    length = response.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def _too_much(most: int) -> CallFailed:
    return CallFailed(
        f"the endpoint sends more than {most // 2**20} MiB, which no answer takes", exhausted=True
    )


class _Bounded(httpx2.AsyncByteStream):
    """A body that ends within a bound.

    Args:
        most: bytes, as sent and as decompressed; what is longer is an error. None for a body that
            is cut without a word where an error's is.
    """

    def __init__(self, inner: httpx2.AsyncByteStream, most: int | None, gzipped: bool) -> None:
        self._inner = inner
        self._most = most
        self._inflating = _Inflating() if gzipped else None

    async def __aiter__(self) -> AsyncIterator[bytes]:
        most = _MOST_OF_AN_ERROR if self._most is None else self._most
        sent = read = 0
        inner = self._inner.__aiter__()
        try:
            async for data in inner:
                sent += len(data)
                for piece in self._inflating.pieces(data) if self._inflating else (data,):
                    read += len(piece)
                    if read > most:
                        break
                    yield piece
                if max(sent, read) > most:
                    if self._most is None:
                        return
                    raise _too_much(most)
        finally:
            if isinstance(inner, AsyncGenerator):  # else it would stay open until it is collected
                await inner.aclose()
        if self._inflating is not None and self._most is not None:
            self._inflating.end()

    async def aclose(self) -> None:
        """Close what it reads from; the connection with it, where that is not at its end."""
        await self._inner.aclose()


class _Inflating:
    """Decompresses gzip in pieces of a fixed size, however much a few bytes stand for."""

    def __init__(self) -> None:
        self._member = _member()
        self._members = 1
        self._began = False

    def pieces(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` stands for.

        Raises:
            TransientError: where it is not gzip.
        """
        self._began = self._began or bool(data)
        while True:
            try:
                piece = self._member.decompress(data, _PIECE)
            except zlib.error:
                raise TransientError(_BROKEN) from None
            if piece:
                yield piece
            if self._member.eof and self._member.unused_data:  # what is compressed may have parts
                data, self._member = self._member.unused_data, _member()
                self._members += 1
                if self._members > _MOST_MEMBERS:
                    raise TransientError(_BROKEN)
                continue
            data = self._member.unconsumed_tail
            if not data and len(piece) < _PIECE:
                return

    def end(self) -> None:
        """Hear that nothing more comes.

        Raises:
            TransientError: where more was announced.
        """
        if self._began and not self._member.eof:
            raise TransientError(_BROKEN)


def _member() -> zlib._Decompress:
    return zlib.decompressobj(zlib.MAX_WBITS | 16)
