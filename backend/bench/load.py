"""A load generator for loopback: keep-alive connections, each with one request in flight.

`python -m backend.bench.load` is run in a process of its own, so that it takes no time from the
server's; it speaks HTTP by hand, because a client library would be the slower end.
"""

import argparse
import base64
import json
import selectors
import socket
import sys
import time
from collections.abc import Sequence

MOST_SECONDS = 3600
LATENCIES_KEPT = 200_000


class Connection:
    """One kept-alive connection with at most one request in flight."""

    def __init__(self, port: int):
        self.socket = socket.create_connection(("127.0.0.1", port), timeout=60)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.answer = bytearray()
        self.missing = -1  # bytes of the answer still to come, -1 before its head is there
        self.started = 0.0

    def send(self, request: bytes) -> None:
        """Send a whole request and start its clock."""
        self.answer.clear()
        self.missing = -1
        self.started = time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> bool:
        """Read what has come; return whether the answer is complete. Raises ConnectionError."""
        piece = self.socket.recv(1 << 18)
        if not piece:
            raise ConnectionError("the server closed the connection")
        self.answer += piece
        if self.missing < 0:
            end = self.answer.find(b"\r\n\r\n")
            if end < 0:
                return False
            head = bytes(self.answer[:end]).lower()
            length = int(head.split(b"content-length:", 1)[1].split(b"\r\n", 1)[0])
            self.missing = end + 4 + length - len(self.answer)
        else:
            self.missing -= len(piece)
        return self.missing <= 0

    @property
    def status(self) -> int:
        """The status of the answer that was received."""
        return int(self.answer[9:12])

    @property
    def closing(self) -> bool:
        """Whether the server closes the connection after this answer."""
        head = bytes(self.answer[: self.answer.find(b"\r\n\r\n")]).lower()
        return b"connection: close" in head or head.startswith(b"http/1.0")


def request_bytes(path: str, body: bytes, content_type: str = "application/json") -> bytes:
    """Return a POST of `body`."""
    head = f"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {content_type}\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body


def run_load(port: int, requests: Sequence[bytes], connections: int, seconds: float, count: int) -> dict:
    """Send `requests` in turn over `connections` until `seconds` or `count` is reached.

    Returns {"answered", "failed", "seconds", "per_second", "p50_ms", "p95_ms", "p99_ms", "statuses"}. A
    connection that the server closes is opened anew; one lost with a request in flight is a failure.
    """
    selector = selectors.DefaultSelector()
    latencies: list[float] = []
    statuses: dict[int, int] = {}
    sent = failed = answered = 0
    deadline = time.perf_counter() + min(seconds, MOST_SECONDS)

    def begin(connection: Connection) -> None:
        nonlocal sent
        connection.send(requests[sent % len(requests)])
        sent += 1

    def replace(connection: Connection | None) -> Connection:
        if connection:
            selector.unregister(connection.socket)
            connection.socket.close()
        fresh = Connection(port)
        selector.register(fresh.socket, selectors.EVENT_READ, fresh)
        return fresh

    started = time.perf_counter()
    for _ in range(connections):
        begin(replace(None))
    in_flight = connections
    while in_flight:
        for key, _ in selector.select(timeout=60):
            connection = key.data
            try:
                if not connection.receive():
                    continue
                now = time.perf_counter()
                answered += 1
                statuses[connection.status] = statuses.get(connection.status, 0) + 1
                if len(latencies) < LATENCIES_KEPT:
                    latencies.append(now - connection.started)
                closing = connection.closing
            except OSError:
                failed += 1
                closing = True
            if sent >= count or time.perf_counter() >= deadline:
                in_flight -= 1
                selector.unregister(connection.socket)
                connection.socket.close()
                continue
            try:
                begin(replace(connection) if closing else connection)
            except OSError:
                failed += 1
                in_flight -= 1
    took = time.perf_counter() - started
    latencies.sort()
    return {
        "answered": answered,
        "failed": failed,
        "seconds": took,
        "per_second": answered / took,
        "p50_ms": 1000 * latencies[len(latencies) // 2] if latencies else None,
        "p95_ms": 1000 * latencies[len(latencies) * 95 // 100] if latencies else None,
        "p99_ms": 1000 * latencies[len(latencies) * 99 // 100] if latencies else None,
        "statuses": statuses,
    }


def main() -> None:
    """Read bodies in base64, one a line, from standard input; print what `run_load` measured as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("--connections", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--count", type=int, default=sys.maxsize)
    parser.add_argument("--content-type", default="application/json")
    options = parser.parse_args()
    bodies = map(base64.b64decode, sys.stdin.buffer)
    requests = [request_bytes(options.path, body, options.content_type) for body in bodies]
    print(json.dumps(run_load(options.port, requests, options.connections, options.seconds, options.count)))


if __name__ == "__main__":
    main()
