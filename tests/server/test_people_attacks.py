"""Attacks on people, sessions and keys over HTTP: whatever is tried, nobody gets what they were not given."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Barrier

import pytest
from fastapi.testclient import TestClient

from tests.server.people import PASSWORD, login_of, signed_in, stranger
from tests.server.test_people import asked, make, one, program_of
from titian.app import signing_in
from titian.app import workspace as workspaces
from titian.app.desk import Desk
from titian.app.settings import WorkspaceSettings
from titian.domain.permission import NOT_FOR_KEYS, PERMISSIONS, ROLES, Role
from titian.errors import StorageError
from titian.server.cookies import Cookies
from titian.store.database import Store

API = "/api/v1"
PEOPLE, KEYS, WORKSPACE = f"{API}/people", f"{API}/api-keys", f"{API}/workspace"
KELVIN = "\N{KELVIN SIGN}"
"""Its small letter is the k of everybody."""


@pytest.fixture(scope="module")
def shut(tmp_path_factory: pytest.TempPathFactory, settled: Path) -> Iterator[Desk]:
    """A workspace with somebody of every role, whom no test that shares it changes."""
    with Desk(workspaces.init(tmp_path_factory.mktemp("shut") / "shop", WorkspaceSettings())) as desk:
        shutil.copyfile(settled, desk.workspace.path / settled.name)
        yield desk


@pytest.fixture(scope="module")
def clients(shut: Desk) -> dict[Role, TestClient]:
    return {role: signed_in(shut, login_of(role)) for role in ROLES}


@pytest.fixture(scope="module")
def outside(shut: Desk) -> TestClient:
    return stranger(shut)


def session_token(client: TestClient, desk: Desk) -> str:
    """What a browser shows for its session."""
    return str(client.cookies[session_cookie(desk)])


def session_cookie(desk: Desk) -> str:
    return Cookies.of(desk, "http").name("session")


def together(*deeds: Callable[[], int]) -> list[int]:
    """What several calls answer that begin at one moment."""
    start = Barrier(len(deeds))

    def done(deed: Callable[[], int]) -> int:
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(done, deeds))


# Addresses


PATHS = [
    "//api/v1/people",
    "/api//v1/people",
    "/api/v1//people",
    "/api/v1/people/",
    "/api/v1/./people",
    "/api/v1/session/../people",
    "/api/v1/session/..%2fpeople",
    "/api/v1/session/%2e%2e/people",
    "/api/v1/session%2f..%2fpeople",
    "/%61pi/v1/people",
    "/api/v1/%70eople",
    "/API/v1/people",
    "/Api/V1/People",
    "/api/v1/people;x=1",
    "/api/v1/session;/people",
    "/api/v1/people%20",
    "/api/v1/people%0a",
    "/api/docs/../v1/people",
    "/healthz/../api/v1/people",
    "/%5capi%5cv1%5cpeople",
    "/./metrics",
    "/metrics/",
    "/METRICS",
    "/metrics%2f",
    "/api/v1/audit/export/",
]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST"])
def test_no_spelling_of_an_address_goes_round_the_guard(outside: TestClient, path: str, method: str) -> None:
    answer = outside.request(method, "http://127.0.0.1:8484" + path, follow_redirects=False, json={})
    assert "tea.example" not in answer.text
    assert "titian_http" not in answer.text
    # A file of the console may be answered: it holds nothing.
    assert answer.status_code in (307, 401, 404, 405, 503) or "text/html" in answer.headers["content-type"]


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS", "TRACE", "PATCH", "PROPFIND", "get", "QUERY"])
@pytest.mark.parametrize("path", ["/people", "/api-keys", "/audit", "/customers/export", "/plan"])
def test_no_method_is_answered_that_the_guard_does_not_know(outside: TestClient, method: str, path: str) -> None:
    answer = outside.request(method, API + path)
    assert answer.status_code == 401
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("header", ["X-HTTP-Method-Override", "X-Method-Override", "X-HTTP-Method"])
def test_a_header_does_not_make_a_look_a_write(clients: dict[Role, TestClient], header: str) -> None:
    held = one(clients["owner"], "viewer")
    clients["owner"].get(f"{PEOPLE}/{held['id']}", headers={header: "DELETE"})
    assert one(clients["owner"], "viewer") == held


@pytest.mark.parametrize("header", ["X-Original-URL", "X-Rewrite-URL", "X-Forwarded-Prefix", "X-Forwarded-Path"])
def test_a_header_does_not_name_another_address(outside: TestClient, header: str) -> None:
    assert "people" not in outside.get(f"{API}/session", headers={header: PEOPLE}).json()
    assert outside.get(PEOPLE, headers={header: f"{API}/session"}).status_code == 401


# Headers


SMUGGLED = [
    [("authorization", "Bearer {bad}"), ("authorization", "Bearer {key}")],
    [("authorization", "Basic b3duZXI6eA=="), ("authorization", "Bearer {key}")],
    [("authorization", "Bearer {bad}, Bearer {key}")],
    [("authorization", "Bearer {key}, Bearer {key}")],
    [("authorization", "Bearer")],
    [("authorization", "Bearer ")],
    [("authorization", "Token {key}")],
    [("authorization", "{key}")],
    [("x-api-key", "{key}")],
    [("proxy-authorization", "Bearer {key}")],
    [("x-authorization", "Bearer {key}")],
    [("x-forwarded-user", "owner@tea.example"), ("remote-user", "owner@tea.example")],
    [("x-forwarded-for", "127.0.0.1"), ("x-real-ip", "127.0.0.1"), ("forwarded", "for=127.0.0.1")],
    [("cookie", "{cookie}=Bearer {key}")],
    [("cookie", "{cookie}={key}")],
    [("cookie", "__Host-{cookie}={token}")],
    [("cookie", "{cookie}x={token}")],
    [("cookie", "{cookie}=;{cookie}={token};{cookie}=")],
    [("authorization", "Bearer {token}")],
    [("authorization", "Bearer ttn_{token}")],
]


@pytest.mark.parametrize("headers", SMUGGLED, ids=lambda headers: " & ".join(f"{n}: {v}" for n, v in headers))
def test_what_is_shown_twice_oddly_or_elsewhere_lets_nobody_in(
    shut: Desk, clients: dict[Role, TestClient], headers: list[tuple[str, str]]
) -> None:
    values = {"bad": "ttn_x_y", "key": program_key(clients), "cookie": session_cookie(shut)}
    values |= {"token": session_token(clients["owner"], shut)}
    sent = [(name, value.format(**values)) for name, value in headers]
    assert stranger(shut).get(WORKSPACE, headers=sent).status_code == 401


_KEYS: list[str] = []


def program_key(clients: dict[Role, TestClient]) -> str:
    """A key of the owner's for all that a key may have, made once."""
    if not _KEYS:
        _KEYS.append(make(clients["owner"], *(one for one in PERMISSIONS if one not in NOT_FOR_KEYS))["secret"])
    return _KEYS[0]


