"""A workspace whose people have made things by birthdays: layerings, audiences, tags and lists, one resting on the other."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from tests.server.people import login_of, settle, signed_in
from titian.app import importing
from titian.app import workspace as workspaces
from titian.app.answers import Mapping
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.domain.permission import ROLES, Role
from titian.warehouse.progress import silent

API = "/api/v1"
MASKED: tuple[Role, ...] = ("viewer", "analyst")
BORN = {"c1": "1987-11-23", "c2": "1990-02-14", "c3": "1975-06-30", "c4": "1990-03-05", "c5": "1962-01-09"}
"""Of c6 nothing is known; c5 is the only customer of their store."""
EARLY = {"any": [{"trait": "birth_date", "op": "starts_with", "value": month} for month in ("1990-02", "1990-03")]}
OLD = {"trait": "age_years", "op": ">=", "value": 35}
BIG = {"trait": "spend", "op": ">=", "value": 450}
BY_AGE = {
    "layers": [
        {"key": "older", "name": {"zh": "年长", "en": "older"}, "rule": OLD},
        {"key": "rest", "name": {"zh": "其余", "en": "the rest"}, "rule": None},
    ]
}
AGED = {"dimensions": [{"trait": "age_years"}, {"trait": "spend"}]}
NESTED = {"kind": "rules", "key": "inner", "parameters": BY_AGE}
LAYERINGS: dict[str, tuple[str, dict[str, Any]]] = {
    "ages": ("rules", BY_AGE),
    "aged": ("matrix", AGED),
    "birthdays": ("split", {"trait": "birth_date"}),
    "thirds": ("quantiles", {"trait": "age_years"}),
    "crossed": ("cross", {"first": NESTED, "second": {"kind": "value_levels"}}),
    "within": ("inside", {"outer": {"kind": "value_levels"}, "at": "active", "inner": NESTED}),
}
"""Those that rest on birthdays, by themselves or by what is within them."""
AUDIENCES: dict[str, dict[str, Any]] = {
    "early": EARLY,
    "nested": {"all": [{"audience": "early"}, BIG]},
    "in_layer": {"not": {"layering": "ages", "layers": ["older"]}},
    "turned": {"moved": "aged", "target": ["high_high", "high_low"], "since": {"days_before": 30}},
    "tagged": {"any": [{"tag": "old"}, {"tag": "by_hand"}]},
}
TAGS: dict[str, dict[str, Any]] = {"old": OLD, "of_early": {"audience": "nested"}}
LISTS = ("frozen",)
PLAIN: dict[str, dict[str, Any]] = {"big": BIG, "best": {"all": [{"audience": "big"}, {"tag": "by_hand"}]}}


def words(name: str) -> dict[str, str]:
    """A name that is the same in both languages."""
    return {"zh": name, "en": name}


def workspace(folder: Path, born: dict[str, str] = BORN) -> Desk:
    """The workspace in a folder, with somebody of every role; the caller closes it."""
    desk = Desk(workspaces.init(folder / "shop", WorkspaceSettings(name="hill")))
    people = [f"c{n},name {n},{born.get(f'c{n}', '')},杭州,{'s2' if n == 5 else 's1'}\n" for n in range(1, 7)]
    load(desk, folder, "customers", "customer_id,name,birth_date,city,store_id\n" + "".join(people))
    orders = [
        f"o{n},c{n % 6 + 1},{date(2025, 1, 1) + timedelta(days=4 * n)},{40 + 7 * n},{'s2' if n % 6 == 4 else 's1'}\n"
        for n in range(24)
    ]
    load(desk, folder, "orders", "order_id,customer_id,ordered_at,amount,store_id\n" + "".join(orders))
    settle(desk)
    return desk


def load(desk: Desk, folder: Path, table: str, text: str) -> None:
    """Load a table from a file."""
    path = folder / f"{table}.csv"
    path.write_text(text, "utf-8")
    columns = {name: name for name in text.splitlines()[0].split(",")}
    importing.load(desk, SourceAsked(str(path)), Mapping(table=table, columns=columns), strict=False, progress=silent)


def furnish(desk: Desk) -> dict[Role, TestClient]:
    """Make all of it, as somebody who sees birthdays; a client of every role."""
    clients = {role: signed_in(desk, login_of(role)) for role in ROLES}
    owner = clients["owner"]
    for key, (kind, parameters) in LAYERINGS.items():
        made(owner, "/layerings", key=key, name=words(key), kind=kind, parameters=parameters)
    made(owner, "/layerings", key="plain", name=words("plain"), kind="quantiles", parameters={"trait": "spend"})
    made(owner, "/tags", key="by_hand", name=words("by_hand"))
    owner.post(f"{API}/tags/by_hand/customers", json={"ids": ["c2"]}).raise_for_status()
    made(owner, "/tags", key="old", name=words("old"), rule=OLD)
    for key, rule in {**PLAIN, **AUDIENCES}.items():
        made(owner, "/audiences", key=key, name=words(key), rule=rule)
    made(owner, "/tags", key="of_early", name=words("of_early"), rule=TAGS["of_early"])
    made(owner, "/tags", key="of_big", name=words("of_big"), rule=BIG)
    made(owner, "/audiences/nested/snapshot", key="frozen", name=words("frozen"))
    return clients


def made(owner: TestClient, path: str, **body: Any) -> None:
    """Something new over HTTP."""
    answer = owner.post(API + path, json=body)
    assert answer.status_code == 201, answer.text
