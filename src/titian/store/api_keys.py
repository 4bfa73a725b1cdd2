"""API keys in the store: made, used, revoked; of the secret only a digest."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from titian.domain.person import ApiKey
from titian.errors import NotFoundError
from titian.store.instants import read, written
from titian.store.tables import API_KEYS

_SHOWN = [column for column in API_KEYS.c if column.name != "digest"]


def add(connection: Connection, key: ApiKey, digest: str) -> None:
    """Write a key down."""
    connection.execute(insert(API_KEYS), _row(key) | {"digest": digest})


def found(connection: Connection, key: str) -> tuple[ApiKey, str] | None:
    """A key with the digest of its secret."""
    row = connection.execute(select(API_KEYS).where(API_KEYS.c.id == key)).one_or_none()
    return None if row is None else (_key(row), row.digest)


def listed(connection: Connection, person: str | None = None) -> list[ApiKey]:
    """The keys of somebody, or all, the newest first."""
    asked = select(*_SHOWN).order_by(API_KEYS.c.made_at.desc(), API_KEYS.c.id)
    if person is not None:
        asked = asked.where(API_KEYS.c.person == person)
    return [_key(row) for row in connection.execute(asked)]


def used(connection: Connection, key: str, at: datetime) -> None:
    """Note when it was last used."""
    connection.execute(update(API_KEYS).where(API_KEYS.c.id == key).values(used_at=written(at)))


def revoke(connection: Connection, key: str, person: str | None) -> ApiKey:
    """Take a key away, of somebody or of whomever. Raises NotFoundError, also for one of somebody else."""
    held = found(connection, key)
    if held is None or person not in (None, held[0].person):
        raise NotFoundError(
            f"there is no API key {key[:60]!r}",
            "list the keys",
            zh=f"没有 API 密钥 {key[:60]!r}",
            hint_zh="请查看密钥列表",
            key=key[:60],
        )
    connection.execute(delete(API_KEYS).where(API_KEYS.c.id == key))
    return held[0]


def _row(key: ApiKey) -> dict[str, Any]:
    instants = {
        name: at and written(at) for name in ("made_at", "expires_at", "used_at") for at in [getattr(key, name)]
    }
    return key.model_dump() | {"permissions": json.dumps(key.permissions)} | instants


def _key(row: Row[Any]) -> ApiKey:
    held = {column.name: getattr(row, column.name) for column in _SHOWN}
    instants = {name: held[name] and read(held[name]) for name in ("made_at", "expires_at", "used_at")}
    return ApiKey(**held | {"permissions": tuple(json.loads(row.permissions))} | instants)
