"""Probe an endpoint: which parameters and modes it takes, how much it reads, how fast it is."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from annotate.errors import Stopped
from annotate.llm.cache.folder import open_cache
from annotate.llm.causes import Cause
from annotate.llm.endpoint import connection_to, open_client
from annotate.llm.factory import named_model
from annotate.llm.modes import MODES, ResponseMode, keep_mode
from annotate.llm.parameters import answer_limit
from annotate.llm.probing.adapting import adapt
from annotate.llm.probing.asking import Asker, Outcome, list_models
from annotate.llm.probing.judging import judge_mode, listed_context, places, speed_of
from annotate.llm.probing.proposal import CHARACTERS_A_TOKEN, Measured, profile_of
from annotate.llm.probing.questions import FIRST, HUGE, LAST, SMALL, SMALLEST, Questions
from annotate.llm.prompts.load import load_prompt
from annotate.project.settings import Settings
from annotate.project.tasks import Task

LONGEST = 60.0
"""Seconds for a probe: whoever waits for the doctor sits in front of it."""

_PART = 1 / 3  # of these, for one request
_HALF = 1 / 2
_SHORT = 1 / 8  # for one that need not be answered
_AT_ONCE = 4  # requests


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at.

    Attributes:
        needed: whether no run can go on where it is not ok.
    """

    name: str
    ok: bool
    said: str
    needed: bool = True


@dataclass(slots=True)
class Probed:
    """What a probe found.

    Attributes:
        modes: each mode that was asked for, and whether the endpoint takes it.
        profile: of the model, by name; {} where no mode works.
    """

    findings: list[Finding] = field(default_factory=list)
    modes: list[tuple[ResponseMode, bool]] = field(default_factory=list)
    profile: dict[str, Any] = field(default_factory=dict)


def probe(
    task: Task,
    settings: Settings,
    report: Callable[[Finding], object] | None = None,
    *,
    seconds: float = LONGEST,
) -> Probed:
    """Ask an endpoint a handful of small questions, and return what came of them.

    The best mode is kept for later runs.

    Args:
        task: whose prompt and schema are asked with.
        settings: with a model.
        report: gets each finding as soon as it is there.
        seconds: that all of it may take.

    Raises:
        UsageError: where no model is named, or a setting cannot be used.
        Stopped: where the endpoint refuses the key or knows no such model.
    """
    named_model(settings)
    questions = Questions(load_prompt(task.root, task.schema, settings.prompt))
    probed = asyncio.run(_probe(questions, settings, report, seconds))
    best = next((mode for mode, works in probed.modes if works), None)
    if best is not None:
        with open_cache(settings) as cache:
            keep_mode(settings, cache.prepared, best)
    return probed


async def _probe(
    questions: Questions,
    settings: Settings,
    report: Callable[[Finding], object] | None,
    seconds: float,
) -> Probed:
    from annotate.llm import direct  # noqa: F401  (its import is not in the time of the probe)

    client = open_client(settings, seconds)
    try:
        return await _Probing(Asker(client, seconds), questions, settings, report).run()
    finally:
        await client.close()


