"""Following: everyone's traits from day to day, and the layers that come of them, without assigning each day again.

The traits of the first day are there; what changed since (`traits.changes`) is added up in the order of days. Between
two changes a trait stays as it is but for days since an instant, which grow by one a day: there a stretch is split
where such a trait crosses a cut.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import product

import ibis
import ibis.expr.types as ir

from titian.layering.contract import Definition
from titian.layering.cuts import is_high
from titian.layering.fitted import Fitted
from titian.traits.changes import (
    ADDED,
    EXTREME,
    FAR,
    Days,
    Keep,
    day_number,
    extremes,
    followed,
    kept_type,
    nothing,
)
from titian.traits.planner import with_bases, with_needs
from titian.traits.trait import DaysSince, Fold, Trait, Unit


def followable(definition: Definition, fitted: Fitted) -> bool:
    """Whether a layering's days can be followed so; else each day has to be assigned."""
    if definition.turns(fitted) is None:
        return False
    return _all_followed(definition)


def _all_followed(definition: Definition) -> bool:
    return all(followed(trait) for trait in with_bases(definition.traits().values()))


def folds_of(definition: Definition) -> list[Trait]:
    """The folds that a layering's traits and their bases come down to."""
    traits = with_needs(with_bases(definition.traits().values()))
    return [trait for trait in traits if isinstance(trait.made, Fold)]


def followed_traits(definition: Definition) -> list[Trait]:
    """What is to be known of the first day: the traits that cuts are fitted on, and the folds behind them if followed."""
    folds = folds_of(definition) if _all_followed(definition) else []
    return [*with_bases(definition.traits().values()), *folds]


WAS = "was_"
"""Before the name of a fold: what it was until the stretch began."""


@dataclass(frozen=True)
class Stretches:
    """Whose folds were what from when until when: customer_id, day, until, known, and the folds, of now and before.

    A row holds for the as_ofs from `day` up to before `until` (numbers). `known`: whether there is a stretch before;
    `was_<fold>` says what the fold was in it, and what it is where there is none. `begun` are those of the first day, one
    of each customer known then; `moving` those that begin later.
    """

    moving: ir.Table
    begun: ir.Table


def stretches(folds: Sequence[Trait], base: ir.Table, moving: ir.Table, days: Days) -> Stretches:
    """The stretches of days, of what `moved` found; `base` holds the folds as of the first one."""
    base = exact(folds, base)
    ends = moving.filter(moving.opens).select("customer_id", ends="day")
    begun = base.left_join(ends, "customer_id")
    begun = begun.mutate(
        day=days.first_number,
        until=begun.ends.fill_null(days.last_number + 1),
        known=ibis.literal(False),
        **{WAS + fold.column: base[fold.column] for fold in folds},
    )
    return Stretches(_typed(moving, folds), _typed(begun, folds))


def moved(folds: Sequence[Trait], base: ir.Table, lines: ir.Table, days: Days, keep: Keep) -> ir.Table:
    """The stretches that begin after the first day, of the folds as of it (`base`) and their changes (`lines`)."""
    found = keep("moving", partial(_added_up, folds), days, lines, base)
    losable = _losable(folds)
    if not losable or not days.data.execute(found.filter(found.shaken).select("customer_id").limit(1)):
        return found
    return keep(("settled", days.data.version), partial(_settled, folds, losable), days, found)


def _losable(folds: Sequence[Trait]) -> list[Trait]:
    """The extremes that may be of a row that loses its fact."""
    found = [fold for fold in folds if isinstance(fold.made, Fold) and fold.made.how in EXTREME]
    return [fold for fold in found if isinstance(fold.made, Fold) and fold.made.source.lost_at]


def _typed(rows: ir.Table, folds: Sequence[Trait], *also: str) -> ir.Table:
    """The columns of stretches; what an engine kept may have come back in a type of its own."""
    values = {name: rows[name].cast(kind) for name, kind in _now_and_then(folds).items()}
    return rows.select("customer_id", "day", "until", "known", *also, **values)


