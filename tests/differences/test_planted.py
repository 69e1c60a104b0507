"""Changes planted into the five policies are found as what they are, and none where nothing is."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from itertools import count

import pytest

import annotate
from annotate.differences.changes import Change
from annotate.differences.diff import DocumentDiff, diff_documents
from annotate.differences.sides import Reading
from annotate.documents.document import Document
from annotate.runs.silence import Silence
from tests.support.planted import POLICIES, Labelled, edited, labelled, table

PLANTED, REWORDINGS = table("planted"), table("rewordings")


@cache
def planted(name: str) -> tuple[Labelled, DocumentDiff]:
    """Return a policy with everything planted in it at once, and the difference that makes."""
    after = edited(name, PLANTED)
    return after, diff_documents(labelled(name).reading(), after.reading())


def found(diff: DocumentDiff) -> list[Change]:
    return [each for each in diff.changes if each.of_content or each.moved]


def test_the_tables_hold_forty_rows_each_of_every_kind_in_all_policies() -> None:
    assert len(PLANTED) == len(REWORDINGS) == 40
    assert {row["document"] for row in PLANTED} == set(POLICIES)
    assert Counter(row["document"] for row in REWORDINGS) == dict.fromkeys(POLICIES, 8)
    kinds = Counter(row["kind"] for row in PLANTED)
    assert kinds == {"changed": 17, "removed": 8, "added": 5, "moved": 5, "reworded": 5}


@pytest.mark.parametrize("name", POLICIES)
def test_what_was_planted_is_found_with_its_kind_and_nothing_else(name: str) -> None:
    after, diff = planted(name)
    kinds = Counter(("moved" if c.moved else c.kind, c.category) for c in found(diff))
    assert kinds == Counter(each for each in after.expected if each[0] != "reworded")
    reworded = Counter(c.category for c in diff.changes if c.kind == "reworded")
    assert reworded >= Counter(category for kind, category in after.expected if kind == "reworded")


@pytest.mark.parametrize("name", POLICIES)
def test_a_change_says_which_values_went_and_which_came(name: str) -> None:
    _, diff = planted(name)
    said = {(c.category, s.name, frozenset(s.after)) for c in found(diff) for s in c.shifts}
    for row in PLANTED:
        if row["document"] == name and row["kind"] == "changed":
            for attribute, value in row["values"].items():
                values = value if isinstance(value, list) else [value]
                assert (row["category"], attribute, frozenset(map(str, values))) in said


@pytest.mark.parametrize("name", POLICIES)
def test_rewordings_that_change_nothing_change_nothing(name: str) -> None:
    before, after = labelled(name), edited(name, REWORDINGS)
    diff = diff_documents(before.reading(), after.reading())
    assert [(c.kind, c.sides[0].annotation.quote) for c in found(diff)] == []
    assert (diff.gained, diff.lost) == ((), ())
    assert any(c.kind == "reworded" for c in diff.changes)


# ---- Other line breaks, bullets and numbers ----

_MARKER = re.compile(r"^([ \t]*)(•|-|\d+\.)( +)", re.MULTILINE)


def relaid(name: str, bullet: str, width: int) -> Labelled:
    """Return a policy with other bullets and numbers, its lines broken elsewhere."""
    policy = labelled(name)
    for marker in reversed([*_MARKER.finditer(policy.text)]):
        number = marker[2].removesuffix(".")
        sign = f"{int(number) + 1}." if number.isdigit() else bullet
        policy.replace_words(marker.start(2), marker.end(2), sign)
    letters, column = list(policy.text), 0
    for place, letter in enumerate(letters):
        column = 0 if letter == "\n" else column + 1
        if letter == " " and column > width and policy.text[place + 1].isalpha():
            letters[place], column = "\n", 0
    policy.text = "".join(letters)
    return policy


@pytest.mark.parametrize("bullet", ["-", "*", "1.", "(a)", "▪"])
@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_is_the_same_with_other_breaks_bullets_and_numbers(name: str, bullet: str) -> None:
    after = relaid(name, bullet, 50 + len(bullet))
    assert after.text != labelled(name).text
    diff = diff_documents(labelled(name).reading(), after.reading())
    assert {change.kind for change in diff.changes} == {"kept"}
    assert (diff.gained, diff.lost) == ((), ())


@pytest.mark.parametrize("name", ["infinitydesk.txt", "infroryx.txt"])
def test_the_offline_baseline_reads_a_numbered_list_as_one_with_bullets(name: str) -> None:
    before, after = labelled(name).text, relaid(name, "1)", 10**9).text
    numbers = count(1)
    after = re.sub(
        r"^[ \t]*1\)", lambda found: found[0].replace("1", str(next(numbers))), after, flags=re.M
    )
    readings = [
        Reading(Document(name, text), tuple(annotate.annotate(text)), Silence(), "")
        for text in (before, after)
    ]
    diff = diff_documents(*readings)
    assert {change.kind for change in diff.changes} == {"kept"}
