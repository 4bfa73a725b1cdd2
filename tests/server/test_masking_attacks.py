"""Attacks on what is masked: by no file, page, rule, layering or error does a viewer or an analyst learn it.

Somebody who sees birthdays has saved audiences and layerings by them; that these are there must not tell the values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.server.people import login_of, settle, signed_in
from tests.server.test_masking import shown
from titian.app import importing, knowing
from titian.app import workspace as workspaces
from titian.app.answers import Mapping
from titian.app.answers.knowing import SayingAsked
from titian.app.desk import Desk
from titian.app.importing import SourceAsked
from titian.app.settings import WorkspaceSettings
from titian.domain.permission import ROLES, Role
from titian.warehouse.progress import silent

API = "/api/v1"
NAME, PHONE, EMAIL, BORN, NOTE = "欧阳若兰", "13912348765", "ruo.lan@hill.example", "1987-11-23", "allergic to jasmine"
SECRETS = (NAME, PHONE, EMAIL, NOTE, BORN, "若兰", "23487", "ruo.lan", "11-23", "jasmine", "1990-02-14", "1975-06-30")
"""What must not show, whole or in part: also the birthdays of the others."""
MASKED: tuple[Role, ...] = ("viewer", "analyst")
BORN_EARLY = {"trait": "birth_date", "op": "starts_with", "value": "198"}
OLD = {"trait": "age_years", "op": ">=", "value": 35}
FILES = {
    "customers": "customer_id,name,phone,email,birth_date,city,store_id\n"
    f"c1,{NAME},{PHONE},{EMAIL},{BORN},杭州,s1\nc2,王芳,,,1990-02-14,上海,s1\nc3,李雷,,,1975-06-30,上海,s2\nc4,韩梅,,,,上海,s2\n",
    "orders": "order_id,customer_id,ordered_at,amount\n"
    + "".join(f"o{n},c{n % 4 + 1},{date(2025, 1, 1) + timedelta(days=4 * n)},{40 + 7 * n}\n" for n in range(24)),
}
AGES = {
    "layers": [
        {"key": "older", "name": {"zh": "年长", "en": "older"}, "rule": OLD},
        {"key": "rest", "name": {"zh": "其余", "en": "the rest"}, "rule": None},
    ]
}


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A workspace with four customers, and layerings and audiences by their birthdays."""
    folder = tmp_path_factory.mktemp("hidden")
    with Desk(workspaces.init(folder / "shop", WorkspaceSettings(name="tea"))) as opened:
        for table, text in FILES.items():
            _load(opened, folder, table, text)
        opened.notes.add("c1", NOTE)
        with opened.reading() as reading:
            knowing.say(reading, "c1", "why_ordered", SayingAsked(text=NOTE, seen=""))
        settle(opened)
        yield opened


@pytest.fixture(scope="module")
def clients(desk: Desk) -> dict[Role, TestClient]:
    made: dict[Role, TestClient] = {role: signed_in(desk, login_of(role)) for role in ROLES}
    owner = made["owner"]
    _made(owner, "/audiences", key="early", name=_called("early"), rule=BORN_EARLY)
    _made(owner, "/audiences", key="nested", name=_called("nested"), rule={"all": [{"audience": "early"}, OLD]})
    _made(owner, "/audiences", key="only", name=_called("only"), ids=["c1"])
    _made(owner, "/layerings", key="ages", name=_called("ages"), kind="rules", parameters=AGES)
    parameters = {"dimensions": [{"trait": "age_years"}, {"trait": "spend"}]}
    _made(owner, "/layerings", key="aged", name=_called("aged"), kind="matrix", parameters=parameters)
    return made


def _called(name: str) -> dict[str, str]:
    return {"zh": name, "en": name}


def _made(owner: TestClient, path: str, **body: Any) -> None:
    answer = owner.post(API + path, json=body)
    assert answer.status_code == 201, answer.text


