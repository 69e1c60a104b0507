"""What samples say together: which words and values, how sure, and what never counts against it."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.consensus.samples import Sample
from annotate.consensus.uniting import UnitedDocument, unite
from annotate.documents.document import Document
from annotate.ledger import UNSURE, Entry
from tests.support.sampled import (
    SAID,
    SCHEMA,
    TEXT,
    collected,
    kept,
    said,
    sample,
    secured,
    whole,
)

DOCUMENT = Document("a.txt", TEXT)


def united(folder: Path, *said: list[Annotation], **entries: Entry) -> UnitedDocument:
    """Unite samples that say this; `entries` name the chunk of a sample: `_1=whole("failed")`."""
    samples = []
    for number, each in enumerate(said):
        own = [entries[f"_{number}"]] if f"_{number}" in entries else None
        samples.append(Sample.of(sample(folder / str(number), each, own)))
    return unite(samples, DOCUMENT, SCHEMA)


def test_confidence_is_the_share_of_samples_and_so_is_that_of_each_value(tmp_path: Path) -> None:
    (found,) = united(
        tmp_path,
        [collected("contact", "account")],
        [collected("contact")],
        [collected("contact", "account")],
        [],
    ).annotations
    assert found.attributes["data_types"] == ["contact", "account"]
    assert found.confidence == 0.75
    assert found.value_confidence == {
        "data_types": {"contact": 0.75, "account": 0.5},
        "sources": {"user_provided": 0.75},
        "polarity": {"affirmed": 0.75},
    }


@pytest.mark.parametrize("status", ["failed", "refused", "truncated", "unsent", "abstained"])
def test_a_sample_that_did_not_read_the_words_does_not_count(tmp_path: Path, status: str) -> None:
    (found,) = united(
        tmp_path, [kept("as_needed")], [kept("as_needed")], [], _2=whole(status)
    ).annotations
    assert found.confidence == 1.0
    (found,) = united(tmp_path / "b", [kept("as_needed")], [], [], [], _1=whole(status)).annotations
    assert found.confidence == 0.3333


def test_what_was_found_counts_even_where_its_chunk_failed_in_part(tmp_path: Path) -> None:
    cut = replace(whole("truncated"), unread=((0, 10),))
    (found,) = united(tmp_path, [collected("contact")], [], _0=cut).annotations
    assert found.confidence == 0.5


def test_a_document_that_a_sample_did_not_read_is_left_to_the_others(tmp_path: Path) -> None:
    one = Sample.of(sample(tmp_path / "1", [kept("as_needed")]))
    other = Sample.of(sample(tmp_path / "2", [], documents=[Document("b.txt", "x")]))
    (found,) = unite([one, other], DOCUMENT, SCHEMA).annotations
    assert found.confidence == 1.0


def test_the_span_is_that_of_most_samples_and_its_evidence_theirs(tmp_path: Path) -> None:
    long = secured("generic", quote=TEXT[25:75])
    short = secured("generic", quote=TEXT[25:60])
    (found,) = united(tmp_path, [long], [short], [short]).annotations
    assert (found.start, found.end, found.quote) == (25, 60, TEXT[25:60])
    assert found.evidence == (Evidence(TEXT[25:60], 25, 60, "exact", 0),)


def test_less_than_half_of_the_words_in_common_is_not_the_same(tmp_path: Path) -> None:
    one, other = secured("generic"), secured("generic", quote=TEXT[25:36])
    found = united(tmp_path, [one], [other]).annotations
    assert [each.confidence for each in found] == [0.5, 0.5]
    other_category = said("retention", SAID[1], kept("as_needed").attributes)
    assert len(united(tmp_path / "b", [one], [other_category]).annotations) == 2


def test_at_a_tie_what_is_stated_goes_before_what_is_not(tmp_path: Path) -> None:
    (found,) = united(tmp_path, [kept("stated", "P1Y")], [kept("stated")]).annotations
    assert found.attributes["duration"] == "P1Y"
    assert found.value_confidence["duration"] == {"P1Y": 0.5}


def test_values_that_stand_alone_give_way_at_a_tie(tmp_path: Path) -> None:
    (found,) = united(tmp_path, [secured("generic")], [secured("encryption_at_rest")]).annotations
    assert found.attributes["measures"] == ["encryption_at_rest"]


def test_a_set_that_is_never_empty_takes_what_most_state_though_few_do(tmp_path: Path) -> None:
    (found,) = united(
        tmp_path,
        [secured("encryption_at_rest")],
        [secured("access_control")],
        [secured("authentication")],
    ).annotations
    assert found.attributes["measures"] == [
        "encryption_at_rest",
        "access_control",
        "authentication",
    ]
    (found,) = united(
        tmp_path / "b", [collected("contact")], [collected("account")], [collected()]
    ).annotations
    assert found.attributes["data_types"] == []  # this one may be


def test_the_same_of_the_same_words_is_one_annotation(tmp_path: Path) -> None:
    """Two repeats of a sample that come to lie on each other are united, and counted once."""
    near = secured("generic", quote=TEXT[25:50])
    apart = secured("access_control", quote=TEXT[25:36])
    found = united(tmp_path, [near, apart], [near], [near]).annotations
    assert [(each.end, each.confidence) for each in found] == [(36, 0.3333), (50, 1.0)]
    keys = {(a.start, a.end, a.category) for a in found}
    assert len(keys) == len(found)


def test_below_the_threshold_goes_to_the_quarantine(tmp_path: Path) -> None:
    made = united(tmp_path, [kept("as_needed"), secured("generic")], [kept("as_needed")], [])
    delivered = made.at(0.5)
    assert [each.category for each in delivered.annotations] == ["retention"]
    (row,) = delivered.quarantine
    assert (row["kind"], row["item"]["category"], row["chunk"]) == (UNSURE, "security", 0)
    assert row["problems"] == ["confidence 0.3333 is below the threshold"]
    (entry,) = delivered.entries
    assert (entry.status, entry.annotations, entry.requests) == ("ok", 1, 3)


def test_what_samples_refused_is_kept_once(tmp_path: Path) -> None:
    row: dict[str, JsonValue] = {
        "document": "a.txt",
        "chunk": 0,
        "kind": "ungrounded",
        "problems": ["not found"],
    }
    rows: list[dict[str, JsonValue]] = [
        {**row, "item": {"category": "use", "quote": quote}} for quote in ("x", "y")
    ]
    samples = [
        Sample.of(sample(tmp_path / "1", [], [whole("partial")], rows)),
        Sample.of(sample(tmp_path / "2", [], [whole("partial")], rows[:1])),
    ]
    made = unite(samples, DOCUMENT, SCHEMA)
    delivered = made.at(0)
    assert [each["item"]["quote"] for each in delivered.quarantine] == ["x", "y"]
    assert [(e.status, e.ungrounded) for e in delivered.entries] == [("partial", 2)]
    delivered = made.at(0.6)
    assert [each["kind"] for each in delivered.quarantine] == ["ungrounded", UNSURE]
    assert delivered.entries[0].ungrounded == 1


SPANS = [SAID[0], SAID[1], SAID[2], f"{SAID[1]} {SAID[2]}", TEXT[25:52], TEXT[2:20]]
PRACTICES = st.one_of(
    st.builds(
        collected,
        *[st.sampled_from(["contact", "account"])] * 2,
        quote=st.sampled_from(SPANS),
    ),
    st.builds(
        secured,
        st.sampled_from(["generic", "access_control"]),
        quote=st.sampled_from(SPANS),
    ),
)
SAMPLES = st.lists(
    st.lists(PRACTICES, max_size=4, unique_by=lambda a: (a.start, a.end, a.category)),
    min_size=2,
    max_size=3,
)


@given(samples=SAMPLES)
def test_whatever_the_order_of_the_samples_they_say_the_same(
    tmp_path_factory: pytest.TempPathFactory, samples: list[list[Annotation]]
) -> None:
    folder = tmp_path_factory.mktemp("samples")
    read = [Sample.of(sample(folder / str(n), each)) for n, each in enumerate(samples)]
    first = unite(read, DOCUMENT, SCHEMA).annotations
    for order in permutations(read):
        assert unite(order, DOCUMENT, SCHEMA).annotations == first
    for each in first:
        SCHEMA.parse({"category": each.category, **each.attributes})
        assert each.quote == TEXT[each.start : each.end]
        assert 0 < (each.confidence or 0) <= 1
    assert sum(round((each.confidence or 0) * len(read)) for each in first) <= sum(
        map(len, samples)
    )
