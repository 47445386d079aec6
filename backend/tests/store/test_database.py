"""The store keeps its promises on SQLite and on PostgreSQL alike."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import text

from backend.store.corrections import StoreFullError, hashed
from backend.tests.store.lessons import ANN, BEN, correction, database_at, store_at


@pytest.fixture
def store(database_url):
    store = store_at(database_url)
    yield store
    store.close()


def totals(address):
    """What the store counts, and what there really is: both (corrections, bytes), then its teachers."""
    with database_at(address).session() as session:
        counted = session.execute(text("SELECT corrections, stored_bytes FROM totals")).one()
        held = "count(*), coalesce(sum(length(pixels) + coalesce(length(strokes), 0)), 0)"
        real = session.execute(text(f"SELECT {held} FROM corrections")).one()
        return tuple(counted), tuple(real), session.scalar(text("SELECT count(*) FROM teachers"))


@pytest.mark.parametrize(
    "other",
    [
        {},
        {"meant": None, "read": None, "confidence": None, "strokes": None},
        {"alphabet": "letters", "meant": "Q", "read": "O", "kind": "challenge"},
        {"collection": "Zähler №7 = 数", "strokes": [[[-1e15, 1e15], [0.1, 1 / 3, 1764081234567.8]]]},
    ],
)
def test_what_is_kept_comes_back_as_it_was(store, other):
    sent = correction(**other)
    before = datetime.now(UTC)
    kept, is_new = store.keep(ANN, sent)
    assert is_new
    assert kept.correction == sent
    assert timedelta(0) <= kept.created - before < timedelta(minutes=1)
    assert store.newest(ANN, 10) == [kept]


def test_what_is_kept_is_there_for_whoever_opens_the_store_next(store, database_url):
    kept, _ = store.keep(ANN, correction())
    store.close()
    assert store_at(database_url).newest(ANN, 10) == [kept]


def test_an_id_that_was_kept_keeps_what_it_was_kept_with(store, database_url):
    first, _ = store.keep(ANN, correction())
    again, is_new = store.keep(ANN, correction(id=first.correction.id, meant="1"))
    assert (again, is_new) == (first, False)
    assert totals(database_url)[0][0] == 1


def test_an_id_is_ones_own(store):
    mine = correction()
    store.keep(ANN, mine)
    theirs, is_new = store.keep(BEN, correction(id=mine.id, meant="1"))
    assert is_new
    assert store.newest(ANN, 10)[0].correction == mine
    assert store.delete(BEN, mine.id)
    assert [kept.correction.id for kept in store.newest(ANN, 10)] == [theirs.correction.id]


def test_pages_hold_what_is_older_than_their_last(store):
    ids = [store.keep(ANN, correction())[0].correction.id for _ in range(5)]
    store.keep(BEN, correction())
    assert [kept.correction.id for kept in store.newest(ANN, 3)] == ids[:1:-1]
    assert [kept.correction.id for kept in store.newest(ANN, 3, ids[2])] == ids[1::-1]
    assert store.newest(ANN, 3, ids[0]) == []
    with pytest.raises(KeyError):
        store.newest(BEN, 3, ids[2])


def test_deleting_all_leaves_nothing_that_tells_of_the_teacher(store, database_url):
    store.keep(ANN, correction(collection="hers"))
    other, _ = store.keep(BEN, correction())
    assert store.delete_all(ANN) == 1
    assert store.summary(ANN) == (0, [])
    counted, real, teachers = totals(database_url)
    assert (counted, counted[0], teachers) == (real, 1, 1)
    assert store.newest(BEN, 10) == [other]
    assert store.keep(ANN, correction())[1]


def test_only_a_hash_of_the_secret_is_stored(store, database_url):
    secret = "0123456789abcdef" * 2
    store.keep(hashed(secret), correction())
    with database_at(database_url).session() as session:
        stored = session.execute(text("SELECT secret_hash FROM teachers")).scalar_one()
    assert bytes(stored) == hashed(secret)
    assert len(bytes(stored)) == 32


def test_limits_hold_to_the_last_correction_and_say_whose_they_are(database_url):
    store = store_at(database_url, max_corrections_each=2, max_corrections=3)
    for _ in range(2):
        store.keep(ANN, correction())
    with pytest.raises(StoreFullError, match="You keep 2"):
        store.keep(ANN, correction())
    store.keep(BEN, correction())
    with pytest.raises(StoreFullError, match="This server keeps"):
        store.keep(BEN, correction())
    counted, real, _ = totals(database_url)
    assert (counted, counted[0]) == (real, 3)


def test_limits_hold_exactly_whoever_writes_at_once(database_url):
    stores = [store_at(database_url, max_corrections=12, max_corrections_each=5) for _ in range(2)]

    def write(number):
        try:
            return stores[number % 2].keep(hashed(str(number % 4)), correction())[1]
        except StoreFullError:
            return False

    with ThreadPoolExecutor(8) as pool:
        written = sum(pool.map(write, range(24)))
    counted, real, teachers = totals(database_url)
    assert (written, counted[0], counted) == (12, 12, real)
    assert teachers <= 4
    for store in stores:
        store.close()


def test_the_same_correction_sent_twice_at_once_is_kept_once(database_url):
    stores, sent = [store_at(database_url) for _ in range(2)], correction()
    with ThreadPoolExecutor(8) as pool:
        new = list(pool.map(lambda number: stores[number % 2].keep(ANN, sent)[1], range(16)))
    assert sum(new) == 1
    assert totals(database_url)[0][0] == 1


def test_one_who_writes_while_everything_of_theirs_is_deleted_loses_nothing_that_comes_after(database_url):
    store = store_at(database_url)
    with ThreadPoolExecutor(6) as pool:
        kept = [pool.submit(store.keep, ANN, correction()) for _ in range(20)]
        deleted = [pool.submit(store.delete_all, ANN) for _ in range(5)]
        assert all(future.result()[1] for future in kept)
        gone = sum(future.result() for future in deleted)
    counted, real, _ = totals(database_url)
    assert (counted[0] + gone, counted) == (20, real)
