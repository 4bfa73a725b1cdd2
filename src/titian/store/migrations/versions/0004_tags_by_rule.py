"""Tags that follow a rule."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Room for the rule of a tag."""
    op.add_column("tags", sa.Column("rule", sa.Text))
