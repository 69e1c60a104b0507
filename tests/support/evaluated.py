"""A project with a suite of its own, and the command that evaluates it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from annotate.testing import Errors, Server
from tests.conftest import Command
from tests.support.simulated import GUIDED

MODEL = "simulated-m"
NOISY = Errors(missed=0.2, unguided=0.9, spurious=0.1, attribute=0.2, ungrounded=0)
WITHOUT_CAUSE = GUIDED.replace("categories %}", "categories if c.tag != 'cause' %}")
SUITE = """\
task = "incident_report"
prompts = ["v1"]
{more}
"""


@dataclass
class Ended:
    """How the command ended, and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass(frozen=True)
class Place:
    """A project with a suite `mine`, and the command in it."""

    folder: Path

    def typed(self, *words: object, env: Mapping[str, str] | None = None) -> Ended:
        done = Command(self.folder)(*map(str, words), env=env)
        assert "Traceback" not in done.stderr
        return Ended(done.returncode, done.stdout, done.stderr)

    def suite(self, more: str = "") -> None:
        path = self.folder / "eval" / "suites" / "mine.toml"
        path.parent.mkdir(exist_ok=True)
        path.write_text(SUITE.format(more=more), encoding="utf-8")

    def eval(
        self,
        server: Server,
        *words: object,
        model: str = MODEL,
        env: Mapping[str, str] | None = None,
    ) -> Ended:
        """Evaluate the suite with a model behind a server."""
        asked = ("--model", model, "--base-url", server.base_url)
        return self.typed("eval", "mine", *asked, *words, env=env)

    def bless(self, server: Server, *words: object) -> None:
        """Evaluate the suite and make its run the baseline."""
        (trial,) = self.eval(server, "--json", *words).json["trials"]
        assert self.typed("bless", *trial["runs"], "--reason", "the first").code == 0
