"""What a correction is, and what can go wrong in keeping it; knows of no database."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, NamedTuple, Protocol
from uuid import UUID

Alphabet = Literal["digits", "letters"]
Kind = Literal["correction", "confirmation", "challenge"]
Strokes = list[list[list[float]]]  # strokes of points [x, y] or [x, y, time in ms], y downwards
DEFAULT_COLLECTION = "default"


@dataclass(frozen=True)
class Correction:
    """A drawing with what it was meant to be, as it was sent."""

    id: UUID
    alphabet: Alphabet
    meant: str | None  # a label of the alphabet, None for nothing that could be read
    read: str | None  # what the model read, None where it recognised nothing
    confidence: float | None  # 0..1, of `read`
    model: str  # the version that read it
    kind: Kind
    strokes: Strokes | None  # None for what came as a picture
    pixels: bytes  # 784 levels, row by row, 0 for paper to 255 for ink
    collection: str = DEFAULT_COLLECTION


class Kept(NamedTuple):
    """A correction as it lies in the store."""

    correction: Correction
    created: datetime  # in UTC


class Lesson(NamedTuple):
    """A correction as it leaves the store to be learnt from: whose it is is said by a number alone."""

    teacher: int  # from 1
    kept: Kept


class Summary(NamedTuple):
    """What the store holds of one teacher."""

    kept: int
    collections: list[str]


class StoreFullError(Exception):
    """There is no room for another correction; the message says whose limit is reached and what to do."""


class StoreUnavailableError(Exception):
    """The database doesn't answer, or can't write; the message is for the log."""


def hashed(secret: str) -> bytes:
    """Return what is stored of a teacher's secret: its SHA-256, 32 bytes.

    The secret is 128 random bits: nothing slower than SHA-256 is needed to keep it from being guessed.
    """
    return hashlib.sha256(secret.encode()).digest()


class CorrectionStore(Protocol):
    """Keeps corrections; each teacher, known by the hash of a secret, sees and deletes its own alone.

    Everything raises StoreUnavailableError where the database fails.
    """

    def prepare(self) -> None:
        """Make the database fit to be used, unless it is."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...

    def keep(self, teacher: bytes, correction: Correction) -> tuple[Kept, bool]:
        """Store `correction` unless this teacher stored one with its id before.

        Return what is stored under that id, and whether it is new. Raises StoreFullError.
        """
        ...

    def summary(self, teacher: bytes) -> Summary:
        """Return how many corrections `teacher` keeps, and in which collections."""
        ...

    def newest(self, teacher: bytes, most: int, after: UUID | None = None) -> list[Kept]:
        """Return at most `most` of a teacher's corrections, newest first: those older than `after`.

        Raises KeyError if `after` is none of the teacher's.
        """
        ...

    def delete(self, teacher: bytes, correction: UUID) -> bool:
        """Delete one of a teacher's corrections; return whether there was one."""
        ...

    def delete_all(self, teacher: bytes) -> int:
        """Delete everything of `teacher`, and whatever tells that there was one; return how many it kept."""
        ...
