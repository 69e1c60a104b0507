"""Runs over HTTP whose endpoint says what is wrong: what it takes to find out, and what is said."""

from __future__ import annotations

import json
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

import pytest

from annotate.errors import Stopped
from annotate.runs.reader import Run
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from annotate.testing.answers import Behaviour
from annotate.testing.scripts import asks
from tests.support import endpoints
from tests.support.endpoints import Place, impact, read, statuses, truthful
from tests.support.sleepless import sleepless
from tests.support.typed import typed

LOADING = b.failing(503, "Loading model", kind="unavailable_error")


def documents(place: Place, count: int = 8) -> list[Any]:
    return place.write(*[endpoints.report(i) for i in range(count)])


def stopped(place: Place, *behaviours: Behaviour, **settings: Any) -> tuple[str, int, Run]:
    """Return why a run stops whose answers meet these behaviours, after how many requests."""
    given = {"concurrency": 1, "price": (1.0, 1.0), **settings}
    with sleepless(), Server(truthful, Rule(*behaviours)) as server:
        with pytest.raises(Stopped) as error:
            place.run(server, documents(place), **given)
        return str(error.value), len(server.chats), Run(place.folder / "run")


# ---- A server that is not there yet ----


@pytest.mark.parametrize(
    "away", [LOADING, b.server_error(503), b.failing(503, "")], ids=["loading", "busy", "silent"]
)
def test_a_server_that_loads_for_long_costs_no_chunk(place: Place, away: Behaviour) -> None:
    with sleepless(), Server(truthful, Rule(away, first=8, each=True)) as server:
        run = place.run(server, documents(place, 3), timeout=3600.0, price=(1.0, 1.0))
        assert len(server.chats) == 3 * 9
    assert statuses(run) == ["ok"] * 3
    assert run.manifest["usage"]["requests"] == 3


@contextmanager
def starting(after: float) -> Iterator[Server]:
    """Yield a server at whose port nobody listens at first."""
    with Server(truthful) as before:
        port = int(before.base_url.rsplit(":", 1)[1].split("/")[0])
    server = Server(truthful, port=port)
    timer = threading.Timer(after, server.__enter__)
    timer.start()
    try:
        yield server
    finally:
        timer.join()
        server.__exit__(None, None, None)


def test_a_server_that_is_down_is_waited_for(place: Place) -> None:
    with starting(after=0.6) as server:
        run = place.run(server, documents(place, 3), timeout=60.0)
        assert len(server.chats) == 3
    assert statuses(run) == ["ok"] * 3


def test_who_waits_for_a_server_is_told_so_once(place: Place) -> None:
    documents(place)
    with sleepless(), Server(truthful, Rule(LOADING, first=5, each=True)) as server:
        done = typed(place, server)
    assert done.returncode == 0
    assert done.stderr.count("the endpoint is loading the model (503); it is waited for") == 1


def test_a_server_that_never_comes_stops_the_run_when_the_time_is_up(place: Place) -> None:
    with Server() as server:
        pass
    with sleepless() as elapsed, pytest.raises(Stopped) as error:
        place.run(server, documents(place), concurrency=2, timeout=300.0)
    assert "--base-url" in str(error.value)
    assert "the same command goes on" in str(error.value)
    assert 200 < elapsed() < 400  # seconds that were not waited for: all chunks wait at once


# ---- A server that is slow ----


def test_a_timeout_names_what_many_requests_at_a_time_have_to_do_with_it(place: Place) -> None:
    with Server(truthful, Rule(b.late(3600))) as server:
        run = place.run(server, documents(place, 3), concurrency=3, timeout=1.0)
    (note,) = {entry.note for entry in run.ledger()}
    assert "others were under way" in note
    assert "--concurrency" in note
    assert "--timeout" in note


def test_a_timeout_of_one_request_alone_does_not(place: Place) -> None:
    with Server(truthful, Rule(b.late(3600))) as server:
        run = place.run(server, documents(place, 1), concurrency=16, timeout=0.5)
    (note,) = {entry.note for entry in run.ledger()}
    assert note == "no answer within 0.5 s (1 attempt); raise --timeout"


