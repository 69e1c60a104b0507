"""Verdicts held against gold: what was right, of how many, and how often any would have been."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from annotate.annotation import Annotation, Verdict, Verification
from annotate.verification.agreement import Agreement, Share, agreement
from tests.support.handmade import (
    CHECK,
    DEPLOY,
    LOST,
    ROLLED_BACK,
    SLOW,
    Place,
    annotation,
    evaluated,
    write_gold,
    write_run,
)


def judged(place: Place, verdict: Verdict | None, **values: str) -> Annotation:
    named = {name: (value,) for name, value in values.items()}
    said = None if verdict is None else Verification(verdict, named, "So it is.")
    return replace(annotation(place), verification=said)


def held(
    folder: Path, found: list[Annotation], gold: list[Annotation], *optional: int
) -> Agreement:
    run = write_run(folder / "run", found)
    return agreement(evaluated(run, write_gold(folder / "gold", gold, optional=optional)))


def counted(share: Share) -> tuple[int, int]:
    return share.right, share.of


WRONG_STEP: Place = ("action", ROLLED_BACK[1], {"step": "prevented"})
PLANNED: Place = ("action", ROLLED_BACK[1], {"step": "mitigated", "planned": True})
ELSEWHERE: Place = ("cause", SLOW[1], {"triggers": ["capacity"]})


@pytest.mark.parametrize(
    ("found", "verdict", "right"),
    [
        (judged(SLOW, "supported"), "supported", 1),
        (judged(SLOW, "unsupported"), "unsupported", 0),
        (judged(SLOW, "partly", effects="slow"), "partly", 0),
        (judged(WRONG_STEP, "supported"), "supported", 0),
        (judged(WRONG_STEP, "partly", step="prevented"), "partly", 1),
        (judged(WRONG_STEP, "partly", planned="false"), "partly", 0),
        (judged(PLANNED, "partly", planned="true"), "partly", 1),
        (judged(ELSEWHERE, "unsupported"), "unsupported", 1),
        (judged(ELSEWHERE, "supported"), "supported", 0),
        (judged(ELSEWHERE, "partly", triggers="capacity"), "partly", 0),
        (judged(LOST, "unsupported"), "unsupported", 1),
    ],
)
def test_a_verdict_is_right_where_gold_says_the_same(
    tmp_path: Path, found: Annotation, verdict: Verdict, right: int
) -> None:
    gold = [annotation(SLOW), annotation(DEPLOY), annotation(ROLLED_BACK)]
    made = held(tmp_path, [found], gold)
    assert counted(made.verdicts[verdict]) == (right, 1)
    assert sum(share.of for share in made.verdicts.values()) == 1


def test_what_gold_leaves_open_and_what_has_no_verdict_is_not_counted(tmp_path: Path) -> None:
    found = [judged(SLOW, "unsupported"), judged(DEPLOY, None), judged(CHECK, "supported")]
    gold = [annotation(SLOW), annotation(DEPLOY), annotation(CHECK)]
    made = held(tmp_path, found, gold, 0)
    assert {name: share.of for name, share in made.verdicts.items() if share.of} == {"supported": 1}
    assert counted(made.wrong) == (0, 1)


def test_values_and_the_share_of_wrong_annotations_have_their_intervals(tmp_path: Path) -> None:
    found = [
        judged(SLOW, "supported"),
        judged(WRONG_STEP, "partly", step="prevented", planned="false"),
        judged(LOST, "unsupported"),
    ]
    made = held(tmp_path, found, [annotation(SLOW), annotation(ROLLED_BACK)])
    assert counted(made.values) == (1, 2)
    assert counted(made.wrong) == (1, 3)
    row = made.to_json()
    assert row["documents"] == 1
    assert made.values.interval == pytest.approx((0.0945, 0.9055), abs=1e-4)
    assert Share(()).interval is None


def test_verdicts_that_stand_together_count_for_less_than_as_many_apart() -> None:
    together, apart = Share(((5, 5), (0, 5))), Share(((1, 1),) * 5 + ((0, 1),) * 5)
    assert counted(together) == counted(apart) == (5, 10)
    assert together.interval is not None
    assert apart.interval is not None
    assert together.interval[0] < apart.interval[0] < apart.interval[1] < together.interval[1]
