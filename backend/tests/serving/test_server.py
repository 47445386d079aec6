"""The real server: right answers with the shipped model, and what it does when things break."""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psutil
import pytest

from backend.reading.settings import REPOSITORY
from backend.serving.config import Config
from backend.tests.pictures import STROKES, grey_of, in_base64, picture, pixels_of
from backend.tests.running import RunningServer, free_port, wait_until

pytestmark = pytest.mark.slow

GOOD = {"pixels": pixels_of(7)}
JSON_HEAD = (
    b"POST /predict HTTP/1.1\r\nHost: localhost\r\n"
    b"Content-Type: application/json\r\nContent-Length: %d\r\n\r\n"
)


def test_drawn_digits_are_read(server):
    answers = {
        digit: json.loads(server.post("/predict", {"pixels": pixels_of(digit)})[2]) for digit in STROKES
    }
    assert {digit: answer["digit"] for digit, answer in answers.items()} == {d: d for d in STROKES}


@pytest.mark.parametrize("kind", ["PNG", "JPEG"])
@pytest.mark.parametrize(("paper", "ink"), [(255, 0), (230, 60), (0, 255), (40, 200)])
def test_pictures_of_drawn_digits_are_read(server, kind, paper, ink):
    for digit in (0, 2, 3, 7):
        content = picture(grey_of(digit, paper=paper, ink=ink), kind)
        assert json.loads(server.post("/predict", {"image": in_base64(content)})[2])["digit"] == digit


def test_workers_never_load_tensorflow(server):
    for worker in server.workers():
        assert not [m.path for m in worker.memory_maps() if "tensorflow" in m.path]


def test_there_is_a_worker_for_each_that_is_configured(server):
    assert len(server.workers()) == 2


def test_a_log_line_tells_the_request_by_its_id(server):
    _, headers, _ = server.send("GET", "/model", {"X-Request-ID": "find-me"})
    assert headers["X-Request-ID"] == "find-me"
    wait_until(lambda: any(line["id"] == "find-me" for line in server.requests_logged()), 10)


def test_the_address_is_local_by_default():
    assert Config().host == "127.0.0.1"


def test_an_unread_body_does_not_leak_into_the_next_request(server):
    smuggled = b"GET /model HTTP/1.1\r\nHost: x\r\n\r\n"
    head = b"POST /predict HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n\r\n"
    received = server.send_raw(head % len(smuggled) + smuggled, then_close=True)
    assert received.count(b"HTTP/1.1 ") == 1
    assert received.startswith(b"HTTP/1.1 415")


def test_a_body_over_the_limit_is_refused_before_it_is_sent(server):
    received = server.send_raw(JSON_HEAD % (5 << 30))
    assert received.startswith(b"HTTP/1.1 413")


def test_a_server_with_a_lean_copy_never_loads_tensorflow_though_it_is_there(tmp_path):
    for package in ("tensorflow", "keras"):
        code = "import pathlib; (pathlib.Path(__file__).parent / 'loaded').touch(); raise ImportError"
        (tmp_path / f"{package}.py").write_text(code)
    with RunningServer(tmp_path / "cache", PYTHONPATH=str(tmp_path)) as running:
        assert running.post("/predict", GOOD)[0] == 200
        assert running.post("/explain", GOOD)[0] == 200
        assert running.post("/predict/batch", {"images": [GOOD["pixels"]]})[0] == 200
    assert not (tmp_path / "loaded").exists()
    assert not (tmp_path / "cache").exists()


def test_metrics_are_of_all_workers_together(cache):
    with RunningServer(cache, API_WORKERS="2") as running:

        def counted():
            lines = running.get("/metrics")[2].decode().splitlines()
            values = dict(line.rsplit(" ", 1) for line in lines if not line.startswith("#"))
            return float(values.get('http_requests_total{method="POST",route="/predict",status="200"}', 0))

        for _ in range(40):
            assert running.post("/predict", GOOD)[0] == 200
        wait_until(lambda: counted() == 40, 10)  # what is answered is counted a moment later
        # A dead worker's requests have still been answered.
        running.kill_a_worker()
        wait_until(lambda: counted() == 40, 30)


