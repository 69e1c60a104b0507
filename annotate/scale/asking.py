"""What a worker asks through: its questions go to the accountant, which asks for all workers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from annotate.errors import AnnotateError, Stopped
from annotate.llm.breaker import Breaker
from annotate.llm.completions import Completion, Form
from annotate.llm.errors import CallFailed
from annotate.llm.fallback import AskedIn
from annotate.llm.probation import Fruitless, Probation
from annotate.llm.request import Request

if TYPE_CHECKING:
    from annotate.project.settings import Settings


class RemoteAccountant:
    """The accountant in its own process, called through the handle of its actor.

    Ray makes a call again where the accountant died meanwhile, after it was started anew.
    """

    def __init__(self, actor: Any) -> None:
        self.actor = actor

    def call(self, method: str, *args: object) -> Any:
        """Return what a method of the accountant returns, or raise the error that it returned."""
        import ray

        return _given(ray.get(getattr(self.actor, method).remote(*args)))

    async def ask(self, method: str, *args: object) -> Any:
        """Return the same to an event loop."""
        return _given(await getattr(self.actor, method).remote(*args))

    def tell(self, method: str, *args: object) -> None:
        """Call a method without waiting for it."""
        getattr(self.actor, method).remote(*args)

    # ---- As the rows of what is prepared ----

    def read(self, key: str) -> dict[str, Any] | None:
        """Return a row, None where there is none."""
        row: dict[str, Any] | None = self.call("read", key)
        return row

    def write(self, key: str, row: Mapping[str, Any]) -> None:
        """Keep a row."""
        self.call("write", key, row)


class RemoteAnswers:
    """The answers of an endpoint, asked for by the accountant; see `annotate.llm.completions`."""

    def __init__(self, accountant: RemoteAccountant, settings: Settings) -> None:
        self.missing: dict[str, Request] = {}
        self.concurrency = settings.concurrency
        self._accountant = accountant
        self._breaker = _Breaker(settings.concurrency, accountant)
        self.probation: Probation = _Probation(self._breaker, settings.give_up_after, accountant)

    @property
    def stopped(self) -> AnnotateError | None:
        """Why no further request goes out, None while they do."""
        return self._breaker.stopped

    async def get(self, request: Request, form: Form | None = None) -> Completion:
        """Return the answer to a request; raises as `Completions.get`."""
        self._breaker.check()
        mode = form.mode if isinstance(form, AskedIn) else None
        bare = replace(request, written=None)  # it is written anew there
        try:
            completion: Completion = await self._accountant.ask("ask", bare, mode)
        except CallFailed as error:
            if error.unsupported and form is not None:
                form.refused(error)
            raise
        except Stopped as error:
            (reason,) = await self._accountant.ask("why_stopped") or (error,)
            self._breaker.stop(reason)
            raise
        return completion

    async def close(self) -> None:
        """Nothing is open here."""


class _Breaker(Breaker):
    """Stops the others, too."""

    def __init__(self, concurrency: int, accountant: RemoteAccountant) -> None:
        super().__init__(concurrency)
        self._accountant = accountant

    def stop(self, reason: AnnotateError) -> None:
        if self.stopped is None:
            self._accountant.tell("stop", reason)
        super().stop(reason)


class _Probation(Probation):
    """Lets the accountant hear what came of the chunks of all workers."""

    def __init__(self, breaker: Breaker, most: int, accountant: RemoteAccountant) -> None:
        super().__init__(breaker, most)
        self._accountant = accountant

    def hear(self, outcome: Fruitless | None) -> None:
        self._accountant.tell("hear", outcome)
        super().hear(outcome)


def _given(found: Any) -> Any:
    if isinstance(found, AnnotateError):
        raise found
    return found
