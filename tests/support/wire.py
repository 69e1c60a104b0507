"""A test server and what a plain client sees of it."""

from __future__ import annotations

import http.client
import json
import socket
from contextlib import closing
from typing import Any
from urllib.parse import urlsplit

import openai

from annotate.testing import Rule, Server
from annotate.testing.answers import Behaviour, Body

ANNOTATION = {"category": "x", "quote": "We keep it.", "sure": True}
VALUE = {"annotations": [ANNOTATION]}
SCHEMA_FORM: Body = {
    "response_format": {
        "type": "json_schema",
        "json_schema": {"name": "r", "schema": {"type": "object"}},
    }
}
TOOL_FORM: Body = {
    "tools": [
        {"type": "function", "function": {"name": "other"}},
        {"type": "function", "function": {"name": "note"}},
    ],
    "tool_choice": {"type": "function", "function": {"name": "note"}},
}


def said(_: Body) -> Body:
    return VALUE


def chat(text: str = "Hello there", **more: Any) -> Body:
    return {"model": "m", "messages": [{"role": "user", "content": text}], **more}


class Wire:
    """One plain connection to a server."""

    def __init__(self, server: Server) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(server.base_url).netloc, timeout=10)

    def send(
        self, method: str, path: str, content: bytes = b"", **headers: str
    ) -> http.client.HTTPResponse:
        self.connection.request(method, path, content, headers)
        return self.connection.getresponse()

    def chat(self, body: Any = None) -> tuple[int, Any]:
        answer = self.send("POST", "/v1/chat/completions", json.dumps(body or chat()).encode())
        return answer.status, json.loads(answer.read())


def ask(server: Server, body: Any = None) -> tuple[int, Any]:
    wire = Wire(server)
    with closing(wire.connection):
        return wire.chat(body)


def answered(*behaviours: Behaviour, body: Any = None) -> tuple[int, Any]:
    """Return status and parsed body of a request that meets `behaviours`."""
    with Server(said, Rule(*behaviours)) as server:
        return ask(server, body)


def words(*behaviours: Behaviour) -> str:
    status, body = answered(*behaviours)
    assert status == 200
    text = body["choices"][0]["message"]["content"]
    assert isinstance(text, str)
    return text


def client(server: Server) -> openai.OpenAI:
    return openai.OpenAI(base_url=server.base_url, api_key="k", max_retries=0)


def raw(server: Server) -> tuple[bytes, bool]:
    """Send a chat over a socket; return all bytes until the end, and whether it was a reset."""
    content = json.dumps(chat()).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nContent-Length: {len(content)}\r\n\r\n"
    address = urlsplit(server.base_url)
    received = b""
    with socket.create_connection((address.hostname, address.port or 0), 10) as peer:
        peer.sendall(head.encode() + content)
        try:
            while piece := peer.recv(65536):
                received += piece
        except ConnectionResetError:
            return received, True
    return received, False


def statuses(server: Server, *texts: str) -> list[int]:
    return [ask(server, chat(text))[0] for text in texts]
