"""A model server for tests: real HTTP on the loopback interface, the OpenAI protocol, told to fail.

    from annotate.testing import Rule, Server, behaviours as b

    def respond(body):
        return {"annotations": []}

    rules = [Rule(b.rate_limited(1), first=1), Rule(b.fenced, containing="cookie")]
    with Server(respond, *rules) as server:
        client = openai.OpenAI(base_url=server.base_url, api_key="any")
        ...
        server.requests[0].body["messages"]

What the model says is a plain function from the body of a request to a value; what goes wrong on
the way is a rule. Nothing is patched: the client under test sends and reads real bytes. It is not a
model, and not a server for anything but tests: it has no TLS, checks no key and streams no answer.
"""

from __future__ import annotations

from annotate.testing import behaviours
from annotate.testing.answers import Answer
from annotate.testing.batches import Batching
from annotate.testing.quoting import quote_first
from annotate.testing.scripts import Rule, asks, in_turn
from annotate.testing.server import Server
from annotate.testing.simulation import Errors, SimulatedAnnotator
from annotate.testing.wire import Request

__all__ = [
    "Answer",
    "Batching",
    "Errors",
    "Request",
    "Rule",
    "Server",
    "SimulatedAnnotator",
    "asks",
    "behaviours",
    "in_turn",
    "quote_first",
]
