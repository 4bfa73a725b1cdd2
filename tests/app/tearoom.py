"""A tea room whose customers go from looking to buying: 240 of them in three cities, one of which loses oddly many at the till."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from tests.oracle.funnel import Doing
from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.app.workspace import Workspace
from titian.domain.mapping import Mapping
from titian.warehouse.progress import silent

FIRST = datetime(2024, 3, 1, 9, tzinfo=UTC)
START, END = date(2024, 3, 1), date(2024, 4, 1)
AS_OF = date(2024, 5, 1)
CITIES = ("上海", "杭州", "成都")
STEPS = ["view", "cart", "purchase"]
CUSTOMERS = [f"t{n:03}" for n in range(240)]


def city(n: int) -> str:
    return CITIES[n % 3]


def log(n: int) -> list[Doing]:
    """What the n-th customer did: of five four put something into the cart, and fewer of 成都 buy it."""
    at = FIRST + timedelta(days=n % 28, minutes=n)
    done = [Doing(at, "view", ["app", "web"][n % 2], f"p{n % 4}")]
    if n % 5:
        done.append(Doing(at + timedelta(hours=1 + n % 7), "cart", value=float(n % 50)))
        if (n // 3) % 10 < (3 if n % 3 == 2 else 8):
            done.append(Doing(at + timedelta(hours=20 + n % 9), "purchase"))
        if n % 11 == 0:
            done.append(Doing(at + timedelta(hours=12), "complain"))
    return [*done, Doing(datetime(2024, 4, 30, 9, tzinfo=UTC), "login")] if n == 0 else done


LOGS = {who: log(n) for n, who in enumerate(CUSTOMERS)}


def written(path: Path, rows: Iterator[dict[str, object]]) -> Path:
    lines = list(rows)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, lines[0])
        writer.writeheader()
        writer.writerows(lines)
    return path


def made(folder: Path) -> Workspace:
    """A workspace with all of it."""
    workspace = workspaces.init(folder, WorkspaceSettings(name="tea room", currency="CNY", timezone="UTC"))
    events = (
        {
            "event_id": f"{who}-{n}",
            "customer_id": who,
            "event": one.what,
            "occurred_at": one.at.isoformat(),
            "channel": one.channel or "",
            "product_id": one.product_id or "",
            "value": "" if one.value is None else one.value,
        }
        for who, log in LOGS.items()
        for n, one in enumerate(log)
    )
    people = (
        {"customer_id": who, "city": city(n), "birth_date": "1990-05-01", "first_seen_at": "2024-02-01T00:00:00"}
        for n, who in enumerate(CUSTOMERS)
    )
    with Desk(workspace) as desk:
        for table, rows in (("events", events), ("customers", people)):
            path = written(folder / f"{table}.csv", iter(rows))
            columns = path.read_text("utf-8").splitlines()[0].split(",")
            mapping = Mapping(table=table, columns={name: name for name in columns})
            importing.load(desk, SourceAsked(str(path)), mapping, strict=True, progress=silent)
    return workspace
