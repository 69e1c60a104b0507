"""Where the files stand that tests read and nobody edits."""

from __future__ import annotations

from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
INCIDENTS = ROOT / "tests" / "projects" / "incident_report"  # the project of the second domain
