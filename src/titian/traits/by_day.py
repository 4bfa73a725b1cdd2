"""By day: folds of events that the counts by local day answer, which the lake keeps beside its events."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC

import ibis
import ibis.expr.types as ir

from titian.domain.meanings import Meanings
from titian.traits.moment import Moment
from titian.traits.scanning import scanned_since
from titian.traits.sources import EVENTS
from titian.traits.spans import span_of
from titian.traits.trait import DaysSince, Did, Fold, Term, Trait
from titian.warehouse.event_days import EventDays
from titian.warehouse.zones import day_begun_at


@dataclass(frozen=True)
class DayFold:
    """A fold over days: of which events, and from which day up to before which, since 1970-01-01."""

    trait: Trait
    events: tuple[str, ...] | None
    """As the data call them; None for all."""
    since: int | None
    until: int

    def counts(self, rows: ir.Table) -> list[ir.BooleanValue]:
        """What holds of the rows that count for it."""
        found = [rows.day < self.until]
        if self.since is not None:
            found.append(rows.day >= self.since)
        if self.events is not None:
            found.append(rows.event.isin(self.events))
        return found


def day_folds(traits: Iterable[Trait], wanted: Collection[Trait], meanings: Meanings, moment: Moment) -> list[DayFold]:
    """Those of the folds that days answer just as rows do: how often, on how many days, and when last where only the day counts.

    That is so where each edge of their windows, and the as_of, is the beginning of a local day. `wanted` are all traits
    that are to be computed.
    """
    today = day_begun_at(moment.as_of.astimezone(UTC).replace(tzinfo=None), moment.timezone)
    if today is None:
        return []
    by_instant = _read_as_instants(wanted)
    found = (_day_fold(trait, meanings, moment, today) for trait in traits)
    kept = [one for one in found if one is not None and not (_is_last(one) and one.trait.column in by_instant)]
    return sorted(kept, key=lambda one: one.trait.column)


def _is_last(fold: DayFold) -> bool:
    return isinstance(fold.trait.made, Fold) and fold.trait.made.how == "max"


def _read_as_instants(wanted: Iterable[Trait]) -> set[str]:
    """The columns of which more than the day matters: all but those that days since are told from."""
    found = set()
    for trait in wanted:
        found.add(trait.column)
        if not isinstance(trait.made, DaysSince):
            found |= _read_as_instants(trait.needed())
    return found


def _day_fold(trait: Trait, meanings: Meanings, moment: Moment, today: int) -> DayFold | None:
    made = trait.made
    if (
        not isinstance(made, Fold)
        or made.source != EVENTS
        or len(made.terms) != 1
        or not _of_days(made.how, made.terms[0])
    ):
        return None
    since, until = None, today
    if (start := scanned_since(trait, EVENTS.at, moment)) is not None:
        since = day_begun_at(start, moment.timezone)
        if since is None:
            return None
    if trait.span is not None:
        end = span_of(trait.span[1], moment.as_of, moment.timezone)
        last = day_begun_at(end.start if end.is_instant else end.after, moment.timezone)
        if last is None:
            return None
        until = min(today, last)
    where = made.terms[0].where
    events = tuple(meanings.all_names(where.events)) if isinstance(where, Did) else None
    return DayFold(trait, events, since, until)


def _of_days(how: str, term: Term) -> bool:
    plain = term.at == EVENTS.at and term.sign > 0 and (term.where is None or isinstance(term.where, Did))
    return plain and (how, term.value) in (("count", None), ("distinct", "day"), ("max", EVENTS.at))


def day_part(folds: Sequence[DayFold], kept: EventDays) -> ir.Table:
    """`number` and a column per fold; the last time as the local day. Customers of whom no day counts may be left out."""
    rows = kept.rows
    if len(folds) == 1:
        rows = rows.filter(*folds[0].counts(rows))
        values = {folds[0].trait.column: _folded(folds[0], rows, None)}
    else:
        rows = rows.filter(ibis.or_(*(ibis.and_(*one.counts(rows)) for one in folds)))
        values = {one.trait.column: _folded(one, rows, ibis.and_(*one.counts(rows))) for one in folds}
    return rows.group_by("number").aggregate(**values)


def _folded(fold: DayFold, rows: ir.Table, counts: ir.BooleanValue | None) -> ir.Value:
    assert isinstance(fold.trait.made, Fold)
    day, times = (
        rows[name] if counts is None else ibis.ifelse(counts, rows[name], ibis.null("int32"))
        for name in ("day", "times")
    )
    match fold.trait.made.how:
        case "count":
            # DuckDB's sums are wider than Ibis says: the one cast makes the other one be.
            return times.sum().cast("int32").cast("int64")
        case "distinct":
            return day.nunique()
        case _:
            return day.max()


def seen_by(day: int, kept: EventDays) -> ir.Table:
    """customer_id of whoever did anything before a day."""
    did = kept.rows.filter(kept.rows.day < day).select("number").distinct()
    return kept.numbers.semi_join(did, "number").select("customer_id")
