"""Histories: the sizes of a layering's layers over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from titian.app.answers.history import LayeringHistory, StayInfo
from titian.app.desk import Reading
from titian.app.held import fit_of, one
from titian.app.showing import layer_infos, note_infos
from titian.domain.instants import local_day
from titian.domain.note import Note
from titian.domain.words import Words
from titian.errors import InputError
from titian.layering.chronicle import Every
from titian.layering.following import followable
from titian.layering.history import History, grid, history
from titian.layering.stays import LayerStays

DEFAULT_DAYS = 90
WEEK = timedelta(days=7)
MOST_DAYS = 1_100
"""Three years of days; longer histories are looked at by week or month."""


@dataclass(frozen=True)
class Asked:
    """Which history of which layering: by default of the last ninety days, as closely as its pace allows."""

    key: str
    start: date | None = None
    end: date | None = None
    every: Every | None = None


def told(reading: Reading, asked: Asked) -> tuple[History, bool]:
    """The history, and whether its days follow from each other.

    A start before the data is their first day. Where each day has to be assigned anew, weeks are looked at unless
    `every` says otherwise. Raises InputError for more days than are looked at in one question.
    """
    last = reading.day(asked.end)
    assert reading.present.first is not None
    first = max(reading.present.first + timedelta(days=1), asked.start or last - timedelta(days=DEFAULT_DAYS))
    found = one(reading.desk, asked.key)
    data = reading.counted(last)
    daily = followable(found.layering, fit_of(reading, found, first, data))
    step = asked.every or ("day" if daily else "week")
    if asked.every is None and step == "week" and last - first >= WEEK:
        # Whole weeks back from the end, so that the last day is looked at.
        first = last - (last - first) // WEEK * WEEK
    fitted = fit_of(reading, found, first, data)
    _check(tuple(grid(first, last, step, reading.data.timezone)))
    begin, end = reading.instant(first), reading.instant(last)
    return history(found.layering, data, begin, end, every=step, fitted=fitted), daily


def sizes(reading: Reading, asked: Asked) -> LayeringHistory:
    """Customers per layer on every day looked at, how many moved, and how long they stayed. Raises as `told` does."""
    got, daily = told(reading, asked)
    fitted = got.fitted
    counted = got.sizes()
    by_layer = counted.groupby("layer", sort=False)["customers"]
    arrived = got.arrivals()
    return LayeringHistory(
        excluded=got.data.excluded,
        start=got.start,
        end=got.end,
        every=got.every,
        daily=daily,
        fit_as_of=local_day(fitted.as_of, reading.data.timezone),
        layers=layer_infos(fitted.layers),
        days=got.days,
        customers=tuple(tuple(int(n) for n in by_layer.get_group(layer.key)) for layer in fitted.layers),
        moved=tuple(arrived.get(day, 0) for day in got.days),
        stays=tuple(_stay(one) for one in got.stays().layers),
        notes=note_infos((*fitted.notes, *_told_ahead(got.days[-1], reading))),
    )


def _told_ahead(last: date, reading: Reading) -> tuple[Note, ...]:
    """A word where days are looked at of which there are no rows yet."""
    newest = reading.present.end
    if newest is None or last <= newest:
        return ()
    text = Words(
        zh=f"{newest} 起还没有数据，之后的日期按“没有新记录”推算",
        en=f"there are no data from {newest} on; later days are told as if nothing had happened",
    )
    return (Note(code="told_ahead", text=text),)


def _stay(one: LayerStays) -> StayInfo:
    return StayInfo(
        layer=one.layer.key,
        already=one.already,
        came=one.came,
        still=one.still,
        median_days=one.median_days,
        median_low=one.survival.median_low,
        median_high=one.survival.median_high,
        days=tuple(day for day, _ in one.curve),
        share=tuple(share for _, share in one.curve),
    )


def _check(days: tuple[date, ...]) -> None:
    if len(days) <= MOST_DAYS:
        return
    raise InputError(
        f"{len(days):,} days are more than the {MOST_DAYS:,} that one question looks at",
        "ask for weeks or months, or a shorter time",
        zh=f"共 {len(days):,} 个日期，超过一次最多 {MOST_DAYS:,} 个",
        hint_zh="请改为按周或按月，或缩短时间",
        days=len(days),
    )
