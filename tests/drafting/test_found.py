"""Figures, dates and durations of examples are read by extractors; what is not read is named."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from tests.drafting.conftest import Draft

ROWS = {
    "rent": ["It is 1,250 euros.;1250", "You pay 900 euros in all.;900", "It is €70.5.;70.5"],
    "room": ["There are 3 rooms in the flat.;3", "It has 12 rooms and a kitchen.;12"],
    "start": ["It is free on 1 March 2027.;2027-03-01", "You move in on April 2, 2027.;2027-04-02"],
    "stay": ["Nobody stays for less than 30 days.;P30D", "You stay for three months or more.;P3M"],
    "share": ["Tenants bear 20% of the heating.;20", "Water is shared at 7.5 per cent.;7.5"],
    "view": ["The view is about a mile long.;5280", "You see as far as the next hill.;900"],
}  # fmt: skip
CAPTURES = {
    "rent": "money",
    "room": "count",
    "start": "date",
    "stay": "duration",
    "share": "percent",
    "view": None,
}


def table(rows: dict[str, list[str]]) -> str:
    lines = [f"text,quote,category,{','.join(f'{name}_is' for name in rows)}"]
    for place, (name, said) in enumerate(rows.items()):
        for sentence, _, value in (each.partition(";") for each in said):
            after = "," * (len(rows) - 1 - place)
            lines.append(f'"{sentence}","{sentence}",{name},{"," * place}{value}{after}')
    return "\n".join(lines)


def lexicon(folder: Path) -> dict[str, Any]:
    return tomllib.loads((folder / "made/schemas/terms.lexicon.toml").read_text(encoding="utf-8"))


def test_each_kind_of_figure_has_the_extractor_that_finds_it(draft: Draft, tmp_path: Path) -> None:
    summary = draft(table(ROWS)).summary
    found = lexicon(tmp_path)
    captures = {
        name: found[name].get(f"{name}_is", {}).get("_capture") for name in ROWS if name in found
    }
    assert captures == CAPTURES
    (line,) = [each for each in summary if each.startswith("of their values")]
    assert "it does not find view.view_is (2 of 2): add cues to schemas/terms" in line


def test_no_is_read_out_of_silence_only_where_it_was_stated_more_than_once(
    draft: Draft, tmp_path: Path
) -> None:
    rows = ["You may keep a cat.;yes", "Dogs are welcome.;yes", "We do not allow animals.;no"]
    draft(table({"pets": rows}))
    assert "_silent" not in str(lexicon(tmp_path))
    schema = (tmp_path / "made/schemas/terms.py").read_text(encoding="utf-8")
    assert "pets_is: bool | None = None" in schema


SENTENCES = [f"You may keep {n} cats in the garden." for n in range(9)]
SHORT = '"Quiet house. You may keep a cat.",You may keep a cat.,pets'


def quotes(*sentences: str) -> str:
    return "\n".join(["text,quote,category", *(f"{each},{each},pets" for each in sentences), SHORT])


@pytest.mark.parametrize(
    ("count", "unit", "said"),
    [
        (9, 'unit="sentence"', "line 11: its quote is taken as a whole"),
        (8, "unit=None", "quotes stand for themselves: no whole sentence or list item is that of"),
    ],
)
def test_one_quote_of_ten_does_not_decide_the_unit(
    count: int, unit: str, said: str, draft: Draft, tmp_path: Path
) -> None:
    summary = draft(quotes(*SENTENCES[:count])).summary
    assert unit in (tmp_path / "made/schemas/terms.py").read_text(encoding="utf-8")
    (line,) = [each for each in summary if each.startswith(said)]
    assert line.endswith(" is: 'Quiet house. You may keep a cat.'")


def test_a_quote_that_no_sentence_holds_is_a_problem_among_whole_ones(problems_of: Any) -> None:
    heading = '"# Cats\n\nThey are welcome.",Cats,pets'
    found = problems_of(quotes(*SENTENCES).replace(SHORT, heading))
    assert [each.partition(":")[0] for each in found] == ["11"]
    assert "take the whole sentence or list item" in found[0]
