"""What a task asks a language model with, where nobody says otherwise."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from annotate.errors import ProjectError
from annotate.project.prompts import prompt_defaults
from annotate.project.settings import resolve_settings


def project(folder: Path, defaults: str | None, settings: str = "") -> Path:
    """Make a project of a task "outages" that asks with these defaults."""
    (folder / "annotate.toml").write_text(f'task = "outages"\n{settings}', encoding="utf-8")
    for name in ("schemas", "prompts/outages"):
        (folder / name).mkdir(parents=True)
    (folder / "schemas" / "outages.py").write_text("", encoding="utf-8")
    if defaults is not None:
        path = folder / "prompts" / "outages" / "default.toml"
        path.write_text(defaults, encoding="utf-8")
    return folder


BOTH = 'prompt = "v3"\nchunk_size = 12_000'

HOLDS: list[tuple[str | None, str, dict[str, Any], tuple[str, int]]] = [
    # default.toml, annotate.toml, flags, prompt and size that hold
    (BOTH, "", {"model": "m"}, ("v3", 12_000)),
    (BOTH, "", {"model": "m", "prompt": "v3"}, ("v3", 12_000)),
    # Of another prompt the size is not known to be good.
    (BOTH, "", {"model": "m", "prompt": "v1"}, ("v1", 4000)),
    (BOTH, 'prompt = "v2"', {"model": "m"}, ("v2", 4000)),
    (BOTH, "chunk_size = 500", {"model": "m"}, ("v3", 500)),
    (BOTH, "", {"model": "m", "chunk_size": 700}, ("v3", 700)),
    ('prompt = "v2"', "", {"model": "m"}, ("v2", 4000)),
    ("chunk_size = 900", "", {"model": "m"}, ("v1", 900)),
    (None, "", {"model": "m"}, ("v1", 4000)),
    # The offline baseline is asked nothing.
    (BOTH, "", {}, ("v1", 4000)),
    (BOTH, "", {"model": "lexicon"}, ("v1", 4000)),
]


@pytest.mark.parametrize(("defaults", "settings", "flags", "holds"), HOLDS)
def test_what_a_model_is_asked_with(
    tmp_path: Path,
    defaults: str | None,
    settings: str,
    flags: dict[str, Any],
    holds: tuple[str, int],
) -> None:
    start = project(tmp_path, defaults, settings)
    resolved = resolve_settings(flags, start=start, environment={})
    assert (resolved.prompt, resolved.chunk_size) == holds


def test_the_profile_of_a_model_goes_before_the_prompts(tmp_path: Path) -> None:
    start = project(tmp_path, BOTH, '[models."m"]\nmode = "json"')
    assert resolve_settings({"model": "m"}, start=start, environment={}).mode == "json"
    environment = {"ANNOTATE_MODEL": "m", "ANNOTATE_CHUNK_SIZE": "800"}
    assert resolve_settings({}, start=start, environment=environment).chunk_size == 800


def test_a_look_at_requests_needs_no_model(tmp_path: Path) -> None:
    start = project(tmp_path, BOTH)
    looked = resolve_settings({}, start=start, environment={}, asking=True)
    assert (looked.prompt, looked.chunk_size) == ("v3", 12_000)


@pytest.mark.parametrize(
    ("defaults", "said"),
    [
        ("prompt = 3", "prompt: Input should be a valid string"),
        ('prompt = ""', "prompt: String should have at least 1 character"),
        ("chunk_size = 100", "chunk_size: Input should be greater than or equal to 200"),
        ('prompts = "v3"', "prompts: Extra inputs are not permitted"),
        ('path = "prompts"', "path: Extra inputs are not permitted"),
        ("prompt = v3", "is not valid TOML (Invalid value, column 10)"),
    ],
)
def test_defaults_that_cannot_be_used_are_named(tmp_path: Path, defaults: str, said: str) -> None:
    start = project(tmp_path, defaults)
    with pytest.raises(ProjectError) as caught:
        resolve_settings({"model": "m"}, start=start, environment={})
    path = start / "prompts" / "outages" / "default.toml"
    assert str(caught.value).startswith(f"{path}:1: {said}; ")


def test_the_shipped_task_asks_with_what_was_measured() -> None:
    found = prompt_defaults("privacy_policy")
    assert (found.prompt, found.chunk_size) == ("v3", 12_000)
    assert found.path is not None


def test_a_task_that_does_not_exist_has_no_defaults(tmp_path: Path) -> None:
    start = project(tmp_path, BOTH)
    assert prompt_defaults("nothing", start).path is None
    assert prompt_defaults("../outages", start).path is None
