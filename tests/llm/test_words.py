"""Of several values in a model's words none is chosen: they are one answer, or none."""

import json

import pytest

from annotate.llm.words import SEVERAL, read_annotations
from annotate.testing import Answer
from annotate.testing import behaviours as b
from tests.support.endpoints import Place, quotes, read

ITEM = {"category": "cause", "quote": "A deploy broke it.", "triggers": ["deployment"]}
TEXT = json.dumps({"annotations": [ITEM]})
OTHER = json.dumps({"annotations": [{**ITEM, "quote": "We rolled back."}]})


@pytest.mark.parametrize(
    "words",
    [
        f"```json\n{OTHER}\n```\n```json\n{TEXT}\n```",
        f'A draft:\n```json\n{{"annotations": []}}\n```\nBetter:\n```json\n{TEXT}\n```',
        f"```json\n{OTHER}\n```\n\n```\n{TEXT}\n```\n\n```json\n{TEXT}\n```",
        f"```json\n{OTHER}\n```\nAnd then:\n```json\n{TEXT}",
        f"It states {OTHER} and\n```json\n{TEXT}\n```",
        f"```json\n{TEXT}\n```\nand {OTHER}",
        f"```json {OTHER}\n```\n```json\n{TEXT}\n```",
        f"```json\n{TEXT}\n```{OTHER}",
        f"```json\n{json.dumps([ITEM])}\n```\n```json\n{TEXT}\n```",
        f"```json\n{OTHER[:-1]}\n```\n```json\n{TEXT}\n```",
        f"<think>a</think>\n```json\n{OTHER}\n```\n```json\n{TEXT}\n```",
    ],
)
def test_one_of_several_values_is_never_chosen(words: str) -> None:
    assert read_annotations(words) == (None, SEVERAL)


@pytest.mark.parametrize(
    "words", [OTHER + TEXT, f"{OTHER}\n{TEXT}", f"{OTHER},{TEXT}", f"```\n{OTHER}\n{TEXT}\n```"]
)
def test_values_that_follow_each_other_are_no_answer(words: str) -> None:
    items, problem = read_annotations(words)
    assert (items, "no valid JSON" in problem) == (None, True)


def _in_parts(answer: Answer) -> Answer:
    """Say each annotation in a block of its own."""
    assert isinstance(answer.said, dict)
    parts = (json.dumps({"annotations": [each]}) for each in answer.said["annotations"])
    return b.saying("\n".join(f"```json\n{part}\n```" for part in parts))(answer)


@pytest.mark.parametrize("mode", ["json_schema", "tools", "json"])
def test_an_answer_in_several_blocks_is_asked_for_again(place: Place, mode: str) -> None:
    run, entry, asked = read(place, _in_parts, first=1, mode=mode)
    assert (entry.status, len(asked)) == ("repaired", 2)
    assert SEVERAL in json.dumps(asked[1]["messages"])
    assert quotes(run) == ["Search was slow.", "It was caused by load."]
