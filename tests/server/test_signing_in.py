"""Signing in over HTTP: cookies that no script reads and no other site sends, and nothing answered without."""

from __future__ import annotations

import json
from collections.abc import Iterator
from http.cookies import SimpleCookie

import pytest
from fastapi.testclient import TestClient

from tests.server.conftest import HOME
from tests.server.people import PASSWORD, login_of, settle, signed_in, stranger
from titian.app.desk import Desk
from titian.app.throttling import BY_LOGIN_AND_NETWORK
from titian.server.openapi import document

SET_UP = {"login": "Li@Tea.example", "name": "Li", "password": PASSWORD}


@pytest.fixture
def here(empty: Desk) -> Iterator[TestClient]:
    """A client on this machine of a workspace without an owner."""
    with stranger(empty, "127.0.0.1") as client:
        yield client


def code(answer) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


def test_before_there_is_an_owner_nobody_has_to_sign_in(here: TestClient) -> None:
    state = here.get("/api/v1/session").json()
    assert (state["needed"], state["person"], "people.manage" in state["permissions"]) == (False, None, True)
    assert here.get("/api/v1/workspace").status_code == 200
    assert here.post("/api/v1/session", json={"login": "li", "password": "x"}).json()["needed"] is False


def test_setting_up_makes_the_owner_and_signs_them_in(here: TestClient, empty: Desk) -> None:
    state = here.post("/api/v1/session/set-up", json=SET_UP).json()
    assert (state["needed"], state["person"]["login"], state["person"]["role"]) == (True, "li@tea.example", "owner")
    assert here.get("/api/v1/people").status_code == 200
    assert code(stranger(empty, "127.0.0.1").get("/api/v1/workspace")) == (401, "sign_in")


def test_it_is_set_up_once(here: TestClient, empty: Desk) -> None:
    here.post("/api/v1/session/set-up", json=SET_UP)
    second = stranger(empty, "127.0.0.1").post("/api/v1/session/set-up", json=SET_UP | {"login": "mallory"})
    assert code(second) == (409, "conflict")
    assert [one.login for one in empty.people.all()] == ["li@tea.example"]


def test_nobody_from_elsewhere_sets_it_up(empty: Desk) -> None:
    assert code(stranger(empty).post("/api/v1/session/set-up", json=SET_UP)) == (403, "foreign_caller")


@pytest.mark.parametrize("login", ["", " ", "a", "a b", "<script>", "li@", "x" * 201, "'; --"])
def test_a_strange_login_is_refused(here: TestClient, login: str) -> None:
    assert here.post("/api/v1/session/set-up", json=SET_UP | {"login": login}).status_code in (400, 422)


@pytest.mark.parametrize(
    ("path", "body"),
    [("/session/set-up", SET_UP), ("/session", {"login": "li", "password": PASSWORD})],
)
def test_fields_that_are_not_asked_for_are_refused(here: TestClient, path: str, body: dict[str, str]) -> None:
    assert here.post(f"/api/v1{path}", json=body | {"role": "owner"}).status_code == 422


def test_with_an_owner_calls_from_elsewhere_and_other_names_are_served(closed: Desk) -> None:
    client = stranger(closed, home="https://titian.tea.example")
    answer = client.post("/api/v1/session", json={"login": login_of("viewer"), "password": PASSWORD})
    assert answer.status_code == 201
    assert client.get("/api/v1/workspace").status_code == 200


def test_every_address_of_the_api_but_two_needs_somebody(closed: Desk) -> None:
    client = stranger(closed)
    described = json.loads(document())["paths"]
    for path, operations in described.items():
        for method, operation in operations.items():
            answer = client.request(method, path.replace("{", "").replace("}", ""))
            public = operation["x-permission"] == "nothing"
            assert (answer.status_code == 401) is not public, (method, path)


@pytest.mark.parametrize(
    ("path", "status"), [("/healthz", 200), ("/readyz", 200), ("/metrics", 401), ("/", None), ("/api/docs", 200)]
)
def test_what_machines_ask_is_told_but_for_the_meters(closed: Desk, path: str, status: int | None) -> None:
    assert stranger(closed).get(path).status_code in (status, *([200, 503] if status is None else []))


@pytest.mark.parametrize("home", [HOME, "https://titian.tea.example"])
def test_the_cookies_are_for_this_host_alone(closed: Desk, home: str) -> None:
    answer = stranger(closed, home=home).post(
        "/api/v1/session", json={"login": login_of("owner"), "password": PASSWORD}
    )
    given = [SimpleCookie(line) for line in answer.headers.get_list("set-cookie")]
    morsels = [morsel for cookie in given for morsel in cookie.values()]
    assert len(morsels) == 2
    for morsel in morsels:
        assert (morsel["httponly"], morsel["samesite"].lower(), morsel["path"], morsel["domain"]) == (
            True,
            "strict",
            "/",
            "",
        )
        assert bool(morsel["secure"]) is home.startswith("https")
        assert morsel.key.startswith("__Host-") is home.startswith("https")
    assert "strict-transport-security" in answer.headers or home == HOME


def test_two_workspaces_at_one_host_do_not_mix_up_their_cookies(owner: TestClient, bare: Desk) -> None:
    if not bare.people.all():
        settle(bare)
    other = stranger(bare)
    other.cookies = owner.cookies
    assert other.get("/api/v1/workspace").status_code == 401


def test_a_wrong_password_and_an_unknown_login_answer_alike(closed: Desk) -> None:
    client = stranger(closed)
    answers = [
        client.post("/api/v1/session", json={"login": login, "password": "wrong"}).json()
        for login in (login_of("owner"), "nobody@tea.example")
    ]
    assert answers[0] == answers[1]
    assert answers[0]["status"] == 401


