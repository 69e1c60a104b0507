"""How each mode asks: instructor's form with the strict schema inside, prepared once."""

import json
import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import Any, get_args

import pytest

from annotate.annotation import Annotation
from annotate.llm import forms
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.store import Cache
from annotate.llm.modes import (
    MODES,
    RequestForm,
    ResponseMode,
    prepare_form,
    request_form,
    without_descriptions,
)
from annotate.pipeline.run import run
from annotate.project.response_modes import ModeName
from annotate.testing import Server
from schemas.incident_report import SCHEMA
from tests.conftest import ROOT
from tests.support.prompting import HOSTILE, project

FORMS = forms.KEPT
MESSAGES = [{"role": "system", "content": "Annotate."}, {"role": "user", "content": "Text."}]


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path / "p"))
    monkeypatch.setenv("OPENAI_API_KEY", "sk-any")
    return tmp_path / "p"


def objects(node: Any) -> list[dict[str, Any]]:
    """Return every object schema in a JSON schema."""
    if isinstance(node, list):
        return [found for each in node for found in objects(each)]
    if not isinstance(node, dict):
        return []
    here = [node] if node.get("type") == "object" else []
    return here + [found for each in node.values() for found in objects(each)]


def schema_in(body: dict[str, Any], mode: ModeName) -> Any:
    """Return the JSON schema that a body holds, and whether it is called strict."""
    if mode == "tools":
        function = body["tools"][0]["function"]
        return function["parameters"], function.get("strict", False)
    if mode == "json_schema":
        described = body["response_format"]["json_schema"]
        return described["schema"], described.get("strict", False)
    return json.loads(body["messages"][0]["content"].rsplit("\n", 1)[1]), False


def test_every_mode_that_can_be_named_is_in_the_registry() -> None:
    assert set(MODES) == set(get_args(ModeName))


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("strict", [True, False])
def test_the_strict_schema_is_in_the_body(mode: ModeName, strict: bool) -> None:
    body = prepare_form(SCHEMA, ResponseMode(mode, strict)).fill(MESSAGES)
    schema, called_strict = schema_in(body, mode)
    assert called_strict is (strict and mode != "json")
    assert schema == without_descriptions(SCHEMA.json_schema)
    assert objects(schema)
    for each in objects(schema):
        assert each["additionalProperties"] is False
        assert sorted(each["required"]) == sorted(each["properties"])


def test_each_mode_asks_as_instructor_does() -> None:
    tools = prepare_form(SCHEMA, ResponseMode("tools", True)).body
    assert set(tools) == {"tools", "tool_choice"}
    assert tools["tool_choice"] == {"type": "function", "function": {"name": "Annotations"}}
    assert tools["tools"][0]["function"]["name"] == "Annotations"
    wanted = prepare_form(SCHEMA, ResponseMode("json_schema", True)).body
    assert set(wanted) == {"response_format"}
    assert wanted["response_format"]["type"] == "json_schema"
    assert wanted["response_format"]["json_schema"]["name"] == "Annotations"
    assert prepare_form(SCHEMA, ResponseMode("json", True)).body == {
        "response_format": {"type": "json_object"}
    }


def test_a_form_adds_to_the_system_message_and_changes_no_other() -> None:
    sent = prepare_form(SCHEMA, ResponseMode("json", True)).fill(MESSAGES)["messages"]
    assert [message["role"] for message in sent] == ["system", "user"]
    assert sent[0]["content"].startswith("Annotate.\n\nAnswer with one JSON object")
    assert sent[1] == MESSAGES[1]
    assert MESSAGES[0]["content"] == "Annotate."  # what was given stays as it was
    for mode in ("json_schema", "tools"):
        assert prepare_form(SCHEMA, ResponseMode(mode, True)).fill(MESSAGES)["messages"] == MESSAGES


def test_two_requests_share_no_part_that_could_be_changed() -> None:
    made = RequestForm({"tools": [{"a": []}]})
    first, second = made.fill(MESSAGES), made.fill(MESSAGES)
    first["tools"][0]["a"].append(1)
    first["messages"][0]["content"] = "changed"
    assert second == made.fill(MESSAGES)


def test_descriptions_go_and_attributes_of_that_name_stay() -> None:
    schema = {
        "description": "gone",
        "properties": {"description": {"type": "string", "description": "gone"}},
        "$defs": {"description": {"enum": ["description"]}},
    }
    assert without_descriptions(schema) == {
        "properties": {"description": {"type": "string"}},
        "$defs": {"description": {"enum": ["description"]}},
    }


