"""A server that always says the same."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from annotate.testing import Server
from tests.support.wire import said


@pytest.fixture
def plain() -> Iterator[Server]:
    with Server(said) as server:
        yield server
