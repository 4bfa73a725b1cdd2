"""Stays: how long customers stay in a layer, those who are still there included (Kaplan-Meier)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

import ibis
import ibis.expr.types as ir

from titian.domain.layer import Layer
from titian.layering.frame import Frame
from titian.stats.survival import Survival, kaplan_meier
from titian.traits.changes import day_number
from titian.warehouse.dataset import Dataset


@dataclass(frozen=True)
class LayerStays:
    """How long customers stayed in one layer after they came to it.

    `already` were in it when the history began: nobody knows since when, so they are in no other number. `came` is how
    often somebody came within the history (one customer may come twice), `still` how many of those stays were not over
    at its end. `survival` has its durations in days.
    """

    layer: Layer
    already: int
    came: int
    still: int
    survival: Survival

    @property
    def median_days(self) -> float | None:
        """Days after which half have left; None while more than half are still there at the longest stay seen."""
        return self.survival.median

    @property
    def curve(self) -> tuple[tuple[int, float], ...]:
        """(day, share still there after it): 1 on day 0, every day that somebody left on, and the longest stay seen."""
        found = self.survival
        if not found.durations:
            return ()
        steps = zip(found.durations, found.left, found.share, strict=True)
        last = (int(found.durations[-1]), found.share[-1])
        points = {0: 1.0, **{int(day): share for day, left, share in steps if left}, last[0]: last[1]}
        return tuple(points.items())


@dataclass(frozen=True)
class Stays:
    """The stays in every layer of a history, in rank order.

    Stays that began before the history are left out, as their beginning is not known: counted from the history's first
    day they would look too short, and those long over are not in it at all. So a curve is that of customers who came
    within the history, and reaches as far as it. A stay that is not over at the end counts as long as it was seen. Where
    weeks or months are looked at, days are as exact as those.
    """

    layers: tuple[LayerStays, ...]

    def to_pandas(self) -> Frame:
        """One row per layer: layer, already, came, still, median_days with its band median_low and median_high."""
        lines = [
            (
                one.layer.key,
                one.already,
                one.came,
                one.still,
                one.median_days,
                one.survival.median_low,
                one.survival.median_high,
            )
            for one in self.layers
        ]
        numbers = ["median_days", "median_low", "median_high"]
        frame = Frame(lines, columns=["layer", "already", "came", "still", *numbers])
        return Frame(frame.astype(dict.fromkeys(numbers, "float64")))

    def curves(self) -> Frame:
        """One row per layer and point of its curve: layer, day, share (0 to 1)."""
        lines = [(one.layer.key, day, share) for one in self.layers for day, share in one.curve]
        return Frame(lines, columns=["layer", "day", "share"])


def stays(data: Dataset, rows: ir.Table, layers: Sequence[Layer], start: date, end: date) -> Stays:
    """The stays of a history's intervals, counted in the engine by layer, length and whether they are over."""
    until = ibis.coalesce(rows.until, day_number(end))
    counted = rows.group_by(
        "layer", known=rows.since > day_number(start), days=until - rows.since, over=rows.until.notnull()
    ).aggregate(stays=ibis._.count())
    found = sorted(
        (str(row["layer"]), bool(row["known"]), int(str(row["days"])), bool(row["over"]), int(str(row["stays"])))
        for row in data.execute(counted)
    )
    by_layer = {key: list(group) for key, group in groupby(found, lambda line: line[0])}
    return Stays(tuple(_of(layer, by_layer.get(layer.key, [])) for layer in layers))


def _of(layer: Layer, lines: Sequence[tuple[str, bool, int, bool, int]]) -> LayerStays:
    counts = [(days, number, over) for _, known, days, over, number in lines if known]
    still = sum(number for _, number, over in counts if not over)
    return LayerStays(
        layer=layer,
        already=sum(number for _, known, _, _, number in lines if not known),
        came=sum(number for _, number, _ in counts),
        still=still,
        survival=kaplan_meier(
            [days for days, _, _ in counts],
            [number if over else 0 for _, number, over in counts],
            [0 if over else number for _, number, over in counts],
        ),
    )
