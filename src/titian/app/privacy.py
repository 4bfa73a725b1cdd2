"""Privacy: all that is kept of one customer, shown and handed out; customers erased everywhere, with a record of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

import ibis.expr.types as ir
from pydantic import TypeAdapter

from titian.app.answers.imports import ImportRun
from titian.app.answers.privacy import EraseAsked, ErasedCustomers, Everything
from titian.app.audience_definition import audience_of
from titian.app.desk import Desk, Reading
from titian.app.known import LONGEST_ID, need
from titian.app.texts import storable
from titian.errors import InputError
from titian.warehouse import erasing
from titian.warehouse.emptying import OF_CUSTOMERS
from titian.warehouse.progress import Progress, silent
from titian.warehouse.tables import TABLES

MOST_NOTES = 100_000
HANDED_OFF = "handoff"
"""Where files of touches wait for others to take them."""


def everything(reading: Reading, customer_id: str) -> Everything:
    """All that is kept of a customer. Raises NotFoundError for nobody's id."""
    need(reading, customer_id)
    desk, zone = reading.desk, reading.desk.workspace.zone
    tables = {name: tuple(_plain(row) for row in _rows(reading, name, customer_id)) for name in TABLES}
    reading.desk.trail.note("customer.show", uuid4().hex[:12], tables=[name for name, rows in tables.items() if rows])
    return Everything(
        customer_id=customer_id,
        at=datetime.now(zone),
        tables={name: rows for name, rows in tables.items() if rows},
        tags=tuple(held.model_dump(mode="json") for _, held in desk.tags.of_customer(customer_id)),
        notes=tuple(
            one.model_dump(mode="json")
            for one in desk.notes.listed(customer_id=customer_id, after=None, most=MOST_NOTES)[0]
        ),
        known=tuple(one.model_dump(mode="json") for one in desk.sayings.of_customer(customer_id)),
        staff=None if (charge := desk.charges.of_customer(customer_id)) is None else charge.model_dump(mode="json"),
        lists=tuple(_lists_with(desk, customer_id)),
        **_reached(desk, customer_id),
    )


def erase(desk: Desk, asked: EraseAsked, progress: Progress = silent) -> ErasedCustomers:
    """Erase customers from the landing, the warehouse, what was decided of them, and what files say of them.

    Whoever is in no table may be in the store or a list all the same, so that an unknown id is no error. Raises
    InputError where `confirm` is not their number, BusyError while somebody writes. A second time changes nothing more.
    """
    ids = frozenset(one for one in asked.ids if one and len(one) <= LONGEST_ID and storable(one))
    if asked.confirm != len(asked.ids) or not ids:
        raise InputError(
            f"{len(asked.ids)} customers are named, {asked.confirm} are confirmed; nobody was erased",
            "confirm as many as are named: what is erased can't be brought back",
            zh=f"给出了 {len(asked.ids)} 位客户，确认的是 {asked.confirm} 位；未删除任何人",
            hint_zh="请确认相同的人数：删除后无法恢复",
            field="confirm",
        )
    # What comes from the store takes half a second to load.
    from titian.store import erasing as store

    record = uuid4().hex[:12]
    desk.trail.note("customer.erasing", record, customers=len(ids))
    wiped = erasing.erase(desk.lake, ids, progress=progress)
    with desk.trail.telling("customer.erase", record) as telling:
        gone = store.erase(telling.connection, ids)
        rows = sum(len(places) for places in wiped.rows.values())
        telling.tell(customers=len(ids), rows=rows, rejected=wiped.rejected, **gone)
    desk.store.forget()
    _wipe_files(desk, ids, wiped)
    desk.uploads.clear()
    return ErasedCustomers(
        customers=len(ids),
        rows=rows,
        rejected=wiped.rejected,
        batches=wiped.batches,
        tags=gone["tagged"] + gone["untagged"],
        notes=gone["notes"],
        lists=gone["listed"],
        known=gone["known"],
        charges=gone["in_charge"] + gone["relieved"],
        touches=gone["outbox"] + gone["consents"] + gone["staff_tasks"],
        erased_at=datetime.now(desk.workspace.zone),
        record=record,
    )


