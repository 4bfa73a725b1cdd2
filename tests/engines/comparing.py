"""How two engines' answers are held against each other: customer by customer, to the last digit."""

from __future__ import annotations

from typing import Protocol

import pyarrow as pa


class Tabular(Protocol):
    """Anything that becomes an Arrow table."""

    def to_arrow(self) -> pa.Table: ...


def by_customer(got: Tabular) -> dict[str, dict[str, object]]:
    """Rows by customer; nobody comes twice."""
    rows = got.to_arrow().to_pylist()
    said = {str(row.pop("customer_id")): row for row in rows}
    assert len(said) == len(rows)
    return said


def differing(here: Tabular, there: Tabular) -> dict[str, object]:
    """Where two answers are not the same, by customer and column: (here, there)."""
    ours, theirs = by_customer(here), by_customer(there)
    assert ours, "an empty answer proves nothing"
    everyone = sorted(ours.keys() | theirs.keys())
    return {
        f"{who}: {column}": (ours.get(who, {}).get(column), theirs.get(who, {}).get(column))
        for who in everyone
        for column in {**ours.get(who, {}), **theirs.get(who, {})}
        if not same(ours.get(who, {}).get(column, "no row"), theirs.get(who, {}).get(column, "no row"))
    }


def same(one: object, other: object) -> bool:
    """Equal, and of the same type: 1 is not 1.0."""
    return type(one) is type(other) and (one == other or (one != one and other != other))
