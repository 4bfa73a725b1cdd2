"""What is known of customers, and who is in charge of them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Make the tables."""
    _known()
    _charges()


def _known() -> None:
    op.create_table(
        "known",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("customer_id", sa.String(500), nullable=False),
        sa.Column("thing", sa.String(20), nullable=False),
        sa.Column("choice", sa.String(40)),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("replaces", sa.String(32)),
        sa.Column("ended_at", sa.String(27)),
        sa.Column("taken_back_at", sa.String(27)),
    )
    op.create_index("known_customer", "known", ["customer_id", "at"])
    holds = sa.text("ended_at IS NULL")
    op.create_index(
        "known_holds", "known", ["customer_id", "thing"], unique=True, sqlite_where=holds, postgresql_where=holds
    )


def _charges() -> None:
    op.create_table("in_charge", sa.Column("customer_id", sa.String(500), primary_key=True), *_who())
    op.create_index("in_charge_staff", "in_charge", ["staff"])
    op.create_index("in_charge_batch", "in_charge", ["batch"])
    op.create_table(
        "charge_batches",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("staff", sa.String(100)),
        sa.Column("customers", sa.Integer, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("taken_back_at", sa.String(27)),
    )
    batch = sa.ForeignKey("charge_batches.id", name="relieved_batch")
    op.create_table(
        "relieved",
        sa.Column("removed_by", sa.String(32), batch, primary_key=True),
        sa.Column("customer_id", sa.String(500), primary_key=True),
        *_who(),
    )


def _who() -> list[sa.Column[str]]:
    return [
        sa.Column("staff", sa.String(100), nullable=False),
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("batch", sa.String(32), nullable=False),
    ]