def test_a_session_is_known_by_its_cookie_and_by_nothing_else(shut: Desk, clients: dict[Role, TestClient]) -> None:
    token = session_token(clients["viewer"], shut)
    shown = {"cookie": f"{session_cookie(shut)}={token}"}
    assert stranger(shut).get(WORKSPACE, headers=shown).status_code == 200
    assert stranger(shut).get(WORKSPACE, params={session_cookie(shut): token, "token": token}).status_code == 401


def test_two_cookies_of_one_name_are_never_two_people(shut: Desk, clients: dict[Role, TestClient]) -> None:
    """Whichever counts, it is one of the two that was shown."""
    name = session_cookie(shut)
    tokens = [session_token(clients[role], shut) for role in ("viewer", "analyst")]
    answer = stranger(shut).get(f"{API}/session", headers={"cookie": "; ".join(f"{name}={one}" for one in tokens)})
    told = answer.json()
    assert told["person"]["role"] in ("viewer", "analyst")
    assert ("layerings.write" in told["permissions"]) is (told["person"]["role"] == "analyst")


@pytest.mark.parametrize(
    "cookie",
    [
        "x" * 100_000,
        "; ".join(f"a{n}=b" for n in range(5_000)),
        "{name}=" + "x" * 60_000,
        '{name}="' + "\\" * 20_000,
        "{name}=%00",
        "{name}=\xff\xfe" * 50,
        "=;=;=",
        "{name}",
        "{name}=../../etc/passwd",
        "{name}=' OR 1=1 --aaaaaaaaaaaaaaaaaaa",
        "$Version=1; {name}=aaaaaaaaaaaaaaaaaaaaaaaaaaa",
    ],
    ids=lambda cookie: cookie[:20],
)
def test_a_strange_cookie_is_nobodys_and_breaks_nothing(shut: Desk, outside: TestClient, cookie: str) -> None:
    shown = cookie.replace("{name}", session_cookie(shut)).encode("latin-1")
    answer = outside.get(WORKSPACE, headers=[(b"cookie", shown)])
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


