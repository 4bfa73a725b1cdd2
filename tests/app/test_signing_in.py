"""Signing in: the same answer for a wrong login and a wrong password, sessions that rotate and end, nobody locked out."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from titian.app import signing_in as signing
from titian.app.people import People
from titian.app.signing_in import SignedIn, SigningIn, digest_of
from titian.app.signing_in_times import GRACE, IDLE, LONGEST, ROTATED
from titian.app.stored import Stored
from titian.app.throttling import BY_BROWSER, BY_LOGIN, BY_LOGIN_AND_NETWORK, BY_NETWORK, WINDOW, network_of
from titian.app.trail import Trail
from titian.domain.person import Person
from titian.errors import InputError, NotFoundError, SignInError, TooManyError

PASSWORD = "terraces above the river"
SECOND = timedelta(seconds=1)


class Clock(datetime):
    """A clock that a test sets."""

    shown = datetime(2026, 11, 29, 8, tzinfo=UTC)

    @classmethod
    def now(cls, tz=None):  # noqa: ARG003
        return cls.shown


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> type[Clock]:
    monkeypatch.setattr(signing, "datetime", Clock)
    monkeypatch.setattr(Clock, "shown", datetime(2026, 11, 29, 8, tzinfo=UTC))
    return Clock


@pytest.fixture
def li(stored: Stored) -> Person:
    return People(stored).set_up("li", "Li", PASSWORD)


@pytest.fixture
def door(stored: Stored, li: Person) -> SigningIn:
    return SigningIn(stored)


def come(
    door: SigningIn, password: str = PASSWORD, login: str = "li", address: str = "10.0.0.1", browser=None
) -> SignedIn:
    return door.sign_in(login, password, browser=browser, address=address, agent="Firefox")


def fail(door: SigningIn, times: int, **where: object) -> None:
    for _ in range(times):
        with pytest.raises(SignInError):
            come(door, "wrong password", **where)


def test_nobody_has_to_sign_in_before_there_is_an_owner(stored: Stored) -> None:
    door = SigningIn(stored)
    assert not door.needed()
    assert stored.there is None
    People(stored).set_up("li", "Li", PASSWORD)
    assert door.needed()


def test_whoever_knows_the_password_is_signed_in(door: SigningIn, li: Person) -> None:
    begun = come(door)
    found = door.of_token(begun.token)
    assert found is not None
    assert (found.person.id, found.session.id, found.token) == (li.id, begun.session.id, None)
    assert found.person.signed_in_at is not None


def test_what_the_browser_shows_is_not_in_the_store(door: SigningIn, stored: Stored) -> None:
    begun = come(door)
    file = Path(stored.store.place.removeprefix("sqlite:///"))
    stored.close()
    held = file.read_bytes()
    assert begun.token.encode() not in held
    assert begun.browser.encode() not in held
    assert PASSWORD.encode() not in held
    assert digest_of(begun.token).encode() in held


@pytest.mark.parametrize(
    ("login", "password"),
    [("li", "wrong password"), ("nobody", PASSWORD), ("li", PASSWORD.upper()), ("LI ", PASSWORD), ("li", "\ud800")],
)
def test_a_wrong_login_and_a_wrong_password_are_answered_alike(door: SigningIn, login: str, password: str) -> None:
    with pytest.raises(SignInError) as refused:
        come(door, password, login)
    assert refused.value.message == "the login or the password is wrong"
    assert refused.value.details == {}


def test_whoever_is_switched_off_is_answered_the_same(door: SigningIn, stored: Stored, li: Person) -> None:
    made, password = People(stored).add("wang", "", "viewer", li)
    People(stored).change(made.model_copy(update={"active": False}), li)
    with pytest.raises(SignInError, match="login or the password"):
        come(door, password, "wang")


@pytest.mark.parametrize(
    "token", ["", "x", "a" * 43, "é" * 43, "a" * 5_000, "../../etc/passwd" * 3, "'; DROP TABLE sessions --"]
)
def test_what_was_never_given_is_nobodys(door: SigningIn, token: str) -> None:
    assert door.of_token(token) is None


def test_a_session_that_nobody_uses_is_over(door: SigningIn, clock: type[Clock]) -> None:
    token = come(door).token
    clock.shown += IDLE + SECOND
    assert door.of_token(token) is None


def test_every_session_is_over_in_the_end(door: SigningIn, clock: type[Clock]) -> None:
    token = come(door).token
    for _ in range(LONGEST // (IDLE / 2)):
        clock.shown += IDLE / 2
        found = door.of_token(token)
        assert found is not None
        token = found.token or token
    clock.shown += timedelta(days=3)
    assert door.of_token(token) is None


def test_a_browser_shows_something_else_after_a_while(door: SigningIn, clock: type[Clock]) -> None:
    first = come(door).token
    clock.shown += ROTATED + SECOND
    found = door.of_token(first)
    assert found is not None
    assert found.token not in (None, first)
    assert door.of_token(found.token or "") is not None


def test_calls_on_their_way_still_hold_after_a_rotation(door: SigningIn, clock: type[Clock]) -> None:
    first = come(door).token
    clock.shown += ROTATED + SECOND
    door.of_token(first)
    clock.shown += GRACE
    late = door.of_token(first)
    assert late is not None
    assert late.token is None


def test_what_was_shown_before_ends_the_session_when_it_comes_later(
    door: SigningIn, clock: type[Clock], stored: Stored
) -> None:
    stolen = come(door).token
    clock.shown += ROTATED + SECOND
    found = door.of_token(stolen)
    clock.shown += GRACE + SECOND
    assert door.of_token(stolen) is None
    assert found is not None
    assert door.of_token(found.token or "") is None
    assert Trail(stored.store).lines("", None, 1)[0][0].details == {"why": "shown again"}


def test_a_clock_set_back_signs_nobody_out(door: SigningIn, clock: type[Clock]) -> None:
    token = come(door).token
    clock.shown -= timedelta(hours=3)
    assert door.of_token(token) is not None


def test_one_signs_out_here_elsewhere_or_everywhere(door: SigningIn, li: Person) -> None:
    tokens = [come(door).token for _ in range(3)]
    first = door.of_token(tokens[0])
    assert first is not None
    door.end(li, first.session.id)
    assert door.of_token(tokens[0]) is None
    assert len(door.sessions(li)) == 2
    assert door.end_all(li) == 2
    assert [door.of_token(token) for token in tokens] == [None, None, None]


def test_the_session_of_somebody_else_is_not_there(door: SigningIn, stored: Stored, li: Person) -> None:
    wang, password = People(stored).add("wang", "", "viewer", li)
    theirs = come(door, password, "wang").session
    with pytest.raises(NotFoundError):
        door.end(li, theirs.id)
    assert [one.id for one in door.sessions(wang)] == [theirs.id]


def test_a_strange_agent_is_kept_in_part(door: SigningIn, li: Person) -> None:
    door.sign_in("li", PASSWORD, browser=None, address="", agent="\ud800\0" + "x" * 900)
    (session,) = door.sessions(li)
    assert len(session.agent) <= 200
    assert "\0" not in session.agent


def test_the_own_password_is_changed_and_other_sessions_end(door: SigningIn, li: Person) -> None:
    here, there = come(door), come(door)
    door.change_password(li, here.session, PASSWORD, "another river entirely")
    assert door.of_token(here.token) is not None
    assert door.of_token(there.token) is None
    with pytest.raises(SignInError):
        come(door)
    assert come(door, "another river entirely").person.id == li.id


@pytest.mark.parametrize(
    ("before", "now", "field"),
    [
        ("wrong", "another river entirely", "password"),
        (PASSWORD, PASSWORD, "new_password"),
        (PASSWORD, "x", "password"),
    ],
)
def test_a_password_is_not_changed_to_the_same_or_without_the_present_one(
    door: SigningIn, li: Person, before: str, now: str, field: str
) -> None:
    session = come(door).session
    with pytest.raises(InputError) as refused:
        door.change_password(li, session, before, now)
    assert refused.value.details["field"] == field
    assert come(door).person.id == li.id


def test_somebody_at_an_open_browser_can_not_guess_the_password(door: SigningIn, li: Person) -> None:
    session = come(door).session
    for _ in range(BY_BROWSER):
        with pytest.raises(InputError):
            door.change_password(li, session, "guess", "another river entirely")
    with pytest.raises(TooManyError):
        door.change_password(li, session, PASSWORD, "another river entirely")


def test_guessing_from_one_network_ends_soon(door: SigningIn) -> None:
    fail(door, BY_LOGIN_AND_NETWORK)
    with pytest.raises(TooManyError) as refused:
        come(door)
    assert 0 < refused.value.wait_seconds <= WINDOW.total_seconds() + 1
    assert come(door, address="10.0.0.2").person.login == "li"


def test_it_can_be_tried_again_when_the_window_is_over(door: SigningIn, clock: type[Clock]) -> None:
    fail(door, BY_LOGIN_AND_NETWORK)
    clock.shown += WINDOW + SECOND
    assert come(door).person.login == "li"


def test_being_right_begins_the_count_anew(door: SigningIn) -> None:
    for _ in range(3):
        fail(door, BY_LOGIN_AND_NETWORK - 1)
        come(door)


def test_trying_many_logins_from_one_network_ends(door: SigningIn) -> None:
    for number in range(BY_NETWORK):
        fail(door, 1, login=f"nobody{number}")
    with pytest.raises(TooManyError):
        come(door, login="nobody-else")


def test_who_guesses_from_everywhere_does_not_lock_the_owner_out(door: SigningIn) -> None:
    known = come(door).browser
    for number in range(BY_LOGIN):
        fail(door, 1, address=f"10.1.{number}.1")
    with pytest.raises(TooManyError):
        come(door, address="10.9.9.9")
    assert come(door, browser=known, address="10.9.9.9").person.login == "li"


def test_a_browser_of_somebody_else_is_a_stranger(door: SigningIn, stored: Stored, li: Person) -> None:
    _, password = People(stored).add("wang", "", "viewer", li)
    wangs = come(door, password, "wang").browser
    fail(door, BY_LOGIN_AND_NETWORK, browser=wangs)
    with pytest.raises(TooManyError):
        come(door, browser=wangs)


def test_a_known_browser_is_not_for_guessing_either(door: SigningIn) -> None:
    known = come(door).browser
    fail(door, BY_BROWSER, browser=known)
    with pytest.raises(TooManyError):
        come(door, browser=known)


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("10.0.0.1", "10.0.0.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("::ffff:10.0.0.1", "10.0.0.1"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_addresses_of_one_household_are_one_network(address: str, network: str) -> None:
    assert network_of(address) == network
