"""What a prompt shows is never what it is measured on, and enough is left to measure it."""

from __future__ import annotations

from annotate.documents.document import Document
from annotate.drafting.choice import choose
from annotate.drafting.examples import ExampleText, Statement
from annotate.llm.prompts.checks import shared_words


def text(line: int, said: str, *categories: str) -> ExampleText:
    stated = (Statement(line, 0, len(said), "exact", each, {}) for each in categories)
    return ExampleText(line, Document("", said), tuple(stated))


def lines(texts: tuple[ExampleText, ...]) -> list[int]:
    return [each.line for each in texts]


def test_each_category_shows_its_first_text_where_two_are_left() -> None:
    texts = [text(n, f"Text {n}.", "fee" if n < 5 else "end") for n in range(2, 7)]
    chosen = choose(texts)
    assert lines(chosen.worked) == [2]
    assert lines(chosen.measured) == [3, 4, 5, 6]


def test_a_text_that_states_two_things_shows_both() -> None:
    texts = [text(n, f"Text {n}.", "fee", "end") for n in range(4)]
    assert lines(choose(texts).worked) == [0]


def test_one_of_several_texts_that_state_nothing_is_shown_too() -> None:
    texts = [text(n, f"Text {n}.", "fee") for n in range(3)]
    texts += [text(n, f"Text {n}.") for n in range(3, 6)]
    assert lines(choose(texts).worked) == [0, 3]


def test_texts_that_share_a_row_of_words_stay_on_one_side() -> None:
    row = " ".join(f"word{n}" for n in range(12))
    texts = [text(1, f"A {row}.", "fee"), text(2, f"B {row}!", "fee")]
    texts += [text(n, f"Text {n}.", "fee") for n in range(3, 6)]
    chosen = choose(texts)
    assert lines(chosen.worked) == [3]
    assert not any(shared_words(a.text, b.text) for a in chosen.worked for b in chosen.measured)


def test_a_long_text_is_not_shown() -> None:
    texts = [text(n, f"Text {n}. " * 300, "fee") for n in range(4)]
    assert choose(texts).worked == ()
