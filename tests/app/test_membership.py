"""Membership: logins as they are kept, whom a provider may bring, and what is told of people, sessions and keys."""

from __future__ import annotations

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest

from titian.app import membership
from titian.app.answers.people import NewApiKey, NewPerson, PersonAsked, SetUpAsked
from titian.app.desk import Desk
from titian.app.people import People
from titian.app.permitted import permitted
from titian.domain.permission import MAY, NOT_FOR_KEYS, PERMISSIONS, ROLES, Role
from titian.domain.person import Person
from titian.errors import ConflictError, ForbiddenError, InputError, NotFoundError, SignInError

PASSWORD = "terraces above the river"
KELVIN = "\N{KELVIN SIGN}"


@pytest.fixture
def owner(empty: Desk) -> Person:
    return membership.set_up(empty, SetUpAsked(login="Li@Tea.example", name=" Li ", password=PASSWORD))


@pytest.fixture
def nobody() -> Iterator[None]:
    """As one who may nothing."""
    held = permitted.set(frozenset())
    yield
    permitted.reset(held)


def added(desk: Desk, login: str, role: Role = "viewer") -> Person:
    return desk.people.person(membership.add(desk, NewPerson(login=login, role=role), None).person.id)


@pytest.mark.parametrize(
    ("given", "login"),
    [
        ("li", "li"),
        (" Li.An@Tea.Example\n", "li.an@tea.example"),
        ("LI-AN_2+x", "li-an_2+x"),
        ("李安", "李安"),
        ("李安@茶.example", "李安@茶.example"),
        ("x" * 200, "x" * 200),
    ],
)
def test_a_login_is_kept_in_small_letters_without_blanks_around(given: str, login: str) -> None:
    assert membership.checked_login(given) == login


@pytest.mark.parametrize(
    "given",
    [
        *(
            "",
            " ",
            "a",
            "a b",
            "li@",
            "@tea.example",
            "li@tea@example",
            "x" * 201,
            "li\0",
            "li\n.an",
            "li;",
            "li/an",
            "%",
        ),
        *("l\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}", "\N{FULLWIDTH LATIN SMALL LETTER L}i"),
        *(
            f"mar{KELVIN}",
            f"mark@{KELVIN}ite.example",
            "\N{LATIN SMALL LETTER LONG S}am",
            "stra\N{LATIN SMALL LETTER SHARP S}e",
        ),
        *(
            "\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}da",
            "e\N{COMBINING ACUTE ACCENT}va",
            "\N{LATIN SMALL LETTER E WITH ACUTE}va",
        ),
        *(
            "li\N{ZERO WIDTH SPACE}",
            "li\N{RIGHT-TO-LEFT OVERRIDE}",
            "\N{ARABIC-INDIC DIGIT ONE}2",
            "\N{SUPERSCRIPT TWO}3",
        ),
    ],
    ids=ascii,
)
def test_what_could_be_taken_for_another_login_is_none(given: str) -> None:
    with pytest.raises(InputError) as refused:
        membership.checked_login(given)
    assert refused.value.details["field"] == "login"


def test_no_two_ways_to_type_are_one_login_but_by_case_and_blanks() -> None:
    """Every character that becomes another in small letters, of all there are, is refused unless it is A to Z."""
    becomes = [chr(n) for n in range(0x110000) if not 0xD800 <= n < 0xE000 and chr(n).lower() != chr(n)]
    kept = []
    for one in becomes:
        try:
            membership.checked_login(f"x{one}")
        except InputError:
            continue
        kept.append(one)
    assert "".join(kept) == "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def test_the_first_owner_is_set_up_with_a_name_without_blanks(owner: Person) -> None:
    assert (owner.login, owner.name, owner.role, owner.must_change) == ("li@tea.example", "Li", "owner", False)


def test_a_name_left_out_is_what_stands_before_the_at(empty: Desk, owner: Person) -> None:
    assert added(empty, "Chen.Yu@tea.example").name == "chen.yu"
    assert added(empty, "wang").name == "wang"


