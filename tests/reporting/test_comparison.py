"""Reports of a comparison: the same facts in every format, and text that stays text in each."""

import re
from dataclasses import replace

from annotate.comparison.compare import compare_evaluations
from annotate.comparison.comparison import Comparison
from annotate.formatting import points, ratio
from annotate.reporting.markdown import of_comparison
from tests.support.compared import drawn, hostile, printed
from tests.support.noisy import Rates

# ---- Ordinary comparisons ----


def test_the_terminal_shows_verdict_gates_scores_and_lists(worse: Comparison) -> None:
    lines = printed(worse).splitlines()
    assert lines[0] == f"regression: {len(worse.failures)} gates failed"
    failed = [line for line in lines if line.startswith("FAILED")]
    assert "FAILED overall value F1" in failed[0]
    assert "before: runs/1 … runs/2 (2 repeats)" in lines
    assert "  prompt: v1 → v2" in lines
    delta = worse.headlines["value"]
    (row,) = [line for line in lines if line.startswith("│ value F1")]
    assert [cell.strip() for cell in row.strip("│").split("│")][1:4] == [
        ratio(delta.before),
        ratio(delta.after),
        points(delta.change),
    ]
    broken = worse.changes.broken
    assert f"Broken: was found, is missed ({len(broken)})" in lines
    place = lines[lines.index(f"Broken: was found, is missed ({len(broken)})") + 1]
    assert broken[0].gold in place
    assert place.endswith(f"{broken[0].before}/2 → {broken[0].after}/2")
    assert f"  and {len(broken) - 10} more in --json" in lines
    assert any(line.startswith("a run: 24 requests, 24,000 + 4,800 tokens") for line in lines)


def test_every_verdict_is_worded() -> None:
    same = drawn(1)
    assert printed(compare_evaluations([same], [same], rounds=100)).startswith(
        "no change detected: both sides score the same in every segment\n"
    )
    noise = replace(compare_evaluations([same], [drawn(2)], rounds=100), checks=())
    smallest = 100 * (noise.detectable or 0)
    assert printed(noise).startswith(
        f"no change detected; a true drop of value F1 by {smallest:.1f} points would be found"
    )
    better = replace(
        compare_evaluations([drawn(1, rates=Rates(0.6))], [same], rounds=100), checks=()
    )
    assert printed(better).startswith("improvement: value F1 +")


def test_a_change_of_the_gold_stands_apart(worse: Comparison) -> None:
    blessed = {"annotation": 0.9, "value": 0.75, "document": 0.9, "untyped": 0.9}
    found = compare_evaluations(worse.before, worse.after, rounds=100, blessed=blessed)
    now, after = (
        ratio(f1) for f1 in (found.headlines["value"].before, found.headlines["value"].after)
    )
    gold = points((found.headlines["value"].before or 0) - 0.75)
    wanted = (
        f"value F1: gold {gold} points (.750 → {now}), "
        f"prompt {points(found.headlines['value'].change)} points ({now} → {after})"
    )
    assert wanted in printed(found).splitlines()
    assert f"- {wanted}" in of_comparison(found).splitlines()
    assert "gold" not in printed(worse).split("Scores on")[0]


# ---- Hostile text ----


def test_the_terminal_gets_no_control_character() -> None:
    shown = printed(hostile())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", shown)
    assert "\\u001b[31m" in shown
    assert "«We <script>alert(1)</script> keep" in shown
