"""Tags that say when they were last in step with their rules."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Room for the moment."""
    op.add_column("tags", sa.Column("followed_at", sa.String(27)))
