"""Durations, dates and countries in words."""

from __future__ import annotations

import pytest

from annotate.report.open_values import open_words
from annotate.schema.types import COUNTRY_CODES, Form


@pytest.mark.parametrize(
    ("value", "form", "said"),
    [
        ("P30D", "duration", "30 days"),
        ("P1D", "duration", "1 day"),
        ("P24M", "duration", "24 months"),
        ("P1Y6M", "duration", "1 year and 6 months"),
        ("P1Y2M3W4DT5H6M7S", "duration", "1 year, 2 months, 3 weeks, 4 days, 5 hours, 6 minutes "
         "and 7 seconds"),
        ("PT48H", "duration", "48 hours"),
        ("PT5M", "duration", "5 minutes"),
        ("P5000D", "duration", "5,000 days"),
        ("P" + "9" * 5000 + "D", "duration", "P" + "9" * 5000 + "D"),
        ("a month", "duration", "a month"),
        ("P", "duration", "P"),
        ("2024-05-20", "date", "20 May 2024"),
        ("2024-05", "date", "May 2024"),
        ("2024", "date", "2024"),
        ("2024-13-01", "date", "2024-13-01"),
        ("2024-00", "date", "2024-00"),
        ("DE", "country", "Germany"),
        ("US", "country", "the United States"),
        ("various", "country", "various"),
        ("ZZ", "country", "ZZ"),
        ("DE", "", "DE"),
    ],
)  # fmt: skip
def test_a_value_is_said_as_a_sentence_says_it(value: str, form: Form, said: str) -> None:
    assert open_words(value, form) == said


def test_every_country_has_a_name_of_its_own() -> None:
    names = [open_words(code, "country") for code in COUNTRY_CODES]
    assert len(set(names)) == len(COUNTRY_CODES)
    assert not COUNTRY_CODES.intersection(names)
