"""Funnels: how far customers get along a trajectory, by layer or of an audience, shown and written to a file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pyarrow as pa

from titian.app import exporting, saved_audiences
from titian.app.answers import funnel as shown
from titian.app.called import CalledHere
from titian.app.desk import Reading
from titian.app.exporting import Export, Sheet
from titian.app.held import Held, fit_of, one
from titian.app.hiding import rule_asked
from titian.app.in_workspace import InWorkspace
from titian.app.showing import note_infos
from titian.audience.selecting import Selection, select
from titian.domain.condition import InLayer
from titian.domain.instants import not_after
from titian.domain.rule import All, Not, Rule
from titian.domain.spreadsheet import Cell
from titian.domain.trajectory import Trajectory, WentTo
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.assignment import Assignment, assign
from titian.layering.rule_words import rule_sentence
from titian.measure.funnel import UNSEEN, Asked, Funnel, funnel
from titian.measure.funnel_drops import Drop
from titian.measure.funnel_figures import FunnelPart, FunnelStep, Times
from titian.rules.trajectories import trajectory
from titian.traits.going import trajectory_words

DAYS = 30
"""How long tries are looked at unless somebody says when."""


@dataclass(frozen=True)
class Period:
    """Tries that began on the days from `start` up to before `end`, by what is known before `as_of`."""

    start: date
    end: date
    as_of: date
    placed_at: date


@dataclass(frozen=True)
class Counted:
    """A funnel with what it is of."""

    found: Funnel
    period: Period
    held: Held | None
    within: Rule | None
    excluded: int


def counted(reading: Reading, asked: shown.FunnelAsked) -> Counted:
    """The funnel that is asked for.

    Raises InputError for steps, days or rules that can't be asked, UnknownNameError for a layering or an audience that is
    not there, and MissingDataError.
    """
    path = trajectory(asked.steps, asked.within_days, asked.exclude)
    period = _period(reading, asked)
    data = reading.counted(period.as_of)
    held, rule = None if asked.by is None else one(reading.desk, asked.by), _rule(reading, asked)
    chosen = None if rule is None else _chosen(reading, rule, period)
    found = funnel(
        Asked(path, reading.instant(period.start), reading.instant(period.end)),
        data,
        reading.instant(period.as_of),
        layers=None if held is None else _placed(reading, held, period),
        among=None if chosen is None else chosen.table.select("customer_id", inside="held"),
    )
    return Counted(found, period, held, rule, data.excluded)


def _period(reading: Reading, asked: shown.FunnelAsked) -> Period:
    as_of = reading.day(asked.as_of)
    over = as_of - timedelta(days=asked.within_days or 0)
    end = asked.end or (over if reading.present.first is not None and over > reading.present.first else as_of)
    start = asked.start or end - timedelta(days=DAYS)
    if end <= start:
        raise not_after(start, end)
    return Period(start, end, as_of, asked.placed_at or start)


def _rule(reading: Reading, asked: shown.FunnelAsked) -> Rule | None:
    if asked.audience is not None and asked.rule is not None:
        raise InputError(
            "a funnel is of an audience or of those who meet a rule, not of both",
            "give one of the two",
            zh="漏斗的人群和规则只能给出一个",
            hint_zh="请二选一",
            field="rule",
        )
    if asked.audience is not None:
        made, _ = saved_audiences.one(reading.desk, asked.audience)
        return saved_audiences.rule_of(made)
    return None if asked.rule is None else rule_asked(reading.desk, asked.rule)


def _placed(reading: Reading, held: Held, period: Period) -> Assignment:
    """Everyone's layer as of the day on which they are looked at, of those who count as of the funnel's."""
    data, day = reading.counted(period.as_of), period.placed_at
    return assign(held.layering, data, reading.instant(day), fit_of(reading, held, day, data))


def _chosen(reading: Reading, rule: Rule, period: Period) -> Selection:
    """Whom the rule selects, likewise."""
    return select(rule, reading.counted(period.as_of), reading.instant(period.placed_at), InWorkspace(reading))


def answer(reading: Reading, made: Counted, asked: shown.FunnelAsked) -> shown.FunnelCounted:
    """The funnel as an answer."""
    found, period = made.found, made.period
    within = None if made.within is None else rule_sentence(made.within, reading.data.currency, CalledHere(reading))
    return shown.FunnelCounted(
        excluded=made.excluded,
        name=trajectory_words(found.trajectory),
        as_of=period.as_of,
        start=period.start,
        end=period.end,
        placed_at=None if made.held is None and made.within is None else period.placed_at,
        by=None if made.held is None else made.held.words,
        within=_audience_words(reading, asked.audience) or within,
        level=found.level,
        everybody=_part(made, found.everybody),
        layers=tuple(_part(made, part) for part in found.layers),
        step_drops=tuple(_drop(drop) for drop in found.step_drops),
        layer_drops=tuple(_drop(drop) for drop in found.layer_drops),
        sentence=found.sentence,
        notes=note_infos(found.notes),
    )


def _audience_words(reading: Reading, key: str | None) -> Words | None:
    return None if key is None else saved_audiences.one(reading.desk, key)[0].name


def _part(made: Counted, part: FunnelPart) -> shown.FunnelPart:
    steps = tuple(_step(made, part, step) for step in part.steps)
    return shown.FunnelPart(layer=part.layer, name=part.name, taken_out=part.taken_out, steps=steps)


def _step(made: Counted, part: FunnelPart, step: FunnelStep) -> shown.FunnelStep:
    return shown.FunnelStep(
        number=step.number,
        step=step.step.model_dump(mode="json"),
        name=step.name,
        customers=step.customers,
        share=step.share,
        share_before=step.share_before,
        low=step.low,
        high=step.high,
        lost=step.lost,
        from_before=_times(step.from_before),
        from_first=_times(step.from_first),
        stopped=stopped(made, part.layer, step.number),
    )


def stopped(made: Counted, layer: str | None, number: int) -> dict[str, Any]:
    """Those who went no further than a step, of a layer or of all who are looked at, as a rule of its own.

    Layers are those of the day on which the funnel looked; of an audience, who is in it when the rule is asked.
    """
    period = made.period
    last = period.end - timedelta(days=1)
    went = WentTo(funnel=_of(made), stopped_at=number, between=(str(period.start), str(last)))
    rules: list[Rule] = [went]
    if made.within is not None:
        rules.append(made.within)
    if layer is not None and made.held is not None:
        rules.append(_in_layer(made, layer))
    rule = rules[0] if len(rules) == 1 else All(all=tuple(rules))
    return dict(rule.model_dump(mode="json"))


def _of(made: Counted) -> Trajectory:
    return made.found.trajectory


def _in_layer(made: Counted, layer: str) -> Rule:
    assert made.held is not None
    day = str(made.period.placed_at)
    key = made.held.definition.key
    if layer != UNSEEN:
        return InLayer.model_validate({"layering": key, "layers": [layer], "as_of": day})
    named = [part.layer for part in made.found.layers if part.layer != UNSEEN]
    return Not.model_validate({"not": {"layering": key, "layers": named, "as_of": day}})


def _times(times: Times) -> shown.TimesTaken:
    return shown.TimesTaken(q25_s=times.q25_s, median_s=times.median_s, q75_s=times.q75_s, q90_s=times.q90_s)


def _drop(drop: Drop) -> shown.FunnelDrop:
    return shown.FunnelDrop(
        number=drop.number,
        here=drop.here,
        next=drop.next,
        layer=drop.layer,
        name=drop.name,
        customers=drop.customers,
        lost=drop.lost,
        loss=drop.loss,
        others=drop.others,
        others_lost=drop.others_lost,
        others_loss=drop.others_loss,
        excess=drop.excess,
        low=drop.low,
        high=drop.high,
        few=drop.few,
        odd=drop.odd,
    )


def export(reading: Reading, made: Counted, kind: str) -> Export:
    """A line per layer and step as a file; the reading must stay open while the chunks are taken."""
    rows = made.found.to_arrow()
    numbered = rows.add_column(0, "line", pa.array(range(len(rows)), pa.int64()))
    table, kept = reading.data.engine.upload(("funnel", uuid4().hex), lambda: numbered)
    headings = tuple(rows.column_names)

    def line(row: Mapping[str, object], _held: object = kept) -> Iterable[Cell]:
        return (value if isinstance(value := row[name], float | int | str) else None for name in headings)

    stem = f"funnel-{made.period.start}-{made.period.end}"
    return exporting.exported(reading, stem, Sheet(table.order_by("line").drop("line"), headings, line), kind)


def write(reading: Reading, made: Counted, path: Path) -> None:
    """The same into a file of a .csv, .xlsx or .parquet name. Raises InputError for another."""
    exporting.saved(path, lambda kind: export(reading, made, kind))
