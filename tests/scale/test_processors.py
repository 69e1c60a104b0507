"""Requests that go through Ray's own processors of language models, as the guide has it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.testing import Server
from tests.conftest import ROOT, Command
from tests.support import endpoints
from tests.support.clustered import records
from tests.support.endpoints import Place, bodies, truthful

pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{kind}")  # of Ray, about its own use of itself
    for kind in ("DeprecationWarning", "FutureWarning", "ResourceWarning", "UserWarning")
]


def program() -> str:
    """Return the program that the guide shows."""
    guide = (ROOT / "docs/guides/scale.md").read_text(encoding="utf-8")
    (found,) = re.findall(r"```python\n(import json\n.*?)```", guide, re.DOTALL)
    return str(found)


def test_the_program_of_the_guide_sends_what_a_run_sends_and_brings_its_answers_back(
    cluster: Any, place: Place, tmp_path: Path
) -> None:
    inputs = endpoints.reports(tmp_path / "in", 6)
    command = Command(place.folder)
    with Server(truthful) as server:
        asking = ("--model", "m", "--base-url", server.base_url)
        one = place.run(server, inputs, "one", cache_dir=place.folder / "other")
        sent = bodies(server.chats)
        command("batch", "export", inputs, *asking, "--out", "requests.jsonl")
        exec(  # noqa: S102 (our own)
            program().replace("http://localhost:8000/v1", server.base_url), {"__name__": "__main__"}
        )
        assert sorted(bodies(server.chats[6:])) == sorted(sent)
        imported = command("batch", "import", "results.jsonl")
        assert imported.returncode == 0, imported.stderr
        run = annotate.run([inputs], out="many", offline=True, model="m", base_url=server.base_url)
    assert records(run) == records(one)
