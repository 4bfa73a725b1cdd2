"""Funnels by walking every try of every customer, one step after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Doing:
    """Something a customer did; `what` is the name of an event, or "order"."""

    at: datetime
    what: str
    channel: str | None = None
    product_id: str | None = None
    value: float | None = None


@dataclass(frozen=True)
class Try:
    """When each step was taken, as far as it went, and whether something excluded came after that."""

    at: tuple[datetime, ...]
    out: bool


def best(
    log: Sequence[Doing], funnel: Json, since: datetime | None = None, before: datetime | None = None
) -> Try | None:
    """The farthest try; of several the one that got there first, and of those the one that began last."""
    begun = [one.at for one in log if fits(one, funnel["steps"][0])]
    begun = [at for at in begun if (since is None or at >= since) and (before is None or at < before)]
    return max((walked(log, funnel, at) for at in begun), key=_goodness, default=None)


def _goodness(one: Try) -> tuple[int, timedelta, timedelta]:
    far = datetime.max.replace(tzinfo=one.at[0].tzinfo)
    return len(one.at), far - one.at[-1], one.at[0] - datetime.min.replace(tzinfo=far.tzinfo)


def walked(log: Sequence[Doing], funnel: Json, start: datetime) -> Try:
    """The try that begins at an instant: the next doing of each step, in time, with nothing excluded in between."""
    steps, limit = funnel["steps"], funnel.get("within_days")
    end = None if limit is None else start + timedelta(hours=24 * limit)
    excluded = [one.at for one in log if any(fits(one, step) for step in funnel.get("exclude", ()))]
    taken = [start]
    for number, step in enumerate(steps[1:], 1):
        again = any(event(step) == event(earlier) for earlier in steps[:number])
        later = [
            one.at for one in log if fits(one, step) and (one.at > taken[-1] or (one.at == taken[-1] and not again))
        ]
        at = min(later, default=None)
        if at is None or (end is not None and at > end) or any(taken[-1] <= out < at for out in excluded):
            break
        taken.append(at)
    left = [out for out in excluded if out >= taken[-1] and (end is None or out <= end)]
    return Try(tuple(taken), len(taken) < len(steps) and bool(left))


def event(step: str | Json) -> str:
    """The event of a step, or "order"."""
    return step if isinstance(step, str) else step.get("event", "order")


def fits(one: Doing, step: str | Json) -> bool:
    """Whether a doing is a step."""
    if isinstance(step, str):
        return one.what == step
    low, high = step.get("value_from"), step.get("value_to")
    return (
        one.what == event(step)
        and ("channel" not in step or one.channel in step["channel"])
        and ("product_id" not in step or one.product_id in step["product_id"])
        and (low is None or (one.value is not None and one.value >= low))
        and (high is None or (one.value is not None and one.value <= high))
    )


def counted(logs: Mapping[str, Sequence[Doing]], funnel: Json, **period: Any) -> tuple[list[int], int]:
    """How many got to each step, and how many were taken out."""
    found = [one for log in logs.values() if (one := best(log, funnel, **period)) is not None]
    there = [one for one in found if not one.out]
    return [sum(len(one.at) > step for one in there) for step in range(len(funnel["steps"]))], len(found) - len(there)
