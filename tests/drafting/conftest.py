"""Projects that were drafted once, for tests that only read them or add runs to them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from annotate.drafting.draft import Drafted, draft_from_examples
from annotate.errors import UsageError

Draft = Callable[..., Drafted]


@pytest.fixture
def draft(tmp_path: Path) -> Draft:
    """Draft the task `terms` from a table, given as its text or its bytes; the folder is "made"."""

    def drafted(table: str | bytes, name: str = "table.csv", **options: str) -> Drafted:
        file = tmp_path / name
        file.write_bytes(table.encode() if isinstance(table, str) else table)
        return draft_from_examples(tmp_path / "made", "terms", file, **options)

    return drafted


@pytest.fixture
def problems_of(draft: Draft, tmp_path: Path) -> Callable[..., list[str]]:
    """Return what is wrong with a table, a line each without its path; nothing is written."""

    def problems(table: str | bytes, name: str = "table.csv", **options: str) -> list[str]:
        with pytest.raises(UsageError) as refused:
            draft(table, name, **options)
        assert not (tmp_path / "made").exists()
        first, *lines = str(refused.value).split("\n")
        prefix = f"{tmp_path / name}:"
        assert all(line.startswith(prefix) for line in (first, *lines))
        assert not lines or f"{len(lines)} problem" in first
        return [line.removeprefix(prefix) for line in lines or [first]]

    return problems