@pytest.mark.parametrize(
    "value", ["Bearer " + "x" * 100_000, "Bearer ttn_\xe9_\xff", "Bearer ttn__", "bearer\tttn_a_b"]
)
def test_a_strange_key_is_nobodys_and_breaks_nothing(outside: TestClient, value: str) -> None:
    answer = outside.get(WORKSPACE, headers=[(b"authorization", value.encode("latin-1"))])
    assert (answer.status_code, answer.json()["code"]) == (401, "sign_in")


@pytest.mark.parametrize("origin", ["http://[", "http://[::1", "null", "", "//", "http://127.0.0.1:8484@evil.example"])
def test_a_strange_origin_is_a_foreign_one(outside: TestClient, origin: str) -> None:
    body = {"login": login_of("owner"), "password": PASSWORD}
    answer = outside.post(f"{API}/session", json=body, headers={"origin": origin})
    assert (answer.status_code, answer.json()["code"]) == (403, "foreign_origin")
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize(
    "host", ["", "[", "evil.example", "127.0.0.1:8484, evil.example", "a" * 5_000, "x:y:z", "\xe9"]
)
def test_a_strange_host_opens_nothing(outside: TestClient, host: str) -> None:
    answer = outside.get(WORKSPACE, headers=[(b"host", host.encode("latin-1"))])
    assert answer.status_code == 401
    assert "evil" not in str(answer.headers)


@pytest.mark.parametrize("address", ["/session", "/session/set-up"])
@pytest.mark.parametrize("length", ["2000000", "9" * 5_000, "1e9", "-1", "0x7fffffff", "\xb2"])
def test_before_sign_in_nobody_sends_much(outside: TestClient, address: str, length: str) -> None:
    body = b'{"login": "a", "password": "b"}'
    sent = [(b"content-length", length.encode("latin-1")), (b"content-type", b"application/json")]
    answer = outside.post(API + address, content=body, headers=sent)
    assert answer.status_code in (400, 401, 409, 413, 422)
    assert (answer.status_code == 413) is (length.isdecimal() and len(length) > 6)


@pytest.mark.parametrize("depth", [100_000])
@pytest.mark.parametrize("opens", ["[", '{"login":'])
def test_a_body_without_end_is_told_as_unreadable(outside: TestClient, opens: str, depth: int) -> None:
    sent = {"content-type": "application/json"}
    assert outside.post(f"{API}/session", content=opens * depth, headers=sent).status_code in (400, 413, 422)


# Logins


