"""Core paths by trying every way to walk them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

Log = Sequence[tuple[datetime, str]]
"""What one customer did: instants with the meaning of what was done, in any order, twice or more."""


def done_at(log: Log, path: Sequence[str], limit_days: int | None) -> datetime | None:
    """The earliest instant at which some walk through all steps ends in time; None when there is none.

    A walk takes one doing per step, each no earlier than the one before, and no doing twice: what is the same event
    at the same instant is one doing.
    """
    doings = sorted(set(log))
    ends = [end for start, end in walks(doings, list(path)) if limit_days is None or end - start <= days(limit_days)]
    return min(ends, default=None)


def walks(doings: list[tuple[datetime, str]], path: list[str]) -> set[tuple[datetime, datetime]]:
    """First and last instant of every walk."""
    found: set[tuple[datetime, datetime]] = set()

    def walk(step: int, taken: list[tuple[datetime, str]]) -> None:
        if step == len(path):
            found.add((taken[0][0], taken[-1][0]))
            return
        for doing in doings:
            if doing[1] == path[step] and doing not in taken and (not taken or doing[0] >= taken[-1][0]):
                walk(step + 1, [*taken, doing])

    walk(0, [])
    return found


def days(count: int) -> timedelta:
    return timedelta(hours=24 * count)
