"""Spans: what a date in a rule stands for, on the clock of a workspace."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from titian.domain.condition import Before, Scalar
from titian.domain.instants import days_before, instant

TICK = timedelta(microseconds=1)
"""The finest that the warehouse tells instants apart."""


@dataclass(frozen=True)
class Span:
    """From `start` up to before `after`, in UTC without a zone as the warehouse stores instants."""

    start: datetime
    after: datetime

    @property
    def is_instant(self) -> bool:
        """Whether it is no longer than one instant."""
        return self.after - self.start == TICK


def span_of(value: Scalar, as_of: datetime, timezone: str) -> Span:
    """A date is its whole local day; a time, or a number of days before the as_of, is that one instant."""
    if isinstance(value, Before):
        return _at(days_before(as_of, value.days_before, timezone))
    text = str(value).strip()
    day = _day(text)
    if day is None:
        return _at(instant(text, timezone))
    return Span(_stored(instant(day, timezone)), _stored(instant(day + timedelta(days=1), timezone)))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _at(moment: datetime) -> Span:
    stored = _stored(moment)
    return Span(stored, stored + TICK)


def _stored(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(tzinfo=None)
