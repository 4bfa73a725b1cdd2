"""/customers/{id}/everything and /erasures: what is kept of a customer, and customers erased."""

from __future__ import annotations

from fastapi import APIRouter

from titian.app import erasures, privacy
from titian.app.answers.privacy import EraseAsked, ErasedCustomers, Erasures, Everything
from titian.server.given import AtDesk, IdempotencyKey, ReadsAll, said
from titian.server.needs import needs

router = APIRouter(tags=["privacy"])


@router.get("/customers/{customer_id:path}/everything", dependencies=[needs("customers.hand_out")])
def get_everything(reading: ReadsAll, customer_id: str) -> Everything:
    """All that is kept of a customer, to be handed to them: rows of every table, tags, notes, what is known, lists."""
    return privacy.everything(reading, customer_id)


@router.post("/erasures", status_code=201, dependencies=[needs("customers.erase")])
def erase_customers(desk: AtDesk, asked: EraseAsked, idempotency_key: IdempotencyKey = None) -> ErasedCustomers:
    """Erase customers everywhere, for good; no file that is loaded later brings them back."""
    return desk.once.answer(idempotency_key, said("erase", asked), lambda: erasures.erase(desk, asked))


@router.get("/erasures", dependencies=[needs("customers.erase")])
def list_erasures(desk: AtDesk) -> Erasures:
    """The erasures that were done, by whom and when, and how far the one is that is under way; not whom they erased."""
    return erasures.told(desk)
