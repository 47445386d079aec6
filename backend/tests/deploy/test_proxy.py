"""What compose.yaml puts together, on this machine: nginx, two replicas of the API, PostgreSQL."""

import asyncio
import gzip
import http.client
import json
import shutil
import tempfile
import threading
import uuid
from pathlib import Path

import pytest
from websockets.asyncio.client import connect
from websockets.exceptions import InvalidStatus

from backend.reading.settings import REPOSITORY
from backend.tests.deploy.proxy import Proxy
from backend.tests.pictures import pixels_of
from backend.tests.running import RunningServer, free_port, wait_until
from backend.together.server import PRESENCE, STATE, serve_rooms
from backend.together.settings import RoomSettings

pytestmark = pytest.mark.slow

JSON = {"Content-Type": "application/json"}
GOOD = json.dumps({"pixels": pixels_of(7)}).encode()
SCRIPT = b"export const page = 'of a built app';\n" * 100
TEACHER = {"X-Teacher": "0123456789abcdef" * 2}


@pytest.fixture(scope="module")
def replicas(served, cache, postgresql):
    """Two servers that share a database, each with a worker; the second is the one to be killed."""
    database = postgresql.new_database()
    settings = {
        "API_WORKERS": "1",
        "API_LETTERS": "off",
        "API_TRUSTED_PROXIES": "1",
        "TEACHING": "on",
        "DATABASE_URL": database,
    }
    with RunningServer(cache, **settings) as first, RunningServer(cache, **settings) as second:
        yield first, second


@pytest.fixture(scope="module")
def proxy(replicas):
    # Not in pytest's folder, which is its user's alone: root's nginx becomes another user.
    folder = Path(tempfile.mkdtemp(prefix="digits-nginx-"))
    page = folder / "page"
    (page / "assets").mkdir(parents=True)
    (page / "index.html").write_text("<!doctype html><title>Digits</title>")
    (page / "assets" / "index-1a2b3c.js").write_bytes(SCRIPT)
    folder.chmod(0o755)
    rooms = f"127.0.0.1:{free_port()}"
    ports = [replica.port for replica in replicas]
    with Proxy(folder, page, ports, TOGETHER="on", ROOMS_SERVER=rooms) as running:
        yield running
    shutil.rmtree(folder)


def test_the_page_is_served_from_the_origin_of_its_api(proxy):
    status, headers, body = proxy.send("GET", "/")
    assert (status, headers["Cache-Control"]) == (200, "no-cache")
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert b"<title>Digits</title>" in body
    assert proxy.send("GET", "/", headers={"If-None-Match": headers["ETag"]})[0] == 304
    assert json.loads(proxy.send("GET", "/config.json")[2]) == {"api": "/api", "together": "/together"}
    assert json.loads(proxy.send("GET", "/api/health")[2]) == {"status": "ready"}


def test_what_is_named_after_its_content_is_compressed_and_kept(proxy):
    status, headers, body = proxy.send("GET", "/assets/index-1a2b3c.js", headers={"Accept-Encoding": "gzip"})
    assert (status, headers["Content-Encoding"]) == (200, "gzip")
    assert headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert gzip.decompress(body) == SCRIPT


def test_without_tls_everybody_is_sent_to_where_there_is_some(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.http)
    connection.request("GET", "/api/model?alphabet=digits", headers={"Host": "digits.example"})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["Location"]) == (
        308,
        "https://digits.example/api/model?alphabet=digits",
    )
    connection.close()


def test_a_prediction_comes_through_and_both_replicas_log_whom_they_answered(proxy, replicas):
    ids = set()
    for _ in range(6):
        status, headers, body = proxy.send("POST", "/api/predict", GOOD, JSON)
        assert (status, json.loads(body)["digit"]) == (200, 7)
        ids.add(headers["X-Request-ID"])
    wait_until(lambda: ids <= {line["id"] for each in replicas for line in each.requests_logged()}, 10)


def test_what_is_too_large_is_refused_as_the_api_refuses_it(proxy):
    connection = proxy.connect()
    connection.putrequest("POST", "/api/predict")
    connection.putheader("Content-Type", "application/json")
    connection.putheader("Content-Length", str(34 << 20))
    connection.endheaders()
    answer = connection.getresponse()
    assert answer.status == 413
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert json.loads(answer.read())["status"] == 413
    connection.close()


def test_the_metrics_are_not_for_everybody(proxy):
    assert proxy.send("GET", "/api/metrics")[0] == 404


def test_two_meet_in_a_room_that_the_page_s_own_origin_opens_and_no_other(proxy):
    async def meet():
        port = int(proxy.variables["ROOMS_SERVER"].rpartition(":")[2])
        here = f"localhost:{proxy.https}"

        def visit(origin=f"https://{here}"):
            return connect(f"wss://{here}/together/{'a' * 22}", ssl=proxy.trusting(), origin=origin)

        async with await serve_rooms(RoomSettings(port=port)), visit() as ann, visit() as ben:
            assert (await ann.recv())[:1] == (await ben.recv())[:1] == STATE
            await ann.send(PRESENCE + b"Ann")
            assert (await ben.recv())[5:] == b"Ann"
            with pytest.raises(InvalidStatus):
                await visit("https://elsewhere.example")

    asyncio.run(asyncio.wait_for(meet(), 30))


def test_a_correction_is_kept_in_the_database_that_all_replicas_share(proxy, replicas):
    lesson = {
        "id": str(uuid.uuid4()),
        "alphabet": "digits",
        "meant": "7",
        "read": "1",
        "model": "1",
        "kind": "correction",
        "pixels": pixels_of(7),
    }
    sent = json.dumps(lesson).encode()
    assert proxy.send("POST", "/api/corrections", sent, {**JSON, **TEACHER})[0] == 201
    for replica in replicas:
        kept = json.loads(replica.send("GET", "/corrections", TEACHER)[2])["corrections"]
        assert [each["id"] for each in kept] == [lesson["id"]]


def test_a_replica_killed_in_mid_load_loses_no_request(proxy, replicas):
    """The last test here: one replica is gone after it."""
    statuses: list[int] = []
    failed: list[Exception] = []
    done = threading.Event()

    def ask():
        while not done.is_set():
            try:
                statuses.append(proxy.send("POST", "/api/predict", GOOD, JSON)[0])
            except (OSError, http.client.HTTPException) as error:
                failed.append(error)

    def go_on(count):
        until = len(statuses) + count
        wait_until(lambda: len(statuses) >= until, 60)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    try:
        go_on(40)
        replicas[1].kill()
        go_on(80)
    finally:
        done.set()
        for thread in threads:
            thread.join()
    # What the replica had begun to answer when it was killed nobody can take back: at most one a client.
    assert not [error for error in failed if not isinstance(error, http.client.IncompleteRead)]
    assert len(failed) <= len(threads)
    assert set(statuses) == {200}


def test_every_variable_of_the_template_is_set_by_the_image():
    from backend.tests.deploy.proxy import TEMPLATE, VARIABLE

    variables = set(VARIABLE.findall(TEMPLATE.read_text()))
    stage = (REPOSITORY / "Dockerfile").read_text().rpartition(" AS proxy")[2]
    assert all(f"{name}=" in stage for name in variables)
