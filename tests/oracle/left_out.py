"""Leaving out as the oracle does it: every row that names somebody who is out is thrown away before anything is read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from tests.oracle.village import Village


def without(village: Village, out: Collection[str]) -> Village:
    """The village without those who are out, and without links and invitations that name one of them."""
    gone = {order.order_id for order in village.orders if order.customer_id in out}
    return replace(
        village,
        events=tuple(row for row in village.events if row.customer_id not in out),
        orders=tuple(row for row in village.orders if row.customer_id not in out),
        people=tuple(row for row in village.people if row.customer_id not in out),
        changes=tuple(row for row in village.changes if row.customer_id not in out),
        items=tuple(row for row in village.items if row.order_id not in gone),
        invites=tuple(row for row in village.invites if not {row.inviter_id, row.invitee_id} & set(out)),
        links=tuple(row for row in village.links if not {row.from_id, row.to_id} & set(out)),
    )
