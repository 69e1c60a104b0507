"""The options that more than one command takes, each once: name, type, help and default.

An option of one command alone stands in its module. The options of `SETTINGS` are the settings of
`annotate.project.settings`; a command names those that it takes and gets what was typed:

    @app.command()
    @takes(settings=("task", "model"))
    def doctor(settings: Given) -> None: ...
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Iterable, Mapping
from inspect import Parameter
from pathlib import Path
from typing import Annotated, Any, TypeAlias, get_args

import typer

from annotate.cli import completion
from annotate.errors import UsageError
from annotate.formats.registry import format_names
from annotate.project.response_modes import ModeName

Given: TypeAlias = Mapping[str, Any]
"""The options that were typed, by name; those that were not are left out."""

# ---- Of several commands, a parameter each ----

Files = Annotated[
    list[str], typer.Argument(metavar="FILES", help="Files, folders, globs; - is standard input.")
]
RunFolder = Annotated[
    Path, typer.Argument(metavar="RUN", help="Folder of a run.", autocompletion=completion.runs)
]
RunFolders = Annotated[
    list[Path],
    typer.Argument(
        metavar="RUN",
        help="Folder of a run. runs/x also stands for its repeats runs/x-1, runs/x-2 and so on, "
        "where runs/x itself is not a run.",
        autocompletion=completion.runs,
    ),
]
TaskName = Annotated[
    str | None,
    typer.Argument(
        metavar="TASK",
        help="Name of a task (default: the project's).",
        autocompletion=completion.tasks,
    ),
]
Corrected = Annotated[
    Path,
    typer.Argument(
        metavar="SOURCE",
        help="A folder of brat, a JSON file of Label Studio, or a run that was reviewed.",
    ),
]
Tool = Annotated[
    str,
    typer.Option(
        "--from",
        help=f"Format: {format_names('tool', 'log')}.",
        autocompletion=completion.formats("tool", "log"),
    ),
]
TaskOfGold = Annotated[
    str | None,
    typer.Option(
        "--task",
        "-t",
        help="Task of the gold (default: the run's).",
        autocompletion=completion.tasks,
    ),
]
Gold = Annotated[
    Path | None,
    typer.Option(help="Folder of the gold (default: the task's own)."),
]
Replace = Annotated[
    bool, typer.Option("--replace", help="Replace the run in the folder, whatever it holds.")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON for scripts.")]


def _share(points: float | None) -> float | None:
    """Return points of F1 as a share."""
    if points is not None and not 0 <= points <= 100:  # also where it is not a number
        raise UsageError("--inconclusive-above: needs points of F1, from 0 to 100")
    return None if points is None else points / 100


InconclusiveAbove = Annotated[
    float | None,
    typer.Option(
        callback=_share,
        metavar="POINTS",
        help="End with code 3 where nothing is found and a drop this large could have been missed.",
    ),
]

# ---- Of many commands, in groups ----


def _option(
    kind: Any,
    text: str,
    *flags: str,
    default: str = "",
    metavar: str = "",
    offers: completion.Complete | None = None,
) -> Any:
    """Return an option that is None where it is not typed; the help says what holds then."""
    said = f"{text} (default: {default})." if default else f"{text}."
    shown = typer.Option(
        *flags, help=said, metavar=metavar or None, show_default=False, autocompletion=offers
    )
    return Annotated[kind | None, shown]


SETTINGS: Mapping[str, Any] = {
    "task": _option(
        str,
        "Task, which names the schema",
        "--task",
        "-t",
        default="privacy_policy",
        offers=completion.tasks,
    ),
    "model": _option(
        str,
        "Model to ask",
        "--model",
        "-m",
        default="lexicon, the offline baseline",
        offers=completion.models,
    ),
    "prompt": _option(
        str,
        "Version of the prompt",
        "--prompt",
        "-p",
        default="the task's",
        offers=completion.prompts,
    ),
    "verify_prompt": _option(
        str, "Version of the prompt that asks about annotations", default="v1"
    ),
    "per_request": _option(int, "Most annotations that one request asks about", default="10"),
    "base_url": _option(str, "OpenAI-compatible endpoint", default="OpenAI's"),
    "mode": _option(
        str,
        f"How to ask: {', '.join(get_args(ModeName))}, or auto, which is what doctor found",
        default="auto",
        offers=completion.words(*get_args(ModeName), "auto"),
    ),
    "strict": _option(
        bool, "Let the endpoint enforce the schema", "--strict/--no-strict", default="strict"
    ),
    "context": _option(int, "Tokens that prompt and answer may have together"),
    "answer_tokens": _option(int, "Most tokens of an answer; without it the prompt says"),
    "answer_parameter": _option(
        str,
        "What the endpoint calls the most tokens of an answer",
        default="max_completion_tokens",
        metavar="NAME",
    ),
    "drop": _option(str, "Parameters of the request to leave out", metavar="NAME,NAME"),
    "reasoning_effort": _option(str, "Send this reasoning_effort", metavar="EFFORT"),
    "extra_body": _option(str, "More parameters to send, as a JSON object", metavar="JSON"),
    "headers": _option(
        str,
        "Headers to send, as a JSON object; $NAME in a value stands for a variable",
        metavar="JSON",
    ),
    "key_variable": _option(
        str, "Environment variable that holds the key, before OPENAI_API_KEY", metavar="NAME"
    ),
    "api_version": _option(str, "Version of Azure's interface"),
    "deployment": _option(str, "Deployment of Azure, below --base-url"),
    "identity": _option(
        str,
        "Name under which answers of this endpoint are kept, whatever its address",
        metavar="NAME",
    ),
    "repeat": _option(int, "Independent samples, as sibling runs", default="1"),
    "repairs": _option(int, "Most repair requests for one answer", default="2"),
    "price": _option(
        str,
        "US dollars per million tokens, read and written",
        default="as published",
        metavar="IN,OUT",
    ),
    "cached_price": _option(
        float, "US dollars per million tokens that the endpoint has in its cache", metavar="USD"
    ),
    "batch_rate": _option(
        float, "Share of the price that an answer of a batch costs", default="1", metavar="SHARE"
    ),
    "max_cost": _option(
        float, "Most US dollars to spend, including what was spent before", metavar="USD"
    ),
    "max_requests": _option(int, "Most requests to send now"),
    "give_up_after": _option(
        int, "Chunks at the start of which nothing can be used, until the run stops", default="8"
    ),
    "concurrency": _option(int, "Most requests in flight", default="16"),
    "rpm": _option(float, "Most requests per minute"),
    "tpm": _option(float, "Most tokens per minute"),
    "timeout": _option(float, "Seconds for one request, retries included", default="300"),
    "offline": _option(bool, "Use cached answers alone", "--offline"),
    "retry_failed": _option(
        bool, "Ask again where an answer was refused or truncated", "--retry-failed"
    ),
    "cache_dir": _option(
        Path,
        "Folder of the answers",
        default="the project's .annotate/cache, else the user's cache folder",
    ),
    "workers": _option(
        int, "Processes that read documents, and annotate them without a model", default="1"
    ),
    "chunk_size": _option(int, "Most characters in one chunk", default="the prompt's, else 4000"),
    "encoding": _option(str, "Encoding of files that do not tell theirs", default="utf-8"),
    "follow_links": _option(
        bool, "Also read what links in a folder lead to outside it", "--follow-links", "-L"
    ),
    "furniture": _option(
        bool, "Also annotate menus, banners and other furniture of pages", "--furniture"
    ),
}
"""The settings as options. The defaults are those of `annotate.project.settings`: what is not typed
is looked for in the environment and in annotate.toml first."""

VERIFYING = ("verify_prompt", "per_request")
"""The settings of a verification alone."""

RUNNING = tuple(name for name in SETTINGS if name not in VERIFYING)
"""The settings of a run."""

ENDPOINT = ("base_url", "key_variable", "headers", "api_version", "deployment")
"""The settings that say where an endpoint is and how to get in."""

ASKING = (
    "mode",
    "strict",
    "context",
    "answer_tokens",
    "answer_parameter",
    "drop",
    "reasoning_effort",
    "extra_body",
)
"""The settings that say how a model wants to be asked."""

REQUESTS = (
    "task",
    "prompt",
    "model",
    *ENDPOINT,
    "identity",
    *ASKING,
    "repeat",
    "chunk_size",
    "encoding",
    "follow_links",
    "furniture",
    "cache_dir",
)
"""The settings that decide which requests a run sends."""

CARRYING_OUT = tuple(each for each in RUNNING if each not in (*REQUESTS, "batch_rate", "workers"))
"""The settings that say how requests are carried out, and what they may cost."""

REPORTS: Mapping[str, Any] = {
    "markdown": _option(Path, "Also write Markdown to this file"),
    "junit": _option(Path, "Also write JUnit XML to this file"),
    "html": _option(Path, "Also write an HTML page to this file, one for each comparison"),
}
"""The files that a comparison can be written to."""

SELECTION: Mapping[str, Any] = {
    "category": _option(
        list[str], "Annotations of these categories", metavar="NAME,NAME", default="all"
    ),
    "document": _option(
        list[str],
        "Annotations of this document; * stands for any characters",
        metavar="NAME",
        default="all",
    ),
    "where": _option(
        list[str],
        "Annotations that state this value; or ATTRIBUTE!=VALUE, CATEGORY.ATTRIBUTE=VALUE,VALUE, "
        "where null is what is not stated",
        "--value",
        metavar="ATTRIBUTE=VALUE",
    ),
    "text": _option(
        list[str],
        "Annotations whose quote holds these words, whatever their case, dashes and spaces",
        metavar="WORDS",
    ),
    "verdict": _option(
        list[str],
        "Annotations with this verdict: supported, partly, unsupported, unanswered",
        metavar="NAME,NAME",
        default="all",
    ),
}
"""Which annotations are meant, as `annotate.Run.select` takes it. Each can be given several times:
one of the categories, one of the documents, all values and all texts have to fit."""

_SHARED = {**SETTINGS, **REPORTS, **SELECTION}

Command: TypeAlias = Callable[..., None]


def takes(**groups: Iterable[str]) -> Callable[[Command], Command]:
    """Give a command shared options, by the parameter that is to hold what was typed of them.

    `@takes(settings=("task", "model"))` puts the options --task and --model where the command has
    the parameter `settings`, which then gets `{"model": "x"}` where only --model x was typed.
    """

    def decorate(command: Command) -> Command:
        @functools.wraps(command)
        def typed(**given: Any) -> None:
            for group, names in groups.items():
                options = {name: given.pop(name) for name in names}
                # An option that can be given several times is an empty list where it is not typed.
                given[group] = {n: each for n, each in options.items() if each not in (None, [])}
            command(**given)

        parameters: list[Parameter] = []
        for own in inspect.signature(command, eval_str=True).parameters.values():
            named = [_parameter(name) for name in groups.get(own.name, ())]
            parameters += named or [own.replace(kind=Parameter.KEYWORD_ONLY)]
        # typer reads from these two what a command takes.
        typed.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        typed.__annotations__ = {each.name: each.annotation for each in parameters}
        return typed

    return decorate


def _parameter(name: str) -> Parameter:
    return Parameter(name, Parameter.KEYWORD_ONLY, default=None, annotation=_SHARED[name])
