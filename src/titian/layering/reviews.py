"""Reviews: the days on which memberships are looked at, and what a review does to everybody's tier."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import ibis
import ibis.expr.types as ir

from titian.domain.instants import instant, local_day, months_later
from titian.domain.rule import Rule
from titian.rules.compiling import predicate
from titian.traits.moment import Moment
from titian.traits.planner import TraitTable, moment_of, trait_query, with_bases
from titian.traits.trait import Trait

MOST_REVIEWS = 400
TOGETHER = 8
"""Reviews that are computed in one query; the state after them is kept for every later day."""


@dataclass(frozen=True)
class Calendar:
    """Reviews from `start` on, every so many days or months."""

    start: date
    days: int | None
    months: int | None

    def day(self, number: int) -> date:
        """The review with this number, from 0."""
        if self.days is not None:
            return self.start + timedelta(days=number * self.days)
        return months_later(self.start, number * (self.months or 1))

    def until(self, last: date) -> list[date]:
        """The reviews up to and including a day, at most one more than are allowed."""
        found: list[date] = []
        while len(found) <= MOST_REVIEWS and (day := self.day(len(found))) <= last:
            found.append(day)
        return found

    def after(self, last: date) -> date:
        """The first review after a day."""
        return self.day(len(self.until(last)))


@dataclass(frozen=True)
class Step:
    """What one tier asks for: to come in, and to stay. No entry rule: everyone; no keep rule: the entry rule."""

    entry: Rule | None
    keep: Rule | None


@dataclass(frozen=True)
class Ladder:
    """The tiers, best first, and how many failed keep reviews cost one of them."""

    steps: tuple[Step, ...]
    grace: int
    traits: Mapping[str, Trait]

    @property
    def lowest(self) -> int:
        """The place of the tier that catches all."""
        return len(self.steps) - 1


def then(name: str) -> str:
    """What the column of a trait is called that holds its value at the review of the last change."""
    return f"{name}_then"


def reviewed(ladder: Ladder, rows: ir.Table, day: date, moment: Moment) -> ir.Table:
    """Everybody's state after a review, from rows with traits and the state before; who never rose is left out.

    The state: `tier` (its place, 0 the best), `failed` keep reviews in a row, the day `since` which they are in it,
    whether they `rose` to it, and the traits as of that day (`<trait>_then`). One rises to the highest tier whose entry
    rule is met; else, after `grace` failed keep reviews in a row, one goes one down.
    """
    met = _highest_met(ladder, rows, moment)
    kept = _kept(ladder, rows, moment)
    rows = rows.mutate(met=met, kept=kept)
    rises = rows.met < rows.tier
    failed = ibis.ifelse(rises | rows.kept, 0, rows.failed + 1)
    falls = failed >= ladder.grace
    rows = rows.mutate(rises=rises, falls=falls, failing=failed)
    moves = rows.rises | rows.falls
    return rows.select(
        "customer_id",
        tier=ibis.cases((rows.rises, rows.met), (rows.falls, rows.tier + 1), else_=rows.tier),
        failed=ibis.ifelse(rows.falls, 0, rows.failing).cast("int64"),
        since=ibis.ifelse(moves, ibis.literal(day), rows.since),
        rose=ibis.ifelse(moves, rows.rises, rows.rose),
        **{then(name): ibis.ifelse(moves, rows[name], rows[then(name)]) for name in ladder.traits},
    ).filter(lambda state: state.since.notnull())


def _highest_met(ladder: Ladder, rows: ir.Table, moment: Moment) -> ir.IntegerValue:
    met = [
        (predicate(step.entry, rows, moment), place)
        for place, step in enumerate(ladder.steps)
        if step.entry is not None
    ]
    return (ibis.cases(*met, else_=ladder.lowest) if met else ibis.literal(ladder.lowest)).cast("int64")


def _kept(ladder: Ladder, rows: ir.Table, moment: Moment) -> ir.BooleanValue:
    """Whether each stays where they are; the lowest tier is kept by all."""
    asked = [
        (rows.tier == place, predicate(rule, rows, moment))
        for place, step in enumerate(ladder.steps[:-1])
        if (rule := step.keep or step.entry) is not None
    ]
    return ibis.cases(*asked, else_=True) if asked else ibis.literal(True)


def with_state(ladder: Ladder, rows: ir.Table, state: ir.Table | None) -> ir.Table:
    """The rows with the state of each customer; who has none yet is in the lowest tier."""
    if state is None:
        nothing = {then(name): ibis.null(rows[name].type()) for name in ladder.traits}
        lowest, zero = ibis.literal(ladder.lowest).cast("int64"), ibis.literal(0).cast("int64")
        return rows.mutate(tier=lowest, failed=zero, since=ibis.null("date"), rose=ibis.null("boolean"), **nothing)
    joined = rows.left_join(state, "customer_id")
    return joined.select(
        *rows.columns,
        tier=joined.tier.fill_null(ladder.lowest),
        failed=joined.failed.fill_null(0),
        since=joined.since,
        rose=joined.rose,
        **{then(name): joined[then(name)] for name in ladder.traits},
    )


def state_after(ladder: Ladder, days: Sequence[date], traits: TraitTable, key: tuple[object, ...]) -> ir.Table | None:
    """The state after all these reviews, of those who ever rose; None without a review. `key` names the ladder.

    States are kept at every eighth review, so that a later day goes on from there.
    """
    if not days:
        return None
    whole = (len(days) - 1) // TOGETHER * TOGETHER

    def build() -> ir.Table:
        state = state_after(ladder, days[:whole], traits, key)
        for day in days[whole:]:
            state = _after(ladder, state, day, traits)
        assert state is not None
        return state

    return traits.computed(("tiers", *key, days[-1]), build)


def _after(ladder: Ladder, state: ir.Table | None, day: date, traits: TraitTable) -> ir.Table:
    at = instant(day, traits.data.timezone)
    rows = _seen(ladder, traits, at)
    return reviewed(ladder, with_state(ladder, rows, state), day, moment_of(traits.data, at))


def _seen(ladder: Ladder, traits: TraitTable, at: datetime) -> ir.Table:
    """Everyone seen before a review, with the traits as they were."""
    query = trait_query(with_bases(ladder.traits.values()), traits.data, at)
    return query.select("customer_id", **{name: query[one.column] for name, one in ladder.traits.items()})


def last_day(traits: TraitTable) -> date:
    """The last local day whose midnight is not after the as_of."""
    return local_day(traits.as_of, traits.data.timezone)
