"""Shared drawings come back whole, end, and make room, on SQLite and on PostgreSQL alike."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select, update

from backend.store.corrections import StoreFullError
from backend.store.drawings import DrawingStore
from backend.store.tables import DrawingRow
from backend.tests.store.lessons import STROKES, database_at, settings_for


def test_drawings_are_kept_whole_until_they_end_and_then_make_room(database_url):
    store = DrawingStore(settings_for(database_url, max_drawings=2))
    first, secret = store.keep("digits", STROKES)
    second, _ = store.keep("letters", [[[-1e15, 1 / 3]]])
    assert [store.find(each.id) for each in (first, second)] == [first, second]
    with pytest.raises(StoreFullError):
        store.keep("digits", STROKES)

    database = database_at(database_url)
    with database.session(writing=True) as session:
        past = first.created - timedelta(days=1)
        session.execute(update(DrawingRow).where(DrawingRow.id == second.id).values(ends=past))
    assert store.find(second.id) is None
    third, _ = store.keep("digits", STROKES)
    with database.session() as session:
        assert session.scalar(select(func.count()).select_from(DrawingRow)) == 2

    assert not store.delete(first.id, "0" * 32)
    assert store.delete(first.id, secret)
    assert (store.find(first.id), store.find(third.id)) == (None, third)
    database.close()
    store.close()
