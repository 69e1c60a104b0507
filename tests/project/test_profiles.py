"""The profile of a model: between the flags and what annotate.toml sets for all models."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate.errors import ProjectError, UsageError
from annotate.project.profiles import PROFILE_NAMES
from annotate.project.settings import Settings, resolve_settings

PROFILES = """\
concurrency = 3
timeout = 30
model = "small"

[models."small"]
concurrency = 2
base_url = "http://127.0.0.1:8000/v1"
drop = ["temperature"]
extra_body = { chat_template_kwargs = { enable_thinking = false } }
headers = { X-Team = "research", Authorization = "Bearer $MY_KEY" }

[models."org/large-1.5"]
model = "large"
reasoning_effort = "low"
answer_parameter = "max_tokens"
price = [1, 2]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return written(tmp_path, PROFILES)


def written(folder: Path, text: str) -> Path:
    (folder / "annotate.toml").write_text(text, encoding="utf-8")
    return folder


def found(folder: Path, environment: dict[str, str] | None = None, **flags: Any) -> Settings:
    return resolve_settings(flags, start=folder, environment=environment or {})


def test_the_profile_of_the_model_that_is_asked_goes_before_what_is_set_for_all(
    folder: Path,
) -> None:
    small, large = found(folder), found(folder, model="org/large-1.5")
    other = found(folder, model="x")
    assert (small.concurrency, large.concurrency, other.concurrency) == (2, 3, 3)
    assert small.base_url == "http://127.0.0.1:8000/v1"
    assert small.drop == ("temperature",)
    assert small.extra_body == {"chat_template_kwargs": {"enable_thinking": False}}
    assert small.timeout == large.timeout == 30
    assert (large.reasoning_effort, large.answer_parameter) == ("low", "max_tokens")
    assert large.price == (1.0, 2.0)
    assert other == found(folder, model="y", environment={"ANNOTATE_MODEL": "x"}).model_copy(
        update={"model": "x"}
    )


def test_a_flag_and_a_variable_go_before_it(folder: Path) -> None:
    assert found(folder, concurrency=9).concurrency == 9
    assert found(folder, {"ANNOTATE_CONCURRENCY": "8"}).concurrency == 8
    assert found(folder, {"ANNOTATE_MODEL": "org/large-1.5"}).reasoning_effort == "low"
    assert found(folder, {"OPENAI_BASE_URL": "http://x"}).base_url == "http://x"


def test_it_says_how_the_endpoint_calls_the_model(folder: Path) -> None:
    assert found(folder, model="org/large-1.5").model == "large"
    assert found(folder, model="large").reasoning_effort is None


def test_naming_the_baseline_takes_no_profile(folder: Path) -> None:
    baseline = found(folder, model="lexicon")
    assert (baseline.model, baseline.concurrency) == (None, 3)


def test_tables_are_read_as_they_are_typed() -> None:
    flags = {
        "drop": "temperature, seed,",
        "extra_body": '{"seed": 1}',
        "headers": '{"X-Team": "a"}',
    }
    typed = resolve_settings(flags, environment={})
    assert (typed.drop, typed.extra_body, typed.headers) == (
        ("temperature", "seed"),
        {"seed": 1},
        {"X-Team": "a"},
    )