def test_too_many_tries_are_told_when_to_try_again(closed: Desk) -> None:
    client = stranger(closed)
    wrong = {"login": login_of("owner"), "password": "wrong"}
    for _ in range(BY_LOGIN_AND_NETWORK):
        client.post("/api/v1/session", json=wrong)
    answer = client.post("/api/v1/session", json=wrong)
    assert code(answer) == (429, "too_many")
    assert int(answer.headers["retry-after"]) == answer.json()["details"]["wait_seconds"] > 0


def test_signing_out_ends_the_session_on_the_server(owner: TestClient, closed: Desk) -> None:
    shown = dict(owner.cookies)
    assert owner.delete("/api/v1/session").status_code == 204
    again = stranger(closed)
    again.cookies.update(shown)
    assert again.get("/api/v1/workspace").status_code == 401


def test_signing_out_everywhere_ends_all(owner: TestClient, closed: Desk) -> None:
    elsewhere = signed_in(closed, login_of("owner"))
    assert len(owner.get("/api/v1/sessions").json()) >= 2
    assert owner.delete("/api/v1/sessions").json()["ended"] >= 2
    assert {one.get("/api/v1/workspace").status_code for one in (owner, elsewhere)} == {401}


def test_one_session_is_ended_and_it_is_ones_own(owner: TestClient, closed: Desk) -> None:
    admin = signed_in(closed, login_of("admin"))
    (theirs, *_) = [one["id"] for one in admin.get("/api/v1/sessions").json() if one["current"]]
    assert code(owner.delete(f"/api/v1/sessions/{theirs}")) == (404, "not_found")
    assert admin.delete(f"/api/v1/sessions/{theirs}").status_code == 204
    assert admin.get("/api/v1/workspace").status_code == 401


def test_a_first_password_opens_nothing_but_its_change(owner: TestClient, closed: Desk) -> None:
    made = owner.post("/api/v1/people", json={"login": "new", "role": "admin"}).json()
    client = signed_in(closed, "new", made["password"])
    state = client.get("/api/v1/session").json()
    assert (state["must_change"], state["permissions"]) == (True, [])
    answer = client.get("/api/v1/workspace")
    assert code(answer) == (403, "forbidden")
    assert answer.json()["details"]["must_change"] is True
    asked = {"password": made["password"], "new_password": PASSWORD}
    assert client.put("/api/v1/session/password", json=asked).status_code == 204
    assert client.get("/api/v1/workspace").status_code == 200


def test_whoever_is_let_go_is_out_at_once(owner: TestClient, closed: Desk) -> None:
    viewer = signed_in(closed, login_of("viewer"))
    held = next(one for one in owner.get("/api/v1/people").json()["people"] if one["role"] == "viewer")
    asked = {"name": held["name"], "role": "viewer", "active": False, "base_version": held["version"]}
    assert owner.put(f"/api/v1/people/{held['id']}", json=asked).status_code == 200
    assert viewer.get("/api/v1/workspace").status_code == 401


def test_whoever_may_less_may_less_at_once(owner: TestClient, closed: Desk) -> None:
    admin = signed_in(closed, login_of("admin"))
    held = next(one for one in owner.get("/api/v1/people").json()["people"] if one["role"] == "admin")
    asked = {"name": held["name"], "role": "viewer", "active": True, "base_version": held["version"]}
    owner.put(f"/api/v1/people/{held['id']}", json=asked)
    assert code(admin.get("/api/v1/audit")) == (403, "forbidden")


def test_a_foreign_page_signs_nobody_in_and_changes_nothing(owner: TestClient) -> None:
    for headers in ({"origin": "https://evil.example"}, {"sec-fetch-site": "cross-site"}):
        body = {"login": login_of("owner"), "password": PASSWORD}
        assert code(owner.post("/api/v1/session", json=body, headers=headers)) == (403, "foreign_origin")
        assert code(owner.delete("/api/v1/sessions", headers=headers)) == (403, "foreign_origin")


@pytest.mark.parametrize("header", ["session=; ; =", "a" * 9_000, "titian_session=x; titian_session=y", "\x01=2", '"'])
def test_a_strange_cookie_is_nobodys(closed: Desk, header: str) -> None:
    assert stranger(closed).get("/api/v1/workspace", headers={"cookie": header}).status_code == 401


@pytest.mark.parametrize("other", ["app[x]=1", "a b=2", 'q="open', "=", "t@x={}"])
def test_cookies_of_other_programs_of_the_host_sign_nobody_out(owner: TestClient, closed: Desk, other: str) -> None:
    shown = "; ".join(f"{name}={value}" for name, value in owner.cookies.items())
    answer = stranger(closed).get("/api/v1/workspace", headers={"cookie": f"{other}; {shown}"})
    assert answer.status_code == 200


def test_who_did_what_is_in_the_log(owner: TestClient, closed: Desk) -> None:
    owner.patch("/api/v1/workspace", json={"name": "tea"})
    newest = owner.get("/api/v1/audit").json()["lines"][0]
    assert (newest["actor"], newest["action"]) == (login_of("owner"), "workspace.change")


@pytest.mark.parametrize(
    "body", [{"password": PASSWORD}, {"login": 7, "password": [PASSWORD]}, {"login": "li", "password": PASSWORD * 99}]
)
def test_a_call_that_can_not_be_read_does_not_repeat_a_password(closed: Desk, body: dict) -> None:
    answer = stranger(closed).post("/api/v1/session", json=body)
    assert answer.status_code == 422
    assert PASSWORD not in answer.text


def test_no_password_and_no_cookie_is_in_any_line(owner: TestClient, closed: Desk) -> None:
    lines = json.dumps(owner.get("/api/v1/audit?limit=500").json())
    for secret in (PASSWORD, *owner.cookies.values()):
        assert secret not in lines
