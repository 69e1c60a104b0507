"""What a privacy policy states: 16 categories, their attributes and the values these can take.

Every definition stands here once, with its tie-breaks: the JSON schema, the prompt and the checks
are generated from it, and annotators read the same words. What concerns no single category (what a
span is, what an item takes from its stem, what is never annotated) belongs to the prompt. A rule
that lies between categories stands in each of them, word for word, so that a prompt can say it
once.

The categories follow OPP-115 (Wilson et al., ACL 2016), widened with what GDPR Art. 13/14 and US
state law made policies say since; `counterparts` gives each one's name there.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from annotate.schema import (
    Age,
    Alone,
    AtLeastOne,
    Category,
    Country,
    Date,
    Duration,
    Schema,
    Several,
    Values,
)

# Value sets that several categories share.


class Polarity(Values):
    """Whether the company says that it does a thing, or that it does not."""

    AFFIRMED = (
        "affirmed",
        'The company does it or may do it. "No X unless Y" and "not without Y" are affirmed X with '
        "the condition Y (a safeguard, consent).",
    )
    DENIED = (
        "denied",
        "An act of its own that the company says it does not do; "
        '"unless required by law" leaves it denied.',
    )


class DataType(Values):
    """Kinds of data about people. A catch-all tail ("and other information") adds nothing."""

    CONTACT = "contact", "Names, e-mail addresses, phone numbers, postal addresses and their parts."
    ACCOUNT = "account", "User names, credentials, account numbers, sign-in tokens."
    GOVERNMENT_ID = (
        "government_id",
        "Identity documents, tax numbers and other official identifiers.",
    )
    PROFESSIONAL = "professional", "Job title, employer, department."
    FINANCIAL = "financial", "Card, bank and billing data."
    TRANSACTION = "transaction", "Orders, invoices, plans, service history."
    DEMOGRAPHIC = "demographic", "Age, gender, household and similar facts."
    SPECIAL_CATEGORY = (
        "special_category",
        'Health, biometric data, religion, union membership, ethnicity; data called "sensitive".',
    )
    LOCATION = "location", "Where a person or a device is, precisely or roughly."
    ONLINE_IDENTIFIER = (
        "online_identifier",
        "IP and MAC addresses, device, advertising and cookie identifiers; cookies listed as data.",
    )
    DEVICE = "device", "Browser, operating system, hardware, connection."
    USAGE = (
        "usage",
        "Pages, clicks, access times, logs of use, diagnostics; "
        'a bare "metadata" or "system data".',
    )
    COMMUNICATION = (
        "communication",
        "Tickets, e-mails, chats, calls and surveys with the company itself.",
    )
    USER_CONTENT = (
        "user_content",
        "What people store in the service or send through it, recordings included. A defined term "
        'is this only where words beside it say so ("Customer Data uploaded to our Services").',
    )
    TELECOM_METADATA = "telecom_metadata", "Call and message records, routing, porting."
    SECURITY = "security", "Authentication logs, audit trails, fraud signals."
    CONFIGURATION = "configuration", "Technical settings."
    SOCIAL_MEDIA = "social_media", "Social media accounts, profiles and what comes from them."
    PREFERENCE = "preference", "Settings, language, profile picture, consent status."
    INFERRED = "inferred", "Conclusions about people, drawn from other data."
    AGGREGATE = "aggregate", "Aggregated or de-identified data."
    PUBLIC = "public", "Data from public sources."
    GENERIC = (
        "generic",
        'A bare "data", "information" or "personal data", or a defined term for it such as '
        '"Customer Data", in the span or its stem. Stands alone.',
        Alone(),
    )
    OTHER = "other", "A specific kind of data that no other value covers."


class Purpose(Values):
    """What data, a disclosure or a technology is for."""

    SERVICE_PROVISION = (
        "service_provision",
        "To provide, operate, maintain, deliver or provision the service; interactive features, "
        "technical issues, customers' dashboards.",
    )
    ACCOUNT_MANAGEMENT = (
        "account_management",
        "To create and administer accounts; sign-in, sessions.",
    )
    PAYMENT = "payment", "Billing, orders, collections."
    SUPPORT = "support", "Requests, tickets, troubleshooting."
    SERVICE_COMMUNICATION = (
        "service_communication",
        "Notices, updates, alerts, confirmations, administrative and support messages: "
        "kinds of message, whatever their topic.",
    )
    MARKETING = (
        "marketing",
        "Promotions, newsletters, loyalty, the company's own advertising of its services.",
    )
    ADVERTISING = (
        "advertising",
        "Targeted or third-party ads, ads placed through networks, ad measurement.",
    )
    PERSONALIZATION = "personalization", "Tailoring, remembered preferences."
    ANALYTICS = "analytics", "Usage and trends, statistics, research, surveys."
    IMPROVEMENT = "improvement", "To develop, enhance or debug; performance, capacity."
    SECURITY_FRAUD = (
        "security_fraud",
        "Security, fraud, abuse, wrongdoing, spam, identity verification, safety of people.",
    )
    LEGAL_COMPLIANCE = "legal_compliance", "Laws, legal process, regulators, tax."
    ENFORCEMENT = ("enforcement", "Terms, policies, rights, property, claims, liability, disputes.")
    BUSINESS_OPERATIONS = (
        "business_operations",
        "Records, planning, training, audits, administration.",
    )
    RECRUITMENT = "recruitment", "Job applications and hiring."
    CORPORATE_TRANSACTION = (
        "corporate_transaction",
        "A merger, a sale of the business or of its assets, and the like.",
    )
    OTHER = "other", "A stated purpose that no other value covers."
    UNSPECIFIED = (
        "unspecified",
        'No purpose is stated; "various purposes", "legitimate business or legal purposes" and '
        '"as described in this notice" state none, in a stem either. Stands alone.',
        Alone(),
    )


class Mechanism(Values):
    """Ways to make a choice or to exercise a right."""

    EMAIL = "email", "An e-mail address, or writing an e-mail."
    PHONE = "phone", "A phone number, or a call."
    POSTAL = "postal", "A letter to a postal address."
    WEB_FORM = "web_form", "A form on a web page or in a portal."
    ACCOUNT_SETTINGS = "account_settings", "Settings or controls in one's account or the service."
    BROWSER_SETTINGS = "browser_settings", "Settings or add-ons of the browser."
    DEVICE_SETTINGS = "device_settings", "Settings of the phone or another device."
    OPT_OUT_PAGE = (
        "opt_out_page",
        "A page or link made for opting out, an unsubscribe link among them.",
    )
    MESSAGE_KEYWORD = "message_keyword", "A word sent in reply to a message: STOP, START."
    SUPPORT_TICKET = "support_ticket", "A request to support."
    PRIVACY_SIGNAL = (
        "privacy_signal",
        "A signal of the browser, such as Global Privacy Control (GPC); "
        "then `do_not_track` is annotated as well.",
    )
    CONTACT_UNSPECIFIED = "contact_unspecified", '"Contact us", without a channel.'
    OTHER = "other", "Another way that the text mentions."


# What is done with data.


class Source(Values):
    """Where data comes from: only what the words say, never a guess from the kind of data."""

    USER_PROVIDED = "user_provided", "The people themselves give it: they enter, submit or send it."
    AUTOMATIC = "automatic", "It is recorded while the service is used or a site is visited."
    THIRD_PARTY = "third_party", "Somebody else gives it, another user included."
    INFERRED = "inferred", "The company draws it from other data."
    UNSPECIFIED = (
        "unspecified",
        'No source is stated; "through your interactions" states none. Stands alone.',
        Alone(),
    )


class Collection(Category):
    """The company collects, receives or generates data about people.

    - "We collect X to do Y" is `collection` and `use`. So is each purpose in a list under a
      collecting stem ("we collect X only for:").
    - Cookies, logs or pixels named as a means are `tracking`, and their purposes are not repeated
      as `use`. They are `collection` as well only where a collecting verb has a specific data type
      as its object, or in an item under a collection stem. Cookies in a list of data are
      `collection` {online_identifier} alone.
    - "(with your consent)" on a collection, use or cookie adds `choice` {opt_in} to it;
      `legal_basis` {consent} only where consent is called the ground.
    - Deemed agreement ("by using the service you agree to the collection…") is `legal_basis`
      {consent}: alone, unless it spells out an act with its own data, recipient or purpose ("you
      agree that we may share your number with carriers"), which is annotated as well; a transfer
      always is, as `transfer` {consent}. Agreement to receive messages is `choice` {opt_in}.
    - A sentence about children is `audience` alone: not also denied `collection`, `retention` or
      `right`.
    - An instruction what not to submit is not annotated.
    """

    category: Literal["collection"] = "collection"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "First Party Collection/Use"}

    data_types: Several[DataType]
    """The kinds of data collected; empty where none is named."""

    sources: AtLeastOne[Source]
    """Where the data comes from, so far as the words say it."""

    polarity: Polarity
    """Whether the company collects the data or says that it does not."""


class Use(Category):
    """The company uses or processes data for a purpose of its own processing.

    - The purpose of a disclosure belongs to `sharing`, that of a cookie to `tracking`; neither is
      repeated as `use`. A sentence that states both kinds of purpose carries both categories.
    - "We collect X to do Y" is `collection` and `use`. So is each purpose in a list under a
      collecting stem ("we collect X only for:").
    - "Process" or "host" as part of the service is `use`.
    - A purpose that merely identifies data ("data collected for billing"), that is the person's
      own, or that is an aside to a legal basis or a role, is not annotated.
    - That messages come whatever people choose ("service messages cannot be declined") is `choice`
      alone, with empty `mechanisms`; that messages are sent, with no choice in sight, is `use`
      alone.
    - "Preserve and disclose" is `sharing` alone.
    - "(with your consent)" on a collection, use or cookie adds `choice` {opt_in} to it;
      `legal_basis` {consent} only where consent is called the ground.
    """

    category: Literal["use"] = "use"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "First Party Collection/Use"}

    purposes: AtLeastOne[Purpose]
    """What the company uses the data for."""

    data_types: Several[DataType]
    """The kinds of data used, from the object of the verb and not from the purpose; empty where
    none is named."""

    polarity: Polarity
    """Whether the company uses the data so or says that it does not."""


class Recipient(Values):
    """Who gets or collects the data.

    Take every value that the words support: an analytics vendor called a service provider is both.
    """

    AFFILIATE = "affiliate", "Companies of the same group: affiliates, subsidiaries, parents."
    SERVICE_PROVIDER = (
        "service_provider",
        "Vendors that work for the company, with the contractors and agents named beside them.",
    )
    PAYMENT_PROCESSOR = "payment_processor", "Those who handle payments or check cards."
    TELECOM_CARRIER = "telecom_carrier", "Phone and network operators that carry calls or messages."
    ADVERTISING_PARTNER = "advertising_partner", "Advertisers, ad networks, ad exchanges."
    ANALYTICS_PROVIDER = "analytics_provider", "Those who measure or analyse use."
    BUSINESS_PARTNER = "business_partner", "Partners, resellers, sponsors, joint offers."
    PROFESSIONAL_ADVISER = "professional_adviser", "Lawyers, auditors, accountants, insurers."
    PERSONNEL = (
        "personnel",
        "Its own staff; contractors and agents named with vendors are `service_provider`.",
    )
    AUTHORITY = (
        "authority",
        "Courts, police, regulators, government: named in the span, its stem or heading, "
        "or where law or legal process requires the disclosure.",
    )
    ACQUIRER = "acquirer", "A buyer or successor, named or implied by a merger or sale."
    OTHER_USER = "other_user", "Other users of the service."
    PUBLIC = "public", "Everybody; what people post publicly goes here."
    LICENSOR = "licensor", "Those whose software, content or rights the service is licensed to use."
    CUSTOMER = "customer", "The organisation that holds the account."
    THIRD_PARTY = (
        "third_party",
        "Others, or nobody named; a named service that is called only third-party or integrated. "
        'Beside a specific value only where third parties are recipients of their own ("any third '
        'party or affiliate"): not as the kind of what is named ("third-party vendors", "third '
        'parties who host"), and not as a tail ("and other third parties").',
    )


class SharingMode(Values):
    """How others come by the data."""

    DISCLOSE = "disclose", "In any other way; also where a vendor is engaged or data is posted."
    SELL = "sell", 'The word is sale or rent. "We do not sell" is `sell`, denied.'
    THIRD_PARTY_COLLECTS = (
        "third_party_collects",
        "The third party itself collects, tracks or monitors in the service.",
    )


class Sharing(Category):
    """Data goes to others, others collect it in the service, or a vendor is engaged for work on it.

    "Goes" means that data is disclosed, sold or transferred.

    - The purpose of a disclosure belongs to `sharing`, that of a cookie to `tracking`; neither is
      repeated as `use`. A sentence that states both kinds of purpose carries both categories.
    - "Preserve and disclose" is `sharing` alone.
    - A limit put on a recipient ("may use it only for…", "contractually bound") is `security`
      {contractual}, never denied `sharing`. It is `sharing` as well only where the sentence also
      says that data goes there or a vendor is engaged.
    - A vendor or integration listed as used by the service is `sharing`, even with no data named.
    - What people post publicly is `sharing` {public}, `disclose`, {user_content}.
    - Verbs of sharing and of sale side by side ("not shared with, sold or rented to") make one
      annotation a mode.
    - What a third party does with data from this service is `sharing`; what it does elsewhere
      ("their policies apply") is not annotated.
    - Deemed agreement ("by using the service you agree to the collection…") is `legal_basis`
      {consent}: alone, unless it spells out an act with its own data, recipient or purpose ("you
      agree that we may share your number with carriers"), which is annotated as well; a transfer
      always is, as `transfer` {consent}. Agreement to receive messages is `choice` {opt_in}.
    """

    category: Literal["sharing"] = "sharing"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Third Party Sharing/Collection"}

    recipients: AtLeastOne[Recipient]
    """Who gets or collects the data: every value that the words support."""

    purposes: AtLeastOne[Purpose]
    """What the disclosure, sale or third-party collection is for."""

    data_types: Several[DataType]
    """The kinds of data that others get or collect; empty where none is named."""

    mode: SharingMode
    """How the others come by the data."""

    consent_required: bool = False
    """True only where consent is the condition: "not without your consent", "only if you agree"."""

    polarity: Polarity
    """Whether it happens, or the company says that it does not do it."""

    @model_validator(mode="after")
    def _a_condition_is_affirmed(self) -> Self:
        if self.consent_required and self.polarity is Polarity.DENIED:
            raise ValueError(
                'consent_required is true beside polarity denied: "not without your consent" is '
                "polarity affirmed with consent_required true; where nothing is shared even with "
                "consent, keep denied and set consent_required to false"
            )
        return self


class Technology(Values):
    """Means of tracking. "Similar technologies" adds nothing to a named one."""

    COOKIE = "cookie", "Cookies of any kind."
    PIXEL_BEACON = "pixel_beacon", "Pixels, tags, web beacons, clear GIFs."
    LOCAL_STORAGE = (
        "local_storage",
        "Storage in the browser or app, such as HTML5 or Flash objects.",
    )
    SDK = "sdk", "Software development kits in apps."
    SERVER_LOG = "server_log", "Log files of servers."
    DEVICE_FINGERPRINT = "device_fingerprint", "Recognising a device by its properties."
    OTHER = "other", "Another named means, scripts included."
    UNSPECIFIED = "unspecified", "Tracking without a named means. Stands alone.", Alone()


class TrackingParty(Values):
    """Whose technology it is, by the agent that the sentence names."""

    FIRST = "first", 'The company: "we use".'
    THIRD = "third", 'A named other or a "third-party" agent.'
    BOTH = "both", "The company and others."
    UNSPECIFIED = "unspecified", "No agent is stated."


class Tracking(Category):
    """Cookies or similar technologies are used.

    - Cookies, logs or pixels named as a means are `tracking`, and their purposes are not repeated
      as `use`. They are `collection` as well only where a collecting verb has a specific data type
      as its object, or in an item under a collection stem. Cookies in a list of data are
      `collection` {online_identifier} alone.
    - An explanation of a technology ("Cookies are small files stored on your device") is not
      annotated, unless it says what the company learns or does with it.
    - How long a cookie lives is no `retention`.
    - "(with your consent)" on a collection, use or cookie adds `choice` {opt_in} to it;
      `legal_basis` {consent} only where consent is called the ground.
    """

    category: Literal["tracking"] = "tracking"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "First Party Collection/Use"}

    technologies: AtLeastOne[Technology]
    """The means that are named. Tags and web beacons are `pixel_beacon`, scripts are `other`."""

    purposes: AtLeastOne[Purpose]
    """What the technologies are used for."""

    party: TrackingParty
    """Who uses the technologies."""

    polarity: Polarity
    """Whether they are used, or the company says that it does not use them."""


# What people can do.


class Option(Values):
    """What people can decide."""

    OPT_IN = (
        "opt_in",
        'Their consent comes first: "(with your consent)" on a collection, use or cookie; '
        "agreement to receive messages, deemed agreement included.",
    )
    OPT_OUT_MARKETING = "opt_out_marketing", "To stop promotional messages or use for marketing."
    OPT_OUT_MESSAGES = "opt_out_messages", "To stop messages, not only promotional ones."
    OPT_OUT_ADVERTISING = (
        "opt_out_advertising",
        'To refuse interest-based, "targeted" or "cross-context" advertising.',
    )
    OPT_OUT_TRACKING = "opt_out_tracking", "To refuse tracking or analytics."
    OPT_OUT_SALE = "opt_out_sale", 'To refuse the sale of data; "sale or sharing" too.'
    COOKIE_CONTROL = "cookie_control", "To refuse, delete or manage cookies."
    COMMUNICATION_PREFERENCES = (
        "communication_preferences",
        "To choose which messages come, or how.",
    )
    DECLINE_TO_PROVIDE = "decline_to_provide", "Not to give data."
    OTHER = "other", "Another decision that the text offers."


class Choice(Category):
    """People can decide about collection, use or messages, outside a statutory right.

    - The sentence offers a decision to people. A choice that it only presupposes ("if you choose to
      register", "depending on your preferences") is none, and neither is a duty of theirs.
    - Access, correction, erasure and portability are `right` under any heading. So is whatever
      stands under "your rights" or is called a right, withdrawing consent included. Any other way
      to decide is `choice`.
    - What happens when a choice is refused ("some features may not work") is the same `choice` with
      empty `mechanisms`.
    - That messages come whatever people choose ("service messages cannot be declined") is `choice`
      alone, with empty `mechanisms`; that messages are sent, with no choice in sight, is `use`
      alone.
    - "(with your consent)" on a collection, use or cookie adds `choice` {opt_in} to it;
      `legal_basis` {consent} only where consent is called the ground.
    - A privacy signal as a way to opt out is `do_not_track` beside the `choice` or `right`, which
      has the mechanism `privacy_signal`.
    - Terms of a messaging programme (frequency, rates, delivery) are not annotated.
    """

    category: Literal["choice"] = "choice"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "User Choice/Control"}

    choices: AtLeastOne[Option]
    """What people can decide. A run-in label informs its own sentence only."""

    mechanisms: Several[Mechanism]
    """How they do it; empty unless a way is mentioned."""


class LegalRight(Values):
    """Rights over one's data."""

    ACCESS = "access", "To know which data is held, and to see or get it."
    RECTIFICATION = "rectification", "To have data corrected, completed or updated."
    ERASURE = "erasure", "To have data deleted; a promise to delete on request."
    PORTABILITY = "portability", "To get data in a portable form, or have it moved to another."
    RESTRICTION = "restriction", "To have processing restricted or limited."
    OBJECTION = "objection", "To object to processing."
    WITHDRAW_CONSENT = "withdraw_consent", "To withdraw consent that was given."
    OPT_OUT_SALE = "opt_out_sale", 'To refuse the sale of data; "sale or sharing" too.'
    OPT_OUT_ADVERTISING = (
        "opt_out_advertising",
        'To refuse "targeted" or "cross-context" advertising.',
    )
    OPT_OUT_PROFILING = "opt_out_profiling", "To refuse profiling."
    NO_AUTOMATED_DECISION = (
        "no_automated_decision",
        'Not to be subject to automated decisions. "We make no automated decisions" is `right` '
        "with this value alone.",
    )
    NON_DISCRIMINATION = "non_discrimination", "Not to be treated worse for exercising a right."
    APPEAL = "appeal", "To have a refused request looked at again."
    COMPLAINT = "complaint", "To complain to an authority or to the company."
    AUTHORIZED_AGENT = "authorized_agent", "To let somebody else make the request."
    GENERIC = (
        "generic",
        'Rights without a name; "these rights", "your request" too, also below a list that names '
        "them. Stands alone, or beside `authorized_agent`.",
        Alone(beside=("authorized_agent",)),
    )


class Aspect(Values):
    """What is said of the right."""

    GRANTED = "granted", "People have the right: wherever neither of the other two applies."
    PROCEDURE = (
        "procedure",
        "A means, a step, verification or a response time is stated, and no right is granted in "
        "words; an address given only to exercise a right.",
    )
    LIMITATION = (
        "limitation",
        "Refusals, fees and exceptions. A limit beside a grant is a second annotation.",
    )


class Right(Category):
    """People have a legal right over their data, how it is exercised, or its limits.

    - Access, correction, erasure and portability are `right` under any heading. So is whatever
      stands under "your rights" or is called a right, withdrawing consent included. Any other way
      to decide is `choice`.
    - Rights over other things ("all rights reserved", "protect our rights") and requests for other
      things (a brochure, support) are none.
    - A promise to delete on request is `right` {erasure}; how long data stays is `retention`; a
      sentence that says both carries both.
    - An address given only to exercise a right is `right`, aspect `procedure`, and not `contact`.
    - A privacy signal as a way to opt out is `do_not_track` beside the `choice` or `right`, which
      has the mechanism `privacy_signal`.
    - "We make no automated decisions" is `right` {no_automated_decision} alone.
    - A sentence about children is `audience` alone: not also denied `collection`, `retention` or
      `right`.
    """

    category: Literal["right"] = "right"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "User Access, Edit and Deletion"}

    rights: AtLeastOne[LegalRight]
    """Which rights. A run-in label informs its own sentence only."""

    aspect: Aspect
    """Whether the right is granted, its exercise described, or its limits."""

    mechanisms: Several[Mechanism]
    """How it is exercised; empty unless a way is mentioned."""


# How data is kept and protected, and where it goes.


class Period(Values):
    """How the time that data is kept is determined."""

    STATED = "stated", "A period or a date is given."
    AS_NEEDED = "as_needed", "As long as a purpose, the service, a contract or the law needs it."
    USER_CONFIGURED = "user_configured", "The user or customer sets it, or deletes the data."
    INDEFINITE = "indefinite", "Without an end."
    UNSPECIFIED = "unspecified", "Retention or deletion without a period. Stands alone.", Alone()


class Retention(Category):
    """How long data is kept, or when it is deleted.

    - A promise to delete on request is `right` {erasure}; how long data stays is `retention`; a
      sentence that says both carries both.
    - How long a cookie lives is no `retention`.
    - "Preserve and disclose" is `sharing` alone.
    - A sentence about children is `audience` alone: not also denied `collection`, `retention` or
      `right`.
    """

    category: Literal["retention"] = "retention"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Data Retention"}

    periods: AtLeastOne[Period]
    """How the time is determined."""

    duration: Duration | None = None
    """The period in ISO 8601, such as P90D or P7Y; null where no length is stated. Two lengths make
    two annotations."""

    data_types: Several[DataType]
    """The kinds of data kept or deleted; empty where none is named."""

    @model_validator(mode="after")
    def _a_duration_is_stated(self) -> Self:
        if self.duration is not None and Period.STATED not in self.periods:
            raise ValueError(
                f"duration is {self.duration} but periods lacks 'stated': add 'stated' (and drop "
                "'unspecified') if the text gives this period, else set duration to null"
            )
        return self


class Measure(Values):
    """Ways of protecting data."""

    ENCRYPTION_IN_TRANSIT = "encryption_in_transit", "Encryption on the way: TLS, SSL, HTTPS."
    ENCRYPTION_AT_REST = "encryption_at_rest", "Encryption of what is stored."
    ACCESS_CONTROL = "access_control", "Only those who need the data get to it."
    AUTHENTICATION = "authentication", "Passwords, multi-factor sign-in, checks of identity."
    SECURE_INFRASTRUCTURE = "secure_infrastructure", "Hosting, backup, redundancy."
    MONITORING = "monitoring", "Watching systems for attacks and faults."
    AUDIT_TESTING = "audit_testing", "Audits, assessments, penetration tests, reviews."
    TRAINING = "training", "Training of staff."
    CERTIFICATION = (
        "certification",
        'Certificates, attestations, standards: "We are SOC 2 certified, GDPR and CCPA compliant".',
    )
    POLICIES = "policies", "A security programme or named rules."
    CONTRACTUAL = (
        "contractual",
        "Vendors and staff are bound; any limit put on a recipient "
        '("may use it only for…", "contractually bound").',
    )
    INCIDENT_RESPONSE = "incident_response", "What is done about a breach, notice of it included."
    GENERIC = (
        "generic",
        'Protection without particulars, "administrative, technical and physical safeguards" '
        "included. Stands alone, or beside `no_guarantee`.",
        Alone(beside=("no_guarantee",)),
    )
    NO_GUARANTEE = (
        "no_guarantee",
        "Security cannot be guaranteed, no method is wholly safe, or a protection is said to be "
        "missing.",
    )


class Security(Category):
    """How data is protected, or that this cannot be guaranteed.

    - A limit put on a recipient ("may use it only for…", "contractually bound") is `security`
      {contractual}, never denied `sharing`. It is `sharing` as well only where the sentence also
      says that data goes there or a vendor is engaged.
    - An item that names a safeguard under a transfer stem is `transfer`; it is `security` as well
      only for measures beyond that safeguard.
    - A purpose of protecting ("to protect our rights and property") belongs to `use` or `sharing`
      and is no measure.
    - There is no polarity: a protection said to be missing ("e-mail is not encrypted") is
      {no_guarantee}.
    """

    category: Literal["security"] = "security"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Data Security"}

    measures: AtLeastOne[Measure]
    """How data is protected, with any admission that it cannot be guaranteed."""


class Safeguard(Values):
    """What makes a transfer lawful or protects the data in it."""

    STANDARD_CONTRACTUAL_CLAUSES = (
        "standard_contractual_clauses",
        "Standard contractual clauses, model clauses.",
    )
    ADEQUACY_DECISION = "adequacy_decision", "A decision that the destination protects data enough."
    DATA_PROCESSING_AGREEMENT = "data_processing_agreement", "A contract on data processing."
    PRIVACY_SHIELD = "privacy_shield", "The Privacy Shield framework."
    BINDING_CORPORATE_RULES = (
        "binding_corporate_rules",
        "Binding rules inside a group of companies.",
    )
    TECHNICAL_ORGANISATIONAL = (
        "technical_organisational",
        "Technical or organisational measures, encryption among them.",
    )
    CONSENT = "consent", "The person agrees to the transfer, deemed agreement included."
    GENERIC = "generic", '"Appropriate safeguards" without a name. Stands alone.', Alone()
    NONE_STATED = "none_stated", "The text names no safeguard. Stands alone.", Alone()


class Transfer(Category):
    """Data moves, or does not move, across borders.

    - An item that names a safeguard under a transfer stem is `transfer`; it is `security` as well
      only for measures beyond that safeguard.
    - "No transfer unless Y" is affirmed, with Y as its safeguard. A denied transfer has none.
    - Deemed agreement ("by using the service you agree to the collection…") is `legal_basis`
      {consent}: alone, unless it spells out an act with its own data, recipient or purpose ("you
      agree that we may share your number with carriers"), which is annotated as well; a transfer
      always is, as `transfer` {consent}. Agreement to receive messages is `choice` {opt_in}.
    - Remarks on other countries' laws are not annotated.
    """

    category: Literal["transfer"] = "transfer"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "International and Specific Audiences"}

    safeguards: Several[Safeguard]
    """What protects the transfer: `none_stated` where the text names nothing, empty where the
    transfer is denied."""

    destinations: Several[Country]
    """Where data moves, as ISO 3166-1 alpha-2 codes; `various` for places that are not named one by
    one ("other countries", a region); empty where no place is mentioned."""

    polarity: Polarity
    """Whether data moves, or the company says that it does not."""

    @model_validator(mode="after")
    def _safeguards_follow_polarity(self) -> Self:
        if self.polarity is Polarity.DENIED and self.safeguards:
            raise ValueError(
                "safeguards must be empty where polarity is denied: empty the set, or set polarity "
                'to affirmed where data does move ("not transferred without…" is affirmed)'
            )
        if self.polarity is Polarity.AFFIRMED and not self.safeguards:
            raise ValueError(
                "safeguards is empty where polarity is affirmed: name the safeguards that the text "
                "states, or write 'none_stated' where it names none"
            )
        return self


# Special groups and signals.


class Group(Values):
    """Whom a provision is for."""

    CHILDREN = "children", "Children, minors, people below an age."
    CALIFORNIA = "california", "People in California, or a Californian law."
    US_STATE = (
        "us_state",
        "People in other US states, or their laws. California named among other states is two "
        "annotations, `california` and `us_state`.",
    )
    EEA_UK = "eea_uk", "People in the European Economic Area or the United Kingdom, or the GDPR."
    OTHER = "other", "Another group, or the law of another place."


class Provision(Values):
    """What is provided for the group."""

    NOT_DIRECTED = "not_directed", "The service is not directed to, or not meant for, the group."
    NO_KNOWING_COLLECTION = (
        "no_knowing_collection",
        "Data of the group is not knowingly collected.",
    )
    DELETION_ON_DISCOVERY = (
        "deletion_on_discovery",
        "Such data is deleted when the company learns of it.",
    )
    REPORT_CHANNEL = "report_channel", "How parents or others can report such data."
    ADDITIONAL_RIGHTS = "additional_rights", "The group has rights of its own."
    ADDITIONAL_DISCLOSURES = (
        "additional_disclosures",
        "The group gets information or a notice of its own.",
    )


class Audience(Category):
    """A provision for a special group.

    - Only where the span itself names the group or its law and says what the company does for it;
      a bare "where GDPR applies" is none. One annotation a group.
    - A sentence about children is `audience` alone: not also denied `collection`, `retention` or
      `right`.
    """

    category: Literal["audience"] = "audience"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "International and Specific Audiences"}

    audience: Group
    """The group that the span names."""

    provisions: Several[Provision]
    """What the company does for the group; empty where none of these fits."""

    minimum_age: Age | None = None
    """The lowest age allowed, only where the number is in the span ("not for those under 13": 13);
    else null."""


