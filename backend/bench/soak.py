"""`python -m backend.bench.soak` asks our server for long and tells what that leaves behind.

Requests and pictures go out at a time, over kept connections. Memory is of all workers and the processes
that compute their batches, without what they share, at rest: what a moment's requests take is no leak. It
exits with 1 if anything failed.
"""

import argparse
import json
import sys
import threading
import time
from collections.abc import Sequence

import numpy as np
import psutil

from backend.bench.__main__ import BATCH, IMAGES, NPY, batch_in_npy, load, our_server, scribbles
from backend.evaluation.photographs import CONDITIONS, photograph
from backend.reading.free_blocks import QUIET

STEPS = 10
WARM_UP = 0.1  # of all requests: what the first use allocates, of each thread and each kind of picture
AT_REST = 3 * QUIET  # s
BOUNDARY = "picture"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


def main() -> int:
    """Print a line a step; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=500_000)
    parser.add_argument("--pictures", type=int, default=20_000, help="of every kind, half of them to /read")
    parser.add_argument("--batches", type=int, default=500)
    options = parser.parse_args()
    counts = (options.requests, options.pictures // 2, options.pictures // 2, options.batches)
    forms = [as_form(content) for content in pictures()]
    bodies = [json.dumps({"pixels": image}).encode() for image in scribbles(IMAGES)]
    batch = batch_in_npy(np.array(scribbles(BATCH), np.uint8))
    kinds = (
        ("/predict", bodies, 16, "application/json"),
        ("/predict", forms, 2, FORM),
        ("/read", forms, 2, FORM),
        ("/predict/batch", [batch], 8, NPY),  # so many that each worker starts its process for them
    )

    def step(port: int, share: float) -> int:
        """Send a `share` of everything, all kinds at a time; return how many requests failed."""
        failed: list[int] = []

        def send(path: str, bodies: Sequence[bytes], connections: int, content_type: str, count: int) -> None:
            try:
                row = load(port, path, bodies, connections, 3600, count, content_type)
                failed.append(row["failed"])
            except SystemExit as wrong:
                print(wrong, file=sys.stderr)
                failed.append(count)

        threads = [
            threading.Thread(target=send, args=(*kind, max(round(count * share), kind[2])))
            for kind, count in zip(kinds, counts, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return sum(failed)

    with our_server() as (port, process, _):
        lost = step(port, WARM_UP)
        first, files = watched(process)
        print(f"{'done':>6}{'failed':>8}{'memory MB':>11}{'files':>7}")
        print(f"{0:>6}{lost:>8}{first / 1e6:>11.1f}{files:>7}")
        for number in range(1, STEPS + 1):
            lost += step(port, 1 / STEPS)
            memory, files = watched(process)
            print(f"{number / STEPS:>6.0%}{lost:>8}{memory / 1e6:>11.1f}{files:>7}", flush=True)
    print(f"memory changed by {100 * (memory / first - 1):+.1f}% after the warm-up")
    return 1 if lost else 0


def watched(process: psutil.Process) -> tuple[int, int]:
    """Return the bytes of memory and the open files of all processes under `process`, at rest."""
    time.sleep(AT_REST)
    workers = process.children(recursive=True)
    return sum(each.memory_full_info().uss for each in workers), sum(each.num_fds() for each in workers)


def pictures() -> list[bytes]:
    """Return photographs of a scribble, and of three beside each other, under each condition, as files."""
    random = np.random.default_rng(0)
    curve = random.random((6, 2)).cumsum(axis=0)
    beside = [curve + (3 * np.ptp(curve[:, 0]) * place / 2, 0) for place in range(3)]
    return [
        photograph(condition(random), strokes, random)
        for strokes in ([curve], beside)
        for condition in CONDITIONS.values()
    ]


def as_form(content: bytes) -> bytes:
    """Return the body of a form with the file `content`, whose type is `FORM`."""
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="image"; filename="picture"\r\n\r\n'
    return head.encode() + content + f"\r\n--{BOUNDARY}--\r\n".encode()


if __name__ == "__main__":
    sys.exit(main())
