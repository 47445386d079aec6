"""The tables of the store."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    DateTime,
    Dialect,
    Double,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

REVISION = "0002"  # the newest of the migrations, which makes the tables as they are here

# SQLite numbers rows by itself in a column of this very type alone.
RowNumber = BigInteger().with_variant(Integer, "sqlite")


class UtcDateTime(TypeDecorator[datetime]):
    """A time in UTC, which SQLite, knowing no time zones, would give back without one."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return `value` in UTC."""
        return value.astimezone(UTC) if value else None

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """Return `value` with its time zone."""
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)


class Base(DeclarativeBase):
    """What all tables have in common; constraints are named alike on both databases."""


class TeacherRow(Base):
    """Someone who teaches: a browser, or whoever's corrections were imported together."""

    __tablename__ = "teachers"

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)
    secret_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), unique=True
    )  # None where it was imported


class CorrectionRow(Base):
    """A drawing with what it was meant to be."""

    __tablename__ = "corrections"
    __table_args__ = (
        UniqueConstraint("teacher", "id", name="uq_corrections_teacher_id"),
        CheckConstraint("kind IN ('correction', 'confirmation', 'challenge')", name="ck_corrections_kind"),
    )

    number: Mapped[int] = mapped_column(RowNumber, primary_key=True)  # in the order of their coming
    teacher: Mapped[int] = mapped_column(ForeignKey("teachers.number", name="fk_corrections_teacher"))
    id: Mapped[UUID] = mapped_column(Uuid, index=True)
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    alphabet: Mapped[str] = mapped_column(String(16))
    meant: Mapped[str | None] = mapped_column(String(8))
    read: Mapped[str | None] = mapped_column(String(8))
    confidence: Mapped[float | None] = mapped_column(Double)
    model: Mapped[str] = mapped_column(String(100))
    kind: Mapped[str] = mapped_column(String(16))
    collection: Mapped[str] = mapped_column(String(64), index=True)
    strokes: Mapped[str | None] = mapped_column(Text)  # JSON
    pixels: Mapped[bytes] = mapped_column(LargeBinary(784))


class DrawingRow(Base):
    """A drawing that is shared by a short link."""

    __tablename__ = "drawings"

    id: Mapped[str] = mapped_column(String(22), primary_key=True)
    secret_hash: Mapped[bytes] = mapped_column(LargeBinary(32))  # of what deletes it
    created: Mapped[datetime] = mapped_column(UtcDateTime)
    ends: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    alphabet: Mapped[str] = mapped_column(String(16))
    strokes: Mapped[str] = mapped_column(Text)  # JSON


class TotalsRow(Base):
    """How much the whole store holds: one row, so that a limit costs no count of all."""

    __tablename__ = "totals"
    __table_args__ = (CheckConstraint("number = 1", name="ck_totals_one_row"),)

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=False)
    corrections: Mapped[int] = mapped_column(BigInteger)
    stored_bytes: Mapped[int] = mapped_column(BigInteger)
