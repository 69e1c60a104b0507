"""`annotate compare` and `annotate bless`: what they print, write and end with."""

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from annotate.annotation import Annotation
from annotate.ledger import Entry
from tests.conftest import ROOT, Command
from tests.support.noisy import Rates, bench, changed, moved, say, write

GOLD = ("--gold", ROOT / "eval" / "gold" / "privacy_policy")
BASELINE = "eval/baselines/privacy_policy/simulated.jsonl"


@pytest.fixture
def project(tmp_path: Path) -> Command:
    """The command in an empty project."""
    (tmp_path / "annotate.toml").write_text("", encoding="utf-8")
    return Command(tmp_path)


def run(command: Command, name: str, said: Any, **more: Any) -> None:
    write(command.cwd / name, said, **more)


def lost(category: str) -> dict[str, list[Annotation]]:
    return changed(say(1), lambda each: [] if each.category == category else [each])


# ---- compare ----


def test_a_run_against_itself_passes_offline_without_a_key(project: Command) -> None:
    run(project, "a", say(1))
    done = project("compare", "a", "a", *GOLD, env={"http_proxy": "http://127.0.0.1:9"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no change detected: both sides score the same in every segment")


def test_a_lost_category_ends_with_1_and_is_named_everywhere(project: Command) -> None:
    run(project, "a", say(1))
    run(project, "b", lost("use"))
    files = ("--markdown", "out/c.md", "--junit", "out/c.xml", "--json")
    done = project("compare", "a", "b", *GOLD, *files)
    assert done.returncode == 1
    found = json.loads(done.stdout)
    assert (found["format"], found["verdict"], found["passed"]) == (1, "regression", False)
    failed = [check["what"] for check in found["checks"] if check["status"] == "failed"]
    assert "use" in failed
    markdown = (project.cwd / "out" / "c.md").read_text(encoding="utf-8")
    assert markdown.startswith(f"## ❌ regression: {len(failed)} gates failed\n")
    assert "- FAILED category use: value F1" in markdown
    root = ET.parse(project.cwd / "out" / "c.xml").getroot()  # noqa: S314 (our own)
    cases = [each.get("name") for each in root.iter("testcase") if each.find("failure") is not None]
    assert cases == failed
    assert {item["category"] for item in found["changes"]["broken"]} == {"use"}


def test_the_same_comparison_prints_the_same_bytes(project: Command) -> None:
    run(project, "a", say(1))
    run(project, "b", say(2))
    first, again, other = (
        project("compare", "a", "b", *GOLD, "--json", "--seed", seed).stdout for seed in "334"
    )
    assert first == again
    assert first != other
    assert json.loads(other)["seed"] == 4


def test_repeats_are_found_beside_a_name(project: Command) -> None:
    for number in (1, 2, 3):
        run(project, f"a-{number}", say(number), repeat=number - 1)
    run(project, "b", say(9))
    found = json.loads(project("compare", "a", "b", *GOLD, "--json").stdout)
    assert [each["name"] for each in found["before"]] == ["a-1", "a-2", "a-3"]
    assert [each["name"] for each in found["after"]] == ["b"]


def test_too_little_to_tell_ends_with_3_only_where_asked_for(project: Command) -> None:
    guarded = {each.start for each in bench().gold.annotations if each.must_find}
    for name, rest in (("a", 0), ("b", 1)):  # each misses a few, none of which must be found
        less = {
            document: [e for e in rows if e.start in guarded or e.start % 9 != rest]
            for document, rows in say(1).items()
        }
        run(project, name, less)
    plain = project("compare", "a", "b", *GOLD, "--json")
    assert plain.returncode == 0
    smallest = 100 * json.loads(plain.stdout)["detectable"]
    for points, code in ((smallest - 0.01, 3), (smallest + 0.01, 0)):
        asked = project("compare", "a", "b", *GOLD, "--inconclusive-above", str(points))
        assert asked.returncode == code


@pytest.mark.parametrize(
    ("status", "code"), [("refused", 4), ("truncated", 4), ("failed", 1), ("unsent", 1)]
)
def test_an_incomplete_run_ends_with_4_and_a_failed_chunk_with_1(
    project: Command, status: str, code: int
) -> None:
    def ended(entry: Entry) -> Entry:
        first = (entry.document, entry.chunk) == ("infotech.txt", 0)
        return replace(entry, status=status) if first else entry  # type: ignore[arg-type]

    run(project, "a", say(1))
    run(project, "b", say(1), ledger=ended)
    done = project("compare", "a", "b", *GOLD, "--inconclusive-above", "0.1")
    assert done.returncode == code
    assert "note: b is incomplete" in done.stdout


def test_other_documents_end_with_6_and_say_which(project: Command) -> None:
    run(project, "a", say(1))
    run(project, "b", {"infotech.txt": say(1)["infotech.txt"]})
    done = project("compare", "a", "b", *GOLD)
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr == (
        "annotate: a and b did not read the same documents with gold (infinitydesk.txt, "
        "infrascale.md, infroryx.txt, infuze-cloud.txt); run both on the same ones\n"
    )


def test_a_changed_text_ends_with_6(project: Command) -> None:
    run(project, "a", say(1))
    texts = {**bench().texts, "infotech.txt": "Another text.\n"}
    run(project, "b", {name: [] for name in say(1)}, texts=texts)
    done = project("compare", "a", "b", *GOLD)
    assert done.returncode == 6
    assert "infotech.txt" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("nothing", "a"), "nothing: is not a run folder"),
        (("a", "nothing"), "nothing: is not a run folder"),
        (("baseline", "a"), "no baseline of simulated; there is none yet"),
        (("a", "a", "--task", "no_such"), "no task 'no_such' here"),
        (("a", "a", "--gold", "nowhere"), "nowhere"),
        (("a.jsonl", "a"), "a.jsonl:1: is damaged"),
        (("a", "a", "--markdown", "a/manifest.json/x"), "cannot be used"),
    ],
)
def test_what_cannot_be_compared_ends_with_2(
    project: Command, arguments: Sequence[str], said: str
) -> None:
    run(project, "a", say(1))
    (project.cwd / "a.jsonl").write_text("{}", encoding="utf-8")
    gold = () if "--gold" in arguments else GOLD
    done = project("compare", *arguments, *gold)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_the_summary_of_a_job_is_appended_to(project: Command) -> None:
    run(project, "a", say(1))
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
    run(project, "a", say(1))
    done = project("compare", "a", "a", *GOLD, env={"GITHUB_STEP_SUMMARY": str(project.cwd)})
    assert done.returncode == 0
    assert done.stderr.startswith("annotate: $GITHUB_STEP_SUMMARY cannot be written (")


