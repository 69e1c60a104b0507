"""Why a request got no answer, and what is done about it: one cause, one reaction, one sentence.

Which cause an endpoint's error has is read in `annotate.llm.errors`, from the table in
`annotate.llm.wordings`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Reaction(Enum):
    """What is done about a failure."""

    WAIT = "it is sent again as long as --timeout allows"
    RETRY = "it is sent again a few times"
    STOP = "the run stops"
    NEXT_MODE = "the next mode is tried with --mode auto, else the run stops"
    SPLIT = "the chunk is split"
    FAIL = "the chunk fails"


class Cause(Enum):
    """Why a request got no answer."""

    PROMPT_TOO_LONG = "prompt too long"
    ANSWER_LIMIT = "answer limit too large"
    PARAMETER = "parameter refused"
    MODE = "mode refused"
    QUOTA = "quota used up"
    KEY = "key refused"
    ACCESS = "access refused"
    MODEL = "unknown model"
    MEMORY = "too little memory"
    POLICY = "policy"
    MALFORMED = "malformed answer"
    REFUSED = "refused"
    OVERLOAD = "overload"
    LOADING = "loading"
    UNREACHABLE = "unreachable"
    NO_HOST = "no such host"
    CERTIFICATE = "certificate not trusted"
    TIMEOUT = "time is up"
    SERVER = "server error"
    NO_COMPLETION = "no completion"

    @property
    def reaction(self) -> Reaction:
        """What is done about it."""
        return MEANINGS[self].reaction

    @property
    def concerns_all(self) -> bool:
        """Whether every request of the run shares what is refused, until one was answered."""
        return self in _SHARED


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a cause means to the user.

    Attributes:
        said: what the endpoint says or does, as the message says it; `{}` is the parameter.
        advice: which setting to change, or "".
    """

    reaction: Reaction
    said: str
    advice: str = ""


MEANINGS: Mapping[Cause, Meaning] = {
    Cause.PROMPT_TOO_LONG: Meaning(
        Reaction.SPLIT,
        "the request is longer than the endpoint's context window",
        "lower --chunk-size, or give the server a larger context",
    ),
    Cause.ANSWER_LIMIT: Meaning(
        Reaction.STOP,
        "the answer limit is larger than the endpoint allows",
        "lower --answer-tokens",
    ),
    Cause.PARAMETER: Meaning(
        Reaction.STOP,
        "the endpoint does not take the parameter {}",
        "leave it out with --drop, or change it in the prompt",
    ),
    Cause.MODE: Meaning(
        Reaction.NEXT_MODE,
        "the endpoint refuses the request",
        "try another --mode (annotate doctor tells which)",
    ),
    Cause.QUOTA: Meaning(
        Reaction.STOP,
        "the endpoint says that the quota is used up",
        "the same command goes on once it is raised",
    ),
    Cause.KEY: Meaning(
        Reaction.STOP,
        "the endpoint refuses the key",
        "set OPENAI_API_KEY, or the variable that key_variable names",
    ),
    Cause.ACCESS: Meaning(
        Reaction.STOP,
        "the endpoint refuses access",
        "check the key and its rights",
    ),
    Cause.MODEL: Meaning(
        Reaction.STOP,
        "the endpoint knows no such model or path",
        "check --model and --base-url",
    ),
    Cause.MEMORY: Meaning(
        Reaction.STOP,
        "the server has not the memory that this model needs",
        "name a smaller --model",
    ),
    Cause.POLICY: Meaning(
        Reaction.FAIL,
        "the endpoint refuses this text by its policy",
    ),
    Cause.MALFORMED: Meaning(
        Reaction.FAIL,
        "the model's answer had not the form that was asked for, and the endpoint held it back",
        "where many do, try another --mode",
    ),
    Cause.REFUSED: Meaning(
        Reaction.FAIL,
        "the endpoint refuses the request",
    ),
    Cause.OVERLOAD: Meaning(Reaction.WAIT, "the endpoint is busy"),
    Cause.LOADING: Meaning(
        Reaction.WAIT,
        "the endpoint is loading the model",
        "raise --timeout",
    ),
    Cause.UNREACHABLE: Meaning(
        Reaction.WAIT,
        "the connection failed",
        "start the server, or check --base-url; a longer --timeout waits longer for it",
    ),
    Cause.NO_HOST: Meaning(
        Reaction.RETRY,
        "nobody knows the host of the endpoint",
        "check --base-url and the network",
    ),
    Cause.CERTIFICATE: Meaning(
        Reaction.STOP,
        "the certificate of the endpoint is not trusted",
        "name the file of its authority in SSL_CERT_FILE, and check --base-url",
    ),
    Cause.TIMEOUT: Meaning(Reaction.RETRY, "the endpoint did not answer in time"),
    Cause.SERVER: Meaning(Reaction.RETRY, "the endpoint failed"),
    Cause.NO_COMPLETION: Meaning(
        Reaction.RETRY,
        "what came is not a completion",
        "check --base-url",
    ),
}

OTHER_NAME = "give the limit of an answer another name with --answer-parameter"
"""What helps where the refused parameter is the one that limits an answer."""

_SHARED = frozenset({Cause.MODE, Cause.PARAMETER, Cause.ANSWER_LIMIT})