class _Probing:
    """The steps of a probe, each of which knows what the ones before found."""

    def __init__(
        self,
        asker: Asker,
        questions: Questions,
        settings: Settings,
        report: Callable[[Finding], object] | None,
    ) -> None:
        self._asker = asker
        self._questions = questions
        self._report = report
        self._probed = Probed()
        limit = answer_limit(questions.parameters(settings))
        self._found = Measured(settings, limit, context=settings.context)
        self._found.prompt_tokens = questions.length() // CHARACTERS_A_TOKEN

    async def run(self) -> Probed:
        """Take all steps; the later ones only as long as an earlier one leads to an answer."""
        await self._list()
        if await self._reach():
            await self._modes()
            if self._found.mode is not None:
                await self._limits()
                await self._own_request(self._found.mode)
                await self._several()
                self._probed.profile = profile_of(self._found)
        return self._probed

    def _say(self, name: str, ok: bool, said: str, *, needed: bool = True) -> None:
        finding = Finding(name, ok, said, needed)
        self._probed.findings.append(finding)
        if self._report is not None:
            self._report(finding)

    async def _list(self) -> None:
        """Learn the context from the list of models, where a server says it there."""
        settings = self._found.settings
        connection = connection_to(settings, timeout=self._asker.seconds)
        listing = await list_models(connection, _SHORT * self._asker.seconds)
        if self._found.context is None:
            self._found.context = listed_context(listing, settings.model or "")

    async def _reach(self) -> bool:
        """Ask for a few words, with the parameters of the prompt, and those as it takes them."""
        outcome, settings = await adapt(self._asker, self._found.settings, self._questions.plain)
        changes = _changes(self._found.settings, settings)
        self._found.settings = settings
        self._found.speed = outcome.speed
        within = _SHORT * self._asker.seconds * (outcome.speed or SMALL)
        self._questions.limit = max(min(int(within), SMALL), SMALLEST)
        if outcome.reply is None:
            self._say("answers", False, str(outcome.error))
            return False
        self._say("answers", True, f"after {outcome.seconds:.1f} s{speed_of(outcome)}")
        self._say("parameters", True, changes or "all are taken")
        return True

    async def _modes(self) -> None:
        """Ask in each mode, strictly first; the first that works is the one to use."""
        settings = self._found.settings
        names = [name for name in MODES if settings.mode in ("auto", name)]
        for name in names:
            strict = settings.strict and MODES[name].takes_strict
            outcome = await self._mode(ResponseMode(name, strict))
            # Some servers take the schema and refuse the word "strict".
            if strict and not self._probed.modes[-1][1] and not outcome.timed_out:
                await self._mode(ResponseMode(name, False))
        if self._found.mode is None:
            self._say("mode", False, "no mode works")

    async def _mode(self, mode: ResponseMode) -> Outcome:
        body = self._questions.in_mode(self._found.settings, mode)
        outcome = await self._asker.ask(body, _PART)
        works, said = judge_mode(outcome)
        self._probed.modes.append((mode, works))
        loosely = MODES[mode.name].takes_strict and not mode.strict
        name = f"mode {mode.name}{', not strict' if loosely else ''}"
        self._say(name, works, said, needed=False)
        if works:
            self._found.mode = self._found.mode or mode
            self._found.speed = self._found.speed or outcome.speed
        return outcome

    async def _limits(self) -> None:
        """Learn from what is said to a huge limit what the endpoint allows."""
        found = self._found
        try:
            huge = self._questions.plain(found.settings, HUGE)
            outcome = await self._asker.ask(huge, _SHORT)
        except Stopped:  # a budget that it would pass says nothing of what the model can do
            return
        if outcome.error is not None:
            sizes = outcome.error.sizes
            found.context = found.context or sizes.context
            found.most_written = sizes.most_answer

    async def _own_request(self, mode: ResponseMode) -> None:
        """Ask as a run does, with the prompt's own limit of an answer."""
        found, before = self._found, self._with_room()
        question = partial(self._questions.own, mode=mode)
        outcome, settings = await adapt(self._asker, before, question, _HALF)
        if changes := _changes(before, settings):
            self._say("parameters", True, changes)
        if settings.answer_tokens != before.answer_tokens:
            found.most_written = settings.answer_tokens
        found.settings = settings.model_copy(update={"answer_tokens": found.settings.answer_tokens})
        usage = outcome.reply.usage if outcome.reply else None
        if usage is not None:
            found.prompt_tokens = usage.prompt_tokens
        if outcome.error is not None and outcome.error.sizes.context:
            found.context = outcome.error.sizes.context
        found.reading = outcome.seconds
        self._say("request", *_judge_own(outcome))
        if outcome.reply is not None and usage is None:
            await self._ends()
        self._say_context()

    def _with_room(self) -> Settings:
        """Return the settings with an answer limit that is known to be allowed."""
        found = self._found
        tokens = found.answer_tokens or found.limit
        if tokens == found.limit:
            return found.settings
        return found.settings.model_copy(update={"answer_tokens": tokens})

    async def _ends(self) -> None:
        """Look whether both ends of a long text arrive, where the server counts no tokens."""
        outcome = await self._asker.ask(self._questions.ends(self._found.settings), _PART)
        words = outcome.reply.parsed.content.upper() if outcome.reply else ""
        if LAST in words and FIRST not in words:
            self._say("prompt", False, "the server cuts the beginning of a prompt in silence")
        elif FIRST in words and LAST not in words:
            self._say("prompt", False, "the server cuts the end of a prompt in silence")
        elif words:
            said = "both ends arrive" if FIRST in words else "the model did not say what it read"
            self._say("prompt", True, f"{said}; the server counts no tokens", needed=False)

    def _say_context(self) -> None:
        found = self._found
        if found.context is None:
            said = f"not known; {found.prompt_tokens:,} tokens were read"
            self._say("context", True, f"{said}; set context in the profile", needed=False)
            return
        room = found.answer_tokens
        said = f"{found.context:,} tokens for prompt and answer"
        if not room:
            chunk = f"a chunk of {found.settings.chunk_size:,} characters"
            said += f"; too few for this prompt and {chunk}"
        elif room < found.limit:
            said += f"; an answer gets {room:,} of them, not {found.limit:,}"
        self._say("context", bool(room), said)

    async def _several(self) -> None:
        """Ask several at once, and see whether the server works on all of them."""
        body = self._questions.plain(self._found.settings)
        asked = (self._asker.ask(body, _PART) for _ in range(_AT_ONCE))
        outcomes = await asyncio.gather(*asked)
        answered = [each.seconds for each in outcomes if each.reply is not None]
        errors = [each.error for each in outcomes if each.error is not None]
        if any(each.cause is Cause.OVERLOAD for each in errors):
            self._found.places = max(len(answered), 1)
            said = f"the server is busy with {_AT_ONCE} requests at once; lower concurrency"
        elif errors:
            said = f"how many the server works on at once is not known: {errors[0]}"
        else:
            self._found.places = places(answered)
            at_once = self._found.places or f"{_AT_ONCE} or more"
            said = f"the server works on {at_once} at once"
        self._say("requests", True, said, needed=False)


def _changes(before: Settings, after: Settings) -> str:
    """Say which parameters an endpoint takes in another way."""
    dropped = [name for name in after.drop if name not in before.drop]
    said = [f"{name} is not taken" for name in dropped]
    if after.answer_parameter != before.answer_parameter:
        said.append(f"{before.answer_parameter} is called {after.answer_parameter}")
    if after.answer_tokens != before.answer_tokens:
        said.append(f"an answer may have {after.answer_tokens} tokens")
    return "; ".join(said)


def _judge_own(outcome: Outcome) -> tuple[bool, str]:
    """Return whether the prompt's own request is taken, and what came of it."""
    if outcome.timed_out:
        return True, f"is taken, and not answered within {outcome.seconds:.0f} s"
    if outcome.reply is None:
        return False, str(outcome.error)
    parsed = outcome.reply.parsed
    if parsed.kind == "shortened":
        return False, parsed.problem
    _, said = judge_mode(outcome)
    return True, f"{said}, after {outcome.seconds:.1f} s"
