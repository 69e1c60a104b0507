"""Examples that are wrong, or that repeat what a prompt is measured on, are named."""

from pathlib import Path
from typing import Any

import pytest

from annotate.llm.prompts.checks import check_prompts, problems, shared_words
from annotate.llm.prompts.load import prompt_versions
from annotate.project.tasks import Task, load_task
from tests.conftest import ROOT
from tests.support.prompting import EXAMPLE, load


@pytest.mark.parametrize(
    ("annotation", "says"),
    [
        ({**EXAMPLE["annotations"][0], "quote": "A deploy broke the API."}, "quote"),
        ({**EXAMPLE["annotations"][0], "triggers": []}, "triggers"),
        ({**EXAMPLE["annotations"][0], "category": "weather"}, "category"),
        ({**EXAMPLE["annotations"][0], "colour": "red"}, "colour"),
    ],
)
def test_an_example_that_does_not_validate_or_ground_is_named(
    tmp_path: Path, annotation: dict[str, Any], says: str
) -> None:
    wrong = {**EXAMPLE, "annotations": [annotation]}
    found = str(next(problems(load(tmp_path, examples=[EXAMPLE, wrong]))))
    assert "examples.jsonl:2: " in found
    assert says in found


def test_a_right_example_has_no_problem(tmp_path: Path) -> None:
    assert list(problems(load(tmp_path))) == []


def test_an_example_without_words_is_named(tmp_path: Path) -> None:
    found = next(problems(load(tmp_path, examples=[{"text": " \n", "annotations": []}])))
    assert "examples.jsonl:1: error: the example has no text" in str(found)


def test_shared_words_are_found_across_punctuation_and_case() -> None:
    words = "one two three four five six seven eight nine ten eleven twelve"
    assert shared_words(f"Before. {words.title()}, after", words.replace("six", "SIX,")) == words
    assert shared_words(words.replace("six", "sechs"), words) == ""
    assert shared_words("", words) == ""


@pytest.fixture(scope="module")
def task() -> Task:
    return load_task("privacy_policy", ROOT)


def test_task_check_finds_the_prompts_of_this_repository_in_order(task: Task) -> None:
    checked = list(check_prompts(task))
    assert [each.version for each in checked] == prompt_versions(task.root, task.name)
    assert [each.findings for each in checked] == [(), (), ()]
