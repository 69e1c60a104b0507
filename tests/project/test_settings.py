"""Settings: a flag goes before the environment, then come annotate.toml and the default."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.errors import ProjectError, UsageError
from annotate.project.settings import Settings, read_settings, resolve_settings


def project(folder: Path, text: str = "") -> Path:
    (folder / "annotate.toml").write_text(text, encoding="utf-8")
    return folder


PRECEDENCE = [
    # flag, environment, annotate.toml, what holds
    (None, None, None, 4000),
    (None, None, 500, 500),
    (None, "600", None, 600),
    (None, "600", 500, 600),
    (700, None, None, 700),
    (700, None, 500, 700),
    (700, "600", None, 700),
    (700, "600", 500, 700),
    (None, "", 500, 500),
]


@pytest.mark.parametrize(("flag", "variable", "line", "holds"), PRECEDENCE)
def test_precedence(
    tmp_path: Path, flag: int | None, variable: str | None, line: int | None, holds: int
) -> None:
    project(tmp_path, f"chunk_size = {line}" if line else "")
    environment = {} if variable is None else {"ANNOTATE_CHUNK_SIZE": variable}
    resolved = resolve_settings({"chunk_size": flag}, start=tmp_path, environment=environment)
    assert resolved.chunk_size == holds


TYPED = {
    **dict.fromkeys(("strict", "offline", "retry_failed", "follow_links", "furniture"), "true"),
    "price": "1,2",
    "chunk_size": "300",
    "context": "4096",
    "answer_tokens": "300",
    "answer_parameter": "max_tokens",
    "base_url": "http://x",
    "batch_rate": "0.5",
    "extra_body": '{"seed": 1}',
    "headers": '{"X-Team": "research"}',
    "key_variable": "MY_KEY",
    "mode": "tools",
}


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_variable(tmp_path: Path, name: str) -> None:
    variable = f"ANNOTATE_{name.upper()}"
    beside = {"ANNOTATE_API_VERSION": "2024-10-21"} if name == "deployment" else {}
    environment = {**beside, variable: TYPED.get(name, "7")}
    resolved = resolve_settings({}, start=tmp_path, environment=environment)
    assert name in resolved.model_fields_set


def test_a_key_alone_names_no_model(tmp_path: Path) -> None:
    assert (
        resolve_settings({}, start=tmp_path, environment={"OPENAI_API_KEY": "sk-x"}).model is None
    )


def test_the_usual_variable_of_the_endpoint_is_read(tmp_path: Path) -> None:
    base = {"OPENAI_BASE_URL": "http://one"}
    assert resolve_settings({}, start=tmp_path, environment=base).base_url == "http://one"
    both = {**base, "ANNOTATE_BASE_URL": "http://two"}
    assert resolve_settings({}, start=tmp_path, environment=both).base_url == "http://two"


def test_prices_are_read_as_typed_and_as_toml(tmp_path: Path) -> None:
    assert resolve_settings({"price": "0.15, 0.6"}, start=tmp_path, environment={}).price == (
        0.15,
        0.6,
    )
    project(tmp_path, "price = [1, 2]")
    assert resolve_settings({}, start=tmp_path, environment={}).price == (1.0, 2.0)


def test_a_cache_folder_in_the_file_is_below_the_project(tmp_path: Path) -> None:
    project(tmp_path, 'cache_dir = "answers"')
    below = tmp_path / "a" / "b"
    below.mkdir(parents=True)
    assert resolve_settings({}, start=below, environment={}).cache_dir == tmp_path / "answers"
    flag = resolve_settings({"cache_dir": Path("mine")}, start=below, environment={})
    assert flag.cache_dir == Path("mine")


UNUSABLE: list[tuple[str, Any, str]] = [
    # setting, value, what is wrong with it
    ("chunk_size", 100, "greater than or equal to 200"),
    ("chunk_size", "many", "valid integer"),
    ("mode", "xml", "'auto', 'json_schema', 'tools' or 'json'"),
    ("base_url", "localhost:8000", "needs http:// or https://"),
    ("repeat", 0, "greater than or equal to 1"),
    ("max_cost", -1, "greater than or equal to 0"),
    ("max_cost", "nan", "greater than or equal to 0"),
    ("rpm", 0, "greater than 0"),
    ("price", "1", "needs two prices"),
    ("price", "1,2,3", "needs two prices"),
    ("price", "a,b", "needs two prices"),
    ("price", "1,-2", "needs two prices"),
    ("price", "inf,1", "needs two prices"),
    ("offline", "perhaps", "valid boolean"),
    ("model", "", "at least 1 character"),
]


@pytest.mark.parametrize(("name", "value", "wrong"), UNUSABLE)
def test_a_message_names_the_flag(tmp_path: Path, name: str, value: Any, wrong: str) -> None:
    flag = f"--{name.replace('_', '-')}: .*{wrong}"
    with pytest.raises(UsageError, match=flag):
        resolve_settings({name: value}, start=tmp_path, environment={})


@pytest.mark.parametrize(("name", "value", "wrong"), [each for each in UNUSABLE if each[1] != ""])
def test_a_message_names_the_variable(tmp_path: Path, name: str, value: Any, wrong: str) -> None:
    variable = f"ANNOTATE_{name.upper()}"
    with pytest.raises(UsageError, match=f"{variable}: .*{wrong}"):
        resolve_settings({}, start=tmp_path, environment={variable: str(value)})


@pytest.mark.parametrize(("name", "value", "wrong"), UNUSABLE)
def test_a_message_names_the_file(tmp_path: Path, name: str, value: Any, wrong: str) -> None:
    shown = f'"{value}"' if isinstance(value, str) else value
    project(tmp_path, f"{name} = {shown}")
    with pytest.raises(ProjectError, match=rf"annotate\.toml:\d+: {name}: .*{wrong}") as caught:
        resolve_settings({}, start=tmp_path, environment={})
    assert str(tmp_path) in str(caught.value)


def test_a_bad_endpoint_names_the_variable_that_was_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^OPENAI_BASE_URL: needs http"):
        resolve_settings({}, start=tmp_path, environment={"OPENAI_BASE_URL": "localhost"})


@pytest.mark.parametrize("text", ["chunksize = 500", "[chunk_size]\nx = 1\n[other]", "x.y = 1"])
def test_an_unknown_key_of_the_file_is_named(tmp_path: Path, text: str) -> None:
    project(tmp_path, text)
    with pytest.raises(ProjectError, match=r"annotate\.toml:\d+: .*(chunk_size|unknown setting)"):
        resolve_settings({}, start=tmp_path, environment={})


def test_an_unknown_argument_of_the_library_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"^chunksize: unknown setting, there is base_url, mode"):
        resolve_settings({"chunksize": 500}, start=tmp_path, environment={})


def test_naming_the_baseline_is_naming_no_model(tmp_path: Path) -> None:
    (tmp_path / "annotate.toml").write_text('model = "paid"\n', encoding="utf-8")
    assert resolve_settings({}, start=tmp_path, environment={}).model == "paid"
    assert resolve_settings({"model": "lexicon"}, start=tmp_path, environment={}).model is None
    environment = {"ANNOTATE_MODEL": "lexicon"}
    assert resolve_settings({}, start=tmp_path, environment=environment).model is None


def test_the_chunker_of_a_run_cuts_by_its_chunk_size() -> None:
    segmentation = segment("We brew tea every day.\n\nYou may drink it with us.\n\n" * 20)
    resolved = resolve_settings({"chunk_size": 300}, environment={})
    assert resolved.chunker(segmentation) == chunk(segmentation, 300)


# ---- The file ----


def test_settings_are_read_with_a_byte_order_mark_too(tmp_path: Path) -> None:
    (tmp_path / "annotate.toml").write_bytes(b'\xef\xbb\xbftask = "x"\r\n')
    assert read_settings(tmp_path) == {"task": "x"}


@pytest.mark.parametrize("data", [b"task = ", b"\xff", b"a = 1\na = 2"])
def test_settings_that_cannot_be_read_name_the_file(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "annotate.toml").write_bytes(data)
    with pytest.raises(ProjectError, match=r"annotate\.toml:\d+: "):
        read_settings(tmp_path)
