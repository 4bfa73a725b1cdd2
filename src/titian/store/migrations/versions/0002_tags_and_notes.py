"""Tags, their groups, who has them, what was taken away, and notes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the tables."""
    _tags()
    _holders()
    _notes()


def _tags() -> None:
    op.create_table(
        "tag_groups",
        sa.Column("key", sa.String(60), primary_key=True),
        sa.Column("zh", sa.String(200), nullable=False),
        sa.Column("en", sa.String(200), nullable=False),
        sa.Column("exclusive", sa.Boolean, nullable=False),
    )
    op.create_table(
        "tags",
        sa.Column("key", sa.String(60), primary_key=True),
        sa.Column("zh", sa.String(200), nullable=False),
        sa.Column("en", sa.String(200), nullable=False),
        sa.Column("colour", sa.String(20), nullable=False),
        sa.Column("group_key", sa.String(60), sa.ForeignKey("tag_groups.key", name="tags_group")),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("made_by", sa.String(200), nullable=False),
        sa.Column("made_at", sa.String(27), nullable=False),
    )


def _holders() -> None:
    op.create_table(
        "tagged",
        sa.Column("tag", sa.String(60), sa.ForeignKey("tags.key", name="tagged_tag"), primary_key=True),
        sa.Column("customer_id", sa.String(500), primary_key=True),
        *_how(),
    )
    op.create_index("tagged_customer", "tagged", ["customer_id"])
    op.create_index("tagged_batch", "tagged", ["batch"])
    op.create_table(
        "tag_batches",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("tag", sa.String(60), nullable=False),
        sa.Column("deed", sa.String(10), nullable=False),
        sa.Column("customers", sa.Integer, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("taken_back_at", sa.String(27)),
    )
    op.create_table(
        "untagged",
        sa.Column(
            "removed_by", sa.String(32), sa.ForeignKey("tag_batches.id", name="untagged_batch"), primary_key=True
        ),
        sa.Column("tag", sa.String(60), sa.ForeignKey("tags.key", name="untagged_tag"), primary_key=True),
        sa.Column("customer_id", sa.String(500), primary_key=True),
        *_how(),
    )
    op.create_index("untagged_tag_key", "untagged", ["tag"])


def _how() -> list[sa.Column[str]]:
    return [
        sa.Column("since", sa.String(27), nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("source", sa.String(10), nullable=False),
        sa.Column("batch", sa.String(32), nullable=False),
    ]


def _notes() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.String(32), primary_key=True),
        sa.Column("customer_id", sa.String(500), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("by", sa.String(200), nullable=False),
        sa.Column("at", sa.String(27), nullable=False),
        sa.Column("changed_at", sa.String(27)),
    )
    op.create_index("notes_customer", "notes", ["customer_id", "at"])
    op.create_index("notes_at", "notes", ["at"])