def test_the_rate_limit_holds_across_workers(cache):
    with RunningServer(cache, API_WORKERS="2", API_RATE_LIMIT="1", API_RATE_BURST="10") as running:
        started = time.monotonic()
        statuses = [running.post("/predict", GOOD)[0] for _ in range(40)]
        refilled = int(time.monotonic() - started) + 1
        assert 10 <= statuses.count(200) <= 10 + refilled
        assert set(statuses) == {200, 429}


class Load:
    """Clients that keep asking until told to stop; what each got is kept."""

    def __init__(self, running, clients=6):
        self.answered: list[int] = []
        self.lost: list[OSError | http.client.HTTPException] = []
        self._stop = threading.Event()
        self._threads = [threading.Thread(target=self._ask, args=(running,)) for _ in range(clients)]

    def __enter__(self):
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_):
        self._stop.set()
        for thread in self._threads:
            thread.join()

    def _ask(self, running):
        while not self._stop.is_set():
            try:
                self.answered.append(running.post("/predict", GOOD)[0])
            except ConnectionRefusedError:
                time.sleep(0.01)  # nobody listens: nothing was in flight
            except (OSError, http.client.HTTPException) as error:
                self.lost.append(error)

    def go_on(self):
        """Wait until every client has been answered again, several times over."""
        before = len(self.answered)
        wait_until(lambda: len(self.answered) > before + 50, 60)


def test_a_killed_worker_is_replaced_and_only_its_requests_are_lost(cache):
    with RunningServer(cache, API_WORKERS="2") as running:
        with Load(running, clients=6) as load:
            load.go_on()
            running.kill_a_worker()
            load.go_on()
            lost = len(load.lost)
            load.go_on()
            assert len(load.lost) == lost, "requests are lost after the dead worker was replaced"
        assert running.post("/predict", GOOD)[0] == 200
        assert set(load.answered) == {200}


def accepted(running: RunningServer) -> int:
    """How many connections the workers have taken, those that only wait for it not among them."""
    taken = [of for worker in running.workers() for of in worker.net_connections("tcp")]
    return sum(of.status == psutil.CONN_ESTABLISHED and of.laddr.port == running.port for of in taken)


def test_requests_in_flight_are_answered_when_the_server_is_told_to_stop(cache):
    body = json.dumps({"images": [GOOD["pixels"]] * 1000}).encode()
    sent = threading.Semaphore(0)

    def ask(port: int) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        connection.request("POST", "/predict/batch", body, {"Content-Type": "application/json"})
        sent.release()
        return connection.getresponse().status

    with RunningServer(cache, API_WORKERS="2") as running, ThreadPoolExecutor(4) as pool:
        answers = [pool.submit(ask, running.port) for _ in range(4)]
        for _ in answers:
            assert sent.acquire(timeout=60)
        wait_until(lambda: accepted(running) + sum(answer.done() for answer in answers) >= len(answers), 60)
        time.sleep(0.3)  # until what was sent is read: a batch takes longer than that on any machine
        running.process.send_signal(signal.SIGTERM)
        assert [answer.result() for answer in answers] == [200] * 4
        assert running.process.wait(60) == 0


def test_steady_load_loses_nothing_when_the_server_is_told_to_stop(cache):
    with RunningServer(cache, API_WORKERS="2") as running:
        with Load(running, clients=4) as load:
            load.go_on()
            running.process.send_signal(signal.SIGTERM)
            running.process.wait(60)
        assert set(load.answered) == {200}
        # A connection that the closing socket never accepted carried no answered request.
        assert not [error for error in load.lost if not isinstance(error, ConnectionResetError)]


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_no_process_is_left_behind(cache, how):
    with RunningServer(cache, API_WORKERS="2") as running:
        workers = running.workers()
        running.process.send_signal(how)
        # Within what requests in progress are given (30 s), as there are none.
        assert running.process.wait(20) == (0 if how == signal.SIGINT else -how)
        wait_until(lambda: not [worker for worker in workers if worker.is_running()], 10)


