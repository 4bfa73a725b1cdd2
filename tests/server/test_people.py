"""People and API keys over HTTP: added, changed, let go; keys that do what they were made for and nothing else."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from tests.server.people import PASSWORD, login_of, signed_in, stranger
from titian.app import api_keys
from titian.app.desk import Desk
from titian.domain.permission import MAY, NOT_FOR_KEYS, PERMISSIONS, ROLES, Role

PEOPLE, KEYS = "/api/v1/people", "/api/v1/api-keys"


@pytest.fixture
def operator(closed: Desk) -> TestClient:
    return signed_in(closed, login_of("operator"))


@pytest.fixture
def program(operator: TestClient, closed: Desk) -> TestClient:
    """A program with a key of the operator that reads numbers."""
    return program_of(closed, make(operator)["secret"])


def make(client: TestClient, *permissions: str, **more: object) -> dict:
    body = {"name": "nightly", "permissions": permissions or ["numbers.read"]} | more
    answer = client.post(KEYS, json=body)
    assert answer.status_code == 201, answer.text
    return answer.json()


def program_of(desk: Desk, secret: str) -> TestClient:
    client = stranger(desk)
    client.headers["authorization"] = f"Bearer {secret}"
    return client


def one(owner: TestClient, role: Role) -> dict:
    return next(found for found in owner.get(PEOPLE).json()["people"] if found["role"] == role)


def asked(held: dict, **changes: object) -> dict:
    return {"name": held["name"], "role": held["role"], "active": True, "base_version": held["version"]} | changes


def test_everybody_is_listed_with_what_roles_may(owner: TestClient) -> None:
    told = owner.get(PEOPLE).json()
    assert {found["role"] for found in told["people"]} == set(ROLES)
    assert {role["key"]: set(role["permissions"]) for role in told["roles"]} == {k: set(v) for k, v in MAY.items()}
    assert [found["key"] for found in told["permissions"]] == list(PERMISSIONS)
    assert "password" not in str(told)


def test_a_person_is_added_changed_and_removed(owner: TestClient) -> None:
    made = owner.post(PEOPLE, json={"login": "Chen@Tea.example", "name": "Chen", "role": "viewer"}).json()["person"]
    assert (made["login"], made["must_change"]) == ("chen@tea.example", True)
    newer = owner.put(f"{PEOPLE}/{made['id']}", json=asked(made, role="analyst")).json()
    assert (newer["role"], newer["version"]) == ("analyst", 2)
    assert owner.delete(f"{PEOPLE}/{made['id']}").status_code == 204
    assert owner.delete(f"{PEOPLE}/{made['id']}").status_code == 404


def test_a_name_left_out_is_that_of_the_login(owner: TestClient) -> None:
    assert owner.post(PEOPLE, json={"login": "chen@tea.example", "role": "viewer"}).json()["person"]["name"] == "chen"


def test_a_stale_change_shows_what_is_there(owner: TestClient) -> None:
    held = one(owner, "viewer")
    owner.put(f"{PEOPLE}/{held['id']}", json=asked(held, name="Newer"))
    answer = owner.put(f"{PEOPLE}/{held['id']}", json=asked(held, name="Other"))
    assert answer.status_code == 409
    assert answer.json()["details"]["present"]["name"] == "Newer"


@pytest.mark.parametrize(
    "more", [{"id": "x"}, {"password": "x"}, {"must_change": False}, {"version": 7}, {"owner": True}], ids=str
)
def test_what_is_not_asked_for_can_not_be_set(owner: TestClient, more: dict) -> None:
    held = one(owner, "viewer")
    assert owner.put(f"{PEOPLE}/{held['id']}", json=asked(held) | more).status_code == 422
    assert owner.post(PEOPLE, json={"login": "chen", "role": "viewer"} | more).status_code == 422
    assert one(owner, "viewer") == held


@pytest.mark.parametrize("role", ["root", "", "Owner", None, ["owner"]])
def test_an_unknown_role_is_refused(owner: TestClient, role: object) -> None:
    assert owner.post(PEOPLE, json={"login": "chen", "role": role}).status_code == 422


@pytest.mark.parametrize("name", ["<img src=x onerror=alert(1)>", "=1+1", "李 安", "O'Brien; DROP TABLE people"])
def test_names_are_kept_to_the_letter(owner: TestClient, name: str) -> None:
    made = owner.post(PEOPLE, json={"login": "chen", "name": name, "role": "viewer"}).json()["person"]
    assert made["name"] == name
    assert len(owner.get(PEOPLE).json()["people"]) == 6


@pytest.mark.parametrize("method", ["put", "post", "delete"])
def test_an_admin_leaves_owners_alone(owner: TestClient, closed: Desk, method: str) -> None:
    admin, held = signed_in(closed, login_of("admin")), one(owner, "owner")
    address = f"{PEOPLE}/{held['id']}{'/password' if method == 'post' else ''}"
    answer = admin.request(method, address, json=asked(held, role="viewer") if method == "put" else None)
    assert (answer.status_code, answer.json()["code"]) == (403, "forbidden")
    assert one(owner, "owner")["version"] == held["version"]


def test_a_reset_password_is_told_once_and_ends_sessions(owner: TestClient, closed: Desk) -> None:
    viewer, held = signed_in(closed, login_of("viewer")), one(owner, "viewer")
    password = owner.post(f"{PEOPLE}/{held['id']}/password").json()["password"]
    assert viewer.get("/api/v1/workspace").status_code == 401
    assert signed_in(closed, login_of("viewer"), password).get("/api/v1/session").json()["must_change"]
    assert password not in owner.get(PEOPLE).text


def test_a_key_does_what_it_was_made_for_and_nothing_else(program: TestClient) -> None:
    assert program.get("/api/v1/workspace").status_code == 200
    answer = program.get("/api/v1/imports")
    assert (answer.status_code, answer.json()["details"]["permission"]) == (403, "data.read")


def test_a_key_is_shown_once_and_kept_as_a_digest(operator: TestClient, closed: Desk) -> None:
    made = make(operator)
    assert made["secret"].startswith("ttn_")
    assert made["secret"] not in operator.get(KEYS).text
    assert made["secret"].split("_", 2)[2].encode() not in closed.workspace.store.read_bytes()


@pytest.mark.parametrize("path", ["/sessions", "/session/password", "/api-keys", "/people"])
def test_a_key_neither_makes_keys_nor_manages_people(owner: TestClient, closed: Desk, path: str) -> None:
    every = [one for one in PERMISSIONS if one not in NOT_FOR_KEYS]
    program = program_of(closed, make(owner, *every)["secret"])
    method = "put" if path.endswith("password") else "get"
    answer = program.request(method, f"/api/v1{path}", json={"password": PASSWORD, "new_password": "x" * 12})
    assert answer.status_code in (401, 403)


@pytest.mark.parametrize("permission", ["people.manage", "keys.own", "customers.erase", "audit.read", "data.undo"])
def test_a_key_never_has_more_than_its_owner(operator: TestClient, permission: str) -> None:
    answer = operator.post(KEYS, json={"name": "x", "permissions": ["numbers.read", permission]})
    assert (answer.status_code, answer.json()["details"]["permissions"]) == (403, [permission])


def test_a_key_loses_what_its_owner_loses(owner: TestClient, closed: Desk) -> None:
    operator = signed_in(closed, login_of("operator"))
    program = program_of(closed, make(operator, "numbers.read", "data.read")["secret"])
    assert program.get("/api/v1/imports").status_code == 200
    held = one(owner, "operator")
    owner.put(f"{PEOPLE}/{held['id']}", json=asked(held, role="viewer"))
    assert [program.get(f"/api/v1/{path}").status_code for path in ("imports", "workspace")] == [403, 200]
    owner.put(f"{PEOPLE}/{held['id']}", json=asked(held, role="viewer", active=False, base_version=held["version"] + 1))
    assert program.get("/api/v1/workspace").status_code == 401


def test_a_revoked_key_is_out_at_once(operator: TestClient, program: TestClient) -> None:
    (key,) = operator.get(KEYS).json()
    assert operator.delete(f"{KEYS}/{key['id']}").status_code == 204
    assert program.get("/api/v1/workspace").status_code == 401
    assert operator.delete(f"{KEYS}/{key['id']}").status_code == 404


def test_the_key_of_somebody_else_is_not_there(program: TestClient, operator: TestClient, closed: Desk) -> None:
    analyst, (key,) = signed_in(closed, login_of("analyst")), operator.get(KEYS).json()
    assert analyst.get(KEYS).json() == []
    assert analyst.delete(f"{KEYS}/{key['id']}").status_code == 404
    assert analyst.get(KEYS, params={"everybodys": True}).status_code == 403
    assert program.get("/api/v1/workspace").status_code == 200


def test_whoever_manages_people_sees_and_revokes_all_keys(owner: TestClient, program: TestClient) -> None:
    (key,) = owner.get(KEYS, params={"everybodys": True}).json()
    assert (key["login"], key["mine"]) == (login_of("operator"), False)
    assert key["used_at"] is None
    program.get("/api/v1/workspace")
    assert owner.get(KEYS, params={"everybodys": True}).json()[0]["used_at"] is not None
    assert owner.delete(f"{KEYS}/{key['id']}").status_code == 204
    assert program.get("/api/v1/workspace").status_code == 401


def test_a_key_is_over_when_its_days_are(operator: TestClient, closed: Desk, monkeypatch) -> None:
    program = program_of(closed, make(operator, days=2)["secret"])
    assert program.get("/api/v1/workspace").status_code == 200

    class Later(datetime):
        @classmethod
        def now(cls, tz=None):  # noqa: ARG003
            return datetime.now(UTC) + timedelta(days=2)

    monkeypatch.setattr(api_keys, "datetime", Later)
    assert program.get("/api/v1/workspace").status_code == 401


@pytest.mark.parametrize("days", [0, -1, 4_000, 1.5])
def test_days_out_of_range_are_refused(operator: TestClient, days: float) -> None:
    body = {"name": "x", "permissions": ["numbers.read"], "days": days}
    assert operator.post(KEYS, json=body).status_code == 422


@pytest.mark.parametrize("permissions", [[], ["root"], ["numbers.read", 7]])
def test_a_key_for_nothing_or_for_what_is_not_there_is_refused(operator: TestClient, permissions: list) -> None:
    assert operator.post(KEYS, json={"name": "x", "permissions": permissions}).status_code in (400, 422)


@pytest.mark.parametrize("shape", ["", "ttn_", "ttn_x", "ttn_{id}_", "ttn_{id}_wrong", "{secret}x", "xxx_{id}_{rest}"])
def test_what_is_no_key_is_nobodys(operator: TestClient, closed: Desk, shape: str) -> None:
    made = make(operator)
    values = {"id": made["key"]["id"], "secret": made["secret"], "rest": made["secret"].split("_", 2)[2]}
    assert program_of(closed, shape.format(**values)).get("/api/v1/workspace").status_code == 401


def test_a_wrong_key_is_not_made_good_by_a_session(owner: TestClient) -> None:
    assert owner.get("/api/v1/workspace", headers={"authorization": "Bearer ttn_x_y"}).status_code == 401


def test_what_a_key_does_is_told_of_its_owner_and_its_name(
    operator: TestClient, closed: Desk, owner: TestClient
) -> None:
    program = program_of(closed, make(operator, "audiences.write")["secret"])
    assert program.post("/api/v1/tags", json={"key": "vip", "name": {"zh": "贵宾", "en": "vip"}}).status_code == 201
    assert owner.get("/api/v1/audit").json()["lines"][0]["actor"] == f"{login_of('operator')} (nightly)"


def test_there_is_a_bound_to_the_keys_of_one_person(operator: TestClient, monkeypatch) -> None:
    monkeypatch.setattr(api_keys, "MOST", 2)
    for _ in range(2):
        make(operator)
    assert operator.post(KEYS, json={"name": "x", "permissions": ["numbers.read"]}).status_code == 409
