"""Read a body in pieces, within a bound that holds before and after decompression."""

from __future__ import annotations

import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Iterator, Mapping

from annotate.llm.errors import CallFailed, TransientError

ACCEPTED = "gzip"
"""The one compression that is asked for: every server that compresses knows it."""

_GZIP = ("gzip", "x-gzip")
_BROKEN = "the endpoint's compression is broken"
_MOST_MEMBERS = 1000  # each costs more than its bytes
_PIECE = 64 * 1024
_MOST_OF_AN_ERROR = 64 * 1024  # the code stands in its first lines


def bounded(
    status: int, headers: Mapping[str, str], body: AsyncIterator[bytes], most: int
) -> AsyncIterator[bytes]:
    """Return the body of a response up to `most` bytes, decompressed; of an error, its beginning.

    Args:
        status: of the response.
        headers: known by their names in lower case.
        body: as it is sent.
        most: bytes, as sent and as decompressed; iterating over more raises CallFailed.

    Raises:
        CallFailed: where it announces more, or a compression that was not asked for.
    """
    coding = headers.get("content-encoding", "").strip().lower()
    if coding not in ("", "identity", *_GZIP):
        raise CallFailed(
            "the endpoint compresses its answer as it was not asked to", exhausted=True
        )
    whole = 200 <= status < 300
    if whole and _announced(headers.get("content-length", "")) > most:
        raise _too_much(most)
    return _read(body, most if whole else None, _Inflating() if coding in _GZIP else None)


def _announced(length: str) -> int:
    return int(length) if length.isascii() and length.isdigit() and len(length) < 20 else 0


def _too_much(most: int) -> CallFailed:
    return CallFailed(
        f"the endpoint sends more than {most // 2**20} MiB, which no answer takes", exhausted=True
    )


async def _read(
    body: AsyncIterator[bytes], most: int | None, inflating: _Inflating | None
) -> AsyncIterator[bytes]:
    """Yield a body up to `most` bytes; None where it is cut without a word, as an error's is."""
    bound = _MOST_OF_AN_ERROR if most is None else most
    sent = read = 0
    try:
        async for data in body:
            sent += len(data)
            for piece in inflating.pieces(data) if inflating else (data,):
                yield piece[: bound - read]
                read += len(piece)
                if read > bound:
                    break
            if max(sent, read) > bound:
                if most is None:
                    return
                raise _too_much(most)
    finally:
        await _close(body)
    if inflating is not None and most is not None:
        inflating.end()


async def _close(body: AsyncIterator[bytes]) -> None:
    if isinstance(body, AsyncGenerator):  # else it would stay open until it is collected
        await body.aclose()


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