def test_a_server_stopped_while_its_workers_load_stops_quietly(served, cache, tmp_path):
    # Compiled modules, too, make an ImportError of a SystemExit that is raised while they are imported.
    (tmp_path / "cv2.py").write_text(
        "import pathlib, os, time\n"
        "(pathlib.Path(__file__).parent / f'{os.getpid()}.loading').touch()\n"
        "try: time.sleep(60)\n"
        "except SystemExit: raise ImportError('initialization failed')\n"
    )
    process = begin_to_start(API_CACHE=str(cache), API_WORKERS="2", PYTHONPATH=str(tmp_path))
    wait_until(lambda: len(list(tmp_path.glob("*.loading"))) == 2, 60)
    process.send_signal(signal.SIGINT)
    stopped = end_of(process)
    assert (stopped.returncode, stopped.stderr) == (0, "")


def test_a_server_stopped_while_it_converts_the_model_stops_quietly(tmp_path):
    model = Path(shutil.copy(Config.model_path, tmp_path))
    facts = json.loads(Config.model_path.with_suffix(".json").read_text())
    model.with_suffix(".json").write_text(json.dumps({**facts, "lean": None}))
    process = begin_to_start(API_CACHE=str(tmp_path / "cache"), MODEL_PATH=str(model))
    wait_until(lambda: psutil.Process(process.pid).children(), 60)
    process.send_signal(signal.SIGINT)
    stopped = end_of(process)
    assert (stopped.returncode, stopped.stderr) == (130, "")


def begin_to_start(**environment: str) -> subprocess.Popen:
    return subprocess.Popen(
        [sys.executable, "-m", "backend"],
        cwd=REPOSITORY,
        env={**os.environ, "API_PORT": str(free_port()), **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        # As in a terminal: what a script starts in the background would ignore Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def end_of(process: subprocess.Popen) -> subprocess.CompletedProcess:
    try:
        output, said = process.communicate(timeout=120)
    finally:
        process.kill()
    return subprocess.CompletedProcess(process.args, process.returncode, output, said)


def start_with(model_path, **environment) -> subprocess.CompletedProcess:
    return end_of(begin_to_start(MODEL_PATH=str(model_path), **environment))


@pytest.fixture
def model(tmp_path):
    for suffix in (".keras", ".json"):
        shutil.copy(Config.model_path.with_suffix(suffix), tmp_path)
    return tmp_path / Config.model_path.name


def check_stopped(process, *words):
    assert process.returncode == 1
    assert process.stderr.startswith("error: ")
    assert process.stderr.count("\n") == 1
    assert "Traceback" not in process.stderr
    for word in (*words, "make train"):
        assert word in process.stderr


def test_a_missing_model_stops_the_start(model):
    model.unlink()
    check_stopped(start_with(model), "There is no model")


def test_missing_facts_stop_the_start(model):
    model.with_suffix(".json").unlink()
    check_stopped(start_with(model), "There is no model")


def test_a_truncated_model_stops_the_start(model):
    model.write_bytes(model.read_bytes()[:-1000])
    check_stopped(start_with(model), "sha256")


def test_a_model_of_another_hash_stops_the_start(model):
    facts = model.with_suffix(".json")
    facts.write_text(json.dumps(json.loads(facts.read_text()) | {"sha256": "0" * 64}))
    check_stopped(start_with(model), "sha256")


def test_another_format_stops_the_start(model):
    check_stopped(start_with(model.rename(model.with_suffix(".h5"))), ".keras")


def test_a_port_in_use_stops_the_start_and_says_so(cache):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        process = start_with(Config.model_path, API_PORT=str(other.getsockname()[1]))
    assert process.returncode == 1
    assert "API_PORT" in process.stderr
    assert "Traceback" not in process.stderr


def test_a_setting_that_makes_no_sense_stops_the_start(model):
    process = start_with(model, API_PORT="http")
    assert process.returncode == 1
    assert process.stderr == "error: API_PORT must be a whole number from 1 to 65535, got 'http'.\n"


def test_a_client_that_sends_too_slowly_gets_a_408(cache):
    with RunningServer(cache, API_WORKERS="1", API_BODY_TIMEOUT="1") as running:
        assert running.send_raw(JSON_HEAD % 99 + b'{"pixels"').startswith(b"HTTP/1.1 408")
        # A head that never ends is no request: the connection is closed without an answer.
        assert running.send_raw(b"POST /predict HTTP/1.1\r\nHost:") == b""
        assert running.send_raw(b"GET /model HTTP/1.1\r\nX-Long: " + b"a" * 70_000) == b""
        assert running.post("/predict", GOOD)[0] == 200
