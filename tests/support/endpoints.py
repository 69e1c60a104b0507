"""Runs against an endpoint on the loopback interface: a project of its own, and a truthful model.

The project is the second domain's with a prompt. Its model reads the document out of a request and
states what the sentences state, so that what goes wrong is what a test makes go wrong.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import annotate
from annotate.ledger import Entry
from annotate.llm.cache.store import Cache
from annotate.runs.reader import Run
from annotate.testing import Request, Rule, Server
from annotate.testing.answers import Behaviour, Respond
from tests.support.checkout import INCIDENTS

Body = dict[str, Any]
TEXT = "Search was slow. It was caused by load."

PROMPT = """\
+++
version = "v1"
schema = "incident_report"
{head}
[parameters]
temperature = 0.0
max_completion_tokens = 256
+++
=== system ===
You annotate incident reports with {{% for c in categories %}}{{{{ c.tag }}}} {{% endfor %}}.
=== user ===
Context:
{{{{ context }}}}
Text:
{{{{ document }}}}
"""

_DOCUMENT = re.compile(r"<(document-[0-9a-f]+)>\n(.*)\n</\1>", re.DOTALL)
_SENTENCE = re.compile(r"[^.\n]+\.")


def project(folder: Path, head: str = "") -> Path:
    """Make a project with one prompt; `head` is more front matter."""
    shutil.copytree(INCIDENTS, folder, ignore=shutil.ignore_patterns("__pycache__"))
    prompts = folder / "prompts" / "incident_report"
    prompts.mkdir(parents=True)
    (prompts / "v1.md").write_text(PROMPT.format(head=head), encoding="utf-8")
    return folder


def document(body: Body) -> str:
    """Return the document that a request encloses; "" for a question of the doctor's, without."""
    if len(body["messages"]) == 1:
        return ""
    found = _DOCUMENT.search(body["messages"][1]["content"])
    assert found is not None, "a request encloses a document"
    return found[2]


def impact(quote: str, **changes: Any) -> Body:
    return {
        "category": "impact",
        "quote": quote,
        "effects": ["slow"],
        "countries": [],
        "duration": None,
        "customers_named": False,
        "polarity": "affirmed",
        **changes,
    }


def cause(quote: str) -> Body:
    return {"category": "cause", "quote": quote, "triggers": ["capacity"], "certainty": "confirmed"}


def truthful(body: Body) -> Body:
    """Annotate the sentences that say "slow" as impact and those that say "caused" as cause."""
    sentences = [match[0].strip() for match in _SENTENCE.finditer(document(body))]
    asked = body["messages"][0]["content"]
    return {
        "annotations": [
            *(impact(each) for each in sentences if "slow" in each and "impact" in asked),
            *(cause(each) for each in sentences if "caused" in each and "cause" in asked),
        ]
    }


def report(number: int, sentences: int = 2) -> str:
    """Return a report that no other number gets; every second sentence is a cause."""
    stated = (
        f"Search {number}-{i} was slow for a while." if i % 2 == 0 else f"{number}-{i} was caused."
        for i in range(sentences)
    )
    return "\n\n".join(stated) + "\n"


def reports(folder: Path, count: int, sentences: int = 2) -> Path:
    """Write so many documents into one file of JSON Lines."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "reports.jsonl"
    rows = ({"id": f"r{n}", "text": report(n, sentences)} for n in range(count))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@dataclass(frozen=True)
class Place:
    """Where runs of a test stand: the project's folder is the current one."""

    folder: Path

    @property
    def cache(self) -> Path:
        return self.folder / ".annotate" / "cache"

    def write(self, *texts: str) -> list[Path]:
        """Write texts as documents."""
        folder = self.folder / "texts"
        folder.mkdir(exist_ok=True)
        paths = [folder / f"t{number}.txt" for number in range(len(texts))]
        for path, text in zip(paths, texts, strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    def run(
        self, server: Server, inputs: Path | Iterable[Path], out: str = "run", **settings: Any
    ) -> Run:
        """Run in this process."""
        paths = [inputs] if isinstance(inputs, Path) else list(inputs)
        given = {"model": "m", "base_url": server.base_url, "timeout": 20.0, **settings}
        return annotate.run(paths, out=self.folder / out, **given)

    def arguments(self, server: Server, *inputs: Path, out: str = "run") -> list[str]:
        """Return the command line of a run."""
        given = ["--out", str(self.folder / out), "--model", "m", "--base-url", server.base_url]
        return ["run", *map(str, inputs), *given]

    def stored(self) -> list[Body]:
        """Return the bodies of the requests whose answers the cache holds."""
        cache = Cache(self.cache)
        bodies = [row["request"]["body"] for row in cache.rows()]
        cache.close()
        return bodies


def written(body: Body) -> str:
    return json.dumps(body, sort_keys=True)


def bodies(requests: Iterable[Request]) -> list[str]:
    """Return the bodies of requests, written canonically."""
    return [written(each.body) for each in requests]


def statuses(run: Run) -> list[str]:
    return [entry.status for entry in run.ledger()]


def quotes(run: Run) -> list[str]:
    return [annotation.quote for annotation in run.annotations()]


def read(
    place: Place,
    *behaviours: Behaviour,
    respond: Respond = truthful,
    first: int | None = None,
    text: str = TEXT,
    **settings: Any,
) -> tuple[Run, Entry, list[Body]]:
    """Read one text whose answers meet `behaviours`; return run, ledger line and requests."""
    rules = [Rule(*behaviours, first=first)] if behaviours else []
    with Server(respond, *rules) as server:
        run = place.run(server, place.write(text), **settings)
        asked = [each.body for each in server.chats]
    (entry,) = run.ledger()
    return run, entry, asked
