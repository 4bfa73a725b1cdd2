"""The outbox, consent, halts, dispatchers and staff tasks."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

REFUSED = "consent can only be added to"
STAYS = {
    "sqlite": [
        f"CREATE TRIGGER consents_no_update BEFORE UPDATE ON consents BEGIN SELECT RAISE(ABORT, '{REFUSED}'); END",
    ],
    "postgresql": [
        f"""CREATE OR REPLACE FUNCTION consents_stay() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '{REFUSED}'; END $$""",
        """CREATE TRIGGER consents_no_change BEFORE UPDATE ON consents
        FOR EACH STATEMENT EXECUTE FUNCTION consents_stay()""",
    ],
}


def upgrade() -> None:
    """Make the tables, and have the database refuse to change what was said of consent; it goes with its customer."""
    _outbox()
    _halts()
    _consents()
    _dispatchers()
    _tasks()
    for statement in STAYS[op.get_bind().dialect.name]:
        op.execute(statement)


def _outbox() -> None:
    op.create_table("outbox", *_touch(), *_life())
    due = sa.text("state = 'queued'")
    op.create_index(
        "outbox_due", "outbox", ["channel", "purpose", "next_try_at"], sqlite_where=due, postgresql_where=due
    )
    op.create_index("outbox_state", "outbox", ["state", "channel"])
    op.create_index("outbox_campaign", "outbox", ["campaign", "state"])
    op.create_index("outbox_customer", "outbox", ["customer_id"])


def _touch() -> list[sa.Column[str]]:
    return [
        sa.Column("touch_id", sa.String(64), primary_key=True),
        sa.Column("campaign", sa.String(60), nullable=False),
        sa.Column("play", sa.String(60), nullable=False),
        sa.Column("customer_id", sa.String(500), nullable=False),
        sa.Column("channel", sa.String(60), nullable=False),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.Column("purpose", sa.String(10), nullable=False),
        sa.Column("address", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("due_at", sa.String(27), nullable=False),
        sa.Column("not_after", sa.String(27)),
        sa.Column("queued_at", sa.String(27), nullable=False),
    ]


def _life() -> list[sa.Column[str] | sa.Column[int]]:
    return [
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False),
        sa.Column("next_try_at", sa.String(27), nullable=False),
        sa.Column("tried_at", sa.String(27)),
        sa.Column("worker", sa.String(32)),
        sa.Column("provider_id", sa.String(200)),
        sa.Column("error_class", sa.String(20)),
        sa.Column("error_code", sa.String(80)),
        sa.Column("error_text", sa.Text),
        sa.Column("settled_at", sa.String(27)),
    ]


def _halts() -> None:
    op.create_table(
        "halts",
        sa.Column("scope", sa.String(10), primary_key=True),
        sa.Column("key", sa.String(60), primary_key=True),
        sa.Column("kind", sa.String(10), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
    )


def _consents() -> None:
    number = sa.BigInteger().with_variant(sa.Integer, "sqlite")
    op.create_table(
        "consents",
        sa.Column("number", number, primary_key=True, autoincrement=True),
        sa.Column("customer_id", sa.String(500), nullable=False),
        sa.Column("channel", sa.String(60), nullable=False),
        sa.Column("topic", sa.String(60), nullable=False),
        sa.Column("given", sa.Boolean, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("source", sa.String(40), nullable=False),
        sa.Column("proof", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
    )
    op.create_index("consents_customer", "consents", ["customer_id", "at"])


def _dispatchers() -> None:
    op.create_table(
        "dispatchers",
        sa.Column("worker", sa.String(32), primary_key=True),
        sa.Column("beat", sa.Integer, nullable=False),
        sa.Column("place", sa.String(200), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("seen_at", sa.String(27), nullable=False),
    )


def _tasks() -> None:
    op.create_table(
        "staff_tasks",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("customer_id", sa.String(500), nullable=False),
        sa.Column("staff", sa.String(100), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("due_at", sa.String(27), nullable=False),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("ended_at", sa.String(27)),
        sa.Column("ended_by", sa.String(200), nullable=False),
    )
    op.create_index("staff_tasks_staff", "staff_tasks", ["staff", "state"])
    op.create_index("staff_tasks_customer", "staff_tasks", ["customer_id"])
