"""Polarity: what denies, what only looks like it, and what is neither affirmed nor denied."""

from typing import Any

import pytest

from tests.support.incident_lexicon import answered
from tests.support.work import steps

LANGUAGE = {
    "fillers": ["have", "not", "never", "no", "do", "might"],
    "negators": ["not", "never", "no", "without", "stopped"],
    "far_negators": ["there is no ... which"],
    "negators_behind": ["with nobody", "is over"],
    "no_negators": ["not only", "not ... without", "not stopped"],
    "limits": ["only", "solely"],
    "conditions": ["unless"],
    "keeps_negation": ["unless by law"],
    "clause_starts": ["but", "which", "because", "who"],
    "subjects": ["we", "they"],
    "subordinators": ["if", "although"],
    "past_acts": ["we restarted"],
    "past_times": ["once", "until 2019"],
    "ended": ["has ended"],
    "others": ["other companies", "who"],
    "self": ["we", "us"],
    "hypotheses": ["should we ever", "one day", "might"],
    "far_hypotheses": ["if we ever"],
    "events": ["burn"],
    "remote": ["in 3000"],
    "instructions": ["please do not", "never"],
    "answers_yes": ["yes"],
    "answers_no": ["no", "never"],
    "answers_terms": ["only"],
    "ellipses": ["we do not"],
}
ACTION: dict[str, Any] = {
    "cues": ["we|companies ~ restart|restarted", "restart", "restarting", "restarted with us"],
    "except": ["whenever ~ we restart"],
    "stems": ["we ~ restart"],
    "step": {"_silent": ["resolved"]},
    "planned": {"_negation": ["false", "true"]},
}
WORDS = {"true": "denied", "false": "affirmed"}


def polarities(text: str, **tables: Any) -> list[str]:
    """Return the polarity of each action that is stated in a text, in order."""
    items = answered(text, language=LANGUAGE, action=ACTION, **tables)
    return [WORDS[item["planned"]] for item in items if item["category"] == "action"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We restart it.", ["affirmed"]),
        ("We do not restart it.", ["denied"]),
        ("We stopped restarting it.", ["denied"]),
        ("We restart no server.", ["denied"]),
        ("We restart it with nobody.", ["denied"]),
        ("There is no day on which we restart it.", ["denied"]),
        # What only looks like a negation, and two that undo each other.
        ("We not only restart it.", ["affirmed"]),
        ("We do not sleep without restarting it.", ["affirmed"]),
        ("We have not stopped restarting it.", ["affirmed"]),
        ("We do not restart it solely at night.", ["affirmed"]),
        ("We do not restart it, only them.", ["denied"]),
        ("We do not restart it, because they only sleep.", ["denied"]),
        ("We do not restart it; we only sleep.", ["denied"]),
        # The negation of another clause.
        ("We do not sleep, we restart it.", ["affirmed"]),
        ("If you do not mind, the servers restart.", ["affirmed"]),
        ("We do not mind, because we restart it.", ["affirmed"]),
        ("We restart it, but not the others.", ["affirmed"]),
        # The main clause goes before the others.
        ("Although we restart it, we do not restart the others.", ["denied"]),
        # A condition lifts a negation, in its own sentence.
        ("We do not restart it unless you ask.", ["affirmed"]),
        ("We do not restart it unless by law.", ["denied"]),
        ("We do not restart it; unless you ask, it rests.", ["denied"]),
    ],
)
def test_a_negation_governs_its_clause(text: str, expected: list[str]) -> None:
    assert polarities(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Once we restarted it.", []),
        ("Once we restarted it. We do not.", ["denied"]),
        ("Once we restarted it; this has ended.", ["denied"]),
        ("Until 2019 we restarted it.", []),
        ("We restarted it.", ["affirmed"]),
        ("Other companies restart it.", []),
        ("Other companies restart it; we do not.", ["denied"]),
        ("Other companies restarted with us.", ["affirmed"]),
        ("We restart it with people who restart.", ["affirmed"]),
        ("Should we ever restart it, we sleep.", []),
        ("One day we restart it.", []),
        ("We might restart it.", []),
        ("If we ever sleep, we restart it.", []),
        ("If we ever sleep, we do not restart it.", ["denied"]),
        ("If we ever sleep. We restart it.", ["affirmed"]),
        ("If we ever burn, we restart it.", ["affirmed"]),
        ("If we ever burn in 3000, we restart it.", []),
        ("Should we ever burn and restart it, we sleep.", ["affirmed"]),
        ("Please do not restart it.", []),
        ("Never restart it.", []),
        ("We never restart it.", ["denied"]),
    ],
)
def test_what_is_past_or_said_of_others_or_to_you_is_neither(
    text: str, expected: list[str]
) -> None:
    assert polarities(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Do we restart it?", []),
        ("Do we restart it? Good question.", []),
        ("Do we restart it? No.", ["denied"]),
        ("Do we restart it? Yes.", ["affirmed"]),
        ("Do we restart it? We do not.", ["denied"]),
        ("Do we restart it? Only on Mondays.", ["affirmed"]),
        ("Do we restart it? No, unless you ask.", ["affirmed"]),
        ("Do we restart it? No server knows.", []),
        ("Do we restart it? Yes, we restart it.", ["affirmed"]),
        ("# Do we restart it?\n\nNo.", ["denied"]),
        ("**Do we restart it?** No.", ["denied"]),
        ("- Do we restart it? No.\n- Do we restart them? Yes.", ["denied", "affirmed"]),
        ("Whenever do we restart it? Never.", ["denied"]),  # an exception is none in a question
    ],
)
def test_a_question_is_what_its_answer_makes_of_it(text: str, expected: list[str]) -> None:
    assert polarities(text) == expected


