"""Answers about staff in charge of customers."""

from __future__ import annotations

from datetime import datetime

from titian.app.answers.base import Answer


class StaffInfo(Answer):
    """Somebody of the team, and of how many customers they are in charge."""

    name: str
    customers: int


class StaffList(Answer):
    """Everybody who is in charge of anybody, in the order of names."""

    staff: tuple[StaffInfo, ...]


class ChargeInfo(Answer):
    """Who is in charge of a customer: since when, and who said so."""

    staff: str
    since: datetime
    by: str
    batch: str


class CustomerStaff(Answer):
    """Who is in charge of a customer; None: nobody."""

    customer_id: str
    charge: ChargeInfo | None


class ChargeAsked(Answer):
    """Who is to be in charge of which customers: ids, a text of ids, everybody in a saved audience, or all of these."""

    staff: str | None
    """A name as the team writes it; None: nobody is in charge of them any more."""
    ids: tuple[str, ...] = ()
    text: str = ""
    audience: str | None = None


class ChargeReport(Answer):
    """What came of it; asked = blank + repeated + unknown + already + changed."""

    staff: str | None
    asked: int
    blank: int
    repeated: int
    unknown: int
    """Not in the workspace, or no possible id."""
    unknown_ids: tuple[str, ...]
    """The first hundred of them."""
    already: int
    """With whom they are to be before."""
    changed: int
    taken_over: int
    """Of the changed, those of whom somebody else was in charge."""
    batch: str | None
    """By this it can be taken back; None where nothing was changed."""


class ChargeBatchUndone(Answer):
    """What came of taking a batch back."""

    batch: str
    removed: int
    """Customers whom the batch gave to somebody and who are with them no more."""
    restored: int
    """Customers who are with whom they were before; not where somebody is in charge since."""
    repeated: bool
    """It had been taken back before, and nothing was changed."""
