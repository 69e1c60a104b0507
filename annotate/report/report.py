"""A whole report: what a run says of its documents, how it was made, and what it leaves open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from annotate.errors import UsageError
from annotate.evaluation.predictions import check_repeats
from annotate.project.tasks import load_task, task_names
from annotate.report.content import Account, Section, accounts
from annotate.report.sentences import Sentences
from annotate.runs.reader import Run
from annotate.runs.selection import Selection

_PREFACE = (
    "Each sentence is made of what was annotated, by category. The words below it are the "
    "document's own: they prove that it was said, and where. What they mean is the judgement of "
    "the model or baseline that is named here.",
    "Lines and characters count the text as it was read, lines from 1 and characters from 0.",
)
EVERYTHING = Selection()
"""Chooses all of a run."""

_IDENTITY = (
    *("task", "schema", "model", "lexicon", "prompt", "prompt_hash", "endpoint", "mode"),
    *("parameters", "chunk_size", "repeat"),
)
"""What made the run what it is, by its names in the manifest."""


@dataclass(frozen=True)
class Report:
    """What a run says.

    Attributes:
        preface: how to read it.
        notices: what a reader should know first.
        samples: the other samples of the run.
        facts: how the run was made, as names and texts.
        left: inputs that there is no account of, as titles with lines.
    """

    run: Run
    sentences: Sentences
    chosen: Selection
    notices: tuple[str, ...]
    samples: tuple[Run, ...] = ()

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"Report on {self.name}"

    @property
    def name(self) -> str:
        """The name of the run."""
        return self.run.path.absolute().name

    @property
    def preface(self) -> Sequence[str]:
        """How to read it."""
        return _PREFACE

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What was asked for, and how the run was made, as names and texts."""
        only = [("only", asked(self.chosen))] if self.chosen else []
        return [*only, *_facts(self.run)]

    @property
    def left(self) -> list[Section]:
        """The inputs that there is no account of, as titles with lines."""
        sections: list[Section] = [
            ("Inputs that could not be read", list(map(_line, self.run.unreadable()))),
            ("Inputs that were skipped", list(map(_line, self.run.skipped))),
        ]
        return [(title, lines) for title, lines in sections if lines]

    def accounts(self) -> Iterator[Account]:
        """Yield the account of each document, in the order of the run."""
        return accounts(self.run, self.sentences, self.chosen, self.samples)


def report_on(run: Run, chosen: Selection = EVERYTHING, samples: Sequence[Run] = ()) -> Report:
    """Return the report on a run, or on what is chosen of it.

    `samples` are the repeats of the run, which say how sure each statement is.

    Raises:
        ProjectError: where the sentences of its task cannot be used.
        UsageError: where the run has no document that is chosen, or a sample is none of it.
        RunError: where the run is damaged.
    """
    name, notices = str(run.manifest.get("task", "")), []
    sentences = Sentences.of(load_task(name)) if name in task_names() else Sentences(None)
    if run.schema is None:
        notices.append(
            "What a document is silent about is left out: the schema that the run was made with is "
            "not here."
        )
    check_repeats((run, *samples))
    if samples:
        notices.append(
            f"Of {1 + len(samples)} samples this is the first: what only others found is not in it."
        )
    if not run.complete:
        notices.append("The run is incomplete: what was not read is listed with each document.")
    if not any(chosen.takes_document(each) for each in run.document_names()):
        raise UsageError(f"{run.path}: has no document to report on")
    return Report(run, sentences, chosen, tuple(notices), tuple(samples))


def asked(chosen: Selection) -> str:
    """Return what a selection asks for, as it could be typed."""
    values = (
        f"{'.'.join(each.path)}{'=' if each.equal else '!='}"
        + ",".join(sorted({str(value) for known in each.wanted.values() for value in known}))
        for each in chosen.conditions
    )
    said = {
        "--category": chosen.categories,
        "--document": ("*".join(pieces) for pieces in chosen.documents),
        "--value": values,
        "--text": chosen.texts,
        "--verdict": chosen.verdicts,
    }
    return " ".join(f"{option} {each}" for option, many in said.items() for each in many)


def _line(row: Mapping[str, Any]) -> str:
    return f"{row['source']}: {row['reason']}"


def _facts(run: Run) -> Iterator[tuple[str, str]]:
    manifest = run.manifest
    times = [str(row["time"]) for row in run.history() if row.get("time")]
    if times:
        yield "made", times[0] if len(times) == 1 else f"{times[0]}, last resumed {times[-1]}"
    yield "status", str(manifest["status"])
    for name in _IDENTITY:
        if manifest.get(name):
            yield name.replace("_", " "), str(manifest[name])
    usage = manifest["usage"]
    if usage.get("requests"):
        yield "answers", f"{usage['requests']:,}"
    counts = manifest["counts"]
    yield "documents", f"{counts['documents']:,}, {counts['characters']:,} characters"
    yield "annotations", f"{counts['annotations']:,}, {counts['quarantined']:,} answers refused"
    yield "annotate", str(manifest.get("annotate", ""))
