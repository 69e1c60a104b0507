"""The automaton: phrases found in one pass, also when what it learnt is forgotten on the way."""

import gc

import pytest

from annotate.lexicon.automaton import Automaton
from annotate.lexicon.cues import Phrase


def ends(phrases: list[Phrase], *texts: list[str]) -> list[list[int]]:
    """Return by word which phrases end there, in the last of some texts that are read in turn."""
    automaton = Automaton(sorted)
    for phrase in phrases:
        automaton.add(phrase)
    return [automaton.read(text) for text in texts][-1]


def test_overlapping_phrases_are_all_found() -> None:
    both, second = (("a",), ("b",)), (("b",),)
    assert ends([both, second], ["a", "b", "b"]) == [[], [0, 1], [1]]
    assert ends([both, second], ["a"]) == [[]]


def test_a_phrase_starts_inside_another_and_goes_on_behind_it() -> None:
    phrases: list[Phrase] = [(("a",), ("b", "c*")), (("c*",), ("d",)), (("a",), ("cab",), ("d",))]
    assert ends(phrases, ["a", "cab", "d", "d"]) == [[], [0], [1, 2], []]


def test_a_phrase_added_twice_keeps_its_number() -> None:
    automaton = Automaton(len)
    assert automaton.add((("a",),)) == automaton.add((("a",),))


def test_what_is_found_does_not_depend_on_what_was_read_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [f"w{n % 7}" for n in range(200)]
    phrases: list[Phrase] = [((f"w{n}",), (f"w{n + 1}", "w*")) for n in range(6)]
    whole = ends(phrases, words)
    assert ends(phrases, words[:100], words) == whole
    monkeypatch.setattr(Automaton, "MOST_STEPS", 2)
    assert ends(phrases, words[:100], words) == whole


def test_what_is_forgotten_takes_no_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Automaton, "MOST_STEPS", 8)
    automaton = Automaton(sorted)
    for n in range(6):
        automaton.add(((f"w{n}",), (f"w{n + 1}", "w*")))
    gc.collect()
    gc.disable()
    try:
        for turn in range(50):
            automaton.read([f"w{(turn * n) % 7}" for n in range(40)])
        assert gc.collect() == 0
    finally:
        gc.enable()
