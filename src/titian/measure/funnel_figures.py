"""Funnel figures: how many got to each step of a trajectory and how long it took, of everybody and of each layer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import ibis
import ibis.expr.types as ir

from titian.domain.trajectory import Step, Trajectory
from titian.domain.words import Words
from titian.stats.proportions import share_of
from titian.traits.going import step_words
from titian.warehouse.dataset import Dataset

SHARES = (0.25, 0.5, 0.75, 0.9)
"""Of those who took a step, within how long so many did."""


@dataclass(frozen=True)
class Times:
    """Seconds within which a quarter, half, three quarters and nine tenths of those who got to a step did so.

    Each is how long somebody took: the first at which so many are there. None where nobody got there.
    """

    q25_s: float | None = None
    median_s: float | None = None
    q75_s: float | None = None
    q90_s: float | None = None


@dataclass(frozen=True)
class FunnelStep:
    """One step: how many `customers` got to it by their best try, from whom `lost` are those who went no further.

    `share` is of those who entered, `share_before` of those at the step before, with its score interval from `low` to `high`;
    None where those are nobody, and at the first step. `lost` is None at the last. `from_before` and `from_first` are the
    times since the step before and since the first one.
    """

    number: int
    step: Step
    name: Words
    customers: int
    share: float | None
    share_before: float | None
    low: float | None
    high: float | None
    lost: int | None
    from_before: Times
    from_first: Times


@dataclass(frozen=True)
class FunnelPart:
    """The funnel of everybody (`layer` is None) or of one layer; `taken_out` by what is excluded are at no step."""

    layer: str | None
    name: Words
    taken_out: int
    steps: tuple[FunnelStep, ...]

    @property
    def entered(self) -> int:
        """How many took the first step, but for those who were taken out."""
        return self.steps[0].customers


EVERYBODY = Words(zh="全部", en="everybody")


def parts(
    tries: ir.Table, trajectory: Trajectory, data: Dataset, layers: Mapping[str, Words], level: float
) -> tuple[FunnelPart, tuple[FunnelPart, ...]]:
    """The figures of everybody and of the `layers` in their order, from best tries with a `layer` where there are layers."""
    (whole,) = data.execute(tries.aggregate(**_figures(tries, trajectory)))
    everybody = _part(None, EVERYBODY, whole, trajectory, level)
    if not layers:
        return everybody, ()
    rows = data.execute(tries.group_by("layer").aggregate(**_figures(tries, trajectory)))
    found = {str(row["layer"]): row for row in rows}
    made = tuple(_part(key, name, found.get(key, {}), trajectory, level) for key, name in layers.items())
    return everybody, made


def _figures(tries: ir.Table, trajectory: Trajectory) -> dict[str, ir.Value]:
    asked: dict[str, ir.Value] = {"taken_out": tries.taken_out.sum()}
    for step in range(len(trajectory.steps)):
        at = tries[f"at{step}"]
        at = ibis.ifelse(tries.taken_out, ibis.null(at.type()), at) if trajectory.exclude else at
        asked[f"n{step}"] = at.count()
        if step:
            asked[f"before{step}"] = _within(tries[f"at{step - 1}"], at)
        if step > 1:
            asked[f"first{step}"] = _within(tries.at0, at)
    return asked


def _within(start: ir.Value, end: ir.Value) -> ir.Value:
    return end.delta(start, unit="microsecond").cast("int64").quantile(list(SHARES))


def _part(layer: str | None, name: Words, row: Mapping[str, Any], trajectory: Trajectory, level: float) -> FunnelPart:
    counts = [int(row.get(f"n{step}") or 0) for step in range(len(trajectory.steps))]
    times = {name: _times(value) for name, value in row.items() if name.startswith(("before", "first"))}
    times.setdefault("first1", times.get("before1", Times()))
    steps = tuple(_step(trajectory, number, counts, times, level) for number in range(len(counts)))
    return FunnelPart(layer, name, int(row.get("taken_out") or 0), steps)


def _step(
    trajectory: Trajectory, place: int, counts: list[int], times: Mapping[str, Times], level: float
) -> FunnelStep:
    of_before = share_of(counts[place], counts[place - 1], level=level) if place else share_of(0, 0)
    return FunnelStep(
        number=place + 1,
        step=trajectory.steps[place],
        name=step_words(trajectory.steps[place]),
        customers=counts[place],
        share=share_of(counts[place], counts[0]).value,
        share_before=of_before.value,
        low=of_before.low,
        high=of_before.high,
        lost=counts[place] - counts[place + 1] if place + 1 < len(counts) else None,
        from_before=times.get(f"before{place}", Times()),
        from_first=times.get(f"first{place}", Times()),
    )


def _times(found: object) -> Times:
    if not isinstance(found, list) or any(one is None for one in found):
        return Times()
    return Times(*(one / 1e6 for one in found))
