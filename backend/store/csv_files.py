"""Lessons as a table for people (`.csv`), of which no spreadsheet runs anything."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from backend.store.corrections import Lesson
from backend.store.lesson_fields import TEXTS, LessonFileError, texts_of, whole

COLUMNS = (*TEXTS, "teacher", "confidence", "strokes", "pixels")
FORMULA = ("=", "+", "-", "@", "\t", "\r", "'")  # a spreadsheet would run a text that begins so
MOST_OF_A_FIELD = 1 << 24  # characters


def write_table(path: Path, lessons: Iterable[Lesson]) -> None:
    """Write `lessons` to the CSV file at `path`, whole or not at all. Raises OSError.

    No spreadsheet runs any of its texts: one that might be a formula has an apostrophe before it.
    """
    with whole(path) as partial, partial.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for lesson in lessons:
            correction = lesson.kept.correction
            fields = texts_of(lesson)
            fields["teacher"] = str(lesson.teacher)
            fields["confidence"] = "" if correction.confidence is None else repr(correction.confidence)
            fields["strokes"] = "" if correction.strokes is None else json.dumps(correction.strokes)
            fields["pixels"] = " ".join(map(str, correction.pixels))
            writer.writerow([_harmless(fields[name]) for name in COLUMNS])


def read_table(path: Path) -> list[dict[str, Any]]:
    """Return the fields of the lessons in a table. Raises LessonFileError, OSError."""
    csv.field_size_limit(MOST_OF_A_FIELD)
    rows: list[dict[str, Any]]
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file, restval="", strict=True)
            missing = set(COLUMNS) - set(reader.fieldnames or ())
            if missing:
                raise LessonFileError(f"{path} lacks the columns {', '.join(sorted(missing))}.")
            rows = [{name: _as_it_was(row[name]) for name in COLUMNS} for row in reader]
    except (csv.Error, UnicodeDecodeError) as error:
        raise LessonFileError(f"{path} is no CSV file in UTF-8: {error}.") from None
    for place, row in enumerate(rows):
        try:
            levels = [int(level) for level in row["pixels"].split()]
            row["pixels"] = bytes(levels)
            row["strokes"] = json.loads(row["strokes"]) if row["strokes"] else None
            row["confidence"] = float(row["confidence"]) if row["confidence"] else None
            row["teacher"] = int(row["teacher"])
        except (ValueError, RecursionError) as error:
            raise LessonFileError(f"{path}, lesson {place + 1}: {error}.") from None
    return rows


def _harmless(text: str) -> str:
    return f"'{text}" if text.startswith(FORMULA) else text


def _as_it_was(text: str) -> str:
    return text.removeprefix("'")
