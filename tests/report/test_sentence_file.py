"""A file of sentences is checked against its schema; what is wrong is named by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from annotate.errors import ProjectError
from annotate.project.tasks import load_task
from annotate.project.toml_file import TomlFile
from annotate.report.sentence_file import read_sentences
from tests.conftest import INCIDENTS

GOOD = """\
[denied]
certainty = "suspected"

[values.Effect]
slow = "slowness"

[category.impact]
title = "What was noticed"
silent = "It names no effect."
empty = { countries = "somewhere" }
say = [
  # of a length
  { when = { duration = true }, text = "In {countries} there was {effects} for {duration}." },
  { text = "In {countries} there was {effects}." },
]

[category.impact.words.countries]
DE = "the north"

[category.impact.words.customers_named]
true = "customers are named"
"""

LINES = """\
[a]
b = 1
# c
[a.c]
d = 2
list = [
  "one",
  { two = 2 },
]
['a'."q.r"]
s = 1
"""


def read(folder: Path, text: str) -> None:
    path = folder / "incident_report.sentences.toml"
    path.write_text(text, encoding="utf-8")
    read_sentences(path, load_task("incident_report", INCIDENTS).schema)


def test_a_file_that_fits_is_read(tmp_path: Path) -> None:
    read(tmp_path, GOOD)
    read(tmp_path, "")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('certainty = "suspected"', 'certainty = "no"', 2, "has no value 'no'; there is confirmed"),
        (
            'certainty = "suspected"',
            'sureness = "no"',
            2,
            "no category has an attribute 'sureness'",
        ),
        ("[values.Effect]", "[values.Effects]", 4, "set 'Effects' is unknown"),
        ('slow = "slowness"', 'slowly = "x"', 5, "effects has no value 'slowly'"),
        ('slow = "slowness"', "slow = 3", 5, "valid string"),
        (
            "[category.impact]\ntitle",
            "[category.impacts]\ntitle",
            7,
            "category 'impacts' is unknown",
        ),
        ("title =", "titel =", 8, "titel: is not known here"),
        ("{ countries =", "{ country =", 10, "attribute 'country' is unknown; there is effects"),
        ("duration = true }", "period = true }", 13, "attribute 'period' is unknown"),
        ("duration = true }", 'effects = "gone" }', 13, "effects has no value 'gone'"),
        ("for {duration}", "for {duration", 13, "opens or closes no place"),
        ("was {effects}.", "was {effect}.", 14, "attribute 'effect' is unknown"),
        ("was {effects}.", "was {effects} for {duration}.", 14, "duration may state nothing"),
        ('empty = { countries = "somewhere" }\n', "", 12, "countries may state nothing"),
        ("{ text = ", "{ when = { duration = false }, text = ", 14, "must fit always"),
        ("words.countries]", "words.country]", 17, "attribute 'country' is unknown"),
        ("true =", "yes =", 21, "customers_named is true or false, not 'yes'"),
        ("[denied]", "[denied", 1, ""),
    ],
)
def test_what_does_not_fit_is_named_by_file_and_line(
    tmp_path: Path, old: str, new: str, line: int, said: str
) -> None:
    assert GOOD.count(old) == 1
    with pytest.raises(ProjectError) as caught:
        read(tmp_path, GOOD.replace(old, new))
    assert f"incident_report.sentences.toml:{line}: " in str(caught.value)
    assert said in str(caught.value)


def test_a_place_that_an_earlier_sentence_spares_needs_no_words(tmp_path: Path) -> None:
    spared = GOOD.replace('empty = { countries = "somewhere" }\n', "").replace(
        "  # of a length\n",
        '  { when = { countries = [] }, text = "There was {effects}[ for {duration}]." },\n',
    )
    read(tmp_path, spared)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    schema = load_task("incident_report", INCIDENTS).schema
    with pytest.raises(ProjectError, match="cannot be read"):
        read_sentences(tmp_path / "none.toml", schema)
    (tmp_path / "latin.toml").write_bytes(b"[denied]\n# \xe9\n")
    with pytest.raises(ProjectError, match=r"latin\.toml:2: "):
        read_sentences(tmp_path / "latin.toml", schema)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        (("a",), 1),
        (("a", "b"), 2),
        (("a", "c", "d"), 5),
        (("a", "c", "list", 1), 8),
        (("a", "c", "list", 7), 6),
        (("x",), 1),
        ((), 1),
        (("a", "q.r", "s"), 11),
    ],
)
def test_the_line_of_a_key_is_found(path: tuple[str | int, ...], line: int) -> None:
    assert TomlFile(Path("lines.toml"), {}, LINES).line(*path) == line
