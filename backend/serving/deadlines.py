"""Deadlines for clients that send too slowly: their socket stops being read.

A thread that waits for a slow client can't be interrupted otherwise, and a few such clients would
keep every thread waiting.
"""

import contextlib
import socket
import threading
import time

PERIOD = 0.25  # s, between two looks at the clock


class Deadlines:
    """The sockets that something waits for, and until when; one watching thread for all of them."""

    def __init__(self) -> None:
        self._until: dict[socket.socket, float] = {}
        self._watcher: threading.Thread | None = None

    def begin(self, waited_for: socket.socket, seconds: float) -> None:
        """End the reading side of `waited_for` in `seconds`, unless `end` comes first."""
        self._until[waited_for] = time.monotonic() + seconds
        if self._watcher is None:
            self._watcher = threading.Thread(target=self._watch, name="deadlines", daemon=True)
            self._watcher.start()

    def end(self, waited_for: socket.socket) -> bool:
        """Return whether `waited_for` came in time."""
        return self._until.pop(waited_for, None) is not None

    def _watch(self) -> None:
        while True:
            time.sleep(PERIOD)
            now = time.monotonic()
            for waited_for, until in list(self._until.items()):
                if now > until and self._until.pop(waited_for, None) is not None:
                    with contextlib.suppress(OSError):
                        waited_for.shutdown(socket.SHUT_RD)


# One for each process: nothing is watched, and no thread is there, before the first `begin`.
DEADLINES = Deadlines()
