"""What an endpoint has in its own cache is asked for in the same bytes, and booked at its price."""

from __future__ import annotations

from typing import Any

import pytest

from annotate.errors import Stopped
from annotate.testing import Server
from tests.support.endpoints import Place, report, truthful
from tests.support.manners import CachingPrompts

CHUNKS = 6
PRICES: dict[str, Any] = {"price": "10,0", "concurrency": 1}  # US dollars a million tokens


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_the_constant_part_of_a_request_is_the_same_bytes_for_every_chunk(
    place: Place, mode: str
) -> None:
    caching = CachingPrompts(truthful)
    with Server(caching) as server:
        place.run(server, place.write(*map(report, range(CHUNKS))), mode=mode, **PRICES)
        assert len(server.chats) == CHUNKS
    assert caching.hits == CHUNKS - 1


@pytest.mark.parametrize("cached_price", [None, 1.0, 0.0])
def test_what_was_cached_costs_what_the_profile_says(
    place: Place, cached_price: float | None
) -> None:
    caching = CachingPrompts(truthful)
    with Server(caching) as server:
        paths = place.write(*map(report, range(CHUNKS)))
        run = place.run(server, paths, cached_price=cached_price, **PRICES)
    assert caching.cached > 0
    known = 10.0 if cached_price is None else cached_price  # without one, as all of the prompt
    cost = (10.0 * (caching.read - caching.cached) + known * caching.cached) / 1_000_000
    assert run.manifest["usage"]["cost"] == pytest.approx(cost)


def test_the_cap_reserves_as_if_nothing_were_cached(place: Place) -> None:
    with Server(CachingPrompts(truthful)) as server:
        paths = place.write(*map(report, range(CHUNKS)))
        with pytest.raises(Stopped, match="--max-cost"):
            place.run(server, paths, cached_price=0.0, max_cost=0.005, **PRICES)
        assert not server.chats
