"""What whoever runs the server does with the whole store: takes lessons out and in, and makes room."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import func, insert, select

from backend.store.connections import Database
from backend.store.corrections import Lesson
from backend.store.rows import STORED_BYTES, as_kept, as_row, remove, size_of, take_room
from backend.store.settings import StoreSettings
from backend.store.tables import CorrectionRow, TeacherRow

AT_ONCE = 500  # rows read or written together


class Count(NamedTuple):
    """What is kept of an alphabet in a collection."""

    collection: str
    alphabet: str
    corrections: int
    teachers: int
    stored_bytes: int


def lessons(database: Database, collection: str | None = None) -> Iterator[Lesson]:
    """Yield every lesson, of `collection` alone if one is named, in the order of their coming.

    All are as they were at one moment, whatever is stored meanwhile. Raises StoreUnavailableError.
    """
    chosen = select(CorrectionRow).order_by(CorrectionRow.number)
    if collection is not None:
        chosen = chosen.where(CorrectionRow.collection == collection)
    with database.session() as session:
        for row in session.scalars(chosen.execution_options(yield_per=AT_ONCE)):
            yield Lesson(row.teacher, as_kept(row))
            session.expunge(row)


def take_in(database: Database, settings: StoreSettings, brought: Sequence[Lesson]) -> int:
    """Store those of `brought` whose ids the store doesn't hold, all or none; return how many they were.

    A teacher of whom the store holds a lesson already stays the same; others are new, and have no secret.
    Raises StoreFullError, StoreUnavailableError.
    """
    with database.session(writing=True) as session:
        holders: dict[Any, int] = {}
        for some in _chunks([lesson.kept.correction.id for lesson in brought]):
            found = select(CorrectionRow.id, CorrectionRow.teacher).where(CorrectionRow.id.in_(some))
            holders.update({id: teacher for id, teacher in session.execute(found)})
        numbers = {
            lesson.teacher: holders[lesson.kept.correction.id]
            for lesson in brought
            if lesson.kept.correction.id in holders
        }
        new = [lesson for lesson in brought if lesson.kept.correction.id not in holders]
        for teacher in sorted({lesson.teacher for lesson in new} - set(numbers)):
            row = TeacherRow(secret_hash=None)
            session.add(row)
            session.flush()
            numbers[teacher] = row.number
        rows = [
            as_row(lesson.kept.correction)
            | {"teacher": numbers[lesson.teacher], "created": lesson.kept.created}
            for lesson in new
        ]
        take_room(session, len(rows), sum(map(size_of, rows)), settings)
        for chunk in _chunks(rows):
            session.execute(insert(CorrectionRow), chunk)
        return len(rows)


def counts(database: Database) -> list[Count]:
    """Return how much there is, by collection and alphabet. Raises StoreUnavailableError."""
    grouped = (
        select(
            CorrectionRow.collection,
            CorrectionRow.alphabet,
            func.count(),
            func.count(CorrectionRow.teacher.distinct()),
            func.sum(STORED_BYTES),
        )
        .group_by(CorrectionRow.collection, CorrectionRow.alphabet)
        .order_by(CorrectionRow.collection, CorrectionRow.alphabet)
    )
    with database.session() as session:
        return [Count(*row) for row in session.execute(grouped)]


def make_room(database: Database, collection: str | None = None, teacher: int | None = None) -> int:
    """Delete what lies in `collection` and is of `teacher`, by number, one of which must be named.

    Return how many corrections there were. Raises StoreUnavailableError.
    """
    which = []
    if collection is not None:
        which.append(CorrectionRow.collection == collection)
    if teacher is not None:
        which.append(CorrectionRow.teacher == teacher)
    if not which:
        raise ValueError("Name a collection or a teacher.")
    with database.session(writing=True) as session:
        count = remove(session, *which)
    database.forget()
    return count


def _chunks(items: Iterable[Any]) -> Iterator[list[Any]]:
    listed = list(items)
    for start in range(0, len(listed), AT_ONCE):
        yield listed[start : start + AT_ONCE]
