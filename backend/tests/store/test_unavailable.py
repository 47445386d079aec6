"""A database that fails is a 503 that says when to try again; all else is answered as before."""

import sqlite3
import uuid

import pytest
from sqlalchemy import event

from backend.api import teaching
from backend.api.store import prepare_store
from backend.api.teaching import EXAMPLE_CORRECTION
from backend.serving.assembly import assemble
from backend.serving.config import Config
from backend.store.connections import PRAGMAS, WAIT
from backend.store.database import DatabaseStore
from backend.store.settings import sqlite_url
from backend.tests.pictures import pixels_of

ANN = {"X-Teacher": "a" * 32}


@pytest.fixture
def path(tmp_path):
    return tmp_path / "folder" / "corrections.sqlite3"


@pytest.fixture
def opened(monkeypatch):
    """The stores that apps opened."""
    found = []

    def open_store(settings):
        found.append(DatabaseStore(settings))
        return found[-1]

    monkeypatch.setattr(teaching, "open_store", open_store)
    return found


@pytest.fixture
def client(stand_in, path, opened):
    return assemble(Config(teaching="on", database_url=sqlite_url(path)), stand_in).test_client()


def keep(client):
    return client.post("/corrections", json=EXAMPLE_CORRECTION | {"id": str(uuid.uuid4())}, headers=ANN)


def check_unavailable(client, answer, caplog, cause):
    assert answer.status_code == 503
    assert answer.json["code"] == "store_unavailable"
    assert int(answer.headers["Retry-After"]) > 0
    assert cause in caplog.records[-1].args["cause"] + caplog.text
    assert cause not in answer.text
    assert client.post("/predict", json={"pixels": pixels_of(1)}).status_code == 200
    assert client.get("/health").status_code == 200
    assert client.get("/teaching").json["teaching"] == "on"


def test_a_full_disk_keeps_what_was_kept_and_takes_more_when_there_is_room(client, opened, caplog):
    most = {"pages": 30}  # of 4 KiB, which is what a full disk is to SQLite
    engine = opened[0]._database.engine
    event.listen(engine, "connect", lambda raw, _: raw.execute(f"PRAGMA max_page_count={most['pages']}"))
    answers = []
    while not answers or answers[-1].status_code == 201:
        answers.append(keep(client))
        assert len(answers) < 500
    check_unavailable(client, answers[-1], caplog, "full")
    listed = client.get("/corrections?limit=100", headers=ANN).json["corrections"]
    assert [each["id"] for each in reversed(listed)] == [answer.json["id"] for answer in answers[:-1]]
    most["pages"] = 1000
    engine.dispose()
    assert keep(client).status_code == 201
    assert client.get("/teaching", headers=ANN).json["kept"] == len(answers)


def test_a_folder_that_can_not_be_made_is_a_503_until_it_can(client, path, caplog):
    path.parent.write_text("a file where the folder should be")
    check_unavailable(client, keep(client), caplog, "exists")
    path.parent.unlink()
    assert keep(client).status_code == 201


def test_a_database_that_can_not_be_made_at_the_start_is_logged_and_waited_for(client, path, caplog):
    path.parent.write_text("a file where the folder should be")
    prepare_store(Config(teaching="on", database_url=sqlite_url(path)))
    assert "store unavailable" in caplog.text
    path.parent.unlink()
    assert keep(client).status_code == 201


def test_a_file_that_is_no_database_is_a_503(client, path, caplog):
    path.parent.mkdir()
    path.write_bytes(b"this is no database " * 100)
    check_unavailable(client, keep(client), caplog, "not a database")
    assert path.read_bytes() == b"this is no database " * 100


def test_a_database_that_another_keeps_locked_is_a_503_in_the_end(client, path, monkeypatch, caplog, opened):
    assert keep(client).status_code == 201
    engine = opened[0]._database.engine
    event.listen(engine, "connect", lambda raw, _: raw.execute("PRAGMA busy_timeout=50"))
    engine.dispose()
    with sqlite3.connect(path, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        check_unavailable(client, keep(client), caplog, "locked")
        assert client.get("/teaching", headers=ANN).json["kept"] == 1, "reading doesn't wait for who writes"
        other.execute("ROLLBACK")
    assert keep(client).status_code == 201


def test_a_database_that_is_deleted_under_the_server_is_made_anew(client, path):
    keep(client)
    path.unlink()
    answer = keep(client)
    assert answer.status_code == 201
    with sqlite3.connect(path) as other:
        assert other.execute("SELECT count(*) FROM corrections").fetchone() == (1,)
    assert client.get("/teaching", headers=ANN).json["kept"] == 1


def test_every_connection_is_set_up_to_lose_nothing(client, opened):
    keep(client)
    with opened[0]._database.engine.connect() as connection:
        names = [pragma.partition("=")[0] for pragma in PRAGMAS]
        found = [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]
    assert found == [WAIT * 1000, "wal", 2, 1, 1]


def test_the_database_is_its_owners_alone(client, path):
    keep(client)
    assert path.parent.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in path.parent.iterdir())


def test_what_was_deleted_is_in_none_of_the_files(client, path):
    sent = EXAMPLE_CORRECTION | {"collection": "a name nobody else has"}
    client.post("/corrections", json=sent, headers=ANN)
    assert client.delete("/corrections", headers=ANN).json == {"deleted": 1}
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"a name nobody else has" not in held
