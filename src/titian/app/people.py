"""The people of a workspace in its store: each change in one transaction with its line in the audit log."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import uuid4

from titian.app import passwords
from titian.app.acting import acting_as
from titian.app.stored import Stored
from titian.app.trail import Trail
from titian.domain.permission import Role
from titian.domain.person import Person
from titian.errors import ConflictError, ForbiddenError, SignInError
from titian.store import people, sessions
from titian.store.database import Connection


class People:
    """Who may sign in. `by` is who does it; None is whoever has the files of the workspace, who may all."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored

    @property
    def _trail(self) -> Trail:
        return Trail(self._stored.store)

    def all(self) -> list[Person]:
        """Everybody, by login."""
        if (store := self._stored.there) is None:
            return []
        with store.reading() as connection:
            return people.everybody(connection)

    def person(self, key: str) -> Person:
        """One of them. Raises NotFoundError."""
        with self._stored.store.reading() as connection:
            return people.person(connection, key)

    def set_up(self, login: str, name: str, password: str) -> Person:
        """Add the first owner, from when on one has to sign in. Raises ConflictError when somebody is there already."""
        made = _made(login, name, "owner", must_change=False)
        kept = passwords.hashed(passwords.checked(password, login))
        with acting_as(login), self._trail.telling("person.add", made.id) as telling:
            if people.any_there(telling.connection):
                raise ConflictError(
                    "this workspace has an owner already",
                    "sign in, or ask the owner to add you",
                    zh="本工作区已有所有者",
                    hint_zh="请登录，或请所有者添加你",
                )
            people.add(telling.connection, made, kept)
            telling.tell(login=made.login, role=made.role)
        return made

    def add(self, login: str, name: str, role: Role, by: Person | None) -> tuple[Person, str]:
        """Add somebody with a password that is told here once, and has to be changed when they first sign in.

        Raises ConflictError for a login that is taken, or when nobody is there and it is no owner; ForbiddenError.
        """
        _may_make(role, by)
        made = _made(login, name, role, must_change=True)
        password = passwords.made()
        kept = passwords.hashed(password)
        with self._trail.telling("person.add", made.id) as telling:
            if role != "owner" and not people.any_there(telling.connection):
                raise ConflictError(
                    "the first one has to be an owner: else nobody could change anything here",
                    "add the owner first",
                    zh="第一位成员必须是所有者，否则谁都无法修改设置",
                    hint_zh="请先添加所有者",
                )
            people.add(telling.connection, made, kept)
            telling.tell(login=made.login, role=made.role)
        return made, password

    def from_provider(self, login: str, name: str, role: Role | None) -> Person:
        """Who a provider says has come: somebody who is here, or, with a role, somebody new of that role.

        Raises SignInError for whom nobody added, or who may not sign in.
        """
        with acting_as(login), self._trail.telling("person.add", login) as telling:
            found = people.called(telling.connection, login)
            if found is None and role is not None:
                made = _made(login, name, role, must_change=False)
                people.add(telling.connection, made, None)
                telling.tell(login=login, role=role, by="provider")
                return made
            if found is None or not found[0].active:
                raise SignInError(
                    f"{login} has no place here",
                    "ask an admin to add you with this address",
                    zh=f"{login} 不是本工作区的成员",
                    hint_zh="请联系管理员用此邮箱添加你",
                )
            if found[0].must_change:
                people.without_password(telling.connection, found[0].id)
            return people.person(telling.connection, found[0].id)

    def change(self, changed: Person, by: Person | None) -> Person:
        """Give somebody another name, role or state; who may do less, or nothing, may so at once.

        `changed.version` is the one that was looked at. Raises ConflictError, NotFoundError, ForbiddenError.
        """
        with self._trail.telling("person.change", changed.id) as telling:
            held = people.person(telling.connection, changed.id)
            _may_change(held, by, lets_go=(held.role, held.active) != (changed.role, changed.active))
            _may_make(changed.role, by)
            if changed == held:
                return held
            newer = people.change(telling.connection, changed)
            _keep_an_owner(telling.connection)
            if not newer.active:
                sessions.end_all(telling.connection, newer.id)
            telling.tell(role=newer.role, active=newer.active, version=newer.version)
        return newer

    def new_password(self, key: str, by: Person | None) -> str:
        """Give somebody another password, told here once; they are signed out everywhere. Raises NotFoundError."""
        password = passwords.made()
        kept = passwords.hashed(password)
        with self._trail.telling("person.password", key) as telling:
            _may_change(people.person(telling.connection, key), by, lets_go=True)
            people.set_password(telling.connection, key, kept, must_change=True)
            sessions.forget_browsers(telling.connection, key)
            telling.tell(sessions=sessions.end_all(telling.connection, key))
        return password

    def remove(self, key: str, by: Person | None) -> None:
        """Take somebody away, with sessions and keys; what they did stays in the log. Raises NotFoundError."""
        with self._trail.telling("person.remove", key) as telling:
            _may_change(people.person(telling.connection, key), by, lets_go=True)
            gone = people.remove(telling.connection, key)
            _keep_an_owner(telling.connection)
            telling.tell(login=gone.login, role=gone.role)


def _made(login: str, name: str, role: Role, *, must_change: bool) -> Person:
    now = datetime.now(UTC)
    return Person(id=uuid4().hex, login=login, name=name, role=role, must_change=must_change, made_at=now)


def _may_make(role: Role, by: Person | None) -> None:
    if role == "owner" and by is not None and by.role != "owner":
        raise _only_owners()


def _may_change(held: Person, by: Person | None, *, lets_go: bool) -> None:
    if by is None:
        return
    if held.role == "owner" and by.role != "owner":
        raise _only_owners()
    if lets_go and held.id == by.id:
        raise ForbiddenError(
            "nobody changes their own role or state, or removes themselves",
            "ask another owner or admin; your password you change under your own name",
            zh="不能修改自己的角色和状态，也不能删除自己",
            hint_zh="请另一位所有者或管理员操作；密码可在自己的账户中修改",
        )


def _only_owners() -> ForbiddenError:
    return ForbiddenError(
        "only an owner makes, changes or removes owners",
        "ask an owner",
        zh="只有所有者能添加、修改或删除所有者",
        hint_zh="请联系所有者",
    )


def _keep_an_owner(connection: Connection) -> None:
    if not people.owners(connection):
        raise ConflictError(
            "the last owner stays: without one nobody could change anything here",
            "make somebody else an owner first",
            zh="必须保留最后一位所有者，否则谁都无法修改设置",
            hint_zh="请先让另一位成员成为所有者",
        )
