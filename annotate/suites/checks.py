"""Check a suite file against what it names: task, documents, gold, prompts, models, baselines."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from annotate.comparison.baselines import baseline_file
from annotate.documents.reading import is_there
from annotate.findings import Finding, in_order
from annotate.gold.store import MANIFEST, inspect_gold
from annotate.llm.cache.exchange import PATTERNS
from annotate.llm.prompts.load import prompt_versions
from annotate.project.settings import LEXICON
from annotate.project.tasks import Task
from annotate.project.toml_file import TomlFile
from annotate.schema.spelling import nearest, one_of
from annotate.suites.suite import Suite, parse_suite


def check_suite(
    toml: TomlFile, task: Task, profiles: Sequence[str] = ()
) -> tuple[Suite | None, list[Finding]]:
    """Return a suite of a task, None where it cannot be read, and what is wrong with it.

    `profiles` are the models that annotate.toml knows.
    """
    suite, faults = parse_suite(toml)
    if suite is None:
        return None, in_order(faults)
    return suite, in_order([*faults, *_Checks(toml, suite, task, profiles).all()])


class _Checks:
    def __init__(self, toml: TomlFile, suite: Suite, task: Task, profiles: Sequence[str]) -> None:
        self.profiles = profiles
        self.toml = toml
        self.suite = suite
        self.task = task

    def all(self) -> Iterator[Finding]:
        yield from self.documents()
        yield from self.gold()
        yield from self.prompts()
        yield from self.models()
        yield from self.answers()

    def documents(self) -> Iterator[Finding]:
        for number, path in enumerate(self.suite.documents):
            if not is_there(path):
                said = f"documents: {self.written('documents', number, path)} is not there"
                remedy = f"there is {_names(path.parent) or 'no such folder above it'}"
                yield self.toml.error(("documents", number), said, remedy)

    def written(self, key: str, number: int, path: Path) -> str:
        listed = self.toml.content.get(key)
        return repr(listed[number]) if isinstance(listed, list) else str(path)

    def gold(self) -> Iterator[Finding]:
        key = "gold" if "gold" in self.toml.content else "task"
        if not (self.suite.gold / MANIFEST).is_file():
            said = f"gold: {self.suite.gold} holds no gold ({MANIFEST})"
            yield self.toml.error(
                (key,), said, f"there is {_names(self.suite.gold.parent) or 'none'}"
            )
            return
        gold, _ = inspect_gold(self.suite.gold)
        if gold is None:
            return
        labelled = [each.id for each in gold.manifest.documents]
        for listed in ("holdout", "tuned_on"):
            for number, each in enumerate(getattr(self.suite, listed)):
                if each not in labelled:
                    said = f"{listed}: {each!r} has no gold"
                    yield self.toml.error((listed, number), said, one_of(each, labelled))

    def prompts(self) -> Iterator[Finding]:
        known = prompt_versions(self.task.root, self.task.name)
        for number, each in enumerate(self.suite.prompts):
            if each.version not in known:
                said = f"prompts: task {self.task.name} has no prompt {each.version!r}"
                yield self.toml.error(("prompts", number), said, one_of(each.version, known))

    def models(self) -> Iterator[Finding]:
        if LEXICON in self.suite.models and self.task.lexicon is None:
            said = f"models: task {self.task.name} has no lexicon for the offline baseline"
            remedy = f"write schemas/{self.task.name}.lexicon.toml, or take it out"
            yield self.toml.error(("models", self.suite.models.index(LEXICON)), said, remedy)
        for number, model in enumerate(self.suite.models):
            if near := unprofiled(model, self.profiles):
                said = f"models: {model!r} has no profile in annotate.toml"
                yield self.toml.warning(
                    ("models", number), said, f"{near!r} is the nearest that has one"
                )
        if "missing_baseline" in self.toml.content:
            return
        for number, model in enumerate(self.suite.models):
            path = baseline_file(self.task.root, self.task.name, model)
            if not path.is_file():
                said = f"models: {model} has no baseline ({path}): the suite ends as inconclusive"
                remedy = "annotate bless keeps a run as one; or say missing_baseline"
                yield self.toml.warning(("models", number), said, remedy)

    def answers(self) -> Iterator[Finding]:
        folder = self.suite.answers
        if folder is not None and not any(file for each in PATTERNS for file in folder.glob(each)):
            said = f"answers: {folder} holds no recorded answers ({', '.join(PATTERNS)})"
            yield self.toml.error(("answers",), said, "annotate cache export writes them there")


def unprofiled(model: str, profiles: Iterable[str]) -> str:
    """Return the profile that a model without one is nearly named as, "" where there is none."""
    known = list(profiles)
    return nearest(model, known) if model not in (LEXICON, *known) else ""


def _names(folder: Path) -> str:
    return ", ".join(sorted(each.name for each in folder.glob("*"))[:20]) if folder.is_dir() else ""
