"""The cues of the privacy policy lexicon, on sentences and lists written for this test.

A row says which categories a sentence has, all of them, and those attribute values that matter.
Where a category may stand twice (a mode, a group), its row holds one entry each.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from annotate.documents.chunking import chunk
from annotate.documents.segmentation import segment
from annotate.lexicon.annotator import Lexicon
from schemas.privacy_policy import SCHEMA

Expected = tuple[tuple[str, Mapping[str, Any]], ...]

LEXICON = Path(__file__).parents[2] / "schemas" / "privacy_policy.lexicon.toml"
NONE: Expected = ()


def one(category: str, **values: Any) -> Expected:
    """Return the expectation of a single annotation."""
    return ((category, values),)


DENIED = {"polarity": "denied"}
AFFIRMED = {"polarity": "affirmed"}

SENTENCES: list[tuple[str, Expected]] = [
    # Collection.
    (
        "Acme collects your name, email address and phone number when you register.",
        one("collection", data_types=["contact"], sources=["user_provided"], **AFFIRMED),
    ),
    (
        "When you visit our website, our servers automatically record your IP address, browser "
        "type and the pages you view.",
        one(
            "collection",
            data_types=["online_identifier", "device", "usage"],
            sources=["automatic"],
        ),
    ),
    (
        "We do not collect sensitive personal information.",
        one("collection", data_types=["special_category"], **DENIED),
    ),
    (
        "Your location may be collected through GPS.",
        one("collection", data_types=["location"], sources=["unspecified"]),
    ),
    (
        "We receive information about you from data brokers and other third parties.",
        one("collection", data_types=["generic"], sources=["third_party"]),
    ),
    (
        "We may require access to your camera, contacts and photo library.",
        one("collection"),
    ),
    (
        "We collect your date of birth and gender to personalise your experience.",
        one("collection", data_types=["demographic"])
        + one("use", purposes=["personalization"], data_types=["demographic"]),
    ),
    (
        "With your consent, we collect your precise location.",
        one("collection", data_types=["location"]) + one("choice", choices=["opt_in"]),
    ),
    # Use.
    (
        "We use your personal information to process your orders and to send you marketing emails.",
        one(
            "use",
            purposes=["payment", "service_communication", "marketing"],
            data_types=["generic"],
        ),
    ),
    (
        "Your data is used to improve our products and to prevent fraud.",
        one("use", purposes=["improvement", "security_fraud"], **AFFIRMED),
    ),
    (
        "We will never use your health data for advertising.",
        one("use", purposes=["advertising"], data_types=["special_category"], **DENIED),
    ),
    (
        "We process your payment information in order to complete your purchase.",
        one("use", purposes=["payment"], data_types=["financial"]),
    ),
    ("This helps us to improve the quality of our services.", one("use", purposes=["improvement"])),
    (
        "We combine the information you provide with data from other sources.",
        one("use", data_types=["generic"]),
    ),
    # Sharing.
    (
        "We share your personal data with our affiliates, service providers and business partners.",
        one(
            "sharing",
            recipients=["affiliate", "service_provider", "business_partner"],
            mode="disclose",
            **AFFIRMED,
        ),
    ),
    (
        "The Company may disclose aggregated data to advertisers.",
        one("sharing", recipients=["advertising_partner"], data_types=["aggregate"]),
    ),
    (
        "We may disclose your information to law enforcement if required by law.",
        one("sharing", recipients=["authority"], purposes=["legal_compliance"]),
    ),
    (
        "We do not sell or rent your personal information to third parties.",
        one("sharing", mode="sell", recipients=["third_party"], **DENIED),
    ),
    (
        "Your personal data is not shared with, sold or rented to third parties.",
        one("sharing", mode="sell", **DENIED) + one("sharing", mode="disclose", **DENIED),
    ),
    (
        "We do not share your personal information with third parties without your consent.",
        one("sharing", mode="disclose", consent_required=True, **AFFIRMED),
    ),
    (
        "If we are involved in a merger, acquisition or sale of assets, your information may be "
        "transferred to the acquirer.",
        one(
            "sharing",
            recipients=["acquirer"],
            purposes=["corporate_transaction"],
            mode="disclose",
        ),
    ),
    (
        "We use Stripe to process payments.",
        one("sharing", recipients=["payment_processor"], purposes=["payment"]),
    ),
    (
        "We use Google Analytics to understand how visitors use our site.",
        one("sharing", recipients=["analytics_provider"], purposes=["analytics"]),
    ),
    (
        "Third-party advertisers may collect information about your online activities over time.",
        one("sharing", mode="third_party_collects", recipients=["advertising_partner"]),
    ),
    (
        "Information is collected by our partners when you use the app.",
        one("sharing", mode="third_party_collects", recipients=["business_partner"]),
    ),
    (
        "Comments you post in our forums are visible to the public.",
        one("sharing", recipients=["public"], data_types=["user_content"]),
    ),
    (
        "In the past 12 months we have not sold personal information.",
        one("sharing", mode="sell", **DENIED),
    ),
    (
        "We host our data with Amazon Web Services.",
        one("sharing", recipients=["service_provider"], purposes=["service_provision"]),
    ),
    # Tracking.
    (
        "We use cookies to remember your preferences and to analyse traffic.",
        one(
            "tracking",
            technologies=["cookie"],
            purposes=["personalization", "analytics"],
            party="first",
        ),
    ),
    (
        "We use cookies and web beacons.",
        one("tracking", technologies=["cookie", "pixel_beacon"], purposes=["unspecified"]),
    ),
    ("Our partners may place cookies on your device.", one("tracking", party="third")),
    ("This site does not use cookies.", one("tracking", party="first", **DENIED)),
    # Choice.
    (
        "You can set your browser to refuse all cookies.",
        one("choice", choices=["cookie_control"], mechanisms=["browser_settings"]),
    ),
    (
        "You may opt out of interest-based advertising by visiting www.aboutads.info.",
        one("choice", choices=["opt_out_advertising"], mechanisms=["opt_out_page"]),
    ),
    (
        "If you do not provide this information, we may not be able to offer you our services.",
        one("choice", choices=["decline_to_provide"], mechanisms=[]),
    ),
    (
        "Reply STOP to any text message to opt out.",
        one("choice", choices=["opt_out_messages"], mechanisms=["message_keyword"]),
    ),
    (
        "If you disable cookies, some parts of this website may not function properly.",
        one("choice", choices=["cookie_control"], mechanisms=[]),
    ),
    (
        "By providing your phone number, you agree to receive text messages from us.",
        one("choice", choices=["opt_in", "opt_out_messages"]),
    ),
    # Rights.
    (
        "You have the right to access, correct and delete your personal data.",
        one("right", rights=["access", "rectification", "erasure"], aspect="granted"),
    ),
    (
        "To exercise your rights, email us at privacy@acme.com.",
        one("right", rights=["generic"], aspect="procedure", mechanisms=["email"]),
    ),
    (
        "We may charge a reasonable fee if your request is excessive.",
        one("right", aspect="limitation"),
    ),
    (
        "You have the right to lodge a complaint with a supervisory authority.",
        one("right", rights=["complaint"], aspect="granted"),
    ),
    ("You may withdraw your consent at any time.", one("right", rights=["withdraw_consent"])),
    (
        "We do not make decisions based solely on automated processing.",
        one("right", rights=["no_automated_decision"]),
    ),
    (
        "We endeavor to respond to a verifiable consumer request within forty-five (45) days.",
        one("right", aspect="procedure"),
    ),
    (
        "You can delete your account in the settings.",
        one("right", rights=["erasure"], mechanisms=["account_settings"]),
    ),
    ("We will delete your data upon request.", one("right", rights=["erasure"])),
    (
        "You may complain to the Office of the Information Commissioner.",
        one("right", rights=["complaint"]),
    ),
    # Retention.
    (
        "We retain your personal data for as long as necessary to fulfil the purposes for which it "
        "was collected.",
        one("retention", periods=["as_needed"], duration=None, data_types=["generic"]),
    ),
    (
        "Log files are deleted after 30 days.",
        one("retention", periods=["stated"], duration="P30D", data_types=["usage"]),
    ),
    (
        "We keep billing records for seven (7) years.",
        one("retention", periods=["stated"], duration="P7Y", data_types=["financial"]),
    ),
    ("We may keep anonymised data indefinitely.", one("retention", periods=["indefinite"])),
    # Security.
    (
        "We use SSL encryption to protect your data in transit.",
        one("security", measures=["encryption_in_transit"]),
    ),
    (
        "We take reasonable technical and organisational measures to protect your information.",
        one("security", measures=["generic"]),
    ),
    (
        "No method of transmission over the Internet is 100% secure.",
        one("security", measures=["no_guarantee"]),
    ),
    (
        "Access to personal data is limited to employees who need to know.",
        one("security", measures=["access_control"]),
    ),
    (
        "Our service providers are contractually obligated to keep your information confidential.",
        one("security", measures=["contractual"]),
    ),
    (
        "We do not allow our third-party service providers to use your personal data for their own "
        "purposes.",
        one("security", measures=["contractual"]),
    ),
    ("We are SOC 2 and ISO 27001 certified.", one("security", measures=["certification"])),
    (
        "We will notify you in the event of a data breach.",
        one("security", measures=["incident_response"]),
    ),
    # Transfer.
    (
        "Your data may be transferred to and processed in the United States.",
        one("transfer", destinations=["US"], safeguards=["none_stated"], **AFFIRMED),
    ),
    (
        "We rely on standard contractual clauses for transfers outside the EEA.",
        one("transfer", safeguards=["standard_contractual_clauses"], destinations=["various"]),
    ),
    (
        "We do not transfer your data outside the European Union.",
        one("transfer", safeguards=[], **DENIED),
    ),
    (
        "Some personal information may be disclosed to recipients located overseas, including in "
        "India and the Philippines.",
        one("transfer", destinations=["IN", "PH", "various"]),
    ),
    # Special groups.
    (
        "Our services are not directed to children under 13.",
        one("audience", audience="children", provisions=["not_directed"], minimum_age=13),
    ),
    (
        "We do not knowingly collect personal information from children under the age of 16.",
        one("audience", audience="children", provisions=["no_knowing_collection"], minimum_age=16),
    ),
    (
        "If we learn that we have collected information from a child, we will delete it.",
        one("audience", audience="children", provisions=["deletion_on_discovery"]),
    ),
    (
        "California residents have the right to opt out of the sale of their personal information.",
        one("right", rights=["opt_out_sale"]) + one("audience", audience="california"),
    ),
    # Signals.
    (
        "We do not respond to Do Not Track signals.",
        one("do_not_track", signal="dnt", response="ignored"),
    ),
    (
        "We honor Global Privacy Control signals.",
        one("do_not_track", signal="gpc", response="honoured"),
    ),
    # The policy.
    (
        "We may update this privacy policy from time to time.",
        one("policy_change", notices=["unspecified"], continued_use_accepts=False),
    ),
    (
        "We will notify you by email 30 days before material changes take effect.",
        one("policy_change", notices=["email", "advance_notice"], advance_days=30),
    ),
    (
        "Your continued use of the services after changes means that you accept them.",
        one("policy_change", continued_use_accepts=True),
    ),
    (
        "The most current version of the policy will be posted on this page.",
        one("policy_change", notices=["posted"]),
    ),
    (
        "We reserve the right to change this policy at any time without notice.",
        one("policy_change", notices=["unspecified"]),
    ),
    (
        "By using our website, you consent to the collection and use of your information.",
        one("legal_basis", bases=["consent"]),
    ),
    (
        "By submitting your personal data, you agree to this transfer, storing or processing.",
        one("legal_basis", bases=["consent"]) + one("transfer", safeguards=["consent"]),
    ),
    (
        "Our lawful basis for processing is Article 6(1)(f) GDPR.",
        one("legal_basis", bases=["legitimate_interests"]),
    ),
    (
        "The processing is necessary for the performance of a contract with you.",
        one("legal_basis", bases=["contract"]),
    ),
    (
        "Acme Ltd is the data controller of your personal data.",
        one("role", roles=["controller"], party="company"),
    ),
    (
        "We act as a data processor on behalf of our customers.",
        one("role", roles=["processor"], party="company"),
    ),
    (
        "You can reach our Data Protection Officer at dpo@acme.com.",
        one("contact", value="dpo@acme.com", officer="data_protection_officer"),
    ),
    (
        "If you have questions, write to us at privacy@acme.com or call +1 555 123 4567.",
        one("contact", value="privacy@acme.com") + one("contact", value="+1 555 123 4567"),
    ),
    ("Email: [email protected]", one("contact", channels=["email"], value=None)),
    ("Effective date: May 25, 2018", one("policy_date", kind="effective", date="2018-05-25")),
    (
        "This policy was last updated on 12 March 2021.",
        one("policy_date", kind="last_updated", date="2021-03-12"),
    ),
    # What states nothing.
    ("Cookies are small text files stored on your device.", NONE),
    ("This Privacy Policy explains how we collect and use your data.", NONE),
    ("We are not responsible for the privacy practices of other websites.", NONE),
    ("You are responsible for keeping your password confidential.", NONE),
    ("Your privacy is important to us.", NONE),
    ("Personal data means any information relating to an identified person.", NONE),
    ("Please do not send us sensitive information.", NONE),
    ("Message and data rates may apply.", NONE),
    ("If you have any questions about this policy, please contact us.", NONE),
    (
        "Our site includes links to other websites whose privacy practices may differ from ours.",
        NONE,
    ),
]

# A list, and for each of its items what it has.
LISTS: list[tuple[str, list[Expected]]] = [
    (
        "We collect the following categories of personal data:\n\n"
        "- name and e-mail address\n- cookies and IP addresses\n- payment card numbers\n",
        [
            one("collection", data_types=["contact"]),
            one("collection", data_types=["online_identifier"]),
            one("collection", data_types=["financial"]),
        ],
    ),
    (
        "We use your information to:\n\n"
        "- provide and maintain our services;\n- send you newsletters;\n- detect fraud.\n",
        [
            one("use", purposes=["service_provision"], data_types=["generic"]),
            one("use", purposes=["service_communication", "marketing"], data_types=["generic"]),
            one("use", purposes=["security_fraud"], data_types=["generic"]),
        ],
    ),
    (
        "We never share your personal information with:\n\n- advertisers\n- data brokers\n",
        [
            one("sharing", recipients=["advertising_partner"], **DENIED),
            one("sharing", recipients=["third_party"], **DENIED),
        ],
    ),
    (
        "You have the right to:\n\n- have inaccurate data corrected;\n- data portability.\n",
        [
            one("right", rights=["rectification"], aspect="granted"),
            one("right", rights=["portability"], aspect="granted"),
        ],
    ),
    (
        "We protect your data by:\n\n- two-factor authentication;\n- regular penetration tests.\n",
        [
            one("security", measures=["authentication"]),
            one("security", measures=["audit_testing"]),
        ],
    ),
    (
        "# Who we share it with\n\n- our affiliates\n- a buyer of our business\n",
        [
            one("sharing", recipients=["affiliate"]),
            one("sharing", recipients=["acquirer"]),
        ],
    ),
    (
        "# Contact us\n\n- E-mail: info@acme.com\n- Phone: +49 30 1234567\n",
        [
            one("contact", channels=["email"], value="info@acme.com", officer="company"),
            one("contact", channels=["phone"], value="+49 30 1234567"),
        ],
    ),
]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load(LEXICON, SCHEMA)


def annotated(lexicon: Lexicon, text: str) -> list[dict[str, Any]]:
    """Return the annotations of a text, each of which the schema accepts."""
    segmentation = segment(text)
    items = [item for part in chunk(segmentation) for item in lexicon.annotate(part, segmentation)]
    for item in items:
        SCHEMA.parse({name: value for name, value in item.items() if name != "quote"})
    return items


def check(found: list[dict[str, Any]], expected: Expected) -> None:
    assert sorted(item["category"] for item in found) == sorted(tag for tag, _ in expected)
    for tag, values in expected:
        assert any(
            item["category"] == tag and all(item[name] == value for name, value in values.items())
            for item in found
        ), (tag, values, found)


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_has_these_annotations(lexicon: Lexicon, text: str, expected: Expected) -> None:
    check(annotated(lexicon, text), expected)


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[text[:40] for text, _ in LISTS])
def test_items_take_from_their_stem_what_they_do_not_say(
    lexicon: Lexicon, text: str, expected: list[Expected]
) -> None:
    found = annotated(lexicon, text)
    segmentation = segment(text)
    items = [segmentation.quote(unit) for unit in segmentation.units if unit.kind == "item"]
    assert len(items) == len(expected)
    for quote, wanted in zip(items, expected, strict=True):
        check([item for item in found if item["quote"] == quote], wanted)


def test_a_condition_lifts_a_negation_unless_it_is_the_law(lexicon: Lexicon) -> None:
    (lifted,) = annotated(lexicon, "We will not share your data unless you agree.")
    assert (lifted["polarity"], lifted["consent_required"]) == ("affirmed", True)
    (kept,) = annotated(lexicon, "We will not share your data unless required by law.")
    assert (kept["polarity"], kept["consent_required"]) == ("denied", False)


def test_every_category_has_cues(lexicon: Lexicon) -> None:
    assert set(lexicon.rules) == set(SCHEMA.categories)