def _now_and_then(folds: Sequence[Trait]) -> dict[str, str]:
    """The columns of the folds, and of what they were, each with its type."""
    return {prefix + fold.column: kept_type(fold) for prefix in ("", WAS) for fold in folds}


def exact(folds: Sequence[Trait], rows: ir.Table) -> ir.Table:
    """customer_id and the folds, in types that add up exactly."""
    found: dict[str, ir.Value] = {}
    for fold in folds:
        assert isinstance(fold.made, Fold)
        column = rows[fold.column].cast(kept_type(fold))
        found[fold.column] = column if fold.made.how in EXTREME else column.fill_null(nothing(fold))
    return rows.select("customer_id", **found)


def _added_up(folds: Sequence[Trait], days: Days, lines: ir.Table, base: ir.Table) -> ir.Table:
    """Lines of what is added on a day as stretches of what the folds come to, each up to the next.

    `opens` marks the first of a customer, and `shaken` one in which a row lost a fact.
    """
    base = exact(folds, base)
    by_day = ibis.window(group_by="customer_id", order_by="day")
    found = lines.select(
        *("customer_id", "day", "shaken"),
        until=lines.day.lead().over(by_day).fill_null(days.last_number + 1),
        opens=lines.day.lag().over(by_day).isnull(),
        **{_LINE + fold.column: lines[fold.column] for fold in folds},
        **{fold.column: _running(fold, lines[fold.column]) for fold in folds},
    )
    start = base.rename({_START + name: name for name in base.columns})
    joined = found.left_join(start, found.customer_id == start[f"{_START}customer_id"])
    known = ~joined.opens | joined[f"{_START}customer_id"].notnull()
    values = {name: value for fold in folds for name, value in _now_and_before(fold, joined).items()}
    return joined.select("customer_id", "day", "shaken", "until", "opens", known=known, **values)


def _running(fold: Trait, line: ir.Column) -> ir.Value:
    """What lines add up to with this one, or the extreme of those before it: a window for each fold.

    What was before a line or what is after it, the other of the two, follows from this and the line.
    """
    if _adds(fold):
        return line.sum().over(ibis.window(group_by="customer_id", order_by="day", rows=(None, 0)))
    return _extreme(fold, line).over(ibis.window(group_by="customer_id", order_by="day", rows=(None, -1)))


def _now_and_before(fold: Trait, rows: ir.Table) -> dict[str, ir.Value]:
    """A fold after a line and before it, of its line, of what it came to by the lines alone, and of what it started as."""
    line, running, start = rows[_LINE + fold.column], rows[fold.column], rows[_START + fold.column]
    if _adds(fold):
        now = (running + start.fill_null(nothing(fold))).cast(kept_type(fold))
        return {fold.column: now, WAS + fold.column: (now - line).cast(kept_type(fold))}
    was = _better(fold, running, start)
    return {fold.column: _better(fold, was, line), WAS + fold.column: was}


def _better(fold: Trait, one: ir.Column, other: ir.Column) -> ir.Value:
    """The more extreme of two, either of which may be missing."""
    assert isinstance(fold.made, Fold)
    beaten = other > one if fold.made.how == "max" else other < one
    return ibis.ifelse(one.isnull() | beaten, other, one)


_LINE, _START = "line_", "start_"


def _adds(fold: Trait) -> bool:
    assert isinstance(fold.made, Fold)
    return fold.made.how in ADDED


def _extreme(fold: Trait, column: ir.Column) -> ir.Scalar:
    assert isinstance(fold.made, Fold)
    return column.max() if fold.made.how == "max" else column.min()


