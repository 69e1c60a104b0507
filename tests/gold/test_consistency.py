"""What is worded alike and labelled differently is a warning."""

import pytest

from tests.support.labelled import DONE, DOWN, OTHER, REPORT, SLOW, Project, row


def test_a_sentence_labelled_differently_elsewhere_is_a_warning(project: Project) -> None:
    text = OTHER.replace("Search was slow.", "the Service was down for TWO hours!")
    project.rewrite_other(text)
    quote = "the Service was down for TWO hours!"
    project.rows["sub/other.txt"] = [row(text, "o1", "impact", DOWN, quote)]
    assert project.check() == []
    project.rows["sub/other.txt"] = [row(text, "o1", "impact", SLOW, quote)]
    (finding,) = project.check()
    assert str(finding).endswith(
        "other.txt.jsonl:1: warning: sub/other.txt[0:35] is worded as report.md[20:55] and "
        "labelled otherwise; make sure that the context differs"
    )
    project.rows["sub/other.txt"] = []
    (finding,) = project.check()
    assert finding.line is None  # not labelled at all


def test_a_near_duplicate_labelled_differently_is_a_warning(project: Project) -> None:
    quote = "All systems are now back in normal operation everywhere."
    near = "All systems are back in normal operation everywhere again."
    project.rows["report.md"].append(row(REPORT, "r5", "action", DONE, quote))
    (finding,) = project.check()
    assert "other.txt[20:78] is worded nearly as report.md[171:227] and" in finding.message
    project.rows["sub/other.txt"].append(row(OTHER, "o2", "action", DONE, near))
    assert project.check() == []


LISTS = """\
These were affected by the {first}:

- search in the large archive of all past years;
- login;

These were affected by the {second}:

- search in the large archive of all other years;
- login;
"""


@pytest.mark.parametrize(("second", "warnings"), [("outage", 2), ("delay", 0)])
def test_items_are_alike_only_below_like_stems(
    project: Project, second: str, warnings: int
) -> None:
    text = LISTS.format(first="outage", second=second)
    project.rewrite_other(text)
    project.rows["sub/other.txt"] = [
        row(text, "o1", "impact", SLOW, "search in the large archive of all past years;"),
        row(text, "o2", "impact", SLOW, "login;"),
    ]
    messages = [finding.message for finding in project.check()]
    assert len(messages) == warnings, messages
    assert sum("nearly" in message for message in messages) == warnings / 2


def test_few_words_are_alike_by_chance(project: Project) -> None:
    text = "We all saw the error.\n\nWe all saw the error now.\n"
    project.rewrite_other(text)
    project.rows["sub/other.txt"] = [row(text, "o1", "impact", SLOW, "We all saw the error.")]
    assert project.check() == []