def _load(desk: Desk, folder: Path, table: str, text: str) -> None:
    path = folder / f"{table}.csv"
    path.write_text(text, "utf-8")
    columns = {name: name for name in text.splitlines()[0].split(",")}
    importing.load(desk, SourceAsked(str(path)), Mapping(table=table, columns=columns), strict=False, progress=silent)


def masked(answer: Any) -> str:
    """What an answer says to rest on personal data."""
    assert answer.status_code == 403, answer.text
    assert answer.json()["code"] == "masked"
    return answer.json()["details"]["masked"]


def leaks(text: str) -> list[str]:
    return [secret for secret in SECRETS if secret in text]


# What somebody else has saved


PAGES = [
    *("/audiences", "/audiences/early", "/audiences/nested", "/audiences/only", "/audiences/early/sizes"),
    *("/audiences/early/portrait", "/audiences/only/portrait", "/audiences/nested/portrait"),
    *("/layerings", "/layerings/ages", "/layerings/ages/traits", "/layerings/ages/cuts", "/layerings/ages/flows"),
    *("/layerings/ages/history", "/layerings/ages/map", "/layerings/ages/layers/older/portrait"),
    *("/layerings/aged", "/layerings/aged/traits", "/layerings/aged/cuts", "/layerings/aged/definition"),
    *("/layerings/ages/against/aged", "/layerings/ages/definition", "/definitions", "/definitions/removed"),
    *("/definitions/audience/early/versions", "/definitions/layering/ages/versions"),
    *("/customers/c1", "/customers", "/customers?layering=ages", "/customers?layering=aged", "/customers/c1/staff"),
    *("/customers/c1/tags", "/tags", "/staff", "/population", "/coverage", "/overview", "/search?q=c1", "/traits"),
    *("/workspace", "/kinds", "/health", "/events"),
]


@pytest.mark.full
@pytest.mark.parametrize("path", PAGES)
def test_no_page_of_what_others_saved_tells_it(clients: dict[Role, TestClient], path: str) -> None:
    for role in MASKED:
        answer = clients[role].get(API + path)
        assert answer.status_code < 500, answer.text
        assert leaks(answer.text) == [], role


FILES_OF = [
    *(f"/audiences/{key}/export?format=" for key in ("early", "nested", "only")),
    *(f"/audiences/{key}/portrait/export?format=" for key in ("early", "only")),
    *(f"/customers/export?layering={key}&format=" for key in ("ages", "aged")),
    "/layerings/ages/layers/older/portrait/export?format=",
    "/layerings/ages/history/moves/export?format=",
]


@pytest.mark.full
@pytest.mark.parametrize("kind", ["csv", "xlsx", "parquet"])
@pytest.mark.parametrize("path", FILES_OF)
def test_no_file_of_what_others_saved_tells_it(clients: dict[Role, TestClient], path: str, kind: str) -> None:
    answer = clients["analyst"].get(API + path + kind)
    assert answer.status_code < 500, answer.text
    text = shown(answer)
    assert leaks(text) == []
    assert "datetime.date(1987" not in text


def test_a_file_of_an_audience_by_birthdays_is_for_whom_may_see_them(clients: dict[Role, TestClient]) -> None:
    assert masked(clients["analyst"].get(f"{API}/audiences/early/export")) == "audiences/early"
    file = clients["operator"].get(f"{API}/audiences/early/export").raise_for_status().text
    assert file.lstrip("\ufeff").splitlines()[0] == "customer_id,birth_date"


@pytest.mark.parametrize(
    "rule", [{"audience": "early"}, {"any": [{"audience": "nested"}, {"audience": "early"}]}], ids=str
)
@pytest.mark.parametrize(
    "path", ["/selections", "/selections/export", "/selections/portrait", "/selections/portrait/export"]
)
def test_nobody_asks_by_an_audience_of_birthdays(
    clients: dict[Role, TestClient], rule: dict[str, Any], path: str
) -> None:
    """Neither for its members, nor how many of them something else holds for."""
    narrowed = {"all": [rule, {"trait": "spend", "op": ">", "value": 100}]}
    for asked in (rule, {"not": rule}, narrowed):
        assert masked(clients["analyst"].post(API + path, json={"rule": asked})) == "audiences/early"
        answer = clients["viewer"].post(API + path, json={"rule": asked})
        assert (answer.status_code, leaks(answer.text)) == (403, [])


