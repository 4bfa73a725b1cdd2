"""Strips: where one customer was over time, by definitions whose cuts are frozen at the asked day.

Most layerings say it of a customer's own rows. What rests on others' rows or on fixed days is looked up in the history of
everybody, which is told when somebody asks for it and kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import ibis
import pyarrow as pa

from titian.app import held
from titian.app.answers.customers import LayerSpan, LayerStrip
from titian.app.asking import Question
from titian.app.desk import Reading
from titian.app.past import LOOKED_AT, Past, Row
from titian.app.placing import Placing
from titian.domain.instants import local_day
from titian.layering.assignment import assign
from titian.layering.history import History, history
from titian.traits.changes import FAR, day_number
from titian.traits.planner import TraitTable, trait_query, with_bases
from titian.warehouse.dataset import Beside
from titian.warehouse.tables import TABLES, Table

MOST_POINTS = 120
"""Ten years of months; the oldest are left out beyond that."""
MOST_MONTHS = 24
"""Of layerings that have to assign everybody for each."""
TRAITS = "moved_traits"


def strips(reading: Reading, past: Past, got: Sequence[Placing], day: date) -> dict[str, tuple[LayerSpan, ...]]:
    """Stretches in one layer for each assignment's definition, looked at every month's end and on `day`.

    One question for all months: every month's end becomes a customer of its own whose history is the real one moved
    so that its end falls on `day`. Days between events, and so every trait, are what they were; a definition that
    names fixed days can not be looked at so, and has no stretches here.
    """
    until = reading.instant(day).replace(tzinfo=None)
    history = {name: [row for row in past.rows.get(name, ()) if _known(row, name, until)] for name in LOOKED_AT}
    seen = [
        at for name, rows in history.items() for row in rows if isinstance(at := row[TABLES[name].at or ""], datetime)
    ]
    if not (seen and got):
        return {}
    zone = reading.desk.workspace.zone
    points = _points(local_day(min(seen).replace(tzinfo=UTC), str(zone)), day)
    shifted = {name: list(_moved(TABLES[name], rows, points, day, zone)) for name, rows in history.items()}
    tables = {
        name: pa.Table.from_pylist(rows, schema=reading.data.table(name).schema().to_pyarrow())
        for name, rows in shifted.items()
    }
    with reading.data.beside(tables) as data:
        chosen = [one for one in got if one.definition.movable and _can_be_moved(one)]
        moved = _traits(reading, data, chosen)
        data.engine.connection.register(TRAITS, moved)
        said = {one.definition.key: _layers(reading, data, one, moved.schema) for one in chosen}
    return {key: _spans(layers, points) for key, layers in said.items()}


def traced(reading: Reading, key: str, customer_id: str, as_of: date | None) -> LayerStrip:
    """The strip of any layering, out of its history by months; at most the last two years.

    Raises MissingDataError without the tables that it reads, and NotFoundError for nobody's id.
    """
    day = reading.day(as_of)
    found = held.one(reading.desk, key)
    data = reading.counted(day)
    fitted = held.fit_of(reading, found, day, data)
    now = str(assign(found.layering, data, reading.instant(day), fitted).row(customer_id)["layer"])
    assert reading.present.first is not None
    firsts = [point for point in _points(reading.present.first, day) if point.day == 1 and point < day]
    months = firsts[-MOST_MONTHS:]
    layers = {day.isoformat(): now}
    if months:
        start, end = reading.instant(months[0]), reading.instant(day)
        got = history(found.layering, data, start, end, every="month", fitted=fitted)
        layers |= _by_day(reading, got, customer_id)
    return LayerStrip(layering=key, spans=_spans(layers, [*months, day]))


def _by_day(reading: Reading, got: History, customer_id: str) -> dict[str, str]:
    """The customer's layer on each of the days that a history looks at."""
    stays = reading.data.execute(got.rows.filter(got.rows.customer_id == customer_id))
    return {
        day.isoformat(): str(stay["layer"])
        for stay in stays
        for day in got.days
        if int(str(stay["since"])) <= day_number(day) < int(str(stay["until"] or FAR))
    }