def test_an_answer_is_the_evidence_and_the_question_is_not() -> None:
    (item,) = answered("Do we restart it? No.", language=LANGUAGE, action=ACTION)
    assert item["quote"] == "No."


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We do not restart:\n\n- servers\n- phones\n", ["denied", "denied"]),
        ("We do not:\n\n- restart it\n- sleep\n", ["denied"]),
        ("We stopped restarting:\n\n- servers\n", ["denied"]),
        ("There is no day on which we:\n\n- restart it\n", ["denied"]),
        ("Please do not:\n\n- restart it\n", []),
        ("Once we restarted:\n\n- servers\n", []),
        ("We restart:\n\n- servers\n- no phones\n", ["affirmed", "denied"]),
        ("We do not restart:\n\n- those who restart\n", ["denied"]),
        ("What do we restart?\n\n- servers\n", []),
        ("We do not:\n\n- at night:\n  - restart it\n", ["denied"]),
    ],
)
def test_an_item_is_read_behind_the_stem_that_it_completes(text: str, expected: list[str]) -> None:
    assert polarities(text) == expected


@pytest.mark.parametrize(
    ("text", "stated"),
    [("It is down.", True), ("It is not down.", False), ("Is it down?", False)],
)
def test_a_category_that_has_no_polarity_may_be_only_affirmed(text: str, stated: bool) -> None:
    silent = {"effects": {"_silent": ["unspecified"]}, "customers_named": {"_silent": ["false"]}}
    for only_affirmed in (True, False):
        table = {"cues": ["down"], "only_affirmed": only_affirmed, **silent}
        found = answered(text, language=LANGUAGE, impact=table)
        assert bool(found) is (stated or not only_affirmed)


def test_a_value_of_its_own_annotation_that_says_nothing_now_is_none() -> None:
    table = {**ACTION, "step": {"detected": ["noticed"], "mitigated": ["restarted"], "_each": True}}
    text = "We restarted with people who noticed."
    (item,) = answered(text, language=LANGUAGE, action=table)
    assert item["step"] == "mitigated"


@pytest.mark.parametrize(
    "text",
    [
        "once we restarted it but not until 2019 ",
        "Other companies restart it, we do not, ",
        "do we restart it? no. ",
        "if we do not restart, they restart, who ",
    ],
)
def test_the_work_grows_with_the_text_and_not_faster(text: str) -> None:
    def work(times: int) -> int:
        return steps(polarities, text * times)

    assert work(800) < 5 * work(200)
