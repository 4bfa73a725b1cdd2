"""People from the command line: the owner is added there when nobody can sign in."""

from __future__ import annotations

import json

import pytest
import uvicorn

from tests.cli.calling import Called, here
from titian.app.desk import Desk

Printed = pytest.CaptureFixture[str]


def call(printed: Printed, desk: Desk, *arguments: str) -> Called:
    return here(printed, *arguments, "-w", desk.workspace.path)


@pytest.fixture
def owned(capsys: Printed, empty: Desk) -> Desk:
    """A workspace with an owner."""
    assert call(capsys, empty, "add-person", "Li@Tea.example", "--role", "owner", "--name", "Li").code == 0
    return empty


def password(out: str) -> str:
    """What a command told."""
    return out.splitlines()[0].rpartition(": ")[2]


def test_without_anybody_it_says_how_to_begin(capsys: Printed, empty: Desk) -> None:
    called = call(capsys, empty, "people")
    assert (called.code, "titian add-person LOGIN --role owner" in called.out) == (0, True)
    assert empty.stored.there is None


def test_the_first_has_to_be_an_owner(capsys: Printed, empty: Desk) -> None:
    called = call(capsys, empty, "add-person", "li", "--role", "viewer")
    assert called.code == 1
    assert "has to be an owner" in called.err


def test_an_owner_is_added_and_can_sign_in(capsys: Printed, owned: Desk) -> None:
    told = call(capsys, owned, "add-person", "wang", "--role", "analyst").out
    begun = owned.signing_in.sign_in("wang", password(told), browser=None, address="", agent="")
    assert begun.person.must_change
    assert not owned.is_open()


def test_people_are_listed_without_secrets(capsys: Printed, owned: Desk, chinese: None) -> None:
    out = call(capsys, owned, "people").out
    assert ("所有者" in out, "li@tea.example" in out, "待改密码" in out) == (True, True, True)
    (told,) = json.loads(call(capsys, owned, "people", "--json").out)["people"]
    assert (told["login"], told["role"], told["name"]) == ("li@tea.example", "owner", "Li")
    assert "password" not in told


def test_somebody_is_changed_by_login(capsys: Printed, owned: Desk) -> None:
    call(capsys, owned, "add-person", "wang", "--role", "analyst")
    called = call(capsys, owned, "change-person", "WANG", "--role", "admin", "--name", "Wang", "--inactive", "--json")
    told = json.loads(called.out)
    assert (told["role"], told["name"], told["active"], told["version"]) == ("admin", "Wang", False, 2)
    assert "wang: admin, inactive" in call(capsys, owned, "change-person", "wang").out


def test_a_forgotten_password_is_replaced(capsys: Printed, owned: Desk) -> None:
    before = password(call(capsys, owned, "add-person", "wang", "--role", "viewer").out)
    now = password(call(capsys, owned, "change-person", "wang", "--new-password").out)
    assert now != before
    assert owned.signing_in.sign_in("wang", now, browser=None, address="", agent="").person.login == "wang"


def test_the_last_owner_stays(capsys: Printed, owned: Desk) -> None:
    for arguments in (("remove-person", "li@tea.example"), ("change-person", "li@tea.example", "--role", "viewer")):
        called = call(capsys, owned, *arguments)
        assert (called.code, "the last owner" in called.err) == (1, True)


def test_somebody_is_removed(capsys: Printed, owned: Desk) -> None:
    call(capsys, owned, "add-person", "wang", "--role", "viewer")
    assert call(capsys, owned, "remove-person", "wang").code == 0
    assert [one.login for one in owned.people.all()] == ["li@tea.example"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("change-person", "nobody"), "nobody signs in as 'nobody'"),
        (("remove-person", "nobody"), "people here: li@tea.example"),
        (("add-person", "a b", "--role", "viewer"), "can't be a login"),
        (("add-person", "li@tea.example", "--role", "viewer"), "is here already"),
        (("add-person", "wang", "--role", "king"), "'king' is not one of"),
    ],
)
def test_a_wrong_call_says_what_and_how_to_mend(
    capsys: Printed, owned: Desk, arguments: tuple[str, ...], said: str
) -> None:
    called = call(capsys, owned, *arguments)
    assert called.code in (1, 2)
    assert said in called.err


def test_who_ran_the_command_is_in_the_log_and_no_password(capsys: Printed, owned: Desk) -> None:
    told = call(capsys, owned, "add-person", "wang", "--role", "viewer").out
    lines, _ = owned.trail.lines("", None, None)
    assert (lines[0].action, lines[0].details) == ("person.add", {"login": "wang", "role": "viewer"})
    assert password(told) not in str(lines)


def test_beyond_this_machine_is_served_once_there_is_an_owner(capsys: Printed, empty: Desk, monkeypatch) -> None:
    monkeypatch.setattr(uvicorn.Server, "run", lambda _, sockets: [one.close() for one in sockets])
    refused = call(capsys, empty, "serve", "--host", "0.0.0.0", "--port", "18999")
    assert (refused.code, "add an owner first" in refused.err) == (2, True)
    call(capsys, empty, "add-person", "li", "--role", "owner")
    served = call(capsys, empty, "serve", "--host", "0.0.0.0", "--port", "18999")
    assert (served.code, "HTTPS" in served.err) == (0, True)
