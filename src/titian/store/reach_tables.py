"""The tables of reach: the outbox, consent, halts, dispatchers and staff tasks, as the newest migration leaves them."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Index, Integer, String, Table, Text, text

from titian.store.tables import LONGEST_ID, METADATA

DUE = text("state = 'queued'")
"""Said as text: an index of part of the rows is used only where a statement says the same."""

OUTBOX = Table(
    "outbox",
    METADATA,
    Column("touch_id", String(64), primary_key=True),
    Column("campaign", String(60), nullable=False),
    Column("play", String(60), nullable=False),
    Column("customer_id", String(LONGEST_ID), nullable=False),
    Column("channel", String(60), nullable=False),
    Column("topic", String(60), nullable=False),
    Column("purpose", String(10), nullable=False),
    Column("address", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("due_at", String(27), nullable=False),
    Column("not_after", String(27)),
    Column("queued_at", String(27), nullable=False),
    Column("state", String(10), nullable=False),
    Column("tries", Integer, nullable=False),
    Column("next_try_at", String(27), nullable=False),
    Column("tried_at", String(27)),
    Column("worker", String(32)),
    Column("provider_id", String(200)),
    Column("error_class", String(20)),
    Column("error_code", String(80)),
    Column("error_text", Text),
    Column("settled_at", String(27)),
    Index("outbox_due", "channel", "purpose", "next_try_at", sqlite_where=DUE, postgresql_where=DUE),
    Index("outbox_state", "state", "channel"),
    Index("outbox_campaign", "campaign", "state"),
    Index("outbox_customer", "customer_id"),
)
"""Every touch, from the moment it is decided; its row goes through the states of `domain.touch`."""

HALTS = Table(
    "halts",
    METADATA,
    Column("scope", String(10), primary_key=True),
    Column("key", String(60), primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("by", String(200), nullable=False),
    Column("at", String(27), nullable=False),
    Column("why", Text, nullable=False),
)
"""What goes no further: everything, a channel or a campaign."""

CONSENTS = Table(
    "consents",
    METADATA,
    Column("number", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True),
    Column("customer_id", String(LONGEST_ID), nullable=False),
    Column("channel", String(60), nullable=False),
    Column("topic", String(60), nullable=False),
    Column("given", Boolean, nullable=False),
    Column("at", String(27), nullable=False),
    Column("source", String(40), nullable=False),
    Column("proof", Text, nullable=False),
    Column("by", String(200), nullable=False),
    Index("consents_customer", "customer_id", "at"),
)
"""What customers agreed to and refused. Lines are added, never changed; the latest that applies holds."""

DISPATCHERS = Table(
    "dispatchers",
    METADATA,
    Column("worker", String(32), primary_key=True),
    Column("beat", Integer, nullable=False),
    Column("place", String(200), nullable=False),
    Column("since", String(27), nullable=False),
    Column("seen_at", String(27), nullable=False),
)
"""The processes that send. Each counts its beats; one whose count stands still is dead, whatever clocks say."""

TASKS = Table(
    "staff_tasks",
    METADATA,
    Column("id", String(64), primary_key=True),
    Column("customer_id", String(LONGEST_ID), nullable=False),
    Column("staff", String(100), nullable=False),
    Column("title", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("due_at", String(27), nullable=False),
    Column("state", String(20), nullable=False),
    Column("note", Text, nullable=False),
    Column("ended_at", String(27)),
    Column("ended_by", String(200), nullable=False),
    Index("staff_tasks_staff", "staff", "state"),
    Index("staff_tasks_customer", "customer_id"),
)
"""What the team is asked to do for customers."""
