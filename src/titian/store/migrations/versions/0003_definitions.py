"""Published definitions, which of them are in force, and fixed lists of customers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the tables."""
    _definitions()
    _lists()


def _definitions() -> None:
    op.create_table(
        "definitions",
        sa.Column("sort", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(60), primary_key=True),
        sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("origin", sa.String(10), nullable=False),
    )
    op.create_table(
        "definitions_in_force",
        sa.Column("sort", sa.String(20), primary_key=True),
        sa.Column("key", sa.String(60), primary_key=True),
        sa.Column("version", sa.Integer, nullable=False),
        sa.ForeignKeyConstraint(
            ["sort", "key", "version"],
            ["definitions.sort", "definitions.key", "definitions.version"],
            name="definitions_in_force_version",
        ),
    )


def _lists() -> None:
    op.create_table(
        "customer_lists",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("customers", sa.Integer, nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
    )
    op.create_table(
        "listed",
        sa.Column("list", sa.String(64), sa.ForeignKey("customer_lists.id", name="listed_list"), primary_key=True),
        sa.Column("customer_id", sa.String(500), primary_key=True),
        sa.Index("listed_customer", "customer_id"),
    )
