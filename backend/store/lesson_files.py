"""Lessons in files, packed or as a table, by the files' endings."""

from pathlib import Path

from backend.store.corrections import Lesson
from backend.store.csv_files import read_table
from backend.store.lesson_fields import LessonFileError, as_lesson
from backend.store.packed_files import read_packed

READERS = {".npz": read_packed, ".csv": read_table}


def read_lessons(path: Path) -> list[Lesson]:
    """Return the lessons in a packed file or a table, whichever `path` is by its ending.

    Raises LessonFileError if it is neither, or holds anything that isn't a lesson; OSError if it can't be
    read.
    """
    if path.suffix.lower() not in READERS:
        raise LessonFileError(f"{path} must be an .npz or a .csv file.")
    found = []
    for place, row in enumerate(READERS[path.suffix.lower()](path)):
        try:
            found.append(as_lesson(row))
        except ValueError as error:
            raise LessonFileError(f"{path}, lesson {place + 1}: {error}.") from None
    if len({(lesson.teacher, lesson.kept.correction.id) for lesson in found}) < len(found):
        raise LessonFileError(f"{path}: a teacher has two lessons with the same id.")
    return found
