"""`annotate show`: the quotes that are asked for, and what cannot be asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from annotate.runs.reader import Run
from tests.conftest import Command

SLOW = ("--category", "impact", "--value", "effects=slow", "--text", "SLOW")


def test_quotes_are_shown_that_fit_all_options(incidents: Command, run: Path) -> None:
    done = incidents("show", run, *SLOW)
    assert done.returncode == 0
    wanted = list(Run(run).annotations(category="impact", where="effects=slow", text="slow"))
    assert len(wanted) == 2
    assert done.stdout.count("\n  impact, ") == 2
    for each in wanted:
        assert " ".join(each.quote.split()) in done.stdout
        assert f"{each.document}\n" in done.stdout
    of = len(list(Run(run).annotations()))
    assert done.stdout.splitlines()[-1].startswith(
        f"2 of {of} annotations; complete run by lexicon"
    )
    shown = json.loads(incidents("show", run, *SLOW, "--json").stdout)
    assert [row["quote"] for row in shown["annotations"]] == [each.quote for each in wanted]
    assert (shown["of"], shown["complete"]) == (of, True)


def test_options_are_given_several_times(incidents: Command, run: Path) -> None:
    options = ("--document", "b*.md", "--document", "more.jsonl#a", "--category", "impact,cause")
    shown = json.loads(incidents("show", run, *options, "--json").stdout)
    assert {row["document"] for row in shown["annotations"]} == {"booking.md", "more.jsonl#a"}
    assert {row["category"] for row in shown["annotations"]} == {"impact", "cause"}
    assert incidents("show", run, "--text", "never said").stdout.startswith("0 of ")


@pytest.mark.parametrize(
    ("option", "given", "said"),
    [
        (
            "--category",
            "imapct",
            "unknown category (did you mean impact?), there is impact",
        ),
        ("--category", "", "--category '': unknown category"),
        ("--document", "booking.txt", "unknown document (did you mean booking.md?)"),
        ("--document", "", "--document is empty"),
        ("--value", "=", "--value =: needs ATTRIBUTE=VALUE"),
        ("--value", "effects=slwo", "unknown value (did you mean slow?)"),
        ("--value", "impact.effect=slow", "unknown attribute of impact (did you mean effects?)"),
        ("--text", " ", "--text is empty"),
        ("--text", "*", "--text *: needs words"),
        ("--value", "\x1b[2J\u202e=" + "é" * 100_000, "--value \\u001b[2J\\u202e=ééé"),
    ],
)
def test_what_cannot_be_asked_for_ends_with_2_and_says_why(
    incidents: Command, run: Path, option: str, given: str, said: str
) -> None:
    done = incidents("show", run, option, given)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr) < 1000