class Signal(Values):
    """Which browser signal is meant."""

    DNT = "dnt", "Do Not Track."
    GPC = "gpc", "Global Privacy Control, or an opt-out signal like it."
    BOTH = "both", "Do Not Track and Global Privacy Control."


class SignalResponse(Values):
    """What the company does when it gets the signal."""

    HONOURED = "honoured", "It acts on the signal."
    CONDITIONALLY_HONOURED = (
        "conditionally_honoured",
        "It acts on the signal in some cases: for some people, places, browsers or uses.",
    )
    IGNORED = "ignored", "It does not act on the signal."
    UNSPECIFIED = "unspecified", "The signal is mentioned, the response is not."


class DoNotTrack(Category):
    """How browser privacy signals are treated.

    - A privacy signal as a way to opt out is `do_not_track` beside the `choice` or `right`, which
      has the mechanism `privacy_signal`.
    """

    category: Literal["do_not_track"] = "do_not_track"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Do Not Track"}

    signal: Signal
    """The signal that is named."""

    response: SignalResponse
    """What the company does about it."""


# The policy itself, its grounds and its parties.


class Notice(Values):
    """How people hear of a change."""

    POSTED = "posted", 'The new text is put up; "effective when posted".'
    DATE_UPDATED = "date_updated", "The date of the policy is changed."
    EMAIL = "email", "A message by e-mail."
    IN_PRODUCT = "in_product", "A notice in the service, app or account."
    PROMINENT_NOTICE = (
        "prominent_notice",
        "A notice called prominent, which is then not `in_product`.",
    )
    ADVANCE_NOTICE = "advance_notice", "Notice before the change takes effect."
    RENEWED_CONSENT = "renewed_consent", "People are asked to agree again."
    UNSPECIFIED = (
        "unspecified",
        'No way is stated: "may change this policy", "review this page periodically". '
        "Stands alone.",
        Alone(),
    )


