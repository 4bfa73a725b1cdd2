"""Instants: dates and times as people give them, made into instants of the workspace's zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from titian.errors import InputError

Moment = str | date | datetime
"""What callers may give for an instant; without a zone it is local, a date is its local midnight."""


def zone(name: str) -> ZoneInfo:
    """The time zone called `name`. Raises InputError for an unknown one."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        pass
    near = sorted(known for known in available_timezones() if name.lower() in known.lower())[:5] if name else []
    listed = ", ".join(near or ["Asia/Shanghai", "Europe/London", "UTC"])
    raise InputError(
        f"time zone {name!r} is not known",
        f"give an IANA name such as: {listed}",
        zh=f"没有名为 {name!r} 的时区",
        hint_zh=f"请用 IANA 时区名，例如：{listed}",
        given=name,
    )


def instant(value: Moment, timezone: str) -> datetime:
    """`value` as an aware UTC instant. Raises InputError when it is no date or time."""
    local = _read(value)
    if local.tzinfo is None:
        local = local.replace(tzinfo=zone(timezone))
    return local.astimezone(UTC)


def _read(value: Moment) -> datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, date):
        return datetime.combine(value, time())
    try:
        return datetime.fromisoformat(value.strip())
    except (ValueError, AttributeError) as error:
        raise InputError(
            f"{value!r} is not a date",
            "write it as 2011-12-10 or 2011-12-10T08:30",
            zh=f"{value!r} 不是日期",
            hint_zh="请写成 2011-12-10 或 2011-12-10T08:30",
            given=str(value),
        ) from error


def next_midnight(at: datetime, timezone: str) -> datetime:
    """The start of the local day after the one in which an instant falls, as a UTC instant."""
    return instant(local_day(at, timezone) + timedelta(days=1), timezone)


def local_day(at: datetime, timezone: str) -> date:
    """The day of the workspace's calendar in which an instant falls."""
    return at.astimezone(zone(timezone)).date()


def days_before(at: datetime, days: int, timezone: str) -> datetime:
    """The instant `days` local calendar days earlier, at the same wall time, in UTC.

    A day begins when it does, also where clocks went forward at midnight and it began at one: of such a beginning it
    is the beginning of the earlier day.
    """
    day = local_day(at, timezone)
    if at == instant(day, timezone):
        return instant(day - timedelta(days=days), timezone)
    local = at.astimezone(zone(timezone)).replace(tzinfo=None) - timedelta(days=days)
    return local.replace(tzinfo=zone(timezone)).astimezone(UTC)


def months_later(day: date, months: int) -> date:
    """The same day of the month `months` later; a month's last day stands in for a day it lacks."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    following = date(year + (month == 11), (month + 1) % 12 + 1, 1)
    return min(date(year, month + 1, 1) + timedelta(days=day.day - 1), following - timedelta(days=1))


def not_after(start: object, end: object) -> InputError:
    """What to say of an end that does not lie after the start."""
    return InputError(
        f"the end {end} does not lie after the start {start}",
        "give the earlier date first",
        zh=f"结束日期 {end} 不在开始日期 {start} 之后",
        hint_zh="请把较早的日期放在前面",
        start=str(start),
        end=str(end),
    )
