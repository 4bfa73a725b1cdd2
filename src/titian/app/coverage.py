"""Coverage: of how many customers the four things are known, and what is known of each as columns of a file."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import uuid4

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from titian.app.answers.knowing import Coverage, ThingCoverage
from titian.app.desk import Desk, Reading
from titian.app.telling import TELLING, says, tells, traits_told
from titian.domain.things import KEYS, THINGS, Saying
from titian.traits.counted import counted
from titian.traits.parts import trait_parts
from titian.traits.trait import Trait

TEAM = pa.schema([("customer_id", pa.string()), *((key, pa.string()) for key in KEYS), ("staff", pa.string())])
"""What the team says of each customer: a thing a column, and who is in charge."""
STAFF = "staff"
COLUMNS = (STAFF, *KEYS)
"""The columns that a file of customers gets."""


@dataclass(frozen=True)
class Told:
    """Everybody seen before an instant: what the data tell of them as traits, what the team says as `team_…`."""

    rows: ir.Table
    traits: dict[str, Trait]
    held: tuple[object, ...]
    """Holds what was computed and uploaded for it."""


def coverage(reading: Reading, as_of: date | None = None) -> Coverage:
    """How many customers seen before a day have each of the four things known, by the team or by the data."""
    day = reading.day(as_of)
    told = told_of_all(reading, reading.instant(day))
    rows, no = told.rows, told.rows.customer_id.isnull()
    team = {key: rows[f"team_{key}"].notnull() for key in KEYS}
    data = {key: found if (found := tells(rows, key, told.traits)) is not None else no for key in KEYS}
    whole = ibis.and_(*(team[key] | data[key] for key in KEYS))
    sums = {
        name: flag.sum()
        for key in KEYS
        for name, flag in (
            (f"team_{key}", team[key]),
            (f"data_{key}", data[key]),
            (f"known_{key}", team[key] | data[key]),
        )
    }
    (found,) = reading.data.execute(rows.aggregate(customers=rows.count(), whole=whole.sum(), **sums))
    counts = {name: int(str(value or 0)) for name, value in found.items()}
    everyone = counts["customers"]
    return Coverage(
        as_of=day,
        customers=everyone,
        whole=counts["whole"],
        things=tuple(
            ThingCoverage(
                key=key,
                name=THINGS[key].name,
                known=counts[f"known_{key}"],
                share=counts[f"known_{key}"] / everyone if everyone else 0.0,
                by_team=counts[f"team_{key}"],
                by_data=counts[f"data_{key}"],
            )
            for key in KEYS
        ),
    )


def told_of_all(reading: Reading, at: datetime) -> Told:
    """What is known of everybody who counts and was seen before an instant."""
    data = counted(reading.data, at)
    traits = traits_told(data)
    found = trait_parts(traits.values(), data, at)
    team, kept = reading.data.engine.upload(("team says", uuid4().hex), lambda: _team(reading.desk))
    said = team.select("customer_id", **{f"team_{name}": team[name] for name in COLUMNS})
    rows = found.rows.left_join(said, "customer_id").drop("customer_id_right")
    return Told(rows, traits, (found.kept, *found.held, kept))


def with_known(rows: ir.Table, told: Told) -> ir.Table:
    """`rows` with the COLUMNS as text: what the team says, else what the data say as trait:value; null where unknown."""
    everyone = told.rows
    columns = {"staff": everyone.team_staff}
    for key in KEYS:
        traits = {name: told.traits[name] for name in TELLING[key] if name in told.traits}
        data = [
            ibis.cases((says(everyone[name], one), ibis.literal(f"{name}:") + everyone[name].cast("string")))
            for name, one in traits.items()
        ]
        columns[key] = ibis.coalesce(everyone[f"team_{key}"], *data)
    said = everyone.select("customer_id", **columns)
    return rows.left_join(said, "customer_id").drop("customer_id_right")


def _team(desk: Desk) -> pa.Table:
    """A row for each customer of whom the team says anything. To look makes nothing: without a store there are none."""
    lines: dict[str, dict[str, str]] = {}
    if desk.stored.there is not None:
        for saying in desk.sayings.all_that_holds():
            lines.setdefault(saying.customer_id, {})[saying.thing] = _text(saying)
        for customer, staff in desk.charges.of_everyone():
            lines.setdefault(customer, {})["staff"] = staff
    return pa.Table.from_pylist(list(_rows(lines)), schema=TEAM)


def _rows(lines: dict[str, dict[str, str]]) -> Iterable[dict[str, str | None]]:
    for customer, said in lines.items():
        yield {"customer_id": customer, **{name: said.get(name) for name in COLUMNS}}


def _text(saying: Saying) -> str:
    """The choice by its key, and the text."""
    return ": ".join(part for part in (saying.choice, saying.text) if part)
