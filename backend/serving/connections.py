"""Connections of HTTP clients: uvicorn's, with a time and a size for what a client sends.

A head that doesn't come whole is no request, and its connection is closed. A body that doesn't is cut off
where it is, with a word to the application (`LATE` in the scope), which answers that.
"""

import asyncio
import math
from typing import Any, ClassVar

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from backend.api.bodies import LATE

PERIOD = 0.25  # s, between two looks at the clock
SILENT = 75.0  # s, for the first byte on a new connection
GRACE = 3.0  # s beyond a body's time, in which the rest is still taken, so that the answer arrives
LINGER = 1.0  # s, in which a server that stops still takes a request that was on its way
MOST_HEAD = 64 * 1024  # bytes of a request's first line and headers


class BoundedConnection(HttpToolsProtocol):
    """A connection that is closed where a request's head or body takes too long, or its head is too large.

    A client may close its sending side and still be answered.
    """

    body_timeout = 15.0  # s, for a head to come, and then for a body

    _watched: ClassVar[set["BoundedConnection"]] = set()
    _watching = False

    def __init__(self, *arguments: Any, **named: Any):
        super().__init__(*arguments, **named)
        self._until = math.inf  # by the loop's clock, when what is awaited has to be there
        self._head = 0  # bytes of the head that is being read
        self._stopping = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to wait for a first request."""
        super().connection_made(transport)
        self._await(SILENT)
        self._watched.add(self)
        if not BoundedConnection._watching:
            BoundedConnection._watching = True
            self.loop.call_later(PERIOD, _look, self.loop)

    def connection_lost(self, exc: Exception | None) -> None:
        """Wait for nothing any more."""
        self._watched.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take what came, if it isn't too much of a head."""
        self._head += len(data)
        super().data_received(data)
        if self._head > MOST_HEAD and not self.transport.is_closing():
            self.transport.close()

    def eof_received(self) -> bool:  # type: ignore[override]
        """Answer a client that sends no more; a request that isn't whole by now stays as it is."""
        cycle = self.cycle
        if cycle is None or cycle.response_complete:
            return False  # the transport closes itself
        cycle.keep_alive = False
        self._cut_off()
        return True

    def on_message_begin(self) -> None:
        """Begin to wait for a head."""
        self._head = 0
        self._await(self.body_timeout)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        """Begin to wait for a body."""
        self._head = -math.inf  # type: ignore[assignment]  # of a body another counts the bytes
        self._await(self.body_timeout)
        super().on_headers_complete()
        if self._stopping and self.cycle is not None:
            self.cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Wait for nothing any more: the request is there."""
        self._head = 0
        self._until = math.inf
        super().on_message_complete()

    def shutdown(self) -> None:
        """End with the next answer, or soon if nothing is asked: a request may be on its way."""
        self._stopping = True
        if self.cycle is None or self.cycle.response_complete:
            self._until = min(self._until, self.loop.time() + LINGER)
        else:
            super().shutdown()

    def expire(self) -> None:
        """End what is awaited: a body once, and then the connection."""
        cycle = self.cycle
        if cycle is not None and cycle.more_body and not cycle.response_complete and LATE not in cycle.scope:
            cycle.scope[LATE] = True  # type: ignore[literal-required]
            self._cut_off()
            self._await(GRACE)
        elif not self.transport.is_closing():
            self.transport.close()

    def _cut_off(self) -> None:
        self.cycle.more_body = False
        self.cycle.message_event.set()

    def _await(self, seconds: float) -> None:
        self._until = self.loop.time() + seconds


def _look(loop: asyncio.AbstractEventLoop) -> None:
    """End what is past its time, all `PERIOD` seconds: a timer for each request would cost more."""
    now = loop.time()
    for connection in list(BoundedConnection._watched):
        if now > connection._until:
            connection.expire()
    loop.call_later(PERIOD, _look, loop)