# ---- A response mode that the endpoint does not know ----

LITERAL = "[{'type': 'literal_error', 'loc': ('body', 'response_format', 'type')}]"
NO_SCHEMA = b.failing(500, LITERAL, kind="internal_server_error")  # as llama-cpp-python says it


def asked_in(body: dict[str, Any]) -> str:
    """Name the mode of a request, with a star where it is strict."""
    schema = body.get("response_format", {}).get("json_schema")
    if schema is not None:
        return "json_schema*" if schema.get("strict") else "json_schema"
    if "tools" in body:
        return "tools*" if body["tools"][0]["function"].get("strict") else "tools"
    return "json"


def modes(server: Server) -> list[str]:
    return [asked_in(each.body) for each in server.chats]


@pytest.mark.parametrize("status", [400, 404, 422, 500, 501])
def test_auto_asks_in_the_next_mode_before_anything_is_lost(place: Place, status: int) -> None:
    refusing = Rule(b.failing(status, LITERAL), when=asks("response_format", "json_schema"))
    with Server(truthful, refusing) as server:
        paths = documents(place)
        run = place.run(server, paths, concurrency=1, price=(1.0, 1.0))
        assert modes(server) == ["json_schema*", *["tools*"] * 8]
        server.reset()
        # Found out once: later runs begin with it, and the same run is the same from the cache.
        place.run(server, paths)
        assert server.chats == ()
        place.run(server, place.write("Search was slow."), out="other")
        assert modes(server) == ["tools*"]
    assert statuses(run) == ["ok"] * 8
    assert (run.manifest["mode"], run.manifest["strict"]) == ("tools", True)
    assert run.manifest["usage"]["requests"] == 8


def test_requests_of_the_same_moment_are_all_asked_anew(place: Place) -> None:
    with Server(truthful, Rule(NO_SCHEMA, when=asks("response_format", "json_schema"))) as server:
        run = place.run(server, documents(place), concurrency=4)
        assert modes(server).count("tools*") == 8
        assert modes(server).count("json_schema*") <= 4
    assert statuses(run) == ["ok"] * 8


def test_only_the_word_strict_is_left_out_where_that_alone_is_refused(place: Place) -> None:
    def strictly(body: dict[str, Any]) -> bool:
        return asked_in(body) == "json_schema*"

    refusing = b.failing(422, "Extra inputs are not permitted: response_format.json_schema.strict")
    with Server(truthful, Rule(refusing, when=strictly)) as server:
        run = place.run(server, documents(place), concurrency=1)
        assert modes(server) == ["json_schema*", *["json_schema"] * 8]
    assert (run.manifest["mode"], run.manifest["strict"]) == ("json_schema", False)


def test_where_no_mode_is_left_the_run_stops(place: Place) -> None:
    error, requests, run = stopped(place, b.unsupported("response_format"))
    assert "--mode" in error
    assert requests == 3
    assert set(statuses(run)) == {"failed", "unsent"}
    assert run.manifest["usage"]["cost"] in (None, 0.0)


def test_a_mode_that_was_named_is_not_changed(place: Place) -> None:
    error, requests, run = stopped(place, NO_SCHEMA, mode="json_schema")
    assert "--mode" in error
    assert requests == 1
    assert run.manifest["mode"] == "json_schema"


# ---- What stops a run at the first request, and costs nothing ----


def body(status: int, content: Any) -> Behaviour:
    """Answer with any body."""
    sent = json.dumps(content).encode()
    return lambda answer: replace(answer, status=status, body=sent, headers={}, codings=())


def context(of: int, prompt: int, answer: int) -> Behaviour:
    said = (
        f"This model's maximum context length is {of} tokens. However, you requested "
        f"{prompt + answer} tokens ({prompt} in the messages, {answer} in the completion)."
    )
    return b.failing(400, said, code="context_length_exceeded", param="messages")


