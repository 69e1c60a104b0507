"""Write a report as one HTML page that prints well: no script, nothing loaded, texts as texts."""

from __future__ import annotations

from pathlib import Path

from annotate.report.report import Report
from annotate.viewer.page import asset, render

_SKELETON = Path(__file__).with_name("assets") / "report.html"


def html(report: Report) -> str:
    """Return a report as a page."""
    accounts = list(report.accounts())
    return render(
        _SKELETON, asset("report.css"), title=report.title, report=report, accounts=accounts
    )
