"""In charge: whose customers a list shows, and who takes care of each. To look makes nothing: without a store, nobody."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from uuid import uuid4

import ibis.expr.types as ir
import pyarrow as pa

from titian.app.desk import Desk, Reading
from titian.app.texts import storable
from titian.warehouse.keeping import KeptRelation

NOBODY = ""
"""Stands for those of whom nobody is in charge."""


def of(desk: Desk, customers: Collection[str]) -> dict[str, str]:
    """Who is in charge of these customers, where anybody is."""
    return desk.charges.of_customers(customers) if desk.stored.there else {}


def kept_by(reading: Reading, rows: ir.Table, staff: Sequence[str]) -> tuple[ir.Table, KeptRelation | None]:
    """The rows of customers of whom one of these is in charge (NOBODY: none is), as long as the second value is held.

    All rows where no staff are named.
    """
    if not staff:
        return rows, None
    somebody = NOBODY not in staff
    names = [one for one in staff if one and storable(one)]
    wanted = _customers(reading.desk, names if somebody else None)
    if not somebody:
        wanted = [(who, by) for who, by in wanted if by not in names]
    ids = pa.table({"customer_id": pa.array([who for who, _ in wanted], pa.string())})
    table, kept = reading.data.engine.upload(("in charge", uuid4().hex), lambda: ids)
    theirs = rows.customer_id.isin(table.customer_id)
    return rows.filter(theirs if somebody else ~theirs), kept


def _customers(desk: Desk, names: list[str] | None) -> list[tuple[str, str]]:
    return desk.charges.of_everyone(names) if desk.stored.there else []
