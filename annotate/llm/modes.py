"""How an endpoint is made to answer in a schema: the registry of response modes.

instructor knows how each mode asks (a named tool, a JSON schema, plain JSON with the schema in the
messages), and `annotate.llm.forms` keeps what it prepares; what it leaves out is put in here: the
strict JSON schema, with `strict` and `additionalProperties` on the wire. What a mode adds to a
request depends on mode and schema alone, so it is prepared once and kept in the cache.

A new mode is an entry of `MODES`, and its name one of `annotate.project.response_modes`.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Protocol

from annotate.llm.cache.prepared import Kind, Prepared
from annotate.llm.endpoint import identity, other_identities
from annotate.llm.forms import empty_form, write
from annotate.project.response_modes import ModeName
from annotate.project.settings import Settings, resolve_settings
from annotate.project.tasks import load_task

if TYPE_CHECKING:
    from pydantic import BaseModel

_FORMAT = 1  # of the forms that are kept; raised with what is put into them here


class AnswerForm(Protocol):
    """What an answer has to fit: a schema, or the form of another question."""

    @property
    def reply_model(self) -> type[BaseModel]:
        """The pydantic model of an answer, which holds a list of `annotations`."""

    @property
    def json_schema(self) -> dict[str, Any]:
        """Its JSON schema, inside the limits of OpenAI's strict mode."""

    @property
    def fingerprint(self) -> str:
        """What tells it from others."""


@dataclass(frozen=True, slots=True)
class ResponseMode:
    """How the answer is asked for.

    Attributes:
        name: a key of `MODES`.
        strict: whether the schema is called strict, so that the endpoint enforces all of it.
    """

    name: ModeName
    strict: bool


@dataclass(frozen=True, slots=True)
class RequestForm:
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


# ---- The registry ----


@dataclass(frozen=True, slots=True)
class ModeDefinition:
    """What a mode is.

    Attributes:
        instructor: the name of instructor's mode that prepares its requests.
        finish: puts a JSON schema into the body that instructor prepared, called strict or not.
        takes_strict: whether a request has a place for `strict`.
    """

    instructor: str
    finish: Callable[[dict[str, Any], Mapping[str, Any], bool], RequestForm]
    takes_strict: bool = True


def _in_response_format(body: dict[str, Any], wire: Mapping[str, Any], strict: bool) -> RequestForm:
    described = body["response_format"]["json_schema"]
    described["schema"] = wire
    described.update({"strict": True} if strict else {})
    return RequestForm(body)


def _in_tool(body: dict[str, Any], wire: Mapping[str, Any], strict: bool) -> RequestForm:
    function = body["tools"][0]["function"]
    function["parameters"] = wire
    function.update({"strict": True} if strict else {})
    return RequestForm(body)


def _in_words(body: dict[str, Any], wire: Mapping[str, Any], strict: bool) -> RequestForm:
    # Part of every request in this mode: another wording asks everything anew.
    asked = "Answer with one JSON object and nothing else. It has to fit this JSON schema:\n"
    return RequestForm(body, asked + json.dumps(wire, ensure_ascii=False))


MODES: Mapping[ModeName, ModeDefinition] = {
    "json_schema": ModeDefinition("JSON_SCHEMA", _in_response_format),
    "tools": ModeDefinition("TOOLS", _in_tool),
    "json": ModeDefinition("JSON", _in_words, takes_strict=False),
}
"""From the mode that binds a model most to the one that binds it least; `doctor` tries them in this
order, and the first is what is used where nothing was tried."""


# ---- The form of a request ----


def request_form(schema: AnswerForm, mode: ResponseMode, prepared: Prepared) -> RequestForm:
    """Return what `mode` adds to the requests for `schema`; kept once it was prepared."""
    # Mode and strict as they were written before there was a ResponseMode: older caches hold these.
    parts = (_FORMAT, version("instructor"), schema.fingerprint, mode.name, mode.strict)
    name = ":".join(map(str, parts))
    kept = prepared.get(Kind.REQUEST_FORM, name)
    if isinstance(kept, dict) and set(kept) == {"body", "system"}:
        return RequestForm(kept["body"], kept["system"])
    made = prepare_form(schema, mode)
    prepared.put(Kind.REQUEST_FORM, name, {"body": dict(made.body), "system": made.system})
    return made


def prepare_form(schema: AnswerForm, mode: ResponseMode) -> RequestForm:
    """Put the strict schema into the form that instructor prepares."""
    definition = MODES[mode.name]
    body = empty_form(definition.instructor, schema.reply_model)
    for tool in body.get("tools", ()):  # what is kept is that of annotations
        tool["function"]["description"] = schema.json_schema["description"]
    return definition.finish(body, without_descriptions(schema.json_schema), mode.strict)


def write_forms() -> None:
    """Keep anew what instructor prepares for each mode; of any schema, it is the same."""
    model = load_task(resolve_settings({}).task).schema.reply_model
    write((each.instructor for each in MODES.values()), model)


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
        # An attribute may be called "description": as a name it stands above a schema, not a text.
        if not (key == "description" and isinstance(value, str))
    }


# ---- The mode of a run ----


def resolve_mode(settings: Settings, prepared: Prepared) -> ResponseMode:
    """Return the mode to ask in.

    As set; with mode auto as `annotate doctor` found it for this endpoint and model, else the first
    of `MODES`.
    """
    if settings.mode != "auto":
        return ResponseMode(settings.mode, settings.strict)
    names = (identity(settings), *other_identities(settings))
    known = (prepared.get(Kind.RESPONSE_MODE, f"{each}:{settings.model}") for each in names)
    found = next((each for each in known if each is not None), None)
    # Checked, since whoever may write into a shared cache could name anything here.
    if isinstance(found, dict) and found.get("mode") in MODES:
        return ResponseMode(found["mode"], bool(found.get("strict")) and settings.strict)
    return ResponseMode(next(iter(MODES)), settings.strict)


def next_mode(mode: ResponseMode, refused: str, settings: Settings) -> ResponseMode | None:
    """Return the mode to ask in where an endpoint refuses `mode`, None where none is left.

    `refused` is what of it the endpoint names, or "": some take a schema but not the word "strict".
    """
    if mode.strict and refused == "strict":
        return ResponseMode(mode.name, False)
    names = list(MODES)
    for name in names[names.index(mode.name) + 1 :]:
        return ResponseMode(name, settings.strict and MODES[name].takes_strict)
    return None


def keep_mode(settings: Settings, prepared: Prepared, mode: ResponseMode) -> None:
    """Keep the mode that an endpoint was found to take, for runs with mode auto."""
    found = {"mode": mode.name, "strict": mode.strict}
    prepared.put(Kind.RESPONSE_MODE, f"{identity(settings)}:{settings.model}", found)