@pytest.mark.parametrize("mode", MODES)
def test_a_form_from_the_cache_is_the_one_that_was_prepared(tmp_path: Path, mode: ModeName) -> None:
    with Cache(tmp_path / "c") as cache:
        first = request_form(SCHEMA, ResponseMode(mode, True), cache.prepared)
        again = request_form(SCHEMA, ResponseMode(mode, True), cache.prepared)
        other = request_form(SCHEMA.only(["cause"]), ResponseMode(mode, True), cache.prepared)
    assert (
        first.fill(MESSAGES)
        == again.fill(MESSAGES)
        == prepare_form(SCHEMA, ResponseMode(mode, True)).fill(MESSAGES)
    )
    assert other.fill(MESSAGES) != first.fill(MESSAGES)


def test_a_damaged_form_is_prepared_anew(tmp_path: Path) -> None:
    with Cache(tmp_path / "c") as cache:
        made = request_form(SCHEMA, ResponseMode("tools", True), cache.prepared)
        (entry,) = cache._rows.entries()
        cache.prepared.put(Kind.REQUEST_FORM, entry.key.removeprefix("form:"), {"body": 3})
        assert request_form(SCHEMA, ResponseMode("tools", True), cache.prepared) == made


def in_a_new_process(code: str, *arguments: object) -> Any:
    """Return what a program prints as JSON, which has imported nothing before."""
    done = subprocess.run(
        [sys.executable, "-c", code, *map(str, arguments)],
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    return json.loads(done.stdout)


@pytest.mark.parametrize("mode", MODES)
def test_a_form_that_is_kept_is_what_instructor_prepares(mode: ModeName) -> None:
    """`make forms` writes it anew."""
    name = MODES[mode].instructor
    for schema in (SCHEMA, SCHEMA.only(["cause"])):
        assert forms.empty_form(name, schema.reply_model) == forms.prepare(name, schema.reply_model)
    assert json.loads(forms.KEPT.read_text(encoding="utf-8"))["instructor"] == version("instructor")


def test_another_version_of_instructor_is_asked_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "forms.json"
    kept.write_text('{"instructor": "0.1", "modes": {"TOOLS": {"tools": []}}}', encoding="utf-8")
    before = prepare_form(SCHEMA, ResponseMode("tools", True))
    monkeypatch.setattr(forms, "KEPT", kept)
    assert prepare_form(SCHEMA, ResponseMode("tools", True)) == before
    forms.write([each.instructor for each in MODES.values()], SCHEMA.reply_model, kept)
    assert kept.read_text(encoding="utf-8") == FORMS.read_text(encoding="utf-8")


WARM = """
import json, sys
from annotate.pipeline.run import run
given = run("doc.txt", model="m", base_url=sys.argv[1], max_cost=1.0, price=(1.0, 1.0))
published = run("doc.txt", model="m", base_url=sys.argv[1])
heavy = ("instructor", "openai", "genai_prices", "httpx2", "aiohttp")
loaded = [name for name in heavy if name in sys.modules]
print(json.dumps([given.complete, published.complete, loaded]))
"""


def test_a_run_from_the_cache_imports_nothing_heavy(here: Path) -> None:
    (here / "doc.txt").write_text("A deploy broke it.", encoding="utf-8")
    with Server() as server:
        run("doc.txt", model="m", base_url=server.base_url, max_cost=1.0, price=(1.0, 1.0))
        assert "aiohttp" in sys.modules
        run("doc.txt", model="m", base_url=server.base_url)  # looks up the price, and keeps it
        assert in_a_new_process(WARM, server.base_url) == [True, True, []]
        assert len(server.chats) == 1


# ---- On the wire ----


@pytest.mark.parametrize("mode", MODES)
def test_document_text_reaches_the_endpoint_unchanged(here: Path, mode: ModeName) -> None:
    text = "A deploy broke it. " + " ".join(HOSTILE).replace("\x00", "") + "\n"
    (here / "doc.txt").write_text(text, encoding="utf-8")
    with Server() as server:
        run("doc.txt", model="test-model", base_url=server.base_url, mode=mode)
        (chat,) = server.chats
    body = chat.body
    assert f"\n{text}\n</document-" in body["messages"][-1]["content"]
    schema, strict = schema_in(body, mode)
    assert strict is (mode != "json")
    assert schema["additionalProperties"] is False


@pytest.mark.parametrize("mode", MODES)
def test_an_answer_in_each_mode_becomes_an_annotation(here: Path, mode: ModeName) -> None:
    (here / "doc.txt").write_text("A deploy broke it.", encoding="utf-8")

    def respond(body: Any) -> dict[str, Any]:
        cause = {"category": "cause", "quote": "A deploy broke it.", "triggers": ["deployment"]}
        return {"annotations": [{**cause, "certainty": "confirmed"}]}

    with Server(respond) as server:
        done = run("doc.txt", model="test-model", base_url=server.base_url, mode=mode)
    found: list[Annotation] = list(done.annotations())
    assert [each.quote for each in found] == ["A deploy broke it."]
