"""The privacy policy schema against the codebook, written out here by hand.

The tables are a second copy on purpose: a value that is renamed, moved or lost in the schema, or a
rule that stops holding, has to be changed in two places by somebody who means it.
"""

import re
from typing import Any, get_args

import pytest

from annotate.errors import InvalidAnnotation
from annotate.schema.categories import Category, Values
from schemas.privacy_policy import SCHEMA

DATA_TYPES = """contact account government_id professional financial transaction demographic
    special_category location online_identifier device usage communication user_content
    telecom_metadata security configuration social_media preference inferred aggregate public
    generic other"""
PURPOSES = """service_provision account_management payment support service_communication marketing
    advertising personalization analytics improvement security_fraud legal_compliance enforcement
    business_operations recruitment corporate_transaction other unspecified"""
RECIPIENTS = """affiliate service_provider payment_processor telecom_carrier advertising_partner
    analytics_provider business_partner professional_adviser personnel authority acquirer
    other_user public licensor customer third_party"""
RIGHTS = """access rectification erasure portability restriction objection withdraw_consent
    opt_out_sale opt_out_advertising opt_out_profiling no_automated_decision non_discrimination
    appeal complaint authorized_agent generic"""
MECHANISMS = """email phone postal web_form account_settings browser_settings device_settings
    opt_out_page message_keyword support_ticket privacy_signal contact_unspecified other"""
MEASURES = """encryption_in_transit encryption_at_rest access_control authentication
    secure_infrastructure monitoring audit_testing training certification policies contractual
    incident_response generic no_guarantee"""
POLARITY = "affirmed denied"

# category -> attribute -> its shape and the values of its closed set, if it has one.
CODEBOOK: dict[str, dict[str, tuple[str, str]]] = {
    "collection": {
        "data_types": ("several", DATA_TYPES),
        "sources": (
            "at least one",
            "user_provided automatic third_party inferred unspecified",
        ),
        "polarity": ("one", POLARITY),
    },
    "use": {
        "purposes": ("at least one", PURPOSES),
        "data_types": ("several", DATA_TYPES),
        "polarity": ("one", POLARITY),
    },
    "sharing": {
        "recipients": ("at least one", RECIPIENTS),
        "purposes": ("at least one", PURPOSES),
        "data_types": ("several", DATA_TYPES),
        "mode": ("one", "disclose sell third_party_collects"),
        "consent_required": ("boolean", ""),
        "polarity": ("one", POLARITY),
    },
    "tracking": {
        "technologies": (
            "at least one",
            "cookie pixel_beacon local_storage sdk server_log device_fingerprint other unspecified",
        ),
        "purposes": ("at least one", PURPOSES),
        "party": ("one", "first third both unspecified"),
        "polarity": ("one", POLARITY),
    },
    "choice": {
        "choices": (
            "at least one",
            """opt_in opt_out_marketing opt_out_messages opt_out_advertising opt_out_tracking
            opt_out_sale cookie_control communication_preferences decline_to_provide other""",
        ),
        "mechanisms": ("several", MECHANISMS),
    },
    "right": {
        "rights": ("at least one", RIGHTS),
        "aspect": ("one", "granted procedure limitation"),
        "mechanisms": ("several", MECHANISMS),
    },
    "retention": {
        "periods": (
            "at least one",
            "stated as_needed user_configured indefinite unspecified",
        ),
        "duration": ("string or null", ""),
        "data_types": ("several", DATA_TYPES),
    },
    "security": {"measures": ("at least one", MEASURES)},
    "transfer": {
        "safeguards": (
            "several",
            """standard_contractual_clauses adequacy_decision data_processing_agreement
            privacy_shield binding_corporate_rules technical_organisational consent generic
            none_stated""",
        ),
        "destinations": ("several", ""),
        "polarity": ("one", POLARITY),
    },
    "audience": {
        "audience": ("one", "children california us_state eea_uk other"),
        "provisions": (
            "several",
            """not_directed no_knowing_collection deletion_on_discovery report_channel
            additional_rights additional_disclosures""",
        ),
        "minimum_age": ("integer or null", ""),
    },
    "do_not_track": {
        "signal": ("one", "dnt gpc both"),
        "response": ("one", "honoured conditionally_honoured ignored unspecified"),
    },
    "policy_change": {
        "notices": (
            "at least one",
            """posted date_updated email in_product prominent_notice advance_notice renewed_consent
            unspecified""",
        ),
        "advance_days": ("integer or null", ""),
        "continued_use_accepts": ("boolean", ""),
    },
    "legal_basis": {
        "bases": (
            "at least one",
            """consent contract legal_obligation legitimate_interests vital_interests
            public_interest""",
        ),
    },
    "role": {
        "roles": ("at least one", "controller processor"),
        "party": ("one", "company customer vendor"),
    },
    "contact": {
        "channels": ("several", "email phone postal web in_person"),
        "value": ("string or null", ""),
        "officer": ("one", "data_protection_officer legal support privacy_team company"),
    },
    "policy_date": {
        "kind": ("one", "effective last_updated archived"),
        "date": ("string", ""),
    },
}

