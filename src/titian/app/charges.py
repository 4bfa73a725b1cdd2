"""Who of the team is in charge of customers, in the store: each change in one transaction with its audit line."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import UTC, datetime
from uuid import uuid4

from titian.app.acting import acting
from titian.app.trail import Trail
from titian.domain.charge import Charge
from titian.store import charges
from titian.store.charges import Charged, Stamp, TakenBack
from titian.store.database import Store


class Charges:
    """Of each customer one of the team at most is in charge. A change that changes nothing leaves no line."""

    def __init__(self, store: Store, trail: Trail) -> None:
        self._store = store
        self._trail = trail

    def put(self, staff: str | None, customers: Iterable[str]) -> tuple[Charged, str | None]:
        """Put somebody in charge of customers, or nobody; what came of it and the batch, if anything changed."""
        stamp = Stamp(batch=uuid4().hex, by=acting.get(), at=datetime.now(UTC))
        with self._trail.telling("staff.assign" if staff else "staff.relieve", stamp.batch) as telling:
            found = charges.put(telling.connection, staff, customers, stamp)
            if not found.changed:
                return found, None
            telling.tell(customers=found.changed, already=found.already, taken_over=found.taken_over)
        return found, stamp.batch

    def take_back(self, batch: str) -> TakenBack:
        """Undo a batch. Raises NotFoundError."""
        with self._trail.telling("staff.undo", batch) as telling:
            undone = charges.take_back(telling.connection, batch, datetime.now(UTC))
            if not undone.repeated:
                telling.tell(removed=undone.removed, restored=undone.restored)
        return undone

    def of_customer(self, customer_id: str) -> Charge | None:
        """Who is in charge of a customer."""
        with self._store.reading() as connection:
            return charges.of_customer(connection, customer_id)

    def of_customers(self, customers: Collection[str]) -> dict[str, str]:
        """Who is in charge of these, where anybody is."""
        with self._store.reading() as connection:
            return charges.of_customers(connection, customers)

    def of_everyone(self, staff: Collection[str] | None = None) -> list[tuple[str, str]]:
        """Customers and who is in charge of each, all or of some of the team."""
        with self._store.reading() as connection:
            return list(charges.of_everyone(connection, staff))

    def counted(self) -> list[tuple[str, int]]:
        """Everybody in charge of anybody, with the number of their customers."""
        with self._store.reading() as connection:
            return charges.counted(connection)
