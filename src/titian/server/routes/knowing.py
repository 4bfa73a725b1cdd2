"""/knowing and /customers/{id}/known: the four things to know of customers."""

from __future__ import annotations

from datetime import date

from fastapi import APIRouter, Request

from titian.app import coverage, knowing
from titian.app.answers.knowing import Coverage, CustomerKnowing, SayingAsked, ThingSaid
from titian.server.given import AtDesk, AtStore, IdempotencyKey, Reads, said, while_wanted
from titian.server.needs import needs

router = APIRouter(tags=["knowing"])


@router.get("/knowing", dependencies=[needs("numbers.read")])
async def get_coverage(request: Request, desk: AtDesk, store: AtStore, as_of: date | None = None) -> Coverage:
    """Of how many customers the four things are known, by the team or by the data before a day."""
    return await while_wanted(request, desk, store, lambda reading: coverage.coverage(reading, as_of))


@router.post("/knowing/{saying}/undo", dependencies=[needs("customers.note")])
def undo_saying(desk: AtDesk, saying: str, idempotency_key: IdempotencyKey = None) -> ThingSaid:
    """Take back what was said of a thing; what was said before holds again. 409 where something newer was said."""
    return desk.once.answer(idempotency_key, ("undo saying", saying), lambda: knowing.take_back(desk, saying))


@router.get("/customers/{customer_id:path}/known", dependencies=[needs("customers.personal")])
def get_customer_knowing(reading: Reads, customer_id: str, as_of: date | None = None) -> CustomerKnowing:
    """The four things of a customer: what the team says, what the data say, and what is still unknown."""
    return knowing.of_customer(reading, customer_id, as_of)


@router.put("/customers/{customer_id:path}/known/{thing}", dependencies=[needs("customers.note")])
def say_of_customer(
    reading: Reads, customer_id: str, thing: str, asked: SayingAsked, idempotency_key: IdempotencyKey = None
) -> ThingSaid:
    """Say something of one of the things; what was said before is kept. 409 where another than `seen` holds."""
    return reading.desk.once.answer(
        idempotency_key,
        said("say", asked, customer_id, thing),
        lambda: knowing.say(reading, customer_id, thing, asked),
    )
