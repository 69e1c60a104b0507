"""The cues of the lexicon for rights, safeguards and the policy itself, on sentences of its own."""

from __future__ import annotations

import pytest

from tests.support.policy_lexicon import (
    AFFIRMED,
    DENIED,
    NONE,
    Expected,
    annotated,
    check,
    one,
)

SENTENCES: list[tuple[str, Expected]] = [
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


@pytest.mark.parametrize(("text", "expected"), SENTENCES, ids=[text for text, _ in SENTENCES])
def test_a_sentence_has_these_annotations(text: str, expected: Expected) -> None:
    check(annotated(text), expected)
