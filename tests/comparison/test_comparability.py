"""Which sides can be compared, and which are refused."""

from dataclasses import replace

import pytest

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.gates import Gates
from annotate.errors import NotComparable, UsageError
from tests.support.noisy import (
    evaluated,
    identity,
    say,
)


def test_other_documents_are_not_comparable() -> None:
    said = say(1)
    one = {name: said[name] for name in ("infotech.txt", "infroryx.txt")}
    with pytest.raises(NotComparable, match=r"run-0 and run-1 did not read the same documents"):
        compare_evaluations([evaluated(said)], [evaluated(one, 1)])


def test_another_task_is_not_comparable() -> None:
    found = evaluated(say(1))
    made = {**found.predictions.identity, "task": "other"}
    other = replace(found, predictions=replace(found.predictions, identity=made))
    with pytest.raises(NotComparable, match="different tasks; compare runs of one"):
        compare_evaluations([found], [other])


def test_other_definitions_of_the_schema_are_a_change_to_compare() -> None:
    other = evaluated(say(1), 1, identity=identity(schema="0" * 64))
    found = compare_evaluations([evaluated(say(1))], [other], rounds=100)
    assert found.passed


def test_other_gold_is_not_comparable() -> None:
    found = evaluated(say(1))
    less = replace(found, golds=found.golds[1:])
    with pytest.raises(NotComparable, match="scored against different gold"):
        compare_evaluations([found], [less])


def test_another_text_is_not_comparable() -> None:
    found = evaluated(say(1))
    hashes = {**found.predictions.documents, "infotech.txt": "0" * 64}
    other = replace(found, predictions=replace(found.predictions, documents=hashes))
    with pytest.raises(NotComparable, match=r"different texts of infotech\.txt"):
        compare_evaluations([found], [other])


def test_repeats_are_those_of_one_configuration() -> None:
    other = evaluated(say(2), 1, identity=identity(prompt="v2", repeat=1))
    with pytest.raises(UsageError, match="run-1: its prompt is another than that of run-0"):
        compare_evaluations([evaluated(say(1)), other], [evaluated(say(3))])
    with pytest.raises(UsageError, match="has no run"):
        compare_evaluations([], [evaluated(say(3))])
    found = compare_evaluations([evaluated(say(1))], [other], Gates(must_find=False), rounds=100)
    assert found.before[0].predictions.identity["prompt"] == "v1"
    assert found.after[0].predictions.identity["prompt"] == "v2"