def _settled(folds: Sequence[Trait], losable: Sequence[Trait], days: Days, moving: ir.Table) -> ir.Table:
    """The same with true extremes of customers of whom a row lost a fact: the extreme may have been that row."""
    shaken = moving.filter(moving.shaken).select("customer_id").distinct()
    points = moving.semi_join(shaken, "customer_id")
    true = extremes(losable, points.select("customer_id", "day"), days)
    mended = points.drop(*(fold.column for fold in losable)).left_join(true, ["customer_id", "day"])
    by_day = ibis.window(group_by="customer_id", order_by="day")
    before = {name: mended[name].lag().over(by_day) for name in (fold.column for fold in losable)}
    # Before the first stretch is what the first day knew.
    mended = mended.mutate(
        **{WAS + name: ibis.ifelse(mended.opens, mended[WAS + name], before[name]) for name in before}
    )
    kept = moving.anti_join(shaken, "customer_id")
    return ibis.union(_typed(kept, folds, "opens"), _typed(mended, folds, "opens"))


def folds_at_the_end(folds: Sequence[Trait], days: Days, moving: ir.Table) -> ir.Table:
    """customer_id and the folds as of the last day, of those whose folds changed."""
    last = moving.filter(moving.until > days.last_number)
    return last.select("customer_id", *(fold.column for fold in folds))


@dataclass(frozen=True)
class Judge:
    """Says of rows of folds which layer they mean on a day, and which cuts they pass."""

    definition: Definition
    fitted: Fitted
    days: Days

    def layer(self, rows: ir.Table, name: str, day: Day, prefix: str = "") -> ir.Table:
        """`rows` with the layer under `name`, of the folds whose names begin with `prefix`."""
        beside = {_BESIDE + column: rows[column] for column in rows.columns}
        seen = rows.select(**beside, **self._traits(rows, day, prefix))
        found = {column: seen[_BESIDE + column] for column in rows.columns}
        return seen.select(**found, **{name: self.definition.layer(seen, self.fitted)})

    def sides(self, rows: ir.Table, day: Day, prefix: str = "") -> ir.IntegerValue:
        """Which cuts are passed, one binary digit each, and the last one for having a value at all."""
        seen = self._traits(rows, day, prefix)
        total = seen["ranked"].cast("int64") * (1 << len(self.fitted.cuts))
        for number, cut in enumerate(self.fitted.cuts):
            total = total + ibis.ifelse(is_high(seen[cut.trait], cut).fill_null(False), 1 << number, 0)
        return total

    def turns(self) -> list[tuple[str, int]]:
        """The instants since which days are counted, and after how many a cut is passed."""
        found = []
        for name, offsets in (self.definition.turns(self.fitted) or {}).items():
            made = self.definition.traits()[name].made
            assert isinstance(made, DaysSince)
            found += [(made.instant.column, offset) for offset in offsets]
        return found

    def _traits(self, rows: ir.Table, day: Day, prefix: str) -> dict[str, ir.Value]:
        """What a layering reads: its traits under its own names, and `ranked`."""
        own = self.definition.traits()
        values: dict[str, ir.Value] = {}
        for trait in with_needs(with_bases(own.values())):
            values[trait.column] = _value(trait, rows, values, day(rows), prefix, self.days)
        bases = [values[trait.basis.column].notnull() for trait in own.values() if trait.basis is not None]
        ranked = ibis.or_(*bases) if bases else ibis.literal(True)
        return {"ranked": ranked, **{name: values[trait.column] for name, trait in own.items()}}


Day = Callable[[ir.Table], ir.IntegerValue]
"""Of rows, the number of the day that they are judged as of."""
_BESIDE = "beside_"
"""Keeps what goes along apart from the names that a layering gives its traits."""


def _value(
    trait: Trait, rows: ir.Table, values: Mapping[str, ir.Value], day: ir.IntegerValue, prefix: str, days: Days
) -> ir.Value:
    match trait.made:
        case Fold():
            column = rows[prefix + trait.column]
            kind = "float64" if trait.unit is Unit.MONEY else "int64"
            return column.cast(kind) if column.type().is_decimal() else column
        case DaysSince(instant):
            return day - days.moment.local_day_number(values[instant.column]).cast("int64")
        case derived:
            return derived.compute({need.key: values[need.column] for need in trait.needed()}, days.moment)


