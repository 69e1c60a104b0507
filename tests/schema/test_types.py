"""The field types: what passes, what a refusal says, and that the wire is never narrower."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import TypeAdapter, ValidationError

from annotate.schema.types import COUNTRY_CODES, Age, Country, Date, Duration, Time

DURATION: TypeAdapter[str] = TypeAdapter(Duration)
DATE: TypeAdapter[str] = TypeAdapter(Date)
TIME: TypeAdapter[str] = TypeAdapter(Time)
COUNTRY: TypeAdapter[str] = TypeAdapter(Country)
AGE: TypeAdapter[int] = TypeAdapter(Age)


def refusal(adapter: TypeAdapter[str], value: object) -> str:
    """Return what a type says against a value."""
    with pytest.raises(ValidationError) as caught:
        adapter.validate_python(value)
    return str(caught.value.errors()[0]["msg"])


def on_the_wire(adapter: TypeAdapter[str], value: str) -> bool:
    """Say whether the pattern that a model's output is held to lets a value through."""
    return re.search(adapter.json_schema()["pattern"], value) is not None


@pytest.mark.parametrize(
    "value", ["P90D", "P12M", "P7Y", "P2W", "PT48H", "P1Y6M", "P1DT12H", "P0D", "P1Y2M3W4DT5H6M7S"]
)
def test_a_duration_is_iso_8601(value: str) -> None:
    assert DURATION.validate_python(value) == value
    assert on_the_wire(DURATION, value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "P", "PT", "P1DT", "90D", "P90", "PD", "p90d", "P-1D", "P1.5Y", "P1,5Y", "P1D1Y"),
        *("P1H", "PT1D", "90 days", "P90D ", " P90D", "P90D\n", "P٣D", "P1Y/P2Y", "unknown"),
    ],
)
def test_what_is_not_a_duration_is_refused_with_four_examples(value: str) -> None:
    said = refusal(DURATION, value)
    assert repr(value) in said
    assert "P90D for 90 days, P12M for 12 months, P7Y for 7 years, PT48H for 48 hours" in said


@given(
    days=st.tuples(*(st.integers(0, 9999) | st.none() for _ in "YMWD")),
    time=st.tuples(*(st.integers(0, 9999) | st.none() for _ in "HMS")),
)
def test_any_sum_of_parts_in_order_is_a_duration(
    days: tuple[int | None, ...], time: tuple[int | None, ...]
) -> None:
    def written(parts: tuple[int | None, ...], letters: str) -> str:
        pairs = zip(parts, letters, strict=True)
        return "".join(f"{n}{letter}" for n, letter in pairs if n is not None)

    clock = written(time, "HMS")
    value = "P" + written(days, "YMWD") + (f"T{clock}" if clock else "")
    if value == "P":
        refusal(DURATION, value)
    else:
        assert DURATION.validate_python(value) == value
        assert on_the_wire(DURATION, value)


@pytest.mark.parametrize(
    "value", ["2024-05-20", "2024-05", "2024", "2024-02-29", "0001-01-01", "9999-12-31"]
)
def test_a_date_may_be_whole_or_reduced(value: str) -> None:
    assert DATE.validate_python(value) == value
    assert on_the_wire(DATE, value)


@pytest.mark.parametrize(
    "value",
    [
        *("", "2024-13", "2024-00", "2024-02-30", "2023-02-29", "0000", "2024-5-2", "24-05-20"),
        *("20240520", "2024-W21", "2024-W21-1", "2024-141", "2024-05-20T10:00", "2024-05-20 "),
        *("2024-05-20\n", "May 2024", "20/05/2024", "2024-", "2024-05-", "-2024", "٢٠٢٤"),
    ],
)
def test_what_is_not_a_calendar_date_is_refused_with_the_three_forms(value: str) -> None:
    said = refusal(DATE, value)
    assert repr(value) in said
    assert "write 2024-05-20, or 2024-05 or 2024" in said


@given(st.dates(), st.sampled_from((4, 7, 10)))
def test_every_day_of_the_calendar_and_its_month_and_year_are_dates(day: date, size: int) -> None:
    value = day.isoformat()[:size]
    assert DATE.validate_python(value) == value
    assert on_the_wire(DATE, value)


def test_the_country_codes_are_the_249_assigned_ones() -> None:
    assert len(COUNTRY_CODES) == 249
    assert all(re.fullmatch("[A-Z]{2}", code) for code in COUNTRY_CODES)
    assert {"US", "GB", "DE", "CH", "BQ", "SS", "XK"} & COUNTRY_CODES == (
        {"US", "GB", "DE", "CH", "BQ", "SS"}
    )


def test_a_country_is_an_assigned_code_or_various() -> None:
    for value in (*COUNTRY_CODES, "various"):
        assert COUNTRY.validate_python(value) == value
        assert on_the_wire(COUNTRY, value)


@pytest.mark.parametrize(
    ("value", "hint"),
    [("UK", "'GB'"), ("uk", "'GB'"), ("EU", "'various'"), ("EEA", "'various'"), ("USA", "'US'")],
)
def test_a_common_slip_is_answered_with_the_code_that_was_meant(value: str, hint: str) -> None:
    assert hint in refusal(COUNTRY, value).rpartition("(")[2]


@pytest.mark.parametrize("value", ["", "XX", "us", "DEU", "Germany", "Various", "US ", "840"])
def test_what_is_not_a_country_code_is_refused_with_both_ways_out(value: str) -> None:
    said = refusal(COUNTRY, value)
    assert repr(value) in said
    assert "two capital letters" in said
    assert "'various' where no country is named" in said


NEAR = ["PTYMWDHS0123456789", "0123456789-", "ABCDEGKSUabcdeg", "various", "٣²０ \n"]


@given(st.one_of(st.text(), *(st.text(alphabet, max_size=8) for alphabet in NEAR)))
def test_text_is_refused_or_returned_unchanged_and_what_is_returned_passes_the_wire(
    value: str,
) -> None:
    for adapter in (DURATION, DATE, COUNTRY):
        try:
            assert adapter.validate_python(value) == value
        except ValidationError:
            continue
        assert on_the_wire(adapter, value)


@pytest.mark.parametrize("value", [0, 13, 150])
def test_an_age_is_a_whole_number_of_years(value: int) -> None:
    assert AGE.validate_python(value) == value


@pytest.mark.parametrize("value", [-1, 151, 16.5, "sixteen", None])
def test_what_is_not_an_age_is_refused(value: object) -> None:
    with pytest.raises(ValidationError):
        AGE.validate_python(value)


def test_the_wire_knows_patterns_and_ranges_without_look_ahead() -> None:
    assert AGE.json_schema() == {"type": "integer", "minimum": 0, "maximum": 150}
    for adapter in (DURATION, DATE, COUNTRY):
        declared = adapter.json_schema()
        assert set(declared) == {"type", "pattern"}
        assert declared["type"] == "string"
        # Grammar engines compile patterns to automata, which have no look-around.
        assert "(?" not in declared["pattern"]


@pytest.mark.parametrize("value", ["00:00", "09:05", "17:30", "23:59"])
def test_a_time_is_one_of_a_clock_of_24_hours(value: str) -> None:
    assert TIME.validate_python(value) == value
    assert on_the_wire(TIME, value)


@pytest.mark.parametrize(
    "value", ["", "9:05", "24:00", "12:60", "9.05", "09:05:00", "9 pm", "\u0660\u0669:\u0660\u0665"]
)
def test_what_is_not_a_time_is_refused_with_an_example(value: str) -> None:
    assert "is not a time of day: write 09:05" in refusal(TIME, value)
    assert not on_the_wire(TIME, value)
