"""Rooms: the changes of a drawing each, in the order in which they came, and the people in it."""

import asyncio
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from backend.together.settings import RoomSettings
from backend.together.updates import MalformedError, read_change

ROOM_ID = re.compile(r"[A-Za-z0-9_-]{22}")  # 128 random bits: nobody guesses one


class RefusedError(Exception):
    """Somebody who can't come in or stay; the message says why, within the 123 bytes of a closing frame."""


@dataclass
class Room:
    """A drawing, and who is there."""

    updates: list[bytes] = field(default_factory=list)  # of Yjs, what one refers to before it
    state: dict[int, int] = field(default_factory=dict)  # what they bring: the next clock of each client
    deletions: set[tuple[int, int, int]] = field(default_factory=set)  # client, first clock, how many
    size: int = 0  # bytes of the updates
    people: dict[int, Any] = field(default_factory=dict)  # connections by number
    presences: dict[int, bytes] = field(default_factory=dict)  # what each said last of itself

    def take(self, update: bytes, most: int) -> bool:
        """Keep an `update` of a drawing of at most `most` bytes; return whether it brings something.

        Raises RefusedError.
        """
        try:
            change = read_change(update)
            state = change.merged(self.state)
        except MalformedError as error:
            raise RefusedError(f"This is no change of a drawing: {error}.") from error
        if state == self.state and change.deletions <= self.deletions:
            return False
        if self.size + len(update) > most:
            raise RefusedError(
                "This drawing is as large as one may be. Leave, and start another room with it."
            )
        self.updates.append(update)
        self.size += len(update)
        self.state = state
        self.deletions |= change.deletions
        return True


class Rooms:
    """All rooms, by their ids."""

    def __init__(self, settings: RoomSettings):
        """Hold no more than `settings` allow."""
        self._settings = settings
        self._rooms: dict[str, Room] = {}
        self._empty: dict[str, asyncio.TimerHandle] = {}  # those that wait to be forgotten, longest first
        self._numbers = count(1)

    @contextmanager
    def entered(self, id: str, connection: Any) -> Iterator[tuple[Room, int]]:
        """Have `connection` in the room of that id while the block runs; yield the room and its number there.

        A room is forgotten when it was empty for a while, or where another one needs its place. Raises
        RefusedError.
        """
        room = self._rooms.get(id) or self._begun(id)
        if len(room.people) >= self._settings.max_people:
            raise RefusedError("This room is full.")
        if id in self._empty:
            self._empty.pop(id).cancel()
        number = next(self._numbers)
        room.people[number] = connection
        try:
            yield room, number
        finally:
            del room.people[number]
            room.presences.pop(number, None)
            if not room.people:
                wait = self._settings.forgotten_after
                self._empty[id] = asyncio.get_running_loop().call_later(wait, self._forget, id)

    def _begun(self, id: str) -> Room:
        if len(self._rooms) >= self._settings.max_rooms:
            if not self._empty:
                raise RefusedError("There are as many rooms as there may be. Try again later.")
            self._forget(next(iter(self._empty)))
        room = self._rooms[id] = Room()
        return room

    def _forget(self, id: str) -> None:
        self._empty.pop(id).cancel()
        del self._rooms[id]
