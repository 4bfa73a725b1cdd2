"""Population: who counts as a customer, and since when."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from titian.warehouse.dataset import Dataset
from titian.warehouse.tables import TABLES

SEEN_IN = ("customers", "orders", "events")
"""The tables whose customers are the population; where none of them was ever filled, those of the next."""
SEEN_ELSE = ("links", "invites")


def seen_in(data: Dataset) -> list[str]:
    """The tables whose customers are the population."""
    return [name for name in SEEN_IN if data.has(name)] or [name for name in SEEN_ELSE if data.has(name)] or ["orders"]


def sightings(data: Dataset, table: str) -> list[ir.Table]:
    """customer_id and the instant `at` of every row of a table that shows a customer; without one: known from the start."""
    rows = data.table(table)
    match table:
        case "customers":
            shown = [(rows.customer_id, rows.first_seen_at.coalesce(rows.registered_at))]
        case "links":
            shown = [(rows.from_id, rows.linked_at), (rows.to_id, rows.linked_at)]
        case "invites":
            # Who was invited and has not joined is nobody's customer yet.
            joined = ibis.cases((rows.joined_at.notnull(), rows.invitee_id))
            shown = [(rows.inviter_id, rows.invited_at.coalesce(rows.joined_at)), (joined, rows.joined_at)]
        case _:
            shown = [(rows.customer_id, rows[TABLES[table].at])]
    return [rows.filter(who.notnull()).select(customer_id=who, at=at) for who, at in shown]


def known_in(data: Dataset, table: str, ids: ir.Table) -> ir.Table:
    """customer_id: those of `ids` (a column customer_id) whom rows of a table of the population show, whenever that was."""
    seen = [
        rows.filter(rows.customer_id.isin(ids.customer_id)).select("customer_id") for rows in sightings(data, table)
    ]
    return ibis.union(*seen, distinct=True) if len(seen) > 1 else seen[0].distinct()