def test_comparing_imports_no_client_and_no_frames(project: Command) -> None:
    run(project, "a", say(1))
    done = project.process("compare", "a", "a", *GOLD, env={"PYTHONPROFILEIMPORTTIME": "1"})
    imported = {
        line.rpartition("|")[2].strip().partition(".")[0] for line in done.stderr.splitlines()
    }
    assert {"numpy", "annotate"} <= imported
    heavy = {"openai", "instructor", "pandas", "pyarrow", "matplotlib", "httpx2", "jinja2", "scipy"}
    assert not imported & heavy


def test_help_imports_neither_numpy_nor_rich(project: Command) -> None:
    done = project.process("compare", "--help", env={"PYTHONPROFILEIMPORTTIME": "1"})
    assert done.returncode == 0
    assert "--inconclusive-above" in done.stdout
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines()}
    assert not imported & {
        "numpy",
        "annotate.comparison.compare",
        "annotate.comparison.baselines",
    }


# ---- bless ----


def test_bless_writes_the_baseline_that_compare_finds(project: Command) -> None:
    for number in (1, 2):
        run(project, f"a-{number}", say(number), repeat=number - 1)
    done = project("bless", "a", "--reason", "two samples", *GOLD)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(
        f"{project.cwd}/{BASELINE}: 2 samples of simulated, annotation F1 ."
    )
    run(project, "b", say(1, Rates(0.9)))
    compared = project("compare", "baseline", "b", *GOLD)
    assert compared.returncode == 1
    assert f"before: {BASELINE}#1 … {BASELINE}#2" in compared.stdout
    assert project("compare", "a", BASELINE, *GOLD).returncode == 0


def test_bless_takes_several_runs_and_the_same_ones_give_the_same_bytes(project: Command) -> None:
    for number in (1, 2):
        run(project, f"a-{number}", say(number), repeat=number - 1)
    written = set()
    for names in (("a",), ("a-1", "a-2"), ("a-2", "a-1")):
        assert project("bless", *names, "--reason", "why", *GOLD).returncode == 0
        written.add((project.cwd / BASELINE).read_bytes())
    assert len(written) == 1


def test_bless_ends_with_4_for_an_incomplete_run(project: Command) -> None:
    run(project, "a", say(1), ledger=lambda entry: replace(entry, status="unsent"))
    done = project("bless", "a", "--reason", "why", *GOLD)
    assert done.returncode == 4
    assert done.stderr == "annotate: a: is incomplete; the same annotate run finishes it\n"
    assert not (project.cwd / "eval").exists()


def test_bless_asks_for_a_reason(project: Command) -> None:
    run(project, "a", say(1))
    for reason in ((), ("--reason", "  ")):
        done = project("bless", "a", *reason, *GOLD)
        assert done.returncode == 2
        assert "reason" in done.stderr
    assert not (project.cwd / "eval").exists()


def test_bless_outside_of_a_project_says_how_to_make_one(project: Command) -> None:
    (project.cwd / "annotate.toml").unlink()
    run(project, "a", say(1))
    done = project("bless", "a", "--reason", "why", *GOLD)
    assert done.returncode == 2
    assert "annotate init DIR makes one" in done.stderr


def test_the_embedded_baseline_is_blessed_and_never_fails_against_itself(project: Command) -> None:
    documents = ROOT / "eval" / "documents"
    assert project("run", documents, "--out", "x", "--task", "privacy_policy").returncode == 0
    assert project("bless", "x", "--reason", "the first", *GOLD).returncode == 0
    again = project("compare", "baseline", "x", *GOLD, "--json")
    assert again.returncode == 0
    assert json.loads(again.stdout)["headlines"]["value"]["delta"] == 0
    shifted = [moved(each, 1) for each in annotations(project.cwd / "x")]
    rows = "".join(json.dumps(each.to_json()) + "\n" for each in shifted)
    (project.cwd / "x" / "annotations.jsonl").write_text(rows, encoding="utf-8")
    done = project("compare", "baseline", "x", *GOLD)
    assert done.returncode == 1
    assert "FAILED invariant text[start:end] == quote" in done.stdout


def annotations(folder: Path) -> list[Annotation]:
    lines = (folder / "annotations.jsonl").read_text(encoding="utf-8").splitlines()
    return [Annotation.from_json(json.loads(line)) for line in lines]


def test_one_page_of_the_comparison_is_written(project: Command) -> None:
    run(project, "a", say(1))
    run(project, "b", lost("use"))
    assert project("compare", "a", "b", *GOLD, "--html", "out/c.html").returncode == 1
    page = (project.cwd / "out" / "c.html").read_text(encoding="utf-8")
    assert page.lower().startswith("<!doctype html>")
    assert "infotech.txt" in page
