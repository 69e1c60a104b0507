"""Every regular expression of the package takes work in proportion to the text, whatever the text.

An engine without backtracking would make it so at once, but it knows neither looking around nor
possessive repeats, on which grounding and segmentation stand. So the patterns are found wherever
they stand in the package, and an engine that counts tries each on texts that are read off it.
"""

from __future__ import annotations

import re
from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from annotate.lexicon.extractors import EXTRACTORS
from annotate.lexicon.rules_file import read_rules
from annotate.project.toml_file import read_toml
from schemas.privacy_policy import SCHEMA
from tests.support.backtracking import MOST_STEPS, Counting, steps_of
from tests.support.patterns import all_patterns
from tests.support.policy_lexicon import LEXICON, annotated
from tests.support.pumping import pumped
from tests.support.work import steps

SHORT, LONG = 24, 240  # characters: to look where work grows, and to be sure how
FASTEST = 2.5  # times the work for twice the text; a square has 4


def worst(pattern: re.Pattern[str], uses: set[str]) -> tuple[str, str, str] | None:
    """Return what makes work grow faster than the text, None where nothing does."""

    def grows(parts: tuple[str, str, str], length: int) -> bool:
        before, pump, behind = parts
        times = max(1, length // len(pump))
        once, twice = (
            steps_of(pattern, before + pump * many + behind, uses or {"finditer"})
            for many in (times, 2 * times)
        )
        return twice == MOST_STEPS or twice > FASTEST * once

    return next((p for p in pumped(pattern) if grows(p, SHORT) and grows(p, LONG)), None)


@pytest.mark.parametrize("place", sorted(all_patterns()))
def test_a_pattern_takes_work_in_proportion_to_the_text(place: str) -> None:
    found = all_patterns()[place]
    assert worst(found.pattern, found.uses) is None


@pytest.mark.parametrize(
    "pattern",
    [
        r"(a+)+b",
        r"[\w.+-]+@[\w-]+",
        r"\s+$",
        r"<b>.*?</b>",
        r"(\w+)\s\1x",
        r"\d.*\d{4}z",
    ],
)
def test_a_pattern_that_takes_more_is_found(pattern: str) -> None:
    assert worst(re.compile(pattern, re.DOTALL), {"finditer"}) is not None


@pytest.mark.parametrize("place", sorted(all_patterns()))
@settings(max_examples=6)
@given(data=st.data())
def test_the_engine_that_counts_finds_what_pythons_engine_finds(
    place: str, data: st.DataObject
) -> None:
    pattern = all_patterns()[place].pattern
    parts = list(pumped(pattern))
    chosen = st.lists(st.sampled_from([*(part for each in parts for part in each), " ", "a"]))
    text = "".join(data.draw(chosen))[:60]
    assert list(Counting(pattern, text).spans()) == [m.span() for m in pattern.finditer(text)]


def test_a_long_row_of_dotted_letters_is_no_address() -> None:
    text = "You can email us at " + "a." * 40_000
    assert EXTRACTORS["address"](text) == ()  # from each letter anew, this took a dozen seconds
    assert EXTRACTORS["address"](f"{text} x@tea.example") == ("x@tea.example",)
    assert {found["category"] for found in annotated(text)} <= {"contact"}


# ---- The cues of a lexicon are no patterns, and are found in one pass ----


def cues() -> dict[str, list[str]]:
    """Return the words of the cues of a lexicon, by the group that they belong to."""
    rules = read_rules(read_toml(LEXICON), SCHEMA)
    grouped: dict[str, list[str]] = defaultdict(list)
    for (group, _), cue in rules.cues:
        grouped[group.partition(".")[0]].append(re.sub(r"[*?~|]|\.\.\.", " ", cue))
    return grouped


@pytest.mark.parametrize("group", sorted(cues()))
def test_the_cues_of_a_group_take_work_in_proportion_to_the_text(group: str) -> None:
    sentence = " ".join(cues()[group][:25]) + " a.a.a 12 "
    annotated(sentence * 6)  # the automaton learns at first sight
    few, many = (steps(annotated, sentence * times) for times in (3, 6))
    assert many < FASTEST * few