@pytest.mark.parametrize(
    "login",
    [
        "\N{CYRILLIC SMALL LETTER O}wner@tea.example",
        "own\N{CYRILLIC SMALL LETTER IE}r@tea.example",
        "\N{FULLWIDTH LATIN SMALL LETTER O}wner@tea.example",
        "owner\N{FULLWIDTH COMMERCIAL AT}tea.example",
        "owner\N{ZERO WIDTH SPACE}@tea.example",
        "owner\N{SOFT HYPHEN}@tea.example",
        "\N{RIGHT-TO-LEFT OVERRIDE}owner@tea.example",
        "owner@tea.example\0",
        "owner@tea.example'--",
        "owner%",
        "%",
    ],
    ids=ascii,
)
def test_a_login_that_looks_alike_is_another(closed: Desk, login: str) -> None:
    answer = stranger(closed).post(f"{API}/session", json={"login": login, "password": PASSWORD})
    assert answer.status_code in (400, 401, 422)


@pytest.mark.parametrize(
    "login",
    [
        "\N{CYRILLIC SMALL LETTER O}wner@tea.example",
        "\N{FULLWIDTH LATIN SMALL LETTER O}wner@tea.example",
        f"mar{KELVIN}@tea.example",
        "e\N{COMBINING ACUTE ACCENT}va@tea.example",
        "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}da@tea.example",
        "\N{LATIN SMALL LETTER LONG S}am@tea.example",
        "\N{LATIN SMALL LIGATURE FI}ona",
        "owner\N{ZERO WIDTH JOINER}@tea.example",
    ],
    ids=ascii,
)
def test_nobody_is_added_whose_login_could_be_taken_for_another(owner: TestClient, login: str) -> None:
    answer = owner.post(PEOPLE, json={"login": login, "role": "viewer"})
    assert (answer.status_code, answer.json()["code"]) == (400, "input")
    assert len(owner.get(PEOPLE).json()["people"]) == len(ROLES)


@pytest.mark.parametrize(
    "login", ["OWNER@tea.example", " owner@tea.example ", "Owner@Tea.Example", "owner@tea.example\n"]
)
def test_one_login_is_one_person_however_it_is_typed(owner: TestClient, login: str) -> None:
    assert owner.post(PEOPLE, json={"login": login, "role": "admin"}).status_code == 409


# Escalation


@pytest.mark.parametrize("role", ["analyst", "operator", "viewer"])
@pytest.mark.parametrize("deed", ["raise", "lower", "reset", "remove", "add", "list"])
def test_only_who_manages_people_touches_them(clients: dict[Role, TestClient], role: Role, deed: str) -> None:
    held = one(clients["owner"], role)
    address = f"{PEOPLE}/{held['id']}"
    calls = {
        "raise": ("PUT", address, asked(held, role="owner")),
        "lower": ("PUT", f"{PEOPLE}/{one(clients['owner'], 'owner')['id']}", asked(held, role="viewer")),
        "reset": ("POST", f"{address}/password", None),
        "remove": ("DELETE", address, None),
        "add": ("POST", PEOPLE, {"login": "mallory", "role": "owner"}),
        "list": ("GET", PEOPLE, None),
    }
    method, path, body = calls[deed]
    before = clients["owner"].get(PEOPLE).json()["people"]
    assert clients[role].request(method, path, json=body).status_code == 403
    assert clients["owner"].get(PEOPLE).json()["people"] == before


@pytest.mark.parametrize("change", [{"role": "owner"}, {"active": False}, {"role": "viewer"}], ids=str)
def test_an_admin_makes_nothing_else_of_themselves(clients: dict[Role, TestClient], change: dict) -> None:
    held = one(clients["owner"], "admin")
    answer = clients["admin"].put(f"{PEOPLE}/{held['id']}", json=asked(held, **change))
    assert answer.status_code == 403
    assert one(clients["owner"], "admin") == held


@pytest.mark.parametrize("role", ["viewer", "operator", "admin"])
def test_an_admin_makes_no_owner_of_anybody(clients: dict[Role, TestClient], role: Role) -> None:
    held = one(clients["owner"], role)
    assert clients["admin"].put(f"{PEOPLE}/{held['id']}", json=asked(held, role="owner")).status_code == 403
    assert clients["admin"].post(PEOPLE, json={"login": "mallory", "role": "owner"}).status_code == 403
    assert one(clients["owner"], role) == held