@pytest.mark.parametrize("login", ["li@tea.example", "LI@TEA.EXAMPLE", " Li@tea.example "])
def test_a_login_that_is_taken_is_taken_however_it_is_typed(empty: Desk, owner: Person, login: str) -> None:
    with pytest.raises(ConflictError):
        membership.add(empty, NewPerson(login=login, role="viewer"), owner)
    assert membership.called(empty, login) == empty.people.person(owner.id)


def test_a_change_is_one_of_name_role_and_state(empty: Desk, owner: Person) -> None:
    held = added(empty, "chen")
    asked = PersonAsked(name="", role="analyst", active=True, base_version=held.version)
    changed = membership.change(empty, held.id, asked, owner)
    assert (changed.login, changed.name, changed.role, changed.version) == ("chen", "chen", "analyst", 2)
    with pytest.raises(ConflictError):
        membership.change(empty, held.id, asked.model_copy(update={"role": "admin"}), owner)
    assert empty.people.person(held.id).role == "analyst"


@pytest.mark.parametrize("role", [role for role in ROLES if role != "owner"])
def test_nobody_but_an_owner_makes_owners(empty: Desk, owner: Person, role: Role) -> None:
    by = added(empty, "chen", role)
    other = added(empty, "wang")
    asked = PersonAsked(name="Wang", role="owner", active=True, base_version=other.version)
    with pytest.raises(ForbiddenError):
        membership.change(empty, other.id, asked, by)
    with pytest.raises(ForbiddenError):
        membership.add(empty, NewPerson(login="yu", role="owner"), by)
    assert [one.login for one in empty.people.all() if one.role == "owner"] == [owner.login]


def test_a_new_password_is_told_once_and_has_to_be_changed(empty: Desk, owner: Person) -> None:
    held = added(empty, "chen")
    first, second = (membership.new_password(empty, held.id, owner) for _ in range(2))
    assert first.password != second.password
    assert first.person.must_change
    assert second.password not in str(membership.everybody(empty))
    with pytest.raises(NotFoundError):
        membership.new_password(empty, "nobody", owner)


def test_whoever_is_not_there_is_told_with_who_is(empty: Desk, owner: Person) -> None:
    with pytest.raises(NotFoundError) as missing:
        membership.called(empty, "mallory" * 20)
    assert "li@tea.example" in missing.value.hint
    assert len(missing.value.details["login"]) == 60


def test_everybody_may_everything_before_there_is_an_owner(empty: Desk) -> None:
    state = membership.state(empty, None)
    assert (state.needed, state.person, state.permissions) == (False, None, PERMISSIONS)


def test_nobody_may_anything_once_there_is_one(empty: Desk, owner: Person) -> None:
    """Also where what whoever acts may do was left at all."""
    state = membership.state(empty, None)
    assert (state.needed, state.person, state.permissions) == (True, None, ())


def test_what_somebody_may_is_what_holds_for_the_call(empty: Desk, owner: Person, nobody: None) -> None:
    assert membership.state(empty, owner).permissions == ()
    assert set(membership.begun(empty, owner).permissions) == MAY["owner"]


def test_a_first_password_lets_one_do_nothing(empty: Desk, owner: Person) -> None:
    state = membership.begun(empty, added(empty, "chen", "admin"))
    assert (state.must_change, state.permissions) == (True, ())


def test_roles_are_told_with_what_they_may_in_the_order_of_the_table(empty: Desk, owner: Person) -> None:
    told = membership.everybody(empty)
    assert [one.key for one in told.roles] == list(ROLES)
    for role in told.roles:
        assert list(role.permissions) == [one for one in PERMISSIONS if one in MAY[role.key]]
    assert {one.key for one in told.permissions if not one.for_keys} == NOT_FOR_KEYS


def test_instants_are_told_in_the_zone_of_the_workspace(empty: Desk, owner: Person) -> None:
    told = membership.told(owner, ZoneInfo("Asia/Shanghai"))
    assert told.made_at == owner.made_at
    offset = told.made_at.utcoffset()
    assert offset is not None
    assert offset.total_seconds() == 8 * 3600
    assert told.signed_in_at is None


