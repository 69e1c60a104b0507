"""Names and closed values in another spelling are read where only one can be meant."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from annotate.errors import InvalidAnnotation
from annotate.schema.spelling import as_spelled
from schemas.incident_report import SCHEMA
from tests.support.endpoints import cause, impact

IMPACT = impact("Search was slow.")
CAUSE = cause("It was caused by load.")

SPELLED: list[tuple[dict[str, Any], dict[str, Any]]] = [
    ({**IMPACT, "category": "Impact"}, IMPACT),
    ({**IMPACT, "category": " IMPACT "}, IMPACT),
    ({**IMPACT, "effects": ["Slow"]}, IMPACT),
    ({**IMPACT, "effects": "slow"}, IMPACT),
    ({**IMPACT, "effects": ["Data Loss", "SLOW"]}, {**IMPACT, "effects": ["data_loss", "slow"]}),
    ({**IMPACT, "effects": ["data-loss"]}, {**IMPACT, "effects": ["data_loss"]}),
    ({**CAUSE, "certainty": "Confirmed"}, CAUSE),
    ({key.title(): value for key, value in IMPACT.items()}, IMPACT),
    ({key.replace("_", " "): value for key, value in IMPACT.items()}, IMPACT),
]


@pytest.mark.parametrize(("item", "meant"), SPELLED)
def test_another_spelling_is_read_as_the_value_it_spells(
    item: dict[str, Any], meant: dict[str, Any]
) -> None:
    assert as_spelled(item, SCHEMA.categories) == meant


@pytest.mark.parametrize(
    "wrong",
    [
        {**IMPACT, "effects": ["slowly"]},
        {**IMPACT, "effects": ["data_loss_"]},
        {**IMPACT, "effects": [["slow"]]},
        {**IMPACT, "effects": None},
        {**IMPACT, "effects": "slow, errors"},
        {**IMPACT, "Effects": ["errors"]},
        {**IMPACT, "category": "impacts"},
        {**IMPACT, "category": None},
        {**IMPACT, "Note": "x"},
        {key: value for key, value in IMPACT.items() if key != "effects"},
    ],
)
def test_what_is_no_spelling_stays_invalid(wrong: dict[str, Any]) -> None:
    spelled = as_spelled(wrong, SCHEMA.categories)
    if spelled is not None:
        with pytest.raises(InvalidAnnotation):
            SCHEMA.parse({key: value for key, value in spelled.items() if key != "quote"})


@given(
    st.dictionaries(
        st.sampled_from(["category", "Category", "quote", "effects", "EFFECTS", "duration", "x"]),
        st.none() | st.text(max_size=8) | st.lists(st.text("SLOWslow _-", max_size=6), max_size=3)
        | st.sampled_from(["Impact", "cause", "Slow", "P3D", 7, True]),
    )
)  # fmt: skip
def test_no_value_is_changed_but_in_case_and_joins(item: dict[str, Any]) -> None:
    def folded(value: Any) -> Any:
        if isinstance(value, list):
            return [folded(each) for each in value]
        return "_".join(value.lower().replace("-", "_").replace("_", " ").split()) if isinstance(
            value, str
        ) else value  # fmt: skip

    spelled = as_spelled(item, SCHEMA.categories)
    if spelled is None:
        return
    assert len(spelled) == len(item)
    for key, value in item.items():
        kept = spelled[key if key in spelled else folded(key)]  # both may stand there
        assert folded(kept) in (folded(value), [folded(value)])
    for open_ in ("quote", "duration"):
        assert spelled.get(open_) == item.get(open_)
