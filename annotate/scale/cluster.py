"""Ray, as a run uses it: connected to, told what to say and not to send, and asked for actors."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from annotate.errors import UsageError

if TYPE_CHECKING:
    from annotate.scale.plan import Plan

_NAMESPACE = "annotate"
_QUIET = ("ray.data", "ray")


def ray_module() -> Any:
    """Return Ray, which reports no use of it from here.

    Raises:
        UsageError: where it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError("--engine ray needs Ray: pip install 'policy-annotate[ray]'") from None
    return ray


@contextmanager
def connected(address: str | None, cpus: int | None = None) -> Iterator[Any]:
    """Yield Ray, connected to a cluster: the one in use, else the one at `address`.

    Without either, a cluster of this machine is started for as long as it is needed.

    Raises:
        UsageError: where there is no cluster at the address.
    """
    ray = ray_module()
    if ray.is_initialized():
        yield ray
        return
    own: dict[str, Any] = {"address": address} if address else {"address": "local"}
    if not address:
        own |= {"include_dashboard": False, "num_cpus": cpus}
    try:
        ray.init(namespace=_NAMESPACE, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (ConnectionError, ValueError, RuntimeError) as error:
        first = str(error).partition("\n")[0]
        raise UsageError(f"--address {address}: no cluster of Ray answers ({first})") from None
    try:
        yield ray
    finally:
        ray.shutdown()


def start_accountant(ray: Any, plan: Plan) -> Any:
    """Return the actor of a new accountant, on the machine of the driver."""
    from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

    from annotate.scale.accountant import Accountant

    here = NodeAffinitySchedulingStrategy(ray.get_runtime_context().get_node_id(), soft=False)
    actor = ray.remote(Accountant).options(
        num_cpus=0,
        max_restarts=-1,
        max_task_retries=-1,
        max_concurrency=10_000,
        scheduling_strategy=here,
    )
    return actor.remote(plan)


@contextmanager
def quietly(ray: Any) -> Iterator[None]:
    """Let Ray Data show no bars and no lines of its own meanwhile."""
    context = ray.data.DataContext.get_current()
    bars, levels = context.enable_progress_bars, {n: logging.getLogger(n).level for n in _QUIET}
    context.enable_progress_bars = False
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore", module=r"ray\..*")
            yield
    finally:
        context.enable_progress_bars = bars
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)
