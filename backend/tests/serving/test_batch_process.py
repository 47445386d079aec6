"""Batches are computed apart: the same answers and refusals, and no process is left behind."""

from concurrent.futures import ThreadPoolExecutor

import psutil
import pytest

from backend.api.batches import answer_batch
from backend.api.bodies import JSON
from backend.api.errors import Problem
from backend.reading.classifier import GraphClassifier
from backend.serving.batch_process import BatchProcess
from backend.tests.pictures import STROKES, pixels_of
from backend.tests.running import RunningServer, wait_until

BATCH = {"images": [pixels_of(digit) for digit in STROKES]}


def process_of(worker):
    (process,) = worker.children()
    return process


@pytest.fixture
def one_worker(cache):
    with RunningServer(cache, API_WORKERS="1") as running:
        yield running


def test_the_answer_is_the_one_that_the_worker_itself_would_give(served, small_body):
    apart = BatchProcess(lambda alphabet: served)
    assert apart.answer(small_body, JSON, "digits") == answer_batch(small_body, JSON, GraphClassifier(served))


@pytest.fixture
def small_body():
    return b'{"images": [%s, %s]}' % (str(pixels_of(3)).encode(), str([0] * 784).encode())


def test_a_refusal_comes_back_whole_and_a_failure_as_a_failure(served):
    apart = BatchProcess(lambda alphabet: served)
    for body in (b"{", b'{"images": []}', b'{"images": [[1, 2]]}'):
        with pytest.raises(Problem) as here:
            answer_batch(body, JSON, GraphClassifier(served))
        with pytest.raises(Problem) as there:
            apart.answer(body, JSON, "digits")
        assert vars(there.value) == vars(here.value)
    with pytest.raises(RuntimeError, match="TypeError"):
        apart.answer(None, JSON, "digits")  # type: ignore[arg-type]


def test_a_process_that_is_gone_is_replaced(one_worker):
    assert one_worker.post("/predict/batch", BATCH)[0] == 200
    first = process_of(one_worker.workers()[0])
    first.kill()
    wait_until(lambda: not first.is_running() or first.status() == psutil.STATUS_ZOMBIE, 10)
    assert one_worker.post("/predict/batch", BATCH)[0] == 200
    assert process_of(one_worker.workers()[0]) != first


def test_no_single_image_waits_for_a_batch(one_worker):
    assert one_worker.post("/predict/batch", BATCH)[0] == 200
    process = process_of(one_worker.workers()[0])
    process.suspend()  # a batch that takes as long as we like
    with ThreadPoolExecutor() as pool:
        batch = pool.submit(one_worker.post, "/predict/batch", BATCH)
        try:
            for digit in STROKES:
                assert one_worker.post("/predict", {"pixels": pixels_of(digit)})[0] == 200
            assert not batch.done()
        finally:
            process.resume()
        assert batch.result(30)[0] == 200


@pytest.mark.slow
def test_it_ends_with_its_worker_however_that_ends(one_worker):
    assert one_worker.post("/predict/batch", BATCH)[0] == 200
    process = process_of(one_worker.workers()[0])
    one_worker.workers()[0].kill()
    wait_until(lambda: not process.is_running(), 30)


@pytest.mark.slow
def test_it_ends_when_the_server_is_told_to_stop(cache):
    with RunningServer(cache, API_WORKERS="1") as running:
        assert running.post("/predict/batch", BATCH)[0] == 200
        process = process_of(running.workers()[0])
    wait_until(lambda: not process.is_running(), 10)
