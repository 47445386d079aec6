"""The store of corrections in a database."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, exists, func, insert, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from backend.store.corrections import Correction, Kept, StoreFullError, StoreUnavailableError, Summary
from backend.store.engine import WRITING, make_engine, translated
from backend.store.settings import StoreSettings
from backend.store.tables import REVISION, CorrectionRow, TeacherRow, TotalsRow

ATTEMPTS = 10  # at finding a teacher's row that another request keeps deleting
STORED_BYTES = func.coalesce(func.length(CorrectionRow.strokes), 0) + func.length(CorrectionRow.pixels)


class DatabaseStore:
    """A CorrectionStore in SQLite or PostgreSQL. To be made in the very process that uses it.

    Several processes and threads may use the same database.
    """

    def __init__(self, settings: StoreSettings):
        """Use the database that `settings` name; it is connected to when it is first needed."""
        self._settings = settings
        self._engine = make_engine(settings.database_url)
        self._insert: Any = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}[
            self._engine.dialect.name
        ]
        self._ready = False

    def close(self) -> None:
        """Close the connections."""
        self._engine.dispose()

    def keep(self, teacher: bytes, correction: Correction) -> tuple[Kept, bool]:
        """Store `correction`; see CorrectionStore."""
        row = _as_row(correction)
        with self._session(writing=True) as session:
            number = self._lock(session, teacher)
            stored = session.scalar(_of(number).where(CorrectionRow.id == correction.id))
            if stored:
                return _as_kept(stored), False
            self._take_room(session, number, len(row["strokes"] or "") + len(row["pixels"]))
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
        with self._session() as session:
            found = session.execute(counts).all()
        return Summary(sum(count for _, count in found), [collection for collection, _ in found])

    def newest(self, teacher: bytes, most: int, after: UUID | None = None) -> list[Kept]:
        """Return a teacher's corrections, newest first; see CorrectionStore."""
        own = select(CorrectionRow).join(TeacherRow).where(TeacherRow.secret_hash == teacher)
        with self._session() as session:
            page = own.order_by(CorrectionRow.number.desc()).limit(most)
            if after:
                last = session.scalar(own.where(CorrectionRow.id == after))
                if last is None:
                    raise KeyError(after)
                page = page.where(CorrectionRow.number < last.number)
            return [_as_kept(row) for row in session.scalars(page)]

    def delete(self, teacher: bytes, correction: UUID) -> bool:
        """Delete one of a teacher's corrections; return whether there was one."""
        return self._delete(teacher, CorrectionRow.id == correction) == 1

    def delete_all(self, teacher: bytes) -> int:
        """Delete everything of `teacher`; return how many corrections there were."""
        return self._delete(teacher)

    def _delete(self, teacher: bytes, *which: Any) -> int:
        with self._session(writing=True) as session:
            known = select(TeacherRow.number).where(TeacherRow.secret_hash == teacher).with_for_update()
            number = session.scalar(known)
            if number is None:
                return 0
            chosen = (CorrectionRow.teacher == number, *which)
            count, size = session.execute(
                select(func.count(), func.coalesce(func.sum(STORED_BYTES), 0)).where(*chosen)
            ).one()
            session.execute(delete(CorrectionRow).where(*chosen))
            session.execute(
                update(TotalsRow).values(
                    corrections=TotalsRow.corrections - count, stored_bytes=TotalsRow.stored_bytes - size
                )
            )
            if not session.scalar(select(exists().where(CorrectionRow.teacher == number))):
                session.execute(delete(TeacherRow).where(TeacherRow.number == number))
            return cast(int, count)

    def _lock(self, session: Session, teacher: bytes) -> int:
        """Return the number of `teacher`, whose row no other transaction has or gets until this one ends."""
        known = select(TeacherRow.number).where(TeacherRow.secret_hash == teacher).with_for_update()
        for _ in range(ATTEMPTS):
            number = session.scalar(known)
            if number is not None:
                return number
            session.execute(self._insert(TeacherRow).values(secret_hash=teacher).on_conflict_do_nothing())
        raise StoreUnavailableError("a teacher's row was deleted as often as it was made")

    def _take_room(self, session: Session, teacher: int, size: int) -> None:
        """Count a correction of `size` bytes in, or raise StoreFullError."""
        kept = session.scalar(select(func.count()).where(CorrectionRow.teacher == teacher))
        if (kept or 0) >= self._settings.max_corrections_each:
            raise StoreFullError(
                f"You keep {kept:,} corrections, which is as many as one may. Delete some, then try again."
            )
        room = update(TotalsRow).where(
            TotalsRow.corrections < self._settings.max_corrections,
            TotalsRow.stored_bytes + size <= self._settings.max_store_bytes,
        )
        taken = session.execute(
            room.values(
                corrections=TotalsRow.corrections + 1, stored_bytes=TotalsRow.stored_bytes + size
            ).returning(TotalsRow.number)
        ).first()
        if taken is None:
            raise StoreFullError(
                "This server keeps as many corrections as it may, of all its visitors together. Whoever runs "
                "it can make room; drawings are read as before."
            )

    @contextmanager
    def _session(self, writing: bool = False) -> Iterator[Session]:
        """A transaction, committed at the end of the block; nothing of it stays if the block fails."""
        with translated():
            self.prepare()
            with Session(self._engine.execution_options(**{WRITING: writing})) as session, session.begin():
                yield session

    def prepare(self) -> None:
        """Bring the database up to date, unless this process has seen that it is."""
        if self._ready:
            return
        try:
            with self._engine.connect() as connection:
                revision = connection.execute(text("SELECT version_num FROM alembic_version")).scalar()
        except DBAPIError:  # a new database, or one that is down, which is found out again
            revision = None
        if revision != REVISION:
            from backend.store.migrations import migrate

            migrate(self._engine)
        self._ready = True


def _of(teacher: int) -> Any:
    return select(CorrectionRow).where(CorrectionRow.teacher == teacher)


def _as_row(correction: Correction) -> dict[str, Any]:
    row = dict(vars(correction))
    if correction.strokes is not None:
        row["strokes"] = json.dumps(correction.strokes, separators=(",", ":"))
    return row


def _as_kept(row: CorrectionRow) -> Kept:
    correction = Correction(
        id=row.id,
        alphabet=cast(Any, row.alphabet),
        meant=row.meant,
        read=row.read,
        confidence=row.confidence,
        model=row.model,
        kind=cast(Any, row.kind),
        strokes=None if row.strokes is None else json.loads(row.strokes),
        pixels=row.pixels,
        collection=row.collection,
    )
    return Kept(correction, row.created)
