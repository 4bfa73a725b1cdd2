"""People in the store: added, changed, removed and looked up; what argon2id made of their passwords stays beside them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from titian.domain.person import Person
from titian.errors import ConflictError, NotFoundError
from titian.store.instants import read, written
from titian.store.tables import API_KEYS, BROWSERS, PEOPLE, SESSIONS

_SHOWN = [column for column in PEOPLE.c if column.name != "password"]


def any_there(connection: Connection) -> bool:
    """Whether somebody may sign in at all."""
    return connection.execute(select(PEOPLE.c.id).limit(1)).first() is not None


def everybody(connection: Connection) -> list[Person]:
    """All people, in the order of their logins."""
    return [_person(row) for row in connection.execute(select(*_SHOWN).order_by(PEOPLE.c.login))]


def person(connection: Connection, key: str) -> Person:
    """One of them by id. Raises NotFoundError."""
    found = connection.execute(select(*_SHOWN).where(PEOPLE.c.id == key)).one_or_none()
    if found is None:
        raise _nobody(key)
    return _person(found)


def called(connection: Connection, login: str) -> tuple[Person, str | None] | None:
    """Who signs in so, with what argon2id made of the password; None for nobody's login."""
    found = connection.execute(select(PEOPLE).where(PEOPLE.c.login == login)).one_or_none()
    return None if found is None else (_person(found), found.password)


def add(connection: Connection, made: Person, password: str | None) -> None:
    """Add somebody. Raises ConflictError for a login that is taken."""
    if called(connection, made.login) is not None:
        raise ConflictError(
            f"{made.login} is here already",
            "choose another login, or change the one who has it",
            zh=f"登录名 {made.login} 已存在",
            hint_zh="请换一个登录名，或修改已有的成员",
            login=made.login,
        )
    connection.execute(insert(PEOPLE), _row(made) | {"password": password})


def change(connection: Connection, changed: Person) -> Person:
    """Write somebody's name, role and state down, as the next version.

    Raises NotFoundError, and ConflictError for a version that is not the newest.
    """
    held = person(connection, changed.id)
    if held.version != changed.version:
        raise ConflictError(
            f"{held.login} was changed meanwhile: version {held.version}, not {changed.version}",
            "look at what it is now, then change it again",
            zh=f"成员 {held.login} 已被他人修改：现为第 {held.version} 版，而非第 {changed.version} 版",
            hint_zh="请查看最新内容后再修改",
            base_version=changed.version,
            version=held.version,
            present={"name": held.name, "role": held.role, "active": held.active},
        )
    newer = changed.model_copy(update={"version": held.version + 1})
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == changed.id).values(_row(newer)))
    return newer


def set_password(connection: Connection, key: str, password: str, *, must_change: bool) -> None:
    """Give somebody another password, of which only this is kept."""
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == key).values(password=password, must_change=must_change))


def without_password(connection: Connection, key: str) -> None:
    """Somebody signs in otherwise: the password that was made for their first time opens nothing any longer."""
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == key).values(password=None, must_change=False))


def keep_hash(connection: Connection, key: str, password: str) -> None:
    """The same password, hashed as is usual today."""
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == key).values(password=password))


def signed_in(connection: Connection, key: str, at: datetime) -> None:
    """Note when somebody signed in last."""
    connection.execute(update(PEOPLE).where(PEOPLE.c.id == key).values(signed_in_at=written(at)))


def remove(connection: Connection, key: str) -> Person:
    """Take somebody away, with sessions and keys. Raises NotFoundError."""
    gone = person(connection, key)
    for table in (SESSIONS, BROWSERS, API_KEYS):
        connection.execute(delete(table).where(table.c.person == key))
    connection.execute(delete(PEOPLE).where(PEOPLE.c.id == key))
    return gone


def owners(connection: Connection) -> int:
    """How many owners can sign in."""
    asked = select(func.count()).where(PEOPLE.c.role == "owner", PEOPLE.c.active)
    return int(connection.execute(asked).scalar_one())


def _nobody(key: str) -> NotFoundError:
    return NotFoundError(
        f"there is nobody {key[:60]!r} here",
        "list the people",
        zh=f"没有成员 {key[:60]!r}",
        hint_zh="请查看成员列表",
        person=key[:60],
    )


def _row(made: Person) -> dict[str, Any]:
    signed_in_at = made.signed_in_at and written(made.signed_in_at)
    return made.model_dump() | {"made_at": written(made.made_at), "signed_in_at": signed_in_at}


def _person(row: Row[Any]) -> Person:
    held = {name: value for name, value in row._asdict().items() if name != "password"}
    return Person(**held | {"made_at": read(row.made_at), "signed_in_at": row.signed_in_at and read(row.signed_in_at)})
