"""Movers: who came to another layer on one day of a history, as a list and as a file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

import ibis
import ibis.expr.types as ir

from titian.app import masking, paging
from titian.app.answers.history import Mover, Movers
from titian.app.desk import Reading
from titian.app.exporting import Export, Sheet, exported, layer_names
from titian.app.histories import Asked, told
from titian.app.showing import layer_infos, whole
from titian.domain.spreadsheet import Cell
from titian.domain.words import Words
from titian.layering.assignment import assign
from titian.layering.following import followable
from titian.layering.history import History

FIRST_SEEN = Words(zh="首次出现", en="first seen")
OTHERWISE = Words(zh="其他变化", en="something else changed")
SORT = "customer_id"
ROWS = 5_000
PLACED = "placed_"


@dataclass(frozen=True)
class MoversAsked:
    """The movers of which day of which history; of a `layer`, those who came to it or left it."""

    history: Asked
    day: date
    layer: str | None = None


def page(reading: Reading, asked: MoversAsked, cursor: str | None, limit: int) -> Movers:
    """One page of the movers. Raises InputError for a day that the history does not look at."""
    got, _ = told(reading, asked.history)
    rows = _rows(got, asked)
    (count,) = reading.data.execute(rows.aggregate(movers=rows.count()))
    place = paging.read(cursor, SORT, False)
    sorted_rows = rows.mutate(sorted_by=rows.customer_id)
    here = paging.after(sorted_rows, place, descending=False).limit(limit + 1)
    found = reading.data.execute(_explained(reading, got, asked.day, here).order_by("customer_id"))
    return Movers(
        excluded=got.data.excluded,
        day=asked.day,
        layers=layer_infos(got.fitted.layers),
        total=whole(count["movers"]),
        rows=tuple(_mover(got, row) for row in found[:limit]),
        next_cursor=paging.written(found[limit - 1], SORT, False) if len(found) > limit else None,
    )


def export(reading: Reading, asked: MoversAsked, kind: str) -> Export:
    """All of them as a file; the reading must stay open while the chunks are taken."""
    got, _ = told(reading, asked.history)
    names = layer_names(got.fitted)

    def line(row: Mapping[str, object]) -> Iterator[Cell]:
        mover = _mover(got, row)
        source = ("", "", "") if mover.source is None else (mover.source, *names[mover.source])
        yield from (mover.customer_id, *source, mover.target, *names[mover.target], mover.why.zh, mover.why.en)

    layers = (f"{end}{language}" for end in ("source", "target") for language in ("", "_zh", "_en"))
    rows = _explained(reading, got, asked.day, _rows(got, asked)).order_by("customer_id")
    sheet = Sheet(rows, ("customer_id", *layers, "why_zh", "why_en"), line)
    return exported(reading, f"{got.definition.key}-moves-{asked.day}", sheet, kind)


def of_day(reading: Reading, got: History, day: date) -> Iterator[Mover]:
    """Everyone who moved as of a day of a history, by customer; the reading must stay open while they are taken."""
    rows = _explained(reading, got, day, got.moved(day)).order_by("customer_id")
    for batch in reading.data.engine.batches(rows, ROWS):
        yield from (_mover(got, row) for row in batch.to_pylist())


def _rows(got: History, asked: MoversAsked) -> ir.Table:
    rows = got.moved(asked.day)
    if asked.layer is None:
        return rows
    layer = got.fitted.layer(asked.layer).key
    return rows.filter((rows.target == layer) | ibis.coalesce(rows.source == layer, False))


def _explained(reading: Reading, got: History, day: date, moved: ir.Table) -> ir.Table:
    """Where no passed cuts tell why, all that puts a customer into the layer goes along."""
    if followable(got.definition, got.fitted):
        return moved
    placed = assign(got.definition, got.data, reading.instant(day), got.fitted).table
    values = {PLACED + name: placed[name] for name in placed.columns}
    return moved.inner_join(placed.select(**values), moved.customer_id == values[f"{PLACED}customer_id"])


def _mover(got: History, row: Mapping[str, object]) -> Mover:
    source = None if row["source"] is None else str(row["source"])
    why = FIRST_SEEN if source is None else _why(got, row)
    return Mover(customer_id=str(row["customer_id"]), source=source, target=str(row["target"]), why=why)


def _why(got: History, row: Mapping[str, object]) -> Words:
    """The passed cuts of "+spend -recency_days" in words, else the reasons for the layer that the customer came to."""
    if f"{PLACED}layer" in row:
        placed = {name.removeprefix(PLACED): value for name, value in row.items() if name.startswith(PLACED)}
        reasons, traits = got.definition.reasons(placed, got.fitted), got.definition.traits()
        said = [reason.sentence for reason in reasons if masking.shows(traits[reason.trait])]
        return Words(zh="；".join(one.zh for one in said), en="; ".join(one.en for one in said)) if said else OTHERWISE
    traits = got.definition.traits()
    read = [(part[0], traits.get(part[1:])) for part in str(row["reason"]).split()]
    passed = [(sign, trait.title) for sign, trait in read if trait is not None and masking.shows(trait)]
    if not passed:
        return OTHERWISE
    zh = "，".join(f"{title.zh}{'达到切分' if sign == '+' else '不再达到切分'}" for sign, title in passed)
    en = ", ".join(f"{title.en} {'passed its cut' if sign == '+' else 'fell behind its cut'}" for sign, title in passed)
    return Words(zh=zh, en=en)
