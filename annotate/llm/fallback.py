"""Ask in another response mode where an endpoint refuses the one that was tried first.

With mode auto only, and only as long as nothing was answered: a refusal costs nothing and loses
nothing. What answers is kept, so that later runs begin with it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from annotate.llm.errors import CallFailed
from annotate.llm.modes import RequestForm, ResponseMode
from annotate.llm.request_builder import RequestBuilder

log = logging.getLogger("annotate")


class Fallback:
    """The mode in which a run asks, and those that are left.

    Args:
        mode: the first.
        following: returns the mode after one of which a parameter was refused, None for the last.
        forms: returns what a mode adds to the requests of each pass.
        keep: keeps the mode that answers, for later runs.

    Attributes:
        mode: in which requests are asked now.
    """

    def __init__(
        self,
        mode: ResponseMode,
        requests: RequestBuilder,
        following: Callable[[ResponseMode, str], ResponseMode | None],
        forms: Callable[[ResponseMode], Mapping[str, RequestForm]],
        keep: Callable[[ResponseMode], None],
    ) -> None:
        self.mode = mode
        self._requests = requests
        self._following = following
        self._forms = forms
        self._keep = keep
        self._answered = False
        self._fell = False

    def form(self) -> AskedIn:
        """Return what stands for the mode of a request that is made now."""
        return AskedIn(self, self.mode)

    def refused(self, asked: ResponseMode, error: CallFailed) -> bool:
        """Hear that a request in the mode `asked` was refused; say whether to make it anew."""
        if asked != self.mode:  # another request of the same moment has found that out before
            return True
        following = None if self._answered else self._following(asked, error.parameter)
        if following is None:
            return False
        log.warning(
            "the endpoint refuses mode %s; asking in mode %s", _name(asked), _name(following)
        )
        self._requests.use(self._forms(following))
        self.mode, self._fell = following, True
        return True

    def answered(self) -> None:
        """Hear that a request was answered: its mode is one that the endpoint takes."""
        self._answered = True
        if self._fell:
            self._fell = False
            self._keep(self.mode)


@dataclass(frozen=True, slots=True)
class AskedIn:
    """The mode in which a request was made."""

    fallback: Fallback
    mode: ResponseMode

    def wanted(self) -> bool:
        """Say whether requests are still made in it."""
        return self.fallback.mode == self.mode

    def refused(self, error: CallFailed) -> bool:
        """Hear that it was refused; say whether the request is to be made anew in another one."""
        return self.fallback.refused(self.mode, error)


def _name(mode: ResponseMode) -> str:
    return f"{mode.name}, strict" if mode.strict else mode.name
