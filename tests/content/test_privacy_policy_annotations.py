"""Annotations of privacy policies: what the schema accepts, refuses and unites."""

import re
from typing import Any

import pytest

from annotate.errors import InvalidAnnotation
from schemas.privacy_policy import SCHEMA
from tests.support.codebook import CODEBOOK

# A whole annotation of each category, in the order of the codebook.
EXAMPLES: list[dict[str, Any]] = [
    {
        "category": "collection",
        "data_types": ["contact", "usage"],
        "sources": ["user_provided", "automatic"],
        "polarity": "affirmed",
    },
    {
        "category": "use",
        "purposes": ["service_provision"],
        "data_types": [],
        "polarity": "affirmed",
    },
    {
        "category": "sharing",
        "recipients": ["third_party"],
        "purposes": ["unspecified"],
        "data_types": ["generic"],
        "mode": "sell",
        "consent_required": False,
        "polarity": "denied",
    },
    {
        "category": "tracking",
        "technologies": ["cookie"],
        "purposes": ["analytics"],
        "party": "first",
        "polarity": "affirmed",
    },
    {"category": "choice", "choices": ["cookie_control"], "mechanisms": ["browser_settings"]},
    {
        "category": "right",
        "rights": ["authorized_agent", "generic"],
        "aspect": "procedure",
        "mechanisms": [],
    },
    {
        "category": "retention",
        "periods": ["stated"],
        "duration": "P90D",
        "data_types": ["usage"],
    },
    {"category": "security", "measures": ["generic", "no_guarantee"]},
    {
        "category": "transfer",
        "safeguards": ["none_stated"],
        "destinations": ["US", "various"],
        "polarity": "affirmed",
    },
    {
        "category": "audience",
        "audience": "children",
        "provisions": ["not_directed"],
        "minimum_age": 16,
    },
    {"category": "do_not_track", "signal": "gpc", "response": "honoured"},
    {
        "category": "policy_change",
        "notices": ["email", "advance_notice"],
        "advance_days": 30,
        "continued_use_accepts": True,
    },
    {"category": "legal_basis", "bases": ["consent"]},
    {"category": "role", "roles": ["processor"], "party": "company"},
    {
        "category": "contact",
        "channels": ["email"],
        "value": None,
        "officer": "privacy_team",
    },
    {"category": "policy_date", "kind": "effective", "date": "2024-05-20"},
]

BY_CATEGORY = {example["category"]: example for example in EXAMPLES}


def changed(category: str, **attributes: Any) -> dict[str, Any]:
    """Return the example of a category with some attributes put otherwise."""
    return {**BY_CATEGORY[category], **attributes}


def problems(item: dict[str, Any]) -> str:
    """Return what the schema says against an annotation."""
    with pytest.raises(InvalidAnnotation) as caught:
        SCHEMA.parse(item)
    return str(caught.value)


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_quote_is_asked_for_but_is_not_content(tag: str) -> None:
    category = SCHEMA.categories[tag]
    assert "quote" in SCHEMA.json_schema["$defs"][category.__name__]["properties"]
    assert "quote" not in category.attributes()
    assert "quote: unknown attribute" in problems(changed(tag, quote="We do."))


@pytest.mark.parametrize("tag", CODEBOOK)
def test_an_annotation_comes_back_as_it_was_written(tag: str) -> None:
    assert SCHEMA.parse(BY_CATEGORY[tag]).model_dump(mode="json") == BY_CATEGORY[tag]


@pytest.mark.parametrize("tag", CODEBOOK)
def test_every_attribute_without_a_default_must_be_there(tag: str) -> None:
    optional = {
        "consent_required": False,
        "duration": None,
        "minimum_age": None,
        "advance_days": None,
        "continued_use_accepts": False,
        "value": None,
    }
    for name in CODEBOOK[tag]:
        item = {k: v for k, v in BY_CATEGORY[tag].items() if k != name}
        if name in optional:
            assert getattr(SCHEMA.parse(item), name) == optional[name]
        else:
            assert problems(item) == f"{name}: missing, add it"


