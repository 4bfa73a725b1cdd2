"""Funnel: who gets how far along a trajectory, by layer, and where oddly many are lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from uuid import uuid4

import ibis
import ibis.expr.types as ir

from titian.domain.note import Note
from titian.domain.trajectory import Trajectory
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.assignment import Assignment
from titian.layering.frame import Frame
from titian.measure import funnel_words
from titian.measure.funnel_drops import Drop, ranked
from titian.measure.funnel_figures import FunnelPart, parts
from titian.measure.funnel_table import as_arrow
from titian.stats.effects import LEVEL, check_level
from titian.traits.going import trajectory_words
from titian.traits.planner import moment_of
from titian.traits.step_rows import Stretch, tables_of_steps
from titian.traits.trying import HOURS_A_DAY, best_tries
from titian.warehouse.dataset import Dataset
from titian.warehouse.keeping import KeptRelation

if TYPE_CHECKING:
    import polars as pl
    import pyarrow as pa

UNSEEN = "unseen"
"""The layer of those who had not been seen when layers were looked at."""


@dataclass(frozen=True)
class Funnel:
    """How far customers who took a first step from `start` on and before `end` got, by what is known before `as_of`.

    Each customer counts once, by their best try (`best_tries`). `step_drops` and `layer_drops` are where they are lost, the
    oddest first, and `sentence` says so; `level` is that of all intervals.
    """

    trajectory: Trajectory
    start: datetime | None
    end: datetime | None
    as_of: datetime
    level: float
    everybody: FunnelPart
    layers: tuple[FunnelPart, ...]
    step_drops: tuple[Drop, ...]
    layer_drops: tuple[Drop, ...]
    sentence: Words
    notes: tuple[Note, ...]

    def __repr__(self) -> str:
        counts = " → ".join(f"{step.customers:,}" for step in self.everybody.steps)
        return f"<Funnel of {trajectory_words(self.trajectory).en}: {counts}>"

    def to_arrow(self) -> pa.Table:
        """A row per step of everybody (`layer` is null) and of each layer, as an Arrow table.

        layer, layer_zh, layer_en, step, key, name_zh, name_en, customers, share, share_before, low, high, lost, taken_out,
        and the times in seconds: q25_s, median_s, q75_s, q90_s since the step before, first_q25_s … since the first.
        """
        return as_arrow((self.everybody, *self.layers))

    def to_pandas(self) -> Frame:
        """The same as a pandas frame."""
        return Frame(self.to_arrow().to_pandas())

    def to_polars(self) -> pl.DataFrame:
        """The same as a Polars frame."""
        import polars as pl

        return pl.DataFrame(self.to_arrow())


@dataclass(frozen=True)
class Asked:
    """What is asked of whom: a trajectory, and when its first step was taken; None: however early or late."""

    trajectory: Trajectory
    start: datetime | None = None
    end: datetime | None = None
    level: float = LEVEL

    @property
    def entering(self) -> Stretch:
        """When tries begin, as the warehouse stores instants."""
        return Stretch(_stored(self.start), _stored(self.end))


def funnel(
    asked: Asked,
    data: Dataset,
    as_of: datetime,
    *,
    layers: Assignment | None = None,
    among: ir.Table | None = None,
) -> Funnel:
    """Count who of everybody, or of those `inside` of `among` (customer_id, inside), got how far, and by the given layers.

    Raises MissingDataError where a table that the trajectory rests on was never handed in.
    """
    check_level(asked.level)
    for group in sorted(tables_of_steps(asked.trajectory), key=sorted):
        data.need(*sorted(group))
    every, held = _tries(asked, data, as_of)
    if layers is not None or among is not None:
        every, held = _placed(every, data, layers, among)
    counted = every.filter(every.inside) if among is not None else every
    remarks = _remarked(every, counted, asked.trajectory, data, as_of)
    names = {} if layers is None else {layer.key: layer.name for layer in layers.fitted.layers}
    names |= {} if layers is None else {UNSEEN: funnel_words.UNSEEN}
    everybody, found = parts(counted, asked.trajectory, data, names, asked.level)
    del held
    shown = tuple(part for part in found if part.layer != UNSEEN or part.entered or part.taken_out)
    step_drops, layer_drops = ranked(everybody, shown, asked.level)
    return Funnel(
        trajectory=asked.trajectory,
        start=asked.start,
        end=asked.end,
        as_of=as_of,
        level=asked.level,
        everybody=everybody,
        layers=shown,
        step_drops=step_drops,
        layer_drops=layer_drops,
        sentence=funnel_words.sentence(step_drops, layer_drops, asked.level),
        notes=funnel_words.notes(everybody.entered, **remarks),
    )


def placed_at(start: datetime | None) -> datetime:
    """As of when layers and audiences are looked at: before anything that is counted was done. Raises InputError without."""
    if start is not None:
        return start
    raise InputError(
        "by layer or for an audience a funnel needs a start: as of it they are looked at",
        "say start, or placed_at for another instant",
        zh="按层级或人群看漏斗需要开始日期：层级和人群取自该时点",
        hint_zh="请给出 start，或用 placed_at 指定其他时点",
        field="start",
    )


def _tries(asked: Asked, data: Dataset, as_of: datetime) -> tuple[ir.Table, KeptRelation]:
    """The best tries of all, computed once for all layers and audiences."""
    key = (data.version, as_of, "tries", asked.trajectory.model_dump_json(), asked.start, asked.end)
    moment = moment_of(data, as_of)
    return data.engine.keep(key, lambda: best_tries(asked.trajectory, data, moment, asked.entering))


def _placed(
    tries: ir.Table, data: Dataset, layers: Assignment | None, among: ir.Table | None
) -> tuple[ir.Table, KeptRelation]:
    """The tries with `layer`, with whether the customer is `inside`, and whether they were `seen` by then, computed once."""
    seen = []
    if layers is not None:
        tries = tries.left_join(layers.table.select("customer_id", "layer"), "customer_id").drop("customer_id_right")
        seen.append(tries.layer.notnull())
    if among is not None:
        tries = tries.left_join(among, "customer_id").drop("customer_id_right")
        seen.append(tries.inside.notnull())
    tries = tries.mutate(seen=ibis.and_(*seen))
    if layers is not None:
        tries = tries.mutate(layer=tries.layer.fill_null(UNSEEN))
    # Whom an audience holds may change while the data do not: it is nobody else's.
    return data.engine.keep(("tries placed", uuid4().hex), lambda: tries)


def _remarked(
    every: ir.Table, tries: ir.Table, trajectory: Trajectory, data: Dataset, as_of: datetime
) -> dict[str, int]:
    """How many may yet go further, since what is known ends before their time does; and how many are in no layer or audience."""
    found = {"still_open": 0, "unseen": 0}
    if trajectory.within_days is not None:
        end = moment_of(data, as_of).until - ibis.interval(hours=trajectory.within_days * HOURS_A_DAY)
        found["still_open"] = _count(
            tries.filter(~tries.taken_out, tries.reached < len(trajectory.steps), tries.at0 > end), data
        )
    if "seen" in every.columns:
        found["unseen"] = _count(every.filter(~every.seen), data)
    return found


def _count(rows: ir.Table, data: Dataset) -> int:
    (row,) = data.execute(rows.aggregate(n=rows.count()))
    return int(str(row["n"]))


def _stored(at: datetime | None) -> datetime | None:
    return None if at is None else at.astimezone(UTC).replace(tzinfo=None)
