"""Charging: staff put in charge of customers, one or many at once, and taken back."""

from __future__ import annotations

from collections.abc import Iterator

from titian.app import audiences
from titian.app.answers.selection import SelectionAsked
from titian.app.answers.staff import (
    ChargeAsked,
    ChargeBatchUndone,
    ChargeInfo,
    ChargeReport,
    CustomerStaff,
    StaffInfo,
    StaffList,
)
from titian.app.desk import Desk, Reading
from titian.app.known import known, need, sayable
from titian.app.named_customers import in_text, named
from titian.app.selections import selection
from titian.app.texts import LONGEST_NAME, storable, text, whole


def listed(desk: Desk) -> StaffList:
    """Everybody who is in charge of anybody."""
    found = desk.charges.counted() if desk.stored.there else []
    return StaffList(staff=tuple(StaffInfo(name=name, customers=customers) for name, customers in found))


def put(reading: Reading, asked: ChargeAsked) -> ChargeReport:
    """Put somebody in charge of customers of the workspace, or nobody. Twice changes nothing more.

    Raises InputError without customers or for a name that can't be kept, UnknownNameError for no audience.
    """
    staff = None if asked.staff is None else text(asked.staff, "staff", LONGEST_NAME, needed=True)
    wanted = named(_ids(reading, asked))
    there = known(reading, wanted.ids)
    unknown = [one for one in wanted.ids if one not in there]
    found, batch = reading.desk.charges.put(staff, (one for one in wanted.ids if one in there))
    return ChargeReport(
        **wanted.read(unknown),
        staff=staff,
        unknown_ids=sayable(unknown),
        already=found.already,
        changed=found.changed,
        taken_over=found.taken_over,
        batch=batch,
    )


def take_back(desk: Desk, batch: str) -> ChargeBatchUndone:
    """Undo what a report tells. Raises NotFoundError for nobody's batch."""
    undone = desk.charges.take_back(whole(batch, "batch"))
    return ChargeBatchUndone(batch=batch, removed=undone.removed, restored=undone.restored, repeated=undone.repeated)


def of_customer(reading: Reading, customer_id: str) -> CustomerStaff:
    """Who is in charge of a customer. Raises NotFoundError for nobody's id."""
    desk = reading.desk
    found = desk.charges.of_customer(customer_id) if storable(customer_id) and desk.stored.there else None
    if found is None:
        need(reading, customer_id)
        return CustomerStaff(customer_id=customer_id, charge=None)
    since = found.since.astimezone(desk.workspace.zone)
    charge = ChargeInfo(staff=found.staff, since=since, by=found.by, batch=found.batch)
    return CustomerStaff(customer_id=customer_id, charge=charge)


def _ids(reading: Reading, asked: ChargeAsked) -> Iterator[str]:
    yield from asked.ids
    yield from in_text(asked.text)
    if asked.audience is not None:
        rule = audiences.asking(reading, whole(asked.audience, "audience"))
        found = selection(reading, SelectionAsked(rule=rule))
        yield from found.to_arrow().column("customer_id").to_pylist()
