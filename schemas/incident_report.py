"""What a report on an outage states: eight categories, their attributes and their values.

Such reports ("postmortems") are written by those who run a service, once it works again. Every
definition stands here once, with its tie-breaks: the JSON schema, the prompt and the checks are
generated from it, and annotators read the same words. What concerns no single category belongs to
the codebook, `eval/incident_report/codebook.md`, and to the prompt.
"""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from annotate.schema import (
    Alone,
    AtLeastOne,
    Category,
    Country,
    Date,
    Duration,
    Schema,
    Several,
    Time,
    Values,
)


class Polarity(Values):
    """Whether the report says that a thing was so, or that it was not."""

    AFFIRMED = "affirmed", "It was so, or may have been."
    DENIED = "denied", 'The report says that it was not so: "no data was lost".'


class Effect(Values):
    """What those who use the service notice."""

    UNAVAILABLE = (
        "unavailable",
        "The service, or a function of it, could not be reached or used at all.",
    )
    SLOW = "slow", "Answers, pages, messages or figures came late: delays and timeouts included."
    ERRORS = "errors", "Requests, payments, logins, messages or jobs failed or were refused."
    WRONG_RESULTS = (
        "wrong_results",
        "What was shown, charged or sent was wrong, incomplete, stale or double.",
    )
    DATA_LOSS = "data_loss", "Data was lost, deleted or damaged."
    EXPOSURE = "exposure", "Data was seen or taken by somebody who had no right to it."
    DEGRADED = (
        "degraded",
        "Worse service without particulars. Stands alone, or beside `data_loss`.",
        Alone(beside=("data_loss",)),
    )
    UNSPECIFIED = "unspecified", "An effect without a word on its kind. Stands alone.", Alone()


class Impact(Category):
    """Those who use the service were affected, or the report says that they were not.

    - It needs an effect that users, customers or other services notice. What only the operator sees
      (a full disk, a failing check, a rising queue) is no `impact`.
    - Affirmed and denied effects in one sentence are two annotations.
    - "Unaffected", "continued to work", "was not affected" without a kind is {unspecified}, denied;
      what is said to have kept working is denied {unavailable}.
    - A sentence that says why as well is also `cause`; one that says how many or how much is
      also `extent`; one that gives the hours of it is also `period`.
    - That the effects ended or the service works again is no `impact`: see `action`, `period`.
    - What users did, and what the operator did for them, is none: only what they met.
    """

    category: Literal["impact"] = "impact"
    counterparts: ClassVar[Mapping[str, str]] = {"postmortem template": "Impact"}

    effects: AtLeastOne[Effect]
    """What users noticed; in a denial, what they are said not to have met."""

    countries: Several[Country]
    """The countries that are named as affected, as codes of ISO 3166-1 (DE); empty where none is
    named. A city, a region or a continent names none."""

    duration: Duration | None = None
    """How long it lasted, in ISO 8601 and in the unit printed (90 minutes is PT90M); null where no
    length is stated. A delay ("three hours late") is no length, and a length is never worked out
    from two clock times."""

    customers_named: bool = False
    """True only where one customer or partner that was affected is named by its name."""

    polarity: Polarity = Polarity.AFFIRMED
    """Whether they were affected or are said not to have been."""


class Measured(Values):
    """What is counted or measured."""

    REQUESTS = "requests", "Requests, calls, page views, sign-ins, searches."
    CUSTOMERS = "customers", "Users, customers, accounts, organisations, sites, shops."
    TRANSACTIONS = "transactions", "Payments, orders, bookings, tickets, loans, invoices."
    MESSAGES = "messages", "E-mails, notifications, webhooks, jobs of a queue."
    RECORDS = "records", "Rows, files, measurements, entries, other data."
    OTHER = "other", "Anything else of users or of the service: devices, servers, regions."


class Precision(Values):
    """How exact a figure is said to be."""

    EXACT = "exact", "The figure is given without a reserve."
    APPROXIMATE = "approximate", 'With "about", "roughly", "nearly", "around", "some", "almost".'
    AT_MOST = "at_most", 'With "up to", "at most", "fewer than", "at its peak", "under".'
    AT_LEAST = "at_least", 'With "at least", "more than", "over".'


class Extent(Category):
    """A figure says how many or how much was affected.

    - It needs a number in digits or in words: a share in per cent, or a count. "Most", "a third",
      "several" and the like are none.
    - It counts what was affected by the incident: not queues, delays, capacities, attempts or sizes
      of the system, not those who reported it or were told, and not credits paid.
    - "12% of requests, about 3,400 users" has two figures of different things: two annotations.
    - A count beside the share of the same thing ("212 bookings, 4% of the day's") is one.
    - A figure of nought ("0 records") is a count of 0; "none" and "no" are no figures.
    """

    category: Literal["extent"] = "extent"
    counterparts: ClassVar[Mapping[str, str]] = {"postmortem template": "Impact"}

    measured: Measured
    """What the figure counts."""

    share: Annotated[float, Field(ge=0, le=100)] | None = None
    """The share in per cent as a number (0.4, 12); null where only a count is given."""

    count: Annotated[int, Field(ge=0)] | None = None
    """The count as a whole number (3400); null where only a share is given."""

    precision: Precision
    """How exact the figure is said to be."""

    @model_validator(mode="after")
    def _has_a_figure(self) -> Self:
        if self.share is None and self.count is None:
            raise ValueError("a figure is needed: give share or count")
        return self


