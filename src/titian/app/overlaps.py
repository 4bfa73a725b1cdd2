"""Overlaps: several audiences laid over each other, every customer counted once."""

from __future__ import annotations

from itertools import combinations

from titian.app import saved_audiences
from titian.app.answers.audiences import Intersection, Overlap, OverlapAsked, SharedPart
from titian.app.audiences import info
from titian.app.desk import Reading
from titian.app.in_workspace import InWorkspace
from titian.app.saved_audiences import rule_of
from titian.app.showing import whole
from titian.audience.selecting import select_together

Combined = dict[tuple[str, ...], int]
"""Customers by the audiences that they are in."""


def overlap(reading: Reading, asked: OverlapAsked) -> Overlap:
    """Who is in which of the audiences. Raises UnknownNameError."""
    keys = tuple(dict.fromkeys(asked.audiences))
    saved = {key: saved_audiences.one(reading.desk, key) for key in keys}
    day = reading.day(asked.as_of)
    columns = {f"is_in_{number}": rule_of(saved[key][0]) for number, key in enumerate(keys)}
    found = select_together(columns, reading.counted(day), reading.instant(day), InWorkspace(reading))
    rows = reading.data.execute(found.table.group_by(list(columns)).aggregate(customers=found.table.count()))
    by_set: Combined = {
        tuple(key for key, column in zip(keys, columns, strict=True) if row[column]): whole(row["customers"])
        for row in rows
    }
    everyone = sum(by_set.values())
    size = {key: _in_all(by_set, (key,)) for key in keys}
    return Overlap(
        excluded=reading.counted(day).excluded,
        as_of=day,
        everyone=everyone,
        audiences=tuple(info(reading, saved[key][1], size[key], everyone) for key in keys),
        intersections=tuple(
            Intersection(audiences=those, customers=customers, share=customers / everyone)
            for those, customers in sorted(by_set.items(), key=lambda one: (-one[1], one[0]))
        ),
        pairs=tuple(_pair(by_set, pair, size, everyone) for pair in combinations(keys, 2)),
    )


def _pair(by_set: Combined, pair: tuple[str, str], size: dict[str, int], everyone: int) -> SharedPart:
    first, second = pair
    both = _in_all(by_set, pair)
    return SharedPart(
        first=first,
        second=second,
        customers=both,
        share_of_first=both / size[first] if size[first] else None,
        share_of_second=both / size[second] if size[second] else None,
        tgi=100 * both * everyone / (size[first] * size[second]) if size[first] and size[second] else None,
    )


def _in_all(by_set: Combined, keys: tuple[str, ...]) -> int:
    return sum(customers for those, customers in by_set.items() if set(keys) <= set(those))
