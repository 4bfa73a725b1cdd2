"""Zones: local wall time to UTC and back, exact over every change of the clocks, as plain CASE expressions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import ibis
import ibis.expr.types as ir

from titian.domain.instants import zone as zone_info

EARLIEST = datetime(1969, 12, 31)
LATEST = datetime(2100, 1, 2)
YEARS = range(EARLIEST.year, LATEST.year + 1)
"""The years whose changes are known."""
_DAY = timedelta(days=1)
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Change:
    """One change of a zone's clocks: at the UTC instant `at`, the offset went from `before` to `after` seconds."""

    at: datetime
    before: int
    after: int


@dataclass(frozen=True)
class Steps:
    """A zone's offsets over a span: `offsets[i]` holds before `thresholds[i]`, the last one after all of them."""

    thresholds: tuple[datetime, ...]
    offsets: tuple[int, ...]


def changes(zone: str, years: range = YEARS) -> tuple[Change, ...]:
    """The changes of the zone's clocks in these years, the earliest first."""
    return tuple(change for year in years for change in _changes_of(zone, year))


@lru_cache(maxsize=4096)
def _changes_of(zone: str, year: int) -> tuple[Change, ...]:
    """The changes of one year, looked for day by day."""
    info = zone_info(zone)
    found = []
    at, end = max(EARLIEST, datetime(year, 1, 1)), min(LATEST, datetime(year + 1, 1, 1))
    before = _offset(info, at)
    while at < end:
        after = _offset(info, at + _DAY)
        if after != before:
            found.append(_pinpoint(info, at, before, after))
        at, before = at + _DAY, after
    return tuple(found)


def utc_steps(zone: str, since: datetime | None = None, until: datetime | None = None) -> Steps:
    """The zone's offsets by UTC instant; only the changes between `since` and `until` (naive UTC) are kept."""
    return _steps(zone, since, until, lambda change: change.at)


def local_steps(zone: str, since: datetime | None = None, until: datetime | None = None) -> Steps:
    """The zone's offsets by local wall time, as Python reads it with fold=0.

    A wall time that occurs twice is the earlier one; one that the clocks skipped counts with the offset before.
    `since` and `until` are naive local times; only the changes between them are kept.
    """
    return _steps(zone, since, until, lambda c: c.at + timedelta(seconds=max(c.before, c.after)))


def local_to_utc(
    local: ir.TimestampValue, zone: str, since: datetime | None = None, until: datetime | None = None
) -> ir.TimestampValue:
    """Naive wall times of `zone` as naive UTC instants; the values must lie between `since` and `until` if given."""
    steps = local_steps(zone, since, until)
    return local if steps.offsets == (0,) else local - _offset_of(local, steps)


def utc_to_local(
    utc: ir.TimestampValue, zone: str, since: datetime | None = None, until: datetime | None = None
) -> ir.TimestampValue:
    """Naive UTC instants as naive wall times of `zone`; the values must lie between `since` and `until` if given."""
    steps = utc_steps(zone, since, until)
    return utc if steps.offsets == (0,) else utc + _offset_of(utc, steps)


def day_begun_at(utc: datetime, zone: str) -> int | None:
    """The local day, since 1970-01-01, that begins at an instant (naive UTC): what is earlier is of earlier days, the rest of it or later.

    None where no day begins, or where clocks went back over a midnight near it, so that days are not in order.
    """
    info, tick = zone_info(zone), timedelta(microseconds=1)
    before, day = (utc - tick + _seconds(info, utc - tick)).date(), (utc + _seconds(info, utc)).date()
    near = (change for change in changes(zone, range(utc.year - 1, utc.year + 2)) if abs(change.at - utc) <= _DAY)
    if before >= day or any(_goes_back(change) for change in near):
        return None
    return (day - _EPOCH).days


def _goes_back(change: Change) -> bool:
    """Whether the local date before a change of the clocks is a later one than after it."""
    last = change.at - timedelta(microseconds=1) + timedelta(seconds=change.before)
    return last.date() > (change.at + timedelta(seconds=change.after)).date()


def _seconds(info: ZoneInfo, utc: datetime) -> timedelta:
    return timedelta(seconds=_offset(info, utc))


def _offset(info: ZoneInfo, utc: datetime) -> int:
    offset = utc.replace(tzinfo=UTC).astimezone(info).utcoffset()
    return int(offset.total_seconds()) if offset else 0


def _pinpoint(info: ZoneInfo, low: datetime, before: int, after: int) -> Change:
    """The second within the day after `low` at which the offset changes."""
    first, last = 0, 86400
    while last - first > 1:
        middle = (first + last) // 2
        if _offset(info, low + timedelta(seconds=middle)) == before:
            first = middle
        else:
            last = middle
    return Change(low + timedelta(seconds=last), before, after)


def _steps(zone: str, since: datetime | None, until: datetime | None, threshold: Callable[[Change], datetime]) -> Steps:
    # Local times are up to a day off: a year more on both sides leaves none out.
    first = YEARS.start if since is None else max(YEARS.start, since.year - 1)
    stop = YEARS.stop if until is None else min(YEARS.stop, until.year + 2)
    offset = _offset(zone_info(zone), max(EARLIEST, datetime(first, 1, 1)))
    thresholds: list[datetime] = []
    offsets: list[int] = []
    for change in changes(zone, range(first, stop)):
        at = threshold(change)
        if until is not None and at > until:
            break
        if since is None or at > since:
            thresholds.append(at)
            offsets.append(offset)
        offset = change.after
    return Steps(tuple(thresholds), (*offsets, offset))


def _offset_of(at: ir.TimestampValue, steps: Steps) -> ir.IntervalValue:
    return _search(at, steps.thresholds, steps.offsets).as_interval("s")


def _search(at: ir.TimestampValue, thresholds: Sequence[datetime], offsets: Sequence[int]) -> ir.IntegerValue:
    """A balanced tree of comparisons, so that a century of changes costs eight of them per row."""
    if not thresholds:
        return ibis.literal(offsets[0], "int64")
    middle = len(thresholds) // 2
    earlier = _search(at, thresholds[:middle], offsets[: middle + 1])
    later = _search(at, thresholds[middle + 1 :], offsets[middle + 1 :])
    return ibis.ifelse(at < ibis.literal(thresholds[middle]), earlier, later)
