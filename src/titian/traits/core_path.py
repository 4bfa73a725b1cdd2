"""Core path: when a customer first did a list of events in order, within a limit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from hashlib import sha256

import ibis
import ibis.expr.types as ir

from titian.domain.meanings import Meanings
from titian.domain.words import Words
from titian.traits.declaring import words
from titian.traits.doing import event_words
from titian.traits.moment import Moment
from titian.traits.sources import Source, event_rows
from titian.traits.trait import Fold, Term, Trait, Unit
from titian.warehouse.dataset import Dataset

MOST_STEPS = 10
HOURS_A_DAY = 24


def core_path(events: Sequence[str], limit_days: int | None) -> Source:
    """One row per customer who finished the path: `done_at`, the earliest instant at which it was.

    The path is an ordered subsequence from any start: other events may lie between, and a later start counts as well
    as an early one. `limit_days` (of 24 hours; None: no limit) run from its first step to its last. Events of one
    instant count in the order of the path, but one event of an instant is one step only: a path that asks for the
    same event twice needs two instants. Events are meant, whatever the team calls them.
    """
    steps = tuple(events)

    def rows(data: Dataset, moment: Moment) -> ir.Table:
        return _finished(_instants(steps, data, moment), _apart(steps, data.meanings), limit_days)

    return Source(f"core_path_{_digest(steps, limit_days)}", ("events",), "done_at", rows)


def core_path_done_at(events: Sequence[str], limit_days: int | None) -> Trait:
    """When the customer first finished the path; no value for who never did."""
    said, limit = path_words(events), limit_words(limit_days)
    return Trait(
        f"core_path_{_digest(tuple(events), limit_days)}_done_at",
        words("核心路径完成时间", "core path done at"),
        words(
            f"首次按顺序完成 {said.zh} 的时间，{limit.zh}",
            f"when {said.en} was first done in this order, {limit.en}",
        ),
        Unit.INSTANT,
        Fold(core_path(events, limit_days), "min", (Term("done_at", "done_at"),)),
    )


def path_words(events: Sequence[str]) -> Words:
    """The path as one reads it: 浏览 → 加购 → 购买."""
    named = [event_words(event) for event in events]
    return Words(zh=" → ".join(one.zh for one in named), en=" → ".join(one.en for one in named))


def limit_words(limit_days: int | None) -> Words:
    """The limit as one reads it."""
    if limit_days is None:
        return words("不限时长", "however long it took")
    return words(f"{limit_days} 天内", f"within {limit_days} days")


def _digest(steps: tuple[str, ...], limit_days: int | None) -> str:
    return sha256(json.dumps([steps, limit_days]).encode()).hexdigest()[:10]


def _instants(steps: tuple[str, ...], data: Dataset, moment: Moment) -> ir.Table:
    """One row per customer and instant with an event of the path, and which of the steps it offers."""
    events = event_rows(data, moment)
    events = events.filter(events.event.isin(data.meanings.all_names(steps)))
    offered = {f"has{i}": events.event.isin(data.meanings.names(step)).any() for i, step in enumerate(steps)}
    return events.group_by("customer_id", at=events.occurred_at).aggregate(**offered)


def _apart(steps: tuple[str, ...], meanings: Meanings) -> list[int]:
    """For each step, the earliest from which all up to it are different events, so that one instant may hold them."""
    names = [set(meanings.names(step)) for step in steps]
    firsts: list[int] = []
    for last in range(len(steps)):
        first = firsts[-1] if firsts else 0
        while any(names[last] & names[step] for step in range(first, last)):
            first += 1
        firsts.append(first)
    return firsts


def _finished(rows: ir.Table, firsts: Sequence[int], limit_days: int | None) -> ir.Table:
    """The first instant of each customer at which the last step is reached in time.

    `start{i}` is the latest start of a path that reaches step i at this very instant, `before{i}` the latest of those
    at earlier instants. The latest start is all one needs to know: it leaves the most time. The more steps a run
    within one instant takes, the later it may have started, so the longest run wins.
    """
    for step, first in enumerate(firsts):
        runs = [
            (
                ibis.and_(*(rows[f"has{i}"] for i in range(begin, step + 1))),
                rows.at if begin == 0 else rows[f"before{begin - 1}"],
            )
            for begin in range(first, step + 1)
        ]
        rows = rows.mutate(**{f"start{step}": ibis.cases(*runs)})
        earlier = ibis.window(group_by="customer_id", order_by="at", preceding=(None, 1))
        rows = rows.mutate(**{f"before{step}": rows[f"start{step}"].max().over(earlier)})
    start = rows[f"start{len(firsts) - 1}"]
    done = rows.filter(start.notnull())
    if limit_days is not None:
        start = done[f"start{len(firsts) - 1}"]
        done = done.filter(done.at - ibis.interval(hours=limit_days * HOURS_A_DAY) <= start)
    return done.group_by("customer_id").aggregate(done_at=done.at.min())
