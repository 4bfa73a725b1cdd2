"""Chronicle: a history as it is kept, so that the next day is added to it instead of computing it all again.

What was true of a day stays true while no row of before that day changes. So a kept history is taken back to the day
before the earliest row that was added, corrected or withdrawn since, and told on from there: a late event leads to the
same history as one that came in time.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Literal, NamedTuple

import ibis
import ibis.expr.types as ir

from titian.domain.instants import instant, local_day
from titian.layering.assignment import assign
from titian.layering.day_by_day import arrivals
from titian.layering.fitted import Fitted
from titian.layering.following import (
    Judge,
    concerned,
    entries,
    exact,
    folds_at_the_end,
    folds_of,
    followable,
    followed_traits,
    looked_at,
    moved,
    stretches,
    turnings,
)
from titian.layering.intervals import begun, changed, cut, left, linked, open_ended, over, placed, stood, touched
from titian.layering.layering import Layering
from titian.layering.telling import Telling
from titian.traits.changes import Days, changes, day_number
from titian.traits.planner import TraitTable, trait_table
from titian.traits.population import seen_in
from titian.traits.trait import Trait
from titian.warehouse.dataset import Dataset
from titian.warehouse.engine import Engine
from titian.warehouse.keeping import KeptRelation
from titian.warehouse.shelf import Shelved

Every = Literal["day", "week", "month"]


@dataclass(frozen=True)
class Chronicle:
    """A history of the days looked at up to `last`, kept in the engine.

    `ended` are the intervals that ended, in parts that are added to and never change. `standing` is who is where since
    when, with the folds as of `last` where days are followed; who is in `fresh` is as it says there, so that a day on
    which few change is told without copying everybody.
    """

    last: date
    ended: tuple[KeptRelation, ...]
    standing: KeptRelation
    fresh: KeptRelation | None = None

    @property
    def kept(self) -> tuple[KeptRelation, ...]:
        """What holds all of it."""
        return (*self.ended, self.standing, *([self.fresh] if self.fresh else []))

    def places(self, engine: Engine) -> list[ir.Table]:
        """Where who stands where is found: `standing`, and `fresh` where there is any."""
        return [engine.relation(kept) for kept in (self.standing, self.fresh) if kept is not None]

    def rows(self, engine: Engine) -> ir.Table:
        """All intervals."""
        parts = [engine.relation(part) for part in self.ended]
        return ibis.union(*parts, open_ended(placed(*self.places(engine))))


class Told(NamedTuple):
    """What happened on some days."""

    about: ir.Table
    """Who stood where before, of all whom it is about; of others it may be left out."""
    came: ir.Table
    """Who arrived where, linked."""
    moving: tuple[ir.Table, ...]
    """The stretches of folds, where they are followed."""


@dataclass(frozen=True)
class Teller:
    """Tells one history: a layering, its fit (None: anew each day), and the days that are looked at."""

    definition: Layering
    data: Dataset
    fitted: Fitted | None
    every: Every
    days: tuple[date, ...]

    @property
    def key(self) -> str:
        """The same for the same question, however far it goes and whatever rows it is asked of.

        Which tables say who is a customer is part of it: the first orders make others of all days, not of later ones.
        """
        fitted = None if self.fitted is None else self.fitted.model_dump_json()
        named = (self.definition.kind, self.definition.model_dump_json(), fitted)
        calendar = (self.data.timezone, self.data.meanings.digest, self.every, self.days[0].isoformat())
        told = (SHAPE, *named, *calendar, *([self.data.part] if self.data.part else []), *seen_in(self.data))
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()[:24]

    @property
    def follows(self) -> bool:
        """Whether days can be followed from one to the next; else each is assigned."""
        return self.fitted is not None and followable(self.definition, self.fitted)

    def told(self) -> tuple[ir.Table, tuple[KeptRelation, ...]]:
        """The intervals up to the last day and what holds them, from what is kept of the history; a longer one stays."""
        kept = self._kept()
        if kept is None or kept.last < self.days[-1]:
            begun = kept or self._beginning()
            kept = self._onward(begun) if begun.last < self.days[-1] else begun
            self._shelve(kept)
        rows = kept.rows(self.data.engine)
        return cut(rows, self.days[-1]) if kept.last > self.days[-1] else rows, kept.kept

    def _kept(self) -> Chronicle | None:
        """What is kept of it and still true."""
        found = self.data.engine.shelf.find(self.key, self.data.engine)
        if found is None:
            return None
        parts = dict(found.relations)
        standing, fresh = parts.pop(STANDING), parts.pop(FRESH, None)
        kept = Chronicle(date.fromisoformat(found.about["last"]), tuple(parts.values()), standing, fresh)
        sure = self._sure_until(found.about["version"])
        if sure >= kept.last:
            return kept
        back = max((day for day in self.days if day <= sure), default=None)
        return None if back is None else self._taken_back(kept, back)

    def _sure_until(self, version: str) -> date:
        """The last day as of which nothing changed since a version of the data."""
        if version == self.data.version:
            return date.max
        read = frozenset[str]().union(*self.definition.needs())
        others = self.data.changed_since(version, read.union(seen_in(self.data)))
        if others is None or any(table in read and table not in DATED for table in others):
            return date.min
        return min((local_day(at, self.data.timezone) for at in others.values()), default=date.max)

    def _taken_back(self, kept: Chronicle, day: date) -> Chronicle:
        """The history as it was told up to `day`, a day before others are to be told anew."""
        rows = cut(kept.rows(self.data.engine), day)
        standing = rows.filter(rows.until.isnull()).drop("until")
        if self.follows:
            base = self._base(day)
            standing = standing.inner_join(exact(self._folds, base.rows), "customer_id")
        parts = {"ended": rows.filter(rows.until.notnull()), STANDING: standing}
        found = {name: self._keep(f"{name} taken back", part, day) for name, part in parts.items()}
        return Chronicle(day, (found["ended"],), found[STANDING])

    def _beginning(self) -> Chronicle:
        """The first day."""
        first = self.days[0]
        if self.fitted is not None and self.follows:
            base = self._base(first)
            judge = Judge(self.definition, self.fitted, Days(first, first, self.data))
            layers = judge.layer(exact(self._folds, base.rows), "layer", lambda _: ibis.literal(day_number(first)))
        else:
            layers = assign(self.definition, self.data, instant(first, self.data.timezone), self.fitted).table
        return Chronicle(
            first, (), self._keep("begun", begun(layers, first, [fold.column for fold in self._folds]), first)
        )

    @property
    def _folds(self) -> list[Trait]:
        return folds_of(self.definition) if self.follows else []

    def _base(self, day: date) -> TraitTable:
        """The folds as of a day."""
        return trait_table(followed_traits(self.definition), self.data, instant(day, self.data.timezone))

    def _onward(self, start: Chronicle) -> Chronicle:
        """The history told on to the last day."""
        ahead = tuple(day for day in self.days if day > start.last)
        days = Days(start.last, ahead[-1], self.data)
        telling = Telling(self.key, days, self._waits if self.follows and len(ahead) == days.length else None)
        told = (self._followed if self.follows else self._assigned)(telling, start, ahead)
        telling.keep("ended", _ended, days, told.about, told.came)
        parts = self._bound((*start.ended, telling.kept["ended"]))
        standing, *fresh = start.places(self.data.engine)
        folds, changes = self._folds, (told.came, *told.moving)
        if not telling.short or self._heavy(start):
            telling.keep(STANDING, partial(_all_after, folds, len(changes)), days, *changes, standing, *fresh)
            return Chronicle(ahead[-1], parts, telling.kept[STANDING])
        telling.keep(FRESH, partial(_others_after, folds, len(changes)), days, *changes, told.about, *fresh)
        return Chronicle(ahead[-1], parts, start.standing, telling.kept[FRESH])

    @property
    def _waits(self) -> set[int]:
        """After how many days a row leaves a window, or a customer passes a cut."""
        assert self.fitted is not None
        windows = {fold.window_days for fold in folds_of(self.definition) if fold.window_days is not None}
        turns = (self.definition.turns(self.fitted) or {}).values()
        return windows.union(offset - 1 for offsets in turns for offset in offsets)

    def _heavy(self, kept: Chronicle) -> bool:
        """Whether so many are fresh that it is time to put them with the others."""
        if kept.fresh is None:
            return False
        fresh, whole = (self.data.engine.relation(part) for part in (kept.fresh, kept.standing))
        many = fresh.aggregate(held=fresh.count() * FRESH_SHARE > whole.count().as_scalar())
        return bool(self.data.execute(many)[0]["held"])

    def _bound(self, parts: tuple[KeptRelation, ...]) -> tuple[KeptRelation, ...]:
        """Many small parts as one."""
        if len(parts) < MOST_PARTS:
            return parts
        whole = ibis.union(*(self.data.engine.relation(part) for part in parts))
        return (self._keep("bound", whole, self.days[0]),)

    def _followed(self, telling: Telling, start: Chronicle, ahead: tuple[date, ...]) -> Told:
        assert self.fitted is not None
        days, keep, folds = telling.days, telling.keep, self._folds
        judge = Judge(self.definition, self.fitted, days)
        lines = changes(folds, days, keep)
        places = start.places(self.data.engine)
        about = keep("about", partial(_concerned, judge), days, lines, *places) if telling.short else placed(*places)
        moving = moved(folds, about, lines, days, keep)
        looked = None if len(ahead) == days.length else (start.last, *ahead)
        return Told(about, keep("came", partial(_arrived, judge, looked), days, moving, about), (moving,))

    def _assigned(self, telling: Telling, start: Chronicle, ahead: tuple[date, ...]) -> Told:
        about = placed(*start.places(self.data.engine))
        came, held = arrivals(self.definition, self.data, (start.last, about), ahead, self.fitted)
        telling.held += held
        return Told(about, telling.keep("came", _linked, telling.days, came), ())

    def _keep(self, name: str, rows: ir.Table, since: date) -> KeptRelation:
        _, kept = self.data.engine.keep((self.data.version, self.key, name, since, self.days[-1]), lambda: rows)
        return kept

    def _shelve(self, told: Chronicle) -> None:
        about = {"last": told.last.isoformat(), "version": self.data.version}
        parts = {f"ended-{number}": part for number, part in enumerate(told.ended)}
        parts |= {STANDING: told.standing} | ({} if told.fresh is None else {FRESH: told.fresh})
        self.data.engine.shelf.put(self.key, Shelved(about, parts), self.data.engine)


def _concerned(judge: Judge, days: Days, lines: ir.Table, standing: ir.Table, *fresh: ir.Table) -> ir.Table:
    """Whom the days concern; looked out before they are put together, of which few have to be then."""
    judge = replace(judge, days=days)
    found = concerned(judge, standing, lines)
    for others in fresh:
        found = ibis.union(
            found.anti_join(others, "customer_id"), concerned(judge, others.select(found.columns), lines)
        )
    return found


def _arrived(judge: Judge, looked: Sequence[date] | None, days: Days, moving: ir.Table, about: ir.Table) -> ir.Table:
    """Who came where, of the stretches of folds; `looked` are the days looked at, where these are not all of them."""
    folds = folds_of(judge.definition)
    turned = turnings(replace(judge, days=days), stretches(folds, about, moving, days))
    return linked(entries(turned if looked is None else looked_at(turned, looked)))


def _linked(_: Days, came: ir.Table) -> ir.Table:
    return linked(came)


def _ended(_: Days, about: ir.Table, came: ir.Table) -> ir.Table:
    return ibis.union(left(about, came), over(came))


def _all_after(folds: Sequence[Trait], news: int, days: Days, *tables: ir.Table) -> ir.Table:
    """Who stands where after `tables[:news]`, of all who stood where the others say."""
    came, *moving = tables[:news]
    return stood(placed(*tables[news:]), came, *(folds_at_the_end(folds, days, rows) for rows in moving))


def _others_after(folds: Sequence[Trait], news: int, days: Days, *tables: ir.Table) -> ir.Table:
    """The same of those only of whom something changed, and of those of whom it did before."""
    (came, *moving), (about, *fresh) = tables[:news], tables[news:]
    ends = [folds_at_the_end(folds, days, rows) for rows in moving]
    others = changed(about, came, *ends)
    before = [rows.anti_join(touched(came, *ends), "customer_id") for rows in fresh]
    return ibis.union(*before, others) if before else others


SHAPE = 2
"""Of what is kept, raised when it is laid out otherwise: files of another shape are not found, and told anew."""
STANDING, FRESH = "standing", "fresh"
FRESH_SHARE = 8
"""An eighth of all customers are as many as are looked at twice."""
MOST_PARTS = 32
"""Parts of ended intervals, one for each time that a history went on."""
DATED = ("orders", "events", "links", "invites", "customer_changes")
"""Tables whose rows count from an instant of their own on; all others change every day they are looked at."""
