"""Tags and their groups are definitions: what is there becomes the first version of each."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from alembic import op

from titian.store.instants import written

revision = "0009"
down_revision = "0008"


def _table(name: str, *columns: str) -> sa.TableClause:
    return sa.table(name, *(sa.column(one) for one in columns))


AUDIT = _table("audit", "number", "at", "actor", "action", "subject")
GROUPS = _table("tag_groups", "key", "zh", "en", "exclusive")
TAGS = _table("tags", "key", "zh", "en", "colour", "group_key", "description", "rule", "made_by", "made_at")
DEFINITIONS = _table("definitions", "sort", "key", "version", "body", "by", "at", "origin")
IN_FORCE = _table("definitions_in_force", "sort", "key", "version")


def upgrade() -> None:
    """Make room for the number of the version, and write the first ones."""
    for table in ("tag_groups", "tags"):
        op.add_column(table, sa.Column("version", sa.Integer, nullable=False, server_default="1"))
    connection = op.get_bind()
    for group in connection.execute(sa.select(GROUPS).order_by(GROUPS.c.key)).all():
        _publish("tag_groups", _body("group", group, {"exclusive": bool(group.exclusive)}), *_made(group.key))
    for tag in connection.execute(sa.select(TAGS).order_by(TAGS.c.key)).all():
        kind = "hand" if tag.rule is None else "rule"
        _publish("tags", _body(kind, tag, _said(tag), tag.description), tag.made_by, tag.made_at)


def _body(kind: str, row: sa.Row[Any], parameters: dict[str, Any], description: str = "") -> dict[str, Any]:
    return {
        "kind": kind,
        "key": row.key,
        "name": {"zh": row.zh, "en": row.en},
        "description": description,
        "version": 1,
        "fit_as_of": None,
        "parameters": parameters,
    }


def _said(tag: sa.Row[Any]) -> dict[str, Any]:
    said = {"colour": tag.colour, "group": tag.group_key, "rule": None if tag.rule is None else json.loads(tag.rule)}
    return {name: value for name, value in said.items() if value is not None}


def _made(key: str) -> tuple[str, str]:
    """Who made a group, and when: only the log says so."""
    lines = sa.select(AUDIT).where(AUDIT.c.action == "tag_group.create", AUDIT.c.subject == key)
    line = op.get_bind().execute(lines.order_by(AUDIT.c.number.desc()).limit(1)).one_or_none()
    return ("titian", written(datetime.now(UTC))) if line is None else (line.actor, line.at)


def _publish(sort: str, body: dict[str, Any], by: str, at: str) -> None:
    """Keep a version 1, and put it in force."""
    connection, number = op.get_bind(), {"sort": sort, "key": body["key"], "version": 1}
    told = {"body": json.dumps(body, ensure_ascii=False), "by": by, "at": at, "origin": "here"}
    connection.execute(sa.insert(DEFINITIONS), number | told)
    connection.execute(sa.insert(IN_FORCE), number)