class PolicyChange(Category):
    """How the policy changes and how people hear of it.

    - "May change this policy" and "Review this page periodically" are `policy_change`
      {unspecified}; "effective when posted" is {posted}.
    """

    category: Literal["policy_change"] = "policy_change"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Policy Change"}

    notices: AtLeastOne[Notice]
    """How people hear of it."""

    advance_days: Annotated[int, Field(ge=0)] | None = None
    """Days of notice before the change takes effect; null where no number is stated."""

    continued_use_accepts: bool = False
    """True only where going on with the service is said to accept the change."""


class Basis(Values):
    """Legal grounds."""

    CONSENT = (
        "consent",
        "Consent called the ground of processing; deemed agreement by using the service.",
    )
    CONTRACT = "contract", "A contract with the person, or steps towards one."
    LEGAL_OBLIGATION = "legal_obligation", "A duty that law lays on the company."
    LEGITIMATE_INTERESTS = "legitimate_interests", "Legitimate interests of the company or others."
    VITAL_INTERESTS = "vital_interests", "Somebody's life or safety."
    PUBLIC_INTEREST = "public_interest", "A task in the public interest."


class LegalBasis(Category):
    """The legal ground of processing, deemed agreement by use included.

    - "(with your consent)" on a collection, use or cookie adds `choice` {opt_in} to it;
      `legal_basis` {consent} only where consent is called the ground.
    - Deemed agreement ("by using the service you agree to the collection…") is `legal_basis`
      {consent}: alone, unless it spells out an act with its own data, recipient or purpose ("you
      agree that we may share your number with carriers"), which is annotated as well; a transfer
      always is, as `transfer` {consent}. Agreement to receive messages is `choice` {opt_in}.
    - A purpose that is an aside to the ground is not annotated as `use`.
    """

    category: Literal["legal_basis"] = "legal_basis"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Other"}

    bases: AtLeastOne[Basis]
    """The grounds that are named."""


