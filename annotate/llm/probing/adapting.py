"""Find the parameters under which an endpoint takes a request."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from annotate.llm.causes import Cause
from annotate.llm.errors import CallFailed
from annotate.llm.parameters import answer_limit
from annotate.llm.probing.asking import Asker, Outcome
from annotate.project.parameters import ANSWER_PARAMETERS, OWN_PARAMETERS
from annotate.project.settings import Settings

Question = Callable[[Settings], Mapping[str, Any]]
"""The body of a request under given settings."""

_MOST_CHANGES = 8
_FEWEST = 64  # tokens of an answer that is asked for
_REFUSALS = (Cause.PARAMETER, Cause.ANSWER_LIMIT, Cause.REFUSED)


async def adapt(
    asker: Asker,
    settings: Settings,
    question: Question,
    share: float = 1.0,
) -> tuple[Outcome, Settings]:
    """Ask until the endpoint takes the parameters; return what came, and the settings that it took.

    A parameter that an error names is left out; the answer's limit gets another name, or a smaller
    value where the error says which. Where an error names nothing, the usual suspects are tried.

    Raises:
        Stopped: where every request would be refused.
    """
    tried = [settings]
    guessed = False
    outcome = first = await asker.ask(question(settings), share)
    while outcome.error is not None and outcome.error.cause in _REFUSALS:
        changed = _changed(tried[-1], outcome.error, question(tried[-1]), tried)
        if changed is None or len(tried) > _MOST_CHANGES:
            return first, settings
        guessed = guessed or not outcome.error.parameter
        tried.append(changed)
        outcome = await asker.ask(question(changed), share)
    if guessed and outcome.reply is not None:
        return await _narrowed(asker, outcome, tried, question, share)
    return outcome, tried[-1]


async def _narrowed(
    asker: Asker, outcome: Outcome, tried: list[Settings], question: Question, share: float
) -> tuple[Outcome, Settings]:
    """Put back what was left out at a guess, one after the other, as far as it is taken."""
    taken = tried[-1]
    for name in (each for each in taken.drop if each not in tried[0].drop):
        drop = tuple(each for each in taken.drop if each != name)
        settings = taken.model_copy(update={"drop": drop})
        if settings in tried:
            continue
        again = await asker.ask(question(settings), share)
        if again.reply is not None:
            outcome, taken = again, settings
    return outcome, taken


def _changed(
    settings: Settings, error: CallFailed, sent: Mapping[str, Any], tried: list[Settings]
) -> Settings | None:
    """Return settings that were not tried yet and may be taken; None where there are none."""
    found: list[dict[str, Any]] = []
    if error.cause is Cause.ANSWER_LIMIT:
        limit, sizes = answer_limit(sent), error.sizes
        most = sizes.most_answer or min(sizes.context or limit, limit) // 2
        found += [{"answer_tokens": most}] if most >= _FEWEST else []
    elif error.parameter and error.parameter not in ANSWER_PARAMETERS:
        found.append({"drop": (*settings.drop, error.parameter)})
    else:
        others = (each for each in ANSWER_PARAMETERS if each != settings.answer_parameter)
        found += [{"answer_parameter": each} for each in others]
        if not error.parameter:  # at a guess: without all that can be left out, then renamed too
            bare = {"drop": (*settings.drop, *_droppable(sent))}
            found = [bare, *found, *(bare | each for each in found)]
    new = (settings.model_copy(update=each) for each in found)
    return next((each for each in new if each not in tried), None)


def _droppable(sent: Mapping[str, Any]) -> list[str]:
    return [name for name in sent if name not in OWN_PARAMETERS and name not in ANSWER_PARAMETERS]
