"""Membership: people, sessions and keys as the console, the command line and the API ask for them."""

from __future__ import annotations

import re
from zoneinfo import ZoneInfo

from titian.app.answers.people import (
    AddedPerson,
    ApiKeyInfo,
    MadeApiKey,
    NewApiKey,
    NewPerson,
    PeopleList,
    PermissionInfo,
    PersonAsked,
    PersonInfo,
    RoleInfo,
    SessionInfo,
    SessionState,
    SetUpAsked,
)
from titian.app.desk import Desk
from titian.app.permitted import permitted
from titian.app.texts import LONGEST_NAME, text
from titian.domain.permission import (
    MAY,
    NOT_FOR_KEYS,
    PERMISSION_WORDS,
    PERMISSIONS,
    ROLE_WORDS,
    ROLES,
    Permission,
)
from titian.domain.person import ApiKey, Person, Session
from titian.errors import InputError, NotFoundError

_LOGIN = re.compile(r"[a-z0-9一-鿿_.+-]+(@[a-z0-9一-鿿.-]+)?", re.IGNORECASE | re.ASCII)
"""Latin letters without accents and Chinese characters: of others some look like these or become them in small letters."""


def state(desk: Desk, person: Person | None) -> SessionState:
    """Whether one has to sign in, and who did."""
    is_open = desk.is_open()
    return _state(desk, person, frozenset() if person is None and not is_open else permitted.get(), is_open=is_open)


def begun(desk: Desk, person: Person) -> SessionState:
    """The same of somebody who signed in just now."""
    return _state(desk, person, frozenset() if person.must_change else person.may, is_open=False)


def _state(desk: Desk, person: Person | None, may: frozenset[Permission], *, is_open: bool) -> SessionState:
    settings = desk.workspace.settings
    return SessionState(
        needed=not is_open,
        person=person and told(person, desk.workspace.zone),
        permissions=tuple(one for one in PERMISSIONS if one in may),
        must_change=person is not None and person.must_change,
        provider=settings.server.openid and settings.server.openid.name,
        workspace=settings.name,
        language=settings.language,
    )


def everybody(desk: Desk) -> PeopleList:
    """Everybody who may sign in, and what roles may do."""
    zone = desk.workspace.zone
    return PeopleList(
        people=tuple(told(one, zone) for one in desk.people.all()),
        roles=tuple(RoleInfo(key=role, name=ROLE_WORDS[role], permissions=_in_order(MAY[role])) for role in ROLES),
        permissions=tuple(
            PermissionInfo(key=one, name=PERMISSION_WORDS[one], for_keys=one not in NOT_FOR_KEYS) for one in PERMISSIONS
        ),
    )


def set_up(desk: Desk, asked: SetUpAsked) -> Person:
    """Add the first owner. Raises InputError, and ConflictError where somebody is there already."""
    login = checked_login(asked.login)
    return desk.people.set_up(login, _name(asked.name, login), asked.password)


def from_provider(desk: Desk, email: str, name: str) -> Person:
    """Who a provider says has come. Raises SignInError for whom nobody added, InputError for a strange address."""
    provider = desk.workspace.settings.server.openid
    login = checked_login(email)
    known = provider is not None and login.rpartition("@")[2] in {domain.lower() for domain in provider.domains}
    role = provider.role if provider is not None and known else None
    return desk.people.from_provider(login, _name(name[:LONGEST_NAME], login), role)


def add(desk: Desk, asked: NewPerson, by: Person | None) -> AddedPerson:
    """Add somebody, with a password for the first time."""
    login = checked_login(asked.login)
    made, password = desk.people.add(login, _name(asked.name, login), asked.role, by)
    return AddedPerson(person=told(made, desk.workspace.zone), password=password)


def change(desk: Desk, key: str, asked: PersonAsked, by: Person | None) -> PersonInfo:
    """Give somebody another name, role or state."""
    held = desk.people.person(key)
    changed = held.model_copy(
        update={
            "name": _name(asked.name, held.login),
            "role": asked.role,
            "active": asked.active,
            "version": asked.base_version,
        }
    )
    return told(desk.people.change(changed, by), desk.workspace.zone)


