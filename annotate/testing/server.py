"""The server of a test: a thread with an event loop of its own, for as long as a `with` block."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType

from annotate.testing.answers import Body, Reply, Respond
from annotate.testing.batches import Batching
from annotate.testing.scripts import Rule, Script
from annotate.testing.service import Service
from annotate.testing.wire import Connection, Log, Request

_HOST = "127.0.0.1"
_QUEUE = 1024
_BATCHING = Batching()


def nothing_found(body: Body) -> Reply:
    """Answer that there is nothing: `{"annotations": []}`."""
    return {"annotations": []}


class Server:
    """A model server on the loopback interface, open inside a `with` block.

    `respond` and the rules run in the server's thread, one request at a time; a respond function
    that blocks holds up all requests (use `late`). What it raises is answered with 400 and raised
    again where the block ends.

    Args:
        respond: the model, a function from the body of a chat request to a reply.
        rules: what happens to the replies, applied in order.
        models: names that GET /v1/models lists, with what else it says of each; requests may name
            any.
        batching: how batches go.
        keep: how many requests are kept, the newest; None keeps all.
        port: to listen on; 0 takes a free one.
    """

    def __init__(
        self,
        respond: Respond = nothing_found,
        *rules: Rule,
        models: Sequence[str] | Mapping[str, Body] = ("test-model",),
        batching: Batching = _BATCHING,
        keep: int | None = None,
        port: int = 0,
    ) -> None:
        self._log = Log(keep)
        self._service = Service(Script(respond, rules), models, batching, self._log)
        self._port = port
        self._thread: threading.Thread | None = None
        self._ready = threading.Event()

    @property
    def base_url(self) -> str:
        """What a client takes as its base URL, `/v1` at its end."""
        return f"http://{_HOST}:{self._port}/v1"

    @property
    def requests(self) -> tuple[Request, ...]:
        """All requests in the order of their arrival, those under way among them."""
        return tuple(self._log.requests)

    @property
    def chats(self) -> tuple[Request, ...]:
        """The requests for chat completions."""
        return tuple(each for each in self.requests if each.path.endswith("/chat/completions"))

    @property
    def in_flight(self) -> int:
        """How many requests are under way."""
        return self._log.in_flight

    @property
    def max_in_flight(self) -> int:
        """The most requests that were under way at one time."""
        return self._log.max_in_flight

    def reset(self) -> None:
        """Forget requests, files and batches, and count rules anew; connections stay open."""
        self._log.reset()
        self._service.reset()

    def __enter__(self) -> Server:
        if self._thread is not None:
            raise RuntimeError("this server is running already")
        listener = socket.create_server((_HOST, self._port), backlog=_QUEUE)
        self._port = listener.getsockname()[1]
        self._ready.clear()
        self._thread = threading.Thread(
            target=self._run, args=[listener], name="annotate.testing", daemon=True
        )
        self._thread.start()
        self._ready.wait()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._thread is not None:
            self._loop.call_soon_threadsafe(self._stop.set)
            self._thread.join()
            self._thread = None
        raised = self._service.errors
        if raised and error is None:
            raise raised[0]
        if raised and error is not None:
            error.add_note(f"the test server's respond function failed too: {raised[0]!r}")

    def _run(self, listener: socket.socket) -> None:
        try:
            asyncio.run(self._serve(listener))
        finally:
            self._ready.set()

    async def _serve(self, listener: socket.socket) -> None:
        self._loop = asyncio.get_running_loop()
        self._stop = asyncio.Event()
        open_: set[Connection] = set()
        server = await self._loop.create_server(
            lambda: Connection(self._service.answer, self._log, open_),
            sock=listener,
            backlog=_QUEUE,
        )
        self._ready.set()
        await self._stop.wait()
        server.close()
        await asyncio.sleep(0)  # a connection that was just accepted joins the open ones
        while open_:
            for connection in tuple(open_):
                connection.abort()
            await asyncio.sleep(0)
        await server.wait_closed()