@pytest.mark.parametrize("key", ["ages", "aged"])
def test_a_layering_by_age_tells_no_age(clients: dict[Role, TestClient], key: str) -> None:
    """Not where somebody is, nor since when; a customer's page says that it is there."""
    viewer = clients["viewer"]
    told = viewer.get(f"{API}/customers/c1").json()
    assert key not in [one["layering"] for one in (*told["layers"], *told["strips"])]
    assert {"layering": key, "name": _called(key)} in told["masked"]
    for path in (f"/customers?layering={key}", f"/layerings/{key}/traits", f"/layerings/{key}/history/customers/c1"):
        assert masked(viewer.get(API + path)) == f"layerings/{key}"


@pytest.mark.parametrize("key", ["ages", "aged"])
def test_a_layering_by_age_is_whole_for_whom_may_see_ages(clients: dict[Role, TestClient], key: str) -> None:
    operator = clients["operator"]
    (placed,) = (one for one in operator.get(f"{API}/customers/c1").json()["layers"] if one["layering"] == key)
    assert "age_years" in [one["trait"]["trait"] for one in placed["reasons"]]
    assert operator.get(f"{API}/customers/c1").json()["masked"] == []
    assert [one["masked"] for one in operator.get(f"{API}/layerings").json() if one["key"] == key] == [False]


SPAN = "start=2025-02-01&end=2025-03-01&every=day&day=2025-02-14"
"""The day on which c2 became 35, and that alone is why they moved."""


def test_who_moved_by_age_is_told_to_whom_may_see_ages(clients: dict[Role, TestClient]) -> None:
    page = clients["operator"].get(f"{API}/layerings/ages/history/moves?{SPAN}").raise_for_status().json()
    assert [row["customer_id"] for row in page["rows"]] == ["c2"]
    assert "年龄" in page["rows"][0]["why"]["zh"]
    assert masked(clients["analyst"].get(f"{API}/layerings/ages/history/moves/export?{SPAN}")) == "layerings/ages"


def test_the_day_of_a_move_does_not_tell_the_birthday(clients: dict[Role, TestClient]) -> None:
    for role in MASKED:
        answer = clients[role].get(f"{API}/layerings/ages/history/moves?{SPAN}")
        assert masked(answer) == "layerings/ages"
        assert "c2" not in answer.text


def test_members_of_an_audience_by_one_birthday_are_not_told(clients: dict[Role, TestClient]) -> None:
    for path in ("/audiences/early", "/audiences/early/export", "/audiences/nested/export", "/audiences/early/sizes"):
        answer = clients["analyst"].get(API + path)
        assert masked(answer) == "/".join(path.split("/")[1:3])
        assert [text for text in ("c1", "198", "birth") if text in answer.text] == []


# Rules that name it in other words


SPELLINGS = [
    *("birth_date", "age_years", " birth_date ", "age_years_30d", "birth_date_36500d", "age_years_3650d_30d"),
    *("age_years_between_2020-01-01_2026-01-01", "birth_date_between_-9000d_-1d", "age_years\n"),
    *("AGE_YEARS", "Birth_Date", "birth\u005fdate", "age_years_365d_between_-9d_-1d"),
]


@pytest.mark.parametrize("spelling", SPELLINGS, ids=repr)
@pytest.mark.parametrize("path", ["/selections", "/selections/portrait"])
def test_no_spelling_of_a_birthday_is_counted(clients: dict[Role, TestClient], spelling: str, path: str) -> None:
    rule = {"trait": spelling, "op": "is_known"}
    for body in ({"rule": rule}, {"rule": {"not": rule}}):
        answer = clients["viewer"].post(API + path, json=body)
        assert answer.status_code in (400, 403, 422), answer.text
        assert leaks(answer.text) == []


