"""The automaton: phrases found in one pass, also when what it learnt is forgotten on the way."""

import pytest

from annotate.lexicon.automaton import Automaton


def test_overlapping_phrases_are_all_found() -> None:
    automaton = Automaton()
    both = automaton.add((("a",), ("b",)))
    second = automaton.add((("b",),))
    places = {both: [(0, 2)], second: [(1, 2), (2, 3)]}
    assert automaton.find(["a", "b", "b"]) == (places, 1 << both | 1 << second)
    assert automaton.find(["a"]) == ({}, 0)


def test_a_phrase_added_twice_keeps_its_number() -> None:
    automaton = Automaton()
    assert automaton.add((("a",),)) == automaton.add((("a",),))


def test_what_is_found_does_not_depend_on_what_was_read_before(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words = [f"w{n % 7}" for n in range(200)]
    phrases = [((f"w{n}",), (f"w{n + 1}", "w*")) for n in range(6)]

    def found() -> tuple[dict[int, list[tuple[int, int]]], int]:
        automaton = Automaton()
        for phrase in phrases:
            automaton.add(phrase)
        automaton.find(words[:100])
        return automaton.find(words)

    whole = found()
    monkeypatch.setattr(Automaton, "_MOST_STEPS", 2)
    assert found() == whole
