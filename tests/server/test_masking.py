"""Personal data are masked for whom may not see them: in no page, file, count, order or error text do they show."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import quote

import pyarrow.parquet as pq
import pytest
from fastapi.testclient import TestClient

from tests.server.people import login_of, settle, signed_in
from titian.app import importing, knowing
from titian.app import workspace as workspaces
from titian.app.answers import Mapping
from titian.app.answers.knowing import SayingAsked
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.masking import PERSONAL_TRAITS
from titian.app.settings import WorkspaceSettings
from titian.domain.permission import ROLES, Role
from titian.server.openapi import document
from titian.warehouse.progress import silent

NAME, PHONE, EMAIL, BORN, NOTE = "慕容雪莲", "13987654321", "snow.lotus@tea.example", "1991-10-17", "prefers oolong"
BEFORE = "慕容旧名"
SECRETS = (NAME, PHONE, EMAIL, BORN, NOTE, BEFORE, "雪莲", "87654", "snow.lotus", "10-17", "oolong")
"""What must not show, whole or in part."""
MASKED: tuple[Role, ...] = ("viewer", "analyst")
SEEING: tuple[Role, ...] = ("operator", "admin", "owner")
FILES = {
    "customers": f"customer_id,name,phone,email,birth_date,city\nc1,{NAME},{PHONE},{EMAIL},{BORN},杭州\nc2,王芳,,,1990-01-02,上海\n",
    "orders": "order_id,customer_id,ordered_at,amount\n"
    + "".join(f"o{n},c{n % 5 + 1},{date(2025, 1, 1) + timedelta(days=7 * n)},{50 + 13 * n}\n" for n in range(30)),
    "customer_changes": f"customer_id,attribute,value,changed_at\nc1,name,{BEFORE},2025-02-01\nc1,email,{EMAIL},2025-02-02\n"
    f"c1,wechat,{NOTE},2025-02-03\nc1,city,杭州,2025-02-04\n",
}


@dataclass(frozen=True)
class Door:
    """A workspace with one customer of whom much is known, and clients of every role."""

    desk: Desk
    clients: dict[Role, TestClient]
    run: str
    """An import that rejected a row with a phone number in it."""


@pytest.fixture(scope="module")
def door(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp("masked")
    with Desk(workspaces.init(folder / "shop", WorkspaceSettings(name="tea"))) as desk:
        for table, text in FILES.items():
            _load(desk, folder, table, text)
        bad = f"order_id,customer_id,ordered_at,amount\no99,c1,{PHONE},{NAME}\no98,c1,2025-03-01,5\n"
        run = _load(desk, folder, "orders", bad)
        desk.notes.add("c1", NOTE)
        with desk.reading() as reading:
            knowing.say(reading, "c1", "why_ordered", SayingAsked(text=NOTE, seen=""))
        settle(desk)
        yield Door(desk, {role: signed_in(desk, login_of(role)) for role in ROLES}, run)


def _load(desk: Desk, folder: Path, table: str, text: str) -> str:
    path = folder / f"{table}.csv"
    path.write_text(text, "utf-8")
    columns = {name: name for name in text.splitlines()[0].split(",")}
    mapping = Mapping(table=table, columns=columns)
    return importing.load(desk, SourceAsked(str(path)), mapping, strict=False, progress=silent).id


def addresses(door: Door) -> Iterator[str]:
    """Every address that only reads, of the customer who is to be masked."""
    values = {
        "customer_id": "c1",
        "key": "rfm",
        "layer": "important_value",
        "other": "value_levels",
        "sort": "layerings",
    }
    values |= {"import_id": door.run}
    for path, operations in json.loads(document())["paths"].items():
        if "get" in operations and not path.startswith("/api/v1/audiences/"):
            yield path.format_map({name: quote(values.get(name, "x")) for name in _names(path)})


def _names(path: str) -> list[str]:
    return [part.partition("}")[0] for part in path.split("{")[1:]]


def shown(answer) -> str:
    """All text of an answer, also of a sheet or a Parquet file."""
    kind = answer.headers.get("content-type", "")
    if "spreadsheet" in kind:
        with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
            return "".join(book.read(name).decode("utf-8", "replace") for name in book.namelist())
    if "parquet" in kind:
        return str(pq.read_table(io.BytesIO(answer.content)).to_pylist())
    return answer.text


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


@pytest.mark.full
@pytest.mark.parametrize("role", MASKED)
def test_no_page_that_only_reads_shows_anything(door: Door, role: Role) -> None:
    for address in addresses(door):
        answer = door.clients[role].get(address)
        assert leaks(shown(answer)) == [], address
        assert answer.status_code < 500


@pytest.mark.parametrize("role", MASKED)
def test_a_portrait_is_masked(door: Door, role: Role) -> None:
    answer = door.clients[role].get("/api/v1/customers/c1")
    told = answer.json()
    facts = {fact["key"]: fact["value"]["en"] for fact in told["facts"]}
    assert (told["name"], facts["birth_date"], facts["city"]) == ("慕**", "1991-**-**", "杭州")
    assert leaks(answer.text) == []


@pytest.mark.parametrize("role", SEEING)
def test_a_portrait_is_whole_for_whom_may_see_it(door: Door, role: Role) -> None:
    told = door.clients[role].get("/api/v1/customers/c1").json()
    facts = {fact["key"]: fact["value"]["en"] for fact in told["facts"]}
    assert (told["name"], facts["birth_date"]) == (NAME, BORN)
    assert PHONE not in facts["phone"]


def test_changes_of_what_is_personal_are_told_without_the_value(door: Door) -> None:
    def changes(role: Role) -> dict[str, str]:
        told = door.clients[role].get("/api/v1/customers/c1").json()
        return {one["recorded"]: one["text"]["zh"] for one in told["timeline"] if one["kind"] == "change"}

    assert leaks(str(changes("viewer"))) == []
    assert changes("viewer")["city"] == changes("admin")["city"] == "城市：杭州"
    assert BEFORE in changes("admin")["name"]


@pytest.mark.parametrize("text", [NAME, "雪莲", "王芳", PHONE, "1398", EMAIL, "tea.example"])
@pytest.mark.parametrize("role", MASKED)
def test_a_search_by_what_is_masked_finds_nobody(door: Door, role: Role, text: str) -> None:
    client = door.clients[role]
    assert client.get("/api/v1/customers", params={"q": text}).json()["total"] == 0
    assert [hit for hit in client.get("/api/v1/search", params={"q": text}).json() if hit["kind"] == "customer"] == []


def test_a_search_by_id_finds_whoever_looks(door: Door) -> None:
    for client in door.clients.values():
        assert client.get("/api/v1/customers", params={"q": "C1"}).json()["total"] == 1


@pytest.mark.parametrize("text", [NAME, PHONE, EMAIL])
def test_whoever_may_see_it_may_search_by_it(door: Door, text: str) -> None:
    assert door.clients["operator"].get("/api/v1/customers", params={"q": text}).json()["total"] == 1


RULES = [
    {"trait": "birth_date", "op": "before", "value": "1995-01-01"},
    {"all": [{"trait": "spend", "op": ">", "value": 0}, {"not": {"trait": "age_years", "op": ">", "value": 30}}]},
    {"any": [{"any": [{"trait": "birth_date", "op": "is_known"}]}]},
]


@pytest.mark.parametrize("role", MASKED)
@pytest.mark.parametrize("rule", RULES, ids=["a date", "nested", "known or not"])
@pytest.mark.parametrize("path", ["/selections", "/selections/portrait"])
def test_nobody_counts_by_birthdays_who_may_not_see_them(door: Door, role: Role, rule: dict, path: str) -> None:
    answer = door.clients[role].post(f"/api/v1{path}", json={"rule": rule})
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert door.clients["operator"].post(f"/api/v1{path}", json={"rule": rule}).status_code in (200, 400)


@pytest.mark.parametrize(
    ("path", "parameters"),
    [
        ("/customers", {"sort": "birth_date"}),
        ("/customers", {"sort": "age_years"}),
        ("/customers", {"min": "age_years:30"}),
        ("/customers", {"max": ["spend:9", "age_years:30"]}),
        ("/customers/export", {"sort": "birth_date"}),
        ("/layerings/rfm/layers/none/portrait", {"traits": ["spend", "age_years"]}),
    ],
    ids=str,
)
def test_nobody_orders_or_bounds_by_them(door: Door, path: str, parameters: dict) -> None:
    for role in MASKED:
        answer = door.clients[role].get(f"/api/v1{path}", params=parameters)
        assert answer.status_code == 403


def test_nobody_tries_a_layering_by_them(door: Door) -> None:
    body = {"kind": "rules", "parameters": {"rules": [{"layer": "x", "rule": RULES[0]}]}}
    for path in ("/layerings/preview", "/layerings/rfm/impact"):
        assert door.clients["analyst"].post(f"/api/v1{path}", json=body).status_code == 403


@pytest.mark.parametrize("depth", [2_000])
def test_a_rule_without_end_is_looked_through_all_the_same(door: Door, depth: int) -> None:
    text = '{"rule":' + '{"not":' * depth + '{"trait":"birth_date","op":"is_known"}' + "}" * depth + "}"
    answer = door.clients["viewer"].post(
        "/api/v1/selections", content=text, headers={"content-type": "application/json"}
    )
    assert answer.status_code in (400, 403, 422)


def test_the_usual_traits_of_a_group_are_told_without_them(door: Door) -> None:
    def told(role: Role) -> set[str]:
        rule = {"rule": {"trait": "spend", "op": ">", "value": 100}}
        answer = door.clients[role].post("/api/v1/selections/portrait", json=rule)
        return {one["trait"]["trait"] for one in answer.json()["traits"]}

    assert told("viewer") == told("admin") - PERSONAL_TRAITS
    assert told("viewer")


@pytest.mark.parametrize("role", MASKED)
def test_notes_are_not_told(door: Door, role: Role) -> None:
    for path in ("/notes", "/customers/c1/notes"):
        assert door.clients[role].get(f"/api/v1{path}").status_code == 403
    assert NOTE in door.clients["operator"].get("/api/v1/customers/c1/notes").text


def test_what_was_wrong_with_rows_is_not_told(door: Door) -> None:
    analyst, operator = door.clients["analyst"], door.clients["operator"]
    assert PHONE in operator.get(f"/api/v1/imports/{door.run}").text
    for path in (f"/imports/{door.run}", "/imports"):
        assert leaks(analyst.get(f"/api/v1{path}").text) == []
    assert analyst.get(f"/api/v1/imports/{door.run}").json()["result"]["rejected"] == 1
    assert analyst.get(f"/api/v1/imports/{door.run}/rejects").status_code == 403


@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
def test_a_file_holds_nothing_of_it(door: Door, kind: str) -> None:
    answer = door.clients["analyst"].get("/api/v1/customers/export", params={"format": kind})
    assert answer.status_code == 200
    assert leaks(shown(answer)) == []


@pytest.mark.parametrize("path", [f"/customers/{NAME}", f"/layerings/{PHONE}", f"/customers/c1/{EMAIL}"])
def test_an_error_tells_what_was_asked_and_nothing_more(door: Door, path: str) -> None:
    answer = door.clients["viewer"].get(f"/api/v1{path}")
    assert answer.status_code == 404
    others = [secret for secret in leaks(answer.text) if secret not in path]
    assert others == []


def test_an_answer_for_one_is_not_given_to_another(door: Door) -> None:
    """What is remembered between calls knows no names."""
    for _ in range(2):
        assert NAME in door.clients["admin"].get("/api/v1/customers/c1").text
        assert NAME not in door.clients["viewer"].get("/api/v1/customers/c1").text


def test_an_idempotency_key_of_somebody_else_is_another(door: Door) -> None:
    body = {"key": "vip", "name": {"zh": "贵宾", "en": "vip"}}
    headers = {"Idempotency-Key": "once"}
    assert door.clients["operator"].post("/api/v1/tags", json=body, headers=headers).status_code == 201
    other = door.clients["analyst"].post("/api/v1/tags", json=body | {"key": "vip2"}, headers=headers)
    assert (other.status_code, other.json()["key"]) == (201, "vip2")
