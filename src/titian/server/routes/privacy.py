"""/customers/{id}/everything and /erasures: what is kept of a customer, and customers erased."""

from __future__ import annotations

from fastapi import APIRouter

from titian.app import privacy
from titian.app.answers.privacy import EraseAsked, ErasedCustomers, Everything
from titian.server.given import AtDesk, IdempotencyKey, ReadsAll, said

router = APIRouter(tags=["privacy"])


@router.get("/customers/{customer_id:path}/everything")
def get_everything(reading: ReadsAll, customer_id: str) -> Everything:
    """All that is kept of a customer, to be handed to them: rows of every table, tags, notes, lists."""
    return privacy.everything(reading, customer_id)


@router.post("/erasures", status_code=201)
def erase_customers(desk: AtDesk, asked: EraseAsked, idempotency_key: IdempotencyKey = None) -> ErasedCustomers:
    """Erase customers everywhere, for good; no file that is loaded later brings them back."""
    return desk.once.answer(idempotency_key, said("erase", asked), lambda: privacy.erase(desk, asked))
