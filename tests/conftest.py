"""What many tests need: the command, and a project of another domain."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import settings

import annotate
from annotate.cli.app import main
from annotate.runs.reader import Run
from tests.support import checkout, in_process, needs, remembered
from tests.support.shared import Shared

# On as many cores as there are workers, more threads of numpy's would wait for each other, busily.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# A tenth of hypothesis' own default, other examples each time, so that the whole check stays within
# five minutes; no deadline, since a busy machine is no defect.
settings.register_profile("project", max_examples=10, deadline=None)
# `make fuzz` looks for what the suite has not seen; a round takes some minutes.
settings.register_profile("fuzz", max_examples=500, deadline=None, print_blob=True)
settings.load_profile("project")

remembered.install()

ROOT, INCIDENTS = checkout.ROOT, checkout.INCIDENTS

REPORT = """\
# Outage of the booking service

This report describes what happened.

## Impact

The booking service was unavailable for 42 minutes in Germany and France. Answers were slow
afterwards. Customers saw:

- errors at the checkout;
- lost carts.

## Root cause

The outage was caused by a new version with a wrong setting. We suspect that it was also
due to load.

## What we did

An alert was noticed on March 3, 2024. We rolled back the release. We will add a check.
"""


def pytest_sessionstart(session: pytest.Session) -> None:
    """Say before the whole suite which tests this machine cannot run, and why."""
    whole = session.config.args_source is pytest.Config.ArgsSource.TESTPATHS
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if terminal is not None and whole and not hasattr(session.config, "workerinput"):
        for line in needs.announcement():
            terminal.write_line(line)


FIRST = ("tests/viewer/", "tests/test_docs.py", "tests/test_notebook.py")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with pages: they take longest, and one worker, with one browser, opens most of them.

    Workers take tests from the ends of each other's rows once their own are done.
    """
    items.sort(key=lambda item: not item.nodeid.startswith(FIRST))


def pytest_collection_finish() -> None:
    """Let the garbage collector pass over what was imported, and look less often at the rest."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say for each reason how many tests were skipped."""
    skipped = terminalreporter.stats.get("skipped", ())
    reasons = Counter(report.longrepr[2].removeprefix("Skipped: ") for report in skipped)
    for reason, count in reasons.most_common():
        terminalreporter.write_line(f"{count} skipped: {reason}")


def _is_setting(name: str) -> bool:
    return name.startswith(
        ("ANNOTATE_", "OPENAI_", "_ANNOTATE", "COLUMNS", "FORCE_COLOR", "GITHUB_")
    )


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what the developer has set in their shell away from the tests."""
    for name in [name for name in os.environ if _is_setting(name)]:
        monkeypatch.delenv(name)


@dataclass(frozen=True)
class Command:
    """The `annotate` command in the folder `cwd`, as a user types it who has set nothing."""

    cwd: Path
    path: Path = field(default=Path(sys.executable).with_name("annotate"))

    def __call__(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        given: bytes = b"",
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run the command inside the tests' own process, which takes a tenth of the time.

        Like `process`, it returns the exit code and what was printed.
        """
        if ignored := in_process.reads_at_start(env or {}):
            raise ValueError(f"only process() heeds {sorted(ignored)}")
        words = ["annotate", *map(str, arguments)]
        environment = self.environment(env)
        code, out, err = in_process.run(
            main, words, cwd=cwd or self.cwd, environment=environment, given=given
        )
        return subprocess.CompletedProcess(words, code, out, err)

    def process(
        self,
        *arguments: str | Path,
        cwd: Path | None = None,
        given: bytes = b"",
        env: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Run the installed command as a process, where a test needs a real one."""
        done = subprocess.run(
            [self.path, *arguments],
            cwd=cwd or self.cwd,
            input=given,
            capture_output=True,
            env=self.environment(env),
            timeout=120,
            check=False,
        )
        return subprocess.CompletedProcess(
            done.args, done.returncode, done.stdout.decode(), done.stderr.decode()
        )

    def start(self, *arguments: str | Path) -> subprocess.Popen[bytes]:
        """Start the installed command and return the process."""
        return subprocess.Popen(
            [self.path, *arguments],
            cwd=self.cwd,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self.environment(),
        )

    @staticmethod
    def environment(more: Mapping[str, str] | None = None) -> dict[str, str]:
        """Return the environment of a user who has set nothing."""
        kept = {name: value for name, value in os.environ.items() if not _is_setting(name)}
        return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **(more or {})}


@pytest.fixture
def bound() -> Iterator[Path]:
    """A folder in which rights bind the test, also where root runs it."""
    needs.require("rights")
    with tempfile.TemporaryDirectory(prefix="annotate-") as name:
        Path(name).chmod(0o777)  # root and nobody both write here
        with needs.ordinary_user():
            yield Path(name)


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """Folders that are filled once for all workers."""
    return Shared(tmp_path_factory)


@pytest.fixture(scope="session")
def policies(shared: Shared) -> Run:
    """The run of the offline baseline on the five policies, made once and only read."""

    def make(folder: Path) -> None:
        documents = ROOT / "eval" / "documents"
        annotate.run(documents, task="privacy_policy", model="lexicon", out=folder / "run")

    return Run(shared("policies", make) / "run")


@pytest.fixture
def incidents() -> Command:
    """The command in the project of the second domain."""
    return Command(INCIDENTS)


@pytest.fixture
def command(tmp_path: Path) -> Command:
    """The command in an empty folder without a project."""
    return Command(tmp_path)


@pytest.fixture
def reports(tmp_path: Path) -> Path:
    """A folder of incident reports: Markdown, text with CRLF and an emoji, JSON Lines."""
    folder = tmp_path / "reports"
    folder.mkdir()
    (folder / "booking.md").write_text(REPORT, encoding="utf-8")
    crlf = "Café 😀 was unavailable.\r\n\r\nThe outage was caused by a deploy.\r\n"
    (folder / "cafe.txt").write_bytes(crlf.encode())
    rows = '{"id": "a", "text": "Search was slow."}\n{"id": "b", "text": "We fixed it."}\n'
    (folder / "more.jsonl").write_text(rows, encoding="utf-8")
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    """Return the bytes of every file below a folder by its relative path, hidden ones too.

    The history of a run, which tells of times, is left out.
    """
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != "history.jsonl"
    }
