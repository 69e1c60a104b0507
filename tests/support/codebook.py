"""What the codebook of privacy policies says: categories, attributes, values and their words."""

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
