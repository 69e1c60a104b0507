"""What can never have an effect in a lexicon is named with its line."""

from pathlib import Path

import pytest

from annotate.lexicon.checks import check_lexicon
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS, ROOT

GOOD = """\
[words]
down = ["dead", "idle"]

[language]
fillers = ["was", "very"]
ignore = ["for example"]

[marks]
because = ["because"]

[values.kinds]
slow = ["slow*"]
errors = ["error*"]

[impact]
cues = [
  "outage*", "<down> ~ again",
  "users|customers saw", "could not ... pay",
]
headings = ["impact"]
weak = ["seen"]
except = ["no outage*"]
vetoes = ["test run"]
hides = ["cause"]

[impact.effects]
_values = "kinds"
_silent = ["unspecified"]

[impact.customers_named]
_silent = [false]

[impact.polarity]
_silent = ["affirmed"]

[cause]
cues = ["due to"]

[cause.triggers]
_until = "because"
capacity = ["load"]

[cause.certainty]
_silent = ["confirmed"]
suspected = ["may have"]
confirmed = ["did"]
"""

BROKEN = {
    "a word that is read apart": (
        '"outage*", ',
        '"cannot log in", ',
        17,
        "holds 'cannot'",
        "can not log in",
    ),
    "a link": ('"outage*", ', '"www.status.example", ', 17, "can never match", "https"),
    "nothing": ('"outage*", ', '"", ', 17, "starts and ends with a word", "write words"),
    "a hyphen": ('"outage*", ', '"third-party", ', 17, "not a word of a cue", "'third party'"),
    "an apostrophe": ('"outage*", ', '"don\'t", ', 17, "not a word of a cue", "'do not'"),
    "a whole page": (
        '"outage*", ',
        f'"{"very " * 41}", ',
        17,
        "41 words",
        "keep the words that tell",
    ),
    "a filler of two words": ('"very"]', '"very much"]', 5, "passed over by nothing", "single"),
    "twice": (
        '"could not ... pay"',
        '"outage*"',
        18,
        "already, on line 17",
        "take one of them out",
    ),
    "a longer word": ('"could not ... pay"', '"outages"', 18, "that line 17 does not tell", "take"),
    "one of two": ('"could not ... pay"', '"users saw"', 18, "that line 18 does not tell", "take"),
    "an exception": ('"outage*", ', '"no outages", ', 17, "an exception, on line 22", "take one"),
    "a veto": ('"due to"', '"due to"]\nvetoes = ["due"', 37, "a veto, on line 38", "take one"),
    "nothing stated": ('"due to"', '"for example due to"', 37, "nothing, on line 6", "take one"),
    "another value": ('["did"]', '["may have"]', 46, "read as 'suspected', by line 45", "take one"),
    "no cues": ('cues = ["due to"]\n', "", 36, "never found", "cues = "),
    "weak alone": ('headings = ["impact"]\n', "", 20, "without headings", "add headings"),
    "hides what is above": (
        'cues = ["due to"]',
        'cues = ["due to"]\nhides = ["impact"]',
        38,
        "above it",
        "put [cause]",
    ),
    "hides itself": ('hides = ["cause"]', 'hides = ["impact"]', 24, "above it", "put [impact]"),
    "two values for one": (
        '_silent = ["confirmed"]',
        '_silent = ["confirmed", "suspected"]',
        44,
        "first alone",
        "name one",
    ),
    "cues beside a setting": (
        'load"]',
        'load"]\n\n[impact.duration]\n_capture = "duration"\nP1D = ["a day"]',
        45,
        "never looked for",
        "take out",
    ),
    "no value to hold": (
        "[impact.customers_named]\n_silent = [false]\n",
        "",
        15,
        "nothing gives it one",
        "_silent",
    ),
    "a list of no attribute": (
        '_values = "kinds"\n',
        "",
        11,
        "nothing calls for it",
        "correct its name",
    ),
    "a mark of nothing": ('_until = "because"\n', "", 9, "nothing calls for it", "correct"),
    "words of nothing": ("<down>", "dead", 2, "nothing calls for it", "correct its name"),
    "another kind of value": (
        "_silent = [false]",
        '_capture = "duration"',
        31,
        "customers_named cannot hold",
        "cues",
    ),
    "a name in a name's place": (
        '_values = "kinds"',
        '_values = ["kinds"]',
        27,
        "is no name",
        "in quotes",
    ),
    "a switch in quotes": (
        'hides = ["cause"]',
        'own = "yes"',
        24,
        "neither true nor false",
        "without quotes",
    ),
    "one value of two": (
        "_silent = [false]",
        '_negation = ["true"]',
        31,
        "has 1 values",
        "needs two",
    ),
}


def checked(tmp_path: Path, text: str) -> list[tuple[int | None, str]]:
    path = tmp_path / "incident_report.lexicon.toml"
    path.write_text(text, encoding="utf-8")
    return [(each.line, f"{each.message}; {each.remedy}") for each in check_lexicon(path, SCHEMA)]


@pytest.mark.parametrize(("old", "new", "line", "said", "cure"), BROKEN.values(), ids=BROKEN.keys())
def test_what_never_has_an_effect_is_named_with_its_line_and_a_cure(
    tmp_path: Path, old: str, new: str, line: int, said: str, cure: str
) -> None:
    assert GOOD.count(old) == 1
    found = checked(tmp_path, GOOD.replace(old, new))
    assert [each[0] for each in found] == [line], found
    assert said in found[0][1]
    assert cure in found[0][1].partition(said)[2]


def test_what_has_an_effect_is_not_named(tmp_path: Path) -> None:
    assert checked(tmp_path, GOOD) == []


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    text = GOOD.replace('"outage*"', '"third-party"').replace("unspecified", "unspecifid")
    found = checked(tmp_path, text.replace('["did"]', '["may have"]') + "[weather]\n")
    assert [each[0] for each in found] == [17, 28, 46, 47]


def test_a_file_that_is_no_toml_is_named_with_its_line(tmp_path: Path) -> None:
    ((line, said),) = checked(tmp_path, GOOD.replace('slow = ["slow*"]', "slow = [slow*]"))
    assert line == 12
    assert "is not valid TOML" in said


@pytest.mark.parametrize("path", sorted((ROOT / "schemas").glob("*.lexicon.toml")), ids=str)
def test_nothing_is_wrong_with_the_lexicons_that_are_shipped(path: Path) -> None:
    from annotate.project.tasks import load_task

    name = path.name.partition(".")[0]
    assert check_lexicon(path, load_task(name, ROOT).schema) == []


def test_nothing_is_wrong_with_the_small_one() -> None:
    assert check_lexicon(INCIDENTS / "schemas" / "incident_report.lexicon.toml", SCHEMA) == []
