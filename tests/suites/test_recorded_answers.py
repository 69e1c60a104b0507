"""Suites of recorded answers: real files of them, a cache of the suite's own, and no endpoint."""

from __future__ import annotations

import json
import lzma
import shutil
from pathlib import Path

import pytest

from annotate.llm.cache.store import Cache
from annotate.testing import Server
from tests.conftest import contents
from tests.support.evaluated import MODEL, NOISY, WITHOUT_CAUSE, Ended, Place
from tests.support.shared import Shared
from tests.support.simulated import GUIDED, project, prompted, simulation, text_of

NAMED = "recordings"
SETTINGS = f"""\
models = ["{MODEL}"]
answers = "eval/answers"
[settings]
identity = "{NAMED}"
chunk_size = 2000
[[prompts]]
version = "v1"
repeats = 3
[[prompts]]
version = "v2"
gated = false
[[prompts]]
version = "v1"
gated = false
settings = {{ chunk_size = 4000 }}
"""


def record(folder: Path) -> None:
    """Make a project whose suite has three samples of one prompt, and one of each other."""
    place = Place(project(folder / "project", text_of(0, 30), text_of(1, 30)))
    prompted(place.folder, WITHOUT_CAUSE, version="v2")
    suite(place, SETTINGS.replace('answers = "eval/answers"\n', ""))
    with Server(simulation(place.folder, NOISY)) as server:
        asked = ("--base-url", server.base_url, "--json")
        first = place.typed("eval", "mine", *asked).json["trials"][0]
    assert place.typed("bless", *first["runs"], "--reason", "the first").code == 0
    (place.folder / "eval" / "answers").mkdir()
    exported = place.typed("cache", "export", "--out", "eval/answers/all.jsonl")
    assert exported.code == 0, exported.err
    shutil.rmtree(place.folder / ".annotate")
    shutil.rmtree(place.folder / "runs")
    suite(place, SETTINGS)


def suite(place: Place, text: str) -> None:
    path = place.folder / "eval" / "suites" / "mine.toml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(f'task = "incident_report"\n{text}', encoding="utf-8")


@pytest.fixture(scope="session")
def recorded(shared: Shared) -> Path:
    return shared("recorded", record) / "project"


@pytest.fixture
def place(recorded: Path, tmp_path: Path) -> Place:
    """A clone: the recordings and a project, without a cache and without runs."""
    return Place(Path(shutil.copytree(recorded, tmp_path / "clone")))


def evaluated(place: Place, *words: object) -> Ended:
    # What a user has set of an endpoint is no part of what was recorded.
    shell = {"OPENAI_BASE_URL": "http://127.0.0.1:9/v1", "ANNOTATE_CHUNK_SIZE": "500"}
    return place.typed("eval", "mine", *words, env=shell)


def test_a_clone_runs_scores_compares_and_gates_what_was_recorded(place: Place) -> None:
    ended = evaluated(place, "--json", "--junit", "eval.xml")
    assert ended.code == 0, ended.err
    first, other, sized = ended.json["trials"]
    assert first["name"] == f"v1 × {MODEL}"
    assert (first["status"], len(first["runs"])) == ("passed", 3)
    assert not any(first["comparison"]["changes"][name] for name in ("broken", "fixed"))
    assert (other["status"], len(other["runs"])) == ("not gated", 1)
    assert other["comparison"]["verdict"] == "regression"
    assert sized["name"] == f"v1 × {MODEL}, chunk_size 4000"
    assert {each["forecast"]["new"] for each in ended.json["trials"]} == {0}
    assert "<failure" not in (place.folder / "eval.xml").read_text(encoding="utf-8")

    before = runs(place)
    printed = evaluated(place)
    assert f"v2 × {MODEL}: not gated (compared alone: regression)" in printed.out
    assert printed.out.count("p drop") == 1  # what gates nothing is told in a line

    # The user's own cache has neither helped nor been filled.
    assert not (place.folder / ".annotate").exists()
    (kept,) = (place.folder / "runs" / "eval" / "mine").glob("answers-*")
    with Cache(kept) as cache:
        lines = (place.folder / "eval" / "answers" / "all.jsonl").read_bytes().count(b"\n")
        assert cache.stats()["answers"] == lines
    assert runs(place) == before


def runs(place: Place) -> dict[str, bytes]:
    """Return the bytes of all runs."""
    found = contents(place.folder / "runs")
    return {name: each for name, each in found.items() if "/answers-" not in name}


def test_a_prompt_that_is_named_is_evaluated_alone_as_the_suite_says(place: Place) -> None:
    file = place.folder / "eval" / "answers" / "all.jsonl"
    file.with_name("all.jsonl.xz").write_bytes(lzma.compress(file.read_bytes()))
    file.unlink()
    ended = evaluated(place, "--prompt", "v2", "--json")
    assert [(each["prompt"], each["status"]) for each in ended.json["trials"]] == [
        ("v2", "not gated")
    ]


def test_an_edited_prompt_is_incomplete_and_nothing_is_sent(place: Place) -> None:
    prompted(place.folder, f"Look closely. {GUIDED}")
    with Server(simulation(place.folder)) as server:
        ended = place.typed("eval", "mine", "--base-url", server.base_url, "--prompt", "v1")
        assert server.requests == ()
    assert ended.code == 4
    assert f"v1 × {MODEL}: 0 answers recorded, " in ended.err
    assert "requests are not among the recorded answers in" in ended.out
    assert "eval/answers: a prompt, a definition, a document or a setting" in ended.out


def test_answers_recorded_anew_are_what_counts(place: Place) -> None:
    assert evaluated(place, "--prompt", "v2").code == 0
    file = place.folder / "eval" / "answers" / "all.jsonl"
    lines = file.read_text(encoding="utf-8").splitlines()
    kept = [
        line
        for line in lines
        if "cause:" in json.loads(line)["request"]["body"]["messages"][0]["content"]
    ]
    file.write_text("\n".join(kept) + "\n", encoding="utf-8")
    assert 0 < len(kept) < len(lines)
    assert evaluated(place, "--prompt", "v2").code == 4


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda line: line[:-20], "eval/answers/all.jsonl:1: is left out: no line of an exported"),
        (lambda line: line.replace(b"simulated", b"simulatet"), "its digest does not fit"),
    ],
)
def test_a_damaged_line_is_named(place: Place, damage: object, said: str) -> None:
    file = place.folder / "eval" / "answers" / "all.jsonl"
    first, *others = file.read_bytes().splitlines()
    file.write_bytes(b"\n".join([damage(first), *others]) + b"\n")  # type: ignore[operator]
    ended = evaluated(place)
    assert ended.code == 2
    assert said in ended.err


def test_what_stands_in_the_way_of_recorded_answers_is_said(place: Place) -> None:
    moved = evaluated(place, "--cache-dir", "elsewhere")
    assert (moved.code, "leave --cache-dir out" in moved.err) == (2, True)
    shutil.rmtree(place.folder / "eval" / "answers")
    none = evaluated(place)
    assert none.code == 2
    assert "eval/answers: holds no recorded answers (*.jsonl, *.jsonl.xz)" in none.err