class LegalRole(Values):
    """Roles in data protection law."""

    CONTROLLER = "controller", "It decides why and how data is processed."
    PROCESSOR = (
        "processor",
        'It processes for a controller; a "service provider" in the legal sense.',
    )


class RoleParty(Values):
    """Who has the role."""

    COMPANY = "company", "The company whose policy this is."
    CUSTOMER = "customer", "The organisation that holds the account."
    VENDOR = "vendor", "A supplier of the company."


class Role(Category):
    """Who is controller and who processor.

    - Only where controller, processor or service provider stands in the span as a legal term.
    - A role is annotated even where the sentence otherwise only points elsewhere. A purpose that is
      an aside to the role is not annotated as `use`.
    """

    category: Literal["role"] = "role"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Other"}

    roles: AtLeastOne[LegalRole]
    """The roles of this party; another party is another annotation."""

    party: RoleParty
    """Who has them."""


class Channel(Values):
    """Ways to reach somebody."""

    EMAIL = "email", 'An e-mail address, also a masked one: "[email protected]".'
    PHONE = "phone", "A phone or fax number."
    POSTAL = "postal", "A postal address."
    WEB = "web", "A web page, form, chat or portal."
    IN_PERSON = "in_person", "A visit."


class Officer(Values):
    """Who is reached."""

    DATA_PROTECTION_OFFICER = ("data_protection_officer", "A data protection officer or the like.")
    LEGAL = "legal", "The legal department."
    SUPPORT = "support", "Customer support."
    PRIVACY_TEAM = "privacy_team", "A privacy team or mailbox."
    COMPANY = "company", "The company in general; a general mailbox."


