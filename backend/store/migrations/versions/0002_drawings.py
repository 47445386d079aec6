"""Drawings that are shared by a short link."""

import sqlalchemy as sa
from alembic import op

from backend.store.tables import UtcDateTime

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "drawings",
        sa.Column("id", sa.String(22), primary_key=True),
        sa.Column("secret_hash", sa.LargeBinary(32), nullable=False),
        sa.Column("created", UtcDateTime, nullable=False),
        sa.Column("ends", UtcDateTime, nullable=False, index=True),
        sa.Column("alphabet", sa.String(16), nullable=False),
        sa.Column("strokes", sa.Text, nullable=False),
    )


def downgrade() -> None:
    """Drop it, with all that it holds."""
    op.drop_table("drawings")