class Period(Category):
    """The report says when the incident, or its effects, took place, began or ended.

    - It needs a clock time or a date: "from 14:02 to 15:40", "began at 14:02", "was over by 15:40",
      "on 3 March bookings failed".
    - A row of a timeline is a `period` only where it says in words that the incident begins or
      ends: "the outage begins", "is over", "all clear", "incident closed". The time of any other
      row belongs to its `action`, if it is one.
    - Outside a timeline, a sentence by which the service worked again at a time is a `period` too.
    """

    category: Literal["period"] = "period"
    counterparts: ClassVar[Mapping[str, str]] = {"postmortem template": "Timeline"}

    date: Date | None = None
    """The day (or month) on which it took place or began, in ISO 8601; where only an end is given,
    the day of that; null where none is given."""

    began: Time | None = None
    """The clock time of its beginning as HH:MM; null where none is given."""

    ended: Time | None = None
    """The clock time of its end as HH:MM; null where none is given."""

    @model_validator(mode="after")
    def _has_a_time(self) -> Self:
        if self.date is None and self.began is None and self.ended is None:
            raise ValueError("a time is needed: give date, began or ended")
        return self


class Level(Values):
    """How severe the incident is rated."""

    CRITICAL = "critical", "SEV-1, SEV1, P1, level 1; critical, highest."
    MAJOR = "major", "SEV-2, SEV2, P2, level 2; major, high."
    MODERATE = "moderate", "SEV-3, SEV3, P3, level 3; moderate, medium."
    MINOR = "minor", "SEV-4, SEV4, P4, level 4 and below; minor, low."


class Severity(Category):
    """The report rates the incident on a scale of severity.

    - A rating by a name or number of a scale: "SEV-2", "priority 1", "classified as major". Words
      that merely describe ("a serious outage", "a small number of users") rate nothing, and a
      rule of the scale ("anything that stops payments is a P1") rates no incident.
    - A sentence that changes the rating is annotated with the new one.
    """

    category: Literal["severity"] = "severity"
    counterparts: ClassVar[Mapping[str, str]] = {"postmortem template": "Severity"}

    level: Level
    """The rating; a number decides before a word."""

    label: str | None = None
    """The code of the rating exactly as printed ("SEV-2", "P1"), or its number alone ("2" of "level
    2"); null where a word alone is printed."""


class Trigger(Values):
    """What brought the incident about."""

    DEPLOYMENT = "deployment", "A new version, a release, a migration, an upgrade."
    CONFIGURATION = (
        "configuration",
        "A setting, flag, rule, limit, certificate or record that was changed, wrong or expired.",
    )
    DEFECT = "defect", "A fault in the operator's own program that was there before: a bug, a leak."
    CAPACITY = "capacity", "More load than there was room for; full disks, exhausted pools."
    HARDWARE = "hardware", "A machine, disk, cable, power or cooling failed."
    DEPENDENCY = "dependency", "A failure at a provider, a supplier or somebody else."
    OPERATION = "operation", "A command or a step by hand that was wrong or left out."
    ORGANISATION = (
        "organisation",
        "Something that people had not arranged: alerts, tests, spare parts, knowledge, contracts.",
    )
    ATTACK = "attack", "Somebody meant harm: an attack, an intrusion, abuse."
    OTHER = "other", "A stated cause that no other value covers."
    UNKNOWN = "unknown", "The report says that it does not know. Stands alone.", Alone()


class Certainty(Values):
    """How sure the report is."""

    CONFIRMED = "confirmed", "Stated as a fact; also with `unknown`."
    SUSPECTED = "suspected", 'Stated as a guess: "probably", "we suspect", "may have".'
    RULED_OUT = (
        "ruled_out",
        'The report says that it was not the cause: "not an attack", "no sign of an intrusion".',
    )


class Cause(Category):
    """The report says what brought the incident about, contributed to it or made it longer.

    - It needs a word or a construction of cause: "because", "due to", "root cause", "led to",
      "which meant that", "contributed", "as a result". Below a heading that announces causes
      ("Root cause", "Why it took so long"), a sentence that names a fault or a failing is enough.
    - The links of one chain in a sentence are one annotation, with all their kinds.
    - Why a step failed or took long is `cause` only where it made the incident last longer.
    - Causes of different certainty are two annotations.
    - How a system works as a rule is background and no `cause`. What was suspected at first and
      given up later is no `cause` either: it is `action` with `diagnosed`.
    """

    category: Literal["cause"] = "cause"
    counterparts: ClassVar[Mapping[str, str]] = {"postmortem template": "Root causes and trigger"}

    triggers: AtLeastOne[Trigger]
    """What brought it about, so far as the sentence says it."""

    certainty: Certainty
    """How sure the report is."""