def _known(row: Row, name: str, until: datetime) -> bool:
    at = row[TABLES[name].at or ""]
    return not isinstance(at, datetime) or at < until


def _can_be_moved(got: Placing) -> bool:
    """Whether all that a layering reads is the customer's own, so that it can be moved along the calendar."""
    return frozenset().union(*got.definition.needs()) <= set(LOOKED_AT)


def _points(first: date, day: date) -> list[date]:
    """The day after the first sight, every first of a month since, and `day`."""
    found = [day]
    month = day.replace(day=1)
    while month > first + timedelta(days=1) and len(found) < MOST_POINTS:
        if month != day:
            found.append(month)
        month = (month - timedelta(days=1)).replace(day=1)
    if first + timedelta(days=1) < found[-1] and len(found) < MOST_POINTS:
        found.append(first + timedelta(days=1))
    return found[::-1]


def _moved(
    table: Table, rows: Sequence[Row], points: list[date], day: date, zone: ZoneInfo
) -> Iterator[dict[str, object]]:
    instants = [column.name for column in table.columns if column.kind == "instant"]
    for point in points:
        ends = datetime.combine(point, time(), zone).astimezone(UTC).replace(tzinfo=None)
        for place, row in enumerate(rows):
            at = row[table.at or ""]
            if isinstance(at, datetime) and at >= ends:
                continue
            shifted = {name: _shifted(row[name], day - point, zone) for name in instants}
            own = dict.fromkeys(table.key, f"{point}#{place}")
            yield {**row, **shifted, **own, "customer_id": point.isoformat()}


def _shifted(stored: object, by: timedelta, zone: ZoneInfo) -> datetime | None:
    """A stored instant moved by whole local days, at the same wall time."""
    if not isinstance(stored, datetime):
        return None
    local = stored.replace(tzinfo=UTC).astimezone(zone).replace(tzinfo=None) + by
    return local.replace(tzinfo=zone).astimezone(UTC).replace(tzinfo=None)


def _traits(reading: Reading, data: Beside, got: Sequence[Placing]) -> pa.Table:
    """The traits of every point that these layerings read."""

    def write() -> Question:
        read = [trait for one in got for trait in one.definition.traits().values()]
        return Question.of(data.engine, trait_query(with_bases(read), data, got[0].traits.as_of))

    key = (reading.data.version, "strip traits", *(one.name for one in got))
    return reading.desk.questions.put(data.engine.connection, key, write)


def _layers(reading: Reading, data: Beside, got: Placing, columns: pa.Schema) -> dict[str, str]:
    """The layer on each point, by its ISO day."""

    def write() -> Question:
        rows = ibis.table(ibis.Schema.from_pyarrow(columns), name=TRAITS)
        traits = TraitTable(rows, data, got.traits.as_of, got.traits.kept)
        layers = got.definition.layered(traits, got.fitted).select("customer_id", "layer")
        return Question.of(data.engine, layers)

    found = reading.desk.questions.put(data.engine.connection, (reading.data.version, "strip", *got.name), write)
    return {str(row["customer_id"]): str(row["layer"]) for row in found.to_pylist()}


def _spans(layers: Mapping[str, str], points: Sequence[date]) -> tuple[LayerSpan, ...]:
    spans: list[LayerSpan] = []
    for point, following in zip(points, [*points[1:], points[-1]], strict=True):
        layer = layers.get(point.isoformat())
        if layer is None:
            continue
        if spans and spans[-1].layer == layer and spans[-1].until == point:
            spans[-1] = spans[-1].model_copy(update={"until": following})
        else:
            spans.append(LayerSpan(layer=layer, since=point, until=following))
    return tuple(spans)
