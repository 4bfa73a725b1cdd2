"""Sessions and known browsers in the store, by digests of what browsers show."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from titian.domain.person import Session
from titian.store.instants import read, written
from titian.store.tables import BROWSERS, SESSIONS

_SHOWN = [column for column in SESSIONS.c if column.name not in ("digest", "former")]


def begin(connection: Connection, session: Session, digest: str) -> None:
    """Write a session down."""
    connection.execute(insert(SESSIONS), _row(session) | {"digest": digest})


def found(connection: Connection, digest: str) -> tuple[Session, bool] | None:
    """The session of what a browser shows, and whether it is what it should show now or what it showed before."""
    asked = select(SESSIONS).where(or_(SESSIONS.c.digest == digest, SESSIONS.c.former == digest))
    row = connection.execute(asked).one_or_none()
    return None if row is None else (_session(row), row.digest == digest)


def rotate(connection: Connection, session: Session, before: str, digest: str, at: datetime) -> bool:
    """Let the browser show something else from now on; False where another call has just done so."""
    done = connection.execute(
        update(SESSIONS)
        .where(SESSIONS.c.id == session.id, SESSIONS.c.digest == before)
        .values(digest=digest, former=before, rotated_at=written(at), seen_at=written(at))
    )
    return done.rowcount == 1


def seen(connection: Connection, key: str, at: datetime) -> None:
    """Note when it was last used."""
    connection.execute(update(SESSIONS).where(SESSIONS.c.id == key).values(seen_at=written(at)))


def of_person(connection: Connection, person: str) -> list[Session]:
    """Where somebody is signed in, the one used last first."""
    asked = select(*_SHOWN).where(SESSIONS.c.person == person).order_by(SESSIONS.c.seen_at.desc(), SESSIONS.c.id)
    return [_session(row) for row in connection.execute(asked)]


def end(connection: Connection, key: str, person: str) -> bool:
    """End one session of somebody; False when they have none of this id."""
    done = connection.execute(delete(SESSIONS).where(SESSIONS.c.id == key, SESSIONS.c.person == person))
    return done.rowcount == 1


def end_all(connection: Connection, person: str, but: str | None = None) -> int:
    """End all sessions of somebody, or all but one; how many they were."""
    return connection.execute(
        delete(SESSIONS).where(SESSIONS.c.person == person, SESSIONS.c.id != (but or ""))
    ).rowcount


def sweep(connection: Connection, *, seen_before: datetime, made_before: datetime) -> None:
    """Take away what nobody used for long, or was begun too long ago."""
    old = or_(SESSIONS.c.seen_at < written(seen_before), SESSIONS.c.made_at < written(made_before))
    connection.execute(delete(SESSIONS).where(old))


def knows(connection: Connection, person: str, browser: str) -> bool:
    """Whether somebody has signed in from this browser before."""
    asked = select(BROWSERS.c.digest).where(BROWSERS.c.digest == browser, BROWSERS.c.person == person)
    return connection.execute(asked).first() is not None


def remember(connection: Connection, person: str, browser: str, at: datetime, *, most: int) -> None:
    """Know this browser of somebody from now on; of many the newest."""
    connection.execute(delete(BROWSERS).where(BROWSERS.c.digest == browser))
    connection.execute(insert(BROWSERS), {"digest": browser, "person": person, "seen_at": written(at)})
    kept = select(BROWSERS.c.digest).where(BROWSERS.c.person == person).order_by(BROWSERS.c.seen_at.desc()).limit(most)
    digests = [row.digest for row in connection.execute(kept)]
    connection.execute(delete(BROWSERS).where(BROWSERS.c.person == person, BROWSERS.c.digest.not_in(digests)))


def forget_browsers(connection: Connection, person: str) -> None:
    """Know no browser of somebody any longer."""
    connection.execute(delete(BROWSERS).where(BROWSERS.c.person == person))


def _row(session: Session) -> dict[str, Any]:
    instants = {name: written(getattr(session, name)) for name in ("made_at", "seen_at", "rotated_at")}
    return session.model_dump() | instants


def _session(row: Row[Any]) -> Session:
    held = {column.name: getattr(row, column.name) for column in _SHOWN}
    return Session(**held | {name: read(held[name]) for name in ("made_at", "seen_at", "rotated_at")})
