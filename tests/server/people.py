"""A workspace in which one has to sign in, with somebody of every role, and clients of theirs."""

from __future__ import annotations

from fastapi.testclient import TestClient

from tests.server.application import HOME, application
from titian.app.desk import Desk
from titian.domain.permission import ROLES, Role
from titian.domain.person import Person

PASSWORD = "terraces above the river"


def login_of(role: Role) -> str:
    return f"{role}@tea.example"


def settle(desk: Desk) -> dict[Role, Person]:
    """Somebody of every role, who has chosen a password."""
    made = {"owner": desk.people.set_up(login_of("owner"), "Owner", PASSWORD)}
    for role in ROLES[1:]:
        person, first = desk.people.add(login_of(role), role.title(), role, None)
        session = desk.signing_in.sign_in(person.login, first, browser=None, address="10.0.0.1", agent="").session
        desk.signing_in.change_password(person, session, first, PASSWORD)
        made[role] = desk.people.person(person.id)
    return made


def stranger(desk: Desk, address: str = "10.0.0.9", home: str = HOME) -> TestClient:
    """Somebody who is not signed in, at a browser of their own."""
    return TestClient(application(desk), base_url=home, client=(address, 50000), raise_server_exceptions=False)


def signed_in(desk: Desk, login: str, password: str = PASSWORD, address: str = "10.0.0.9") -> TestClient:
    """Somebody at a browser in which they have signed in."""
    client = stranger(desk, address)
    answer = client.post("/api/v1/session", json={"login": login, "password": password})
    assert answer.status_code == 201, answer.text
    return client
