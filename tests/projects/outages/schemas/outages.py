"""What a report of an outage states: small, with one of everything."""

from typing import Annotated, Literal

from pydantic import Field

from annotate.schema import Alone, AtLeastOne, Category, Duration, Schema, Several, Values


class Service(Values):
    """What was affected."""

    LOGIN = "login", "Signing in and single sign-on."
    PAYMENTS = "payments", "Checkout, cards and refunds."
    UNSPECIFIED = "unspecified", "The report does not say. Stands alone.", Alone()


class Certainty(Values):
    """How sure the report is."""

    CONFIRMED = "confirmed", "Stated as a fact."
    SUSPECTED = "suspected", "Stated as a guess."


class Impact(Category):
    """Users could not do something, or only slowly."""

    category: Literal["impact"] = "impact"

    services: AtLeastOne[Service]
    """What was affected."""

    duration: Duration | None = None
    """How long it lasted, where the report says so."""


class Cause(Category):
    """Something set the outage off."""

    category: Literal["cause"] = "cause"

    certainty: Certainty
    """How sure the report is of it."""

    codes: Several[str]
    """Codes of errors that it names."""


SCHEMA = Schema(
    name="outages",
    version="1",
    practice=Annotated[Impact | Cause, Field(discriminator="category")],
    unit="sentence",
)