UNUSABLE = [
    # a line of a profile, what the message says
    ("temprature = 1", "temprature: no setting of a model; there is model, base_url, mode"),
    ("task = 'x'", "task: no setting of a model; there is"),
    ("max_cost = 1", "max_cost: no setting of a model; there is"),
    ("mode = 'xml'", "mode: .*'auto', 'json_schema', 'tools' or 'json'"),
    ("answer_parameter = 'length'", "answer_parameter: .*'max_completion_tokens', 'max_tokens'"),
    ("answer_tokens = 0", "answer_tokens: .*greater than or equal to 64"),
    ("context = 'large'", "context: .*valid integer"),
    ("concurrency = 0", "concurrency: .*greater than or equal to 1"),
    ("drop = ['messages']", "drop: messages is what is asked; mode says how"),
    ("drop = ['response_format']", "drop: response_format is what is asked; mode says how"),
    ("drop = ['max_tokens']", "drop: max_tokens keeps an answer in bounds; answer_parameter"),
    ("extra_body = { stream = true }", "extra_body: stream: the program itself sets"),
    ("extra_body = { max_tokens = 9 }", "extra_body: max_tokens: answer_tokens and"),
    ("extra_body = { x = nan }", "extra_body: a number in it is not finite"),
    ("extra_body = { day = 2026-01-01 }", "extra_body: "),
    ("extra_body = 'x'", "extra_body: needs a JSON object"),
    ("reasoning_effort = 'very low'", "reasoning_effort: "),
    ("price = [1]", "price: needs two prices"),
    ("cached_price = -1", "cached_price: .*greater than or equal to 0"),
    ("cached_price = inf", "cached_price: .*finite"),
    ("batch_rate = 50", "batch_rate: .*less than or equal to 1"),
    ("headers = { 'X Team' = 'a' }", "headers: a header has a name that none can have"),
    ("headers = { X-Team = 'a\\nb' }", "headers: X-Team: holds a line end or a letter"),
    ("headers = { X-Team = 'caf\\u00e9' }", "headers: X-Team: holds a line end or a letter"),
    ("headers = { Host = 'a' }", "headers: Host: the program itself sets this header"),
    ("api_version = '2024 10'", "api_version: needs a version of Azure's interface"),
    ("api_version = 'v1'\ndeployment = '../x'", "deployment: needs letters, digits"),
    ("deployment = 'gpt'", "deployment: needs an api_version beside it"),
    ("identity = 'my server'", "identity: "),
]


@pytest.mark.parametrize(("line", "said"), UNUSABLE, ids=[each[0] for each in UNUSABLE])
def test_a_message_names_the_file_the_model_and_the_key(
    tmp_path: Path, line: str, said: str
) -> None:
    written(tmp_path, f'[models."m"]\n{line.replace(chr(39), chr(34))}\n')
    with pytest.raises(
        ProjectError, match=rf'annotate\.toml:\d+: \[models\."m"\] {said}'
    ) as caught:
        found(tmp_path, model="m")
    assert str(tmp_path) in str(caught.value)


DOTTED = '[models.gpt-4.1]\nmode = "json"'


@pytest.mark.parametrize("text", ["models = 1", "[models]\nm = 1", DOTTED])
def test_a_profile_is_a_table_with_the_name_of_its_model(tmp_path: Path, text: str) -> None:
    with pytest.raises(ProjectError, match=r"annotate\.toml:\d+: .*models.*needs a table"):
        found(written(tmp_path, text), model="m")


SECRETS = [
    ("key_variable", "sk-live-0123456789abcdef"),
    ("key_variable", "0123456789abcdef"),
    ("headers", '{"Authorization": "Bearer sk-live-0123456789abcdef"}'),
    ("headers", '{"api-key": "0123456789abcdef"}'),
    ("headers", '{"X-Secret-Thing": "0123456789abcdef"}'),
    ("headers", '{"Cookie": "session=0123456789abcdef"}'),
    ("headers", '{"Proxy-Authorization": "Basic 0123456789abcdef"}'),
]


@pytest.mark.parametrize(("name", "value"), SECRETS)
def test_a_secret_is_refused_where_its_variable_belongs_and_not_repeated(
    tmp_path: Path, name: str, value: str
) -> None:
    with pytest.raises(UsageError, match=f"--{name.replace('_', '-')}: ") as caught:
        found(tmp_path, None, **{name: value})
    assert "0123456789abcdef" not in str(caught.value)
    assert "variable of the environment" in str(caught.value) or "environment variable" in str(
        caught.value
    )


def test_every_name_of_a_profile_is_a_setting() -> None:
    assert set(PROFILE_NAMES) <= Settings.model_fields.keys()


def test_settings_show_neither_headers_nor_an_address(folder: Path) -> None:
    shown = repr(found(folder, base_url="http://me:secret@127.0.0.1:8000/v1"))
    assert "secret" not in shown
    assert "MY_KEY" not in shown
