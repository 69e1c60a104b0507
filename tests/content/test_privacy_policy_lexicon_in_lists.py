"""The lexicon on lists and conditions: what items take from their stem, what lifts a negation."""

from __future__ import annotations

import pytest

from annotate.documents.segmentation import segment
from schemas.privacy_policy import SCHEMA
from tests.support.policy_lexicon import (
    DENIED,
    Expected,
    annotated,
    check,
    lexicon,
    one,
)

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


@pytest.mark.parametrize(("text", "expected"), LISTS, ids=[text[:40] for text, _ in LISTS])
def test_items_take_from_their_stem_what_they_do_not_say(
    text: str, expected: list[Expected]
) -> None:
    found = annotated(text)
    segmentation = segment(text)
    items = [segmentation.quote(unit) for unit in segmentation.units if unit.kind == "item"]
    assert len(items) == len(expected)
    for quote, wanted in zip(items, expected, strict=True):
        check([item for item in found if item["quote"] == quote], wanted)


def test_a_condition_lifts_a_negation_unless_it_is_the_law() -> None:
    (lifted,) = annotated("We will not share your data unless you agree.")
    assert (lifted["polarity"], lifted["consent_required"]) == ("affirmed", True)
    (kept,) = annotated("We will not share your data unless required by law.")
    assert (kept["polarity"], kept["consent_required"]) == ("denied", False)


def test_every_category_has_cues() -> None:
    assert set(lexicon().rules) == set(SCHEMA.categories)
