"""Which documents are kept, by hashes."""

from __future__ import annotations

import hashlib

import numpy as np

from annotate.scale.document_hashes import HashedDocuments, hashes_of


def named(numbers: range, text: str = "a") -> list[tuple[str, str]]:
    return [(f"d{n}", hashlib.sha256(f"{text}{n}".encode()).hexdigest()) for n in numbers]


def test_what_was_added_in_portions_is_known_with_its_text() -> None:
    known = HashedDocuments()
    for start in range(0, 1000, 37):
        known.add(hashes_of(named(range(start, min(start + 37, 1000)))))
    known.add(hashes_of([]))
    assert len(known) == 1000
    found = known.find(hashes_of([*named(range(990, 1010)), *named(range(5), "b")]))
    assert found.kept.tolist() == [True] * 10 + [False] * 15
    assert found.edited.tolist() == [False] * 20 + [True] * 5


def test_ids_that_share_half_of_their_hash_are_told_apart() -> None:
    known = HashedDocuments()
    known.add(np.array([[7, 1, 10], [7, 2, 20], [9, 1, 30], [7, 3, 40]], dtype=np.uint64))
    asked = np.array([[7, 3, 40], [7, 1, 11], [7, 4, 40], [9, 1, 30]], dtype=np.uint64)
    assert known.find(asked).kept.tolist() == [True, False, False, True]
    assert known.find(asked).edited.tolist() == [False, True, False, False]
