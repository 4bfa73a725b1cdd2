"""Following: everyone's traits from day to day, and the layers that come of them, without assigning each day again.

The traits of the first day are there; what changed since (`traits.changes`) is added up in the order of days. Between
two changes a trait stays as it is but for days since an instant, which grow by one a day: there a stretch is split
where such a trait crosses a cut.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

import ibis
import ibis.expr.types as ir

from titian.layering.contract import Definition
from titian.layering.cuts import is_high
from titian.layering.fitted import Fitted
from titian.traits.changes import (
    ADDED,
    EXTREME,
    Days,
    added_type,
    changes,
    day_number,
    extremes,
    followed,
)
from titian.traits.planner import with_bases, with_needs
from titian.traits.trait import DaysSince, Fold, Trait, Unit


def followable(definition: Definition, fitted: Fitted) -> bool:
    """Whether a layering's days can be followed so; else each day has to be assigned."""
    if definition.turns(fitted) is None:
        return False
    return all(followed(trait) for trait in with_bases(definition.traits().values()))


def folds_of(definition: Definition) -> list[Trait]:
    """The folds that a layering's traits and their bases come down to."""
    traits = with_needs(with_bases(definition.traits().values()))
    return [trait for trait in traits if isinstance(trait.made, Fold)]


Keep = Callable[[str, ir.Table], ir.Table]
"""Computes a relation that is read more than once, and keeps it under a name as long as the work lasts."""


def stretches(folds: Sequence[Trait], base: ir.Table, days: Days, keep: Keep) -> ir.Table:
    """customer_id, day, until and the folds: as they are for the as_ofs from `day` up to before `until` (numbers).

    `base` holds the folds as of the first day.
    """
    first, after = day_number(days.first), day_number(days.last) + 1
    changed = keep("changed", changes(folds, days))
    begun = base.select(
        "customer_id",
        day=ibis.literal(first).cast("int64"),
        shaken=ibis.literal(False),
        **{fold.column: _exact(fold, base[fold.column]) for fold in folds},
    )
    touched = changed.select("customer_id").distinct()
    moving = ibis.union(begun.semi_join(touched, "customer_id"), changed)
    past = ibis.window(group_by="customer_id", order_by="day", following=0)
    ahead = ibis.window(group_by="customer_id", order_by="day")
    moving = moving.mutate(
        until=moving.day.lead().over(ahead).fill_null(after),
        **{fold.column: _so_far(fold, moving[fold.column], past) for fold in folds},
    )
    # Of several lines of one day the last says what holds: those before it last no day.
    moving = keep("moving", moving.filter(moving.until > moving.day))
    columns = ["customer_id", "day", "until", *(fold.column for fold in folds)]
    resting = begun.anti_join(touched, "customer_id").mutate(until=ibis.literal(after).cast("int64"))
    return ibis.union(_settled(moving, changed, folds, days).select(columns), resting.select(columns))


def _exact(fold: Trait, column: ir.Value) -> ir.Value:
    assert isinstance(fold.made, Fold)
    if fold.made.how in EXTREME:
        return column
    return column.cast(added_type(fold)).fill_null(ibis.literal(0).cast(added_type(fold)))


def _so_far(fold: Trait, column: ir.Column, past: ibis.expr.builders.WindowBuilder) -> ir.Value:
    assert isinstance(fold.made, Fold)
    if fold.made.how in ADDED:
        return column.sum().over(past).cast(added_type(fold))
    return (column.max() if fold.made.how == "max" else column.min()).over(past)


def _settled(moving: ir.Table, changed: ir.Table, folds: Sequence[Trait], days: Days) -> ir.Table:
    """The same with true extremes of customers of whom a row lost a fact: the extreme may have been that row."""
    found = [fold for fold in folds if isinstance(fold.made, Fold) and fold.made.how in EXTREME]
    losable = [fold for fold in found if isinstance(fold.made, Fold) and fold.made.source.lost_at]
    if not losable:
        return moving
    shaken = changed.filter(changed.shaken).select("customer_id").distinct()
    points = moving.semi_join(shaken, "customer_id")
    true = extremes(losable, points.select("customer_id", "day"), days)
    mended = points.drop(*(fold.column for fold in losable)).left_join(true, ["customer_id", "day"])
    kept = moving.anti_join(shaken, "customer_id")
    return ibis.union(kept.select(moving.columns), mended.select(moving.columns))


