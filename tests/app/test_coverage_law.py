"""Of how many the four things are known, against a walk over the rows of made shops, as of any day."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest

from tests.app.test_knowing import say
from titian.app import coverage, importing
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.domain.mapping import Mapping
from titian.domain.things import KEYS, THINGS
from titian.warehouse.progress import silent

FIRST = datetime(2026, 1, 1, 12)
DAYS = 60
HEADS = {
    "customers": ("customer_id", "first_seen_at", "channel"),
    "orders": ("order_id", "customer_id", "ordered_at", "amount", "channel"),
    "events": ("customer_id", "event", "occurred_at", "channel"),
    "invites": ("inviter_id", "invitee_id", "invited_at", "joined_at"),
    "links": ("from_id", "to_id", "kind", "linked_at"),
    "answers": ("customer_id", "answered_at", "score", "text"),
}
Row = dict[str, object]


@dataclass(frozen=True)
class Made:
    """A made shop: rows by table, and what the team says by customer and thing."""

    rows: dict[str, list[Row]] = field(default_factory=dict)
    said: dict[tuple[str, str], str] = field(default_factory=dict)

    def seen(self, until: datetime) -> set[str]:
        """Who was seen before an instant."""
        at = {"customers": "first_seen_at", "orders": "ordered_at", "events": "occurred_at"}
        return {str(row["customer_id"]) for name, when in at.items() for row in self.before(name, when, until)}

    def before(self, table: str, at: str, until: datetime) -> list[Row]:
        return [row for row in self.rows[table] if isinstance(when := row[at], datetime) and when < until]

    def told(self, who: str, until: datetime) -> set[str]:
        """Which of the things the data tell of somebody."""
        profile = [row for row in self.before("customers", "first_seen_at", until) if row["customer_id"] == who]
        acts = [*self.before("orders", "ordered_at", until), *self.before("events", "occurred_at", until)]
        channels = [row["channel"] for row in (*profile, *acts) if row["customer_id"] == who and row["channel"]]
        joined = [row for row in self.before("invites", "joined_at", until) if row["invitee_id"] != row["inviter_id"]]
        sent = [row for row in self.before("invites", "invited_at", until) if row["invitee_id"] != row["inviter_id"]]
        follows = [row for row in self.before("links", "linked_at", until) if row["from_id"] != row["to_id"] == who]
        answers = [row for row in self.before("answers", "answered_at", until) if row["customer_id"] == who]
        found = {
            "where_from": bool(channels) or any(row["invitee_id"] == who for row in joined),
            "judgement": any(row["score"] or row["text"] for row in answers),
            "can_bring": any(row["inviter_id"] == who for row in sent)
            or any(row["kind"] == "follow" for row in follows),
        }
        return {key for key, known in found.items() if known}


def made(seed: int) -> Made:
    """Fourteen people with few rows each, so that each thing is known of some."""
    drawn = random.Random(seed)
    people = [f"p{number}" for number in range(14)]

    def at() -> datetime:
        return FIRST + timedelta(days=drawn.randrange(DAYS), hours=drawn.randrange(10))

    def maybe(*values: object) -> object:
        return drawn.choice((None, None, *values))

    def invite() -> Row:
        sent = at()
        invitee = maybe(*people)
        joined = sent + timedelta(days=3) if invitee else None
        return {"inviter_id": drawn.choice(people), "invitee_id": invitee, "invited_at": sent, "joined_at": joined}

    rows: dict[str, list[Row]] = {
        "customers": [{"customer_id": who, "first_seen_at": at(), "channel": maybe("live")} for who in people[:9]],
        "orders": [
            {
                "order_id": str(n),
                "customer_id": drawn.choice(people),
                "ordered_at": at(),
                "amount": 5,
                "channel": maybe("app"),
            }
            for n in range(10)
        ],
        "events": [
            {"customer_id": drawn.choice(people), "event": "view", "occurred_at": at(), "channel": maybe("web")}
            for _ in range(8)
        ],
        "invites": [invite() for _ in range(6)],
        "links": [
            {
                "from_id": drawn.choice(people),
                "to_id": drawn.choice(people),
                "kind": drawn.choice(["follow", "like"]),
                "linked_at": at(),
            }
            for _ in range(6)
        ],
        "answers": [
            {"customer_id": drawn.choice(people), "answered_at": at(), "score": maybe(3), "text": maybe("fine")}
            for _ in range(9)
        ],
    }
    said = {(drawn.choice(people), drawn.choice(KEYS)): "x" for _ in range(12)}
    return Made(rows, said)


def loaded(folder: Path, shop: Made) -> Path:
    """A workspace with all of it."""
    with Desk(workspaces.init(folder / "shop", WorkspaceSettings(timezone="UTC"))) as desk:
        for table, head in HEADS.items():
            lines = [",".join("" if row[name] is None else str(row[name]) for name in head) for row in shop.rows[table]]
            (path := folder / f"{table}.csv").write_text("\n".join((",".join(head), *lines)) + "\n", "utf-8")
            columns = Mapping(table=table, columns={name: name for name in head})
            importing.load(desk, SourceAsked(str(path)), columns, strict=True, progress=silent)
        seen = shop.seen(datetime.max)
        for who, thing in shop.said:
            if who in seen:
                say(desk, who, thing, drawn_choice(thing))
    return folder / "shop"


def drawn_choice(thing: str) -> str:
    """The first of the usual answers."""
    return next(iter(THINGS[thing].choices))  # type: ignore[index]


@pytest.mark.parametrize("seed", [1, *(pytest.param(seed, marks=pytest.mark.full) for seed in range(2, 7))])
def test_the_counts_of_any_day_are_those_of_a_walk_over_the_rows(tmp_path: Path, seed: int) -> None:
    shop = made(seed)
    with Desk(workspaces.read(loaded(tmp_path, shop))) as desk, desk.reading() as reading:
        first, last = reading.present.first, reading.present.end
        assert first is not None
        assert last is not None
        for day in (last, first + (last - first) / 2, first + timedelta(days=2)):
            check(shop, day, coverage.coverage(reading, day))


def check(shop: Made, day: date, counted: coverage.Coverage) -> None:
    """Compare what was counted with what the rows say."""
    until = datetime.combine(day, datetime.min.time())
    everyone = shop.seen(until)
    told = {who: shop.told(who, until) for who in everyone}
    team = {who: {thing for one, thing in shop.said if one == who} for who in everyone}
    assert counted.customers == len(everyone)
    assert counted.whole == sum(told[who] | team[who] == set(KEYS) for who in everyone)
    for one in counted.things:
        assert one.by_data == sum(one.key in told[who] for who in everyone), one.key
        assert one.by_team == sum(one.key in team[who] for who in everyone), one.key
        assert one.known == sum(one.key in told[who] | team[who] for who in everyone), one.key
