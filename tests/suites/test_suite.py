"""Suite files: what they may say, and how they are refused."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

import pytest

from annotate.comparison.gates import Gates
from annotate.errors import ProjectError, UsageError
from annotate.gold.store import read_gold
from annotate.project.tasks import load_task
from annotate.suites.suite import Asked, find_suite, read_suite, suite_names
from tests.conftest import ROOT

WHOLE = """\
task = "privacy_policy"
documents = ["texts", "more/*.md"]
gold = "labels"
prompts = ["v1", "v2"]
models = ["lexicon", "m"]
repeats = 3
holdout = ["a.txt"]
tuned_on = ["b.txt", "c.txt"]

[gates]
min_drop = 0.02
min_support = 10
"""


def written(folder: Path, text: str, name: str = "mine") -> Path:
    path = folder / "eval" / "suites" / f"{name}.toml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_suite_is_read_with_its_paths_from_the_content_root(tmp_path: Path) -> None:
    suite = read_suite(written(tmp_path, WHOLE))
    assert (suite.name, suite.task, suite.repeats) == ("mine", "privacy_policy", 3)
    assert suite.documents == (tmp_path / "texts", tmp_path / "more" / "*.md")
    assert suite.gold == tmp_path / "labels"
    assert [each.version for each in suite.prompts] == ["v1", "v2"]
    assert suite.models == ("lexicon", "m")
    assert (suite.holdout, suite.tuned_on) == (("a.txt",), ("b.txt", "c.txt"))


def test_gates_of_the_file_take_the_place_of_the_usual_ones(tmp_path: Path) -> None:
    gates, usual = read_suite(written(tmp_path, WHOLE)).gates, Gates()
    assert (gates.min_drop, gates.min_support) == (0.02, 10)
    others = {each.name for each in fields(Gates)} - {"min_drop", "min_support"}
    assert all(getattr(gates, name) == getattr(usual, name) for name in others)


def test_a_prompt_may_say_more_than_its_version(tmp_path: Path) -> None:
    table = '[settings]\nidentity = "r"\n[[prompts]]\nversion = "v1"\n'
    more = "[[prompts]]\nversion = 'v1'\nrepeats = 2\ngated = false\nsettings.chunk_size = 4000\n"
    suite = read_suite(written(tmp_path, f'task = "t"\nanswers = "told"\n{table}{more}'))
    assert (suite.settings, suite.answers) == ({"identity": "r"}, tmp_path / "told")
    assert suite.prompts == (Asked("v1"), Asked("v1", 2, {"chunk_size": 4000}, gated=False))


@pytest.mark.parametrize(
    ("written_so", "said"),
    [
        ("settings.chunk_size = 1", "settings: chunk_size: Input should be greater"),
        ("settings.model = 'm'", "settings: model: no setting of a suite, there is base_url"),
        ("prompts = [{ repeats = 2 }]", "prompts.0.version: missing; add it"),
        (
            "prompts = [{ version = 'v1', gate = 1 }]",
            "prompts.0.gate: unknown key; 'gated' is the nearest, there is vers",
        ),
        ("prompts = ['v1', { version = 'v1' }]", "prompts: names 'v1' twice; take one out"),
        (
            "prompts = [{ version = 'v1', settings = { rounds = 1 } }]",
            "prompts.0.settings: rounds: no setting",
        ),
    ],
)
def test_a_mistake_in_settings_and_prompts_is_named(
    tmp_path: Path, written_so: str, said: str
) -> None:
    path = written(tmp_path, f'task = "t"\n{written_so}')
    with pytest.raises(ProjectError) as caught:
        read_suite(path)
    assert re.sub(r"(toml):[0-9]+: ", r"\1: ", str(caught.value)).startswith(f"{path}: {said}")


def test_what_a_suite_leaves_out_is_the_projects_own(tmp_path: Path) -> None:
    suite = read_suite(written(tmp_path, 'task = "outages"'))
    assert suite.documents == (tmp_path / "eval" / "documents",)
    assert suite.gold == tmp_path / "eval" / "gold" / "outages"
    assert (suite.models, suite.prompts, suite.repeats) == ((), (), 1)


def test_a_suite_elsewhere_reads_its_paths_from_its_own_folder(tmp_path: Path) -> None:
    path = tmp_path / "nightly.toml"
    path.write_text(WHOLE, encoding="utf-8")
    assert find_suite(str(path)).gold == tmp_path / "labels"


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('task = "privacy_policy"', ""), "task: missing; add it"),
        (
            ("repeats", "repeat"),
            "repeat: unknown key; 'repeats' is the nearest, there is task, documents, gold",
        ),
        (("repeats = 3", 'repeats = "3"'), "repeats: "),
        (("repeats = 3", "repeats = 0"), "repeats: "),
        (('["a.txt"]', '"a.txt"'), "holdout: "),
        (('["texts", "more/*.md"]', "[]"), "documents: "),
        (('["v1", "v2"]', '["v1", "v1"]'), "prompts: names 'v1' twice; take one out"),
        (('["v1", "v2"]', '["v1", ""]'), "prompts: holds an empty name; take it out"),
        (('["a.txt"]', '["b.txt"]'), "holdout: 'b.txt' stands in tuned_on"),
        (('["lexicon", "m"]', '["lexicon"]'), "repeats: the lexicon says the same each time"),
        (
            ("min_drop", "a_drop"),
            "gates.a_drop: unknown key; 'max_drop' is the nearest, there is alpha",
        ),
        (("min_drop = 0.02", 'min_drop = "2"'), "gates.min_drop: "),
        (("min_drop = 0.02", "min_drop = true"), "gates.min_drop: "),
        (("repeats = 3", "repeats = = 3"), "is not valid TOML"),
    ],
)
def test_a_mistake_is_named_by_file_and_key(
    tmp_path: Path, change: tuple[str, str], said: str
) -> None:
    path = written(tmp_path, WHOLE.replace(*change))
    with pytest.raises(ProjectError) as caught:
        read_suite(path)
    assert re.sub(r"(toml):[0-9]+: ", r"\1: ", str(caught.value)).startswith(f"{path}: {said}")


def test_an_unknown_suite_is_answered_with_those_that_there_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "annotate.toml").touch()
    written(tmp_path, WHOLE)
    shipped = [each.stem for each in (ROOT / "eval" / "suites").glob("*.toml")]
    names = sorted([*shipped, "mine"])
    assert suite_names() == names
    said = f"no suite 'yours' here; there is {', '.join(names)}"
    with pytest.raises(UsageError, match=re.escape(said)):
        find_suite("yours")
    with pytest.raises(UsageError, match=r"yours\.toml: no such suite file"):
        find_suite("yours.toml")
    assert find_suite("mine").path == tmp_path / "eval" / "suites" / "mine.toml"


@pytest.mark.parametrize("name", ["baseline", "prompts", "recorded"])
def test_the_suites_that_are_shipped_name_what_is_there(name: str) -> None:
    suite = read_suite(ROOT / "eval" / "suites" / f"{name}.toml")
    task = load_task(suite.task)
    gold = {each.id for each in read_gold(suite.gold, task.schema).manifest.documents}
    assert {*suite.holdout, *suite.tuned_on} <= gold
    assert all(
        (ROOT / "prompts" / task.name / f"{each.version}.md").is_file() for each in suite.prompts
    )


def test_a_shipped_suite_asks_no_model_that_nobody_named() -> None:
    for path in sorted((ROOT / "eval" / "suites").glob("*.toml")):
        suite = read_suite(path)
        assert suite.models in ((), ("lexicon",)) or suite.answers is not None


def test_the_baselines_suite_claims_no_document_that_it_had_not_seen() -> None:
    assert read_suite(ROOT / "eval" / "suites" / "baseline.toml").holdout == ()
