"""Files and the summary of a job: what a comparison and a suite are written to."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from annotate.annotation import Annotation
from annotate.testing import Server
from tests.cli.conftest import GOLD, write_run
from tests.conftest import Command
from tests.support.evaluated import MODEL, WITHOUT_CAUSE, Place
from tests.support.noisy import changed, say
from tests.support.simulated import GUIDED, prompted


def lost(category: str) -> dict[str, list[Annotation]]:
    return changed(say(1), lambda each: [] if each.category == category else [each])


# ---- Of one comparison ----


def test_the_summary_of_a_job_is_appended_to(project: Command) -> None:
    write_run(project, "a", say(1))
    file = project.cwd / "summary.md"
    file.write_text("before\n", encoding="utf-8")
    for _ in range(2):
        assert (
            project("compare", "a", "a", *GOLD, env={"GITHUB_STEP_SUMMARY": str(file)}).stderr == ""
        )
    written = file.read_text(encoding="utf-8")
    assert written.startswith("before\n## ✅ no change detected")
    assert written.count("## ✅") == 2


def test_a_summary_that_cannot_be_written_fails_no_run(project: Command) -> None:
    write_run(project, "a", say(1))
    done = project("compare", "a", "a", *GOLD, env={"GITHUB_STEP_SUMMARY": str(project.cwd)})
    assert done.returncode == 0
    assert done.stderr.startswith("annotate: $GITHUB_STEP_SUMMARY cannot be written (")


def test_one_page_of_the_comparison_is_written(project: Command) -> None:
    write_run(project, "a", say(1))
    write_run(project, "b", lost("use"))
    assert project("compare", "a", "b", *GOLD, "--html", "out/c.html").returncode == 1
    page = (project.cwd / "out" / "c.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "infotech.txt" in page


# ---- Of a suite ----


def test_files_hold_every_trial(place: Place, server: Server, tmp_path: Path) -> None:
    place.bless(server)
    prompted(place.folder, WITHOUT_CAUSE)
    prompted(place.folder, version="v2")
    out = tmp_path / "out"
    asked = [
        "--prompt",
        "v1",
        "--prompt",
        "v2",
        "--markdown",
        out / "a.md",
        "--junit",
        out / "a.xml",
    ]
    assert place.eval(server, *asked).code == 1
    suites = ET.parse(out / "a.xml").getroot()  # noqa: S314 (written here)
    assert [each.get("name") for each in suites] == [
        f"v1 × {MODEL}: failed",
        f"v2 × {MODEL}: passed",
    ]
    assert int(suites.get("failures", "")) == len(suites.findall(".//failure")) > 0
    written = (out / "a.md").read_text(encoding="utf-8")
    assert "v1 × simulated" in written
    assert "v2 × simulated" in written


def test_each_comparison_has_a_page_of_its_own(
    place: Place, server: Server, tmp_path: Path
) -> None:
    place.bless(server)
    prompted(place.folder, f"Look closely. {GUIDED}", version="v2")
    assert place.eval(server, "--html", tmp_path / "one.html").code == 0
    assert (tmp_path / "one.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    place.eval(server, "--prompt", "v1", "--prompt", "v2", "--html", tmp_path / "two.html")
    names = [path.name[:8] for path in sorted(tmp_path.glob("two-*.html"))]
    assert names == ["two-v1-s", "two-v2-s"]


def test_a_summary_is_appended_where_github_wants_one(
    place: Place, server: Server, tmp_path: Path
) -> None:
    summary = tmp_path / "summary.md"
    summary.write_text("before\n", encoding="utf-8")
    place.eval(server, env={"GITHUB_STEP_SUMMARY": str(summary)})
    written = summary.read_text(encoding="utf-8")
    assert written.startswith("before\n#")
    assert "no baseline" in written


def test_a_trial_without_a_comparison_is_an_error_in_junit(
    place: Place, server: Server, tmp_path: Path
) -> None:
    path = tmp_path / "a.xml"
    for words in (["--offline"], []):
        place.eval(server, "--junit", path, *words)
        root = ET.parse(path).getroot()  # noqa: S314 (written here)
        assert len(root.findall("testsuite/testcase/error")) == 1
        assert root.get("errors") == "1"


def test_names_from_outside_steer_no_terminal_and_break_no_file(
    place: Place, server: Server, tmp_path: Path
) -> None:
    name = "simulated\x1b[31m|<script>\ufffe"
    files = ["--markdown", tmp_path / "a.md", "--junit", tmp_path / "a.xml"]
    ended = place.eval(server, *files, model=name)
    assert ended.code == 3  # it has no baseline
    assert "\x1b" not in ended.out + ended.err
    assert len(ET.parse(tmp_path / "a.xml").getroot()) == 1  # noqa: S314 (written here)
    assert "<script>" not in (tmp_path / "a.md").read_text(encoding="utf-8")