OPP_115 = {
    "collection": "First Party Collection/Use",
    "use": "First Party Collection/Use",
    "sharing": "Third Party Sharing/Collection",
    "tracking": "First Party Collection/Use",
    "choice": "User Choice/Control",
    "right": "User Access, Edit and Deletion",
    "retention": "Data Retention",
    "security": "Data Security",
    "transfer": "International and Specific Audiences",
    "audience": "International and Specific Audiences",
    "do_not_track": "Do Not Track",
    "policy_change": "Policy Change",
    "legal_basis": "Other",
    "role": "Other",
    "contact": "Other (privacy contact information)",
    "policy_date": "Other",
}

# Values that stand alone in their set, and what they may stand beside.
LONE = {
    ("data_types", "generic"): (),
    ("sources", "unspecified"): (),
    ("purposes", "unspecified"): (),
    ("technologies", "unspecified"): (),
    ("periods", "unspecified"): (),
    ("notices", "unspecified"): (),
    ("measures", "generic"): ("no_guarantee",),
    ("rights", "generic"): ("authorized_agent",),
    ("safeguards", "generic"): (),
    ("safeguards", "none_stated"): (),
}

# Words that the codebook gives to a value, `;` between two: each must stand in its definition.
WORDS = {
    ("data_types", "contact"): "names; e-mail; phone; postal address; parts",
    ("data_types", "account"): "user names; credentials; account numbers; sign-in tokens",
    ("data_types", "government_id"): "identity documents; tax; official identifiers",
    ("data_types", "professional"): "job title; employer; department",
    ("data_types", "financial"): "card; bank; billing",
    ("data_types", "transaction"): "orders; invoices; plans; service history",
    ("data_types", "special_category"): "health; biometric; religion; union; ethnicity; sensitive",
    ("data_types", "online_identifier"): "ip; mac; device; advertising; cookie; cookies listed",
    ("data_types", "device"): "browser; operating system; hardware; connection",
    ("data_types", "usage"): "pages; clicks; access times; logs of use; diagnostics; metadata; "
    "system data",
    ("data_types", "communication"): "tickets; e-mails; chats; calls; surveys; the company itself",
    ("data_types", "user_content"): "store; send through; recordings",
    ("data_types", "telecom_metadata"): "call and message records; routing; porting",
    ("data_types", "security"): "authentication logs; audit trails; fraud signals",
    ("data_types", "configuration"): "technical settings",
    ("data_types", "preference"): "settings; language; profile picture; consent status",
    ("data_types", "aggregate"): "aggregated; de-identified",
    ("data_types", "public"): "public sources",
    ("data_types", "generic"): "data; information; personal data; defined term; span; stem",
    ("purposes", "service_provision"): "provide; operate; maintain; deliver; provision; "
    "interactive features; technical issues; customers' dashboards",
    ("purposes", "account_management"): "create; administer; sign-in; sessions",
    ("purposes", "payment"): "billing; orders; collections",
    ("purposes", "support"): "requests; tickets; troubleshooting",
    ("purposes", "service_communication"): "notices; updates; alerts; confirmations; "
    "administrative; support messages; whatever their topic",
    ("purposes", "marketing"): "promotions; newsletters; loyalty; own advertising",
    ("purposes", "advertising"): "targeted; third-party ads; networks; measurement",
    ("purposes", "personalization"): "tailoring; remembered preferences",
    ("purposes", "analytics"): "usage; trends; statistics; research; surveys",
    ("purposes", "improvement"): "develop; enhance; debug; performance; capacity",
    ("purposes", "security_fraud"): "security; fraud; abuse; wrongdoing; spam; "
    "identity verification; safety of people",
    ("purposes", "legal_compliance"): "laws; legal process; regulators; tax",
    ("purposes", "enforcement"): "terms; policies; rights; property; claims; liability; disputes",
    ("purposes", "business_operations"): "records; planning; training; audits; administration",
    ("recipients", "service_provider"): "contractors; agents",
    ("recipients", "personnel"): "own staff; contractors; agents; service_provider",
    ("recipients", "authority"): "span; stem; heading; law; legal process",
    ("recipients", "acquirer"): "named; implied; merger; sale",
    ("recipients", "customer"): "organisation that holds the account",
    ("recipients", "third_party"): "others; nobody named; third-party; integrated",
    ("mode", "sell"): "sale; rent; we do not sell",
    ("mode", "third_party_collects"): "collects; tracks; monitors",
    ("sources", "third_party"): "another user",
    ("sources", "unspecified"): "through your interactions",
    ("technologies", "pixel_beacon"): "tags; web beacons",
    ("technologies", "other"): "scripts",
    ("party", "first"): "we use",
    ("mechanisms", "message_keyword"): "stop; start",
    ("mechanisms", "privacy_signal"): "gpc; do_not_track",
    ("mechanisms", "contact_unspecified"): "contact us",
    ("choices", "opt_in"): "with your consent; receive messages",
    ("choices", "opt_out_sale"): "sale or sharing",
    ("choices", "opt_out_advertising"): "targeted; cross-context",
    ("rights", "opt_out_sale"): "sale or sharing",
    ("rights", "opt_out_advertising"): "targeted; cross-context",
    ("rights", "no_automated_decision"): "we make no automated decisions",
    ("rights", "complaint"): "authority; company",
    ("aspect", "procedure"): "means; step; verification; response time; no right is granted",
    ("aspect", "limitation"): "refusals; fees; exceptions; second annotation",
    ("measures", "secure_infrastructure"): "hosting; backup; redundancy",
    ("measures", "certification"): "soc 2 certified, gdpr and ccpa compliant",
    ("measures", "policies"): "programme; named rules",
    ("measures", "contractual"): "vendors; staff; may use it only for; contractually bound",
    ("measures", "generic"): "administrative, technical and physical safeguards",
    ("audience", "us_state"): "california; two annotations",
    ("notices", "posted"): "effective when posted",
    ("notices", "prominent_notice"): "called prominent; in_product",
    ("notices", "unspecified"): "may change this policy; review this page periodically",
    ("roles", "processor"): "service provider",
    ("channels", "email"): "[email protected]",
    ("officer", "company"): "general mailbox",
    ("polarity", "affirmed"): "no x unless y; not without y; condition",
    ("polarity", "denied"): "unless required by law",
}

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


