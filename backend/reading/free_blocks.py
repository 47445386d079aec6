"""Free memory goes back to the system: how the C library keeps it, and when it returns what it kept."""

import contextlib
import ctypes
import threading
import time

from backend.reading.settings import MEBIBYTE

LARGE_BLOCK = 8 * MEBIBYTE  # Pillow's blocks are twice as large, the arrays of cleaning smaller
# What is free at the heap's end is kept up to this while pictures come: given back at once and asked for
# again, as by default from 128 KiB on, it takes 8% of a picture's time.
KEPT = 32 * MEBIBYTE
M_TRIM_THRESHOLD, M_MMAP_THRESHOLD, M_ARENA_MAX = -1, -3, -8  # of glibc's malloc.h
QUIET = 1.0  # s without another picture or batch, after which free blocks are returned


def keep_little_memory() -> None:
    """Make this process give large blocks back to the system as soon as they are freed, and use one heap.

    By default glibc keeps some for every thread, so that pictures decoded one after the other, in several
    threads, take as much as if they were decoded at a time; and each thread's own heap grows for hours, by
    the largest picture that it happens to get. Called before threads start. Other C libraries are left as
    they are.
    """
    with contextlib.suppress(AttributeError, OSError, TypeError):
        library = ctypes.CDLL(None)
        library.mallopt(M_MMAP_THRESHOLD, LARGE_BLOCK)
        library.mallopt(M_TRIM_THRESHOLD, KEPT)
        library.mallopt(M_ARENA_MAX, 1)


def return_free_blocks() -> None:
    """Give the system back what is free, also among blocks in use: by itself glibc keeps that."""
    with contextlib.suppress(AttributeError, OSError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


class Returner:
    """Returns free blocks once no memory has been taken for a while: what was freed last isn't kept."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._last = 0.0  # s, of the monotonic clock
        self._waits = False

    def memory_was_taken(self) -> None:
        """Return free blocks in `QUIET` seconds, unless more is taken before."""
        with self._lock:
            self._last = time.monotonic()
            waited, self._waits = self._waits, True
        if not waited:
            self._wait()

    def _wait(self) -> None:
        timer = threading.Timer(QUIET, self._look)
        timer.daemon = True  # nobody waits for it at the end
        timer.start()

    def _look(self) -> None:
        with self._lock:
            self._waits = time.monotonic() - self._last < QUIET
            waits = self._waits
        if waits:
            self._wait()
        else:
            return_free_blocks()
