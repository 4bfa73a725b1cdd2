"""Intervals: who is in which layer from when until when, from who came where on which day.

Intervals are tables of customer_id, layer, since and until (numbers of days, until the first one elsewhere; empty where
the customer still is there), and `sides` and `sides_before`: which cuts are passed, one binary digit each, and were the
day before; empty of who was not there before. Arrivals are the same before anybody says when they ended; `linked` knows
of each when the same customer arrived elsewhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from titian.layering.fitted import Fitted
from titian.traits.changes import day_number

COLUMNS = ("customer_id", "layer", "since", "until", "sides", "sides_before")


def begun(layers: ir.Table, day: date, also: Sequence[str] = ()) -> ir.Table:
    """Who stands where as of `day`: `layers` has customer_id and layer, and columns that go along."""
    unknown = ibis.null("int64")
    since = ibis.literal(day_number(day)).cast("int64")
    return layers.select("customer_id", "layer", *also, since=since, sides=unknown, sides_before=unknown)


def linked(came: ir.Table) -> ir.Table:
    """Arrivals with until: the next arrival of the same customer."""
    by_day = ibis.window(group_by="customer_id", order_by="since")
    return came.mutate(until=came.since.lead().over(by_day)).select(COLUMNS)


def left(standing: ir.Table, came: ir.Table) -> ir.Table:
    """The intervals of those who stood somewhere until they arrived elsewhere."""
    first = came.group_by("customer_id").aggregate(until=came.since.min())
    return standing.inner_join(first, "customer_id").select(COLUMNS)


def over(rows: ir.Table) -> ir.Table:
    """Those that ended: linked arrivals are intervals of which the last of each customer has no end."""
    return rows.filter(rows.until.notnull())


def placed(standing: ir.Table, *fresh: ir.Table) -> ir.Table:
    """Who stands where: as `standing` says, but for those of whom `fresh` does."""
    for others in fresh:
        standing = ibis.union(standing.anti_join(others, "customer_id"), others.select(standing.columns))
    return standing


def stood(standing: ir.Table, came: ir.Table, moved: ir.Table | None = None) -> ir.Table:
    """Who stands where after these linked arrivals, new customers among them.

    Where standing has folds, `moved` has customer_id and the folds of those whose folds changed; of new customers always.
    """
    new = _known_by_id(touched(came).anti_join(standing, "customer_id"), standing)
    return _after(ibis.union(standing, new), came, moved)


def changed(standing: ir.Table, came: ir.Table, moved: ir.Table | None = None) -> ir.Table:
    """The same of those only whom arrivals or `moved` are about."""
    rows = touched(came, moved).left_join(standing, "customer_id").select(standing.columns)
    return _after(rows, came, moved)


def _known_by_id(customers: ir.Table, standing: ir.Table) -> ir.Table:
    """Rows of `standing` of which nothing but the customer is known."""
    return customers.select(
        **{name: ibis.null(kind) for name, kind in standing.schema().items()} | {"customer_id": "customer_id"}
    )


def _after(rows: ir.Table, came: ir.Table, moved: ir.Table | None) -> ir.Table:
    rows = _overlaid(rows, came.filter(came.until.isnull()).drop("until"))
    return rows if moved is None else _overlaid(rows, moved)


def _overlaid(rows: ir.Table, over: ir.Table) -> ir.Table:
    """The rows, with other values of those customers that `over` has."""
    there = over.rename({f"{_OVER}{name}": name for name in over.columns})
    joined = rows.left_join(there, rows.customer_id == there[f"{_OVER}customer_id"])
    known = joined[f"{_OVER}customer_id"].notnull()
    others = {
        name: ibis.ifelse(known, joined[f"{_OVER}{name}"].cast(rows[name].type()), joined[name])
        for name in over.columns
        if name != "customer_id"
    }
    return joined.mutate(**others).select(rows.columns)


_OVER = "over_"


def touched(came: ir.Table, moved: ir.Table | None = None) -> ir.Table:
    """Whom arrivals and changed folds are about, each once."""
    arrived = came.select("customer_id")
    return arrived.distinct() if moved is None else arrived.union(moved.select("customer_id"), distinct=True)


def open_ended(standing: ir.Table) -> ir.Table:
    """Who stands where, as intervals."""
    return standing.mutate(until=ibis.null("int64")).select(COLUMNS)


def cut(rows: ir.Table, day: date) -> ir.Table:
    """The intervals as they were known as of `day`: what came later is left out, what ended later is open."""
    number = day_number(day)
    seen = rows.filter(rows.since <= number)
    return seen.mutate(until=ibis.ifelse(seen.until > number, ibis.null("int64"), seen.until)).select(COLUMNS)


def shown(rows: ir.Table, first: date, fitted: Fitted) -> ir.Table:
    """customer_id, layer, valid_from, valid_to, reason, of intervals that begin on `first`."""
    new = ibis.ifelse(rows.since == day_number(first), "start", "entered")
    return rows.select(
        "customer_id",
        "layer",
        valid_from=as_date(rows.since),
        valid_to=as_date(rows.until),
        reason=ibis.ifelse(rows.sides_before.isnull(), new, _passed(rows, fitted)),
    )


def as_date(number: ir.IntegerValue) -> ir.DateValue:
    """A number of a day as a date."""
    return (ibis.literal("1970-01-01").cast("timestamp") + number.as_interval("D")).date()


def _passed(rows: ir.Table, fitted: Fitted) -> ir.StringValue:
    """The traits whose cut was passed, + to the good side and - from it: "+spend -recency_days"."""
    said: ir.StringValue = ibis.literal("")
    for number, cut in enumerate(fitted.cuts):
        here, there = rows.sides & (1 << number), rows.sides_before & (1 << number)
        mark = ibis.cases((here > there, f" +{cut.trait}"), (here < there, f" -{cut.trait}"), else_="")
        said = said + mark
    return ibis.ifelse(said == "", "changed", said.strip())
