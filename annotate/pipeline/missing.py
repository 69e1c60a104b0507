"""What a run would send now: the requests that no cached answer meets, and what they would cost.

Nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from pydantic import JsonValue

from annotate.documents.document import Document
from annotate.documents.reading import read_documents
from annotate.errors import DocumentError
from annotate.llm.batch import export_requests
from annotate.llm.cache.folder import open_cache
from annotate.llm.estimate import Estimate, Plan, estimate, plan
from annotate.llm.factory import model_specification
from annotate.llm.pricing import Price, price
from annotate.llm.request import Request
from annotate.pipeline.blocking import run_blocking
from annotate.pipeline.scheduler import documents_in_order
from annotate.project.settings import Settings, resolve_settings
from annotate.project.tasks import load_task

_SIZES = (4_000, 8_000, 16_000, 32_000)
"""Characters of a chunk that a plan is made for, beside what is set."""

_MOST_CHARACTERS = 4_000_000  # of all documents, that plans of several sizes are made for


def missing_requests(
    inputs: str | Path | Sequence[str | Path],
    *,
    on_error: Callable[[DocumentError], None] | None = None,
    **settings: object,
) -> list[Request]:
    """Return the requests that a run of these inputs would send now, in no particular order.

    Repairs and halves of what is cached already are among them; what further answers will lead to
    cannot be. A document that cannot be read goes to `on_error`, without one it is raised.
    """
    resolved = resolve_settings(settings)
    return _missing(_documents(inputs, resolved, on_error), resolved)[0]


def estimate_run(
    inputs: str | Path | Sequence[str | Path],
    *,
    on_error: Callable[[DocumentError], None] | None = None,
    **settings: object,
) -> Estimate:
    """Return what a run of these inputs would send and cost now.

    Raises:
        UsageError: where no model is named, or a setting cannot be used.
    """
    resolved = resolve_settings(settings)
    return estimate(missing_requests(inputs, on_error=on_error, **settings), _price(resolved))


def plan_run(
    inputs: str | Path | Sequence[str | Path],
    *,
    on_error: Callable[[DocumentError], None] | None = None,
    **settings: object,
) -> list[Plan]:
    """Return what a run of these inputs would send and cost now, and with chunks of other sizes.

    The first plan is that of the settings, the others follow by size. Long inputs have only that
    one: they would be divided and written out once for each.

    Raises:
        UsageError: where no model is named, or a setting cannot be used.
    """
    resolved = resolve_settings(settings)
    documents: list[Document] = []
    given = _documents(inputs, resolved, on_error)
    left = _MOST_CHARACTERS
    for document in given:
        documents.append(document)
        left -= len(document.text)
        if left < 0:
            break
    others = [each for each in _SIZES if each != resolved.chunk_size] if left >= 0 else []
    plans = []
    for size in (resolved.chunk_size, *others):
        sized = resolved.model_copy(update={"chunk_size": size})
        found, sent = _missing(documents if left >= 0 else chain(documents, given), sized)
        plans.append(plan(found, sent, sized, _price(sized)))
    return plans


def _price(settings: Settings) -> Price | None:
    return price(settings.model or "", settings.price, settings.cached_price)


def _documents(
    inputs: str | Path | Sequence[str | Path],
    settings: Settings,
    on_error: Callable[[DocumentError], None] | None,
) -> Iterator[Document]:
    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    return read_documents(
        paths,
        encoding=settings.encoding,
        on_error=on_error,
        follow_links=settings.follow_links,
    )


def _missing(
    documents: Iterable[Document], settings: Settings
) -> tuple[list[Request], list[JsonValue]]:
    """Return the requests that are missing, and the bodies of requests for next to no text."""
    # An offline run finds what is missing by the very way on which a run would send it.
    offline = settings.model_copy(update={"offline": True})
    specification = model_specification(load_task(settings.task), offline)

    async def collect() -> tuple[list[Request], list[JsonValue]]:
        model = specification.open(None)
        try:
            async for _ in documents_in_order(documents, model, settings.chunker, settings.repeat):
                pass
        finally:
            await model.close()
        return list(model.missing.values()), model.sent()

    return run_blocking(collect)


def export_batch(
    inputs: str | Path | Sequence[str | Path],
    out: Path,
    *,
    on_error: Callable[[DocumentError], None] | None = None,
    **settings: object,
) -> tuple[int, list[Path]]:
    """Write the requests that a run would send now as batch files; return their number and files.

    There is more than one file where the requests are more than an endpoint takes in one.

    Raises:
        UsageError: where no model is named, or a setting cannot be used.
    """
    requests = missing_requests(inputs, on_error=on_error, **settings)
    with open_cache(resolve_settings(settings)) as cache:
        return len(requests), export_requests(requests, cache, out)