def test_a_key_of_the_owner_has_none_of_the_ways_of_people(shut: Desk, clients: dict[Role, TestClient]) -> None:
    program = program_of(shut, program_key(clients))
    held = one(clients["owner"], "viewer")
    body = {"password": PASSWORD, "new_password": "rice fields in autumn"}
    refused = [
        program.post(PEOPLE, json={"login": "mallory", "role": "owner"}),
        program.put(f"{PEOPLE}/{held['id']}", json=asked(held, role="admin")),
        program.delete(f"{PEOPLE}/{held['id']}"),
        program.post(f"{PEOPLE}/{held['id']}/password"),
        program.post(KEYS, json={"name": "next", "permissions": ["numbers.read"]}),
        program.get(KEYS, params={"everybodys": True}),
        program.put(f"{API}/session/password", json=body),
        program.delete(f"{API}/sessions"),
        program.delete(f"{API}/sessions/{'x' * 32}"),
    ]
    assert {answer.status_code for answer in refused} == {401, 403} or {answer.status_code for answer in refused} == {
        403
    }
    assert one(clients["owner"], "viewer") == held


def test_a_key_that_signs_out_ends_no_session(shut: Desk, clients: dict[Role, TestClient]) -> None:
    program_of(shut, program_key(clients)).delete(f"{API}/session")
    assert clients["owner"].get(WORKSPACE).status_code == 200


def test_a_key_gives_no_session(shut: Desk, clients: dict[Role, TestClient]) -> None:
    answer = program_of(shut, program_key(clients)).get(WORKSPACE)
    assert (answer.status_code, answer.headers.get("set-cookie")) == (200, None)


def test_a_first_password_opens_nothing_but_its_change(owner: TestClient, closed: Desk) -> None:
    made = owner.post(PEOPLE, json={"login": "mallory", "role": "admin"}).json()
    fresh = signed_in(closed, "mallory", made["password"])
    body = {"name": "x", "permissions": ["numbers.read"]}
    for answer in (fresh.get(PEOPLE), fresh.get(WORKSPACE), fresh.post(KEYS, json=body), fresh.get("/metrics")):
        assert answer.status_code in (401, 403), answer.url
    assert fresh.get(f"{API}/session").json()["permissions"] == []


# At once, meanwhile, afterwards


def test_two_owners_who_remove_each_other_at_once_leave_one(owner: TestClient, closed: Desk) -> None:
    held = one(owner, "admin")
    owner.put(f"{PEOPLE}/{held['id']}", json=asked(held, role="owner"))
    other = signed_in(closed, login_of("admin"))
    first = next(found for found in owner.get(PEOPLE).json()["people"] if found["login"] == login_of("owner"))
    codes = together(
        lambda: owner.delete(f"{PEOPLE}/{held['id']}").status_code,
        lambda: other.delete(f"{PEOPLE}/{first['id']}").status_code,
    )
    assert codes.count(204) == 1
    assert all(code in (204, 401, 403, 404, 409) for code in codes)
    assert [found.role for found in closed.people.all()].count("owner") == 1


def test_two_who_change_one_person_at_once_do_not_overwrite_each_other(owner: TestClient, closed: Desk) -> None:
    admin, held = signed_in(closed, login_of("admin")), one(owner, "viewer")
    address = f"{PEOPLE}/{held['id']}"
    codes = together(
        lambda: owner.put(address, json=asked(held, role="operator")).status_code,
        lambda: admin.put(address, json=asked(held, role="analyst")).status_code,
    )
    assert sorted(codes) == [200, 409]
    changed = closed.people.person(held["id"])
    assert (changed.version, changed.role) == (held["version"] + 1, "operator" if codes[0] == 200 else "analyst")


