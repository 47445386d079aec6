"""How much sooner two nodes of a Ray cluster have read many pictures than one process on one core.

`python -m backend.bench.cluster` reads made-up photographs by one process on one core, then by two nodes of
one core each on this machine, in the same run; starting is left out, its time is told apart. Then two nodes
read them again, and one is killed half way.
"""

import argparse
import os
import tempfile
import time
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pyarrow as pa

from backend.bench.local_nodes import local_nodes
from backend.cluster.processes import read_by_processes
from backend.cluster.ray_data import read_by_ray
from backend.cluster.rows import Reader, Task
from backend.cluster.sources import Picture, divided, list_pictures
from backend.evaluation.photographs import CONDITIONS, photograph
from backend.reading.model_files import prepare_model
from backend.reading.settings import ReadingSettings

DISTINCT = 200  # drawing a photograph takes longer than reading it
MADE_BY = ("paper tint", "shadow edge", "ruled paper", "pen colours", "pencil")
GOAL = 0.58  # of one core's time


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=int, default=5000)
    count = parser.parse_args().pictures
    task = Task(prepare_model(ReadingSettings.model_path, ReadingSettings.cache_folder))
    with tempfile.TemporaryDirectory() as folder:
        pictures = made(Path(folder), count)
        parts = divided(pictures, 2)
        few = divided(pictures[:64], 2)
        load = os.getloadavg()[0]

        Reader(task).read(few[0])  # what is loaded at the first use
        begun, used = time.perf_counter(), time.process_time()
        check(pictures, read_by_processes(parts, task, 1))
        one, used = time.perf_counter() - begun, time.process_time() - used

        begun = time.perf_counter()
        with local_nodes(2) as nodes:
            check(pictures[:64], read_by_ray(few, task))
            started = time.perf_counter() - begun
            begun = time.perf_counter()
            check(pictures, read_by_ray(parts, task))
            two = time.perf_counter() - begun

            begun, seen, killed = time.perf_counter(), [], False
            for rows in read_by_ray(parts, task):
                seen.append(rows)
                if not killed and sum(map(len, seen)) >= count / 2:
                    nodes.remove_node(next(iter(nodes.worker_nodes)), allow_graceful=False)
                    killed = True
            lost = time.perf_counter() - begun
            check(pictures, seen)

    print(f"\n{count:,} photographs, {1000 * used / count:.1f} ms of a core each; load before it {load:.1f}")
    print(f"{'one process, one core':<36}{one:>8.1f} s{count / one:>8.1f} a second")
    print(f"{'two nodes of one core each':<36}{two:>8.1f} s{count / two:>8.1f} a second{two / one:>8.2f}x")
    print(f"{'the same, one killed half way':<36}{lost:>8.1f} s{'':>17}{lost / one:>8.2f}x")
    print(f"{'starting the nodes, and what reads':<36}{started:>8.1f} s")
    print(f"goal of two nodes: {GOAL}; every picture has one row in all three")


def made(folder: Path, count: int) -> list[Picture]:
    """Return `count` photographs in `folder`, of which DISTINCT differ."""
    rng = np.random.default_rng(0)
    files = []
    for index in range(min(DISTINCT, count)):
        stroke = rng.random((6, 2)).cumsum(axis=0)
        scene = CONDITIONS[MADE_BY[index % len(MADE_BY)]](rng)
        files.append(folder / f"{index:04}.jpg")
        files[-1].write_bytes(photograph(scene, [stroke], rng))
    (folder / "all.txt").write_text("\n".join(str(file) for file in files))
    listed = list_pictures(str(folder / "all.txt"), folder)
    return [Picture(f"{index:06}", listed[index % len(listed)].address) for index in range(count)]


def check(pictures: list[Picture], tables: Iterable[pa.Table]) -> None:
    """Stop if not every one of `pictures` has one row without an error."""
    rows = Counter((row["picture"], row["error"]) for table in tables for row in table.to_pylist())
    if rows != Counter((picture.name, None) for picture in pictures):
        raise SystemExit("rows are missing, twice, or errors")


if __name__ == "__main__":
    main()
