"""What a run would send now: the requests that no cached answer meets, and what they would cost.

Nothing is sent from here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from annotate.documents.reading import read_documents
from annotate.errors import DocumentError
from annotate.llm.batch import export_requests
from annotate.llm.cache.folder import open_cache
from annotate.llm.estimate import Estimate, estimate
from annotate.llm.factory import model_specification
from annotate.llm.pricing import price
from annotate.llm.request import Request
from annotate.pipeline.blocking import run_blocking
from annotate.pipeline.scheduler import documents_in_order
from annotate.project.settings import resolve_settings
from annotate.project.tasks import load_task


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
    paths = [inputs] if isinstance(inputs, str | Path) else list(inputs)
    resolved = resolve_settings(settings)
    task = load_task(resolved.task)

    async def collect() -> list[Request]:
        # An offline run finds what is missing by the very way on which a run would send it.
        offline = resolved.model_copy(update={"offline": True})
        documents = read_documents(
            paths,
            encoding=resolved.encoding,
            on_error=on_error,
            follow_links=resolved.follow_links,
        )
        model = model_specification(task, offline).open(None)
        try:
            async for _ in documents_in_order(documents, model, resolved.chunker, resolved.repeat):
                pass
        finally:
            await model.close()
        return list(model.missing.values())

    return run_blocking(collect)


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
    requests = missing_requests(inputs, on_error=on_error, **settings)
    return estimate(requests, price(resolved.model or "", resolved.price))


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
