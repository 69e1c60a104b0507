"""What a trial would send and cost, before anything is spent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import JsonValue

from annotate.documents.reading import read_documents
from annotate.llm.estimate import Estimate, estimate
from annotate.llm.request import Request
from annotate.pipeline.missing import missing_requests
from annotate.project.settings import Settings, resolve_settings
from annotate.suites.trials import Trial


@dataclass(frozen=True, slots=True)
class Forecast:
    """What a trial would send now.

    Attributes:
        cached: requests for a chunk that are answered already.
        estimate: of the new ones; None where the trial is free.
    """

    cached: int = 0
    estimate: Estimate | None = None

    @property
    def new(self) -> int:
        """How many requests would be sent, repairs that are known to be due among them."""
        return self.estimate.requests if self.estimate else 0

    def to_json(self) -> dict[str, JsonValue]:
        """Return the figures by name."""
        known = self.estimate.to_json() if self.estimate else None
        return {"cached": self.cached, "new": self.new, "estimate": known}


def forecast(trial: Trial) -> Forecast:
    """Return what a trial would send now; sends nothing.

    Raises:
        DocumentError: for a document that cannot be read.
    """
    if trial.prompt is None:
        return Forecast()
    resolved = resolve_settings(trial.given)
    missing = missing_requests(trial.inputs, **trial.given)
    first = _chunks(trial.inputs, resolved) * len(trial.prompt.schemas) * trial.repeats
    cached = max(0, first - sum(map(_opens, missing)))
    return Forecast(cached, estimate(missing, trial.price))


def _chunks(inputs: Sequence[Path], resolved: Settings) -> int:
    documents = read_documents(
        inputs, encoding=resolved.encoding, follow_links=resolved.follow_links
    )
    return sum(
        not chunk.furniture for each in documents for chunk in resolved.chunker(each.segmentation)
    )


def _opens(request: Request) -> bool:
    """Tell whether a request asks for a chunk, and not for the correction of an answer."""
    return len(request.body["messages"]) == 2
