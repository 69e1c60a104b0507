"""What it means that a request failed: its cause, and with that what is done about it.

There is one classifier for whatever an endpoint says: `annotate.llm.complaint` reads the shape,
`annotate.llm.wordings` knows the words, `annotate.llm.causes` what each cause leads to.

Nothing here shows a word that an endpoint wrote but its error codes, and the names of parameters
that were sent: its words may quote what was sent.
"""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from annotate.errors import Incomplete, Stopped
from annotate.llm.causes import MEANINGS, OTHER_NAME, Cause, Reaction
from annotate.llm.complaint import Complaint, read_complaint
from annotate.llm.sizes import Sizes, read_sizes
from annotate.llm.wordings import table
from annotate.project.parameters import ANSWER_PARAMETERS

_MAYBE_BILLED = frozenset({200, 408, 502, 504, 520, 522, 524})  # the model may have gone on
_OF_STATUS = {
    401: Cause.KEY,
    402: Cause.QUOTA,
    403: Cause.ACCESS,
    404: Cause.MODEL,
    405: Cause.MODEL,
    413: Cause.PROMPT_TOO_LONG,
    429: Cause.OVERLOAD,
    503: Cause.OVERLOAD,
    529: Cause.OVERLOAD,
}
_PASSING = frozenset({408, 409, 425})  # and every status from 500
_MODES = frozenset({"response_format", "tools", "tool_choice", "strict"})
_LONGEST_WAIT = 86_400.0  # seconds
_LONGEST_DATE = 100  # characters
_NAME = re.compile(r"[A-Za-z0-9_.+/-]{1,60}")


class CallFailed(Incomplete):
    """One call that got no answer; the others go on. Its message quotes nothing that was sent.

    Attributes:
        cause: why; what is done about it is the cause's.
        exhausted: every attempt failed in a way that might have passed.
        parameter: the parameter that the endpoint does not take, or "".
        sizes: tokens, as far as the endpoint names them.
    """

    def __init__(
        self,
        message: str,
        *,
        cause: Cause = Cause.REFUSED,
        exhausted: bool = False,
        parameter: str = "",
        sizes: Sizes | None = None,
    ) -> None:
        super().__init__(message)
        self.cause = cause
        self.exhausted = exhausted
        self.parameter = parameter
        self.sizes = sizes or Sizes()

    @property
    def unsupported(self) -> bool:
        """Whether the endpoint does not know the response form."""
        return self.cause is Cause.MODE

    @property
    def too_long(self) -> bool:
        """Whether the request is larger than the endpoint's context."""
        return self.cause is Cause.PROMPT_TOO_LONG


class EndpointStopped(Stopped):
    """A run that an endpoint's error stops.

    Attributes:
        cause: why.
        parameter: the parameter that the endpoint does not take, or "".
    """

    def __init__(self, message: str, cause: Cause, parameter: str = "") -> None:
        super().__init__(message)
        self.cause = cause
        self.parameter = parameter


class Unbilled(Exception):
    """Marks a failure for which no endpoint charges: it was refused, or never sent."""


class TransientError(Exception):
    """A failure that may pass.

    Attributes:
        pause: seconds that the endpoint asked to wait.
        cause: why; one whose reaction is to wait is tried as long as there is time.
    """

    def __init__(
        self, reason: str, pause: float | None = None, cause: Cause = Cause.SERVER
    ) -> None:
        super().__init__(reason)
        self.pause = pause
        self.cause = cause


class _UnbilledTransientError(TransientError, Unbilled):
    pass


class _UnbilledCallFailed(CallFailed, Unbilled):
    pass


class _UnbilledStopped(EndpointStopped, Unbilled):
    pass


@dataclass(frozen=True, slots=True)
class Asked:
    """What a request asked for beside its messages, as far as an error can be about it.

    Attributes:
        parameters: the names of what was sent.
        answer: the most tokens that the answer may have, None where that was not said.
    """

    parameters: frozenset[str] = frozenset()
    answer: int | None = None

    @classmethod
    def of(cls, body: object) -> Asked:
        """Return what the body of a request asks for."""
        if not isinstance(body, dict):
            return cls()
        limits = (body.get(name) for name in ANSWER_PARAMETERS)
        answer = next((each for each in limits if type(each) is int), None)
        return cls(frozenset(body), answer)


NOTHING_KNOWN = Asked()


def redirected(to: str) -> Stopped:
    """Return the error for a redirect that is not followed; `to` says where it leads."""
    return _UnbilledStopped(f"the endpoint {to}; check --base-url", Cause.MODEL)


def classify(
    status: int, content: bytes, retry_after: str = "", asked: Asked = NOTHING_KNOWN
) -> Exception:
    """Return what an answer with an error's status means: a TransientError, CallFailed or Stopped.

    Those of them that are Unbilled cost nothing. `retry_after` is the header's.
    """
    return meaning_of(read_complaint(status, content), asked, _retry_after(retry_after))


def unanswered(error: Exception, *, sent: bool) -> TransientError | Stopped:
    """Return what it means that no answer came, or not all of it.

    Args:
        error: of the library that sends; its words are not shown, which hold addresses.
        sent: whether the request may be at the endpoint.
    """
    behind = {type(each).__name__ for each in (error, *_behind(error))}
    if "SSLCertVerificationError" in behind:
        meaning = MEANINGS[Cause.CERTIFICATE]
        return _UnbilledStopped(f"{meaning.said}; {meaning.advice}", Cause.CERTIFICATE)
    if "gaierror" in behind:
        meaning = MEANINGS[Cause.NO_HOST]
        return _UnbilledTransientError(f"{meaning.said}; {meaning.advice}", cause=Cause.NO_HOST)
    late = isinstance(error, TimeoutError)
    reason = MEANINGS[Cause.TIMEOUT].said if late else f"the connection failed ({_name(error)})"
    if not sent:
        return _UnbilledTransientError(reason, cause=Cause.UNREACHABLE)
    return TransientError(reason, cause=Cause.TIMEOUT if late else Cause.SERVER)


