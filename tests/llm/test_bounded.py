"""A body is read in pieces within a bound, as it is sent and as it is decompressed."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
import zlib
from collections.abc import AsyncIterator, Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import AnnotateError
from annotate.llm import bounded
from annotate.llm.connection import Connection
from annotate.llm.errors import CallFailed, TransientError
from tests.support.bombs import BOMBS, MIB, Once
from tests.support.hostile import Hostile, response
from tests.support.typed import KEY

PIECE = 64 * 1024


class Pieces:
    """A body in these pieces; `taken` is how many bytes of it were read."""

    def __init__(self, pieces: Iterable[bytes]) -> None:
        self.taken = 0
        self.closed = False
        self._pieces = pieces

    async def sent(self) -> AsyncIterator[bytes]:
        try:
            for piece in self._pieces:
                self.taken += len(piece)
                yield piece
        finally:
            self.closed = True


def read(
    pieces: Iterable[bytes], most: int, *, coding: str = "", status: int = 200, length: int = 0
) -> tuple[list[bytes], Pieces]:
    """Read a body; return the pieces that come out, and what went in."""
    headers = {"content-encoding": coding} | ({"content-length": str(length)} if length else {})
    stream = Pieces(pieces)
    read.stream = stream  # type: ignore[attr-defined]

    async def go() -> list[bytes]:
        return [piece async for piece in bounded.bounded(status, headers, stream.sent(), most)]

    return asyncio.run(go()), stream


def refused(pieces: Iterable[bytes], most: int, **how: object) -> tuple[Exception, Pieces]:
    with pytest.raises((AnnotateError, TransientError)) as error:
        read(pieces, most, **how)  # type: ignore[arg-type]
    return error.value, read.stream  # type: ignore[attr-defined]


def endless(piece: bytes) -> Iterable[bytes]:
    while True:
        yield piece


@given(
    st.lists(st.binary(max_size=300), max_size=8),
    st.sampled_from(["", "identity", "gzip", "X-GZIP"]),
    st.integers(1, 400),
)
def test_what_is_within_the_bound_comes_out_as_it_was(
    members: list[bytes], coding: str, cut: int
) -> None:
    packed = coding.lower().endswith("gzip")
    sent = b"".join(map(gzip.compress, members)) if packed else b"".join(members)
    pieces = [sent[at : at + cut] for at in range(0, len(sent), cut)]
    out, _ = read(pieces, max(len(sent), 3000), coding=coding)
    assert b"".join(out) == b"".join(members)


def test_a_body_may_be_as_large_as_the_bound_and_no_larger() -> None:
    out, _ = read([b"x" * 1000], 1000)
    assert len(b"".join(out)) == 1000
    assert isinstance(refused([b"x" * 1001], 1000)[0], CallFailed)


def test_no_more_than_the_bound_is_taken_from_the_wire() -> None:
    error, stream = refused(endless(b" " * PIECE), MIB)
    assert "more than 1 MiB" in str(error)
    assert stream.taken <= MIB + PIECE
    assert stream.closed


def test_what_is_announced_to_be_larger_is_not_read() -> None:
    error, stream = refused(endless(b" "), MIB, length=MIB + 1)
    assert "more than 1 MiB" in str(error)
    assert stream.taken == 0


def test_a_few_bytes_that_stand_for_many_are_decompressed_piece_by_piece() -> None:
    packed = zlib.compressobj(9, wbits=31)
    bomb = packed.compress(b" " * (64 * MIB)) + packed.flush()
    inflating = bounded._Inflating()
    assert {len(piece) for piece in inflating.pieces(bomb)} == {PIECE}
    error, _ = refused([bomb], MIB, coding="gzip")
    assert "more than 1 MiB" in str(error)


def test_compression_that_stands_for_nothing_ends_early() -> None:
    error, stream = refused(endless(gzip.compress(b"")), MIB, coding="gzip")
    assert str(error) == "the endpoint's compression is broken"
    assert stream.taken <= 1001 * len(gzip.compress(b""))


@pytest.mark.parametrize("coding", ["br", "zstd", "deflate", "compress", "gzip, gzip", "gzip,br"])
def test_a_compression_that_was_not_asked_for_is_named_and_not_tried(coding: str) -> None:
    error, stream = refused([b"\0" * 99], MIB, coding=coding)
    assert "compresses its answer as it was not asked to" in str(error)
    assert stream.taken == 0


@pytest.mark.parametrize("body", [b"no gzip", gzip.compress(b"x" * 999, mtime=0)[:-9], b"\x1f\x8b"])
def test_broken_compression_may_pass(body: bytes) -> None:
    error, _ = refused([body], MIB, coding="gzip")
    assert isinstance(error, TransientError)
    assert str(error) == "the endpoint's compression is broken"


def test_of_an_error_the_beginning_is_read_however_long_it_is() -> None:
    out, stream = read(endless(b"x" * 1000), MIB, status=500)
    assert len(b"".join(out)) == PIECE
    assert stream.closed
    assert read([], MIB, status=500, coding="gzip")[0] == []


def test_only_gzip_is_asked_for() -> None:
    """Whatever else is installed: aiohttp would ask for brotli and zstd where it finds them."""

    async def go() -> None:
        connection = Connection(server.base_url, KEY, timeout=20)
        try:
            await connection.get("/models")
        finally:
            await connection.close()

    with Hostile(lambda _: [response(b"{}")]) as server:
        asyncio.run(go())
        assert "accept-encoding: gzip\n" in server.asked[0].head.lower().replace("\r", "")


# ---- Over HTTP ----

ENDING = [kind for kind in BOMBS if not kind.startswith("slow")]


@pytest.mark.parametrize("kind", ENDING)
def test_every_hostile_answer_ends(kind: str) -> None:
    from annotate.llm.client import Client

    async def go() -> object:
        client = Client(f"{server.base_url}/{kind}", KEY, timeout=20)
        try:
            return await client.send(json.dumps({"messages": "Text."}).encode())
        except (AnnotateError, TransientError) as error:
            return error
        finally:
            await client.close()

    with Hostile(Once()) as server:
        ended = asyncio.run(go())
    if isinstance(ended, Exception):
        assert len(str(ended)) < 200
        assert str(ended).isprintable()


def test_a_download_has_its_own_bound_and_leaves_nothing_half() -> None:
    async def go(most: int) -> bytes:
        connection = Connection(server.base_url, KEY, timeout=20, most_bytes=most)
        out = io.BytesIO()
        try:
            await connection.download("/files/file-1/content", out.write)
        finally:
            await connection.close()
        return out.getvalue()

    with Hostile(lambda _: [response(b"x" * (3 * MIB))]) as server:
        assert len(asyncio.run(go(4 * MIB))) == 3 * MIB
        with pytest.raises(CallFailed, match="more than 1 MiB"):
            asyncio.run(go(MIB))
