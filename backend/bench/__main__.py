"""`python -m backend.bench` measures our server and others of the same network in one run.

The others are the textbook handler and, where `requirements-bench.txt` is installed, what people would pick
today: FastAPI and LitServe with ONNX Runtime, with as many workers as ours. All run at a time and are asked
in turns. Absolute figures are those of the machine and of what else it does; the ratios are what counts.
"""

import argparse
import base64
import contextlib
import importlib.util
import io
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path

import numpy as np
import psutil

from backend.bench import pictures
from backend.reading.settings import REPOSITORY, ReadingSettings
from model_training.strokes import frame_strokes

IMAGES = 64
BATCH = 1000
CONNECTIONS = (1, 16)
NPY = "application/x-npy"
START_TIMEOUT = 180  # s

Running = tuple[int, psutil.Process, float]  # a server's port, its process, and the seconds it took to start


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4, help="of each measurement")
    parser.add_argument("--rounds", type=int, default=2, help="in which each server is measured once")
    options = parser.parse_args()
    compare([{"pixels": image} for image in scribbles(IMAGES)], options.seconds, options.rounds)


def compare(bodies: list[dict], seconds: float, rounds: int) -> None:
    """Measure all servers in turns, and print their figures and ratios."""
    images = np.array(scribbles(BATCH), np.uint8)
    as_json = [json.dumps(body, separators=(",", ":")).encode() for body in bodies]
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory() as folder:
        ours = stack.enter_context(our_server())
        servers = {"ours": ours, "textbook": stack.enter_context(textbook_server())}
        for name, starting in onnx_servers(Path(folder)).items():
            servers[name] = stack.enter_context(starting)
        print(f"\n{'server':<18}{'connections':>12}{'requests/s':>12}{'p50 ms':>9}{'p99 ms':>9}{'ratio':>8}")
        best: dict[str, list[dict]] = {name: [] for name in servers}
        for connections in CONNECTIONS:
            rows: dict[str, list[dict]] = {name: [] for name in servers}
            for _ in range(rounds):
                for name, (port, *_rest) in servers.items():
                    rows[name].append(load(port, "/predict", as_json, connections, seconds))
            for name, measured in rows.items():
                best[name].append(max(measured, key=lambda row: row["per_second"]))
            reference = best["textbook"][-1]["per_second"]
            for name in servers:
                row = best[name][-1]
                rate = row["per_second"]
                times = f"{row['p50_ms']:>9.2f}{row['p99_ms']:>9.2f}"
                print(f"{name:<18}{connections:>12}{rate:>12.1f}{times}{rate / reference:>7.1f}x", flush=True)
        port = ours[0]
        explained = load(port, "/explain", as_json, 1, seconds)
        # Two connections alone often meet in one worker.
        clients = 4 * cores()
        batches = {
            "JSON": load(port, "/predict/batch", [batch_in_json(images)], clients, seconds),
            "npy": load(port, "/predict/batch", [batch_in_npy(images)], clients, seconds, content_type=NPY),
        }
        with ThreadPoolExecutor() as beside:
            # A few seconds more than the singles take with their warm-up: a batch runs all the while.
            batching = beside.submit(load, port, "/predict/batch", [batch_in_json(images)], 1, seconds + 3)
            singles = load(port, "/predict", as_json, 1, seconds)
            one_by_one = batching.result()
        memory = {
            name: [
                each.memory_full_info().uss for each in started[1].children(recursive=True) or [started[1]]
            ]
            for name, started in servers.items()
        }
    ratio = explained["p50_ms"] / best["ours"][0]["p50_ms"]
    times = f"p50 {explained['p50_ms']:.1f} ms, p95 {explained['p95_ms']:.1f} ms"
    print(f"\nexplain    {times}: {ratio:.0f} times a prediction")
    for name, row in batches.items():
        print(f"batch      {row['per_second'] * BATCH:,.0f} images/s as {name} over {clients} connections")
    times = f"p50 {singles['p50_ms']:.2f} ms, p99 {singles['p99_ms']:.2f} ms"
    rate = one_by_one["per_second"] * BATCH
    print(f"beside     {times} of single predictions while batches run, {rate:,.0f} images/s")
    for name, used in memory.items():
        print(f"memory     {' + '.join(f'{each / 1e6:.0f}' for each in used)} MB: {name}")
    for name, started in servers.items():
        print(f"start      {started[2]:.1f} s until the first answer: {name}")
    print()
    pictures.main()


