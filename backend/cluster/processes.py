"""Reading with the cores of this machine, a process a core."""

import signal
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context

import pyarrow as pa

from backend.cluster.rows import Reader, Task
from backend.cluster.sources import Picture

PARTS_AHEAD = 2  # a process; so no process waits, and what is read isn't piled up
MOST_BREAKS = 3  # processes that may be lost, as when memory runs out

Part = Sequence[Picture]

_reader: Reader | None = None  # of a process that reads


class LostProcessesError(Exception):
    """Processes that read end again and again."""


def read_by_processes(parts: Sequence[Part], task: Task, count: int) -> Iterator[pa.Table]:
    """Yield the rows of each of `parts`, as they come, read by `count` processes; one is this very process.

    What a lost process was reading is read again. Raises LostProcessesError where that doesn't help.
    """
    if count == 1:
        reader = Reader(task)
        yield from map(reader.read, parts)
        return
    left = list(reversed(parts))
    for _ in range(MOST_BREAKS):
        running: dict[Future[pa.Table], Part] = {}
        pool = ProcessPoolExecutor(count, get_context("spawn"), _begin, (task,))
        try:
            while left or running:
                while left and len(running) < PARTS_AHEAD * count:
                    part = left.pop()
                    running[pool.submit(_read, part)] = part
                for done in wait(running, return_when=FIRST_COMPLETED).done:
                    rows = done.result()
                    del running[done]
                    yield rows
            return
        except BrokenProcessPool:
            left += running.values()
        finally:
            pool.shutdown(cancel_futures=True)
    raise LostProcessesError(
        "The processes that read ended again and again: is there too little memory for so many?"
    )


def _begin(task: Task) -> None:
    global _reader
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a terminal's Ctrl-C is for whoever started us
    _reader = Reader(task)


def _read(part: Part) -> pa.Table:
    assert _reader
    return _reader.read(part)