class Step(Values):
    """What an action achieves, or is meant to."""

    DETECTED = "detected", "The incident was noticed, reported or confirmed: alerts, first calls."
    DIAGNOSED = "diagnosed", "Its cause was looked for or found."
    MITIGATED = "mitigated", "Its effects were to be lessened or ended, whatever came of it."
    RESOLVED = "resolved", "It ended: the service works again, or the incident was closed."
    REPAIRED = "repaired", "What it left behind was put right: lost or wrong data, queues, records."
    PREVENTED = (
        "prevented",
        "It is to be kept from happening again, to be found sooner or to harm less.",
    )


class Action(Category):
    """Somebody did something about the incident, or plans to.

    - Every step against it, from its detection to what keeps it from coming back. Steps of the same
      kind in one sentence are one annotation; steps of different kinds are one each. Done and
      planned steps are different, too.
    - An act that only was part of the cause (the deployment that broke it) is no `action`.
    - Telling people outside is `communication`; giving money back is `compensation`.
    - "The service recovered at 15:40" is an `action` with `resolved`; `period` says when it is one
      as well.
    - That a measure was missing ("there was no alert") is no `action`.
    """

    category: Literal["action"] = "action"
    counterparts: ClassVar[Mapping[str, str]] = {"postmortem template": "Action items"}

    step: Step
    """What the action achieves."""

    planned: bool = False
    """True only where it has yet to be done: "we will", "is planned", "due", an open task."""

    date: Date | None = None
    """The day (or month) of it, or by which it is due, in ISO 8601; null where none is stated in
    the sentence, its row or its lead-in."""

    attempts: Annotated[int, Field(ge=1)] | None = None
    """How often it was tried, where a number is stated: "the third restart helped" is 3; else
    null."""

    time: Time | None = None
    """The clock time of it as HH:MM: of its row, or of the first step of its kind in the sentence;
    null where none is given."""

    @model_validator(mode="after")
    def _noticing_is_not_planned(self) -> Self:
        if self.planned and self.step is Step.DETECTED:
            raise ValueError("an incident is not detected by plan: set planned to false")
        return self


class Channel(Values):
    """How people outside were told."""

    STATUS_PAGE = "status_page", "A status page, or the status of a service."
    EMAIL = "email", "E-mail."
    IN_PRODUCT = "in_product", "A banner or notice in the service itself or on its website."
    SOCIAL_MEDIA = "social_media", "Posts on social networks."
    DIRECT = "direct", "Phone calls, letters, support's answers, talks with single customers."
    OTHER = "other", "A stated way that no other value covers: press, radio, notices on doors."
    UNSPECIFIED = "unspecified", "No way is stated. Stands alone.", Alone()


class Communication(Category):
    """The operator told people outside of the incident, will tell them, or did not.

    - To customers, users, partners, authorities or the public. Pages and calls inside the company
      are `action`.
    - That customers told the operator is `action` with `detected`.
    - An invitation to ask ("write to support with questions"), an apology and this report itself
      are no `communication`.
    """

    category: Literal["communication"] = "communication"

    channels: AtLeastOne[Channel]
    """How they were told."""

    interval: Duration | None = None
    """How often news came or will come, in ISO 8601: "every 30 minutes" is PT30M; else null."""

    polarity: Polarity
    """`denied` where the report says that they were not told, or not for some time."""


class Remedy(Values):
    """What is given."""

    CREDIT = "credit", "A credit on an account or on a later bill."
    REFUND = "refund", "Money that is paid back, a charge or a fee that is waived."
    EXTENSION = "extension", "More time: an extended deadline, loan or subscription."
    OTHER = "other", "Something else of value: a voucher, a free service."
    UNSPECIFIED = "unspecified", "Compensation without a word on its kind. Stands alone.", Alone()


class Compensation(Category):
    """The operator makes good, or says that it does not, what the incident cost people.

    - Putting wrong charges right is `compensation` {refund}; it is not also `action`.
    - How to ask for it belongs to the same annotation where the sentence says what is given;
      a sentence that only says how is {unspecified}.
    """

    category: Literal["compensation"] = "compensation"

    remedies: AtLeastOne[Remedy]
    """What is given."""

    share: Annotated[float, Field(ge=0, le=100)] | None = None
    """The share of a fee or price in per cent, as a number; null where none is stated."""

    on_request: bool = False
    """True only where people have to ask for it."""

    polarity: Polarity
    """`denied` where the report says that nothing of the kind is given or owed."""


Statement = Annotated[
    Impact | Extent | Period | Severity | Cause | Action | Communication | Compensation,
    Field(discriminator="category"),
]

SCHEMA = Schema(
    name="incident_report",
    version="1",
    practice=Statement,
    unit="sentence",
    description="What a report on an outage says of its impact, its cause and what was done.",
)
