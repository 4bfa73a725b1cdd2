"""Erasures: those that were done, as the audit log knows them, and how far the one is that is being done."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from titian.app import privacy
from titian.app.answers.privacy import EraseAsked, ErasedCustomers, Erasure, Erasures, UnderWay
from titian.app.desk import Desk

if TYPE_CHECKING:
    from titian.store.audit import Line

BEGUN, DONE = "customer.erasing", "customer.erase"


def erase(desk: Desk, asked: EraseAsked) -> ErasedCustomers:
    """Erase customers while others can see how far it is. Raises as `privacy.erase` does."""
    try:
        return privacy.erase(desk, asked, desk.erasing)
    finally:
        desk.erasing.over()


def told(desk: Desk) -> Erasures:
    """All of them, the newest first; one that was broken off has no end."""
    lines = desk.trail.of_actions(BEGUN, DONE)
    ends = {line.subject: line for line in lines if line.action == DONE}
    begun = (line for line in lines if line.action == BEGUN)
    return Erasures(
        erasures=tuple(_erasure(desk, line, ends.get(line.subject)) for line in begun), under_way=_under_way(desk)
    )


def _under_way(desk: Desk) -> UnderWay | None:
    if desk.erasing.last is None:
        return None
    stage, done, total = desk.erasing.last
    return UnderWay(stage=stage, done=done, total=total)


def _erasure(desk: Desk, begun: Line, end: Line | None) -> Erasure:
    figures = {} if end is None else end.details

    def sum_of(*names: str) -> int:
        return sum(int(figures.get(name, 0)) for name in names)

    return Erasure(
        record=begun.subject,
        by=begun.actor,
        began_at=_local(desk, begun),
        erased_at=None if end is None else _local(desk, end),
        customers=int(begun.details.get("customers", 0)),
        rows=sum_of("rows"),
        tags=sum_of("tagged", "untagged"),
        notes=sum_of("notes"),
        lists=sum_of("listed"),
    )


def _local(desk: Desk, line: Line) -> datetime:
    return datetime.fromisoformat(line.at).astimezone(desk.workspace.zone)
