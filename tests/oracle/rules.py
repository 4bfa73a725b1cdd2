"""Rules as the oracle reads them: a plain walk over the JSON, one customer at a time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

Json = Mapping[str, Any]
Values = Mapping[str, Any]
"""A customer's traits: numbers, texts, instants with a zone; None for unknown."""


def holds(rule: Json, who: Values, as_of: datetime, zone: str) -> bool:
    """Whether the rule is true of a customer; an unknown value fails whatever asks for one."""
    if "all" in rule:
        return all(holds(one, who, as_of, zone) for one in rule["all"])
    if "any" in rule:
        return any(holds(one, who, as_of, zone) for one in rule["any"])
    if "not" in rule:
        return not holds(rule["not"], who, as_of, zone)
    have, op, value = who[rule["trait"]], rule.get("op", "="), rule.get("value")
    if op == "is_unknown" or op == "is_known":
        return (have is None) == (op == "is_unknown")
    if have is None:
        return False
    if isinstance(have, datetime):
        return in_time(have, op, value, as_of, zone)
    return plain(have, op, value)


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
