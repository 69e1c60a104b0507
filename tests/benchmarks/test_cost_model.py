"""What a corpus costs: the page shows what the command prints."""

from __future__ import annotations

import pytest

from benchmarks.cost_model import main
from tests.conftest import ROOT


def test_the_page_shows_what_the_command_prints(capsys: pytest.CaptureFixture[str]) -> None:
    main([])
    printed = capsys.readouterr().out.splitlines()
    shown = (ROOT / "docs" / "scale.md").read_text(encoding="utf-8").splitlines()
    assert len(printed) > 20
    assert [line for line in printed if line not in shown] == []


def test_longer_policies_take_more_and_short_ones_still_a_request(
    capsys: pytest.CaptureFixture[str],
) -> None:
    main(["--characters", "28880", "--policies", "10"])
    assert "| requests | 3.60 |" in capsys.readouterr().out
    main(["--characters", "2000"])
    assert "| requests | 1.00 |" in capsys.readouterr().out
