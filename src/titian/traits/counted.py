"""Counted: the data of those who count as of an instant: of one store where one is asked for, and nobody who is left out."""

from __future__ import annotations

import hashlib
from datetime import datetime
from functools import partial

import ibis
import ibis.expr.types as ir

from titian.domain.instants import Moment, instant
from titian.errors import UnknownNameError
from titian.traits.catalogue import trait
from titian.traits.planner import moment_of, trait_query
from titian.warehouse.dataset import Dataset
from titian.warehouse.group import Group
from titian.warehouse.part import Part

STORE = "store_id"
MOST_LISTED = 500
"""Stores that are listed; a table with more says something else."""


def counted(data: Dataset, as_of: Moment) -> Dataset:
    """The data of those who count as of an instant, which every fit and count of one answer begins with.

    Who is left out, and who belongs to the store, is decided once, as of that instant; the data themselves where everybody
    counts. Raises UnknownNameError for a store that nobody belongs to.
    """
    if data.exclusion is None and data.store_id is None:
        return data
    at, whole = instant(as_of, data.timezone), data.excluding(None).of_store(None)
    out = None if data.exclusion is None else data.exclusion.out(whole, at)
    inside = None if data.store_id is None else of_store(whole, data.store_id, at)
    return whole if out is None and inside is None else Part(whole, at, out, inside)


def of_store(data: Dataset, store_id: str, as_of: datetime) -> Group:
    """The customers of a store. Raises UnknownNameError with the stores that there are."""
    homes, kept = data.engine.keep((data.version, as_of, "homes"), partial(home_stores, data, as_of))
    theirs = homes.filter(homes.store_id == store_id).select("customer_id")
    (row,) = data.execute(theirs.aggregate(n=theirs.count()))
    if not row["n"] and store_id not in (known := stores(data)):
        raise UnknownNameError("store", "店铺", store_id, known)
    name = f"store {hashlib.sha256(store_id.encode()).hexdigest()[:16]} {as_of.isoformat()}"
    return Group(name, theirs, int(str(row["n"])), kept)


def home_stores(data: Dataset, as_of: datetime) -> ir.Table:
    """customer_id and store_id of everyone seen before the as_of who belongs to a store.

    It is the store of the customer's row, as of its last dated change; where that names none, of the first order that
    names one, the smallest of those of one instant.
    """
    rows = trait_query([trait(STORE)], data, as_of)
    if not data.has("orders"):
        return rows.filter(rows.store_id.notnull())
    orders = data.table("orders")
    named = orders.filter(
        orders.customer_id.notnull(), orders.store_id.notnull(), orders.ordered_at < moment_of(data, as_of).until
    )
    begun = named.group_by("customer_id").aggregate(ordered_at=named.ordered_at.min())
    of_first = named.semi_join(begun, ["customer_id", "ordered_at"])
    first = of_first.group_by("customer_id").aggregate(first_store=of_first.store_id.min())
    joined = rows.left_join(first, "customer_id").drop("customer_id_right")
    homes = joined.select("customer_id", store_id=joined.store_id.coalesce(joined.first_store))
    return homes.filter(homes.store_id.notnull())


def stores(data: Dataset) -> list[str]:
    """The stores that customers, their changes and orders name, the first 500."""
    named = [data.table(name).select(STORE) for name in ("customers", "orders") if data.has(name)]
    if data.has("customer_changes"):
        changes = data.table("customer_changes")
        named.append(changes.filter(changes.attribute == STORE).select(store_id="value"))
    if not named:
        return []
    found = (ibis.union(*named) if len(named) > 1 else named[0]).distinct()
    found = found.filter(found.store_id.notnull()).order_by(STORE).limit(MOST_LISTED)
    return [str(row[STORE]) for row in data.execute(found)]
