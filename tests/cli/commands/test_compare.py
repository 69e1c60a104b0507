"""`annotate compare`: what it prints and ends with."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import replace

import pytest

from annotate.annotation import Annotation
from annotate.ledger import Entry
from tests.cli.conftest import GOLD, write_run
from tests.conftest import Command
from tests.support.noisy import bench, changed, say

BASELINE = "eval/baselines/privacy_policy/simulated.jsonl"


def lost(category: str) -> dict[str, list[Annotation]]:
    return changed(say(1), lambda each: [] if each.category == category else [each])


def test_a_run_against_itself_passes_offline_without_a_key(project: Command) -> None:
    write_run(project, "a", say(1))
    done = project("compare", "a", "a", *GOLD, env={"http_proxy": "http://127.0.0.1:9"})
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("no change detected: both sides score the same in every segment")


def test_a_lost_category_ends_with_1_and_is_named_everywhere(project: Command) -> None:
    write_run(project, "a", say(1))
    write_run(project, "b", lost("use"))
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
    write_run(project, "a", say(1))
    write_run(project, "b", say(2))
    first, again, other = (
        project("compare", "a", "b", *GOLD, "--json", "--seed", seed).stdout for seed in "334"
    )
    assert first == again
    assert first != other
    assert json.loads(other)["seed"] == 4


def test_repeats_are_found_beside_a_name(project: Command) -> None:
    for number in (1, 2, 3):
        write_run(project, f"a-{number}", say(number), repeat=number - 1)
    write_run(project, "b", say(9))
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
        write_run(project, name, less)
    plain = project("compare", "a", "b", *GOLD, "--json")
    assert plain.returncode == 0
    smallest = 100 * json.loads(plain.stdout)["detectable"]
    for points, code in ((smallest - 0.01, 3), (smallest + 0.01, 0)):
        asked = project("compare", "a", "b", *GOLD, "--inconclusive-above", str(points))
        assert asked.returncode == code


@pytest.mark.parametrize("status", ["refused", "truncated", "failed", "unsent"])
def test_a_chunk_without_an_answer_ends_with_1(project: Command, status: str) -> None:
    def ended(entry: Entry) -> Entry:
        first = (entry.document, entry.chunk) == ("infotech.txt", 0)
        return replace(entry, status=status) if first else entry  # type: ignore[arg-type]

    write_run(project, "a", say(1))
    write_run(project, "b", say(1), ledger=ended)
    done = project("compare", "a", "b", *GOLD, "--inconclusive-above", "0.1")
    assert done.returncode == 1
    assert "note: b is incomplete" in done.stdout


def test_other_documents_end_with_6_and_say_which(project: Command) -> None:
    write_run(project, "a", say(1))
    write_run(project, "b", {"infotech.txt": say(1)["infotech.txt"]})
    done = project("compare", "a", "b", *GOLD)
    assert (done.returncode, done.stdout) == (6, "")
    assert done.stderr == (
        "annotate: a and b did not read the same documents with gold (infinitydesk.txt, "
        "infrascale.md, infroryx.txt, infuze-cloud.txt); run both on the same ones\n"
    )


def test_a_changed_text_ends_with_6(project: Command) -> None:
    write_run(project, "a", say(1))
    texts = {**bench().texts, "infotech.txt": "Another text.\n"}
    write_run(project, "b", {name: [] for name in say(1)}, texts=texts)
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
    write_run(project, "a", say(1))
    (project.cwd / "a.jsonl").write_text("{}", encoding="utf-8")
    gold = () if "--gold" in arguments else GOLD
    done = project("compare", *arguments, *gold)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_without_gold_it_counts_and_says_what_needs_none(project: Command) -> None:
    write_run(project, "a", {"mine.txt": []}, texts={"mine.txt": "We keep logs."})
    done = project("compare", "a", "a")
    assert done.returncode == 6
    assert "category" in done.stdout
    assert "none of its documents has gold" in done.stderr
    assert "annotate diff a a says what changed, and needs no gold" in done.stderr
    assert project("compare", "a", "a", "--json").stdout == ""
