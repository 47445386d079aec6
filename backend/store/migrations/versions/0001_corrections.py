"""Teachers, their corrections, and how much there is of them."""

import sqlalchemy as sa
from alembic import op

from backend.store.tables import RowNumber, UtcDateTime

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "teachers",
        sa.Column("number", RowNumber, primary_key=True),
        sa.Column("secret_hash", sa.LargeBinary(32), unique=True),
    )
    op.create_table(
        "corrections",
        sa.Column("number", RowNumber, primary_key=True),
        sa.Column(
            "teacher",
            RowNumber,
            sa.ForeignKey("teachers.number", name="fk_corrections_teacher"),
            nullable=False,
        ),
        sa.Column("id", sa.Uuid, nullable=False, index=True),
        sa.Column("created", UtcDateTime, nullable=False),
        sa.Column("alphabet", sa.String(16), nullable=False),
        sa.Column("meant", sa.String(8)),
        sa.Column("read", sa.String(8)),
        sa.Column("confidence", sa.Double),
        sa.Column("model", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("collection", sa.String(64), nullable=False, index=True),
        sa.Column("strokes", sa.Text),
        sa.Column("pixels", sa.LargeBinary(784), nullable=False),
        sa.UniqueConstraint("teacher", "id", name="uq_corrections_teacher_id"),
        sa.CheckConstraint("kind IN ('correction', 'confirmation', 'challenge')", name="ck_corrections_kind"),
    )
    totals = op.create_table(
        "totals",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("corrections", sa.BigInteger, nullable=False),
        sa.Column("stored_bytes", sa.BigInteger, nullable=False),
        sa.CheckConstraint("number = 1", name="ck_totals_one_row"),
    )
    op.bulk_insert(totals, [{"number": 1, "corrections": 0, "stored_bytes": 0}])


def downgrade() -> None:
    """Drop them, with all that they hold."""
    for table in ("totals", "corrections", "teachers"):
        op.drop_table(table)
