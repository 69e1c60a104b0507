"""The cues of the lexicon for what is done with data, on sentences of its own."""

from __future__ import annotations

import pytest

from tests.support.policy_lexicon import (
    AFFIRMED,
    DENIED,
    Expected,
    annotated,
    check,
    one,
)

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
]


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_has_these_annotations(text: str, expected: Expected) -> None:
    check(annotated(text), expected)