@pytest.mark.parametrize("beyond", [-10, -1, 1, 10**6, 2**70])
def test_a_version_that_nobody_saw_changes_nothing(owner: TestClient, beyond: int) -> None:
    held = one(owner, "viewer")
    answer = owner.put(f"{PEOPLE}/{held['id']}", json=asked(held, role="admin", base_version=held["version"] + beyond))
    assert answer.status_code in (409, 422)
    assert one(owner, "viewer") == held


@pytest.mark.parametrize("deed", ["remove", "switch off", "reset"])
def test_whoever_is_let_go_is_out_with_sessions_and_keys(owner: TestClient, closed: Desk, deed: str) -> None:
    gone, held = signed_in(closed, login_of("analyst")), one(owner, "analyst")
    program = program_of(closed, make(gone)["secret"])
    assert [client.get(WORKSPACE).status_code for client in (gone, program)] == [200, 200]
    address = f"{PEOPLE}/{held['id']}"
    if deed == "remove":
        assert owner.delete(address).status_code == 204
    elif deed == "reset":
        assert owner.post(f"{address}/password").status_code == 200
    else:
        assert owner.put(address, json=asked(held, active=False)).status_code == 200
    assert [client.get(WORKSPACE).status_code for client in (gone, program)] == [401, 401]
    again = gone.post(f"{API}/session", json={"login": login_of("analyst"), "password": PASSWORD})
    assert again.status_code == 401


def test_a_session_stays_over_when_somebody_is_switched_on_again(owner: TestClient, closed: Desk) -> None:
    gone, held = signed_in(closed, login_of("viewer")), one(owner, "viewer")
    address = f"{PEOPLE}/{held['id']}"
    owner.put(address, json=asked(held, active=False))
    owner.put(address, json=asked(held, active=True, base_version=held["version"] + 1))
    assert gone.get(WORKSPACE).status_code == 401


def test_somebody_new_of_a_login_has_nothing_of_the_one_before(owner: TestClient, closed: Desk) -> None:
    gone, held = signed_in(closed, login_of("viewer")), one(owner, "viewer")
    owner.delete(f"{PEOPLE}/{held['id']}")
    made = owner.post(PEOPLE, json={"login": login_of("viewer"), "role": "admin"}).json()["person"]
    assert made["id"] != held["id"]
    assert gone.get(WORKSPACE).status_code == 401


def test_a_role_that_is_lowered_holds_for_the_next_call(owner: TestClient, closed: Desk) -> None:
    admin, held = signed_in(closed, login_of("admin")), one(owner, "admin")
    assert admin.get(PEOPLE).status_code == 200
    owner.put(f"{PEOPLE}/{held['id']}", json=asked(held, role="viewer"))
    assert [admin.get(path).status_code for path in (PEOPLE, f"{API}/audit", WORKSPACE)] == [403, 403, 200]


@pytest.mark.parametrize("desks", [1, 2])
def test_a_workspace_that_two_set_up_at_once_has_one_owner(empty: Desk, desks: int) -> None:
    second = empty if desks == 1 else Desk(empty.workspace)
    homes = [stranger(one, "127.0.0.1") for one in (empty, second)]
    bodies = [{"login": login, "name": "", "password": PASSWORD} for login in ("first", "second")]
    codes = together(
        *(
            lambda home=home, body=body: home.post(f"{API}/session/set-up", json=body).status_code
            for home, body in zip(homes, bodies, strict=True)
        )
    )
    assert codes.count(201) == 1
    assert all(code in (201, 401, 409, 503) for code in codes)
    assert len(empty.people.all()) == 1
    assert [stranger(one, "127.0.0.1").get(WORKSPACE).status_code for one in (empty, second)] == [401, 401]
    if desks == 2:
        second.close()


