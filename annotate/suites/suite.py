"""Suite files: what an evaluation runs, on which documents, and what it has to hold.

A suite is `eval/suites/<name>.toml`. Paths in it are relative to the content root, the folder that
holds `eval/`:

    task = "privacy_policy"
    documents = ["eval/documents"]          # files, folders or globs
    gold = "eval/gold/privacy_policy"       # default: eval/gold/<task>
    prompts = ["v1", "v2"]                  # default: the setting `prompt`; a table says more
    models = ["lexicon"]                    # default: the setting `model`
    repeats = 3                             # samples of each model; the lexicon has one
    holdout = ["acme.txt"]                  # documents that no prompt was changed for
    tuned_on = ["birch.txt"]                # documents that one was
    missing_baseline = "inconclusive"       # of a model: or "passed", "failed"
    answers = "eval/answers/outages"        # recorded ones, which take the place of an endpoint

    [settings]                              # of every run
    chunk_size = 12000

    [[prompts]]                             # one of several, in place of its name alone
    version = "v2"
    repeats = 1
    gated = false
    settings = { chunk_size = 4000 }

    [gates]                                 # fields of `annotate.comparison.gates.Gates`
    min_drop = 0.02

Knows files and names only: what a suite's run costs and comes to is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    create_model,
)
from pydantic_core import ErrorDetails

from annotate.comparison.gates import Gates
from annotate.errors import UsageError, refuse
from annotate.findings import Finding
from annotate.gold.records import first_fault
from annotate.project.contents import SUITES, suites_in
from annotate.project.roots import content_roots
from annotate.project.settings import LEXICON, Settings
from annotate.project.toml_file import TomlFile, read_toml
from annotate.project.toml_lines import Keys
from annotate.schema.spelling import there_is

MissingBaseline = Literal["inconclusive", "passed", "failed"]
"""What a trial comes to that has no baseline to be compared with."""


_ELSEWHERE = ("task", "model", "prompt", "repeat", "offline", "cache_dir")
"""Settings that `[settings]` does not take: a suite has keys for them, or the command line has."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt that a suite asks with.

    Attributes:
        repeats: independent samples; None for the suite's number.
        settings: of its runs, before those of the suite.
        gated: whether a gate may fail it; else its comparison is shown alone.
    """

    version: str
    repeats: int | None = None
    settings: Mapping[str, Any] = field(default_factory=dict)
    gated: bool = True


@dataclass(frozen=True, slots=True)
class Suite:
    """A suite file, with its paths made whole.

    Attributes:
        path: the file.
        documents: as `annotate run` takes them.
        gold: a folder.
        prompts, models: as the file names them; empty where it leaves them to the command line.
        repeats: independent samples of each language model.
        gates: what a change has to hold.
        holdout, tuned_on: ids of documents that are scored apart as well.
        missing_baseline: what a trial comes to that has nothing to be compared with.
        settings: of every run, where neither a prompt nor the command line says otherwise.
        answers: a folder of recorded answers: with one, nothing is ever sent.
    """

    name: str
    path: Path
    task: str
    documents: tuple[Path, ...]
    gold: Path
    prompts: tuple[Asked, ...]
    models: tuple[str, ...]
    repeats: int
    gates: Gates
    holdout: tuple[str, ...]
    tuned_on: tuple[str, ...]
    missing_baseline: MissingBaseline = "inconclusive"
    settings: Mapping[str, Any] = field(default_factory=dict)
    answers: Path | None = None


def _gate(kind: Any, default: Any) -> Any:
    """Return the field of a gate: shares are at most 1, and nothing is below 0."""
    bounds = {float: Field(default, ge=0, le=1), int: Field(default, ge=0)}
    return kind, bounds.get(kind, default)


_STRICT = ConfigDict(extra="forbid", strict=True)
_KINDS = get_type_hints(Gates)
_Gates: Any = create_model(
    "_Gates",
    __config__=_STRICT,
    **{each.name: _gate(_KINDS[each.name], each.default) for each in fields(Gates)},
)


def _usable(settings: dict[str, Any]) -> dict[str, Any]:
    known = [name for name in Settings.model_fields if name not in _ELSEWHERE]
    for name in settings:
        if name not in known:
            raise ValueError(f"{name}: no setting of a suite, there is {', '.join(known)}")
    try:
        Settings.model_validate(settings)
    except ValidationError as error:
        raise ValueError(first_fault(error)) from None
    return settings


_Settings = Annotated[dict[str, Any], AfterValidator(_usable)]


class _Prompt(BaseModel):
    """A prompt as it is written where its name alone says too little."""

    model_config = _STRICT

    version: str
    repeats: int | None = Field(default=None, ge=1, le=1000)
    settings: _Settings = {}
    gated: bool = True


def _as_table(value: Any) -> Any:
    return {"version": value} if isinstance(value, str) else value


class _File(BaseModel):
    """A suite file as it is written."""

    model_config = _STRICT

    task: str = Field(min_length=1)
    documents: list[str] = Field(default=["eval/documents"], min_length=1)
    gold: str = ""
    prompts: list[Annotated[_Prompt, BeforeValidator(_as_table)]] = []
    models: list[str] = []
    repeats: int = Field(default=1, ge=1, le=1000)
    holdout: list[str] = []
    tuned_on: list[str] = []
    missing_baseline: MissingBaseline = "inconclusive"
    answers: str = ""
    settings: _Settings = {}
    gates: _Gates = _Gates()


def _of_lists(file: _File) -> Iterator[tuple[Keys, str]]:
    """Yield what lists of a suite name twice or against each other, and what leads there."""
    for key in ("documents", "models", "holdout", "tuned_on"):
        yield from _of_names(key, [(each, each) for each in getattr(file, key)])
    # One prompt may stand here twice, with other settings.
    yield from _of_names("prompts", [(each.version, each.settings) for each in file.prompts])
    for number, each in enumerate(file.holdout):
        if each in file.tuned_on:
            yield (
                ("holdout", number),
                f"holdout: {each!r} stands in tuned_on; it is one or the other",
            )
    if file.models == [LEXICON] and file.repeats > 1:
        yield ("repeats",), "repeats: the lexicon says the same each time; leave it at 1"


def _of_names(key: str, listed: Sequence[tuple[str, Any]]) -> Iterator[tuple[Keys, str]]:
    """Yield empty names of a list, and those that stand there twice with the same particulars."""
    for number, (name, particulars) in enumerate(listed):
        if not name:
            yield (key, number), f"{key}: holds an empty name; take it out"
        elif (name, particulars) in listed[:number]:
            yield (key, number), f"{key}: names {name!r} twice; take one out"


def default_suite(models: Sequence[str | None]) -> str:
    """Return the suite of prompts where a language model is named, else that of the baseline."""
    return "prompts" if any(each not in (None, LEXICON) for each in models) else "baseline"


def suite_names() -> list[str]:
    """Return the names of the suites that can be used from here."""
    return sorted({name for root in content_roots() for name in suites_in(root)})


def find_suite(name: str) -> Suite:
    """Read a suite by its name, or by the path of its file.

    Raises:
        UsageError: where there is none.
        ProjectError: where it cannot be used; names the file, the key and what to do.
    """
    if name.endswith(".toml"):
        return read_suite(Path(name))
    for root in content_roots():
        if name in suites_in(root):
            return read_suite(suites_in(root)[name])
    known = ", ".join(suite_names()) or "none"
    raise UsageError(f"no suite {name!r} here; there is {known} ({SUITES.as_posix()}/<name>.toml)")


def read_suite(path: Path) -> Suite:
    """Read a suite file.

    Raises:
        ProjectError: where it cannot be used; names the file, the line, the key and what to do.
    """
    if not path.is_file():
        known = ", ".join(suite_names())
        raise UsageError(f"{path}: no such suite file; there is {known}")
    suite, faults = parse_suite(read_toml(path))
    refuse(faults)
    if suite is None:
        raise AssertionError("a suite that cannot be read has a fault")
    return suite


def parse_suite(toml: TomlFile) -> tuple[Suite | None, list[Finding]]:
    """Return what a suite file says, None where it cannot be used, and what is wrong with it."""
    path, root = toml.path, _root(toml.path)
    try:
        file = _File.model_validate(toml.content)
    except ValidationError as error:
        details = error.errors(include_url=False, include_input=False)
        return None, [_problem(toml, detail) for detail in details]
    faults = [toml.error(keys, *_parted(said)) for keys, said in _of_lists(file)]
    return Suite(
        path.stem,
        path,
        file.task,
        tuple(root / each for each in file.documents),
        root / (file.gold or f"eval/gold/{file.task}"),
        tuple(Asked(p.version, p.repeats, p.settings, p.gated) for p in file.prompts),
        tuple(file.models),
        file.repeats,
        Gates(**file.gates.model_dump()),
        tuple(file.holdout),
        tuple(file.tuned_on),
        file.missing_baseline,
        file.settings,
        root / file.answers if file.answers else None,
    ), faults


def _root(path: Path) -> Path:
    """Return what the paths of a suite are relative to; a file that lies elsewhere: its folder."""
    folder = path.absolute().parent
    return folder.parents[1] if folder.parts[-2:] == SUITES.parts else folder


def _problem(toml: TomlFile, detail: ErrorDetails) -> Finding:
    """Say what is wrong with a key, and what to do."""
    keys: Keys = detail["loc"]
    place = ".".join(map(str, keys))
    if detail["type"] == "extra_forbidden":
        inner: dict[str, Any] = {"gates": _Gates, "prompts": _Prompt}
        known = inner.get(str(keys[0]), _File).model_fields
        return toml.error(keys, f"{place}: unknown key", there_is(str(keys[-1]), known))
    if detail["type"] == "missing":
        return toml.error(keys, f"{place}: missing", "add it")
    said = detail["msg"].removeprefix("Value error, ")
    if keys and keys[-1] == "settings":  # the setting is named in front
        keys = (*keys, said.partition(":")[0])
    return toml.error(keys, *_parted(f"{place}: {said}"))


def _parted(said: str) -> tuple[str, str]:
    """Part what is wrong from what to do, where both are said."""
    message, _, remedy = said.partition("; ")
    return message, remedy or "correct it"
