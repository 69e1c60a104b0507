"""What every worker is told, and what it annotates with."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import JsonValue

from annotate.annotator import Annotator, RunSpecification
from annotate.errors import UsageError
from annotate.llm.cache.prepared import Prepared
from annotate.llm.factory import ModelSpecification
from annotate.llm.prompts.load import load_prompt
from annotate.pipeline.run import identity_of
from annotate.project.settings import Settings
from annotate.project.tasks import Task
from annotate.scale.asking import RemoteAccountant, RemoteAnswers
from annotate.scale.rows import Columns


@dataclass(frozen=True)
class ScaleJob:
    """What every worker is told.

    Attributes:
        out: where the parts go.
        identity: of the run.
        access: how the model is asked, without its prompt; None for the lexicon.
        columns: those of a dataset of documents; None for one of portions.
        folder: the current folder of the driver.
    """

    out: str
    identity: Mapping[str, JsonValue]
    settings: Settings
    access: Mapping[str, Any] | None = None
    columns: Columns | None = None
    folder: str = field(default_factory=os.getcwd)

    def annotator(self, task: Task, accountant: RemoteAccountant) -> Annotator:
        """Return what annotates, with the task as it stands on this machine.

        Raises:
            UsageError: where that is another one than the driver's.
        """
        if self.access is None:
            from annotate.lexicon.annotator import lexicon_specification

            lexicon = lexicon_specification(task)
            self._check(task, lexicon)
            return lexicon.open(None)
        from annotate.llm.annotator import LanguageModel

        prompt = load_prompt(task.root, task.schema, self.settings.prompt)
        model = ModelSpecification(prompt=prompt, **self.access)
        self._check(task, model)
        answers = RemoteAnswers(accountant, self.settings)
        inquiry = model.ask_through(answers, prompt.schemas, Prepared(accountant))
        return LanguageModel(prompt, inquiry)

    def _check(self, task: Task, specification: RunSpecification) -> None:
        for name, value in identity_of(task, specification, self.settings).items():
            if self.identity.get(name) != value:
                raise UsageError(
                    f"a worker has another {name}: every machine needs the same project and the "
                    "same version of annotate"
                )


def access_of(specification: RunSpecification) -> dict[str, Any] | None:
    """Return how a model is asked, as it can be sent to a worker: without its prompt.

    None for the lexicon, of which a worker loads all.
    """
    if not isinstance(specification, ModelSpecification):
        return None
    return {name: value for name, value in vars(specification).items() if name != "prompt"}
