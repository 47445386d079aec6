"""On a Ray cluster of two nodes: a node may be lost, and the API is the same."""

import contextlib
import json
import threading
import time

import psutil
import pytest

from backend.bench.local_nodes import local_nodes
from backend.cluster import ray_data
from backend.cluster.ray_data import read_part
from backend.cluster.rows import Task
from backend.cluster.sources import list_pictures
from backend.tests.api.test_bad_inputs import CORPUS, check
from backend.tests.pictures import STROKES, form, grey_of, number, picture, pixels_of
from backend.tests.running import HttpClient, free_port, wait_until

pytestmark = pytest.mark.slow

# Corrections aren't kept here, and a body that never ends is the proxy's in front to end.
SOME = [bad for bad in CORPUS if bad.kind != "corrections" and bad.announced is None][::5]


@pytest.fixture(scope="module")
def cluster():
    with local_nodes(2) as nodes:
        yield nodes


@pytest.fixture(scope="module")
def api(cluster):
    """The API on Ray Serve, as `serve run` runs it."""
    from ray import serve

    from backend.cluster.serve import app

    served = HttpClient(free_port())
    with contextlib.suppress(TimeoutError):  # it goes on starting, but isn't waited for on a busy machine
        serve.start(http_options={"host": "127.0.0.1", "port": served.port})
    serve.run(app)
    wait_until(lambda: answers(served), 180)
    yield served
    serve.shutdown()


def answers(served):
    try:
        return served.get("/health")[0] == 200
    except OSError:
        return False


def read_slowly(batch, task):
    """Read a part in a while that takes no processor time."""
    time.sleep(0.5)
    return read_part(batch, task)


def test_a_node_lost_in_mid_run_loses_no_picture_and_reads_none_twice(cluster, served, tmp_path, monkeypatch):
    monkeypatch.setattr(ray_data, "read_part", read_slowly)
    for index in range(30):
        (tmp_path / f"{index:02}.png").write_bytes(picture(grey_of(index % 8)))
    pictures = list_pictures(str(tmp_path), tmp_path)
    parts = [pictures[start : start + 2] for start in range(0, 30, 2)]
    (lost,) = cluster.worker_nodes
    raylet = psutil.Process(lost.all_processes["raylet"][0].process.pid)

    def lose():
        wait_until(lambda: any("read_slowly" in str(child.cmdline()) for child in raylet.children()), 120)
        cluster.remove_node(lost, allow_graceful=False)

    losing = threading.Thread(target=lose)
    losing.start()
    rows = [row for table in ray_data.read_by_ray(parts, Task(served)) for row in table.to_pylist()]
    losing.join()
    assert not raylet.is_running()
    assert sorted(row["picture"] for row in rows) == [picture.name for picture in pictures]
    assert all(row["text"] == str(int(row["picture"][:2]) % 8) for row in rows)


def test_the_api_answers_as_it_does_elsewhere(api, client_of_both):
    for digit in STROKES:
        status, _, body = api.post("/predict", {"pixels": pixels_of(digit)})
        assert (status, json.loads(body)["digit"]) == (200, digit)
    head, body = form(("image", picture(number("10", "25"))))
    status, _, body = api.send("POST", "/read", {"Content-Type": head}, body)
    assert (status, json.loads(body)["text"]) == (200, "10\n25")
    status, _, body = api.post("/predict/batch", {"images": [pixels_of(7), pixels_of(1)]})
    assert [each["digit"] for each in json.loads(body)["predictions"]] == [7, 1]
    assert (
        json.loads(api.get("/openapi.json")[2])["paths"] == client_of_both.get("/openapi.json").json["paths"]
    )
    for path in ("/", "/health", "/health/live", "/model", "/metrics", "/docs"):
        assert api.get(path)[0] == 200


@pytest.mark.parametrize("bad", SOME, ids=str)
def test_the_api_refuses_what_it_refuses_elsewhere(api, bad):
    check(bad, api.send_raw(bad.raw()))  # where a client ends its side, Ray ends the other
