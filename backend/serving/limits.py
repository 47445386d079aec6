"""A limit on each client's rate of requests, right across worker processes.

Every client has a bucket of tokens that fills at the configured rate; a request takes one. The
buckets lie in memory that the workers share, so it is made before they are forked. Where the table
is full, the bucket that was left alone longest goes to the new client.

Libraries such as Flask-Limiter share their counters between processes only through a server, such as Redis.
"""

import contextlib
import hashlib
import math
import mmap
import os
import struct
import tempfile
import threading
import time
from collections.abc import Iterator

SLOTS = 1 << 14  # clients remembered at once
PROBES = 8  # slots that a client may lie in
SLOT = struct.Struct("<Qdd")  # client, tokens, time of the last request


class RateLimiter:
    """Token buckets by client. Make it before forking; use it in every worker."""

    def __init__(self, rate: float, burst: int):
        self._rate = rate
        self._burst = float(burst)
        self._table = mmap.mmap(-1, SLOTS * SLOT.size)
        self._thread_lock = threading.Lock()
        # A lock on a file is let go when its holder is killed; a semaphore would not be.
        self._lock_file = tempfile.TemporaryFile()  # noqa: SIM115, it lives as long as we do
        self._salt = os.urandom(16)

    def wait(self, client: str, now: float | None = None) -> float:
        """Take a token of `client`; return 0, or the seconds until there is one."""
        now = time.monotonic() if now is None else now
        digest = hashlib.blake2b(client.encode(), digest_size=8, key=self._salt).digest()
        key = int.from_bytes(digest, "little") | 1  # 0 is an empty slot
        with self._locked():
            offset, tokens, last = self._find(key)
            tokens = min(self._burst, tokens + (now - last) * self._rate)
            allowed = tokens >= 1
            SLOT.pack_into(self._table, offset, key, tokens - allowed, now)
        return 0 if allowed else (1 - tokens) / self._rate

    def _find(self, key: int) -> tuple[int, float, float]:
        """The offset, tokens and time of the client's slot, or of the one that it gets."""
        oldest, oldest_time = 0, math.inf
        for probe in range(PROBES):
            offset = (key + probe) % SLOTS * SLOT.size
            owner, tokens, last = SLOT.unpack_from(self._table, offset)
            if owner == key:
                return offset, tokens, last
            if owner == 0:
                return offset, self._burst, 0.0
            if last < oldest_time:
                oldest, oldest_time = offset, last
        return oldest, self._burst, 0.0

    @contextlib.contextmanager
    def _locked(self) -> Iterator[None]:
        with self._thread_lock:
            if os.name != "posix":  # one process
                yield
                return
            import fcntl

            fcntl.lockf(self._lock_file, fcntl.LOCK_EX)
            try:
                yield
            finally:
                fcntl.lockf(self._lock_file, fcntl.LOCK_UN)
