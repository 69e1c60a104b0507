"""Ray, as a run uses it: connected to, told what to say and not to send, and asked for actors."""

from __future__ import annotations

import logging
import os
import socket
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from annotate.errors import UsageError
from annotate.scale.asking import RemoteAccountant

if TYPE_CHECKING:
    from annotate.scale.plan import Plan

_NAMESPACE = "annotate"
_CONNECT = 10.0  # seconds
_QUIET = ("ray.data", "ray")


def ray_module() -> Any:
    """Return Ray, which reports no use of it from here.

    Raises:
        UsageError: where it is not installed.
    """
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    os.environ.setdefault("RAY_BACKEND_LOG_LEVEL", "fatal")  # what is wrong is said once, by us
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError("--engine ray needs Ray: pip install 'policy-annotate[ray]'") from None
    return ray


@contextmanager
def connected(address: str | None, cpus: int | None = None) -> Iterator[Any]:
    """Yield Ray, connected to a cluster: the one at `address`, or the one in use.

    Without either, a cluster of this machine is started for as long as it is needed.

    Raises:
        UsageError: where there is no cluster at the address, or another one is in use.
    """
    ray = ray_module()
    if ray.is_initialized():
        _check_in_use(ray, address)
        yield ray
        return
    own: dict[str, Any] = {"address": address}
    if address is None:
        own = {"address": "local", "include_dashboard": False, "num_cpus": cpus}
    try:
        _reach(address)
        ray.init(namespace=_NAMESPACE, log_to_driver=False, logging_level=logging.ERROR, **own)
    except (OSError, ValueError, RuntimeError) as error:  # of the first kind, ConnectionError
        first = str(error).partition("\n")[0]
        raise UsageError(f"--address {address}: no cluster of Ray answers ({first})") from None
    try:
        yield ray
    finally:
        ray.shutdown()


def _check_in_use(ray: Any, address: str | None) -> None:
    if address not in (None, "auto", in_use := ray.get_runtime_context().gcs_address):
        raise UsageError(
            f"--address {address}: this process is connected to {in_use}; ray.shutdown() ends that"
        )


def _reach(address: str | None) -> None:
    """Find out at once that nothing listens at an address, on which Ray would wait for minutes."""
    host, _, port = (address or "").rpartition(":")
    if host and port.isdigit() and "/" not in host:
        socket.create_connection((host, int(port)), timeout=_CONNECT).close()


@contextmanager
def accounting(ray: Any, plan: Plan) -> Iterator[RemoteAccountant]:
    """Yield a new accountant, which ends with the block.

    Raises:
        AnnotateError: where it cannot open what it is to hold.
    """
    accountant = RemoteAccountant(_started(ray, plan))
    try:
        accountant.call("open")
        yield accountant
    finally:
        ray.kill(accountant.actor)


def _started(ray: Any, plan: Plan) -> Any:
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