def test_keys_are_told_without_secrets_and_whose_they_are(empty: Desk, owner: Person) -> None:
    chen = added(empty, "chen", "operator")
    made = membership.make_key(empty, chen, NewApiKey(name=" nightly ", permissions=("numbers.read",), days=2))
    assert (made.key.name, made.key.login, made.key.mine) == ("nightly", "chen", True)
    assert membership.keys(empty, owner, everybodys=False) == []
    (key,) = membership.keys(empty, owner, everybodys=True)
    assert (key.id, key.mine) == (made.key.id, False)
    assert made.secret not in key.model_dump_json()


def test_a_key_without_a_name_is_refused(empty: Desk, owner: Person) -> None:
    with pytest.raises(InputError):
        membership.make_key(empty, owner, NewApiKey(name="  ", permissions=("numbers.read",)))


def test_sessions_are_told_with_the_one_that_asks(empty: Desk, owner: Person) -> None:
    begun = [empty.signing_in.begin_as(owner, browser=None, agent=agent) for agent in ("one", "two")]
    told = membership.sessions(empty, owner, begun[0].session.id)
    assert {one.agent: one.current for one in told} == {"one": True, "two": False}


# Whom a provider brings


@pytest.fixture
def people(empty: Desk, owner: Person) -> People:
    return empty.people


@pytest.mark.parametrize("role", [role for role in ROLES if role != "owner"])
def test_somebody_new_of_a_provider_has_its_role_and_no_password(people: People, empty: Desk, role: Role) -> None:
    came = people.from_provider("chen@tea.example", "Chen", role)
    assert (came.role, came.must_change, came.active) == (role, False, True)
    for password in ("", "x", PASSWORD):
        with pytest.raises(SignInError):
            empty.signing_in.sign_in(came.login, password, browser=None, address="10.0.0.1", agent="")


def test_somebody_known_keeps_their_role_whatever_the_provider_brings(people: People, owner: Person) -> None:
    assert people.from_provider(owner.login, "Mallory", "viewer") == owner
    assert people.from_provider(owner.login, "", None).name == "Li"


def test_somebody_unknown_without_a_role_is_refused_and_nobody_is_added(people: People) -> None:
    with pytest.raises(SignInError):
        people.from_provider("mallory@tea.example", "", None)
    assert len(people.all()) == 1


def test_whoever_is_switched_off_stays_out_and_off(people: People, owner: Person) -> None:
    came = people.from_provider("chen@tea.example", "Chen", "viewer")
    people.change(came.model_copy(update={"active": False}), owner)
    with pytest.raises(SignInError):
        people.from_provider(came.login, "Chen", "admin")
    assert not people.person(came.id).active


def test_a_first_password_that_nobody_used_is_taken_away(people: People, empty: Desk, owner: Person) -> None:
    made, password = people.add("chen@tea.example", "Chen", "analyst", owner)
    came = people.from_provider(made.login, "Chen", None)
    assert (came.id, came.must_change) == (made.id, False)
    with pytest.raises(SignInError):
        empty.signing_in.sign_in(made.login, password, browser=None, address="10.0.0.1", agent="")


@pytest.mark.parametrize("login", ["%", "_", "l_@tea.example", "li@tea.exampl_", "li%"])
def test_a_login_is_looked_for_to_the_letter(people: People, login: str) -> None:
    with pytest.raises(SignInError):
        people.from_provider(login, "", None)


@pytest.mark.parametrize(
    "email", [f"li@tea.example{KELVIN}", "l\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}@tea.example"]
)
def test_an_address_that_looks_alike_brings_nobody(empty: Desk, owner: Person, email: str) -> None:
    with pytest.raises((InputError, SignInError)):
        membership.from_provider(empty, email, "Li")
    assert empty.people.all() == [owner]


def test_an_address_that_becomes_another_in_small_letters_is_not_that_one(empty: Desk, owner: Person) -> None:
    added(empty, "mark@tea.example", "admin")
    with pytest.raises(InputError):
        membership.from_provider(empty, f"mar{KELVIN}@tea.example", "Mark")


def test_without_a_provider_an_address_of_no_domain_brings_nobody(empty: Desk, owner: Person) -> None:
    for email in ("chen", "chen@tea.example"):
        with pytest.raises(SignInError):
            membership.from_provider(empty, email, "Chen")