def shape(declared: dict[str, Any]) -> str:
    """Name the shape of a property on the wire as the table above does."""
    if "anyOf" in declared:
        return " or ".join(branch["type"] for branch in declared["anyOf"])
    if declared["type"] == "array":
        return "at least one" if declared.get("minItems") else "several"
    return "one" if "enum" in declared else str(declared["type"])


def definitions_on_the_wire(category: type[Category]) -> dict[str, Any]:
    """Return the properties of a category as a model reads them."""
    properties = SCHEMA.json_schema["$defs"][category.__name__]["properties"]
    assert isinstance(properties, dict)
    return properties


def closed_sets() -> dict[str, type[Values]]:
    """Return every closed set under `category.attribute`."""
    return {
        f"{tag}.{name}": values
        for tag, category in SCHEMA.categories.items()
        for name in category.attributes()
        if (values := category.values_of(name)) is not None
    }


def problems(item: dict[str, Any]) -> str:
    """Return what the schema says against an annotation."""
    with pytest.raises(InvalidAnnotation) as caught:
        SCHEMA.parse(item)
    return str(caught.value)


def test_the_schema_is_version_1_of_privacy_policy_and_quotes_whole_units() -> None:
    assert (SCHEMA.name, SCHEMA.version, SCHEMA.unit) == ("privacy_policy", "1", "sentence")
    assert len(SCHEMA.description.split()) > 5


