"""The real server as a process, for tests."""

import http.client
import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from http.client import HTTPMessage
from pathlib import Path

import psutil

from backend.reading.settings import REPOSITORY

START_TIMEOUT = 120  # s, with a conversion on a busy machine


class HttpClient:
    """Sends requests to a port of this machine."""

    def __init__(self, port: int):
        self.port = port

    def get(self, path: str) -> tuple[int, HTTPMessage, bytes]:
        return self.send("GET", path)

    def post(self, path: str, document: object) -> tuple[int, HTTPMessage, bytes]:
        body = json.dumps(document).encode()
        return self.send("POST", path, {"Content-Type": "application/json"}, body)

    def send(
        self, method: str, path: str, headers: dict[str, str] | None = None, body: bytes | None = None
    ) -> tuple[int, HTTPMessage, bytes]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request(method, path, body, headers or {})
            response = connection.getresponse()
            return response.status, response.headers, response.read()
        finally:
            connection.close()

    def send_raw(self, content: bytes, then_close: bool = False) -> bytes:
        """Send bytes as they are, and no more after them if `then_close`; return all that comes back."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=60) as connection:
            try:
                connection.sendall(content)
                if then_close:
                    connection.shutdown(socket.SHUT_WR)
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before all was read, which is what some tests are about
            received = b""
            try:
                while piece := connection.recv(1 << 16):
                    received += piece
                    if not then_close and whole(received):
                        break
            except ConnectionResetError:
                pass
            return received


class RunningServer(HttpClient):
    """`python -m backend` on a free port, its log lines collected; stopped at the end of the block."""

    def __init__(self, cache: Path, **environment: str):
        super().__init__(free_port())
        self._environment = {
            **os.environ,
            "API_PORT": str(self.port),
            "API_HOST": "127.0.0.1",
            "API_CACHE": str(cache),
            "LEARNT_MODELS": str(cache / "learnt"),  # not what was learnt on this machine
            **environment,
        }
        self.lines: list[str] = []

    def __enter__(self) -> "RunningServer":
        self.process = subprocess.Popen(
            [sys.executable, "-m", "backend"],
            cwd=REPOSITORY,
            env=self._environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        self._reader = threading.Thread(target=lambda: self.lines.extend(self.process.stderr), daemon=True)
        self._reader.start()
        wait_until(self._answers, START_TIMEOUT, lambda: "".join(self.lines))
        return self

    def __exit__(self, *_: object) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait(60)
        self._reader.join(10)

    def _answers(self) -> bool:
        if self.process.poll() is not None:
            raise AssertionError("the server did not start: " + "".join(self.lines))
        try:
            return self.get("/health")[0] == 200
        except OSError:
            return False

    def workers(self) -> list[psutil.Process]:
        return psutil.Process(self.process.pid).children()

    def kill_a_worker(self) -> None:
        """Kill a worker as the system would, and wait until it is gone, with its socket, and replaced.

        Until then a connection may still be given to the dead worker's socket, and be reset.
        """
        victim = self.workers()[0]
        victim.kill()
        wait_until(lambda: victim not in self.workers() and len(self.workers()) == 2, 30)

    def kill(self) -> None:
        """Kill the server at once, with all its workers."""
        for process in [psutil.Process(self.process.pid), *self.workers()]:
            process.kill()

    def memory(self) -> int:
        """Bytes held by the workers, without what they share."""
        return sum(worker.memory_full_info().uss for worker in self.workers())

    def requests_logged(self) -> list[dict]:
        parsed = [json.loads(line) for line in list(self.lines) if line.startswith("{")]
        return [line for line in parsed if line["message"] == "request"]


def whole(answer: bytes) -> bool:
    """Whether `answer` holds a head and all of the body that it announces."""
    head, separator, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    return bool(separator) and length is not None and len(body) >= int(length[1])


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_until(condition, seconds: float, explain=lambda: "") -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"it did not happen within {seconds} s: {explain()}"
        time.sleep(0.05)
