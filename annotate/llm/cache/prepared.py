"""What is costly to prepare or to find out, kept beside the answers.

A run that is answered from the cache finds here what would take an import of half a second, or a
request to the endpoint.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Protocol


class Kind(Enum):
    """What is kept; the value is what its keys begin with, which older caches fix."""

    REQUEST_FORM = "form:"
    """What a response mode adds to the requests of a schema."""
    PRICE = "form:price:"
    """What the tokens of a model cost, as published."""
    RESPONSE_MODE = "form:mode:"
    """The mode in which an endpoint was found to answer."""
    BATCH_REQUEST = "form:batch:"
    """The request for which a line of a batch file stands."""


_VALUE = "form"  # whatever it is: as in older caches


class Rows(Protocol):
    """Keeps rows of JSON by key."""

    def read(self, key: str) -> dict[str, Any] | None:
        """Return a row, None where there is none."""

    def write(self, key: str, row: Mapping[str, Any]) -> None:
        """Keep a row."""


class Prepared:
    """Small values by kind and name, each prepared once for all processes."""

    def __init__(self, rows: Rows) -> None:
        self.rows = rows

    def get(self, kind: Kind, name: str) -> Any:
        """Return what was kept, as JSON; None where there is nothing."""
        row = self.rows.read(kind.value + name)
        return None if row is None else row.get(_VALUE)

    def put(self, kind: Kind, name: str, value: Any) -> None:
        """Keep a value that JSON can hold."""
        self.rows.write(kind.value + name, {_VALUE: value})


def damage_of_prepared(row: Mapping[str, Any]) -> str:
    """Say what keeps a row from being what is kept here, or ""."""
    return "" if _VALUE in row else _VALUE


def batch_request(key: str) -> str | None:
    """Return the key of the request that a row keeps for a batch, None for any other row."""
    prefix = Kind.BATCH_REQUEST.value
    return key.removeprefix(prefix) if key.startswith(prefix) else None


def is_prepared(key: str) -> bool:
    """Tell whether a row holds what is kept here, and not an answer."""
    # Every kind begins with this; the key of an answer is a hash, and never does.
    return key.startswith(Kind.REQUEST_FORM.value)
