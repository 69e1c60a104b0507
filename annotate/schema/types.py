"""Field types that schemas of any domain share: durations, dates, times, country codes, ages.

Each is a plain `str` or `int` to Python and a pattern or a range to JSON Schema; what a pattern
cannot say (the thirtieth of February) is checked here, with a message that says what to write.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import Annotated, Any, Literal, TypeAlias, get_args

from pydantic import AfterValidator, Field
from pydantic.fields import FieldInfo

_DURATION = (
    r"^P(?=.)([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T(?=.)([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$"
)
# JSON Schema patterns on the wire know no look-ahead, so the wire's one is a little wider.
_DURATION_WIRE = r"^P([0-9]+Y)?([0-9]+M)?([0-9]+W)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+S)?)?$"
_DATE_WIRE = r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"
_TIME = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"

# ISO 3166-1 alpha-2, the 249 codes officially assigned.
COUNTRY_CODES = frozenset(
    """
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS
    BT BV BW BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE
    EG EH ER ES ET FI FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM
    HN HR HT HU ID IE IL IM IN IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC
    LI LK LR LS LT LU LV LY MA MC MD ME MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA
    NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW
    SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO
    TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS YE YT ZA ZM ZW
    """.split()
)
_COUNTRY_SLIPS = {"UK": "GB", "EU": "various", "EEA": "various", "USA": "US"}


def _duration(value: str) -> str:
    if not re.fullmatch(_DURATION, value):
        raise ValueError(
            f"{value!r} is not an ISO 8601 duration: write P90D for 90 days, P12M for 12 months, "
            "P7Y for 7 years, PT48H for 48 hours"
        )
    return value


def _date(value: str) -> str:
    parts = value.split("-")
    whole = "-".join([*parts, "01", "01"][:3])
    try:
        if not re.fullmatch(_DATE_WIRE, value):
            raise ValueError
        date.fromisoformat(whole)
    except ValueError:
        raise ValueError(
            f"{value!r} is not an ISO 8601 calendar date: write 2024-05-20, or 2024-05 or 2024 "
            "where the text gives no more"
        ) from None
    return value


def _time(value: str) -> str:
    if not re.fullmatch(_TIME, value):
        raise ValueError(
            f"{value!r} is not a time of day: write 09:05 or 17:30, from 00:00 to 23:59"
        )
    return value


def _country(value: str) -> str:
    if value not in COUNTRY_CODES and value != "various":
        upper = value.upper()
        meant = _COUNTRY_SLIPS.get(upper, upper if upper in COUNTRY_CODES else "")
        hint = f" (here perhaps {meant!r})" if meant else ""
        raise ValueError(
            f"{value!r} is not an ISO 3166-1 alpha-2 code: use two capital letters such as US or "
            f"DE, or 'various' where no country is named{hint}"
        )
    return value


Duration = Annotated[
    str,
    AfterValidator(_duration),
    Field(json_schema_extra={"pattern": _DURATION_WIRE}),
]
"""An ISO 8601 duration: P90D, P12M, P7Y."""

Date = Annotated[str, AfterValidator(_date), Field(json_schema_extra={"pattern": _DATE_WIRE})]
"""An ISO 8601 calendar date, whole or reduced: 2024-05-20, 2024-05, 2024."""

Time = Annotated[str, AfterValidator(_time), Field(json_schema_extra={"pattern": _TIME})]
"""A time of day by a clock of 24 hours, to the minute: 09:05."""

Country = Annotated[
    str,
    AfterValidator(_country),
    Field(json_schema_extra={"pattern": r"^([A-Z]{2}|various)$"}),
]
"""An ISO 3166-1 alpha-2 code, or `various`."""

Age = Annotated[int, Field(ge=0, le=150)]
"""An age in whole years."""

DURATION_UNITS = ("year", "month", "week", "day", "hour", "minute", "second")
_MOST_DIGITS = 9  # of a count: what is longer is no length of time, and slow to read


def duration_counts(value: str) -> tuple[int | None, ...] | None:
    """Return how many of each of `DURATION_UNITS` a duration states, None for those that it omits.

    None for what is no duration, or states a count of more than nine digits.
    """
    found = re.fullmatch(_DURATION, value)
    if found is None:
        return None
    counts = [group[:-1] if group else None for group in (*found.groups()[:4], *found.groups()[5:])]
    if any(count and len(count) > _MOST_DIGITS for count in counts):
        return None
    return tuple(None if count is None else int(count) for count in counts)


Form: TypeAlias = Literal["", "duration", "date", "country"]
"""What the words of an open value mean, "" where nothing is known of them."""

_FORMS: dict[Any, Form] = {_duration: "duration", _date: "date", _country: "country"}


def form_of(annotation: Any, metadata: Iterable[Any] = ()) -> Form:
    """Return the form of the values behind an annotation and the metadata of its field."""
    for each in metadata:
        if isinstance(each, AfterValidator) and each.func in _FORMS:
            return _FORMS[each.func]
    inner = get_args(annotation)
    found = (form_of(each, inner[1:]) for each in inner)
    return next((form for form in found if form), "")


def whole_type(field: FieldInfo) -> Any:
    """Return the type of a field with all that checks it, which pydantic keeps beside its type."""
    return Annotated[(field.annotation, *field.metadata)] if field.metadata else field.annotation
