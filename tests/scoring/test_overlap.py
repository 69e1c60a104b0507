"""What overlaps, document by document: the same as label by label, wherever it is looked up."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given

from annotate.errors import UsageError
from annotate.scoring.labels import Label, trim
from annotate.scoring.matching import augment, extend
from annotate.scoring.overlap import Edge, Nearby, by_document, overlaps
from annotate.scoring.scorer import score
from tests.support.labels import TEXTS, label, six, some_gold, some_labels


@given(some_gold, some_labels)
def test_nearby_are_those_that_share_more_than_half_whatever_their_category(
    gold: list[Label], predicted: list[Label]
) -> None:
    near = Nearby(gold, predicted)
    edges = [e for e in overlaps(gold, predicted, typed=False) if 2 * e.shared > e.union]
    found = {(i, j) for i in range(len(gold)) for j in near(i)}
    assert found == {(edge.gold, edge.predicted) for edge in edges}


@given(some_gold, some_labels)
def test_as_many_pairs_are_found_nearby_as_among_all_overlaps(
    gold: list[Label], predicted: list[Label]
) -> None:
    gold, predicted = trim(gold, TEXTS), trim(predicted, TEXTS)
    pairs = score(gold, predicted, TEXTS).pairs
    edges = overlaps(gold, predicted, typed=False)
    nearby = augment(pairs, Nearby(gold, predicted), gold)
    everywhere = extend(pairs, edges, gold)
    assert len(nearby) == len(everywhere)
    assert len(set(nearby.values())) == len(nearby)
    required = [gold[i].status for i in nearby].count("required")
    assert required == [gold[i].status for i in everywhere].count("required")


@given(some_gold, some_labels)
def test_documents_hold_every_overlap_once(gold: list[Label], predicted: list[Label]) -> None:
    documents = list(by_document(gold, predicted, TEXTS))
    assert [each.document for each in documents] == list(TEXTS)
    found = [
        each.given(edge)
        for each in documents
        for cell in each.cells.values()
        for edge in cell.edges
    ]
    assert sorted(found) == sorted(overlaps(trim(gold, TEXTS), trim(predicted, TEXTS)))
    assert sorted(i for each in documents for i in each.golds) == list(range(len(gold)))


def test_a_document_has_trimmed_labels_by_category_in_text_order() -> None:
    text = "We share. We sell. We ask."
    gold = [label("A", 10, 18), label("B", 0, 9), label("A", 0, 9)]
    (document,) = by_document(gold, [label("A", 0, 10)], {"doc": text})
    assert [(each.start, each.end) for each in document.gold] == [(10, 17), (0, 8), (0, 8)]
    assert document.cells["A"].gold == [(0, 8, 2), (10, 17, 0)]
    assert document.cells["A"].edges == [Edge(2, 0, 8, 8)]
    assert document.cells["B"].predicted == []


def test_a_label_of_another_document_is_an_error() -> None:
    with pytest.raises(UsageError, match=r"^elsewhere: is labelled and is not one of"):
        list(by_document([], [label("A", 0, 1, document="elsewhere")], TEXTS))


@given(six, six)
def test_the_sweep_finds_every_overlap(gold: list[Label], predicted: list[Label]) -> None:
    expected = set()
    for (i, a), (j, b) in itertools.product(enumerate(gold), enumerate(predicted)):
        shared = set(range(a.start, a.end)) & set(range(b.start, b.end))
        union = set(range(a.start, a.end)) | set(range(b.start, b.end))
        if shared:
            expected.add(Edge(i, j, len(shared), len(union)))
    found = overlaps(gold, predicted)
    assert set(found) == expected
    assert len(found) == len(expected)


def test_documents_and_categories_are_kept_apart() -> None:
    gold = [Label("a", 0, 9, "A"), Label("b", 0, 9, "A"), Label("a", 0, 9, "B")]
    predicted = [Label("a", 0, 9, "B")]
    assert overlaps(gold, predicted) == [Edge(2, 0, 9, 9)]
    assert {edge.gold for edge in overlaps(gold, predicted, typed=False)} == {0, 2}