def test_a_second_process_asks_for_sign_in_as_soon_as_the_first_is_set_up(empty: Desk) -> None:
    with Desk(empty.workspace) as second:
        home = stranger(second, "127.0.0.1")
        assert home.get(WORKSPACE).status_code == 200
        empty.people.set_up("li", "", PASSWORD)
        assert home.get(WORKSPACE).status_code == 401


# A store that fails, a clock that jumps


@pytest.mark.parametrize(
    "error",
    [StorageError("gone", "wait", zh="没有了", hint_zh="请稍候"), RuntimeError("gone")],
    ids=["told", "unforeseen"],
)
def test_without_its_store_nobody_is_let_in(owner: TestClient, closed: Desk, monkeypatch, error: Exception) -> None:
    def fails(*_: object) -> None:
        raise error

    monkeypatch.setattr(Store, "reading", fails)
    for client in (owner, stranger(closed), stranger(closed, "127.0.0.1")):
        for path in (WORKSPACE, PEOPLE, f"{API}/sessions", "/metrics"):
            answer = client.get(path)
            assert answer.status_code in (401, 500, 503, 507), path
            assert "tea.example" not in answer.text


def test_a_store_that_is_taken_away_opens_the_workspace_to_nobody_elsewhere(owner: TestClient, closed: Desk) -> None:
    """Whoever can take it away has the files, and may all; nobody else gets anything by it."""
    closed.close()
    store = closed.workspace.store
    assert isinstance(store, Path)
    store.unlink()
    assert owner.get(WORKSPACE).status_code == 403
    assert stranger(closed, "127.0.0.1", "https://titian.tea.example").get(WORKSPACE).status_code == 403


def test_a_store_that_is_damaged_does_not_open_the_workspace(closed: Desk) -> None:
    store = closed.workspace.store
    assert isinstance(store, Path)
    store.write_bytes(b"no store at all" * 500)
    for address in ("127.0.0.1", "10.0.0.9"):
        assert stranger(closed, address).get(WORKSPACE).status_code in (401, 500, 503, 507)


@pytest.mark.parametrize(
    ("jump", "status"),
    [(timedelta(days=-400), 200), (timedelta(minutes=30), 200), (timedelta(days=8), 401), (timedelta(days=4_000), 401)],
    ids=str,
)
def test_a_clock_that_jumps_lets_nobody_in_for_longer(
    owner: TestClient, monkeypatch: pytest.MonkeyPatch, jump: timedelta, status: int
) -> None:
    class Jumped(datetime):
        @classmethod
        def now(cls, tz=None):  # noqa: ARG003
            return datetime.now(UTC) + jump

    monkeypatch.setattr(signing_in, "datetime", Jumped)
    assert owner.get(WORKSPACE).status_code == status


@pytest.mark.parametrize("ahead", [timedelta(minutes=14), timedelta(seconds=1), timedelta()], ids=str)
def test_a_clock_that_is_put_right_by_a_little_forgives_nobody(
    closed: Desk, monkeypatch: pytest.MonkeyPatch, ahead: timedelta
) -> None:
    client, wrong = stranger(closed), {"login": login_of("owner"), "password": "wrong"}
    codes = [client.post(f"{API}/session", json=wrong).status_code for _ in range(5)]

    class Ahead(datetime):
        @classmethod
        def now(cls, tz=None):  # noqa: ARG003
            return datetime.now(UTC) + ahead

    monkeypatch.setattr(signing_in, "datetime", Ahead)
    codes.append(client.post(f"{API}/session", json=wrong).status_code)
    assert codes == [401] * 5 + [429]


@pytest.mark.parametrize("kind", ["text/plain", "multipart/json", "", "application/octet-stream"])
def test_a_body_of_any_bytes_is_unreadable_and_is_not_sent_back(outside: TestClient, kind: str) -> None:
    body = b'\xff\xfe{"login": "li", "password": "open sesame"}'
    answer = outside.post(f"{API}/session", content=body, headers={"content-type": kind})
    assert (answer.status_code, answer.json()["code"]) == (422, "unreadable")
    assert "sesame" not in answer.text
