"""The part of a request that makes an endpoint answer in a schema, one form a mode.

instructor knows how each mode asks (a named tool, a JSON schema, plain JSON with the schema in the
messages); what it leaves out is put in here: the strict JSON schema, with `strict` and
`additionalProperties` on the wire. A form depends on schema and mode alone, so it is prepared once
and kept in the cache, and a run that is answered from there imports no instructor.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, Literal

from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.store import Cache
from annotate.schema.categories import Schema

Mode = Literal["json_schema", "tools", "json"]
"""How the answer is asked for: a JSON schema that the endpoint enforces, a named tool, or plain
JSON with the schema in the messages."""

MODES: tuple[Mode, ...] = ("json_schema", "tools", "json")
_FORMAT = 1  # of what is kept; raised with what is put in here


@dataclass(frozen=True, slots=True)
class Form:
    """What a mode adds to a request.

    Attributes:
        body: keys beside the messages.
        system: text behind the system message.
    """

    body: Mapping[str, Any]
    system: str = ""

    def fill(self, messages: Sequence[Mapping[str, str]]) -> dict[str, Any]:
        """Return the body of a request with these messages."""
        sent = [dict(message) for message in messages]
        if self.system:
            sent[0]["content"] += f"\n\n{self.system}"
        return {"messages": sent, **copy.deepcopy(dict(self.body))}


def form(schema: Schema, mode: Mode, strict: bool, cache: Cache) -> Form:
    """Return the form of `mode` for `schema`, from the cache where it was prepared before."""
    name = f"{_FORMAT}:{version('instructor')}:{schema.fingerprint}:{mode}:{strict}"
    kept = cache.prepared.get(Kind.REQUEST_FORM, name)
    if isinstance(kept, dict) and set(kept) == {"body", "system"}:
        return Form(kept["body"], kept["system"])
    made = prepared(schema, mode, strict)
    cache.prepared.put(Kind.REQUEST_FORM, name, {"body": dict(made.body), "system": made.system})
    return made


def prepared(schema: Schema, mode: Mode, strict: bool) -> Form:
    """Let instructor prepare an empty request, and put the strict schema into it."""
    from instructor import Mode as InstructorMode
    from instructor.v2.core.providers import Provider
    from instructor.v2.core.registry import mode_registry

    modes = {
        "json_schema": InstructorMode.JSON_SCHEMA,
        "tools": InstructorMode.TOOLS,
        "json": InstructorMode.JSON,
    }
    handlers = mode_registry.get_handlers(Provider.OPENAI, modes[mode])
    _, asked = handlers.request_handler(
        schema.reply_model, {"messages": [{"role": "system", "content": ""}]}
    )
    body = {key: value for key, value in asked.items() if key != "messages"}
    wire = without_descriptions(schema.json_schema)
    if mode == "tools":
        function = body["tools"][0]["function"]
        function["parameters"] = wire
        function.update({"strict": True} if strict else {})
    elif mode == "json_schema":
        described = body["response_format"]["json_schema"]
        described["schema"] = wire
        described.update({"strict": True} if strict else {})
    return Form(body, _schema_text(wire) if mode == "json" else "")


def _schema_text(wire: Mapping[str, Any]) -> str:
    return (
        "Answer with one JSON object and nothing else. It has to fit this JSON schema:\n"
        + json.dumps(wire, ensure_ascii=False)
    )


def without_descriptions(node: Any) -> Any:
    """Drop descriptions from a JSON schema: the prompt carries the definitions already."""
    if isinstance(node, list):
        return [without_descriptions(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {
        key: (
            {name: without_descriptions(child) for name, child in value.items()}
            if key in ("properties", "$defs")
            else without_descriptions(value)
        )
        for key, value in node.items()
        if not (key == "description" and isinstance(value, str))
    }
