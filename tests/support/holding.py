"""A test server that answers so many requests and lets the others wait."""

from __future__ import annotations

import math
from typing import Any

from annotate.testing import Rule
from annotate.testing import behaviours as b


class Holding:
    """Says which requests are held: all after the first so many.

    Attributes:
        answers: how many requests are still answered; as many as come at first.
        rule: for the server.
    """

    def __init__(self) -> None:
        self.answers = math.inf
        self.rule = Rule(b.late(3600), when=self._holds)

    def _holds(self, body: dict[str, Any]) -> bool:
        self.answers -= 1
        return self.answers < 0
