"""The store of corrections in a database."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, insert, select
from sqlalchemy.orm import Session

from backend.store.connections import Database
from backend.store.corrections import Correction, Kept, StoreFullError, Summary
from backend.store.rows import as_kept, as_row, remove, size_of, take_room
from backend.store.settings import StoreSettings
from backend.store.tables import CorrectionRow, TeacherRow


class DatabaseStore:
    """A CorrectionStore in SQLite or PostgreSQL. To be made in the very process that uses it.

    Several processes and threads may use the same database.
    """

    def __init__(self, settings: StoreSettings):
        """Use the database that `settings` name; it is connected to when it is first needed."""
        self._settings = settings
        self._database = Database(settings.database_url)

    def prepare(self) -> None:
        """Bring the database up to date, unless it is."""
        self._database.prepare()

    def close(self) -> None:
        """Close the connections."""
        self._database.close()

    def keep(self, teacher: bytes, correction: Correction) -> tuple[Kept, bool]:
        """Store `correction`; see CorrectionStore."""
        row = as_row(correction)
        with self._database.session(writing=True) as session:
            number = session.scalar(_number_of(teacher)) or _make_teacher(session, teacher)
            stored = session.scalar(_of(number).where(CorrectionRow.id == correction.id))
            if stored:
                return as_kept(stored), False
            self._take_room(session, number, size_of(row))
            created = datetime.now(UTC)
            session.execute(insert(CorrectionRow).values(teacher=number, created=created, **row))
        return Kept(correction, created), True

    def summary(self, teacher: bytes) -> Summary:
        """Return what is kept of `teacher`."""
        counts = (
            select(CorrectionRow.collection, func.count())
            .join(TeacherRow)
            .where(TeacherRow.secret_hash == teacher)
            .group_by(CorrectionRow.collection)
            .order_by(CorrectionRow.collection)
        )
        with self._database.session() as session:
            found = session.execute(counts).all()
        return Summary(sum(count for _, count in found), [collection for collection, _ in found])

    def newest(self, teacher: bytes, most: int, after: UUID | None = None) -> list[Kept]:
        """Return a teacher's corrections, newest first; see CorrectionStore."""
        own = select(CorrectionRow).join(TeacherRow).where(TeacherRow.secret_hash == teacher)
        with self._database.session() as session:
            page = own.order_by(CorrectionRow.number.desc()).limit(most)
            if after:
                last = session.scalar(own.where(CorrectionRow.id == after))
                if last is None:
                    raise KeyError(after)
                page = page.where(CorrectionRow.number < last.number)
            return [as_kept(row) for row in session.scalars(page)]

    def delete(self, teacher: bytes, correction: UUID) -> bool:
        """Delete one of a teacher's corrections; return whether there was one."""
        return self._delete(teacher, CorrectionRow.id == correction) == 1

    def delete_all(self, teacher: bytes) -> int:
        """Delete everything of `teacher`; return how many corrections there were."""
        return self._delete(teacher)

    def _delete(self, teacher: bytes, *which: Any) -> int:
        with self._database.session(writing=True) as session:
            number = session.scalar(_number_of(teacher))
            count = remove(session, CorrectionRow.teacher == number, *which) if number else 0
        if count:
            self._database.forget()
        return count

    def _take_room(self, session: Session, teacher: int, size: int) -> None:
        """Count a correction of `size` bytes in, or raise StoreFullError."""
        kept = session.scalar(select(func.count()).where(CorrectionRow.teacher == teacher))
        if (kept or 0) >= self._settings.max_corrections_each:
            raise StoreFullError(
                f"You keep {kept:,} corrections, which is as many as one may. Delete some, then try again."
            )
        take_room(session, 1, size, self._settings)


def _number_of(teacher: bytes) -> Select[int]:
    return select(TeacherRow.number).where(TeacherRow.secret_hash == teacher)


def _make_teacher(session: Session, teacher: bytes) -> int:
    row = TeacherRow(secret_hash=teacher)
    session.add(row)
    session.flush()
    return row.number


def _of(teacher: int) -> Select[CorrectionRow]:
    return select(CorrectionRow).where(CorrectionRow.teacher == teacher)
