"""Doing: traits of one event or a few, by what they mean."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import reduce
from hashlib import sha256
from operator import add

import ibis.expr.types as ir

from titian.domain.meanings import MEANINGS
from titian.domain.words import Words
from titian.traits.declaring import words
from titian.traits.exact import exactly
from titian.traits.moment import Moment
from titian.traits.sources import EVENTS
from titian.traits.trait import DaysSince, Derived, Did, Fold, Term, Trait, Unit

DECIMALS = 9
"""Of weighted times: more than weights are written with."""


def event_words(event: str) -> Words:
    """What an event is called: its meaning's name, or its own."""
    return MEANINGS[event].words if event in MEANINGS else Words(zh=event, en=event)


def last_event_at(event: str) -> Trait:
    """When the customer last did `event`."""
    named = event_words(event)
    return Trait(
        f"last_{event}_at",
        words(f"最近一次{named.zh}", f"last {named.en} at"),
        words(f"最近一次行为“{named.zh}”的时间", f"when the customer last did {named.en}"),
        Unit.INSTANT,
        Fold(EVENTS, "max", (Term("occurred_at", "occurred_at", Did((event,))),)),
    )


def first_event_at(event: str) -> Trait:
    """When the customer first did `event`."""
    named = event_words(event)
    return Trait(
        f"first_{event}_at",
        words(f"首次{named.zh}", f"first {named.en} at"),
        words(f"首次行为“{named.zh}”的时间", f"when the customer first did {named.en}"),
        Unit.INSTANT,
        Fold(EVENTS, "min", (Term("occurred_at", "occurred_at", Did((event,))),)),
    )


def days_since_event(event: str) -> Trait:
    """Local days since the customer last did `event`."""
    last, named = last_event_at(event), event_words(event)
    return Trait(
        f"days_since_{event}",
        words(f"距上次{named.zh}", f"days since {named.en}"),
        words(f"距最近一次行为“{named.zh}”的本地天数", f"local days since the customer last did {named.en}"),
        Unit.DAYS,
        DaysSince(last),
        better="low",
        basis=last,
    )


def event_trait(event: str, what: str) -> Trait:
    """How often the customer did `event` (count), how long (duration_s), or the sum of its values (value)."""
    column, unit, zh, en = {
        "count": (None, Unit.TIMES, "次数", "count"),
        "duration_s": ("duration_s", Unit.SECONDS, "时长（秒）", "duration (s)"),
        "value": ("value", Unit.NONE, "数值合计", "value"),
    }[what]
    named = event_words(event)
    return Trait(
        f"{event}_{what}",
        words(f"{named.zh}{zh}", f"{named.en} {en}"),
        words(f"行为“{named.zh}”的{zh}", f"{en} of the event {named.en}"),
        unit,
        Fold(EVENTS, "sum" if column else "count", (Term("occurred_at", column, Did((event,))),)),
        empty=0,
        basis=last_event_at(event),
        windowed=True,
    )


def times_any(events: Sequence[str]) -> Trait:
    """How often the customer did any of `events`."""
    named = any_words(events)
    return Trait(
        f"any_{_joined(events)}_count",
        words(f"{named.zh}的次数", f"times of {named.en}"),
        words(f"行为 {named.zh} 合计的次数", f"how often the customer did any of {named.en}"),
        Unit.TIMES,
        Fold(EVENTS, "count", (Term("occurred_at", None, Did(tuple(events))),)),
        empty=0,
        windowed=True,
    )


def days_any(events: Sequence[str]) -> Trait:
    """On how many local days the customer did any of `events`; of any event at all where none is named."""
    named = any_words(events) if events else words("任意行为", "anything")
    return Trait(
        f"any_{_joined(events)}_days" if events else "event_days",
        words(f"{named.zh}的天数", f"days of {named.en}"),
        words(f"有行为 {named.zh} 的本地日期数", f"local days on which the customer did {named.en}"),
        Unit.DAYS,
        Fold(EVENTS, "distinct", (Term("occurred_at", "day", Did(tuple(events)) if events else None),)),
        empty=0,
        windowed=True,
    )


def any_words(events: Sequence[str]) -> Words:
    """What several events are called together."""
    named = [event_words(event) for event in events]
    return words("、".join(one.zh for one in named), ", ".join(one.en for one in named))


def _joined(events: Sequence[str]) -> str:
    """The events in a name, where that names no others: a_b and c are not a and b_c."""
    if all(event in MEANINGS for event in events):
        return "_".join(events)
    return sha256(json.dumps(list(events)).encode()).hexdigest()[:10]


def weighted_times(key: str, named: Words, meaning: Words, weights: Mapping[str, float]) -> Trait:
    """How often the customer did each of some events, times its weight, in all, to nine decimals; `key` tells the trait's name."""
    counts = tuple(event_trait(event, "count") for event in sorted(weights))

    def compute(values: Mapping[str, ir.Value], _moment: Moment) -> ir.Value:
        parts = [values[f"{event}_count"] * exactly(weights[event]) for event in sorted(weights)]
        # In doubles 0.1 + 0.7 is a hair below 0.8, and who has that much would miss a cut of 0.8.
        return reduce(add, parts, exactly(0.0)).round(DECIMALS)

    return Trait(
        f"{key}_{sha256(json.dumps(sorted(weights.items())).encode()).hexdigest()[:8]}",
        named,
        meaning,
        Unit.NONE,
        Derived(counts, compute),
        windowed=True,
    )
