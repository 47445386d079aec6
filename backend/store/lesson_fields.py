"""What a lesson is in a file, whichever kind of file: its fields, checked when they come back."""

import math
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

from backend.store.corrections import Alphabet, Correction, Kept, Kind, Lesson

SIDE = 28  # px
LABELS = {"digits": "0123456789", "letters": "ABCDEFGHIJKLMNOPQRSTUVWXYZ"}
TEXTS = ("id", "created", "collection", "alphabet", "meant", "read", "model", "kind")


class LessonFileError(Exception):
    """A file that holds no lessons; the message is one sentence that says what is wrong, and where."""


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """Give a name to write to; what is written there becomes `path` if all went well."""
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        yield partial
        with partial.open("rb+") as written:
            os.fsync(written.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def texts_of(lesson: Lesson) -> dict[str, str]:
    """Return the fields of a lesson that are text, "" for null."""
    correction = lesson.kept.correction
    return {
        "id": str(correction.id),
        "created": lesson.kept.created.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "collection": correction.collection,
        "alphabet": correction.alphabet,
        "meant": correction.meant or "",
        "read": correction.read or "",
        "model": correction.model,
        "kind": correction.kind,
    }


def as_lesson(row: dict[str, Any]) -> Lesson:
    """Return the lesson in a file's row. Raises ValueError that says what of it is wrong."""
    alphabet = row["alphabet"]
    _require(alphabet in get_args(Alphabet), f"the alphabet must be {' or '.join(LABELS)}")
    for name in ("meant", "read"):
        _require(
            row[name] in ("", *LABELS[alphabet]),
            f"{name} must be a label of the {alphabet}, or empty for nothing",
        )
    _require(row["kind"] in get_args(Kind), f"the kind must be {', '.join(get_args(Kind))}")
    _require(row["teacher"] > 0, "the teacher must be a whole number from 1")
    confidence = row["confidence"]
    _require(confidence is None or 0 <= confidence <= 1, "the confidence must lie in 0..1")
    _require(len(row["pixels"]) == SIDE * SIDE, "there must be 784 pixels")
    _require(0 < len(row["model"]) <= 100, "the model's version must have 1 to 100 characters")
    collection = row["collection"]
    named = 0 < len(collection) <= 64 and collection.isprintable() and collection == collection.strip()
    _require(named, "the collection must be a name of 1 to 64 characters")
    _require(row["strokes"] is None or _are_strokes(row["strokes"]), "the strokes must be lists of points")
    created = datetime.fromisoformat(row["created"])
    _require(created.tzinfo is not None, "the time must have a time zone")
    correction = Correction(
        id=UUID(row["id"]),
        alphabet=alphabet,
        meant=row["meant"] or None,
        read=row["read"] or None,
        confidence=confidence,
        model=row["model"],
        kind=row["kind"],
        strokes=row["strokes"],
        pixels=row["pixels"],
        collection=collection,
    )
    return Lesson(row["teacher"], Kept(correction, created))


def _are_strokes(value: Any) -> bool:
    def is_number(each: Any) -> bool:
        return isinstance(each, int | float) and not isinstance(each, bool) and math.isfinite(each)

    return isinstance(value, list) and all(
        isinstance(stroke, list)
        and stroke
        and all(
            isinstance(point, list) and 2 <= len(point) <= 3 and all(map(is_number, point))
            for point in stroke
        )
        for stroke in value
    )


def _require(condition: bool, sentence: str) -> None:
    if not condition:
        raise ValueError(sentence)
