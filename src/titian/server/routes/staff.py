"""/staff and /customers/{id}/staff: who of the team is in charge of customers."""

from __future__ import annotations

from fastapi import APIRouter

from titian.app import charging
from titian.app.answers.staff import ChargeAsked, ChargeBatchUndone, ChargeReport, CustomerStaff, StaffList
from titian.server.given import AtDesk, IdempotencyKey, Reads, said
from titian.server.needs import needs

router = APIRouter(tags=["staff"])


@router.get("/staff", dependencies=[needs("numbers.read")])
def list_staff(desk: AtDesk) -> StaffList:
    """Everybody who is in charge of anybody, with the number of their customers."""
    return charging.listed(desk)


@router.post("/staff/charges", dependencies=[needs("customers.mark")])
def charge_staff(reading: Reads, asked: ChargeAsked, idempotency_key: IdempotencyKey = None) -> ChargeReport:
    """Put somebody in charge of customers, one or many at once, or nobody; of a customer one at most is."""
    return reading.desk.once.answer(idempotency_key, said("charge", asked), lambda: charging.put(reading, asked))


@router.post("/staff/charges/{batch}/undo", dependencies=[needs("customers.mark")])
def undo_charge_batch(desk: AtDesk, batch: str, idempotency_key: IdempotencyKey = None) -> ChargeBatchUndone:
    """Take back what a report tells; twice changes nothing more."""
    return desk.once.answer(idempotency_key, ("undo charge", batch), lambda: charging.take_back(desk, batch))


@router.get("/customers/{customer_id:path}/staff", dependencies=[needs("customers.read")])
def get_customer_staff(reading: Reads, customer_id: str) -> CustomerStaff:
    """Who is in charge of a customer."""
    return charging.of_customer(reading, customer_id)
