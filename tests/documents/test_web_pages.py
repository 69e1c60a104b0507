"""Pages in the manner of real ones are read as a person reads them."""

import pytest

from tests.support.web_pages import PAGES, Rates, measure, page_names, read_truth


@pytest.fixture(scope="module")
def rates() -> Rates:
    total = Rates()
    for name in page_names():
        total.add(measure(name))
    return total


def test_two_units_in_a_hundred_are_read_in_another_way_at_most(rates: Rates) -> None:
    assert rates.units > 700
    assert rates.wrong_in_100 <= 2


def test_furniture_is_found_and_text_is_not_taken_for_it(rates: Rates) -> None:
    assert rates.furniture > 250
    assert rates.furniture_found >= 95
    assert rates.most_taken <= 1  # percent of the words of any page


def test_units_are_headed_by_what_stands_above_them(rates: Rates) -> None:
    assert rates.context_right >= 97


def test_a_truth_that_its_page_does_not_show_is_refused() -> None:
    truth = PAGES / "plain.txt"
    with pytest.raises(ValueError, match="does not show"):
        read_truth(truth, ["torchlight"])
    with pytest.raises(ValueError, match="no line has 'other words', before '# Torchlight"):
        read_truth(truth, ["other", "words", "torchlight", "privacy", "policy"])
