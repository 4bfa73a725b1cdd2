"""A store as an older Titian left it: the steps after one are taken back."""

from __future__ import annotations

from sqlalchemy import Connection, text

STEPS = {
    "0002": ("untagged", "tag_batches", "tagged", "tags", "tag_groups", "notes"),
    "0003": ("definitions_in_force", "definitions", "listed", "customer_lists"),
    "0004": (),
    "0005": ("sessions", "browsers", "api_keys", "people", "failures"),
    "0006": (),
    "0007": ("known", "in_charge", "relieved", "charge_batches"),
    "0008": ("outbox", "halts", "consents", "dispatchers", "staff_tasks"),
    "0009": (),
}
"""Which tables each step made, in an order in which they can be dropped."""
COLUMNS = (
    ("0004", "tags", "rule"),
    ("0006", "tags", "followed_at"),
    ("0009", "tags", "version"),
    ("0009", "tag_groups", "version"),
)
"""Which columns each step added to tables of an earlier one."""


def made_older(connection: Connection, step: str) -> list[str]:
    """Take a store back to a step; the tables that it no longer has."""
    gone = [table for number, tables in STEPS.items() if number > step for table in tables]
    for table in gone:
        connection.execute(text(f"DROP TABLE {table}"))
    for number, table, column in COLUMNS:
        if number > step and table not in gone:
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
    connection.execute(text("UPDATE alembic_version SET version_num = :step"), {"step": step})
    return gone
