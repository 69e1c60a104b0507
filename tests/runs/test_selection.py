"""What is asked for is found, and what there is not is refused, never answered with nothing."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel, JsonValue

from annotate.annotation import Annotation, Evidence
from annotate.errors import UsageError
from annotate.runs.reader import Run
from annotate.runs.selection import select, select_pattern
from annotate.schema.categories import Category, Schema
from annotate.schema.values import Values
from annotate.schema.vocabulary import Vocabulary
from schemas.incident_report import SCHEMA
from tests.conftest import INCIDENTS
from tests.support.work import steps
from tests.support.written import annotation, document, entry, write, writer

IMPACT: dict[str, JsonValue] = {
    "effects": ["slow", "errors"],
    "countries": ["US"],
    "duration": "PT42M",
    "customers_named": False,
    "polarity": "affirmed",
}
CAUSE: dict[str, JsonValue] = {"triggers": ["unknown"], "certainty": "suspected"}
SILENT: dict[str, JsonValue] = {**IMPACT, "countries": [], "duration": None}


def found(category: str, attributes: dict[str, JsonValue], quote: str, document: str) -> Annotation:
    evidence = (Evidence(quote, 0, len(quote), "exact", 0),)
    return Annotation(document, 0, len(quote), category, attributes, quote, evidence)


ANNOTATIONS = {
    "a": found("impact", IMPACT, "Search was slow – for 42 “long” minutes.", "2023/a.txt"),
    "b": found("impact", SILENT, "The third-\nparty service\u00a0failed.", "2024/b.txt"),
    "c": found("cause", CAUSE, "Perhaps the *CACHE* was full.", "2024/a*.txt"),
}
WORDS = Vocabulary.of_schema(SCHEMA)


def names(**asked: Any) -> str:
    selection = select(WORDS, documents=[x.document for x in ANNOTATIONS.values()], **asked)
    return "".join(name for name, each in ANNOTATIONS.items() if selection.takes(each))


@pytest.mark.parametrize(
    ("where", "meant"),
    [
        ("effects=slow", "ab"),
        ("impact.effects=errors", "ab"),
        ("effects!=slow", ""),
        ("effects!=data_loss", "ab"),
        ("effects=Data Loss,SLOW", "ab"),
        (" effects = slow ", "ab"),
        ("certainty=suspected", "c"),
        ("certainty!=confirmed", "c"),
        ("duration=PT42M", "a"),
        ("duration!=PT42M", "b"),
        ("duration=PT41M,PT42M", "a"),
        ("duration=null", "b"),
        ("duration!=null", "a"),
        ("countries=null", "b"),
        ("countries=US,null", "ab"),
        ("countries=DE", ""),
        ("customers_named=false", "ab"),
        ("customers_named=true", ""),
        (["effects=slow", "duration=PT42M"], "a"),
        (["impact.duration=PT42M", "cause.certainty=suspected"], "ac"),
        (["impact.duration=PT42M", "certainty=suspected"], ""),
        ({"effects": "slow", "customers_named": False, "polarity": "affirmed"}, "ab"),
        ({"duration": None}, "b"),
        ({"countries": []}, "b"),
        ({"countries": ["US", "DE"]}, "a"),
        ({"impact.countries": ("US", None)}, "ab"),
    ],
)
def test_values_are_asked_for_as_they_are_typed(where: Any, meant: str) -> None:
    assert names(where=where) == meant


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        ({}, "abc"),
        ({"category": "impact"}, "ab"),
        ({"category": ["impact", "Cause"]}, "abc"),
        ({"category": "impact, cause"}, "abc"),
        ({"category": "impact,cause", "where": "impact.duration=null"}, "bc"),
        ({"category": "impact,cause", "where": "duration=null"}, "b"),
        ({"document": "2023/a.txt"}, "a"),
        ({"document": "2024/*"}, "bc"),
        ({"document": "*/a*"}, "ac"),
        ({"document": "2024/a*.txt"}, "c"),
        ({"document": ["2023/a.txt", "*b.txt"]}, "ab"),
        ({"text": "SLOW - for 42 'long'"}, "a"),
        ({"text": "third-party"}, "b"),
        ({"text": "service failed"}, "b"),
        ({"text": " the cache  was"}, "c"),
        ({"text": ["slow", "42"]}, "a"),
        ({"text": ["slow", "cache"]}, ""),
        ({"text": "s.+w|slow"}, ""),
        ({"category": "impact", "text": "failed", "where": "effects=slow"}, "b"),
    ],
)
def test_all_that_is_asked_holds(asked: dict[str, Any], meant: str) -> None:
    assert names(**asked) == meant


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"category": "impcat"}, r"--category impcat: unknown category .did you mean impact\?., "),
        ({"category": "x\x1b[2J"}, r"--category x\\u001b\[2J: unknown category, there is impact, "),
        ({"category": ""}, "--category '': unknown category, there is"),
        ({"category": "impact,"}, "--category '': unknown category"),
        ({"document": "2023/b.txt"}, r"unknown document .did you mean 2024/b.txt.., there is"),
        ({"document": "*c*"}, "--document .c.: unknown document, there is 2023/a.txt"),
        ({"document": " "}, "--document is empty; leave it out to ask for all"),
        ({"where": "effects"}, "--value effects: needs ATTRIBUTE=VALUE or ATTRIBUTE!=VALUE"),
        ({"where": "="}, "--value =: needs ATTRIBUTE=VALUE"),
        ({"where": "!=slow"}, "--value !=slow: needs ATTRIBUTE=VALUE"),
        ({"where": "effects="}, "ATTRIBUTE!=VALUE, as in effects=unavailable; null is what is not"),
        ({"where": ""}, "--value '': needs ATTRIBUTE=VALUE"),
        ({"where": "effect=slow"}, r"unknown attribute .did you mean effects\?., there is effects"),
        ({"where": "cause.effects=slow"}, "effects: unknown attribute of cause, there is triggers"),
        ({"where": "imapct.effects=slow"}, r"category or attribute .did you mean impact\?"),
        ({"where": "effects.x=slow"}, "x: unknown part of effects, there is none"),
        ({"where": "effects=slwo"}, r"impact.effects: slwo: unknown value .did you mean slow\?.,"),
        ({"where": "effects=slow,slwo"}, r"slwo: unknown value .did you mean slow\?"),
        ({"where": "customers_named=yes"}, "yes: unknown value, there is true, false"),
        ({"where": "duration=42 minutes"}, "is not an ISO 8601 duration: write P90D for 90 days"),
        ({"where": "countries=Germany"}, "is not an ISO 3166-1 alpha-2 code"),
        ({"where": {"effects": ["slwo"]}}, r"effects=slwo: .*did you mean slow\?"),
        ({"category": "cause", "where": "effects=slow"}, "unknown attribute of cause"),
        ({"category": "cause", "where": "impact.effects=slow"}, "impact is none of the categories"),
        ({"text": ""}, "--text is empty"),
        ({"text": "**"}, r"--text \*\*: needs words"),
    ],
)
def test_what_there_is_not_is_refused_with_what_there_is(asked: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        names(**asked)


# ---- Values with parts, numbers, and values that one category alone may state ----


class Who(BaseModel):
    role: Literal["owner", "reader"]
    age: int


class Left(Values):
    """Values of one side."""

    HERE = "here", "On this side."


class Right(Values):
    """Values of the other side."""

    THERE = "there", "On the other side."


class One(Category):
    """One side."""

    category: Literal["one"] = "one"
    side: Left
    """Which."""
    who: tuple[Who, ...]
    """For whom."""
    name: str | None = None
    """How it is called."""


class Two(Category):
    """The other side."""

    category: Literal["two"] = "two"
    side: Right
    """Which."""


PARTS = Vocabulary.of_schema(Schema("sides", "1", One | Two))


@pytest.mark.parametrize(
    ("where", "meant"),
    [
        ("who.role=owner", True),
        ("one.who.role=Reader", False),
        ("who.age=16", True),
        ("who.age!=13,16", False),
        ("side=here", True),
        ("side!=there", True),
        ("name=a, b", True),
        ("name=a", False),
        ({"who.age": 16}, True),
        ({"one.name": "a, b"}, True),
    ],
)
def test_a_path_leads_into_values_with_parts(where: Any, meant: bool) -> None:
    attributes: dict[str, JsonValue] = {
        "side": "here",
        "who": [{"role": "owner", "age": 16}],
        "name": "a, b",
    }
    assert select(PARTS, where=where).takes(found("one", attributes, "x", "a")) is meant


def test_a_pattern_is_a_category_or_a_value() -> None:
    takes = {
        pattern: [
            name
            for name, each in ANNOTATIONS.items()
            if select_pattern(WORDS, pattern, "--fail-on").takes(each)
        ]
        for pattern in ("cause", "duration=PT42M", "impact.duration!=PT42M")
    }
    assert takes == {"cause": ["c"], "duration=PT42M": ["a"], "impact.duration!=PT42M": ["b"]}
    with pytest.raises(UsageError, match=r"--fail-on caus: unknown .*did you mean cause\?"):
        select_pattern(WORDS, "caus", "--fail-on")


# ---- Of a run ----


def test_a_run_yields_what_is_asked_for(tmp_path: Path) -> None:
    write(tmp_path / "run", "a.txt", "b.txt")
    run = Run(tmp_path / "run")
    assert [each.document for each in run.annotations(document="b*")] == ["b.txt"]
    assert len(list(run.annotations(category="impact", where={"effects": "slow"}))) == 2
    assert list(run.annotations(text="fast")) == []
    for empty in ({"category": ""}, {"document": ""}, {"where": ""}, {"text": ""}):
        with pytest.raises(UsageError):
            run.annotations(**empty)


def test_what_a_run_states_is_asked_for_where_its_schema_is_not_at_hand(tmp_path: Path) -> None:
    with writer(tmp_path / "run", task="outages") as made:
        made.add(document(), [annotation()], [entry()], [])
    run = Run(tmp_path / "run")
    assert run.schema is None
    with pytest.raises(UsageError, match=r"fast: unknown value, there is slow"):
        run.annotations(where="effects=fast")
    both = run.vocabulary | WORDS
    assert select(both, where="certainty=confirmed") == select(WORDS, where="certainty=confirmed")
    assert select(both, where="effects=errors") == select(WORDS, where="effects=errors")


def test_what_a_changed_schema_has_now_and_what_the_run_states_can_be_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older: dict[str, JsonValue] = {
        **IMPACT,
        "effects": ["slow", "sluggish"],
        "old": 3,
        "duration": "PT42M",
    }
    with writer(tmp_path / "run", schema="another") as made:
        made.add(document(), [found("impact", older, "Search", "a.txt")], [entry()], [])
    monkeypatch.chdir(INCIDENTS)
    run = Run(tmp_path / "run")
    assert run.schema is None
    for where in ("effects=sluggish", "effects=slow", "effects!=errors", "old=3", "duration=PT42M"):
        assert len(list(run.annotations(where=where))) == 1, where
    for where in ("effects=data_loss", "duration=P1D", "certainty=confirmed"):
        assert list(run.annotations(where=where)) == []
    with pytest.raises(UsageError, match=r"did you mean sluggish\?"):
        run.annotations(where="effects=slugish")


# ---- What is hostile ----


@pytest.mark.parametrize(
    "asked",
    [
        {"document": "*" * 50_000 + "x" + "*a" * 20_000},
        {"document": "a*" * 40_000},
        {"text": "a-\n" * 30_000},
        {"where": "effects." * 20_000 + "=" * 20_000},
        {"where": "effects=" + "slow," * 20_000},
        {"category": "[" * 100_000},
    ],
    ids=["many stars", "many pieces", "long text", "deep path", "many values", "long name"],
)
def test_a_long_pattern_is_refused_or_compared_in_linear_time(asked: dict[str, str]) -> None:
    many = [found("impact", IMPACT, "a-\n" * 60, "a" * 200)] * 50

    def work() -> None:
        with suppress(UsageError):
            list(select(WORDS, **asked).of(many))

    assert steps(work) < 40 * 100_000


def test_asking_many_annotations_takes_work_in_line_with_their_number() -> None:
    asked = {"category": "impact", "document": "*a*", "where": "duration=PT42M", "text": "slow"}
    selection = select(WORDS, **asked)

    def work(count: int) -> int:
        return steps(lambda: list(selection.of([ANNOTATIONS["a"]] * count)))

    once = work(100)
    assert work(1_000) < 11 * once


def test_the_nearest_of_very_many_documents_is_found_without_comparing_all() -> None:
    names = [f"corpus/{number % 37}/policy-{number}.html" for number in range(3_000)]
    given = "corpus/3/policy-2963-.html"

    def refused(among: list[str]) -> None:
        with pytest.raises(UsageError, match=r"did you mean corpus/3/policy-2963\.html\?"):
            select(WORDS, document=given, documents=among)

    few = steps(refused, names[-300:])
    assert steps(refused, names) < 11 * few