def new_password(desk: Desk, key: str, by: Person | None) -> AddedPerson:
    """Give somebody another password for once."""
    password = desk.people.new_password(key, by)
    return AddedPerson(person=told(desk.people.person(key), desk.workspace.zone), password=password)


def called(desk: Desk, login: str) -> Person:
    """Who signs in so. Raises NotFoundError with those who do."""
    found = {one.login: one for one in desk.people.all()}
    wanted = login.strip().lower()
    if wanted not in found:
        there = ", ".join(found) or "–"
        raise NotFoundError(
            f"nobody signs in as {login[:60]!r}",
            f"people here: {there}",
            zh=f"没有登录名为 {login[:60]!r} 的成员",
            hint_zh=f"现有成员：{there}",
            login=login[:60],
        )
    return found[wanted]


def sessions(desk: Desk, person: Person, current: str | None) -> list[SessionInfo]:
    """Where somebody is signed in."""
    zone = desk.workspace.zone
    return [_session(one, current, zone) for one in desk.signing_in.sessions(person)]


def keys(desk: Desk, person: Person | None, *, everybodys: bool) -> list[ApiKeyInfo]:
    """One's own keys, or everybody's."""
    logins = {one.id: one.login for one in desk.people.all()}
    asked = None if everybodys or person is None else person.id
    zone = desk.workspace.zone
    return [_key(one, logins[one.person], person, zone) for one in desk.api_keys.listed(asked) if one.person in logins]


def make_key(desk: Desk, owner: Person, asked: NewApiKey) -> MadeApiKey:
    """A key of somebody."""
    name = text(asked.name, "name", LONGEST_NAME, needed=True)
    made, secret = desk.api_keys.make(owner, name, asked.permissions, asked.days)
    return MadeApiKey(key=_key(made, owner.login, owner, desk.workspace.zone), secret=secret)


def checked_login(given: str) -> str:
    """A login as it is kept. Raises InputError for what is none."""
    typed = given.strip()
    login = typed.lower()
    if not _LOGIN.fullmatch(typed) or not 2 <= len(login) <= 200:
        raise InputError(
            f"{given[:60]!r} can't be a login",
            "use an e-mail address, or a short name of a to z, Chinese characters, digits, . _ and -",
            zh=f"{given[:60]!r} 不能作为登录名",
            hint_zh="请使用邮箱地址，或由英文字母、汉字、数字和 . _ - 组成的短名",
            field="login",
        )
    return login


def told(person: Person, zone: ZoneInfo) -> PersonInfo:
    """Somebody as shown."""
    return PersonInfo(
        **person.model_dump(exclude={"made_at", "signed_in_at"}),
        made_at=person.made_at.astimezone(zone),
        signed_in_at=person.signed_in_at and person.signed_in_at.astimezone(zone),
    )


def _in_order(may: frozenset[Permission]) -> tuple[Permission, ...]:
    return tuple(one for one in PERMISSIONS if one in may)


def _name(given: str, login: str) -> str:
    return text(given, "name", LONGEST_NAME) or login.partition("@")[0]


def _session(session: Session, current: str | None, zone: ZoneInfo) -> SessionInfo:
    return SessionInfo(
        id=session.id,
        made_at=session.made_at.astimezone(zone),
        seen_at=session.seen_at.astimezone(zone),
        agent=session.agent,
        current=session.id == current,
    )


def _key(key: ApiKey, login: str, asks: Person | None, zone: ZoneInfo) -> ApiKeyInfo:
    instants = {
        name: at and at.astimezone(zone) for name in ("made_at", "expires_at", "used_at") for at in [getattr(key, name)]
    }
    return ApiKeyInfo(
        **key.model_dump(exclude={"person", "made_at", "expires_at", "used_at"}),
        **instants,
        login=login,
        mine=asks is not None and asks.id == key.person,
    )
