"""Runs on a cluster of which something is killed: paid once, within the cap, ended the same."""

from __future__ import annotations

import signal
import subprocess
from pathlib import Path
from typing import Any

import pytest

import annotate
from annotate.errors import Stopped
from annotate.scale import annotate_inputs
from annotate.testing import Rule, Server
from annotate.testing import behaviours as b
from tests.conftest import Command
from tests.support import endpoints
from tests.support.charging import Charging
from tests.support.clustered import ACCOUNTANT, WORKER, Kill, figures, processes, records
from tests.support.endpoints import Place

pytestmark = [
    pytest.mark.filterwarnings(f"ignore::{kind}")  # of Ray, about its own use of itself
    for kind in ("DeprecationWarning", "FutureWarning", "ResourceWarning", "UserWarning")
]


def test_a_driver_an_accountant_and_a_worker_that_are_killed_cost_nothing_that_was_kept(
    cluster: Any, place: Place, tmp_path: Path
) -> None:
    inputs = endpoints.reports(tmp_path / "in", 120)
    model = Charging()
    drivers: list[subprocess.Popen[bytes]] = []
    kills = {
        20: Kill(place, lambda: [each.pid for each in drivers]),
        50: Kill(place, lambda: processes(ACCOUNTANT)),
        80: Kill(place, lambda: processes(WORKER)[:1]),
    }
    cap = 0.13
    rules = [Rule(b.edited(model.counted)), Rule(b.late(0.05))]
    with Server(model, *rules, *(each.at(n) for n, each in kills.items())) as server:
        asking: dict[str, Any] = {"model": "m", "base_url": server.base_url, "concurrency": 4}
        asking["price"] = "1,10"
        line = [*place.arguments(server, inputs, out="many"), "--price", "1,10"]
        line += ["--concurrency", "4"]
        line += ["--engine", "ray", "--address", cluster.get_runtime_context().gcs_address]
        drivers.append(Command(place.folder).start(*line, "--max-cost", str(cap)))
        said = drivers[0].communicate(timeout=300)
        assert drivers[0].returncode == -signal.SIGKILL, said
        with pytest.raises(Stopped, match="--max-cost"):
            annotate_inputs([inputs], out="many", max_cost=cap, **asking)
        assert 0.4 * cap < model.cost(1, 10) <= cap
        run = annotate_inputs([inputs], out="many", max_cost=100, **asking)
        for each in kills.values():
            assert each.stored
            assert not each.paid_twice(server)
        asked = len(server.chats)
        annotate.run([inputs], out="again", max_cost=100, **asking)
        assert len(server.chats) == asked, "the cache of one machine is that of a cluster"
        one = annotate.run([inputs], out="one", cache_dir="other", max_cost=100, **asking)
    assert records(run) == records(one)
    assert figures(run) == figures(one)
    assert run.sent() == one.sent()
