"""`python -m backend.bench` measures our server and the textbook handler in one run.

Absolute figures are those of the machine and of what else it does; the ratios are what counts.
"""

import argparse
import contextlib
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import psutil

from backend.bench import pictures
from backend.reading.settings import REPOSITORY, ReadingSettings
from model_training.strokes import frame_strokes

IMAGES = 64
BATCH = 1000
CONNECTIONS = (1, 16)
START_TIMEOUT = 180  # s


def main() -> None:
    """Print a table, or with --soak what a long run leaves behind."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=8, help="of each measurement")
    parser.add_argument("--soak", type=int, metavar="REQUESTS", help="send so many, watch memory and files")
    options = parser.parse_args()
    bodies = [{"pixels": image} for image in scribbles(IMAGES)]
    if options.soak:
        soak(bodies, options.soak)
    else:
        compare(bodies, options.seconds)


def compare(bodies: list[dict], seconds: float) -> None:
    """Measure both servers, one after the other, and print their figures and ratios."""
    measured = {}
    with our_server() as (port, process, started):
        measured["ours"] = [load(port, "/predict", bodies, n, seconds) for n in CONNECTIONS]
        explained = load(port, "/explain", bodies, 1, seconds)
        batch = {"images": scribbles(BATCH)}
        # Two connections alone often meet in one worker.
        clients = 4 * cores()
        batches = load(port, "/predict/batch", [batch], clients, seconds)
        memory = [worker.memory_full_info() for worker in process.children()]
        with ThreadPoolExecutor() as beside:
            # A few seconds more than the singles take with their warm-up: a batch runs all the while.
            batching = beside.submit(load, port, "/predict/batch", [batch], 1, seconds + 3)
            singles = load(port, "/predict", bodies, 1, seconds)
            one_by_one = batching.result()
    with textbook_server() as (port, process, textbook_started):
        measured["textbook"] = [load(port, "/predict", bodies, n, seconds) for n in CONNECTIONS]
        textbook_memory = process.memory_full_info().uss

    print(f"\n{'server':<10}{'connections':>12}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
    for index, connections in enumerate(CONNECTIONS):
        reference = measured["textbook"][index]["per_second"]
        for name, rows in measured.items():
            row = rows[index]
            rate = row["per_second"]
            times = f"{row['p50_ms']:>9.2f}{row['p99_ms']:>9.2f}"
            print(f"{name:<10}{connections:>12}{rate:>12.1f}{times}{rate / reference:>7.1f}x")
    ratio = explained["p50_ms"] / measured["ours"][0]["p50_ms"]
    times = f"p50 {explained['p50_ms']:.1f} ms, p95 {explained['p95_ms']:.1f} ms"
    print(f"\nexplain    {times}: {ratio:.0f} times a prediction")
    print(f"batch      {batches['per_second'] * BATCH:,.0f} images/s over {clients} connections")
    times = f"p50 {singles['p50_ms']:.2f} ms, p99 {singles['p99_ms']:.2f} ms"
    rate = one_by_one["per_second"] * BATCH
    print(f"beside     {times} of single predictions while batches run, {rate:,.0f} images/s")
    of_workers = " + ".join(f"{worker.uss / 1e6:.0f}" for worker in memory)
    print(f"memory     {of_workers} MB in {len(memory)} workers (textbook {textbook_memory / 1e6:.0f} MB)")
    print(f"start      {started:.1f} s until the first answer (textbook {textbook_started:.1f} s)\n")
    pictures.main()


def soak(bodies: list[dict], count: int) -> None:
    """Send `count` requests; print memory and open files of the workers along the way."""
    steps = 10
    with our_server() as (port, process, _):
        load(port, "/predict", bodies, 16, 3600, max(count // steps, 1000))  # what the first use allocates
        first, files = watched(process)
        print(f"{'requests':>10}{'requests/s':>12}{'failed':>8}{'memory MB':>11}{'files':>7}")
        print(f"{0:>10}{'':>20}{first / 1e6:>11.1f}{files:>7}")
        for step in range(1, steps + 1):
            row = load(port, "/predict", bodies, 16, 3600, count // steps)
            memory, files = watched(process)
            sent = f"{step * (count // steps):>10}{row['per_second']:>12.0f}{row['failed']:>8}"
            print(f"{sent}{memory / 1e6:>11.1f}{files:>7}", flush=True)
        print(f"memory grew by {100 * (memory / first - 1):.1f}%")


def watched(process: psutil.Process) -> tuple[int, int]:
    """Return the bytes of memory and the open files of all workers."""
    workers = process.children()
    return sum(w.memory_full_info().uss for w in workers), sum(w.num_fds() for w in workers)


def scribbles(count: int) -> list[list[int]]:
    """Return framed drawings, 784 levels each: random strokes cost a server what digits cost it."""
    random = np.random.default_rng(0)
    return [frame_strokes([random.random((6, 2)).cumsum(axis=0)]).reshape(-1).tolist() for _ in range(count)]


def load(
    port: int, path: str, bodies: list[dict], connections: int, seconds: float, count: int = sys.maxsize
) -> dict:
    """Run the load generator in its own process; return what it measured, after a short warm-up."""
    lines = b"\n".join(json.dumps(body, separators=(",", ":")).encode() for body in bodies)
    command = [sys.executable, "-m", "backend.bench.load", str(port), path, "--connections", str(connections)]

    def run(*limits: str) -> dict:
        done = subprocess.run(
            [*command, *limits], cwd=REPOSITORY, input=lines, capture_output=True, check=True
        )
        return json.loads(done.stdout)

    if count == sys.maxsize:
        run("--seconds", "1")
    result = run("--seconds", str(seconds), "--count", str(count))
    if set(result["statuses"]) != {"200"}:
        raise SystemExit(f"{path} answered {result['statuses']}")
    return result


@contextlib.contextmanager
def our_server() -> Iterator[tuple[int, psutil.Process, float]]:
    """Run our server with its graph already converted; give its port, process and seconds to start."""
    with tempfile.TemporaryDirectory() as cache:
        from backend.reading.model_files import prepare_model

        prepare_model(ReadingSettings.model_path, Path(cache))
        environment = {"API_CACHE": cache, "API_WORKERS": str(cores())}
        with _server(["-m", "backend"], environment) as running:
            yield running


@contextlib.contextmanager
def textbook_server() -> Iterator[tuple[int, psutil.Process, float]]:
    """Run the textbook handler; give its port, process and seconds to start."""
    with _server(["-m", "backend.bench.textbook", str(ReadingSettings.model_path)], {}) as running:
        yield running


@contextlib.contextmanager
def _server(arguments: list[str], environment: dict[str, str]) -> Iterator[tuple[int, psutil.Process, float]]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {
        "API_PORT": str(port),
        "API_HOST": "127.0.0.1",
        "API_RATE_LIMIT": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    more = [str(port)] if "backend.bench.textbook" in arguments else []
    begun = time.perf_counter()
    # The log goes to a file, as it would; a terminal is slower.
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, *arguments, *more],
            cwd=REPOSITORY,
            env={**os.environ, **ours, **environment},
            stdout=log,
            stderr=log,
        )
        try:
            _wait_for(port, process)
            yield port, psutil.Process(process.pid), time.perf_counter() - begun
        finally:
            process.terminate()
            process.wait(60)


def _wait_for(port: int, process: subprocess.Popen) -> None:
    from backend.bench.load import request_bytes, run_load

    body = json.dumps({"pixels": [0] * 784}).encode()
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            run_load(port, [request_bytes("/predict", body)], 1, 60, 1)
            return
        except OSError:
            time.sleep(0.02)
    raise SystemExit("a server did not start")


def cores() -> int:
    """Return how many cores there are to serve from."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


if __name__ == "__main__":
    main()
