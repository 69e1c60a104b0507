"""A scripted model that judges annotations, and runs whose annotations it judges."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import annotate
from annotate.runs.reader import Run
from annotate.testing import Server
from tests.support.endpoints import Body, Place

_LINES = re.compile(r"<(annotations-[0-9a-f]+)>\n(.*)\n</\1>", re.DOTALL)

TEXT = "Search was slow in Germany. Carts were lost because of a deploy. We rolled back."


def asked(body: Body) -> list[Body]:
    """Return the annotations that a request asks about, as it lists them."""
    found = _LINES.search(body["messages"][1]["content"])
    assert found is not None, "a request encloses annotations"
    return [json.loads(line) for line in found[2].split("\n")]


def entry(number: int, verdict: str = "supported", reason: str = "", **values: Any) -> Body:
    """Return one entry of an answer; of each attribute one value may be named."""
    named = [{"attribute": name, "value": value} for name, value in values.items()]
    said = reason or ("" if verdict == "supported" else "It does not say so.")
    return {"number": number, "reason": said, "verdict": verdict, "values": named}


def entries(*said: Body) -> Body:
    return {"annotations": [*said]}


def judging(judge: Callable[[Body], Body]) -> Callable[[Body], Body]:
    """Return a model that answers for each annotation what `judge` makes of it."""
    return lambda body: entries(*map(judge, asked(body)))


def by_category(row: Body) -> Body:
    """Support impacts, call causes unsupported, and name the step of actions."""
    if row["category"] == "impact":
        return entry(row["number"])
    if row["category"] == "cause":
        return entry(row["number"], "unsupported", "Nothing is said of a cause.")
    return entry(row["number"], "partly", "No step.", step=row["values"]["step"])


def found(place: Place, *texts: str, out: str = "run") -> Run:
    """Return a run of the offline baseline on some texts."""
    return annotate.run(place.write(*texts), model="lexicon", out=place.folder / out)


def verified(place: Place, server: Server, run: Run, **settings: Any) -> Run:
    """Verify in this process."""
    given = {"model": "m", "base_url": server.base_url, "timeout": 60.0, **settings}
    return annotate.verify(run, **given)


def said(run: Run) -> list[Body | None]:
    """Return what was said of each annotation, in order; None where nothing was."""
    found = (each.verification for each in run.annotations())
    return [None if each is None else each.to_json() for each in found]


def verdicts(run: Run) -> dict[str, int]:
    """Return how many annotations got which verdict."""
    counted: dict[str, int] = run.manifest["verified"]["verdicts"]
    return {name: count for name, count in counted.items() if count}


def arguments(server: Server, run: Path, *more: str) -> list[str]:
    """Return the command line of a verification."""
    return ["verify", str(run), "--model", "m", "--base-url", server.base_url, *more]
