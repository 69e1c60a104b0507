"""What a run with a model is, before anything is opened, and what opens with it."""

from __future__ import annotations

import asyncio
import dataclasses
from pathlib import Path
from typing import Any

import pytest

from annotate.errors import ProjectError, UsageError
from annotate.llm.budget import journal_of
from annotate.llm.cache.folder import open_cache
from annotate.llm.factory import ModelSpecification, model_specification
from annotate.llm.modes import ResponseMode, keep_mode
from annotate.project.settings import resolve_settings
from annotate.project.tasks import load_task
from tests.support.prompting import EXAMPLE, project

GIVEN: dict[str, Any] = {"model": "m", "base_url": "http://me:secret@127.0.0.1:9/v1/?key=1"}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(project(tmp_path / "p"))
    return tmp_path / "p"


def specification(**settings: Any) -> ModelSpecification:
    return model_specification(
        load_task("incident_report"), resolve_settings({**GIVEN, **settings})
    )


def test_the_identity_holds_what_the_answers_depend_on_and_no_credentials() -> None:
    found = specification(repairs=1, mode="tools", strict=False)
    assert found.identity == {
        "model": "m",
        "endpoint": "http://127.0.0.1:9/v1",
        "mode": "tools",
        "strict": False,
        "prompt": "v1",
        "prompt_hash": found.prompt.fingerprint,
        "parameters": {"max_completion_tokens": 8192},
        "repairs": 1,
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"concurrency": 3, "rpm": 5.0, "tpm": 5.0, "timeout": 1.0, "price": "1,2"},
        {"max_cost": 1.0, "price": "1,2", "max_requests": 1, "offline": True},
        {"retry_failed": True, "repeat": 5, "cache_dir": "elsewhere"},
    ],
)
def test_how_a_run_is_carried_out_does_not_make_it_another(changes: dict[str, Any]) -> None:
    assert specification(**changes).identity == specification().identity


def test_a_specification_is_a_value() -> None:
    found = specification()
    assert found == specification()
    with pytest.raises(dataclasses.FrozenInstanceError):
        found.model = "n"  # type: ignore[misc]


def test_mode_auto_is_what_was_found_for_this_endpoint_and_model() -> None:
    assert specification().mode == ResponseMode("json_schema", True)
    settings = resolve_settings(GIVEN)
    with open_cache(settings) as cache:
        keep_mode(settings, cache.prepared, ResponseMode("tools", True))
    assert specification().mode == ResponseMode("tools", True)
    assert specification(strict=False).mode == ResponseMode("tools", False)
    assert specification(mode="json").mode == ResponseMode("json", True)
    assert specification(model="n").mode == ResponseMode("json_schema", True)


def test_the_journal_is_opened_beside_the_folder_where_a_price_is_known(tmp_path: Path) -> None:
    async def opened(folder: Path | None, **settings: Any) -> None:
        await specification(**settings).open(folder).close()

    asyncio.run(opened(tmp_path / "a", price="1,2"))
    assert journal_of(tmp_path / "a").exists()
    asyncio.run(opened(tmp_path / "b"))
    assert not journal_of(tmp_path / "b").exists()
    asyncio.run(opened(None, price="1,2"))


def test_what_cannot_work_is_refused_before_anything_is_opened(here: Path) -> None:
    with pytest.raises(UsageError, match="no model is named"):
        specification(model=None)
    with pytest.raises(UsageError, match="no price is known for model 'm'"):
        specification(max_cost=1.0)
    with pytest.raises(ProjectError, match="no prompt 'v9'"):
        specification(prompt="v9")
    wrong = {**EXAMPLE, "annotations": [{"category": "weather", "quote": "A deploy"}]}
    project(here.parent / "wrong", examples=[wrong])
    task = load_task("incident_report", here.parent / "wrong")
    with pytest.raises(ProjectError, match=r"examples\.jsonl:1: "):
        model_specification(task, resolve_settings(GIVEN))
