"""A portrait walked through customer by customer: values from raw rows, bins by sorting, shares by counting."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from fractions import Fraction
from math import ceil
from statistics import median
from typing import Any

from tests.oracle.village import Village

Values = Mapping[str, Any]
Bin = tuple[str, str | None, float | None, float | None, int, int]
"""kind, value, low, high, customers inside, customers in all"""


def values_of(trait: str, village: Village, end: datetime) -> Values:
    """Everyone's value of one of a few traits."""
    known = village.known_before(end)
    people = {person.customer_id: person for person in known.people}
    return {who: _value(trait, village, end, who, people) for who in village.everyone(end)}


def _value(trait: str, village: Village, end: datetime, who: str, people: Mapping[str, Any]) -> Any:
    doings = village.doings(who, end)
    if trait in ("city", "gender"):
        said = getattr(people[who], trait) if who in people else None
        return (said or "").strip(" \t\n\r\v\f") or None
    if trait == "signed_up_at":
        at = people[who].registered_at if who in people else None
        return None if at is None or at >= end else (village.shop.day(at) - date(1970, 1, 1)).days
    if trait == "view_count":
        return sum(one.event == "view" for one in doings)
    if trait == "event_count_30d":
        return len(village.within([one.occurred_at for one in doings], end, 30))
    assert trait == "active_days", trait
    return len(village.days(village.acts(who, end)))


def bins(values: Values, inside: Iterable[str], numbers: bool) -> list[Bin]:
    """The bins in their order."""
    group = set(inside)
    known = {who: value for who, value in values.items() if value is not None}
    found = _ranges(known, group) if numbers else _most_frequent(known, group)
    without = values.keys() - known.keys()
    return [*found, *([("unknown", None, None, None, len(without & group), len(without))] if without else [])]


def _ranges(known: Values, group: set[str]) -> list[Bin]:
    ordered = sorted(known.values())
    edges = {ordered[ceil(Fraction(len(ordered) * part, 5)) - 1] for part in range(1, 5)} if ordered else set()
    parts: dict[int, list[str]] = {}
    for who, value in known.items():
        parts.setdefault(sum(edge < value for edge in edges), []).append(who)
    return [
        ("range", None, min(known[who] for who in held), max(known[who] for who in held), *_sizes(held, group))
        for _, held in sorted(parts.items())
    ]


def _most_frequent(known: Values, group: set[str]) -> list[Bin]:
    ordered = sorted(Counter(known.values()).items(), key=lambda one: (-one[1], one[0]))
    found: list[Bin] = [
        ("value", value, None, None, *_sizes([who for who in known if known[who] == value], group))
        for value, _ in ordered[:20]
    ]
    rest = {value for value, _ in ordered[20:]}
    others = [who for who in known if known[who] in rest]
    return [*found, *([("other", None, None, None, *_sizes(others, group))] if rest else [])]


def _sizes(held: list[str], group: set[str]) -> tuple[int, int]:
    return sum(who in group for who in held), len(held)


def middle(values: Values, whos: Iterable[str]) -> tuple[float | None, float | None]:
    """Mean and median of those of these customers who have a value."""
    held = [values[who] for who in whos if values.get(who) is not None]
    return (sum(held) / len(held), median(held)) if held else (None, None)
