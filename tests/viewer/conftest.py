"""Pages that many tests look at, and the browser in which they are open."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.evaluation.evaluate import evaluate
from annotate.evaluation.evaluation import Evaluation
from annotate.runs.reader import Run
from annotate.viewer import view
from tests.conftest import INCIDENTS, ROOT
from tests.support import drawn
from tests.support.browsing import browser_tab, window
from tests.support.shared import Shared

__all__ = ["browser_tab", "window"]  # fixtures


@pytest.fixture
def second_domain(monkeypatch: pytest.MonkeyPatch) -> None:
    """The project of the second domain is the current folder."""
    monkeypatch.chdir(INCIDENTS)


@pytest.fixture(scope="session")
def evaluation(policies: Run) -> Evaluation:
    """What the baseline says of the five policies, held against their gold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        return evaluate(policies)


@pytest.fixture(scope="session")
def policies_page(policies: Run, shared: Shared) -> Path:
    """The page of the five policies, made once for all workers and only read."""

    def make(folder: Path) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.chdir(ROOT)
            view(policies).save(folder / "view.html")

    return shared("policies_page", make) / "view.html"


@pytest.fixture
def report(tmp_path: Path, second_domain: None) -> Path:
    """A page of one small report in the second domain, on which marks lie upon each other."""
    text = drawn.REPORT
    found = drawn.every_unit("a.txt", text)
    first = found[0]
    found += [
        drawn.annotation("a.txt", text, first.start, first.end, "cause", drawn.CAUSE),
        drawn.annotation("a.txt", text, first.start + 11, first.end + 10, "cause", drawn.CAUSE),
    ]
    found.append(drawn.annotation("b.txt", "It was slow.", 0, 12))
    run = drawn.write(tmp_path / "run", {"a.txt": text, "b.txt": "It was slow."}, found)
    return view(run).save(tmp_path / "p.html")
