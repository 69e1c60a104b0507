"""Which categories stand against which, unit by unit."""

from annotate.scoring.confusion import confusion
from tests.support.labels import label, spans


def test_confusion_sets_what_only_one_side_has_against_the_other() -> None:
    units = {"doc": [(0, 10), (12, 20), (20, 30), (31, 40)]}
    gold = spans("A", (0, 10), (12, 20)) + spans("B", (0, 10), (31, 40)) + spans("C", (20, 30))
    predicted = spans("A", (0, 10), (31, 40)) + spans("C", (1, 9)) + spans("D", (12, 30))
    assert confusion(gold, predicted, units) == {
        ("A", "A"): 1,
        ("A", "D"): 1,  # second unit
        ("B", "A"): 1,  # fourth
        ("B", "C"): 1,  # first, where A is right
        ("C", "D"): 1,  # third
    }


def test_confusion_names_what_was_missed_and_what_was_invented() -> None:
    units = {"doc": [(0, 10), (12, 20)]}
    found = confusion(spans("A", (0, 10)), spans("B", (12, 20), (12, 20)), units)
    assert found == {("A", None): 1, (None, "B"): 1}


def test_confusion_sets_every_missed_category_against_every_invented_one() -> None:
    gold, predicted = spans("A", (0, 9)) + spans("B", (0, 9)), spans("C", (0, 9))
    assert confusion(gold, predicted, {"doc": [(0, 9)]}) == {("A", "C"): 1, ("B", "C"): 1}


def test_confusion_leaves_optional_gold_out() -> None:
    units = {"doc": [(0, 10), (12, 20)]}
    gold = [label("A", 0, 10, "optional"), label("B", 12, 20, "optional")]
    assert confusion(gold, spans("A", (0, 10)), units) == {}
    assert confusion([*gold, label("B", 0, 10)], spans("A", (0, 10)), units) == {("B", None): 1}
    assert confusion([*gold, label("A", 0, 9)], spans("A", (0, 10)), units) == {("A", "A"): 1}
