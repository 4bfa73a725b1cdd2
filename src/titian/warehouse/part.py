"""Part: a dataset of some of the customers, as if the rows of the others had never been loaded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

import ibis
import ibis.expr.types as ir

from titian.warehouse.dataset import Dataset, Outside
from titian.warehouse.event_days import EventDays
from titian.warehouse.group import Group
from titian.warehouse.tables import TABLES

MARK = " of which "
"""Stands in the version of a part between that of the whole and what names the part; in no version of a whole."""
CUSTOMERS: Mapping[str, tuple[str, ...]] = {"links": ("from_id", "to_id"), "invites": ("inviter_id", "invitee_id")}
"""Whom the rows of a table are about, where that is not one customer."""


class Part(Dataset):
    """A dataset without the rows that name somebody who is out, and, where `inside` is given, somebody who is not inside.

    A link names two, and so does an invitation once it was taken up (before `until`): both have to be in. Lines of orders
    go with their orders. What belongs to no customer stays, unless only those inside are looked at.
    """

    def __init__(self, of: Dataset, until: datetime, out: Group | None = None, inside: Group | None = None) -> None:
        held = {name: rows for name in TABLES if (rows := of.handed(name)) is not None}
        whose = Whose(until.astimezone(UTC).replace(tzinfo=None), held.get("orders"), out, inside)
        groups = tuple(group for group in (out, inside) if group is not None)
        super().__init__(
            of.engine,
            Narrowed(held, whose),
            timezone=of.timezone,
            currency=of.currency,
            version=MARK.join([of.version, *(group.name for group in groups)]),
            meanings=of.meanings,
            event_days=_of_theirs(of.event_days, whose),
        )
        self._of, self._groups = of, groups
        self._out, self._inside = out, inside
        self._any: dict[str, bool] = {}

    @property
    def part(self) -> str:
        """What names the part."""
        return MARK.join(group.name for group in self._groups)

    @cached_property
    def excluded(self) -> int:
        """How many are out, of the store where one is looked at."""
        if self._out is None or self._inside is None:
            return 0 if self._out is None else self._out.customers
        both = self._out.rows.semi_join(self._inside.rows, "customer_id")
        return int(str(self.execute(both.aggregate(n=both.count()))[0]["n"]))

    def outside(self, customer_id: str) -> Outside | None:
        """Whether a customer is out, or not inside."""
        if self._out is not None and self._names(self._out, customer_id):
            return "excluded"
        return None if self._inside is None or self._names(self._inside, customer_id) else "other_store"

    def _names(self, group: Group, customer_id: str) -> bool:
        return bool(self.execute(group.rows.filter(group.rows.customer_id == customer_id).limit(1)))

    def has(self, name: str) -> bool:
        """Whether the table holds at least one row of theirs; the first that is found will do."""
        if not self._of.has(name):
            return False
        if name not in self._any:
            first = self.table(name).limit(1)
            self._any[name] = bool(self.execute(first.aggregate(n=first.count()))[0]["n"])
        return self._any[name]

    @property
    def earliest(self) -> datetime:
        """The earliest instant of the whole: nothing of theirs is before it."""
        return self._of.earliest

    def end(self) -> datetime | None:
        """The newest instant of the whole: the days that can be looked at are the same for every part."""
        return self._of.end()

    def changed_since(self, version: str, tables: Iterable[str]) -> Mapping[str, datetime] | None:
        """What changed in the whole, of which what changed here is some; None where the customers may be others."""
        whole, _, part = version.partition(MARK)
        if part != self.part or not all(group.steady for group in self._groups):
            return None
        return self._of.changed_since(whole, tables)


def _of_theirs(kept: EventDays | None, whose: Whose) -> EventDays | None:
    """The events by day, read by way of their own numbers alone."""
    return None if kept is None else replace(kept, numbers=whose.rows("numbers", kept.numbers))


class Narrowed(Mapping[str, ir.Table]):
    """The tables with their rows alone; most answers read two or three, and to write a query takes its time."""

    def __init__(self, held: Mapping[str, ir.Table], whose: Whose) -> None:
        self._held, self._whose = held, whose
        self._narrow: dict[str, ir.Table] = {}

    def __getitem__(self, name: str) -> ir.Table:
        if name not in self._narrow:
            self._narrow[name] = self._whose.rows(name, self._held[name])
        return self._narrow[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._held)

    def __len__(self) -> int:
        return len(self._held)


@dataclass(frozen=True)
class Whose:
    """Which rows are of those who are not out, and inside."""

    until: datetime
    orders: ir.Table | None
    out: Group | None
    inside: Group | None

    def rows(self, name: str, rows: ir.Table) -> ir.Table:
        """Those of a table; costs belong to nobody and stay."""
        if name == "order_items":
            return rows if self.orders is None else self._of_orders(rows, self.orders)
        for column in (column for column in CUSTOMERS.get(name, ("customer_id",)) if column in rows.columns):
            if self.out is not None:
                rows = rows.anti_join(self.out.called(column), column)
            if self.inside is not None:
                rows = self._inside(rows, column, self.inside)
        return rows

    def _inside(self, rows: ir.Table, column: str, inside: Group) -> ir.Table:
        theirs = rows.semi_join(inside.called(column), column)
        if column != "invitee_id":
            return theirs
        # Whoever had not joined by then was nobody's customer, and of no store.
        open_then = rows.filter(rows.joined_at.isnull() | (rows.joined_at >= ibis.literal(self.until)))
        return ibis.union(open_then, theirs.filter(theirs.joined_at < ibis.literal(self.until)))

    def _of_orders(self, rows: ir.Table, orders: ir.Table) -> ir.Table:
        if self.out is not None:
            rows = rows.anti_join(orders.semi_join(self.out.called("customer_id"), "customer_id"), "order_id")
        if self.inside is not None:
            rows = rows.semi_join(orders.semi_join(self.inside.called("customer_id"), "customer_id"), "order_id")
        return rows