BAD: list[tuple[str, dict[str, Any], str]] = [
    ("collection", {"sources": []}, r"sources: .*empty"),
    ("collection", {"sources": ["unspecified", "automatic"]}, r"sources: .*drop 'unspecified'"),
    ("collection", {"data_types": ["generic", "usage"]}, r"data_types: .*drop 'generic'.*'usage'"),
    ("collection", {"data_types": ["shoe size"]}, r"data_types\.0: .*use one of contact, account"),
    ("collection", {"polarity": "maybe"}, r"polarity: .*use one of affirmed, denied"),
    ("use", {"purposes": []}, r"purposes: .*empty"),
    ("use", {"purposes": ["other", "unspecified"]}, r"purposes: .*drop 'unspecified'"),
    ("sharing", {"recipients": []}, r"recipients: .*empty"),
    ("sharing", {"mode": "lend"}, r"mode: .*use one of disclose, sell, third_party_collects"),
    (
        "sharing",
        {"consent_required": True},
        r"sharing: consent_required .*polarity affirmed with consent_required true.*to false",
    ),
    ("tracking", {"technologies": []}, r"technologies: .*empty"),
    ("tracking", {"technologies": ["cookie", "unspecified"]}, r"technologies: .*'unspecified'"),
    ("choice", {"choices": []}, r"choices: .*empty"),
    ("right", {"rights": ["generic", "access"]}, r"rights: .*drop 'generic'.*keep 'access'"),
    ("retention", {"periods": ["as_needed"]}, r"retention: .*add 'stated'.*set duration to null"),
    ("retention", {"periods": ["unspecified"]}, r"retention: .*drop 'unspecified'"),
    ("retention", {"duration": "90 days"}, r"duration: .*write P90D for 90 days"),
    ("security", {"measures": []}, r"measures: .*empty"),
    ("security", {"measures": ["generic", "training"]}, r"measures: .*drop 'generic'"),
    ("transfer", {"polarity": "denied"}, r"transfer: safeguards must be empty .*empty the set"),
    ("transfer", {"safeguards": []}, r"transfer: safeguards is empty .*write 'none_stated'"),
    ("transfer", {"safeguards": ["generic", "consent"]}, r"safeguards: .*drop 'generic'"),
    ("transfer", {"safeguards": ["none_stated", "consent"]}, r"safeguards: .*drop 'none_stated'"),
    ("transfer", {"safeguards": ["none_stated", "generic"]}, r"safeguards: .*stands beside"),
    ("transfer", {"destinations": ["UK"]}, r"destinations\.0: .*'GB'"),
    ("audience", {"minimum_age": -1}, r"minimum_age: "),
    ("audience", {"minimum_age": "sixteen"}, r"minimum_age: "),
    ("do_not_track", {"signal": "cookie"}, r"signal: .*use one of dnt, gpc, both"),
    ("policy_change", {"notices": ["posted", "unspecified"]}, r"notices: .*'unspecified'"),
    ("policy_change", {"advance_days": -1}, r"advance_days: "),
    ("legal_basis", {"bases": []}, r"bases: .*empty"),
    ("role", {"roles": []}, r"roles: .*empty"),
    ("contact", {"officer": "Jane"}, r"officer: .*use one of data_protection_officer"),
    ("policy_date", {"date": "20 May 2024"}, r"date: .*write 2024-05-20"),
]


@pytest.mark.parametrize(("tag", "attributes", "said"), BAD)
def test_a_combination_against_the_codebook_is_refused_with_what_to_do(
    tag: str, attributes: dict[str, Any], said: str
) -> None:
    assert re.search(said, problems(changed(tag, **attributes)), re.DOTALL)


GOOD: list[tuple[str, dict[str, Any]]] = [
    ("sharing", {"polarity": "affirmed", "consent_required": True}),
    ("retention", {"duration": None, "periods": ["as_needed", "indefinite"]}),
    ("retention", {"duration": None}),
    ("retention", {"periods": ["stated", "as_needed"]}),
    ("transfer", {"polarity": "denied", "safeguards": []}),
    ("transfer", {"safeguards": ["generic"], "destinations": []}),
    ("audience", {"audience": "other", "provisions": []}),
    ("policy_change", {"notices": ["posted"], "advance_days": 0}),
    ("contact", {"channels": [], "officer": "data_protection_officer"}),
    ("policy_date", {"date": "2024-05"}),
]


@pytest.mark.parametrize(("tag", "attributes"), GOOD)
def test_a_combination_that_the_codebook_allows_is_accepted(
    tag: str, attributes: dict[str, Any]
) -> None:
    item = changed(tag, **attributes)
    assert SCHEMA.parse(item).model_dump(mode="json") == item


def test_the_rules_between_attributes_hold_in_a_whole_reply_too() -> None:
    item = {**changed("transfer", safeguards=[]), "quote": "Data may move to the US."}
    with pytest.raises(ValueError, match="write 'none_stated'"):
        SCHEMA.reply_model.model_validate({"annotations": [item]})


def test_two_sharings_differ_by_mode_and_so_are_not_united() -> None:
    sold, shared = changed("sharing"), changed("sharing", mode="disclose")
    assert SCHEMA.unite("sharing", sold, shared) is None


def test_what_is_stated_displaces_silence_when_annotations_are_united() -> None:
    first = changed("tracking", purposes=["unspecified"], technologies=["unspecified"])
    united = SCHEMA.unite("tracking", first, BY_CATEGORY["tracking"])
    assert united == {k: v for k, v in BY_CATEGORY["tracking"].items() if k != "category"}
