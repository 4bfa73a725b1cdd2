"""Events: what the data call them, how often they happen, and what the team says they mean."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

import ibis
import ibis.expr.types as ir

from titian.app.answers.events import EventName, EventNames, MeaningInfo, MeaningsAsked
from titian.app.desk import Desk, Reading
from titian.app.exporting import Export, Sheet, exported
from titian.app.showing import at_home, cell, whole
from titian.domain.meanings import MEANINGS
from titian.errors import InputError, UnknownNameError

LISTED = 500
LONGEST_NAME = 200


def names(reading: Reading, q: str = "", *, unknown: bool = False) -> EventNames:
    """The names that contain `q`, without regard to case; with `unknown`, those alone of which nothing is known."""
    rows = _counted(reading)
    found = [_named(reading, row) for row in reading.data.execute(rows.order_by([rows.rows.desc(), rows.event]))]
    without = [one for one in found if not one.known and not one.said]
    sought = q.strip().casefold()
    shown = [one for one in (without if unknown else found) if _matches(one, sought)]
    return EventNames(
        names=tuple(shown[:LISTED]),
        found=len(shown),
        total=len(found),
        unknown=len(without),
        unknown_rows=sum(one.rows for one in without),
        rows=sum(one.rows for one in found),
        meanings=tuple(MeaningInfo(key=one.key, words=one.words, also=one.also) for one in MEANINGS.values()),
    )


def export(reading: Reading, kind: str) -> Export:
    """All names as a file; the reading must stay open while the chunks are taken."""
    rows, zone = _counted(reading), reading.desk.workspace.zone
    sheet = Sheet(
        rows.order_by([rows.rows.desc(), rows.event]),
        tuple(rows.columns),
        lambda row: (cell(row[name], zone) for name in rows.columns),
    )
    return exported(reading, "events", sheet, kind)


def mean(desk: Desk, asked: MeaningsAsked) -> None:
    """Put meanings in force. Raises UnknownNameError for one that is none, InputError for an impossible name."""
    own = desk.event_meanings.said().own
    for name, key in asked.means.items():
        if not name.strip() or len(name) > LONGEST_NAME or "\0" in name:
            raise InputError(
                f"{name[:40]!r} can't be the name of an event",
                f"give the name as the data have it, at most {LONGEST_NAME} characters",
                zh=f"{name[:40]!r} 不能作为行为名",
                hint_zh=f"请填写数据中的行为名，最多 {LONGEST_NAME} 个字符",
                event=name[:40],
            )
        if key is not None and key != name and key not in MEANINGS and key not in own:
            raise UnknownNameError("meaning", "含义", key, [*MEANINGS, *(k for k in own if k not in MEANINGS)])
    desk.event_meanings.say(asked.means)


def _counted(reading: Reading) -> ir.Table:
    """event, means, rows, customers, first, last: a row per name."""
    meanings, events = reading.data.meanings, reading.data.table("events")
    events = events.filter(events.event.notnull())
    counted = events.group_by("event").aggregate(
        rows=events.count(),
        customers=events.customer_id.nunique(),
        first=events.occurred_at.min(),
        last=events.occurred_at.max(),
    )
    named = ((counted.event.isin(meanings.names(key)), key) for key in {**MEANINGS, **meanings.own})
    means = ibis.cases(*named, else_=counted.event)
    return counted.select("event", "rows", "customers", "first", "last", means=means).relocate("means", after="event")


def _named(reading: Reading, row: Mapping[str, object]) -> EventName:
    meanings, zone = reading.data.meanings, reading.desk.workspace.zone
    name, key, first, last = str(row["event"]), str(row["means"]), row["first"], row["last"]
    assert isinstance(first, datetime)
    assert isinstance(last, datetime)
    return EventName(
        name=name,
        means=key,
        words=meanings.words(name),
        known=key in MEANINGS or key != name,
        said=any(name in given for given in meanings.own.values()),
        rows=whole(row["rows"]),
        customers=whole(row["customers"]),
        first_at=at_home(first, zone),
        last_at=at_home(last, zone),
    )


def _matches(one: EventName, sought: str) -> bool:
    return any(sought in text.casefold() for text in (one.name, one.means, one.words.zh, one.words.en))