STOPPING: dict[str, tuple[Behaviour, str]] = {
    "vLLM, the limit of the answer": (
        b.failing(
            400,
            "'max_tokens' or 'max_completion_tokens' is too large: 8192. This model's maximum "
            "context length is 8192 tokens and your request has 900 input tokens",
            kind="BadRequestError",
        ),
        "--answer-tokens",
    ),
    "OpenAI, the same": (context(8192, 64, 8192), "--answer-tokens"),
    "OpenAI, a value": (
        b.failing(400, "no", code="unsupported_value", param="temperature"),
        "parameter temperature",
    ),
    "Mistral, a name": (
        body(
            422,
            {"detail": [{"type": "extra_forbidden", "loc": ["body", "max_completion_tokens"]}]},
        ),
        "--answer-parameter",
    ),
    "OpenAI, a name in words": (
        b.failing(400, "Unsupported parameter: 'max_completion_tokens' is not supported"),
        "parameter max_completion_tokens",
    ),
    "OpenRouter, credit in an answer": (
        body(200, {"error": {"code": 402, "message": "Insufficient credits"}}),
        "quota",
    ),
    "Gemini, a key in a list": (
        body(400, [{"error": {"code": 400, "message": "API key not valid."}}]),
        "OPENAI_API_KEY",
    ),
    "LiteLLM, a model": (
        body(
            400,
            {
                "error": {
                    "message": {"error": "/chat/completions: Invalid model name passed in model=x"},
                    "type": "None",
                    "param": "None",
                    "code": "400",
                }
            },
        ),
        "--model",
    ),
    "Ollama, memory": (
        b.failing(500, "model requires more system memory (5.0 GiB) than is available"),
        "smaller --model",
    ),
}


@pytest.mark.parametrize(("behaviour", "said"), STOPPING.values(), ids=STOPPING.keys())
def test_what_every_request_shares_stops_the_run_at_the_first(
    place: Place, behaviour: Behaviour, said: str
) -> None:
    prompt(place, temperature=0)
    error, requests, run = stopped(place, behaviour)
    assert said in error
    assert requests == 1
    assert run.manifest["usage"]["cost"] in (None, 0.0)


def prompt(place: Place, **parameters: float) -> None:
    """Let the prompt of the project send these parameters, too."""
    (path,) = place.folder.glob("prompts/*/v1.md")
    head, _, rest = path.read_text(encoding="utf-8").partition("\n---\n")
    lines = "".join(f"\n  {name}: {value}" for name, value in parameters.items())
    path.write_text(f"{head}\nparameters:{lines}\n---\n{rest}", encoding="utf-8")


def test_an_unknown_model_ends_with_5_whoever_says_it(place: Place) -> None:
    documents(place)
    unknown = b.failing(400, "Invalid model name passed in model=x. Call `/v1/models`")
    with Server(truthful, Rule(unknown)) as server:
        done = typed(place, server, "--concurrency", "1")
        assert len(server.chats) == 1
    assert done.returncode == 5
    assert "--model" in done.stderr


def test_a_prompt_that_fits_no_context_stops_the_run(place: Place) -> None:
    small = {"code": 400, "type": "exceed_context_size_error", "n_prompt_tokens": 900, "n_ctx": 512}
    error, requests, _ = stopped(place, body(400, {"error": {"message": "x", **small}}))
    assert "the prompt alone" in error
    assert "context" in error
    assert requests <= 5  # one chunk, and what its halves take to show that no length helps


# ---- What is one chunk's alone ----


@pytest.mark.parametrize(
    ("behaviour", "status"),
    [
        (
            b.failing(
                400, "Failed to generate JSON. See 'failed_generation'", code="json_validate_failed"
            ),
            "failed",
        ),
        (b.failing(400, "it is restricted by policy"), "failed"),
        (b.failing(400, "The response was filtered", code="content_filter"), "refused"),
    ],
    ids=["Groq", "restricted", "Azure"],
)
def test_what_is_about_one_text_fails_its_chunk_alone(
    place: Place, behaviour: Behaviour, status: str
) -> None:
    with sleepless(), Server(truthful, Rule(behaviour, containing=" 4-0 ")) as server:
        run = place.run(server, documents(place), price=(1.0, 1.0))
        assert len(server.chats) == 8
    assert Counter(statuses(run)) == {"ok": 7, status: 1}
    assert run.manifest["mode"] == "json_schema"


