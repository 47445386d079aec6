"""A server under load takes over what was learnt: no request fails, and each answer names who gave it."""

import json
import threading
import time

import pytest

from backend.tests.learnt import FACTS, exchanged_model, point_to, put
from backend.tests.pictures import STROKES, pixels_of
from backend.tests.running import RunningServer, wait_until

pytestmark = pytest.mark.slow

CLIENTS = 8
NOUGHT, ONE = pixels_of(0), pixels_of(1)
SWAPS = 6


def test_models_are_swapped_under_load_without_a_failure(tmp_path, cache):
    folder = tmp_path / "learnt"
    put(folder, "exchanged", exchanged_model(tmp_path), created="2030-01-01T00:00:00Z")
    digit_of = {FACTS["version"]: {0: 0, 1: 1}, "exchanged": {0: 1, 1: 0}}
    wrong: list[object] = []
    versions: list[str] = []
    done = threading.Event()

    def ask(server: RunningServer, number: int) -> None:
        while not done.is_set():
            written = number % 2
            pixels = (NOUGHT, ONE)[written]
            if number < CLIENTS - 2:
                status, _, body = server.post("/predict", {"pixels": pixels})
                answers = [parsed(body)]
            else:
                status, _, body = server.post("/predict/batch", {"images": [pixels] * 20})
                answers = [{**each, "model": parsed(body)["model"]} for each in parsed(body)["predictions"]]
            for answer in answers:
                versions.append(answer["model"])
                if status != 200 or answer["digit"] != digit_of[answer["model"]][written]:
                    wrong.append((status, answer))

    with RunningServer(cache, API_WORKERS="2", LEARNT_MODELS=str(folder)) as server:
        threads = [threading.Thread(target=guarded, args=(ask, wrong, server, n)) for n in range(CLIENTS)]
        for thread in threads:
            thread.start()
        try:
            for swap in range(SWAPS):
                wanted = (None, "exchanged")[(swap + 1) % 2]
                point_to(folder, wanted)
                named = wanted or FACTS["version"]
                count = len(versions)
                wait_until(lambda: named in versions[count:], 60)  # noqa: B023
                time.sleep(0.3)
        finally:
            done.set()
            for thread in threads:
                thread.join(60)
        assert wrong == []
        assert set(versions) == set(digit_of)
        point_to(folder, "exchanged")
        # Each worker looks when it is asked: a few connections reach both.
        for _ in range(10):
            assert parsed(server.get("/model")[2])["version"] == "exchanged"
        line = parsed(server.get("/model/versions")[2])["versions"]
        assert [(each["version"], each["served"]) for each in line] == [
            ("exchanged", True),
            (FACTS["version"], False),
        ]
        assert b'version="exchanged"} 1.0' in server.get("/metrics")[2].replace(FACTS["sha256"].encode(), b"")


def test_a_damaged_model_leaves_the_one_that_answers(tmp_path, cache):
    folder = tmp_path / "learnt"
    put(folder, "damaged")
    (folder / "damaged.tflite").write_bytes(b"cut off")
    with RunningServer(cache, API_WORKERS="1", LEARNT_MODELS=str(folder)) as server:
        point_to(folder, "damaged")
        for digit in STROKES:
            status, _, body = server.post("/predict", {"pixels": pixels_of(digit)})
            assert (status, parsed(body)["model"]) == (200, FACTS["version"])
        wait_until(lambda: any("can't be served" in line for line in server.lines), 10)


def guarded(ask, wrong: list[object], *arguments) -> None:
    try:
        ask(*arguments)
    except Exception as error:
        wrong.append(error)


def parsed(body: bytes) -> dict:
    return json.loads(body)
