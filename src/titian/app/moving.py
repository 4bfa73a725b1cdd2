"""Moving: who would be elsewhere if other definitions were in force."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass

import ibis
import ibis.expr.types as ir

from titian.app import population
from titian.app.audience_definition import audience_of
from titian.app.definition import Place
from titian.app.desk import Reading
from titian.app.held import assigned
from titian.app.in_workspace import InWorkspace
from titian.app.saved_audiences import rule_of
from titian.app.showing import whole
from titian.audience.excluding import would_be_out
from titian.audience.selecting import select
from titian.errors import MissingDataError

SAMPLE = 5
INSIDE, OUT = "in", "out"
"""Where somebody in an audience is, or who has a tag, and who is left out; who is neither is nowhere."""


@dataclass(frozen=True)
class Move:
    """Customers who go from one layer to another, into or out of an audience, or come to a tag or lose it; None is outside."""

    source: str | None
    target: str | None
    customers: int
    sample: tuple[str, ...]


Moves = tuple[Move, ...]


def between(now: InWorkspace, then: InWorkspace, places: Iterable[Place]) -> dict[Place, Moves]:
    """Who would move in each of some layerings, audiences and tags, the most first.

    What can't be computed, for want of data, is left out.
    """
    found: dict[Place, Moves] = {}
    for place in places:
        with suppress(MissingDataError):
            found[place] = _moves(now.reading, _where(now, place), _where(then, place))
    return found


@dataclass(frozen=True)
class _Where:
    """customer_id and place of everybody who is in some."""

    table: ir.Table
    held: object
    """Holds what was computed for it."""


def _where(known: InWorkspace, place: Place) -> _Where | None:
    """Who is where; None where there is no such layering, audience or tag."""
    sort, key = place
    reading = known.reading
    day = reading.day(None)
    if sort == "layerings":
        if key not in known.layerings:
            return None
        got = assigned(reading, known.layerings[key], day)
        return _Where(got.table.select("customer_id", place="layer"), got)
    if sort == "population":
        return _out(known)
    if sort == "tags":
        return _tagged(known, key)
    if key not in known.audiences:
        return None
    chosen = select(rule_of(audience_of(known.audiences[key])), reading.counted(day), reading.instant(day), known)
    return _Where(chosen.members.select("customer_id", place=ibis.literal(INSIDE)), chosen)


def _tagged(known: InWorkspace, key: str) -> _Where | None:
    """Who has a tag, whoever counts; of one that is brought into step, who meets its rule."""
    if key not in known.tags:
        return None
    ids, kept = known.tagged(key).table(known.reading.data.engine)
    return _Where(ids.select("customer_id", place=ibis.literal(INSIDE)), kept)


def _out(known: InWorkspace) -> _Where | None:
    """Who is left out by the rule in force, or by the one that would be."""
    reading = known.reading
    desk, day = reading.desk, reading.day(None)
    if known.instead is None:
        rule = desk.population.rule()
    else:
        rule = next((population.rule_of(one) for one in known.defined("population").values()), None)
    if rule is None:
        return None
    found = would_be_out(rule, reading.data, reading.instant(day), known.decided)
    return _Where(found.members.select("customer_id", place=ibis.literal(OUT)), found)


def _moves(reading: Reading, old: _Where | None, new: _Where | None) -> Moves:
    rows = _joined(old, new)
    counted = reading.data.execute(rows.group_by("source", "target").aggregate(customers=rows.count()))
    ranked = rows.mutate(
        place=ibis.row_number().over(ibis.window(group_by=["source", "target"], order_by="customer_id"))
    )
    samples: dict[tuple[object, object], list[str]] = {}
    for row in reading.data.execute(ranked.filter(ranked.place < SAMPLE).order_by("customer_id")):
        samples.setdefault((row["source"], row["target"]), []).append(str(row["customer_id"]))
    moves = (
        Move(
            _text(row["source"]),
            _text(row["target"]),
            whole(row["customers"]),
            tuple(samples[row["source"], row["target"]]),
        )
        for row in counted
    )
    return tuple(sorted(moves, key=lambda one: (-one.customers, one.source or "", one.target or "")))


def _joined(old: _Where | None, new: _Where | None) -> ir.Table:
    """customer_id, source and target of those who are elsewhere by the one than by the other."""
    nowhere = ibis.null("string")
    if old is None or new is None:
        one = old or new
        assert one is not None
        columns = (
            {"source": nowhere, "target": one.table.place}
            if old is None
            else {"source": one.table.place, "target": nowhere}
        )
        return one.table.select("customer_id", **columns)
    before = old.table.select("customer_id", source="place")
    after = new.table.select("customer_id", target="place")
    both = before.outer_join(after, "customer_id")
    both = both.mutate(customer_id=ibis.coalesce(both.customer_id, both.customer_id_right))
    return both.filter(~both.source.identical_to(both.target)).select("customer_id", "source", "target")


def _text(value: object) -> str | None:
    return None if value is None else str(value)