def _name(error: Exception) -> str:
    """Return the name of what the system said, where it said something, else the library's."""
    told = (each for each in _behind(error) if isinstance(each, OSError))
    return type(next(told, error)).__name__


def _behind(error: BaseException | None) -> Iterator[BaseException]:
    """Yield what an error came from; the library in between wraps it."""
    for _ in range(10):
        error = (error.__cause__ or error.__context__) if error is not None else None
        if error is None:
            return
        yield error


def meaning_of(
    complaint: Complaint, asked: Asked = NOTHING_KNOWN, pause: float | None = None
) -> Exception:
    """Return what an error of an endpoint means; `pause` is what its headers ask to wait."""
    cause, parameter = cause_of(complaint, asked)
    sizes = read_sizes(complaint, asked.answer)
    if cause in (Cause.PROMPT_TOO_LONG, Cause.ANSWER_LIMIT):
        blamed = sizes.answer_is_to_blame
        if blamed is not None:
            cause = Cause.ANSWER_LIMIT if blamed else Cause.PROMPT_TOO_LONG
    code = next((each for each in complaint.names if plain(each)), "")
    said = _sentence(cause, f"{complaint.status} {code}".strip(), parameter)
    if cause.reaction in (Reaction.WAIT, Reaction.RETRY):
        return _passing(complaint, cause, complaint.pause if pause is None else pause)
    if cause.reaction is Reaction.STOP and not cause.concerns_all:
        return _UnbilledStopped(said, cause)
    # What a model has written already is paid.
    billed = cause is Cause.MALFORMED or complaint.status in _MAYBE_BILLED
    kind = CallFailed if billed else _UnbilledCallFailed
    return kind(said, cause=cause, parameter=parameter, sizes=sizes)


def cause_of(complaint: Complaint, asked: Asked = NOTHING_KNOWN) -> tuple[Cause, str]:
    """Return the cause of an error, and the parameter that it refuses or ""."""
    status, refused = complaint.status, complaint.parameter
    names = {each.lower() for each in complaint.names}
    for row in table():
        if row.fits(status, names, complaint.message):
            return row.cause, _part_of_a_mode(complaint) if row.cause is Cause.MODE else ""
    if status in (200, 400, 422, 500, 501):
        refused = refused or _refused_in(complaint.message, asked.parameters)
        if refused in _MODES:
            return Cause.MODE, _part_of_a_mode(complaint) or refused
        if refused in asked.parameters - {"messages", "model"}:
            return Cause.PARAMETER, refused
    if status in _OF_STATUS:
        return _OF_STATUS[status], ""
    if status == 200:
        return Cause.NO_COMPLETION, ""
    return (Cause.SERVER if status in _PASSING or status >= 500 else Cause.REFUSED), ""


def _part_of_a_mode(complaint: Complaint) -> str:
    """Return what of a mode is refused: the word "strict" alone, or the parameter, or ""."""
    if re.search(r"(?<!\w)strict(?!\w)", complaint.message):
        return "strict"
    return complaint.parameter if complaint.parameter in _MODES else ""


def plain(name: str) -> str:
    """Return a name that an endpoint chose where it is one, else "": it might be anything."""
    return name if _NAME.fullmatch(name) else ""


def _refused_in(message: str, sent: frozenset[str]) -> str:
    """Return the parameter of those sent that a message says is not taken, or ""."""
    # Each source in `wordings.toml` has another order of the words; that they are near is enough.
    refusing = (
        r"unsupported|unrecognized|unknown|unexpected|extra|(?:not|n't) (?:support|permit|allow)"
    )
    for name in sorted(sent - {"messages", "model"}):
        near = rf"(?<!\w){re.escape(name.lower())}(?!\w)"
        if re.search(rf"(?:{refusing}).{{0,60}}{near}|{near}.{{0,60}}(?:{refusing})", message):
            return name
    return ""


def _sentence(cause: Cause, code: str, parameter: str) -> str:
    meaning = MEANINGS[cause]
    said, advice = meaning.said.format(parameter), meaning.advice
    if cause is Cause.PARAMETER and parameter in ANSWER_PARAMETERS:
        advice = OTHER_NAME
    return f"{said} ({code})" + (f"; {advice}" if advice else "")


def _passing(complaint: Complaint, cause: Cause, pause: float | None) -> TransientError:
    asked = "" if pause is None else f" and asks to wait {_waiting(pause)}"
    kind = TransientError if complaint.status in _MAYBE_BILLED else _UnbilledTransientError
    said = f"the endpoint answered {complaint.status}"
    if cause is Cause.LOADING:
        said = f"{MEANINGS[cause].said} ({complaint.status})"
    return kind(f"{said}{asked}", pause, cause)


def _retry_after(value: str) -> float | None:
    """Read Retry-After in seconds or as a date; a date in the past asks for none.

    What is neither, or less than nothing, is None; what is longer than a day is a day, which no
    call waits for.
    """
    value = value[:_LONGEST_DATE]
    try:
        seconds = float(value)
        if not seconds >= 0:  # "nan" is a float, too
            return None
    except ValueError:
        try:
            seconds = max(parsedate_to_datetime(value).timestamp() - time.time(), 0.0)
        except (ValueError, TypeError, IndexError, OverflowError, OSError):
            return None
    return min(seconds, _LONGEST_WAIT)


def _waiting(seconds: float) -> str:
    return "a day or longer" if seconds >= _LONGEST_WAIT else f"{seconds:.0f} s"