class Contact(Category):
    """A channel for privacy questions or requests, or for the company.

    - It needs a channel or a named officer in the unit.
    - An address given only to exercise a right is `right`, aspect `procedure`, and not `contact`.
    - The lines of a contact section are `contact`, each item whole, with its label.
    """

    category: Literal["contact"] = "contact"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Other (privacy contact information)"}

    channels: Several[Channel]
    """How to reach them; empty where only an officer is named."""

    value: str | None = None
    """The address or number as printed, with markup removed and line breaks as single spaces; null
    where there is none, and for a masked one ("[email protected]", also with a no-break space). Two
    of them make two annotations."""

    officer: Officer
    """Who is reached: `company` for a general mailbox."""


class DateKind(Values):
    """What the date says of the policy."""

    EFFECTIVE = "effective", "The policy applies from this date."
    LAST_UPDATED = "last_updated", "The policy was last changed on this date."
    ARCHIVED = "archived", "The policy was archived or replaced on this date."


class PolicyDate(Category):
    """A date of the policy itself."""

    category: Literal["policy_date"] = "policy_date"
    counterparts: ClassVar[Mapping[str, str]] = {"OPP-115": "Other"}

    kind: DateKind
    """What the date says of the policy; two kinds make two annotations."""

    date: Date
    """The date in ISO 8601, such as 2024-05-20."""


Practice = Annotated[
    Collection
    | Use
    | Sharing
    | Tracking
    | Choice
    | Right
    | Retention
    | Security
    | Transfer
    | Audience
    | DoNotTrack
    | PolicyChange
    | LegalBasis
    | Role
    | Contact
    | PolicyDate,
    Field(discriminator="category"),
]

SCHEMA = Schema(
    name="privacy_policy",
    version="1",
    practice=Practice,
    unit="sentence",
    description="What a privacy policy says that a company does with data about people, and what "
    "people can do about it.",
)