def concerned(judge: Judge, standing: ir.Table, lines: ir.Table) -> ir.Table:
    """Of those who stand somewhere as of the first day, who may turn: by a change in `lines`, or as days pass."""
    passing = [judge.days.within(standing[instant], offset - 1) for instant, offset in judge.turns()]
    return standing.filter(ibis.or_(standing.customer_id.isin(lines.customer_id), *passing))


def turnings(judge: Judge, rows: Stretches) -> ir.Table:
    """Where a customer's layer or sides turn, or begin, after the first day: customer_id, point, layer, sides.

    `before` and `sides_before` are those of the day before; "" and 0 where the customer was not seen yet. `rows` are
    stretches: one begins where a trait changes, and days since an instant pass a cut within one. Where sides tell layers
    none turns while all of them stay, and few rows have to be judged.
    """
    found = _points(judge, rows)
    found = found.mutate(sides=judge.sides(found, _point), sides_before=judge.sides(found, _eve, WAS))
    turned = ~found.known | (found.sides != found.sides_before)
    found = found.filter(turned) if judge.definition.told_by_sides else found
    found = judge.layer(found, "layer", _point)
    found = judge.layer(found, "before", _eve, WAS)
    was = {
        "before": ibis.ifelse(found.known, found.before, ""),
        "sides_before": ibis.ifelse(found.known, found.sides_before, 0),
    }
    return found.select("customer_id", "point", "layer", "sides", **was)


def _point(rows: ir.Table) -> ir.IntegerValue:
    return rows["point"]


def _eve(rows: ir.Table) -> ir.IntegerValue:
    return rows["point"] - 1


def _points(judge: Judge, rows: Stretches) -> ir.Table:
    """Stretches with the `point` that is to be looked at: their first day, and days within on which they may turn."""
    days = judge.days
    parts = [rows.moving.mutate(point=rows.moving.day)]
    for held, (instant, offset) in product((rows.moving, rows.begun), judge.turns()):
        # What is compared as it is stored leaves few rows of which to count days.
        near = held.filter(days.within(held[instant], offset - 1))
        point = days.moment.local_day_number(near[instant]).cast("int64") + offset
        turned = near.filter((point > near.day) & (point < near.until))
        within = {WAS + fold.column: turned[fold.column] for fold in folds_of(judge.definition)}
        parts.append(turned.mutate(point=point, known=ibis.literal(True), **within))
    return ibis.union(*parts).drop("day", "until") if len(parts) > 1 else parts[0].drop("day", "until")


def looked_at(turned: ir.Table, days: Sequence[date]) -> ir.Table:
    """Turnings moved to the next of the days that are looked at; those between two days become one."""
    numbers = [day_number(day) for day in days]
    step = numbers[1] - numbers[0] if len(numbers) > 1 else 1
    if numbers == list(range(numbers[0], numbers[-1] + 1, step)):
        late = (turned.point - numbers[0]) % step
        seen = turned.point + ibis.ifelse(late == 0, 0, step - late)
    else:
        seen = ibis.cases(*((turned.point <= number, number) for number in numbers), else_=FAR).cast("int64")
    moved = turned.mutate(seen=seen)
    moved = moved.filter(moved.seen <= numbers[-1])
    return moved.group_by("customer_id", point="seen").aggregate(
        layer=moved.layer.argmax(moved.point),
        sides=moved.sides.argmax(moved.point),
        before=moved.before.argmin(moved.point),
        sides_before=moved.sides_before.argmin(moved.point),
    )


def entries(turned: ir.Table) -> ir.Table:
    """Who came to a layer after the first day: customer_id, layer, since, sides, and `sides_before`, empty where new."""
    came = turned.filter(turned.layer != turned.before)
    known = ibis.ifelse(came.before == "", ibis.null("int64"), came.sides_before)
    return came.select("customer_id", "layer", since="point", sides="sides", sides_before=known)
