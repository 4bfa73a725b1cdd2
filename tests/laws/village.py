"""A shop with every table, and the changes of it that must change nobody's layer whatever the layering looks at."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache

import pyarrow as pa

import titian as tt
from tests.engines import nasty
from titian.warehouse.tables import TABLES

Tables = Mapping[str, pa.Table]
AS_OF = nasty.AS_OF
CASES = 12
LATER: Mapping[str, tuple[str, ...]] = {
    "orders": ("refunded_amount", "refunded_at"),
    "invites": ("invitee_id", "joined_at"),
}
"""What a row may learn after it was made: by its last column's time."""
PEOPLE = {
    "orders": ("customer_id",),
    "customers": ("customer_id",),
    "events": ("customer_id",),
    "customer_changes": ("customer_id",),
    "links": ("from_id", "to_id"),
    "invites": ("inviter_id", "invitee_id"),
}
"""Columns that name somebody."""


@cache
def tables() -> Tables:
    """Every canonical table of the village."""
    return nasty.tables(CASES)


def dataset(given: Tables) -> tt.Dataset:
    return tt.Dataset(**given, timezone=nasty.ZONE, currency="GBP")  # type: ignore[arg-type]


@cache
def village() -> tt.Dataset:
    """The village as Titian reads it."""
    return dataset(tables())


def shuffled(given: Tables) -> Tables:
    """Every table's rows in another order."""
    chance = random.Random(5)
    return {name: rows.take(chance.sample(range(len(rows)), len(rows))) for name, rows in given.items()}


def renamed(given: Tables, name: Callable[[str], str]) -> Tables:
    """The same people under other ids, wherever they are named."""
    found = dict(given)
    for table, columns in PEOPLE.items():
        for column in columns:
            rows = found[table]
            values = [None if value is None else name(value) for value in rows[column].to_pylist()]
            place = rows.column_names.index(column)
            found[table] = rows.set_column(place, column, pa.array(values, pa.string()))
    return found


def known_before(given: Tables, as_of: datetime) -> Tables:
    """What could be known at an instant: earlier rows, without what came later to them."""
    return {
        name: _profiles(rows, as_of) if name == "customers" else _earlier(name, rows, as_of)
        for name, rows in given.items()
    }


def _earlier(name: str, rows: pa.Table, as_of: datetime) -> pa.Table:
    at, later = TABLES[name].at, LATER.get(name, ())
    found = []
    for row in rows.to_pylist():
        if at is not None and row.get(at) is not None and row[at] >= as_of:
            continue
        late = later and row[later[-1]] is not None and row[later[-1]] >= as_of
        found.append({**row, **dict.fromkeys(later)} if late else row)
    return pa.Table.from_pylist(found, schema=rows.schema)


def _profiles(rows: pa.Table, as_of: datetime) -> pa.Table:
    """A profile is known from its first sight, else its registration, on; without either always."""
    found = []
    for row in rows.to_pylist():
        seen, registered = row["first_seen_at"] or row["registered_at"], row["registered_at"]
        if seen is None or seen < as_of:
            found.append(row | ({"registered_at": None} if registered is not None and registered >= as_of else {}))
    return pa.Table.from_pylist(found, schema=rows.schema)


@dataclass(frozen=True)
class Said:
    """What a layering says of a village."""

    layers: Mapping[str, str]
    keys: tuple[str, ...]


def said(layering: tt.Layering, data: tt.Dataset, fitted: tt.Fitted | None = None) -> Said:
    """Everyone's layer; nobody may come twice."""
    got = layering.assign(data, as_of=AS_OF, fitted=fitted)
    rows = got.to_arrow()
    layers = dict(zip(rows["customer_id"].to_pylist(), rows["layer"].to_pylist(), strict=True))
    assert len(layers) == len(rows)
    return Said(layers, tuple(layer.key for layer in got.fitted.layers))


@cache
def by(kind: str) -> Said:
    """What the example of a kind of layering says of the village as it is."""
    return said(tt.layerings()[kind].example(), village())
