"""Paging: a list goes on after the last row that was seen, whatever was loaded meanwhile."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import ibis
import ibis.expr.types as ir

from titian.app.texts import storable
from titian.errors import InputError
from titian.traits.exact import exactly


@dataclass(frozen=True)
class Place:
    """The last row that was seen: the value it was sorted by, and its customer."""

    value: float | str | None
    customer_id: str


def after(rows: ir.Table, place: Place | None, *, descending: bool) -> ir.Table:
    """The rows after `place` in the order of `sorted_by`, rows without a value last, equals by customer_id."""
    if place is not None:
        value = rows.sorted_by
        seen = exactly(place.value) if isinstance(place.value, float) else place.value
        same = value.isnull() if seen is None else value == seen
        rows = rows.filter((same & (rows.customer_id > place.customer_id)) | _beyond(value, seen, descending))
    direction = ibis.desc if descending else ibis.asc
    return rows.order_by(ibis.asc(rows.sorted_by.isnull()), direction(rows.sorted_by), ibis.asc(rows.customer_id))


def _beyond(value: ir.Value, seen: ir.Value | str | None, descending: bool) -> ir.BooleanValue:
    if seen is None:
        return ibis.literal(False)
    return (value < seen if descending else value > seen) | value.isnull()


def written(row: Mapping[str, object], sort: str, descending: bool) -> str:
    """The cursor that goes on after `row`."""
    value = row["sorted_by"]
    held = [sort, descending, value if isinstance(value, float | str) else None, str(row["customer_id"])]
    return base64.urlsafe_b64encode(json.dumps(held, ensure_ascii=False).encode()).decode().rstrip("=")


def read(cursor: str | None, sort: str, descending: bool) -> Place | None:
    """What a cursor says. Raises InputError for one that was not given by this list in this order."""
    if cursor is None:
        return None
    try:
        held = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
        was_sort, was_descending, value, customer_id = held
        place = Place(float(value) if isinstance(value, int) else value, customer_id)
    except (ValueError, TypeError, OverflowError, RecursionError, binascii.Error) as error:
        raise wrong() from error
    fits = value is None or isinstance(value, str if sort == "customer_id" else float | int)
    if (was_sort, was_descending) != (sort, descending) or not isinstance(customer_id, str) or not fits:
        raise wrong()
    return place


def packed(*parts: str) -> str:
    """The cursor of a list of the store: what its last row is known by."""
    return base64.urlsafe_b64encode(json.dumps(parts, ensure_ascii=False).encode()).decode().rstrip("=")


def unpacked(cursor: str, count: int) -> tuple[str, ...]:
    """What `packed` was given. Raises InputError for a cursor that it did not make of so many parts."""
    try:
        parts = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError, binascii.Error) as error:
        raise wrong() from error
    if (
        not isinstance(parts, list)
        or len(parts) != count
        or not all(isinstance(one, str) and storable(one) for one in parts)
    ):
        raise wrong()
    return tuple(parts)


def packed_moment(at: datetime, key: str) -> str:
    """The cursor of a list of the store that goes back from the newest: when its last row was, and its key."""
    return packed(at.astimezone(UTC).isoformat(), key)


def unpacked_moment(cursor: str | None) -> tuple[datetime, str] | None:
    """What `packed_moment` was given. Raises InputError for another cursor."""
    if cursor is None:
        return None
    at, key = unpacked(cursor, 2)
    try:
        seen = datetime.fromisoformat(at)
    except ValueError as error:
        raise wrong() from error
    if seen.utcoffset() is None or seen.astimezone(UTC).isoformat() != at:
        raise wrong()
    return seen, key


def wrong() -> InputError:
    """What to say of a cursor that no list gave."""
    return InputError(
        "the cursor belongs to no page of this list",
        "leave cursor away to begin at the first page",
        zh="翻页游标无效，或不属于当前排序",
        hint_zh="去掉 cursor 从第一页开始",
    )