def shown(definition: Definition, rows: ir.Table, day: str, days: Days) -> ir.Table:
    """The columns that `Definition.layer` reads, from folds and the number of the day in column `day`."""
    traits = with_needs(with_bases(definition.traits().values()))
    for trait in traits:
        rows = rows.mutate(**{trait.column: _value(trait, rows, rows[day], days)})
    bases = [trait.basis.column for trait in definition.traits().values() if trait.basis is not None]
    ranked = ibis.or_(*(rows[basis].notnull() for basis in bases)) if bases else ibis.literal(True)
    own = {name: rows[trait.column] for name, trait in definition.traits().items()}
    return rows.select("customer_id", day, ranked=ranked, **own)


def _value(trait: Trait, rows: ir.Table, day: ir.IntegerValue, days: Days) -> ir.Value:
    match trait.made:
        case Fold():
            column = rows[trait.column]
            return (
                column.cast("float64" if trait.unit is Unit.MONEY else "int64")
                if column.type().is_decimal()
                else column
            )
        case DaysSince(instant):
            return day - days.moment.local_day_number(rows[instant.column]).cast("int64")
        case derived:
            return derived.compute({need.key: rows[need.column] for need in trait.needed()}, days.moment)


def points(definition: Definition, fitted: Fitted, rows: ir.Table, days: Days) -> ir.Table:
    """customer_id, `point` (a number of a day), the layer from it on, and `sides`, which of the cuts are passed.

    `rows` are stretches. Neighbouring points of a customer may have the same layer.
    """
    turns = definition.turns(fitted) or {}
    parts = [rows.mutate(point=rows.day)]
    for name, offsets in turns.items():
        made = definition.traits()[name].made
        assert isinstance(made, DaysSince)
        since = days.moment.local_day_number(rows[made.instant.column]).cast("int64")
        for offset in offsets:
            turned = rows.filter((since + offset > rows.day) & (since + offset < rows.until))
            parts.append(turned.mutate(point=since + offset))
    seen = shown(definition, ibis.union(*parts) if len(parts) > 1 else parts[0], "point", days)
    return seen.select("customer_id", "point", layer=definition.layer(seen, fitted), sides=_sides(seen, fitted))


def _sides(rows: ir.Table, fitted: Fitted) -> ir.IntegerValue:
    """Which cuts are passed, one binary digit each."""
    total = ibis.literal(0).cast("int64")
    for number, cut in enumerate(fitted.cuts):
        total = total + ibis.ifelse(is_high(rows[cut.trait], cut).fill_null(False), 1 << number, 0)
    return total


def turned(at: ir.Table) -> ir.Table:
    """The points at which a customer's layer changes or begins: customer_id, layer, point, `next_point` and sides.

    `before` and `sides_before` are those of the point before, null at the first.
    """
    by_day = ibis.window(group_by="customer_id", order_by="point")
    at = at.mutate(before=at.layer.lag().over(by_day), sides_before=at.sides.lag().over(by_day))
    new = at.filter(at.before.isnull() | (at.before != at.layer))
    return new.mutate(next_point=new.point.lead().over(by_day))


def intervals(turns: ir.Table, fitted: Fitted, first: date) -> ir.Table:
    """customer_id, layer, valid_from, valid_to, reason from turning points; valid_to is the first day elsewhere."""
    at_start = turns.point == day_number(first)
    return turns.select(
        "customer_id",
        "layer",
        valid_from=as_date(turns.point),
        valid_to=as_date(turns.next_point),
        reason=ibis.cases(
            (turns.before.isnull() & at_start, "start"),
            (turns.before.isnull(), "entered"),
            else_=_passed(turns, fitted),
        ),
    )


def looked_at(at: ir.Table, days: Sequence[date]) -> ir.Table:
    """Points moved to the next of the days that are looked at; of several before one day the last counts."""
    numbers = [day_number(day) for day in days]
    step = numbers[1] - numbers[0] if len(numbers) > 1 else 1
    if numbers == list(range(numbers[0], numbers[-1] + 1, step)):
        late = (at.point - numbers[0]) % step
        seen = at.point + ibis.ifelse(late == 0, 0, step - late)
    else:
        seen = ibis.cases(*((at.point <= number, number) for number in numbers), else_=numbers[-1] + 1).cast("int64")
    moved = at.mutate(seen=seen)
    by_day = ibis.window(group_by=["customer_id", "seen"], order_by=ibis.desc("point"))
    last = moved.filter(moved.seen <= numbers[-1]).mutate(place=ibis.row_number().over(by_day))
    return last.filter(last.place == 0).select("customer_id", "layer", "sides", point="seen")


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
