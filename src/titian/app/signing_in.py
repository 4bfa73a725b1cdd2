"""Signing in: sessions of people in browsers, begun with a password, rotated, ended here or everywhere."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import uuid4

from titian.app import passwords, throttling
from titian.app.acting import acting_as
from titian.app.signing_in_times import GRACE, IDLE, LONGEST, NOTED, ROTATED
from titian.app.stored import Stored
from titian.app.throttling import Bucket
from titian.app.trail import Trail
from titian.domain.person import Person, Session
from titian.errors import InputError, NotFoundError, SignInError
from titian.store import people, sessions
from titian.store.database import Connection

KNOWN_BROWSERS = 20
"""Of one person."""
LONGEST_AGENT = 200


@dataclass(frozen=True)
class SignedIn:
    """A session that has begun, with what the browser is to show for it, and to be known by."""

    person: Person
    session: Session
    token: str
    browser: str


@dataclass(frozen=True)
class InBrowser:
    """Whose session a browser showed; `token` is what it is to show from now on, where that changes."""

    person: Person
    session: Session
    token: str | None


class SigningIn:
    """The sessions of a workspace."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._needed = False

    @property
    def _trail(self) -> Trail:
        return Trail(self._stored.store)

    def needed(self) -> bool:
        """Whether one has to sign in: as soon as there is an owner, who stays."""
        if not self._needed and (store := self._stored.there) is not None:
            with store.reading() as connection:
                self._needed = people.any_there(connection)
        return self._needed

    def sign_in(self, login: str, password: str, *, browser: str | None, address: str, agent: str) -> SignedIn:
        """Begin a session. Raises SignInError, the same for a wrong login and a wrong password, and TooManyError."""
        now = datetime.now(UTC)
        with self._stored.store.writing() as connection:
            found = people.called(connection, login)
            buckets = _buckets(connection, login, found[0] if found else None, browser, address)
            throttling.take(connection, buckets, now)
        person, kept = found or (None, None)
        right = passwords.fits(password, kept)
        if person is None or kept is None or not right or not person.active:
            raise _wrong()
        again = passwords.hashed(password) if passwords.outdated(kept) else None
        with acting_as(login), self._trail.of("session.begin", person.id) as connection:
            throttling.forgive(connection, buckets, now)
            if again is not None:
                people.keep_hash(connection, person.id, again)
            return self._begin(connection, people.person(connection, person.id), browser, agent, now)

    def begin_as(self, person: Person, *, browser: str | None, agent: str) -> SignedIn:
        """Begin a session of somebody who was found to be themselves otherwise: the first owner, or a provider's word."""
        now = datetime.now(UTC)
        with acting_as(person.login), self._trail.of("session.begin", person.id) as connection:
            return self._begin(connection, person, browser, agent, now)

    def of_token(self, token: str) -> InBrowser | None:
        """Whose session it is; None for one that is over or never was."""
        if not 20 <= len(token) <= 200 or not token.isascii():
            return None
        now, digest = datetime.now(UTC), digest_of(token)
        with self._stored.store.reading() as connection:
            found = sessions.found(connection, digest)
            person = people.person(connection, found[0].person) if found else None
        if found is None or person is None or not person.active:
            return None
        session, present = found
        if now - session.seen_at > IDLE or now - session.made_at > LONGEST:
            return None
        if not present:
            return self._of_former(person, session, now)
        return InBrowser(person, session, self._renewed(session, digest, now))

    def sessions(self, person: Person) -> list[Session]:
        """Where somebody is signed in."""
        with self._stored.store.reading() as connection:
            return sessions.of_person(connection, person.id)

    def end(self, person: Person, key: str) -> None:
        """End one session of theirs. Raises NotFoundError, also for one of somebody else."""
        with self._trail.telling("session.end", person.id) as telling:
            if not sessions.end(telling.connection, key, person.id):
                raise NotFoundError(
                    f"you have no session {key[:60]!r}",
                    "list your sessions",
                    zh=f"你没有会话 {key[:60]!r}",
                    hint_zh="请查看自己的会话列表",
                    session=key[:60],
                )
            telling.tell(sessions=1)

    def end_all(self, person: Person) -> int:
        """Sign them out everywhere; how many sessions that were."""
        with self._trail.telling("session.end_all", person.id) as telling:
            ended = sessions.end_all(telling.connection, person.id)
            telling.tell(sessions=ended)
        return ended

    def change_password(self, person: Person, session: Session, before: str, now: str) -> None:
        """Give oneself another password; all other sessions end. Raises InputError, TooManyError."""
        buckets = throttling.of_browser(f"session {session.id}")
        with self._stored.store.writing() as connection:
            throttling.take(connection, buckets, datetime.now(UTC))
            found = people.called(connection, person.login)
        if not passwords.fits(before, found[1] if found else None):
            raise InputError(
                "the present password is another",
                "type the one with which you signed in",
                zh="当前密码不正确",
                hint_zh="请输入登录时使用的密码",
                field="password",
            )
        if before == now:
            raise InputError(
                "the new password is the one before",
                "choose another",
                zh="新密码与当前密码相同",
                hint_zh="请换一个密码",
                field="new_password",
            )
        kept = passwords.hashed(passwords.checked(now, person.login))
        with self._trail.telling("person.password", person.id) as telling:
            people.set_password(telling.connection, person.id, kept, must_change=False)
            throttling.forgive(telling.connection, buckets, datetime.now(UTC))
            telling.tell(sessions=sessions.end_all(telling.connection, person.id, but=session.id))

    def _begin(
        self, connection: Connection, person: Person, browser: str | None, agent: str, now: datetime
    ) -> SignedIn:
        token, known_by = secrets.token_urlsafe(32), browser or secrets.token_urlsafe(32)
        session = Session(
            id=uuid4().hex,
            person=person.id,
            made_at=now,
            seen_at=now,
            rotated_at=now,
            agent=agent.encode("utf-8", "replace").decode().replace("\0", "")[:LONGEST_AGENT],
        )
        sessions.sweep(connection, seen_before=now - IDLE, made_before=now - LONGEST)
        sessions.begin(connection, session, digest_of(token))
        sessions.remember(connection, person.id, digest_of(known_by), now, most=KNOWN_BROWSERS)
        people.signed_in(connection, person.id, now)
        return SignedIn(person, session, token, known_by)

    def _of_former(self, person: Person, session: Session, now: datetime) -> InBrowser | None:
        """What it showed before holds for a minute; shown later, somebody has taken it, and the session ends."""
        if now - session.rotated_at <= GRACE:
            return InBrowser(person, session, None)
        with acting_as(person.login), self._trail.of("session.end", person.id, why="shown again") as connection:
            sessions.end(connection, session.id, person.id)
        return None

    def _renewed(self, session: Session, digest: str, now: datetime) -> str | None:
        if now - session.rotated_at > ROTATED:
            token = secrets.token_urlsafe(32)
            with self._stored.store.writing() as connection:
                return token if sessions.rotate(connection, session, digest, digest_of(token), now) else None
        if now - session.seen_at > NOTED:
            with self._stored.store.writing() as connection:
                sessions.seen(connection, session.id, now)
        return None


def digest_of(token: str) -> str:
    """What is kept of something that only a browser or a program knows: it is too long to be guessed."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def _buckets(
    connection: Connection, login: str, person: Person | None, browser: str | None, address: str
) -> tuple[Bucket, ...]:
    if person is not None and browser is not None and sessions.knows(connection, person.id, digest_of(browser)):
        return throttling.of_browser(digest_of(browser))
    return throttling.of_stranger(login, address)


def _wrong() -> SignInError:
    return SignInError(
        "the login or the password is wrong",
        "try again; an admin can give you a new password",
        zh="登录名或密码不正确",
        hint_zh="请重试；忘记密码可请管理员重置",
    )
