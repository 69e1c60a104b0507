"""What an incident report states: three categories, small enough to read at a glance.

The second domain of the tests. It keeps the engine honest: whatever holds only for privacy policies
fails here. It is not shipped.
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
    Values,
)


class Effect(Values):
    """What users noticed."""

    UNAVAILABLE = "unavailable", "The service could not be reached."
    SLOW = "slow", "Answers took longer than usual."
    ERRORS = "errors", "Requests failed."
    DATA_LOSS = "data_loss", "Data was lost or damaged."
    DEGRADED = (
        "degraded",
        "Worse service without particulars. Stands alone, or beside `data_loss`.",
        Alone(beside=("data_loss",)),
    )
    UNSPECIFIED = "unspecified", "An impact without a word on its kind. Stands alone.", Alone()


class Impact(Category):
    """Somebody was affected.

    - A sentence that says why as well is also `cause`.
    """

    category: Literal["impact"] = "impact"
    counterparts: ClassVar[Mapping[str, str]] = {"postmortem template": "Impact"}

    effects: AtLeastOne[Effect]
    """What users noticed."""

    countries: Several[Country]
    """Where they were; empty where no place is mentioned."""

    duration: Duration | None = None
    """How long it lasted, in ISO 8601; null where no length is stated."""

    customers_named: bool = False
    """True only where a customer is named."""


class Trigger(Values):
    """What set the incident off."""

    DEPLOYMENT = "deployment", "A new version."
    CONFIGURATION = "configuration", "A changed setting."
    CAPACITY = "capacity", "More load than there was room for."
    DEPENDENCY = "dependency", "A failure at somebody else's."
    UNKNOWN = "unknown", "The report says that it does not know. Stands alone.", Alone()


class Certainty(Values):
    """How sure the report is."""

    CONFIRMED = "confirmed", "Stated as a fact."
    SUSPECTED = "suspected", "Stated as a guess."


class Cause(Category):
    """Something set the incident off."""

    category: Literal["cause"] = "cause"

    triggers: AtLeastOne[Trigger]
    """What set it off."""

    certainty: Certainty
    """How sure the report is."""


class Step(Values):
    """What an action achieves."""

    DETECTED = "detected", "The incident was noticed."
    MITIGATED = "mitigated", "Its effects were lessened."
    RESOLVED = "resolved", "It ended."
    PREVENTED = "prevented", "It is kept from happening again."


class Action(Category):
    """Somebody did something about it, or plans to."""

    category: Literal["action"] = "action"

    step: Step
    """What the action achieves."""

    planned: bool = False
    """True only where it has yet to be done."""

    date: Date | None = None
    """The day of it, in ISO 8601; null where none is stated."""

    attempts: Annotated[int, Field(ge=1)] | None = None
    """How often it was tried, where a number is stated."""

    @model_validator(mode="after")
    def _noticing_is_not_planned(self) -> Self:
        if self.planned and self.step is Step.DETECTED:
            raise ValueError("an incident is not detected by plan: set planned to false")
        return self


Statement = Annotated[Impact | Cause | Action, Field(discriminator="category")]

SCHEMA = Schema(
    name="incidents",
    version="1",
    practice=Statement,
    unit="sentence",
    description="What an incident report says of impact, cause and action.",
)
