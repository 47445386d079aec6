"""The real server keeps what it says it keeps: many clients, killed processes, a database that goes away."""

import http.client
import json
import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle

import psutil
import pytest

from backend.api.teaching import EXAMPLE_CORRECTION
from backend.store.corrections import hashed
from backend.tests.learnt import FACTS, point_to, put
from backend.tests.pictures import pixels_of
from backend.tests.postgresql import make_cluster
from backend.tests.running import RunningServer, wait_until
from backend.tests.store.lessons import database_at, store_at
from backend.tests.store.test_database import totals

pytestmark = pytest.mark.slow

CLIENTS = 16


def running(cache, address, **environment):
    """The real server with two workers that keeps corrections in the database at `address`."""
    settings = {"API_WORKERS": "2", "TEACHING": "on", "DATABASE_URL": address, "TEACHING_RATE_LIMIT": "0"}
    return RunningServer(cache, **settings, **environment)


def secret_of(client):
    return f"{client:032x}"


def keep(server, client, correction):
    """Post a correction with this id; return the answer's status and its document."""
    headers = {"Content-Type": "application/json", "X-Teacher": secret_of(client)}
    body = json.dumps(EXAMPLE_CORRECTION | {"id": str(correction)}).encode()
    status, _, answer = server.send("POST", "/corrections", headers, body)
    return status, json.loads(answer)


def test_of_what_many_clients_teach_while_models_are_swapped_nothing_is_lost(
    served, cache, database_url, tmp_path
):
    folder, versions, done = tmp_path / "learnt", set(), threading.Event()
    put(folder, "learnt")

    def swap():
        turns = cycle(["learnt", None])
        while not done.is_set():
            point_to(folder, next(turns))
            done.wait(0.3)

    def teach(client):
        statuses = []
        for number in range(6):
            correction = uuid.UUID(int=client * 1000 + number)
            statuses.append(keep(server, client, correction)[0])
            statuses.append(keep(server, client, correction)[0])  # as a client does that got no answer
            statuses.append(predict())
        return statuses

    def predict():
        status, _, answer = server.post("/predict", {"pixels": pixels_of(1)})
        versions.add(json.loads(answer)["model"])
        return status

    with (
        running(cache, database_url, LEARNT_MODELS=str(folder)) as server,
        ThreadPoolExecutor(CLIENTS + 1) as pool,
    ):
        swapping = pool.submit(swap)
        try:
            answered = list(pool.map(teach, range(CLIENTS)))
            wait_until(lambda: predict() == 200 and len(versions) == 2, 60)
        finally:
            done.set()
        swapping.result()
    assert answered == [[201, 200, 200] * 6] * CLIENTS
    assert versions == {FACTS["version"], "learnt"}
    store = store_at(database_url)
    for client in range(CLIENTS):
        found = store.newest(hashed(secret_of(client)), 100)
        assert [kept.correction.id.int for kept in found] == [client * 1000 + n for n in reversed(range(6))]
    store.close()
    counted, real, teachers = totals(database_url)
    assert (counted, counted[0], teachers) == (real, CLIENTS * 6, CLIENTS)


def test_what_was_answered_is_there_when_every_process_is_killed_in_the_middle(served, cache, database_url):
    answered, enough = [], threading.Event()

    def teach(client):
        while True:
            correction = uuid.uuid4()
            try:
                status, _ = keep(server, client, correction)
            except (OSError, http.client.HTTPException):  # killed before it answered
                return
            assert status == 201
            answered.append(correction)
            if len(answered) > 30:
                enough.set()

    with running(cache, database_url) as server, ThreadPoolExecutor(8) as pool:
        teaching = [pool.submit(teach, client) for client in range(8)]
        assert enough.wait(60)
        for process in [psutil.Process(server.process.pid), *server.workers()]:
            process.kill()
        for each in teaching:
            each.result()
    with database_at(database_url).session() as session:
        kept = {
            uuid.UUID(str(id))
            for id in session.connection().exec_driver_sql("SELECT id FROM corrections").scalars()
        }
    assert set(answered) <= kept
    assert len(kept) - len(answered) <= 8, "at most one of each client was stored without an answer"
    counted, real, _ = totals(database_url)
    assert counted == real
    with running(cache, database_url) as server:
        assert keep(server, 1, uuid.uuid4())[0] == 201


def test_a_database_that_is_down_is_waited_for_and_all_else_is_answered(served, cache):
    cluster = make_cluster()
    try:
        address = cluster.new_database()
        cluster.stop()
        with running(cache, address) as server:
            status, answer = keep(server, 1, uuid.uuid4())
            assert (status, answer["code"]) == (503, "store_unavailable")
            assert server.post("/predict", {"pixels": pixels_of(1)})[0] == 200
            cluster.start()
            assert keep(server, 1, uuid.uuid4())[0] == 201
            cluster.stop()
            assert keep(server, 1, uuid.uuid4())[0] == 503
            assert server.post("/predict", {"pixels": pixels_of(1)})[0] == 200
            cluster.start()
            wait_until(lambda: keep(server, 1, uuid.uuid4())[0] == 201, 30)
            log = [json.loads(line) for line in server.lines if "store unavailable" in line]
            assert len(log) >= 3  # at the start, and of each 503
        assert store_at(address).summary(hashed(secret_of(1))).kept == 2
    finally:
        cluster.remove()


def test_the_database_is_made_before_the_server_answers(served, cache, tmp_path):
    path = tmp_path / "new" / "corrections.sqlite3"
    with running(cache, f"sqlite:///{path}"):
        assert path.stat().st_size > 0
