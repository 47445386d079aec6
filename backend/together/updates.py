"""What a change of a drawing may hold: each is looked through before it is handed on.

A drawing is a document of Yjs whose root, the array `strokes`, holds a stroke in each of its elements, as
bytes. Yjs could carry much else, and what doesn't fit together; some of it kills programs that decode it
(yrs, the Yjs of Python's pycrdt, dies of deep nesting and of clocks that leave gaps). So nothing else is
let through, and a room keeps changes as they came. The format is version 1 of Yjs's updates: `readUpdate`
and `readDeleteSet` of its source.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

ROOT = b"strokes"
MOST_CLIENT = 2**53 - 1  # JavaScript holds no larger number exactly
MOST_CLOCK = 2**31 - 1

HAS_LEFT, HAS_RIGHT, HAS_KEY, KIND = 0x80, 0x40, 0x20, 0x1F
DELETED, BYTES = 1, 3  # of the kinds


class MalformedError(ValueError):
    """What is no change of a drawing; the message says why."""


@dataclass
class Change:
    """What an update brings."""

    begins: dict[int, int] = field(default_factory=dict)  # by client: the clock of its first element in there
    ends: dict[int, int] = field(default_factory=dict)  # by client: the clock after its last element
    places: list[tuple[int, int]] = field(default_factory=list)  # client and clock of all that it refers to
    deletions: set[tuple[int, int, int]] = field(default_factory=set)  # client, first clock, how many

    def merged(self, state: Mapping[int, int]) -> dict[int, int]:
        """Return what is known (the next clock of each client) once `state` has this change.

        Raises MalformedError where it goes on from something that `state` doesn't have, or refers to it.
        """
        if any(begin > state.get(client, 0) for client, begin in self.begins.items()):
            raise MalformedError("something is missing before it")
        known = dict(state)
        for client, end in self.ends.items():
            known[client] = max(end, known.get(client, 0))
        if any(clock >= known.get(client, 0) for client, clock in self.places):
            raise MalformedError("it refers to something that isn't there")
        return known


def read_change(update: bytes) -> Change:
    """Return what `update` brings. Raises MalformedError where it is none, or of anything but strokes."""
    reader, change = _Reader(update), Change()
    for _ in range(reader.number(MOST_CLOCK)):
        elements, client = reader.number(MOST_CLOCK), reader.number(MOST_CLIENT)
        clock = reader.number(MOST_CLOCK)
        if client in change.begins:
            raise MalformedError("a client comes twice")
        change.begins[client] = clock
        for _ in range(elements):
            clock += _read_element(reader, change)
        if clock > MOST_CLOCK:
            raise MalformedError("a clock is too large")
        change.ends[client] = clock
    for _ in range(reader.number(MOST_CLOCK)):
        client = reader.number(MOST_CLIENT)
        for _ in range(reader.number(MOST_CLOCK)):
            first, length = reader.number(MOST_CLOCK), reader.number(MOST_CLOCK)
            change.places.append((client, first + max(length, 1) - 1))
            change.deletions.add((client, first, length))
    reader.expect_end()
    return change


def write_state(state: Mapping[int, int]) -> bytes:
    """Return `state`, the next clock of each client, as a state vector of Yjs."""
    numbers = [len(state), *(number for pair in state.items() for number in pair)]
    return b"".join(map(_varint, numbers))


def _read_element(reader: "_Reader", change: Change) -> int:
    """Read an element of the drawing; return how many clocks it takes."""
    info = reader.byte()
    if info & HAS_LEFT:
        change.places.append(reader.place())
    if info & HAS_RIGHT:
        change.places.append(reader.place())
    if not info & (HAS_LEFT | HAS_RIGHT) and (
        info & HAS_KEY or reader.byte() != 1 or reader.content() != ROOT
    ):
        raise MalformedError("it is about something else than strokes")
    if info & KIND == DELETED:
        length = reader.number(MOST_CLOCK)
        if length == 0:
            raise MalformedError("nothing was deleted")
        return length
    if info & KIND != BYTES:
        raise MalformedError("a stroke is bytes")
    reader.content()
    return 1


class _Reader:
    """Goes through bytes. Its methods raise MalformedError where these end before, or hold something else."""

    def __init__(self, content: bytes):
        self._content = content
        self._at = 0

    def byte(self) -> int:
        if self._at >= len(self._content):
            raise MalformedError("it is cut short")
        self._at += 1
        return self._content[self._at - 1]

    def number(self, most: int) -> int:
        """Read a whole number from 0 to `most`: seven bits a byte, the lowest first."""
        number = shift = 0
        while True:
            byte = self.byte()
            number |= (byte & 0x7F) << shift
            if number > most or shift > 49:
                raise MalformedError("a number is too large")
            if byte < 0x80:
                return number
            shift += 7

    def place(self) -> tuple[int, int]:
        """Read the client and the clock of an element."""
        return self.number(MOST_CLIENT), self.number(MOST_CLOCK)

    def content(self) -> bytes:
        length = self.number(MOST_CLOCK)
        self._at += length
        if self._at > len(self._content):
            raise MalformedError("it is cut short")
        return self._content[self._at - length : self._at]

    def expect_end(self) -> None:
        if self._at != len(self._content):
            raise MalformedError("something follows its end")


def _varint(number: int) -> bytes:
    written = bytearray()
    while number > 0x7F:
        written.append(number & 0x7F | 0x80)
        number >>= 7
    written.append(number)
    return bytes(written)
