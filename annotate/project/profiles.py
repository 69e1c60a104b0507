"""What can be said of one model and its endpoint: a table `[models."NAME"]` of annotate.toml.

Each of its names is a setting of a run as well, so that a flag or a variable goes before it. How
the settings of a run are put together is in `annotate.project.settings`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from math import inf
from typing import Annotated, Any, Literal

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    JsonValue,
    ValidationInfo,
    field_validator,
)

from annotate.project.parameters import ANSWER_PARAMETERS, OWN_PARAMETERS, AnswerParameter
from annotate.project.response_modes import ModeName

VARIABLE = re.compile(r"\$\{?([A-Za-z_][A-Za-z0-9_]*)\}?")
"""A variable of the environment in the value of a header."""

_HEADER = re.compile(r"[A-Za-z0-9!#$%&'*+.^_`|~-]{1,100}")
_SECRET = re.compile(r"authorization|cookie|key|token|secret|password", re.IGNORECASE)
_OF_HTTP = frozenset(
    "host content-length content-type content-encoding transfer-encoding connection "
    "accept-encoding te upgrade".split()
)
# A key that is typed in the place of its variable is not taken for one, and so is never shown.
_KEY_VARIABLE = re.compile(r"[A-Z_][A-Z0-9_]{0,99}")
_DEPLOYMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,99}")
_API_VERSION = re.compile(r"[A-Za-z0-9._-]{1,40}")


def _table(value: Any) -> Any:
    """Read a table as it is typed on a command line, as a JSON object."""
    if not isinstance(value, str):
        return value
    try:
        read = json.loads(value)
    except ValueError:
        read = None
    if isinstance(read, dict):
        return read
    raise ValueError('needs a JSON object, as in {"name": "value"}')


def _names(value: Any) -> Any:
    """Read "temperature,seed" as it is typed on a command line."""
    if not isinstance(value, str):
        return value
    return tuple(each for part in value.split(",") if (each := part.strip()))


class Profile(BaseModel):
    """One model: where it is, how it wants to be asked, what it takes and what it costs.

    Attributes:
        context: tokens that prompt and answer may have together.
        answer_tokens: the most tokens of an answer; without it the prompt says how many.
        answer_parameter: the name under which that is sent.
        drop: parameters of a request that are not sent.
        reasoning_effort, extra_body: parameters that are sent beside those of the prompt.
        headers: sent with each request; `$NAME` in a value stands for a variable.
        price: US dollars a million tokens, read and written.
        cached_price: US dollars a million tokens that the endpoint read from its cache.
        batch_rate: the share of the price that an answer of a batch costs.
        timeout: seconds.
        key_variable: the name of the environment variable that holds the key.
        api_version, deployment: of Azure.
        identity: under which name answers of this endpoint are kept, whatever its address.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    base_url: str = Field(default="https://api.openai.com/v1", repr=False)  # with its credentials
    mode: Literal["auto", ModeName] = "auto"
    strict: bool = True
    context: int | None = Field(default=None, ge=256, le=100_000_000)
    answer_tokens: int | None = Field(default=None, ge=64, le=10_000_000)
    answer_parameter: AnswerParameter = "max_completion_tokens"
    drop: Annotated[tuple[str, ...], BeforeValidator(_names)] = ()
    reasoning_effort: str | None = Field(default=None, pattern=r"^[A-Za-z0-9_-]{1,40}$")
    extra_body: Annotated[dict[str, JsonValue], BeforeValidator(_table)] = {}
    headers: Annotated[dict[str, str], BeforeValidator(_table)] = Field(default={}, repr=False)
    price: tuple[float, float] | None = None
    cached_price: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    batch_rate: float = Field(default=1.0, ge=0, le=1)
    concurrency: int = Field(default=16, ge=1, le=1024)
    rpm: float | None = Field(default=None, gt=0)
    tpm: float | None = Field(default=None, gt=0)
    timeout: float = Field(default=300.0, gt=0)
    key_variable: str | None = None
    api_version: str | None = None
    deployment: str | None = None
    identity: str | None = Field(default=None, pattern=r"^[!-~]{1,200}$")

    @field_validator("price", mode="before")
    @classmethod
    def _two_numbers(cls, value: Any) -> Any:
        """Read "0.15,0.6" as it is typed on a command line."""
        try:
            first, second = map(float, value.split(",") if isinstance(value, str) else value)
        except (TypeError, ValueError):
            first = second = -1.0
        if not (0 <= first < inf and 0 <= second < inf):
            raise ValueError("needs two prices, in US dollars per million tokens, as in 0.15,0.6")
        return first, second

    @field_validator("base_url")
    @classmethod
    def _http(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")):
            raise ValueError("needs http:// or https://")
        return value

    @field_validator("drop")
    @classmethod
    def _may_be_dropped(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for name in value:
            if name in ANSWER_PARAMETERS:
                raise ValueError(
                    f"{name} keeps an answer in bounds; answer_parameter gives it another name"
                )
            if name in OWN_PARAMETERS - {"tool_choice"}:
                raise ValueError(f"{name} is what is asked; mode says how")
        return value

    @field_validator("extra_body")
    @classmethod
    def _may_be_added(cls, value: dict[str, JsonValue]) -> dict[str, JsonValue]:
        for name in value:
            if name in ANSWER_PARAMETERS:
                raise ValueError(f"{name}: answer_tokens and answer_parameter set this one")
            if name in OWN_PARAMETERS:
                raise ValueError(f"{name}: the program itself sets this one")
        try:
            json.dumps(value, allow_nan=False)
        except ValueError:
            raise ValueError("a number in it is not finite, which JSON cannot say") from None
        return value

    @field_validator("headers")
    @classmethod
    def _may_be_sent(cls, value: dict[str, str]) -> dict[str, str]:
        for name, text in value.items():
            if not _HEADER.fullmatch(name):
                raise ValueError("a header has a name that none can have")
            if name.lower() in _OF_HTTP:
                raise ValueError(f"{name}: the program itself sets this header")
            if not fits_a_header(text):
                raise ValueError(f"{name}: holds a line end or a letter that no header can carry")
            if _SECRET.search(name) and not VARIABLE.search(text):
                raise ValueError(
                    f"{name} holds a secret, which stands in no file; put it into a variable of "
                    'the environment and name that, as in "$MY_KEY"'
                )
        return value

    @field_validator("key_variable")
    @classmethod
    def _variable(cls, value: str | None) -> str | None:
        if value is not None and not _KEY_VARIABLE.fullmatch(value):
            raise ValueError(
                "needs the name of an environment variable, in capital letters, not the key"
            )
        return value

    @field_validator("api_version")
    @classmethod
    def _version(cls, value: str | None) -> str | None:
        if value is not None and not _API_VERSION.fullmatch(value):
            raise ValueError("needs a version of Azure's interface, as in 2024-10-21")
        return value

    @field_validator("deployment")
    @classmethod
    def _deployment(cls, value: str | None, others: ValidationInfo) -> str | None:
        if value is not None and not _DEPLOYMENT.fullmatch(value):
            raise ValueError("needs letters, digits, dots, - or _ alone")
        if value is not None and others.data.get("api_version") is None:
            raise ValueError("needs an api_version beside it, as in 2024-10-21")
        return value


def fits_a_header(value: str) -> bool:
    """Say whether a header can carry a value: letters, digits and signs of ASCII in one line."""
    return value.isascii() and value.isprintable()


def unknown_names(table: Mapping[str, Any]) -> list[str]:
    """Return what stands in a profile and has no meaning there."""
    return [name for name in table if name not in PROFILE_NAMES]


PROFILE_NAMES = ("model", *Profile.model_fields)
"""What a profile can hold; `model` is the name that the endpoint knows, where it is another one."""
