"""Extractors: durations, dates, ages and addresses read out of prose, and what they leave."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.lexicon.extractors import EXTRACTORS

READ = [
    ("duration", "We keep it for 30 days.", ("P30D",)),
    ("duration", "for seven (7) years, then twelve months", ("P7Y", "P12M")),
    ("duration", "within forty-five (45) calendar days", ("P45D",)),
    ("duration", "within 48 hours or 30 minutes", ("PT48H", "PT30M")),
    ("duration", "a year and a year", ("P1Y",)),
    ("duration", "in 1,000 ways and on 3 occasions", ()),
    ("days", "at least two weeks before, or 3 days", (14,)),
    ("days", "after six months, 10 days before", (10,)),
    ("days", "after six months", ()),
    ("date", "since 2024-05-20", ("2024-05-20",)),
    ("date", "on May 25th, 2018 and on June 1, 2019", ("2018-05-25",)),
    ("date", "on the 12 of March 2021", ("2021-03-12",)),
    ("date", "on 5/25/2018", ("2018-05-25",)),
    ("date", "on 25/12/2018", ("2018-12-25",)),
    ("date", "in Sept. 2020", ("2020-09",)),
    ("date", "on February 30, 2024, or May 2024", ("2024-05",)),
    ("date", "in May, as always", ()),
    ("time", "at 9:05, then at 17:30 UTC, and at 9:05 again", ("09:05", "17:30")),
    ("time", "at 25:00 or 9:5 or 1:02:03", ()),
    ("time_until", "from Monday, 9:05, to Tuesday, 2 May 2024, 10:00", ("10:00",)),
    ("time_until", "from 9:05 on", ()),
    ("time_from", "from 9:05 to 10:00", ("09:05",)),
    ("time_from", "until 10:00", ()),
    ("percent", "0.4% of requests, 12 percent of users", (0.4, 12.0)),
    ("percent", "120% of 12", ()),
    ("count", "3,400 users and 12 shops, 4% of all", (3400, 12)),
    ("count", "on March 3, 2024, at 9:05, for 20 minutes, $300, 5 May, v2.1", ()),
    ("money", "$1,250.50 a month, then 900 euros, EUR 80 or €7", (1250.5, 900, 80, 7)),
    ("money", "3 rooms of 20 m2, 1,250 steps away, v2.1", ()),
    ("code", "raised from SEV-2 to P1", ("SEV-2", "P1")),
    ("code", "UTC, INC-2207, sev 2", ()),
    ("age", "children under the age of 13", (13,)),
    ("age", "at least sixteen years", (16,)),
    ("age", "under 13 days", ()),
    ("address", "To a@tea.example, tel. +1 (555) 010-0100", ("a@tea.example", "+1 (555) 010-0100")),
    ("address", "see [us](mailto:a@tea.example), www.tea.example/x.", ("www.tea.example/x",)),
    ("address", "at 12345 67890 Teatown", ()),
    ("address", "mail [email\u00a0protected] or x@tea.example", ()),
]  # fmt: skip


@pytest.mark.parametrize(("name", "text", "values"), READ)
def test_what_is_read_out_of_a_text(
    name: str, text: str, values: tuple[str | int | float, ...]
) -> None:
    assert EXTRACTORS[name](text) == values


def test_every_extractor_is_shown_something_it_reads_and_something_it_does_not() -> None:
    for name in EXTRACTORS:
        found = [values for each, _, values in READ if each == name]
        assert any(found)
        assert not all(found)


@given(st.text(), st.sampled_from(sorted(EXTRACTORS)))
def test_any_text_is_read_without_an_error(text: str, name: str) -> None:
    assert isinstance(EXTRACTORS[name](text), tuple)
