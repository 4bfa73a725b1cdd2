"""People of a workspace: the first owner, who may make and change whom, and that an owner stays."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from titian.app.acting import acting
from titian.app.people import People
from titian.app.signing_in import SigningIn
from titian.app.stored import Stored
from titian.app.trail import Trail
from titian.domain.permission import ROLES, Role
from titian.domain.person import Person
from titian.errors import ConflictError, ForbiddenError, InputError, NotFoundError

PASSWORD = "terraces above the river"


@pytest.fixture
def people(stored: Stored) -> People:
    return People(stored)


@pytest.fixture
def owner(people: People) -> Person:
    return people.set_up("li", "Li", PASSWORD)


def lines(stored: Stored) -> list[tuple[str, str]]:
    """Who did what, the newest first."""
    return [(line.actor, line.action) for line in Trail(stored.store).lines("", None, None)[0]]


def test_to_look_for_people_makes_no_store(people: People, stored: Stored) -> None:
    assert people.all() == []
    assert stored.there is None


def test_the_first_owner_is_set_up_once_and_signs_the_line(people: People, owner: Person, stored: Stored) -> None:
    assert (owner.role, owner.must_change) == ("owner", False)
    assert lines(stored) == [("li", "person.add")]
    assert acting.get() != "li"
    with pytest.raises(ConflictError, match="an owner already"):
        people.set_up("wang", "Wang", PASSWORD)
    assert people.all() == [owner]


@pytest.mark.parametrize("password", ["short", "li is the best there is", "aaaaaaaaaaaa", "x" * 201])
def test_an_owner_with_an_easy_password_is_not_set_up(people: People, stored: Stored, password: str) -> None:
    with pytest.raises(InputError) as refused:
        people.set_up("li.an@tea.example" if password.startswith("li") else "li", "Li", password.replace("li", "li.an"))
    assert password not in str(refused.value)
    assert stored.there is None or people.all() == []


def test_the_first_who_is_added_has_to_be_an_owner(people: People) -> None:
    with pytest.raises(ConflictError, match="has to be an owner"):
        people.add("wang", "Wang", "viewer", None)
    made, _ = people.add("li", "Li", "owner", None)
    assert people.all() == [made]


def test_somebody_who_is_added_has_a_password_for_once(people: People, owner: Person, stored: Stored) -> None:
    made, password = people.add("wang", "Wang", "viewer", owner)
    assert made.must_change
    begun = SigningIn(stored).sign_in("wang", password, browser=None, address="10.0.0.1", agent="")
    assert begun.person.id == made.id
    assert password not in str(lines(stored))


def test_two_made_passwords_differ(people: People, owner: Person) -> None:
    passwords = {people.add(f"p{n}", "", "viewer", owner)[1] for n in range(4)}
    assert len(passwords) == 4


@pytest.mark.parametrize("role", ROLES)
def test_only_an_owner_makes_owners(people: People, owner: Person, role: Role) -> None:
    admin, _ = people.add("admin", "", "admin", owner)
    if role == "owner":
        with pytest.raises(ForbiddenError, match="only an owner"):
            people.add("new", "", role, admin)
    else:
        assert people.add("new", "", role, admin)[0].role == role


Deed = Callable[[People, Person, Person], object]
DEEDS: dict[str, Deed] = {
    "rename": lambda people, who, by: people.change(who.model_copy(update={"name": "X"}), by),
    "demote": lambda people, who, by: people.change(who.model_copy(update={"role": "viewer"}), by),
    "switch off": lambda people, who, by: people.change(who.model_copy(update={"active": False}), by),
    "reset": lambda people, who, by: people.new_password(who.id, by),
    "remove": lambda people, who, by: people.remove(who.id, by),
}


@pytest.mark.parametrize("deed", DEEDS)
def test_an_admin_does_nothing_to_an_owner(people: People, owner: Person, stored: Stored, deed: str) -> None:
    admin, _ = people.add("admin", "", "admin", owner)
    before = lines(stored)
    with pytest.raises(ForbiddenError, match="only an owner"):
        DEEDS[deed](people, owner, admin)
    assert people.person(owner.id) == owner
    assert lines(stored) == before


@pytest.mark.parametrize("deed", ["demote", "switch off", "reset", "remove"])
def test_nobody_lets_themselves_go(people: People, owner: Person, deed: str) -> None:
    people.add("second", "", "owner", owner)
    with pytest.raises(ForbiddenError, match="their own role"):
        DEEDS[deed](people, owner, owner)
    assert people.person(owner.id) == owner


@pytest.mark.parametrize("deed", ["demote", "switch off", "remove"])
def test_the_last_owner_stays_whoever_acts(people: People, owner: Person, deed: str) -> None:
    with pytest.raises(ConflictError, match="the last owner stays"):
        DEEDS[deed](people, owner, None)  # type: ignore[arg-type]
    assert people.person(owner.id) == owner


def test_an_owner_who_is_switched_off_does_not_count_as_one(people: People, owner: Person) -> None:
    second, _ = people.add("second", "", "owner", owner)
    people.change(second.model_copy(update={"active": False}), owner)
    with pytest.raises(ConflictError, match="the last owner"):
        people.remove(owner.id, None)


def test_one_names_oneself(people: People, owner: Person) -> None:
    assert people.change(owner.model_copy(update={"name": "Li An"}), owner).name == "Li An"


def test_a_change_to_the_same_writes_nothing(people: People, owner: Person, stored: Stored) -> None:
    before = lines(stored)
    assert people.change(owner, owner) == owner
    assert lines(stored) == before


def test_a_stale_change_is_refused(people: People, owner: Person) -> None:
    made, _ = people.add("wang", "", "viewer", owner)
    people.change(made.model_copy(update={"role": "analyst"}), owner)
    with pytest.raises(ConflictError, match="changed meanwhile"):
        people.change(made.model_copy(update={"name": "other"}), owner)


def test_whoever_is_switched_off_is_signed_out(people: People, owner: Person, stored: Stored) -> None:
    made, password = people.add("wang", "", "viewer", owner)
    signing_in = SigningIn(stored)
    token = signing_in.sign_in("wang", password, browser=None, address="", agent="").token
    people.change(made.model_copy(update={"active": False}), owner)
    assert signing_in.of_token(token) is None


def test_a_new_password_ends_sessions_and_the_old_one(people: People, owner: Person, stored: Stored) -> None:
    made, password = people.add("wang", "", "viewer", owner)
    signing_in = SigningIn(stored)
    token = signing_in.sign_in("wang", password, browser=None, address="", agent="").token
    newer = people.new_password(made.id, owner)
    assert signing_in.of_token(token) is None
    assert signing_in.sign_in("wang", newer, browser=None, address="", agent="").person.must_change


@pytest.mark.parametrize("deed", ["rename", "reset", "remove"])
def test_nobody_there_is_not_found(people: People, owner: Person, deed: str) -> None:
    stranger = owner.model_copy(update={"id": "nobody", "role": "viewer"})
    with pytest.raises(NotFoundError):
        DEEDS[deed](people, stranger, owner)


def test_what_somebody_did_stays_in_the_log_when_they_go(people: People, owner: Person, stored: Stored) -> None:
    made, _ = people.add("wang", "", "viewer", owner)
    people.remove(made.id, owner)
    assert [action for _, action in lines(stored)] == ["person.remove", "person.add", "person.add"]
