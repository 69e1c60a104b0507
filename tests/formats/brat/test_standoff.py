"""What people do to a line in brat is what is read; a bad line is named."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.corrected import TEXT, in_brat
from tests.support.marked import CAUSE, SLOW


def test_an_annotation_added_in_brat_takes_its_attributes_from_the_note(tmp_path: Path) -> None:
    start = TEXT.index("A setting")
    added = (
        f"T9\tcause {start} {start + 9}\tA setting\n"
        '#9\tAnnotatorNotes T9\t{"triggers": ["configuration"], "certainty": "confirmed"}\n'
    )
    back, problems = in_brat(tmp_path, lambda text: text + added)
    new = next(each for each in back.annotations() if each.end == start + 9)
    assert problems == []
    assert (new.quote, new.attributes["triggers"]) == ("A setting", ["configuration"])
    assert new.evidence[0].grounding == "exact"


def test_an_annotation_moved_in_brat_keeps_attributes_and_cites_the_new_words(
    tmp_path: Path,
) -> None:
    start = TEXT.index("slow")
    end = TEXT.index("A setting") + 9

    def move(text: str) -> str:
        old = next(line for line in text.splitlines() if line.startswith("T2\t"))
        break_at = TEXT.index("\r\nA setting")
        spans = f"{start} {break_at};{break_at + 2} {end}"
        return text.replace(old, f"T2\timpact {spans}\tslow in Germany. A setting")

    back, problems = in_brat(tmp_path, move)
    moved = next(each for each in back.annotations() if each.end == end)
    assert problems == []
    assert moved.quote == "slow in Germany.\r\nA setting"
    assert (moved.attributes, moved.evidence[0].quote) == (SLOW, moved.quote)


def test_a_type_changed_in_brat_is_checked_against_the_schema(tmp_path: Path) -> None:
    back, problems = in_brat(tmp_path, lambda text: text.replace("T3\tcause", "T3\tnonsense"))
    assert 'cafe.ann:5: breaks the schema (category: "nonsense" is unknown' in str(problems[0])
    assert [row["item"]["category"] for row in back.quarantine()] == ["nonsense"]


@pytest.mark.parametrize(
    ("edit", "message"),
    [
        (lambda t: t + "nonsense\n", "cafe.ann:7: is neither an annotation"),
        (lambda t: t + "#4\tAnnotatorNotes T8\tx\n", "is a note on T8, which is not there"),
        (lambda t: t + "T2\timpact 0 1\tC\n", "cafe.ann:7: T2 stands there twice"),
        (lambda t: t + "T4\timpact 0 9999\tC\n", "T4 reaches beyond the text"),
        (lambda t: t + "T4\timpact 5 2\tC\n", "T4 has pieces out of order"),
        (lambda t: t + "T4\timpact 0 4;2 6\tC\n", "T4 has other words than stand"),
        (lambda t: t + f"T4\timpact 0 {'9' * 5000}\tC\n", "is neither an annotation"),
        (lambda t: t.replace('{"attributes"', '{attributes"', 1), "cafe.ann:2: is not JSON"),
        (lambda t: t.replace("\tCafé", "\tCafe"), "T1 has other words than stand at its offsets"),
    ],
)
def test_a_bad_line_is_named_and_the_rest_is_read(
    tmp_path: Path, edit: Callable[[str], str], message: str
) -> None:
    back, problems = in_brat(tmp_path, edit)
    assert message in "\n".join(map(str, problems))
    assert any(each.lost for each in problems)
    assert "It was slow in Germany." in [each.quote for each in back.annotations()]
    assert list(back.quarantine())


def test_a_category_in_a_note_may_repeat_the_type_and_not_contradict_it(tmp_path: Path) -> None:
    start = TEXT.index("A setting")
    note = json.dumps({"category": "cause", **CAUSE})
    same_ = f"T9\tcause {start} {start + 9}\tA setting\n#9\tAnnotatorNotes T9\t{note}\n"
    back, problems = in_brat(tmp_path / "one", lambda text: text + same_)
    assert problems == []
    assert len(list(back.annotations())) == 4
    other = same_.replace("T9\tcause", "T9\taction")
    _, problems = in_brat(tmp_path / "two", lambda text: text + other)
    assert "T9 is of another category in its note" in str(problems[0])
