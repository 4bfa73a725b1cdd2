"""Trying: how far each customer went along a trajectory, in their best try (decision 0023).

A try begins with a first step and takes, one after the other, the next doing of each further step. Whoever has several is
known by the one that went farthest; of those that went as far by the one that got there first; of those that got there at
the same instant by the one that began last.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from functools import reduce

import ibis
import ibis.expr.types as ir

from titian.domain.trajectory import Step, Trajectory
from titian.traits.moment import Moment
from titian.traits.step_rows import Stretch, step_rows
from titian.warehouse.dataset import Dataset

HOURS_A_DAY = 24


def best_tries(trajectory: Trajectory, data: Dataset, moment: Moment, entering: Stretch) -> ir.Table:
    """One row per customer with a first step in a stretch of time: their best try.

    `customer_id`; `reached`, the number of the step that it got to, from 1; `at0`, `at1` … when it took the first step, the
    second and so on, null from where it did not get to; and `taken_out`, whether something that is excluded came after that
    step, within the limit, so that the customer is out. Of one instant steps count in their order, and what is excluded
    after them; a step that has the event of an earlier one comes at a later instant than the step before it.
    """
    walk = _Walk(trajectory, data, moment, _later(entering, trajectory.within_days))
    starts = step_rows(trajectory.steps[0], data, moment, entering)
    chains = [starts.select("customer_id", at0="at")]
    firsts = [_first(chains[0], 0)]
    for step in range(1, len(trajectory.steps)):
        chains.append(data.engine.shared(walk.onward(chains[-1], firsts[-1], step)))
        firsts.append(_first(chains[-1], step))
    return walk.marked(_farthest(firsts))


def _later(entering: Stretch, within_days: int | None) -> Stretch:
    """When what follows a first step can lie."""
    if entering.before is None or within_days is None:
        return replace(entering, before=None)
    last = entering.before + timedelta(hours=within_days * HOURS_A_DAY)
    return replace(entering, before=last)


def _first(chains: ir.Table, step: int) -> ir.Table:
    """The chain of each customer that got to a step first; of a later one each instant is later, so all are its minima."""
    return chains.group_by("customer_id").aggregate(**{f"at{n}": chains[f"at{n}"].min() for n in range(step + 1)})


def _farthest(firsts: list[ir.Table]) -> ir.Table:
    """Of each customer the row of the last step that has one."""
    names = [f"at{n}" for n in range(len(firsts))]
    rows = [
        first.select(
            "customer_id",
            reached=ibis.literal(step + 1, "int64"),
            **{name: first[name] if name in first.columns else ibis.null("timestamp") for name in names},
        )
        for step, first in enumerate(firsts)
    ]
    every = reduce(lambda one, other: one.union(other), rows)
    return every.group_by("customer_id").aggregate(
        reached=every.reached.max(), **{name: every[name].argmax(every.reached) for name in names}
    )


class _Walk:
    """Goes from one step to the next.

    A chain is a row with the instants of the steps so far. Of all tries that get to a step at an instant only the one that
    began last is gone on with, since it has most time left and least behind it that could take it out. Its first next step
    is the one that comes right after it: before that there is no other such step, and no chain that began later.
    """

    def __init__(self, trajectory: Trajectory, data: Dataset, moment: Moment, following: Stretch) -> None:
        self._trajectory, self._data, self._moment, self._following = trajectory, data, moment, following
        self._names = [_names(step, data) for step in trajectory.steps]

    def onward(self, chains: ir.Table, first: ir.Table, step: int) -> ir.Table:
        """The chains that get to a step, from those that got to the one before; `first` of each customer is given."""
        known = [f"at{n}" for n in range(step)]
        taken = self._doings(step, first, known[-1])
        # Of one instant: a step that may share it with the one before comes after it, any other before; what is excluded last.
        alone = any(self._names[step] & self._names[earlier] for earlier in range(step))
        places = {"step": 0, "chain": 1} if alone else {"chain": 0, "step": 1}
        rows = [
            _placed(chains.mutate(at=chains[known[-1]]), known, places["chain"]),
            _placed(taken, known, places["step"]),
            *(_placed(out, known, 2) for out in self._excluded()),
        ]
        merged = reduce(lambda one, other: one.union(other), rows)
        in_order = ibis.window(group_by="customer_id", order_by=["at", "place"])
        before = {name: merged[name].lag().over(in_order) for name in known}
        paired = merged.select("customer_id", "place", **before, **{f"at{step}": merged.at})
        return self._in_time(paired.filter(paired.place == places["step"], paired.at0.notnull()), step).drop("place")

    def _doings(self, step: int, first: ir.Table, last: str) -> ir.Table:
        """What is a step, of those who got to the one before, from when they first did."""
        rows = step_rows(self._trajectory.steps[step], self._data, self._moment, self._following)
        begun = first.select("customer_id", begun=first[last])
        joined = rows.inner_join(begun, "customer_id")
        return joined.filter(joined.at >= joined.begun).select("customer_id", "at")

    def _excluded(self) -> list[ir.Table]:
        steps = self._trajectory.exclude
        return [step_rows(step, self._data, self._moment, self._following) for step in steps]

    def _in_time(self, chains: ir.Table, step: int) -> ir.Table:
        days = self._trajectory.within_days
        if days is None:
            return chains
        return chains.filter(chains[f"at{step}"] - ibis.interval(hours=days * HOURS_A_DAY) <= chains.at0)

    def marked(self, tries: ir.Table) -> ir.Table:
        """The tries, with whether each was taken out."""
        excluded = self._excluded()
        if not excluded:
            return tries.mutate(taken_out=ibis.literal(False))
        rows = reduce(lambda one, other: one.union(other), excluded)
        steps = len(self._trajectory.steps)
        open_ = tries.filter(tries.reached < steps)
        last = ibis.coalesce(*(open_[f"at{n}"] for n in reversed(range(steps))))
        met = rows.inner_join(open_.select("customer_id", "at0", last=last), "customer_id")
        met = met.filter(met.at >= met.last)
        if self._trajectory.within_days is not None:
            met = met.filter(met.at - ibis.interval(hours=self._trajectory.within_days * HOURS_A_DAY) <= met.at0)
        out = met.select("customer_id").distinct().mutate(taken_out=True)
        joined = tries.left_join(out, "customer_id").drop("customer_id_right")
        return joined.mutate(taken_out=joined.taken_out.fill_null(False))


def _names(step: Step, data: Dataset) -> set[str | None]:
    """What the data call a step; orders have no name."""
    return set(data.meanings.names(step.event)) if step.event else {None}


def _placed(rows: ir.Table, known: list[str], place: int) -> ir.Table:
    """Rows as they are merged: what has no instants of a chain has nulls."""
    instants = {name: rows[name] if name in rows.columns else ibis.null("timestamp") for name in known}
    return rows.select("customer_id", "at", place=ibis.literal(place, "int8"), **instants)