def batch_in_json(images: np.ndarray) -> bytes:
    """Return the batch of `images` as JSON."""
    return json.dumps({"images": images.tolist()}, separators=(",", ":")).encode()


def batch_in_npy(images: np.ndarray) -> bytes:
    """Return the batch of `images` as a NumPy file."""
    file = io.BytesIO()
    np.save(file, images)
    return file.getvalue()


def scribbles(count: int) -> list[list[int]]:
    """Return framed drawings, 784 levels each: random strokes cost a server what digits cost it."""
    random = np.random.default_rng(0)
    return [frame_strokes([random.random((6, 2)).cumsum(axis=0)]).reshape(-1).tolist() for _ in range(count)]


def load(
    port: int,
    path: str,
    bodies: Sequence[bytes],
    connections: int,
    seconds: float,
    count: int = sys.maxsize,
    content_type: str = "application/json",
) -> dict:
    """Run the load generator in its own process; return what it measured, after a short warm-up."""
    lines = b"\n".join(map(base64.b64encode, bodies))
    command = [sys.executable, "-m", "backend.bench.load", str(port), path, "--connections", str(connections)]

    def run(*limits: str) -> dict:
        done = subprocess.run(
            [*command, "--content-type", content_type, *limits],
            cwd=REPOSITORY,
            input=lines,
            capture_output=True,
            check=True,
        )
        return json.loads(done.stdout)

    if count == sys.maxsize:
        run("--seconds", "1")
    result = run("--seconds", str(seconds), "--count", str(count))
    if set(result["statuses"]) != {"200"}:
        raise SystemExit(f"{path} answered {result['statuses']}")
    return result


@contextlib.contextmanager
def our_server() -> Iterator[Running]:
    """Run our server with its graph already converted; give its port, process and seconds to start."""
    with tempfile.TemporaryDirectory() as cache:
        from backend.reading.model_files import prepare_model

        prepare_model(ReadingSettings.model_path, Path(cache))
        environment = {"API_CACHE": cache, "API_WORKERS": str(cores())}
        with _server(["-m", "backend"], environment) as running:
            yield running


@contextlib.contextmanager
def textbook_server() -> Iterator[Running]:
    """Run the textbook handler; give its port, process and seconds to start."""
    with _server(["-m", "backend.bench.textbook", str(ReadingSettings.model_path)], {}, []) as running:
        yield running


def onnx_servers(folder: Path) -> dict[str, AbstractContextManager[Running]]:
    """Return the servers that run a copy of the model in ONNX, made in `folder`; none that isn't there."""
    if not all(map(importlib.util.find_spec, ("onnxruntime", "tf2onnx"))):
        print("FastAPI and LitServe are left out: install requirements-bench.txt to compare with them.")
        return {}
    model = str(folder / "digits.onnx")
    subprocess.run(
        [sys.executable, "-m", "backend.bench.onnx_copy", str(ReadingSettings.model_path), model],
        cwd=REPOSITORY,
        check=True,
        capture_output=True,
    )
    modules = {"fastapi": "FastAPI + ONNX", "litserve": "LitServe + ONNX"}
    return {
        name: _server(["-m", f"backend.bench.{module}_onnx", model], {}, [str(cores())])
        for module, name in modules.items()
        if importlib.util.find_spec(module)
    }


@contextlib.contextmanager
def _server(
    arguments: list[str], environment: dict[str, str], more: Sequence[str] | None = None
) -> Iterator[Running]:
    """Run a Python program that serves; its port and `more` are given to it, unless that is None."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    ours = {
        "API_PORT": str(port),
        "API_HOST": "127.0.0.1",
        "API_RATE_LIMIT": "0",
        "TF_CPP_MIN_LOG_LEVEL": "3",
    }
    begun = time.perf_counter()
    # The log goes to a file, as it would; a terminal is slower.
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            [sys.executable, *arguments, *([] if more is None else [str(port), *more])],
            cwd=REPOSITORY,
            env={**os.environ, **ours, **environment},
            stdout=log,
            stderr=log,
        )
        server = psutil.Process(process.pid)
        try:
            _wait_for(port, process)
            yield port, server, time.perf_counter() - begun
        finally:
            all_of_it = server.children(recursive=True) if server.is_running() else []
            process.terminate()
            process.wait(60)
            for left in psutil.wait_procs(all_of_it, 5)[1]:  # LitServe leaves its workers behind
                left.kill()


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