def _rows(reading: Reading, name: str, customer_id: str) -> Iterable[dict[str, object]]:
    """The rows of a table that are of a customer."""
    if not reading.data.has(name):
        return ()
    rows = reading.data.table(name)
    if name == "order_items":
        orders = reading.data.table("orders")
        theirs = orders.filter(orders.customer_id == customer_id).order_id
        return reading.data.execute(rows.filter(rows.order_id.isin(theirs)))
    columns = [column for column in OF_CUSTOMERS if column in rows.columns]
    return reading.data.execute(rows.filter(_any(rows, columns, customer_id))) if columns else ()


def _reached(desk: Desk, customer_id: str) -> dict[str, tuple[dict[str, Any], ...]]:
    """What they were sent, what they agreed to, and what the team was to do for them."""
    from titian.store import consents, outbox, staff_tasks

    with desk.store.reading() as connection:
        found: dict[str, list[Any]] = {
            "touches": outbox.of_customer(connection, customer_id),
            "consents": consents.of_customer(connection, customer_id),
            "tasks": staff_tasks.of_customer(connection, customer_id),
        }
    return {name: tuple(_said(one) for one in kept) for name, kept in found.items()}


def _said(kept: Any) -> dict[str, Any]:
    """A value as JSON can say it, without what says nothing."""
    plain: dict[str, Any] = TypeAdapter(type(kept)).dump_python(kept, mode="json")
    return {name: value for name, value in plain.items() if value not in (None, "", {})}


def _any(rows: ir.Table, columns: list[str], customer_id: str) -> ir.BooleanValue:
    found: ir.BooleanValue = rows[columns[0]] == customer_id
    for column in columns[1:]:
        found = found | (rows[column] == customer_id)
    return found


def _plain(row: dict[str, object]) -> dict[str, Any]:
    """The cells that hold something, as JSON can say them."""
    plain = {
        name: value if isinstance(value, bool | int | float | str) else str(value)
        for name, value in row.items()
        if value is not None
    }
    return {name: value for name, value in plain.items() if value == value}


def _lists_with(desk: Desk, customer_id: str) -> Iterable[str]:
    from titian.store import lists

    with desk.store.reading() as connection:
        held = lists.holding(connection, customer_id)
    made = ((key, audience_of(definition).customers) for key, definition in desk.audiences.current().items())
    return (key for key, name in made if name in held)


def _wipe_files(desk: Desk, ids: Collection[str], wiped: erasing.Wiped) -> None:
    """Take them out of files of lists, and out of what is told of imports."""
    handed = (desk.workspace.path / HANDED_OFF).rglob("*.csv")
    for file in (*(desk.workspace.definitions / "audiences").glob("*.csv"), *handed):
        erasing.wipe_lines(file, ids)
    lines = sum(erasing.wipe_lines(file, {*ids, *wiped.orders}) for file in desk.workspace.runs.glob("*.rejects.csv"))
    for run in desk.runs.all():
        told = _without(run, ids, wiped, rejected=wiped.rejected + lines > 0)
        if told != run:
            desk.runs.write(told)


def _without(run: ImportRun, ids: Collection[str], wiped: erasing.Wiped, *, rejected: bool) -> ImportRun:
    """A run whose remarks name nobody of them; its first rejected rows go where any could be theirs."""
    result = run.result
    if result is None:
        return run
    notes = tuple(erasing.scrubbed(note, ids) for note in result.notes)
    rejects = () if rejected or run.batch_id in wiped.rows else result.rejects
    return run.model_copy(update={"result": result.model_copy(update={"notes": notes, "rejects": rejects})})