def test_the_categories_are_the_sixteen_of_the_codebook_in_its_order() -> None:
    assert len(CODEBOOK) == 16
    assert list(SCHEMA.categories) == list(CODEBOOK)


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_category_has_the_attributes_of_the_codebook(tag: str) -> None:
    category = SCHEMA.categories[tag]
    wire = definitions_on_the_wire(category)
    found = {
        name: (shape(wire[name]), [str(v) for v in category.values_of(name) or ()])
        for name in category.attributes()
    }
    assert found == {name: (form, values.split()) for name, (form, values) in CODEBOOK[tag].items()}
    assert list(found) == list(CODEBOOK[tag])


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_quote_is_asked_for_but_is_no_content(tag: str) -> None:
    category = SCHEMA.categories[tag]
    assert "quote" in definitions_on_the_wire(category)
    assert "quote" not in category.attributes()
    assert "quote: unknown attribute" in problems(changed(tag, quote="We do."))


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_category_names_its_opp_115_counterpart(tag: str) -> None:
    assert SCHEMA.categories[tag].counterparts == {"OPP-115": OPP_115[tag]}


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_category_and_its_attributes_are_defined_in_more_than_a_word(tag: str) -> None:
    category = SCHEMA.categories[tag]
    definitions = {"": category.__doc__} | {
        name: category.model_fields[name].description for name in category.attributes()
    }
    for name, definition in definitions.items():
        assert definition is not None, name
        assert len(definition.split()) > 1, name
        assert definition.rstrip().endswith("."), name


@pytest.mark.parametrize("place", closed_sets())
def test_a_value_set_and_its_values_are_defined_in_more_than_a_word(place: str) -> None:
    values = closed_sets()[place]
    assert values.__doc__, values
    for value in values:
        assert len(value.definition.split()) > 1, value
        assert value.definition.endswith("."), value


@pytest.mark.parametrize("tag", CODEBOOK)
def test_a_model_reads_every_definition_on_the_wire(tag: str) -> None:
    category = SCHEMA.categories[tag]
    wire = SCHEMA.json_schema["$defs"]
    first_line = (category.__doc__ or "").splitlines()[0]
    assert wire[category.__name__]["description"].startswith(first_line)
    for name, declared in definitions_on_the_wire(category).items():
        values = category.values_of(name) if name in category.attributes() else None
        item = declared.get("items", declared)
        text = wire[item["$ref"].rpartition("/")[2]] if "$ref" in item else item
        for value in values or ():
            assert f"{value}: {value.definition}" in text["description"]


@pytest.mark.parametrize(("attribute", "value"), WORDS)
def test_a_value_keeps_every_phrase_that_the_codebook_gives_it(attribute: str, value: str) -> None:
    sets = [values for place, values in closed_sets().items() if place.endswith(f".{attribute}")]
    definitions = {member.definition.lower() for s in sets for member in s if member == value}
    assert definitions
    for phrase in WORDS[attribute, value].split("; "):
        pattern = rf"(?<!\w){re.escape(phrase)}"
        assert any(re.search(pattern, definition) for definition in definitions), phrase


def test_the_lone_values_are_those_of_the_codebook_and_say_so() -> None:
    found = {
        (place.partition(".")[2], str(value)): value.alone.beside
        for place, values in closed_sets().items()
        for value in values
        if value.alone is not None
    }
    assert found == LONE
    for values in closed_sets().values():
        for value in values:
            assert ("Stands alone" in value.definition) == (value.alone is not None), value


def test_every_set_with_silence_in_it_declares_silence_a_lone_value() -> None:
    silent = {
        (place.partition(".")[2], "unspecified")
        for place, values in closed_sets().items()
        if "unspecified" in [str(v) for v in values]
        and place.partition(".")[2] in SCHEMA.categories[place.partition(".")[0]].sets()
    }
    assert silent == {lone for lone in LONE if lone[1] == "unspecified"}


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


def test_no_category_is_left_out_of_the_union() -> None:
    here = next(iter(SCHEMA.categories.values())).__module__
    declared = {c.__name__ for c in Category.__subclasses__() if c.__module__ == here}
    assert declared == {c.__name__ for c in get_args(get_args(SCHEMA.practice)[0])}