@pytest.mark.parametrize("reason", ["error", "network_error", "insufficient_system_resource"])
def test_an_answer_during_which_the_server_failed_is_asked_for_again(
    place: Place, reason: str
) -> None:
    half = (b.words_cut(0.5), b.finished(reason))
    with sleepless():
        _, entry, asked = read(place, *half, first=1)
        assert len(asked) == 2
        assert asked[0] == asked[1]  # no repair: the model did nothing wrong
        assert (entry.status, entry.annotations) == ("ok", 2)
        _, entry, asked = read(place, *half, out="never", cache_dir="other", timeout=300.0)
    assert len(asked) == 6
    assert (entry.status, entry.annotations) == ("failed", 0)
    assert "failed while the model answered" in entry.note


WRITTEN = """{"annotations": [{"category": "impact", "quote": "Search was slow."}]}"""
GROQ = {"message": "Failed to generate JSON", "type": "invalid_request_error"}


@pytest.mark.parametrize(
    ("mode", "code", "written"),
    [
        ("json_schema", "json_validate_failed", WRITTEN),
        ("json_schema", "json_validate_failed", '{"annotations": [{"category": '),
        ("tools", "tool_use_failed", f"<function=note{WRITTEN}</function>"),
    ],
)
def test_what_an_endpoint_held_back_is_sent_back_with_what_is_wrong(
    place: Place, mode: str, code: str, written: str
) -> None:
    """Groq checks an answer itself; what the model wrote is paid, and can be repaired."""
    held = body(400, {"error": {**GROQ, "code": code, "failed_generation": written}})
    _, entry, asked = read(place, held, first=1, mode=mode)
    assert len(asked) == 2
    assert len(asked[1]["messages"]) > len(asked[0]["messages"])
    assert "Search was slow." in str(asked[1]["messages"])
    assert (entry.status, entry.annotations) == ("repaired", 2)


def test_what_was_held_back_and_fits_is_an_answer(place: Place) -> None:
    whole = json.dumps({"annotations": [impact("Search was slow.")]})
    held = body(
        400, {"error": {**GROQ, "code": "json_validate_failed", "failed_generation": whole}}
    )
    _, entry, asked = read(place, held, first=1, text="Search was slow.")
    assert len(asked) == 1
    assert (entry.status, entry.annotations) == ("ok", 1)


@pytest.mark.parametrize("field", ["message", "failed_generation"])
def test_what_was_held_back_since_it_was_cut_is_truncated(place: Place, field: str) -> None:
    cut = "max completion tokens reached before generating a valid document"
    held = body(400, {"error": {**GROQ, "code": "json_validate_failed", field: cut}})
    _, entry, asked = read(place, held, text="Search was slow.")
    assert len(asked) == 1
    assert entry.status == "truncated"


def test_a_long_chunk_after_answers_is_split_whatever_the_wording(place: Place) -> None:
    wordings = [
        b.failing(400, "prompt is too long: 208310 tokens > 200000 maximum"),
        b.failing(400, "Input is too long for requested model."),
        body(
            400, [{"error": {"message": "The input token count (12) exceeds the maximum number"}}]
        ),
        body(400, {"object": "error", "message": "Prompt contains 9 tokens, too large for model"}),
    ]
    text = " ".join(f"Search {number} was slow." for number in range(150))
    for number, wording in enumerate(wordings):
        with Server(truthful, Rule(wording, containing="Search 149 was", first=1)) as server:
            paths = place.write("Search was slow.", text)
            run = place.run(
                server, paths, concurrency=1, out=f"run{number}", cache_dir=f"c{number}"
            )
            assert len(server.chats) == 4
        assert statuses(run) == ["ok", "repaired"]
