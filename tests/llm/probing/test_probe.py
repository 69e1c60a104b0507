"""Which modes an endpoint takes is found out once, remembered, and used by runs with mode auto."""

from pathlib import Path
from typing import Any

import pytest

from annotate.errors import Stopped, UsageError
from annotate.llm.cache.prepared import Kind
from annotate.llm.cache.store import Cache
from annotate.llm.probing.probe import Probed, probe
from annotate.pipeline.run import run
from annotate.project.settings import resolve_settings
from annotate.project.tasks import Task, load_task
from annotate.testing import Rule, Server, asks
from annotate.testing import behaviours as b
from tests.support.prompting import project

KEY = "sk-secret-0123456789"


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Task:
    monkeypatch.chdir(project(tmp_path / "p"))
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    (tmp_path / "p" / "doc.txt").write_text("A deploy broke the gate.", encoding="utf-8")
    return load_task("incident_report")


def probed(task: Task, server: Server, **settings: Any) -> Probed:
    return probe(task, resolve_settings({"model": "m", "base_url": server.base_url, **settings}))


def found(task: Task, server: Server, **settings: Any) -> list[tuple[str, bool, bool]]:
    modes = probed(task, server, **settings).modes
    return [(mode.name, mode.strict, works) for mode, works in modes]


def sent(server: Server) -> str:
    """Return in which mode the last request asked, and whether strictly."""
    body = server.chats[-1].body
    if "tools" in body:
        return "tools strict" if body["tools"][0]["function"].get("strict") else "tools"
    form = body["response_format"]
    if form["type"] == "json_object":
        return "json"
    return "json_schema strict" if form["json_schema"].get("strict") else "json_schema"


def strictly(body: dict[str, Any]) -> bool:
    return '"strict": true' in str(body).replace("'", '"').replace("True", "true")


SCHEMA_400 = Rule(b.unsupported("response_format"), when=asks("response_format", "json_schema"))
SCHEMA_500 = Rule(b.server_error(500), when=asks("response_format", "json_schema"))
TOOLS_400 = Rule(b.unsupported("tool_choice"), when=asks("tools"))
STRICT_400 = Rule(b.unsupported("strict"), when=strictly)
PROSE = Rule(b.saying("Sure! Nothing."), when=asks("response_format", "json_schema"))


@pytest.mark.parametrize(
    ("rules", "used"),
    [
        ([], "json_schema strict"),
        ([SCHEMA_400], "tools strict"),
        ([PROSE], "tools strict"),
        ([STRICT_400], "json_schema"),
        ([STRICT_400, SCHEMA_400], "tools"),
        ([SCHEMA_400, TOOLS_400], "json"),
    ],
)
def test_the_best_mode_that_works_is_remembered_and_used(
    task: Task, rules: list[Rule], used: str
) -> None:
    with Server(lambda body: {"annotations": []}, *rules) as server:
        probes = found(task, server)
        best = next((mode, strict) for mode, strict, works in probes if works)
        assert best == (used.split()[0], used.endswith("strict"))
        server.reset()
        done = run("doc.txt", model="m", base_url=server.base_url)
        assert done.complete
        assert len(server.chats) == 1
        assert sent(server) == used


def test_a_server_that_fails_on_a_mode_is_told_from_one_that_takes_it(task: Task) -> None:
    with Server(lambda body: {"annotations": []}, SCHEMA_500) as server:
        done = probed(task, server)
    assert [mode.name for mode, works in done.modes if works] == ["tools", "json"]
    (refused,) = [each for each in done.findings if each.name == "mode json_schema"]
    assert not refused.ok
    assert refused.said.startswith("the endpoint answered 500")


def test_each_mode_is_asked_with_the_whole_schema(task: Task) -> None:
    with Server() as server:
        assert found(task, server) == [
            ("json_schema", True, True),
            ("tools", True, True),
            ("json", False, True),
        ]
        formed = [each for each in server.chats if {"tools", "response_format"} & set(each.body)]
        assert len(formed) == 4  # the three modes, and the prompt's own request
        for chat in formed:
            for category in ("Impact", "Cause", "Action"):
                assert category in str(chat.body)


def test_no_strict_is_asked_without(task: Task) -> None:
    with Server() as server:
        probes = found(task, server, strict=False)
        assert not any(strict for _, strict, _ in probes)
        assert not any(strictly(each.body) for each in server.chats)
        run("doc.txt", model="m", base_url=server.base_url)
        assert sent(server) == "json_schema"


def test_a_mode_that_is_named_goes_before_what_was_found(task: Task) -> None:
    with Server() as server:
        found(task, server)
        run("doc.txt", model="m", base_url=server.base_url, mode="tools")
        assert sent(server) == "tools strict"


def test_what_was_found_holds_for_its_model_and_endpoint_alone(task: Task) -> None:
    with Server(lambda body: {"annotations": []}, SCHEMA_400) as server:
        found(task, server)
    with Server() as other:
        run("doc.txt", model="m", base_url=other.base_url)
        assert sent(other) == "json_schema strict"


def test_nothing_is_remembered_where_nothing_works(task: Task) -> None:
    with Server(lambda body: {"annotations": []}, Rule(b.html)) as server:
        assert not any(works for _, _, works in found(task, server))
    assert not (Path.cwd() / ".annotate").exists()


def test_a_planted_mode_is_not_used(task: Task) -> None:
    with Server() as server:
        found(task, server)
        with Cache(Path(".annotate") / "cache") as cache:
            planted = {"mode": "telepathy", "strict": True}
            cache.prepared.put(Kind.RESPONSE_MODE, f"{server.base_url}:m", planted)
        run("doc.txt", model="m", base_url=server.base_url)
        assert sent(server) == "json_schema strict"


def test_a_refused_key_stops_at_once_and_is_not_shown(task: Task) -> None:
    with Server(lambda body: {"annotations": []}, Rule(b.unauthorized)) as server:
        with pytest.raises(Stopped) as refused:
            found(task, server)
        assert len(server.chats) == 1
    assert KEY not in str(refused.value)


def test_without_a_model_nothing_is_asked(task: Task) -> None:
    with pytest.raises(UsageError, match="no model is named"):
        probe(task, resolve_settings({}))
