"""Rules as the oracle reads them: a plain walk over the JSON, one customer at a time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from tests.oracle.funnel import Doing, best

Json = Mapping[str, Any]
Values = Mapping[str, Any]
"""A customer's traits: numbers, texts, instants with a zone; None for unknown.

`did` are the events of the customer before the as_of, (name, instant), and `in` the layers, moves, tags, audiences and staff that
they are in, each as a rule writes it; `doings` is all that funnels look at.
"""
MEMBERSHIPS = ("layering", "moved", "tag", "audience", "staff")


def holds(rule: Json, who: Values, as_of: datetime, zone: str) -> bool:
    """Whether the rule is true of a customer; an unknown value fails whatever asks for one."""
    if "all" in rule:
        return all(holds(one, who, as_of, zone) for one in rule["all"])
    if "any" in rule:
        return any(holds(one, who, as_of, zone) for one in rule["any"])
    if "not" in rule:
        return not holds(rule["not"], who, as_of, zone)
    if any(name in rule for name in MEMBERSHIPS):
        return rule in who["in"]
    if "did" in rule:
        return plain(len(done(rule, who["did"], as_of, zone)), rule.get("op", ">="), rule.get("times", 1))
    if "funnel" in rule:
        step = step_reached(rule, who["doings"], as_of, zone)
        return step == rule["stopped_at"] if "stopped_at" in rule else step >= rule["reached"]
    have, op, value = who[rule["trait"]], rule.get("op", "="), rule.get("value")
    if op == "is_unknown" or op == "is_known":
        return (have is None) == (op == "is_unknown")
    if have is None:
        return False
    if isinstance(have, datetime):
        return in_time(have, op, value, as_of, zone)
    return plain(have, op, value)


def done(rule: Json, did: Sequence[tuple[str, datetime]], as_of: datetime, zone: str) -> list[datetime]:
    """When the event of a rule was done, of those within its window."""
    found = [at for event, at in did if event == rule["did"]]
    if "within_days" in rule:
        return [at for at in found if at >= moment({"days_before": rule["within_days"]}, as_of, zone)]
    if "between" in rule:
        since, until = rule["between"]
        began = [at for at in found if in_time(at, ">=", since, as_of, zone)]
        whole_day = isinstance(until, str) and len(until) == 10
        return [at for at in began if in_time(at, "<=" if whole_day else "<", until, as_of, zone)]
    return found


def step_reached(rule: Json, doings: Sequence[Doing], as_of: datetime, zone: str) -> int:
    """How far the best try went that began within the dates of a rule; 0 without one, and of who was taken out."""
    since, until = rule.get("between", (None, None))
    begin = None if since is None else moment(since, as_of, zone)
    if isinstance(until, str) and len(until) == 10:
        until = str(date.fromisoformat(until) + timedelta(days=1))
    end = None if until is None else moment(until, as_of, zone)
    found = best(doings, rule["funnel"], begin, end)
    return 0 if found is None or found.out else len(found.at)


def plain(have: Any, op: str, value: Any) -> bool:
    """Numbers and texts."""
    answers = {
        "=": lambda: have == value,
        "!=": lambda: have != value,
        ">": lambda: have > value,
        ">=": lambda: have >= value,
        "<": lambda: have < value,
        "<=": lambda: have <= value,
        "between": lambda: value[0] <= have <= value[1],
        "in": lambda: have in value,
        "not_in": lambda: have not in value,
        "contains": lambda: value in have,
        "starts_with": lambda: have[: len(value)] == value,
    }
    return bool(answers[op]())


def in_time(have: datetime, op: str, value: Any, as_of: datetime, zone: str) -> bool:
    """A day is compared with the local day of the instant, everything else with the instant itself."""
    if op == "between":
        low, high = value
        return in_time(have, ">=", low, as_of, zone) and in_time(have, "<=", high, as_of, zone)
    if isinstance(value, str) and len(value) == 10:
        return plain(have.astimezone(ZoneInfo(zone)).date(), op, date.fromisoformat(value))
    return plain(have, op, moment(value, as_of, zone))


def moment(value: Any, as_of: datetime, zone: str) -> datetime:
    """A local time as text, or as many local days before the as_of at the same time of day."""
    if isinstance(value, str):
        return datetime.fromisoformat(value).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    local = as_of.astimezone(ZoneInfo(zone))
    day = local.date() - timedelta(days=value["days_before"])
    wall = time(local.hour, local.minute, local.second, local.microsecond)
    return datetime.combine(day, wall, ZoneInfo(zone)).astimezone(UTC)


def first_match(layers: list[Json], who: Values, as_of: datetime, zone: str) -> str:
    """The key of the first layer whose rule holds; one without a rule takes whoever is left."""
    for layer in layers:
        if layer.get("rule") is None or holds(layer["rule"], who, as_of, zone):
            return str(layer["key"])
    raise AssertionError("no layer catches all")
