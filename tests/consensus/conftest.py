"""Three samples of the five policies, right and wrong in known ways, and their consensus."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from annotate.consensus.consensus import Consensus, consensus
from annotate.gold.store import Gold, read_gold
from annotate.runs.reader import Run
from tests.conftest import ROOT
from tests.support.sampled import SCHEMA, noisy_samples


@pytest.fixture(scope="package")
def gold() -> Gold:
    """The gold of the five policies."""
    return read_gold(ROOT / "eval" / "gold" / "privacy_policy", SCHEMA)


@pytest.fixture(scope="package")
def samples(tmp_path_factory: pytest.TempPathFactory, policies: Run, gold: Gold) -> Sequence[Run]:
    """Three samples: one in seven each misses, one in 29 only the first finds, and inventions."""
    return noisy_samples(tmp_path_factory.mktemp("samples"), policies, gold)


@pytest.fixture(scope="package")
def made(tmp_path_factory: pytest.TempPathFactory, samples: Sequence[Run]) -> Consensus:
    """Their consensus with everything that a sample says."""
    return consensus(samples, tmp_path_factory.mktemp("united") / "run")


@pytest.fixture(scope="package")
def united(made: Consensus) -> Run:
    """The run of the consensus."""
    assert made.run is not None
    return made.run
