"""A probe finds out how each kind of server wants to be asked, over real HTTP."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from annotate.llm.probing.probe import LONGEST, Finding, Probed, probe
from annotate.llm.probing.questions import FIRST, LAST
from annotate.pipeline.run import run
from annotate.project.settings import resolve_settings
from annotate.project.tasks import Task, load_task
from annotate.testing import Rule, Server, asks
from annotate.testing import behaviours as b
from tests.support import endpoints
from tests.support.manners import (
    allowing,
    counting,
    going_round,
    is_formed,
    reading,
    refusing,
    refusing_silently,
    telling_ends,
)


@pytest.fixture
def task(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Task:
    monkeypatch.chdir(endpoints.project(tmp_path / "p"))  # its prompt sends a temperature
    return load_task("incident_report")


def probed(task: Task, server: Server, seconds: float = LONGEST, **settings: Any) -> Probed:
    given = {"model": "m", "base_url": server.base_url, **settings}
    return probe(task, resolve_settings(given), seconds=seconds)


def said(done: Probed, name: str) -> Finding:
    """Return the last finding with this name."""
    return [each for each in done.findings if each.name == name][-1]


def proposed(done: Probed) -> dict[str, Any]:
    """Return what the profile says beside address, mode and what a busy machine makes slow."""
    hidden = ("base_url", "mode", "concurrency", "timeout")
    return {name: each for name, each in done.profile.items() if name not in hidden}


# ---- Parameters ----


@pytest.mark.parametrize(
    ("rules", "profile", "words"),
    [
        ([], {}, "all are taken"),
        ([refusing("temperature")], {"drop": ("temperature",)}, "temperature is not taken"),
        (
            [refusing("max_completion_tokens")],
            {"answer_parameter": "max_tokens"},
            "max_completion_tokens is called max_tokens",
        ),
        (
            [refusing("temperature"), refusing("max_completion_tokens")],
            {"drop": ("temperature",), "answer_parameter": "max_tokens"},
            "temperature is not taken; max_completion_tokens is called max_tokens",
        ),
        (
            [refusing_silently("temperature")],
            {"drop": ("temperature",)},
            "temperature is not taken",
        ),
        (
            [refusing_silently("max_completion_tokens", "max_output_tokens")],
            {"answer_parameter": "max_tokens"},
            "max_completion_tokens is called max_tokens",
        ),
        (
            [refusing_silently("temperature", "max_completion_tokens")],
            {"drop": ("temperature",), "answer_parameter": "max_tokens"},
            "temperature is not taken; max_completion_tokens is called max_tokens",
        ),
    ],
)
def test_a_parameter_that_is_refused_is_left_out_or_gets_its_other_name(
    task: Task, rules: list[Rule], profile: dict[str, Any], words: str
) -> None:
    with Server(counting, *rules) as server:
        done = probed(task, server)
        assert proposed(done) == profile
        assert said(done, "parameters").said == words
        # What the profile says is what a run needs: not a request of it is refused.
        server.reset()
        Path("doc.txt").write_text("Search was slow.", encoding="utf-8")
        made = run("doc.txt", model="m", base_url=server.base_url, **profile)
        assert made.complete
        assert len(server.chats) == 1


def test_of_what_is_left_out_at_a_guess_all_that_is_taken_comes_back(task: Task) -> None:
    with Server(counting, refusing_silently("seed")) as server:
        done = probed(task, server, extra_body='{"seed": 1, "top_p": 0.5}')
    assert done.profile["drop"] == ("seed",)
    assert "top_p" in server.chats[-1].body


def test_the_parameters_of_the_profile_are_those_that_are_probed(task: Task) -> None:
    with Server(counting, refusing("temperature")) as server:
        done = probed(task, server, drop="temperature", reasoning_effort="low")
        assert all(each.body["reasoning_effort"] == "low" for each in server.chats)
    assert said(done, "parameters").said == "all are taken"
    assert proposed(done) == {"drop": ("temperature",), "reasoning_effort": "low"}


# ---- Modes: the endpoint is judged, not the model ----


def test_a_model_that_goes_round_in_a_circle_is_told_from_a_mode_that_is_refused(
    task: Task,
) -> None:
    unknown = Rule(b.server_error(500), when=asks("tools"))
    with Server(going_round, unknown) as server:
        done = probed(task, server)
    taken = said(done, "mode json_schema")
    assert taken.ok
    assert taken.said.startswith("is taken; the model reaches its limit and repeats itself")
    refused = said(done, "mode tools")
    assert not refused.ok
    assert refused.said.startswith("the endpoint answered 500")
    assert done.profile["mode"] == "json_schema"


def test_words_in_another_form_are_no_mode(task: Task) -> None:
    prose = Rule(b.saying("Sure! " * 100), b.finished("length"), when=is_formed)
    with Server(counting, prose) as server:
        done = probed(task, server)
    assert not any(works for _, works in done.modes)
    assert done.profile == {}
    assert said(done, "mode").said == "no mode works"
    assert not said(done, "mode").ok


def test_a_server_that_names_the_parameter_of_a_mode_at_500_takes_the_next_mode(
    task: Task,
) -> None:
    words = "response_format is not supported: unknown type json_schema"
    broken = Rule(b.failing(500, words), when=asks("response_format", "json_schema"))
    with Server(counting, broken) as server:
        done = probed(task, server)
        assert done.profile["mode"] == "tools"
        # Told at once: a mode that is named is not asked for twice.
        schemas = [each for each in server.chats if asks("response_format")(each.body)]
        assert len(schemas) == 3  # strict, not strict, and the mode json


def test_a_mode_that_is_set_is_the_only_one_that_is_tried(task: Task) -> None:
    with Server(counting) as server:
        done = probed(task, server, mode="tools")
    assert [mode.name for mode, _ in done.modes] == ["tools"]


def test_a_mode_that_is_not_answered_in_time_is_no_mode(task: Task) -> None:
    slow = Rule(b.late(30), when=asks("response_format", "json_schema"))
    with Server(counting, slow) as server:
        done = probed(task, server, seconds=9)
    assert said(done, "mode json_schema").said.startswith("no answer within ")
    assert done.profile["mode"] == "tools"


# ---- Time ----


def test_a_server_that_does_not_answer_is_given_the_time_that_was_set(task: Task) -> None:
    with Server(counting, Rule(b.late(60))) as server:
        done = probed(task, server, seconds=1)
        assert len(server.chats) == 1
    (answers,) = done.findings
    assert not answers.ok
    assert answers.said.startswith("no answer within ")


def test_each_finding_is_reported_before_the_next_question_is_asked(task: Task) -> None:
    with Server(counting) as server:
        seen: list[tuple[str, int]] = []
        settings = resolve_settings({"model": "m", "base_url": server.base_url})
        probe(task, settings, lambda each: seen.append((each.name, len(server.chats))))
    assert seen == [
        ("answers", 1),
        ("parameters", 1),
        ("mode json_schema", 2),
        ("mode tools", 3),
        ("mode json", 4),
        ("request", 6),  # and the one with a limit that no server allows
        ("context", 6),
        ("requests", 10),
    ]


def test_a_probe_asks_for_small_answers_about_small_texts(task: Task) -> None:
    with Server(counting) as server:
        probed(task, server)
    limits = [each.body["max_completion_tokens"] for each in server.chats]
    assert sorted(limits) == [16] + [64] * 7 + [256, 10_000_000]
    assert sum(len(str(each.body["messages"])) for each in server.chats) < 8_000


# ---- Speed, places ----


def test_a_server_with_one_place_is_asked_one_request_at_a_time(task: Task) -> None:
    with Server(counting, Rule(b.queued(0.6))) as server:
        done = probed(task, server)
    assert done.profile["concurrency"] == 1
    assert said(done, "requests").said == "the server works on 1 at once"
    assert "tokens a second" in said(done, "answers").said


def test_a_server_that_sends_several_away_is_asked_fewer(task: Task) -> None:
    busy = Rule(b.rate_limited(30), at=range(8, 20))
    with Server(counting, busy) as server:
        done = probed(task, server)
    assert said(done, "requests").said.startswith("the server is busy with 4 requests at once")
    assert done.profile["concurrency"] < 4


# ---- Context ----


def test_the_context_stands_in_the_list_of_models(task: Task) -> None:
    for more in ({"max_model_len": 4096}, {"context_length": 4096}, {"meta": {"n_ctx": 4096}}):
        with Server(counting, models={"m": more, "other": {"max_model_len": 1}}) as server:
            assert proposed(probed(task, server)) == {"context": 4096}


LIMITED = [
    (
        "'max_tokens' is too large: {asked}. This model's maximum context length is 8192 tokens "
        "and your request has 60 input tokens ({asked} > 8192 - 60).",
        {"context": 8192},
    ),
    (
        "max_tokens is too large: {asked}. This model supports at most 128 completion tokens, "
        "whereas you provided {asked}.",
        {"answer_tokens": 128},
    ),
    (
        "max_tokens: {asked} > 128, which is the maximum allowed number of output tokens",
        {"answer_tokens": 128},
    ),
    ("Invalid max_tokens value, the valid range of max_tokens is [1, 128]", {"answer_tokens": 128}),
]


@pytest.mark.parametrize(("message", "profile"), LIMITED, ids=[each[0][:30] for each in LIMITED])
def test_what_an_endpoint_allows_is_read_from_what_it_says_to_a_huge_limit(
    task: Task, message: str, profile: dict[str, Any]
) -> None:
    most = profile.get("answer_tokens", 8000)
    with Server(counting, allowing(most, message)) as server:
        done = probed(task, server)
        assert proposed(done) == profile
        assert said(done, "request").ok
        # The prompt's own request keeps to it.
        refused = [each for each in server.chats if each.body["max_completion_tokens"] > most]
        assert len(refused) == 1


def test_a_context_that_leaves_less_room_than_the_prompt_asks_for_shortens_answers(
    task: Task,
) -> None:
    with Server(counting, models={"m": {"max_model_len": 1800}}) as server:
        done = probed(task, server)
    assert proposed(done) == {"context": 1800}
    with Server(counting, models={"m": {"max_model_len": 1000}}) as server:
        done = probed(task, server)
    context = said(done, "context")
    assert not context.ok
    assert "too few for this prompt and a chunk of 4,000 characters" in context.said


def test_a_prompt_that_is_cut_in_silence_is_seen_by_its_tokens(task: Task) -> None:
    lengthen(300)
    with Server(counting, Rule(reading(128))) as server:
        done = probed(task, server)
    request = said(done, "request")
    assert not request.ok
    assert request.said.startswith("the server read 128 tokens of a request of ")


ENDS = [
    # what the model read, what is said of it
    ((FIRST, LAST), True, "both ends arrive; the server counts no tokens"),
    ((LAST,), False, "the server cuts the beginning of a prompt in silence"),
    ((FIRST,), False, "the server cuts the end of a prompt in silence"),
]


@pytest.mark.parametrize(("read", "ok", "words"), ENDS)
def test_where_no_tokens_are_counted_both_ends_of_a_text_are_asked_for(
    task: Task, read: tuple[str, ...], ok: bool, words: str
) -> None:
    with Server(telling_ends(*read), Rule(b.without_usage)) as server:
        done = probed(task, server)
    found = said(done, "prompt")
    assert (found.ok, found.said) == (ok, words)


def lengthen(words: int) -> None:
    """Make the project's prompt longer."""
    path = Path("prompts/incident_report/v1.md")
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("Context:", "Read. " * words + "Context:"), encoding="utf-8")


# ---- Secrets ----


def test_no_secret_comes_into_the_profile(task: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MY_KEY", "sk-secret-0123456789")
    with Server(counting) as server:
        address = server.base_url.replace("http://", "http://me:hunter2secret@")
        headers = '{"X-Key": "$MY_KEY"}'
        done = probed(task, server, base_url=address, key_variable="MY_KEY", headers=headers)
    shown = json.dumps(done.profile) + str(done.findings)
    assert "sk-secret" not in shown
    assert "hunter2" not in shown
    assert done.profile["key_variable"] == "MY_KEY"
    assert done.profile["headers"] == {"X-Key": "$MY_KEY"}