@pytest.mark.parametrize(
    "kind",
    [
        *("application/json", "application/JSON", "Application/Json; charset=utf-8", "application/vnd.x+json"),
        *(
            "application/x+JSON",
            "application/problem+Json",
            "text/plain",
            "text/JSON",
            "",
            "multipart/json",
            "APPLICATION/JSON",
        ),
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-32", "utf-8-sig"])
def test_whatever_a_call_says_its_body_is_it_is_looked_through(
    clients: dict[Role, TestClient], kind: str, encoding: str
) -> None:
    body = json.dumps({"rule": BORN_EARLY}).encode(encoding)
    answer = clients["viewer"].post(f"{API}/selections", content=body, headers={"content-type": kind})
    assert answer.status_code in (400, 403, 415, 422), answer.text
    assert "customers" not in answer.json()


@pytest.mark.parametrize(
    "text",
    [
        '{"rule": {"trait": "spend", "trait": "birth_date", "op": "is_known"}}',
        '{"rule": {"trait": "birth_date", "op": "is_known"}, "rule": {"trait": "birth_date", "op": "is_unknown"}}',
        '{"rule": {"trait": "\\u0062irth_date", "op": "is_known"}}',
        '{"rule": {"trait": "birth\\u005fdate", "op": "is_known"}, "x": NaN}',
        '{"rule": {"any": [{"all": [{"not": {"trait": "age_years", "op": ">", "value": 1}}]}]}}',
    ],
)
def test_no_writing_of_json_hides_it(clients: dict[Role, TestClient], text: str) -> None:
    sent = {"content-type": "application/json"}
    answer = clients["viewer"].post(f"{API}/selections", content=text, headers=sent)
    assert answer.status_code in (403, 422)


@pytest.mark.parametrize(
    "query",
    [
        *("sort=birth_date", "sort=age_years&layering=aged", "min=age_years:30&layering=aged", "max=age_years:99"),
        *("sort=%61ge_years&layering=aged", "sort=spend&sort=age_years&layering=aged", "min=spend:1&min=age_years:3"),
    ],
)
@pytest.mark.parametrize("path", ["/customers", "/customers/export"])
def test_no_list_is_ordered_or_bounded_by_it(clients: dict[Role, TestClient], path: str, query: str) -> None:
    assert clients["analyst"].get(f"{API}{path}?{query}").status_code == 403


WRITES: list[tuple[str, str, dict[str, Any]]] = [
    ("POST", "/audiences", {"key": "sly", "name": _called("sly"), "rule": BORN_EARLY}),
    ("POST", "/audiences", {"key": "sly", "name": _called("sly"), "rule": BORN_EARLY | {"trait": "birth_date_9999d"}}),
    ("PUT", "/audiences/only", {"name": _called("x"), "rule": OLD, "base_version": 1}),
    ("POST", "/layerings", {"key": "sly", "name": _called("sly"), "kind": "rules", "parameters": AGES}),
    ("POST", "/layerings/preview", {"kind": "matrix", "parameters": {"dimensions": ["age_years", "spend"]}}),
    ("POST", "/layerings/preview", {"kind": "matrix", "parameters": {"dimensions": ["age_years_90d", "spend"]}}),
    ("POST", "/layerings/preview", {"kind": "quantiles", "parameters": {"trait": "age_years"}}),
    ("POST", "/layerings/ages/impact", {"parameters": AGES}),
    ("PUT", "/population", {"rule": BORN_EARLY, "base_version": 0}),
    ("POST", "/tags", {"key": "sly", "name": _called("sly"), "rule": OLD}),
]


@pytest.mark.parametrize(("method", "path", "body"), WRITES, ids=lambda value: str(value)[:40])
def test_nobody_saves_or_tries_anything_by_it(
    clients: dict[Role, TestClient], method: str, path: str, body: dict[str, Any]
) -> None:
    answer = clients["analyst"].request(method, API + path, json=body)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")


# Searches, errors, the log


@pytest.mark.parametrize(
    "text", [NAME, "若", PHONE, PHONE[-4:], EMAIL, "hill", BORN, "1987", NOTE, "jasmine", "%", "_", "c_"]
)
@pytest.mark.parametrize("path", ["/customers", "/search"])
def test_no_search_finds_by_it(clients: dict[Role, TestClient], path: str, text: str) -> None:
    answer = clients["viewer"].get(API + path, params={"q": text})
    assert [secret for secret in leaks(answer.text) if secret not in text] == []
    if path == "/customers":
        assert answer.json()["total"] == 0
    if path == "/search":
        assert [hit for hit in answer.json() if hit["kind"] == "customer"] == []


@pytest.mark.parametrize("role", MASKED)
@pytest.mark.parametrize(
    "path",
    [
        "/notes",
        "/customers/c1/notes",
        "/customers/c1/knowing",
        "/customers/c1/everything",
        "/audit",
        "/audit/export",
        "/people",
    ],
)
def test_what_is_only_for_others_stays_shut(clients: dict[Role, TestClient], role: Role, path: str) -> None:
    answer = clients[role].get(API + path)
    assert answer.status_code in (403, 404, 405)
    assert leaks(answer.text) == []


def test_the_log_of_what_was_done_holds_no_values(clients: dict[Role, TestClient]) -> None:
    text = clients["owner"].get(f"{API}/audit").text + clients["owner"].get(f"{API}/audit/export").text
    assert [secret for secret in leaks(text) if secret != "11-23"] == []


@pytest.mark.parametrize("value", [NAME, None, [], "x" * 500])
def test_an_error_repeats_nothing_of_others(clients: dict[Role, TestClient], value: object) -> None:
    for rule in ({"trait": "spend", "op": ">", "value": value}, {"audience": value}, {"layering": "ages", "in": value}):
        answer = clients["viewer"].post(f"{API}/selections", json={"rule": rule})
        assert answer.status_code in (400, 404, 422), answer.text
        assert [secret for secret in leaks(answer.text) if secret not in str(value)] == []


@pytest.mark.parametrize("permission", ["customers.read", "numbers.read", "customers.export", "audiences.write"])
def test_a_key_without_the_permission_is_masked_though_its_owner_is_not(
    clients: dict[Role, TestClient], desk: Desk, permission: str
) -> None:
    body = {"name": permission, "permissions": [permission, "customers.read", "numbers.read"]}
    secret = clients["operator"].post(f"{API}/api-keys", json=body).json()["secret"]
    shows = {"authorization": f"Bearer {secret}"}
    program = TestClient(clients["viewer"].app, base_url=str(clients["viewer"].base_url), headers=shows)
    answer = program.get(f"{API}/customers/c1")
    assert answer.json()["name"] == "欧**"
    assert leaks(answer.text) == []
    assert program.post(f"{API}/selections", json={"rule": BORN_EARLY}).status_code == 403


@pytest.mark.parametrize(
    "path", ["/customers/c1", "/audiences/early", "/audiences/early/export", "/layerings/ages/traits"]
)
def test_what_one_who_may_was_told_is_not_told_to_the_next(clients: dict[Role, TestClient], path: str) -> None:
    """Answers that are remembered are remembered without what is personal, or by who asked."""
    for role in ("operator", "analyst", "operator", "analyst"):
        answer = clients[role].get(API + path)
        assert answer.status_code == (200 if role == "operator" or path == "/customers/c1" else 403)
        if role == "analyst":
            assert leaks(answer.text) == []
            assert answer.headers.get("etag") is None or answer.headers["cache-control"] == "no-store"
