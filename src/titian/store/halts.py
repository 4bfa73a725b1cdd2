"""Halts: everything, a channel or a campaign made to go no further, and let go again."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from titian.domain.consent import Halt, Scope
from titian.errors import ConflictError, NotFoundError
from titian.store.instants import read, written
from titian.store.reach_tables import HALTS, OUTBOX


def halt(connection: Connection, made: Halt) -> bool:
    """Halt something; whether that is new. A pause becomes a stop, a stop stays one. What a stop meets is cancelled."""
    held = _one(connection, made.scope, made.key)
    if held is not None and (held.kind == "stop" or made.kind == "pause"):
        return False
    if held is not None:
        connection.execute(delete(HALTS).where(*_same(made.scope, made.key)))
    row = {"scope": made.scope, "key": made.key, "kind": made.kind, "by": made.by, "at": written(made.at)}
    connection.execute(insert(HALTS), {**row, "why": made.why})
    if made.kind == "stop":
        waiting = (OUTBOX.c.campaign == made.key, OUTBOX.c.state.in_(["queued", "paused"]))
        cancelled = {"state": "cancelled", "error_code": "stopped", "settled_at": written(made.at)}
        connection.execute(update(OUTBOX).where(*waiting).values(cancelled))
    return True


def resume(connection: Connection, scope: Scope, key: str) -> Halt:
    """End a pause; touches that it put aside are queued again. Raises NotFoundError, and ConflictError for a stop."""
    held = _one(connection, scope, key)
    if held is None:
        raise _nothing(scope, key)
    if held.kind == "stop":
        raise _for_good(key)
    connection.execute(delete(HALTS).where(*_same(scope, key)))
    if scope == "campaign":
        aside = (OUTBOX.c.campaign == key, OUTBOX.c.state == "paused")
        connection.execute(update(OUTBOX).where(*aside).values(state="queued", error_code=None))
    return held


def listed(connection: Connection) -> list[Halt]:
    """All that is halted, the newest first."""
    return [_halt(row) for row in connection.execute(select(HALTS).order_by(HALTS.c.at.desc(), HALTS.c.key))]


def _one(connection: Connection, scope: Scope, key: str) -> Halt | None:
    found = connection.execute(select(HALTS).where(*_same(scope, key))).one_or_none()
    return None if found is None else _halt(found)


def _same(scope: Scope, key: str) -> tuple[Any, ...]:
    return (HALTS.c.scope == scope, HALTS.c.key == key)


def _halt(row: Row[Any]) -> Halt:
    return Halt(**{**row._asdict(), "at": read(row.at)})


def _nothing(scope: Scope, key: str) -> NotFoundError:
    said = " ".join(part for part in (scope, key) if part)
    return NotFoundError(
        f"{said} is not paused",
        "titian outbox lists what is",
        zh=f"{said} 没有被暂停",
        hint_zh="用 titian outbox 查看已暂停的内容",
        scope=scope,
        key=key,
    )


def _for_good(key: str) -> ConflictError:
    return ConflictError(
        f"campaign {key} was stopped, and its touches cancelled",
        "make another campaign for those who are still to be reached",
        zh=f"活动 {key} 已停止，其触达已取消",
        hint_zh="如仍需触达，请新建活动",
        key=key,
    )
