"""The server of rooms: WebSockets that bring everybody's changes to everybody else.

A message is a byte that says its kind, and its content. Whoever comes in is sent all changes of the
drawing, then what these amount to as a state vector of Yjs, by which it sends what the room lacks: so
nothing is lost by a cut. Who sends an empty state is told the room's, by which it sees that the connection
lives. Presences (who somebody is) and pens (where a pen is, and the ink that it has just left) are handed
on with the number of who sent them; the last presence of each is told to who comes later.
"""

import time
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from websockets.asyncio.server import Server, ServerConnection, broadcast, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response

from backend.together.rooms import ROOM_ID, RefusedError, Room, Rooms
from backend.together.settings import RoomSettings
from backend.together.updates import write_state

STATE, UPDATE, PRESENCE, PEN = b"\x00", b"\x01", b"\x02", b"\x03"
NUMBER_BYTES = 4  # of the sender of a presence or a pen, before its content; a presence without has gone
MOST_PRESENCE = 4096  # bytes, of a presence or a pen
MOST_UNREAD = 2 * 1024 * 1024  # bytes that wait for somebody who doesn't read them
REFUSED = 4000  # the code of a connection that is closed for a reason that is said


async def serve_rooms(settings: RoomSettings) -> Server:
    """Return a server of rooms that listens."""
    rooms = Rooms(settings)

    async def attend(connection: ServerConnection) -> None:
        path = connection.request.path if connection.request else ""
        try:
            with rooms.entered(path.removeprefix("/"), connection) as (room, number):
                try:
                    await _attend(connection, room, number, settings)
                finally:
                    if number in room.presences:
                        _tell_others(room, number, _from(number, PRESENCE))
        except RefusedError as refused:
            await connection.close(REFUSED, str(refused))
        except ConnectionClosed:
            pass

    def answer_before(connection: ServerConnection, request: Request) -> Response | None:
        """Answer what isn't about a room: probes, ids that nobody has made, pages of others."""
        if request.path == "/health":
            return connection.respond(HTTPStatus.OK, "ok\n")
        if not ROOM_ID.fullmatch(request.path.removeprefix("/")):
            return connection.respond(
                HTTPStatus.NOT_FOUND, "A room is named by 22 characters of base64url.\n"
            )
        origin = request.headers.get("Origin", "")
        if origin not in settings.origins and urlsplit(origin).netloc != request.headers.get("Host"):
            return connection.respond(HTTPStatus.FORBIDDEN, "This page may not use this server's rooms.\n")
        return None

    return await serve(
        attend,
        settings.host,
        settings.port,
        process_request=answer_before,
        max_size=settings.max_room,
        compression=None,  # messages are small, and memory is other people's
        server_header=None,
    )


async def _attend(connection: ServerConnection, room: Room, number: int, settings: RoomSettings) -> None:
    """Bring what one person sends to all others, until it leaves. Raises RefusedError, ConnectionClosed."""
    told = [UPDATE + update for update in room.updates]
    told.append(STATE + write_state(room.state))
    told += [_from(other, PRESENCE, presence) for other, presence in room.presences.items()]
    for each in told:
        broadcast([connection], each)  # not `send`, which lets what others do come in between
    messages = _Allowance(settings.rate, settings.burst)
    sizes = _Allowance(settings.byte_rate, 2 * settings.max_room)
    async for message in connection:
        if isinstance(message, str):
            raise RefusedError("A message is binary.")
        if not messages.allows(1) or not sizes.allows(len(message)):
            raise RefusedError("Too much was sent at once.")
        kind, content = message[:1], message[1:]
        if kind == UPDATE:
            if room.take(content, settings.max_room):
                _tell_others(room, number, message)
        elif message == STATE:
            broadcast([connection], STATE + write_state(room.state))
        elif kind in (PRESENCE, PEN) and len(content) <= MOST_PRESENCE:
            if kind == PRESENCE:
                room.presences[number] = content
            _tell_others(room, number, _from(number, kind, content))
        else:
            raise RefusedError("A message is an update, a presence or a pen.")


class _Allowance:
    """How much somebody may send: `rate` a second, `burst` at once."""

    def __init__(self, rate: float, burst: float):
        self._rate, self._burst = rate, burst
        self._left, self._last = burst, time.monotonic()

    def allows(self, much: float) -> bool:
        now = time.monotonic()
        self._left = min(self._burst, self._left + (now - self._last) * self._rate) - much
        self._last = now
        return self._left >= 0


def _from(number: int, kind: bytes, content: bytes = b"") -> bytes:
    return kind + number.to_bytes(NUMBER_BYTES, "big") + content


def _tell_others(room: Room, number: int, message: bytes) -> None:
    others = [connection for other, connection in room.people.items() if other != number]
    for slow in [connection for connection in others if _unread(connection) > MOST_UNREAD]:
        slow.transport.abort()
    broadcast(others, message)


def _unread(connection: Any) -> int:
    return connection.transport.get_write_buffer_size()
