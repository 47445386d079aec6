"""A correction as a row, and the count of what there is, which every change keeps right."""

import json
from typing import Any, cast

from sqlalchemy import CursorResult, delete, func, select, update
from sqlalchemy.orm import Session

from backend.store.corrections import Correction, Kept, StoreFullError
from backend.store.settings import StoreSettings
from backend.store.tables import CorrectionRow, TeacherRow, TotalsRow

STORED_BYTES = func.coalesce(func.length(CorrectionRow.strokes), 0) + func.length(CorrectionRow.pixels)


def as_row(correction: Correction) -> dict[str, Any]:
    """Return the columns of `correction`, without its teacher and its time."""
    row = dict(vars(correction))
    if correction.strokes is not None:
        row["strokes"] = json.dumps(correction.strokes, separators=(",", ":"))
    return row


def as_kept(row: CorrectionRow) -> Kept:
    """Return what `row` holds."""
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


def size_of(row: dict[str, Any]) -> int:
    """Return how many bytes of drawing the columns of a correction hold, as STORED_BYTES has it."""
    return len(row["strokes"] or "") + len(row["pixels"])  # JSON is ASCII


def take_room(session: Session, corrections: int, size: int, settings: StoreSettings) -> None:
    """Count `corrections` of `size` bytes together in. Raises StoreFullError if there is no room for them."""
    room = update(TotalsRow).where(
        TotalsRow.corrections + corrections <= settings.max_corrections,
        TotalsRow.stored_bytes + size <= settings.max_store_bytes,
    )
    taken = room.values(
        corrections=TotalsRow.corrections + corrections, stored_bytes=TotalsRow.stored_bytes + size
    )
    if cast(CursorResult, session.execute(taken)).rowcount == 0:
        raise StoreFullError(
            "This server keeps as many corrections as it may, of all its visitors together. Whoever runs it "
            "can make room; drawings are read as before."
        )


def remove(session: Session, *which: Any) -> int:
    """Delete the corrections for which all of `which` holds, and the teachers who then keep none.

    Return how many corrections there were.
    """
    held = select(func.count(), func.coalesce(func.sum(STORED_BYTES), 0)).where(*which)
    teachers = list(session.scalars(select(CorrectionRow.teacher).where(*which).distinct()))
    count, size = session.execute(held).one()
    session.execute(delete(CorrectionRow).where(*which))
    session.execute(
        update(TotalsRow).values(
            corrections=TotalsRow.corrections - count, stored_bytes=TotalsRow.stored_bytes - size
        )
    )
    keeping = select(CorrectionRow.teacher).where(CorrectionRow.teacher == TeacherRow.number)
    session.execute(delete(TeacherRow).where(TeacherRow.number.in_(teachers), ~keeping.exists()))
    return cast(int, count)
