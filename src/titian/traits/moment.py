"""Moment: the instant and the calendar for which traits are computed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

import ibis
import ibis.expr.types as ir

from titian.domain.instants import days_before, local_day
from titian.warehouse.zones import Steps, utc_steps, utc_to_local


@dataclass(frozen=True)
class Moment:
    """An `as_of` (aware), the workspace's zone, and the earliest instant in the data."""

    as_of: datetime
    timezone: str
    earliest: datetime

    @property
    def until(self) -> ir.TimestampValue:
        """The as_of as the warehouse writes instants: UTC without a zone."""
        return _stored(self.as_of)

    @property
    def beginning(self) -> ir.TimestampValue:
        """When what has no date is taken to have been: the start of 1970, in the past of all data."""
        return _stored(datetime(1970, 1, 1, tzinfo=UTC))

    def window_start(self, days: int) -> datetime:
        """Where the window of `days` local days before the as_of begins (included), as the warehouse writes instants."""
        return _naive(days_before(self.as_of, days, self.timezone))

    @property
    def day(self) -> date:
        """The local day of the as_of."""
        return local_day(self.as_of, self.timezone)

    @property
    def offsets(self) -> Steps:
        """How far the zone's clocks are from UTC, from the earliest instant on: what `local` goes by."""
        return utc_steps(self.timezone, _naive(self.earliest), _naive(self.as_of))

    def local(self, at: ir.TimestampValue) -> ir.TimestampValue:
        """The local wall time of a stored instant."""
        return utc_to_local(at, self.timezone, _naive(self.earliest), _naive(self.as_of))

    def local_day_number(self, at: ir.TimestampValue) -> ir.IntegerValue:
        """The local calendar day of a stored instant, as days since 1970-01-01."""
        return self.local(at).date().epoch_days()

    def years_since(self, day: ir.DateValue) -> ir.IntegerValue:
        """Full years from a date to the day of the as_of; none for a date after it."""
        later = (day.month() > self.day.month) | ((day.month() == self.day.month) & (day.day() > self.day.day))
        years = ibis.literal(self.day.year) - day.year() - later.cast("int32")
        return ibis.cases((years >= 0, years.cast("int64")))

    def days_since(self, at: ir.TimestampValue) -> ir.IntegerValue:
        """Whole local days between a stored instant and the as_of."""
        return self.days_after(self.local_day_number(at))

    def days_after(self, day: ir.IntegerValue) -> ir.IntegerValue:
        """Whole days between a local day, as days since 1970-01-01, and the as_of."""
        today = (self.day - date(1970, 1, 1)).days
        return (ibis.literal(today) - day).cast("int64")


def _stored(at: datetime) -> ir.TimestampValue:
    return ibis.literal(_naive(at))


def _naive(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
